r"""号码里的字符 — what each sign is in a number: a digit, X, what may stand between digits, or what nobody sees.

`_Reading`s put a text, sign for sign, into these classes, so that every place in the plain form is a place in the text:

    0-9 X    digits of every script, circled, raised, Roman and Suzhou ones; crosses of every kind are an X
    ' '      blanks of every width, hyphens and dots: what people put into numbers
    /        other marks
    ,        marks that part the items of a list, tabs
    *        a star: several of them are a mask
    \n       line ends
    \x01     what is not seen: default-ignorable signs, marks over other signs, controls
    ?        anything else: words

Classes are taken from the properties of Unicode; only disguises are listed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from gongkai.text.unseen import is_unseen

UNSEEN = "\x01"
CELL_END = "\u3400"
"""What stands between two cells, or parts what is no one number: no digit, no mark, no blank, and in no text."""
SHORTEST = 11
"""The digits of the shortest number that is looked for: a telephone."""
_LETTERS = {
    sign: digit
    for digit, signs in {
        "0": "Oo\u041e\u043e\u0555\u0585\u039f\u03bf\uff2f\uff4f",
        "1": "lI|!\u0131\u0399\u03b9\u0406\u0456\u04c0\u04cf\uff4c\uff29\uff5c\uff01",
        "2": "Zz\u01a7\u0396\uff3a",
        "3": "\u01b7\u0292\u0417\u0437\u04e0\u04e1",
        "4": "\u0427\u0447",
        "5": "Ss\u0405\u0455\uff33",
        "6": "\u0431",
        "8": "B\u0392\u0412\uff22",
    }.items()
    for sign in signs
}
"""Letters and strokes that look like digits; where they are no disguise a stroke is a mark."""
DISGUISES = "".join(_LETTERS)
_CHINESE = {
    sign: str(value)
    for value, signs in enumerate(
        ("〇○◯零洞", "一壹弌幺丨", "二贰貳弍两兩", "三叁參弎", "四肆", "五伍", "六陆陸", "七柒拐", "八捌", "九玖勾")
    )
    for sign in signs
}
_CROSSES = "xX×\uff38\uff58\u0425\u0445\u03a7\u03c7✕✖✗✘☓\u2573\u2a2f⨉ⓧⓍ\u2169\u2179"
_LINE_ENDS = "\n\x0b\x0c\u0085\u2028\u2029"
_LISTS = ",;\t|!?\uff0c\uff1b\uff5c\uff01\uff1f、。｡､\u00a6…"
_INSIDE = ".．·•‧∙_﹒\u2800\u2212\u00b7"
_STARS = "*\uff0a﹡\u2217\u204e✱"
# Signs for digits that are no decimals of a script, outside of Chinese; decimals are \d.
_NUMBERED = (
    *((0xB2, 0xBA), (0x1369, 0x1372), (0x17F0, 0x17FA), (0x19DA, 0x19DB), (0x2070, 0x218C), (0x2460, 0x2500)),
    *((0x2776, 0x2794), (0x3021, 0x302A), (0x3192, 0x3196), (0x3220, 0x322A), (0x3280, 0x328A)),
)


def _value(sign: str) -> str | None:
    """What the sign counts, where that is a digit."""
    value = unicodedata.numeric(sign, None)
    return str(int(value)) if value is not None and value in range(10) else None


def _class(sign: str) -> str:
    """The class of a sign that is no disguise."""
    category = unicodedata.category(sign)
    if category[0] == "N" and (value := _value(sign)):
        return value
    if sign in _CROSSES or (sign > "\uffff" and unicodedata.normalize("NFKC", sign) in ("X", "x")):
        return "X"
    if sign in _LINE_ENDS:
        return "\n"
    if sign in _STARS:
        return "*"
    if sign in _LISTS:
        return ","
    if sign in _INSIDE or category in ("Zs", "Pd"):
        return " "
    if is_unseen(sign) or category in ("Mn", "Me", "Cc"):
        return UNSEEN
    return "/" if category[0] in "PSC" else "?"


class _Reading(dict[int, str]):
    """One way to read a text: which disguises are digits. Filled as signs come up."""

    def __init__(self, *, letters: bool, chinese: bool, marks: bool = True) -> None:
        self._letters, self._chinese, self._marks = letters, chinese, marks

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        if sign in _CHINESE:
            found = _CHINESE[sign] if self._chinese else "?"
        elif sign in _LETTERS and (self._letters or sign not in _LISTS):
            found = _LETTERS[sign] if self._letters else "?"
        else:
            found = _class(sign)
            if not self._marks and found.isdecimal() and not sign.isdecimal():
                found = "?"
        self[code] = found
        return found


PLAIN = _Reading(letters=False, chinese=False)
"""True digits alone: in 张三13800138000 the 三 is a name."""
IN_CHINESE = _Reading(letters=False, chinese=True)
UNMARKED = _Reading(letters=False, chinese=False, marks=False)
"""In ①13800138000② and 13800138000¹ the signs round it number an item of a list, or a note."""
WITH_LETTERS = _Reading(letters=True, chinese=False)
ALL = _Reading(letters=True, chinese=True)
"""The boldest reading: whatever may be a digit is one."""


class _Near(dict[int, str]):
    """Digits beyond two bytes as plain ones: they would make every class of an expression a slow one."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        found = _class(sign) if code > 0xFFFF else sign
        self[code] = found if found in "0123456789X" or code <= 0xFFFF else sign
        return self[code]


_NEAR = _Near()
_OTHER_DIGITS = "".join(sign for first, end in _NUMBERED for sign in map(chr, range(first, end)) if _value(sign))
_SIGNS = re.escape(_OTHER_DIGITS + "".join(_CHINESE) + "".join(sign for sign in _LETTERS if sign.isalpha()))
_ZEROS = (
    "0\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0b66\u0be6\u0c66\u0ce6\u0d66\u0de6\u0e50\u0ed0\u0f20\u1040\u1090"
    "\u17e0\u1810\u1946\u19d0\u1a80\u1a90\u1b50\u1bb0\u1c40\u1c50\ua620\ua8d0\ua900\ua9d0\ua9f0\uaa50\uabf0\uff10"
)
DECIMALS = "".join(f"{zero}-{chr(ord(zero) + 9)}" for zero in _ZEROS)
"""The same as \\d in a text whose far digits are plain ones; a class of signs alone is a quick one."""
DIGIT = rf"[{DECIMALS}{_SIGNS}]"
"""A sign that may be a digit, in any reading; strokes are counted among the marks."""
_FILLERS = "_\u115f\u1160\u3164\uffa0"
_LEAST = 10
"""The digits of a region and of the year of a birthday, of which the rest is written in words."""
# Those of \\d and \\W that stand in most texts: one by one they are found in a table, by their property they are not.
_USUAL_MARKS = "\\x00-/:-@\\[-\\^`{-~\u2010-\u2027\u3000-\u3004\u3008-\u3020\uff01-\uff20"
STRETCH = re.compile(rf"{DIGIT}[{_USUAL_MARKS}\d\W{_FILLERS}{_SIGNS}{_CROSSES}]{{{_LEAST - 1},}}+")
"""A digit, and what may go on after it: digits, X, all marks and blanks, what is not seen."""
_COUNTED = f"{DECIMALS}{_FILLERS}{_SIGNS}{_CROSSES}"
ENOUGH = re.compile(rf"(?:[^{_COUNTED}]*+[{_COUNTED}]){{{_LEAST}}}")
"""What a stretch begins with that has so many digits."""
CHINESE = re.compile("[" + "".join(_CHINESE) + "]")
NUMBERED = re.compile(f"[{re.escape(_OTHER_DIGITS)}]")
"""Circled, raised, Roman digits: the marks of a list or a note, if they are no part of a number."""
_C, _ONE, _HIGH = (
    "[" + "".join(sign for sign, value in _CHINESE.items() if value in values) + "]"
    for values in ("0123456789", "1", "3456789")
)
_ELEVEN = rf"({_ONE}{_HIGH}{_C}{{9}})"
EDGE = re.compile(rf"{_C}(?={_ELEVEN}(?!{_C}))|(?<=(?<!{_C}){_ELEVEN}){_C}")
"""The 三 of 张三 before a telephone in Chinese signs, the 一 of 一月 behind one: a word's, not the number's."""
LETTER = re.compile("[" + re.escape("".join(sign for sign in _LETTERS if sign.isalpha())) + "]")
AMBIGUOUS = re.compile(f"[{re.escape(DISGUISES)}]")
"""A sign that is a digit in one reading and a mark or a word's in another."""
STROKE = re.compile(r"[|!\uff5c\uff01](?:(?<=\d.)(?:\d|$)|(?<=^.)\d)")
"""A stroke that may be a 1."""
_STROKES = str.maketrans("|!\uff5c\uff01", "    ")
_BARE = str.maketrans("", "", f" /,*\n?{UNSEEN}")


def near(text: str) -> str:
    """近字 — the text, sign for sign, with digits of the far planes of Unicode as plain ones."""
    # Far signs are two units of UTF-16: the quickest way to know that there are none.
    if text.isascii() or len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text):
        return text
    return text.translate(_NEAR)


class Stretches(NamedTuple):
    """数字串 — what may hold a number, each with where it begins; `plain`: the text with near digits."""

    plain: str
    parts: list[tuple[int, str]]


def stretches(text: str) -> Stretches:
    """找数字串 — every stretch of a text that may hold a number, left to right (条例 第十五条)."""
    plain = near(text)
    return Stretches(plain, list(_parts(plain)))


def _parts(plain: str) -> Iterator[tuple[int, str]]:
    last = 0
    for stretch in filter(ENOUGH.match, STRETCH.findall(plain)):
        # Places of the few are looked up: to make a match of each would cost more than all the rest.
        start = plain.index(stretch, last)
        last = start + len(stretch)
        yield start, stretch


def bare(text: str) -> str:
    """只留数字和字母 — digits in plain form, letters as they are: how numbers are compared."""
    if not text.isdecimal() or not text.isascii():
        # A stroke is sooner a mark than a 1.
        text = text.translate(_STROKES)
        text = "".join(sign if found == "?" else found for sign, found in zip(text, text.translate(ALL), strict=True))
    return "".join(sign for sign in text if sign.isalnum()).upper()


def bare_plain(plain: str) -> str:
    """只留数字 — the digits and X of a text that is in classes already."""
    return plain.translate(_BARE)


SEPARATORS, MARKS = re.compile(r"[ /,\n]+"), re.compile(r"[/,\n]")
"""分隔 — between the parts of a number, in the classes; those of them that are no blanks."""
_MOST_LETTERS = 4
_USUAL = "OolI\u039f\u03bf\u0399\u041e\u043e\u0456\uff2f\uff4f\uff29\uff4c"
_BOLD = re.compile(f"[{re.escape(''.join(set(DISGUISES) - set(_USUAL)))}]")
"""Disguises that only a check digit makes sure of."""


def is_bold(text: str, start: int, end: int) -> bool:
    """大胆的读法 — with disguises that only a check digit makes sure of, or with too many of them (条例 第十五条)."""
    part = text[start:end]
    return not part.isdecimal() and (bool(_BOLD.search(part)) or len(LETTER.findall(part)) > _MOST_LETTERS)
