"""写着出生日期的号码 — an identity number of which the birthday is written as a day (条例 第十五条).

110101（1990年03月07日）8515，110101 1990年3月7日出生 8515，110101 1990-3-7 8515,
1101 01 1990-03-07 00:00:00 8515, 110101一九九〇年三月七日8515, 110101 3/7/1990 8515, 110101 19900307 00:00 8515
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from gongkai.text.codes import is_identity_number
from gongkai.text.hit import Hit
from gongkai.text.personal_data.days import REST, TIME, YEAR, days_of, in_digits
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.signs import PLAIN, bare_plain

_GAP = r"[^\w\n]{0,4}"
_DAY = re.compile(
    rf"{REST}{TIME}?(?:出?生|生日)?{_GAP}"
    r"(?:[后末尾]?[四4]位(?:数字?)?(?:为|是)?[:：]?|尾号(?:为|是)?[:：]?)?(?P<end>(?:\d ?){3}[\dXx])(?!\d)"
)
_UP_TO_YEAR = re.compile(
    rf"(?<!\d)(?P<region>(?:\d[ -]?){{5}}\d){_GAP}(?:出生(?:日期|年月)?(?:为|是)?[:：]?)?{YEAR} ?\Z"
)
_MARK = re.compile(REST[: REST.index("]") + 1])
_BIRTH = "出生"
_WORD = re.compile(_BIRTH)
_REACH = 24
_OTHERWISE = re.compile(r"[-./ T](?:(?<=[-./])(?:19|20)\d\d(?!\d)|(?<=\d[ T])\d\d?:\d)")
_NUMBER = re.compile(
    rf"(?<!\d)(?P<region>(?:\d[ -]?){{5}}\d){_GAP}"
    rf"(?P<written>(?<!\d)\d\d?[-./]\d\d?[-./](?:19|20)\d\d{TIME}?|(?<!\d)(?:19|20)\d{{6}}{TIME})"
    rf"{_GAP}(?P<end>(?:\d ?){{3}}[\dXx])(?!\d)"
)


def with_a_day(text: str, plain: str, stretches: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """写着出生日期的号码 — every one that begins in one of the stretches (条例 第十五条).

    `plain`: the text, sign for sign, with near digits. A word parts the region from the year in 110101出生日期1990年.
    """
    births = ((at.start(), at.start() + _REACH) for at in _WORD.finditer(plain)) if _BIRTH in plain else ()
    marks = {mark.start() for start, end in chain(stretches, births) for mark in _MARK.finditer(plain, start, end + 2)}
    yield from filter(None, (_number(text, plain, at) for at in sorted(marks)))


def _number(text: str, plain: str, at: int) -> Hit | None:
    """What has its year before this place."""
    day = _DAY.match(plain, at)
    before = day and _UP_TO_YEAR.search(plain, max(0, at - _REACH), at)
    birthday = day and before and in_digits(before["year"], day["month"], day["day"])
    if not day or not before or not birthday:
        return None
    number = f"{before['region']}{birthday}{day['end']}".translate(PLAIN)
    if not is_identity_number(bare_plain(number)):
        return None
    return hit(Kind.IDENTITY, before.start(), text[before.start() : day.end()])


def with_another_day(text: str, at: int, stretch: str) -> Iterator[Hit]:
    """日子写得不同的号码 — with the year last, or a day without marks and its time; in a stretch that begins `at`."""
    for match in _NUMBER.finditer(stretch) if _OTHERWISE.search(stretch) else ():
        for day in days_of(match["written"]):
            number = f"{match['region']}{day}{match['end']}".translate(PLAIN)
            if is_identity_number(bare_plain(number)):
                start, end = at + match.start(), at + match.end()
                yield hit(Kind.IDENTITY, start, text[start:end])
                break
