r"""数字串 — identity, card and phone numbers in running text, seen through what tears or disguises digits.

First one expression finds stretches that begin with what may be a digit and go on without a word. Everything else is
passed over at the speed of that expression. A stretch is then put into the classes of `signs`: whole numbers are looked
for first, then those with something between their digits. How much may stand there, and how a number may be cut, is the
less, the more its digits could be figures of another kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from gongkai.text.codes import (
    is_card_number,
    is_credit_code,
    is_dated_identity,
    is_identity_number,
    is_residence_number,
)
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data.cards import Candidate, card, labelled_accounts, torn_cards
from gongkai.text.personal_data.dated import with_a_day, with_another_day
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.mobiles import Found, mobile, torn_mobile
from gongkai.text.personal_data.saying import (
    LINE_END,
    is_named,
    is_other,
    is_said,
)
from gongkai.text.personal_data.signs import (
    ALL,
    AMBIGUOUS,
    CHINESE,
    EDGE,
    IN_CHINESE,
    LETTER,
    MARKS,
    NUMBERED,
    PLAIN,
    SEPARATORS,
    SHORTEST,
    STROKE,
    UNMARKED,
    UNSEEN,
    WITH_LETTERS,
    Stretches,
    bare_plain,
    is_bold,
    stretches,
)

# A number of letters is a word; one of figures with a letter among them is a disguise.
_LEAST_TRUE = 0.4
_DIGIT = re.compile(r"\d")
# One star stands between two parts of a number; more of them are a mask.
_LONE_STAR = re.compile(r"(?<!\*)\*(?!\*)")

_WHOLE = re.compile(
    r"(?<!\d)(?:\d{17}[\dX](?!\d)|(?:1[3-9]\d{9}|\d{9}[3-9]1)(?![\dX])|\d{15,17}(?![\dX])|\d{19}(?!\d)"
    r"|1[3-9]\d{9}1[3-9]\d{9}(?!\d)|62\d{14}(?:\d{3})?1[3-9]\d{9}(?!\d))"
)
# In a stretch: anything that is no digit, and not more than the ends of two lines.
_U = f"{UNSEEN}*+"
_LEAST_OF_LINE = 4
_LINE_OF_DIGITS = re.compile(rf"(?<![\d?])\d(?:{_U}\d){{3,7}}{_U} ?{_U}\n\Z")
_G = rf"[{UNSEEN} /,]*+(?:\n[{UNSEEN} /,]*+){{0,2}}"
# The first digit is quick to find; the rest is looked at alone, for one may begin within another.
_IDENTITY = re.compile(
    rf"[1-9](?=((?:{_G}\d){{5}}{_G}(?:1{_G}9|2{_G}0)(?:{_G}\d){{2}}{_G}(?:0{_G}[1-9]|1{_G}[0-2])"
    rf"{_G}(?:0{_G}[1-9]|[12]{_G}\d|3{_G}[01])(?:{_G}\d){{3}}{_G}[\dX]))"
)
_IDENTITY_15 = re.compile(
    rf"(?<!\d)[1-8](?:{_U}\d){{7}}{_U}(?:0{_U}[1-9]|1{_U}[0-2]){_U}(?:0{_U}[1-9]|[12]{_U}\d|3{_U}[01])(?:{_U}\d){{3}}(?![\dX])"
)
_H = f"{_U}(?:[ /]{_U}){{0,3}}"
_IDENTITY_15_CUT = re.compile(rf"(?<!\d)[1-8](?=((?:{_H}\d){{14}}(?!{_H}[\dX])))")
"""In groups, within a line."""
_CUTS_OF_15 = {
    (6, 6, 3),
    (6, 2, 2, 2, 3),
    (6, 9),
    (12, 3),
    (4, 4, 4, 3),
    (3, 3, 3, 3, 3),
    (2, 2, 2, 2, 2, 2, 3),
    (8, 7),
    (3, 3, 6, 3),
}
_OF_ELEVEN = rf"1{_G}[3-9](?:{_G}\d){{9}}"
_HAS_ELEVEN = re.compile(rf"{_OF_ELEVEN}(?!\d)")
_ELEVEN = re.compile(rf"[0-9](?:{_U}[0-9]){{10}}")
_MONTH_AND_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_LIKELY = re.compile(
    rf"1[3-9][0-9]{{9}}|[1-9][0-9]{{5}}(?:19|20)[0-9]{{2}}{_MONTH_AND_DAY}[0-9]{{3}}"
    rf"|[345][0-9]{{15}}|6(?:[29]|0[13])[0-9]{{12}}|95[15][0-9]{{13}}|[1-8][0-9]{{7}}{_MONTH_AND_DAY}[0-9]{{3}}"
)
"""What the digits of a stretch must hold, however they are parted: of a telephone, an identity number, a card. Eleven
that stand together are looked at in any case."""
_MOBILE = re.compile(rf"(?<!\d)(?=[018])(?:0{_G})?(?:(?:0{_U}0{_U})?8{_U}6{_G})?(?=({_OF_ELEVEN})(?!\d))")
_DATED = r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))?"
_GLUED = re.compile(rf"1[3-9]\d{{9}}(?:{_DATED}|1[3-9]\d{{9}})|{_DATED}1[3-9]\d{{9}}")
"""A telephone and a date or another telephone, where the end of a line was lost."""
_TAG = re.compile(r"[01][\x00-\x1f\x7f-\x9f\ufffd\u2020\u2021\u02c6\u02c7\u02d8-\u02dd]")
"""Behind a name in a certificate the next part begins with a byte that looks like a digit (X.690)."""
_LANDLINE = re.compile("0[1-9]|[48]00")
_IDENTITY_CUTS = {(6, 4, 2, 2, 4), (6, 4, 4, 4), (6, 8, 3, 1), (3, 3, 4, 4, 4), (3, 3, 4, 2, 2, 4), (2, 2, 2, 8, 4)}
_FEW = 3
"""A number in no more parts than this may be cut anywhere."""
_CHECKED = frozenset((Kind.IDENTITY, Kind.RESIDENCE, Kind.BANK_CARD))
_FAR = 8
"""So many signs that nobody sees may stand between two digits of one number."""
_IDENTITY_LENGTH, _CARD_LENGTH = 18, 19
_LONG = 15
_FIGURE_BEFORE = re.compile(r"\d[ /,\n]+$")
_FIGURE_AFTER = re.compile(r"[ /,\n]{1,3}\d")
_ROOM = 24


def numbers(text: str, given: Stretches | None = None) -> Iterator[Hit]:
    """身份证号、银行卡号、手机号 — every one in the text, none inside another; left to right in each stretch.

    `given`: the stretches of the text, where they are known.
    """
    plain, parts = given or stretches(text)
    places: list[tuple[int, int]] = []
    for start, stretch in parts:
        places.append((start, start + len(stretch)))
        yield from with_another_day(text, start, stretch)
        if AMBIGUOUS.search(stretch):
            yield from _in_stretch(text, start, stretch)
        elif _may_hold(classes := stretch.translate(ALL)):
            # In ASCII there is but one reading.
            yield from _in_stretch(text, start, stretch, classes if stretch.isascii() else "")
        else:
            continue
        if not stretch.isascii() and (edged := _beside_edges(stretch)):
            yield from _in_stretch(text, start, edged)
    yield from with_a_day(text, plain, places)


def _may_hold(plain: str) -> bool:
    """Whether a reading may hold a number; letters and strokes apart, the boldest has all digits of the others."""
    return bool(_ELEVEN.search(plain) or _LIKELY.search(bare_plain(plain)))


def _beside_edges(stretch: str) -> str:
    """The telephones that a sign of a word touches, as 三 in 张三, and nothing else; blank where there are none."""
    parts: list[str] = []
    last = 0
    for edge in EDGE.finditer(stretch):
        start, end = edge.span(edge.lastindex or 0)
        if start >= last:
            parts += ("?" * (start - last), stretch[start:end])
            last = end
    return "".join((*parts, "?" * (len(stretch) - last))) if parts else ""


def _in_stretch(text: str, at: int, stretch: str, classes: str = "") -> Iterator[Hit]:
    """What is found in a stretch, none over another. `classes`: its reading, where it has but one."""
    taken = bytearray(len(stretch))
    touching, around = False, f"{stretch}?"
    for kind, severity, start, end in _candidates(text, at, classes) if classes else _by_doubt(text, at, stretch):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            yield hit(kind, at + start, text[at + start : at + end], severity=severity)
            touching = touching or around[end].isnumeric() or around[start - 1].isnumeric()
    if touching:
        # What stood against a number stands free without it.
        rest = "".join("?" if is_taken else sign for sign, is_taken in zip(stretch, taken, strict=True))
        yield from _in_stretch(text, at, rest)


def _by_doubt(text: str, at: int, stretch: str) -> Iterable[Candidate]:
    """What a check digit makes sure first, of whatever reading; then the surest reading."""
    readings, bold = _readings(stretch)
    found: Iterator[Candidate] = chain.from_iterable(_read(text, at, stretch, classes) for classes in readings)
    if len(readings) + len(bold) == 1:
        return found
    boldly = chain.from_iterable(_read(text, at, stretch, classes) for classes in bold)
    sure = (one for one in boldly if one[0] is Kind.IDENTITY)
    return sorted(chain(found, sure), key=_doubt)


def _doubt(found: Candidate) -> int:
    """What a check digit makes sure, what is sure without one, and what may be something else."""
    return 0 if found[0] in _CHECKED else 1 + (found[0] is not Kind.MOBILE)


def _read(text: str, at: int, stretch: str, classes: Mapping[int, str]) -> Iterator[Candidate]:
    plain = stretch.translate(classes)
    return _candidates(text, at, plain) if _may_hold(plain) else iter(())


def _readings(stretch: str) -> tuple[list[Mapping[int, str]], list[Mapping[int, str]]]:
    """From the surest to the boldest, and those in which only an identity number is more than words.

    Letters among few figures are words; Chinese numerals alone may be a number.
    """
    found: list[Mapping[int, str]] = [PLAIN]
    if not stretch.isascii() and NUMBERED.search(stretch):
        found.append(UNMARKED)
    has_chinese = not stretch.isascii() and CHINESE.search(stretch)
    if has_chinese:
        found.append(IN_CHINESE)
    if not (LETTER.search(stretch) or STROKE.search(stretch)):
        return found, []
    lettered: list[Mapping[int, str]] = [WITH_LETTERS, ALL] if has_chinese else [WITH_LETTERS]
    figures = len(bare_plain(stretch.translate(ALL)))
    if len(LETTER.findall(stretch)) <= (1 - _LEAST_TRUE) * figures:
        return found + lettered, []
    return found, lettered


def _candidates(text: str, at: int, plain: str) -> Iterator[Candidate]:
    """The surest kinds first: what one of them holds is not looked at again."""
    plain = _LONE_STAR.sub("/", plain) if "*" in plain else plain
    rest: list[str] = []
    last = 0
    unsure: list[Candidate] = []
    for match in _WHOLE.finditer(plain):
        start, end = match.span()
        if end - start == _LONG:
            # It may be a part of a card.
            unsure += [(*found, start, end)] if (found := _whole(text, at + start, match[0])) else []
        elif (found := _whole(text, at + start, match[0])) and not (
            end - start == SHORTEST and _goes_on(plain, last, start)
        ):
            yield (*found, start, end)
            rest += (plain[last:start], "?" * (end - start))
            last = end
    if last:
        plain = "".join((*rest, plain[last:]))
    digits = len(bare_plain(plain))
    yield from _torn(text, at, plain, digits) if digits >= SHORTEST else ()
    yield from unsure


def _goes_on(plain: str, last: int, start: int) -> bool:
    """Eleven digits at the beginning of a line may be the end of a card number."""
    has_room = start - last > _LEAST_OF_LINE and plain[start - 1] == "\n"
    return has_room and bool(_LINE_OF_DIGITS.search(plain, max(last, start - 30), start))


def _whole(text: str, start: int, code: str) -> Found | None:
    """A number with nothing between its digits, and no digit beside it."""
    length = len(code)
    if length == SHORTEST and not "13" <= code < "2":
        return _backwards(text, start, code)
    if length == SHORTEST:
        if is_bold(text, start, start + length):
            return Kind.MOBILE_UNSURE, None
        return mobile(text, start, start + length)
    if length > _CARD_LENGTH and is_card_number(code[:-SHORTEST]):
        # A card with the telephone of its holder behind it, where what parted them was lost.
        return Kind.BANK_CARD, None
    if length == _IDENTITY_LENGTH - 1:
        # The sign that is left out follows from the rest.
        is_cut = is_said(text, start, "identity") and is_dated_identity(f"{code}0")
        return (Kind.IDENTITY, None) if is_cut else None
    if length == _IDENTITY_LENGTH and (found := _identity(text, start, code)):
        return found
    if length != _LONG and is_card_number(code):
        return card(text, start, start + length)
    if length == _IDENTITY_LENGTH and is_identity_number(code[::-1]):
        # Written backwards, as no other number is.
        return Kind.IDENTITY, Severity.WARN if is_other(text, start) else None
    if length in (_LONG, _IDENTITY_LENGTH) and is_dated_identity(code) and not is_other(text, start):
        return _unchecked(text, start, code)
    return _glued(text, start, code) if _GLUED.fullmatch(code) and not is_other(text, start) else None


def _glued(text: str, start: int, code: str) -> Found:
    """Two telephones behind a word for them; without one, or with a date, it may be something else."""
    is_two = len(code) == 2 * SHORTEST and is_said(text, start, "mobile")
    return (Kind.MOBILE if is_two else Kind.MOBILE_UNSURE), None


def _unchecked(text: str, start: int, code: str) -> Found:
    """Of fifteen digits, which have no check digit, the label makes sure; of eighteen it is mistyped."""
    is_sure = len(code) == _LONG and (is_said(text, start, "identity") or is_named(text, start, "identity"))
    return Kind.IDENTITY if is_sure else Kind.IDENTITY_UNSURE, None


def _identity(text: str, start: int, code: str) -> Found | None:
    """By its check digit; what is labelled as another number is left to a person."""
    if is_identity_number(code):
        kind = Kind.IDENTITY
    elif code[0] == "9" and is_residence_number(code):
        kind = Kind.RESIDENCE
    else:
        return None
    if text[start - 1 : start] in LINE_END:
        return kind, None
    if is_said(text, start, "credit_code"):
        # Of a firm the check digit of its code is right; else it is a person in the column of firms.
        return None if is_credit_code(code) else (kind, None)
    return kind, Severity.WARN if is_other(text, start) else None


def _backwards(text: str, start: int, code: str) -> Found | None:
    """A telephone from its end: it has no check digit, so that the words before must say what it is."""
    if is_said(text, start, "backwards"):
        return Kind.MOBILE, None
    is_likely = is_said(text, start, "mobile") and not _LANDLINE.match(code)
    return (Kind.MOBILE_UNSURE, None) if is_likely else None


def _torn(text: str, at: int, plain: str, digits: int) -> Iterator[Candidate]:
    """Numbers with something between their digits, or within a longer run of digits; what is unsure comes last."""
    unsure: list[Candidate] = []
    for found in _torn_numbers(text, at, plain, digits):
        if _is_unsure(text, at, found):
            unsure.append(found)
        else:
            yield found
    yield from unsure
    for match in _IDENTITY_15.finditer(plain) if digits >= _LONG else ():
        if is_dated_identity(code := bare_plain(match[0])) and not is_said(
            text, at + match.start(), "other", "credit_code"
        ):
            yield (*_unchecked(text, at + match.start(), code), *match.span())
    yield from labelled_accounts(text, at, plain) if digits > SHORTEST else ()
    for match in _IDENTITY_15_CUT.finditer(plain) if digits >= _LONG else ():
        if cut := _cut_identity_15(text, at, plain, match.start(), match.end(1)):
            yield (*cut, match.start(), match.end(1))


def _is_unsure(text: str, at: int, found: Candidate) -> bool:
    """Whether it may be a piece of two others; what is labelled as another number is not, and covers what it holds."""
    kind, severity, start, _ = found
    is_asked = kind in (Kind.IDENTITY, Kind.BANK_CARD) and severity is Severity.WARN
    is_oddly_cut = is_asked and not is_other(text, at + start)
    return is_oddly_cut or kind in (Kind.IDENTITY_UNSURE, Kind.MOBILE_UNSURE)


def _torn_numbers(text: str, at: int, plain: str, digits: int) -> Iterator[Candidate]:
    for match in _IDENTITY.finditer(plain) if digits >= _IDENTITY_LENGTH else ():
        start, end = match.start(), match.end(1)
        if found := _torn_identity(text, at, plain, start, end):
            yield (*found, start, end)
    yield from torn_cards(text, at, plain) if digits > _LONG else ()
    for match in _MOBILE.finditer(plain) if digits >= SHORTEST and _HAS_ELEVEN.search(plain) else ():
        start, end = match.span(1)
        is_apart = not (_FIGURE_BEFORE.search(plain, max(0, start - 4), start) or _FIGURE_AFTER.match(plain, end))
        if found := torn_mobile(text, at + start, match[1], is_apart=is_apart):
            yield (*found, start, end)


def _torn_identity(text: str, at: int, plain: str, start: int, end: int) -> Found | None:
    printed = plain[start:end].replace(UNSEEN, "")
    code = bare_plain(printed)
    is_torn = len(printed) > len(code)
    before, after = plain[max(0, start - _FAR) : start].rstrip(UNSEEN), plain[end : end + _FAR].lstrip(UNSEEN)
    is_apart = not (before[-1:].isdecimal() or after[:1].isdecimal())
    if is_torn and not is_apart:
        return None
    one_more = _has_one_more(before, after) and not _TAG.match(text, at + end)
    if one_more and not is_said(text, at + start, "identity"):
        return None if is_other(text, at + start) or not is_identity_number(code) else (Kind.IDENTITY_UNSURE, None)
    cut = tuple(map(len, SEPARATORS.split(printed)))
    found = _identity(text, at + start, code)
    if found:
        return found if _is_cut_by_people(printed, cut, plain[:start]) else (found[0], Severity.WARN)
    if is_apart and is_dated_identity(code) and (cut in ((18,), (6, 8, 4)) or is_said(text, at + start, "identity")):
        return None if is_other(text, at + start) else (Kind.IDENTITY_UNSURE, None)
    return None


def _cut_identity_15(text: str, at: int, plain: str, start: int, end: int) -> Found | None:
    """Cut as people cut it, with no figure beside it; by its label anywhere."""
    printed = plain[start:end].replace(UNSEEN, "")
    code, cut = bare_plain(printed), tuple(map(len, SEPARATORS.split(printed)))
    if not is_dated_identity(code) or is_other(text, at + start):
        return None
    is_row = _FIGURE_BEFORE.search(plain, max(0, start - _FAR), start) or _FIGURE_AFTER.match(plain, end)
    is_labelled = is_said(text, at + start, "identity")
    return _unchecked(text, at + start, code) if is_labelled or (cut in _CUTS_OF_15 and not is_row) else None


def _has_one_more(before: str, after: str) -> bool:
    """Nineteen digits in a row are a number of a case, of which every eleventh begins like an identity number."""
    return after[:1].isdecimal() and not (before[-1:].isdecimal() or after[1:2].isdecimal())


def _is_cut_by_people(printed: str, cut: tuple[int, ...], before: str) -> bool:
    """Blanks and hyphens stand anywhere; other marks where people put them. Single digits stand apart from others."""
    if set(cut) == {1}:
        separator = printed[1 : printed.index(bare_plain(printed)[1], 1)]
        return not re.search(rf"(?<!\d)\d{re.escape(separator)}$", before[-len(separator) - 2 :])
    if not MARKS.search(printed) or len(cut) <= _FEW or cut in _IDENTITY_CUTS:
        return True
    return len(set(cut[:-1])) == 1 and cut[-1] <= cut[0]
