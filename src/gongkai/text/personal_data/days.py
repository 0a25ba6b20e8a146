"""写明的日子 — a whole day as people and programs write it, with its time behind it: the birthday of a number.

1990年3月7日, 1990-03-07 00:00:00, 1990/3/7 0:00, 1990-03-07T00:00:00Z, 一九九〇年三月七日
"""

from __future__ import annotations

import re

from gongkai.text.numerals import parse_chinese
from gongkai.text.personal_data.signs import ALL, UNSEEN

_NUMERAL = "〇○零一二三四五六七八九"
_MARK = r"-./\u2010-\u2013\uff0e\uff0f"
_FEW = rf"\d{{1,2}}|[{_NUMERAL}十]{{1,3}}"
YEAR = rf"(?P<year>(?:[1\uff11][9\uff19]|[2\uff12][0\uff10])\d{{2}}|[一二][〇○零九][{_NUMERAL}]{{2}})"
REST = rf" ?[{_MARK}年] ?(?P<month>{_FEW}) ?[{_MARK}月] ?(?P<day>{_FEW})(?: ?日)?"
TIME = (
    r"(?:[ T\u3000]+(?:[上下]午 ?)?\d{1,2}[:：时](?:\d{1,2}(?:[:：分](?:\d{1,2}(?:[.,]\d+)?)?秒?)?)?"
    r"(?: ?[APap][Mm])?(?: ?Z|[+-]\d{2}:?\d{2})?)"
)
"""What a program writes behind a day."""


def in_digits(year: str, month: str, day: str) -> str | None:
    """八位数字 — 19900307 of a year, a month and a day as they are written; None for what is no day (条例 第十五条)."""
    months, days = _number(month), _number(day)
    return None if months is None or days is None else f"{year.translate(ALL)}{months:02}{days:02}"


def spread(day: re.Match[str]) -> str:
    """照原位 — the same digits in as many signs as the match has, each where it is written (条例 第十五条)."""
    digits = in_digits(day["year"], day["month"], day["day"])
    if digits is None:
        return day[0]
    signs = [UNSEEN] * len(day[0])
    for name, part in (("year", digits[:4]), ("month", digits[4:6]), ("day", digits[6:])):
        end = day.end(name) - day.start()
        # Of one sign the zero stands where its mark is.
        signs[end - len(part) : end] = part
    return "".join(signs)


def _number(written: str) -> int | None:
    if "十" in written:
        value = parse_chinese(written)
        return None if value is None else int(value)
    digits = written.translate(ALL)
    return int(digits) if digits.isdecimal() else None
