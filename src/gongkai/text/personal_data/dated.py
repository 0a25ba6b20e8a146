"""写着出生日期的号码 — an identity number of which the birthday is written as a day (条例 第十五条).

110101（1990年03月07日）8515，110101 1990年3月7日出生 8515，110101 1990-3-7 8515,
1101 01 1990-03-07 00:00:00 8515, 110101一九九〇年三月七日8515
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.text.codes import is_identity_number
from gongkai.text.hit import Hit
from gongkai.text.personal_data.days import REST, TIME, YEAR, in_digits
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.signs import PLAIN, bare_plain

_GAP = r"[^\w\n]{0,4}"
_DAY = re.compile(
    rf"{REST}{TIME}?(?:出?生|生日)?{_GAP}"
    r"(?:[后末尾]?[四4]位(?:数字?)?(?:为|是)?[:：]?|尾号(?:为|是)?[:：]?)?(?P<end>(?:\d ?){3}[\dXx])(?!\d)"
)
_UP_TO_YEAR = re.compile(rf"(?<!\d)(?P<region>(?:\d[ -]?){{5}}\d){_GAP}(?:出生(?:日期|年月)?(?:为|是)?[:：]?)?{YEAR}\Z")
_REACH = 24


def with_a_day(text: str, plain: str) -> Iterator[Hit]:
    """写着出生日期的号码 — every one in a text; `plain`: the same, sign for sign, with near digits (条例 第十五条)."""
    for day in _DAY.finditer(plain):
        before = _UP_TO_YEAR.search(plain, max(0, day.start() - _REACH), day.start())
        if not before:
            continue
        birthday = in_digits(before["year"], day["month"], day["day"])
        number = f"{before['region']}{birthday}{day['end']}".translate(PLAIN)
        if birthday and is_identity_number(bare_plain(number)):
            yield hit(Kind.IDENTITY, before.start(), text[before.start() : day.end()])
