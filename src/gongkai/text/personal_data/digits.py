r"""数字串 — identity, card and phone numbers in running text, seen through what tears or disguises digits.

First one expression finds stretches of eleven or more signs that may be digits: full-width, Chinese, circled, letters
that look like digits, with blanks, hyphens, invisible signs and line ends between them. Everything else is passed over
at the speed of that expression. A stretch is then put, sign for sign, into four classes: digits 0-9 and X, a blank, a
line end, \x01 for what cannot be seen; so that every place in it is a place in the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gongkai.text.codes import is_card_number, is_credit_code, is_dated_identity, is_identity_number
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data.kinds import DATA, Kind, hit

INLINE, ENTITY = "\u2060", "\u2061"
"""What `markup` puts in the place of a tag, and of what is left of an entity."""
UNSEEN = "\x01"
_DISGUISES = {
    **{sign: "0" for sign in "〇○零Oo\u041e\u043e\u039f\u03bf\uff2f\uff4f⓪◯"},
    **{sign: "1" for sign in "lI丨\uff4c\uff29幺壹"},
    **{
        sign: str(value)
        for value, pair in enumerate(("二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"), 2)
        for sign in pair
    },
    "一": "1",
    "两": "2",
}
_SPACES = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212－﹣.．·•_\uff3f"
_LINE_ENDS = "\n\x0b\x0c\u0085\u2028\u2029"
_UNSEEN_SPANS = ((0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xFE00, 0xFE10))
_INVISIBLE = "\r\u00ad\u034f\u061c\u180e\u3164\ufeff\uffa0" + "".join(
    chr(code) for span in _UNSEEN_SPANS for code in range(*span)
)
_CROSSES = "xX×\uff38\uff58\u0425\u0445\u03a7\u03c7✕"
_LETTERS = "OolI\uff2f\uff4f\uff4c\uff29"


def _digits() -> dict[str, str]:
    """Every sign of Unicode that is a digit, circled and raised ones too, and what is disguised as one."""
    digits = {
        chr(code): str(unicodedata.digit(chr(code), None))
        for code in range(0x20000)
        if unicodedata.digit(chr(code), None) is not None
    }
    return digits | _DISGUISES


_DIGITS = _digits()
_CLASSES = (
    {ord(sign): digit for sign, digit in _DIGITS.items()}
    | dict.fromkeys(map(ord, _SPACES.replace("\t", "") + _HYPHENS), " ")
    | dict.fromkeys(map(ord, _LINE_ENDS), "\n")
    | dict.fromkeys(map(ord, _INVISIBLE), UNSEEN)
    | dict.fromkeys(map(ord, _CROSSES), "X")
)
_DISGUISED = frozenset(_DISGUISES)
_CHINESE = "".join(sign for sign in _DISGUISES if "\u4e00" <= sign <= "\u9fff") + "〇○"
_READINGS = tuple(_CLASSES | dict.fromkeys(map(ord, words), "?") for words in (_DISGUISES, _LETTERS, _CHINESE, ""))
"""What is a word in each reading: all that may be a disguise, letters, Chinese numerals, nothing."""
# Signs beyond two bytes would make the class a slow one: they are put in plain form beforehand, where there are any.
_FAR = re.compile("[\U00010000-\U0010ffff]")
_NEAR = {ord(sign): digit for sign, digit in _DIGITS.items() if sign > "\uffff"}
_ONE = "[" + re.escape("".join(sign for sign in _DIGITS if sign <= "\uffff")) + "]"
_BETWEEN = "[" + re.escape(_SPACES.replace("\t", "") + _HYPHENS + _LINE_ENDS + _INVISIBLE) + "]"
_STRETCH = re.compile(f"{_ONE}(?:{_BETWEEN}*+{_ONE}){{10,}}+(?:{_BETWEEN}*+[{_CROSSES}])?")

# In a stretch: unseen signs, then a few blanks or line ends with more of them.
_U = f"{UNSEEN}*+"
_G = rf"{_U}(?:[ \n]{_U}){{0,4}}"
_IDENTITY = re.compile(
    rf"(?=([1-8](?:{_G}\d){{5}}{_G}(?:1{_G}[89]|2{_G}0)(?:{_G}\d){{2}}{_G}(?:0{_G}[1-9]|1{_G}[0-2])"
    rf"{_G}(?:0{_G}[1-9]|[12]{_G}\d|3{_G}[01])(?:{_G}\d){{3}}{_G}[\dX]))"
)
_IDENTITY_15 = re.compile(
    rf"(?<!\d)[1-8](?:{_U}\d){{7}}{_U}(?:0{_U}[1-9]|1{_U}[0-2]){_U}(?:0{_U}[1-9]|[12]{_U}\d|3{_U}[01])(?:{_U}\d){{3}}(?![\dX])"
)
_MOBILE = re.compile(rf"(?<!\d)(?:0{_G})?(?:(?:0{_U}0{_U})?8{_U}6{_G})?(?=(1{_G}[3-9](?:{_G}\d){{9}})(?!\d))")
_FOUR = rf"\d(?:{_U}\d){{3}}"
_CARD_SHAPES = (
    rf"[3-69](?:{_U}\d){{15,18}}",
    rf"(?=[3-69]){_FOUR}(?:{_U} {_U}{_FOUR}){{3}}(?:{_U} ?{_U}\d(?:{_U}\d){{0,2}})?",
    rf"[3-69](?:{_U} {_U}\d){{15,18}}",
    rf"6(?:{_U}\d){{5}}{_U} {_U}\d(?:{_U}\d){{9,12}}",
    rf"[3-69](?:{_U}\d){{2,17}}{_U} ?{_U}\n{_U} ?\d(?:{_U}\d)*+",
)
"""Whole; in fours; one by one; six and the rest; over the end of a line."""
_CARD = re.compile(rf"(?<!\d)(?=({'|'.join(_CARD_SHAPES)})(?!\d))")
_MOBILE_SHAPES = {
    (3, 4, 4),
    (3, 8),
    (7, 4),
    (3, 3, 5),
    (4, 4, 3),
    (4, 3, 4),
    (3, 5, 3),
    (2, 9),
    (1, 10),
    (5, 6),
    (6, 5),
}
_BARE = str.maketrans("", "", f" \n{UNSEEN}")
_LONG = 15
"""The shortest of identity and card numbers; a stretch that is shorter can only be a telephone."""
_LABEL_REACH = 14
_LABELS = {name: re.compile("|".join(map(re.escape, words))) for name, words in DATA["labels"].items()}
# A number of letters is a word; one of figures with a letter among them is a disguise.
_LEAST_TRUE = 0.6


def numbers(text: str) -> Iterator[Hit]:
    """身份证号、银行卡号、手机号 — every one in the text, none inside another; left to right in each stretch."""
    near = text.translate(_NEAR) if _FAR.search(text) else text
    for match in _STRETCH.finditer(near):
        yield from _in_stretch(text, match.start(), match[0])


def _in_stretch(text: str, at: int, stretch: str) -> Iterator[Hit]:
    """True digits first: in 张三13800138000 the 三 is a name. Then with what may be a digit in disguise."""
    taken = bytearray(len(stretch))
    disguised = not _DISGUISED.isdisjoint(stretch) and not _is_words(stretch)
    for classes in _READINGS if disguised else _READINGS[:1]:
        plain = stretch.translate(classes)
        for kind, severity, start, end in _candidates(text, at, plain):
            if taken.find(1, start, end) < 0:
                taken[start:end] = b"\1" * (end - start)
                yield hit(kind, at + start, text[at + start : at + end], severity=severity)


def _is_words(stretch: str) -> bool:
    """Letters and Chinese numerals among few figures are words; Chinese numerals alone may be a number."""
    letters = sum(sign in _LETTERS for sign in stretch)
    seen = sum(sign in _DIGITS for sign in stretch)
    return letters > (1 - _LEAST_TRUE) * seen


Candidate = tuple[Kind, Severity | None, int, int]


def _candidates(text: str, at: int, plain: str) -> Iterator[Candidate]:
    """The surest kinds first: what one of them holds is not looked at again."""
    unsure: list[Candidate] = []
    is_long = len(plain) >= _LONG
    if is_long:
        yield from _checked(text, at, plain, unsure)
    for match in _MOBILE.finditer(plain):
        if kind := _mobile(text, at + match.start(), match[1]):
            yield kind, None, *match.span(1)
    yield from unsure
    for match in _IDENTITY_15.finditer(plain) if is_long else ():
        code = match[0].translate(_BARE)
        if is_dated_identity(code) and not _said(text, at + match.start(), "other", "credit_code"):
            yield Kind.IDENTITY_UNSURE, None, *match.span()


def _checked(text: str, at: int, plain: str, unsure: list[Candidate]) -> Iterator[Candidate]:
    """Numbers whose check digit is right; `unsure` gets those whose is not."""
    for match in _IDENTITY.finditer(plain):
        start, end = match.span(1)
        found = _identity(text, at, plain, start, end)
        if found is Kind.IDENTITY:
            yield found, None, start, end
        elif found:
            unsure.append((found, None, start, end))
    for match in _CARD.finditer(plain):
        if is_card_number(match[1].translate(_BARE)):
            labelled = _said(text, at + match.start(), "other")
            yield Kind.BANK_CARD, Severity.WARN if labelled else None, *match.span(1)


def _identity(text: str, at: int, plain: str, start: int, end: int) -> Kind | None:
    printed = plain[start:end]
    code = printed.translate(_BARE)
    torn = " " in printed or "\n" in printed
    whole = not (plain[start - 1 : start].isdecimal() or plain[end : end + 1].isdecimal())
    if (torn and not whole) or (_said(text, at + start, "credit_code") and is_credit_code(code)):
        return None
    if is_identity_number(code):
        return Kind.IDENTITY
    if whole and _said(text, at + start, "identity") and is_dated_identity(code):
        return Kind.IDENTITY_UNSURE
    return None


def _mobile(text: str, start: int, printed: str) -> Kind | None:
    printed = printed.replace(UNSEEN, "")
    if printed.isdecimal():
        # What goes on with a letter may be the code of an office.
        goes_on = text[start + 11 : start + 12].isalnum()
        return None if goes_on and is_credit_code(text[start : start + 18]) else Kind.MOBILE
    if "\n" in printed:
        return Kind.MOBILE_UNSURE if len(printed.split()) == 2 else None
    shape = tuple(map(len, printed.split()))
    if shape in _MOBILE_SHAPES or (len(shape) == 11 and _said(text, start, "mobile")):
        return Kind.MOBILE
    return None


def _said(text: str, start: int, *names: str) -> bool:
    """Whether the words just before say that the number is of one of these."""
    before = text[max(0, start - _LABEL_REACH) : start].rpartition("\n")[2]
    return any(_LABELS[name].search(before) for name in names)


def is_labelled(text: str, start: int, name: str) -> bool:
    """前面写明 — whether the words just before `start` say what stands there (身份证、护照、手机)."""
    return _said(text, start, name)


def bare(text: str) -> str:
    """只留数字和字母 — the digits and letters of a text in their plain form: how numbers are compared."""
    return "".join(sign for sign in text.translate(_CLASSES) if sign.isalnum()).upper()
