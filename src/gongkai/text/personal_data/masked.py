"""遮住的号码合起来 — masks that what stands beside them completes (条例 第十五条).

    张某，110101********8515，……******19900307****    -> two hits: both together are the whole number
    张某，110101********8515，1990年3月7日出生          -> one hit: only the birthday was masked, and it stands there

A list with the number masked twice, in two columns or two paragraphs, tells it to everybody who reads both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate

from gongkai.text.codes import is_card_number, is_identity_number
from gongkai.text.hit import STAR, Hit
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.signs import PLAIN

_HIDING = "*\uff0a﹡\u2217\u204e✱●○□■×#\uff03_\uff3f"
_MARKS = re.escape(_HIDING)
_SIGNS = rf"[\d{_MARKS}]"
_MASKED = re.compile(rf"(?<!{_SIGNS})(?=\d*[{_MARKS}]){_SIGNS}{{10,23}}[\dXx{_MARKS}](?!{_SIGNS})")
_TWO = 2
_REACH = 12
"""A mask is held against so many before it: farther away they are of other persons."""
_LENGTHS = range(16, 20)
"""Of identity numbers and of cards."""
_BUT_BIRTHDAY = re.compile(r"\d{6}\*{8}\d{3}[\dX]")
_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[-./年]\s?(1[0-2]|0?[1-9])[-./月]\s?([12]\d|3[01]|0?[1-9])|(1[0-2]|0[1-9])([12]\d|3[01]|0[1-9]))(?!\d)"
)
_DAY_REACH = 80
_ENDS, _MIDDLE = re.compile(r"(\d{2,12})\*+([\dX]{2,12})"), re.compile(r"\*+(\d{6,13})\*+")
_MOBILE = re.compile(r"1[3-9]\d{9}")


def complemented(text: str) -> Iterator[Hit]:
    """遮住的号码合起来 — a hit for each mask that another one completes (条例 第十五条)."""
    # To ask for signs one by one is quicker than an expression for them all.
    if not any(sign in text and sign * 2 in text for sign in _HIDING):
        return
    near: deque[tuple[re.Match[str], str]] = deque(maxlen=_REACH)
    told: set[int] = set()
    for match in _MASKED.finditer(text):
        shown = _shown(match[0])
        if _BUT_BIRTHDAY.fullmatch(shown) and _is_told(shown, text, match):
            told.add(match.start())
            yield hit(Kind.IDENTITY, match.start(), match[0], STAR * len(match[0]))
        for other, known in near:
            kind = _together(shown, known)
            if kind is None:
                continue
            for one in (other, match):
                if one.start() not in told:
                    told.add(one.start())
                    yield hit(kind, one.start(), one[0], STAR * len(one[0]))
        near.append((match, shown))


def completed_across(texts: Sequence[str]) -> Iterator[tuple[int, Hit]]:
    """跨格合起来 — the same of masks that stand in texts of their own: the cells of a list (条例 第十五条).

    Each hit comes with the index of its text.
    """
    masks = [(at, text) for at, text in enumerate(texts) if any(sign * 2 in text for sign in _HIDING)]
    if len(masks) < _TWO:
        return
    starts = [0, *accumulate(len(text) + 1 for _, text in masks)]
    for one in complemented("\n".join(text for _, text in masks)):
        place = bisect_right(starts, one.start) - 1
        yield masks[place][0], one._replace(start=one.start - starts[place], end=one.end - starts[place])


def _is_told(shown: str, text: str, match: re.Match[str]) -> bool:
    """Whether a day that stands near makes the number right; of other days one in eleven does."""
    around = text[max(0, match.start() - _DAY_REACH) : match.end() + _DAY_REACH]
    for year, month, day, other_month, other_day in _DAY.findall(around):
        birthday = f"{year}{int(month or other_month):02}{int(day or other_day):02}"
        if is_identity_number(shown.replace(STAR * 8, birthday)):
            return True
    return False


def _shown(printed: str) -> str:
    """The digits that a mask shows, a star for each of the others."""
    return "".join(STAR if sign in _HIDING else sign for sign in printed).translate(PLAIN)


def _together(one: str, other: str) -> Kind | None:
    """What two masks of one length say together, where they agree and leave nothing open."""
    if STAR not in one or STAR not in other:
        return None
    if len(one) == len(other) and (kind := _of_signs(one, other)):
        return kind
    return _of_lengths(one, other) or _of_ends(one, other) or _of_ends(other, one)


def _of_signs(one: str, other: str) -> Kind | None:
    """Of masks with a star for each digit that they hide."""
    pairs = list(zip(one, other, strict=True))
    if any(STAR not in pair and pair[0] != pair[1] for pair in pairs):
        return None
    number = "".join(right if left == STAR else left for left, right in pairs)
    return _kind_of(number)


def _of_lengths(one: str, other: str) -> Kind | None:
    """Of masks with fewer or more stars than digits that they hide: by the longer begin and the longer end of them."""
    begins = sorted((shown.partition(STAR)[0] for shown in (one, other)), key=len)
    ends = sorted((shown.rpartition(STAR)[2] for shown in (one, other)), key=len)
    if not begins[1].startswith(begins[0]) or not ends[1].endswith(ends[0]):
        return None
    for length in _LENGTHS:
        open_yet, shown_twice = length - len(begins[1]), len(begins[1]) + len(ends[1]) - length
        number = begins[1] + ends[1][-open_yet:]
        if open_yet <= 0 or shown_twice < 0 or not number.endswith(ends[1]):
            continue
        kind = _kind_of(number)
        # A card may have any length, unless a mask has it or both show the same digit.
        if kind is Kind.IDENTITY or (kind and (shown_twice > 0 or length in (len(one), len(other)))):
            return kind
    return None


def _of_ends(one: str, other: str) -> Kind | None:
    """Of a mask of both ends and one of the middle, however many stars stand for the rest; a bank's own alone."""
    ends, middle = _ENDS.fullmatch(one), _MIDDLE.fullmatch(other)
    if not ends or not middle:
        return None
    number = f"{ends[1]}{middle[1]}{ends[2]}"
    kind = _kind_of(number)
    return kind if kind and kind is not Kind.MOBILE and number[:1] in "123456" else None


def _kind_of(number: str) -> Kind | None:
    if STAR in number:
        return None
    if _MOBILE.fullmatch(number):
        return Kind.MOBILE
    if is_identity_number(number):
        return Kind.IDENTITY
    return Kind.BANK_CARD if len(number) in _LENGTHS and is_card_number(number) else None
