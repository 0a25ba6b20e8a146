"""写明的日子 — a whole day as people and programs write it, with its time behind it: the birthday of a number.

1990年3月7日, 1990-03-07 00:00:00, 1990/3/7 0:00, 1990-03-07T00:00:00Z, 一九九〇年三月七日

And as other programs show it: 3/7/1990 and 7/3/1990, 90-03-07, 7 Mar 1990, Mar 7, 1990, 19900307 00:00:00,
1990年3月7日 星期三; a sheet keeps it as a count of days: 32939.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from gongkai.text.numerals import parse_chinese
from gongkai.text.personal_data.signs import ALL, UNSEEN

_NUMERAL = "〇○零一二三四五六七八九"
_MARK = r"-./\u2010-\u2013\uff0e\uff0f"
_FEW = rf"\d{{1,2}}|[{_NUMERAL}十]{{1,3}}"
YEAR = rf"(?P<year>(?:[1\uff11][9\uff19]|[2\uff12][0\uff10])\d{{2}}|[一二][〇○零九][{_NUMERAL}]{{2}})"
REST = rf"[{_MARK}年] ?(?P<month>{_FEW}) ?[{_MARK}月] ?(?P<day>{_FEW})(?: ?日)?"
"""What follows the year, at its mark: an expression that begins with what may be missing is a slow one."""
TIME = (
    r"(?:[ T\u3000]+(?:[上下]午 ?)?\d{1,2}[:：时](?:\d{1,2}(?:[:：分](?:\d{1,2}(?:[.,]\d+)?)?秒?)?)?"
    r"(?: ?[APap][Mm])?(?: ?Z|[+-]\d{2}:?\d{2})?)"
)
"""What a program writes behind a day."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>(?i:{'|'.join(_MONTHS)}))[a-z]{{0,6}}"
_LATE = r"(?P<late>(?:19|20)\d\d|(?<!\d)\d\d)(?!\d)"
_WEEKDAY = r"[（(]?(?:星期|周|礼拜)[一二三四五六日天][)）]?"
_DAY_NAME = r"(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[.,]? ?)?"
_ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WAYS = tuple(
    re.compile(rf"[\s']*+{way}(?:出?生)?\s*")
    for way in (
        rf"(?P<one>\d\d?)[-./ ](?P<two>\d\d?)[-./ ]{_LATE}{TIME}?",
        rf"(?P<early>\d\d)[-./年](?P<month>\d\d?)[-./月](?P<day>\d\d?)日?{TIME}?",
        rf"{_DAY_NAME}{_ORDINAL}[- .]{{0,2}}{_MONTH}[-., ]{{1,2}}{_LATE}{TIME}?[^\n]{{0,40}}",
        rf"{_DAY_NAME}{_MONTH}[-. ]{{0,2}}{_ORDINAL}[-, ]{{1,2}}{_LATE}{TIME}?[^\n]{{0,40}}",
        rf"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:{TIME}|[ T]\d{{4,6}}Z?)",
        rf"{_WEEKDAY} ?{YEAR} ?{REST}",
        rf"{YEAR} ?{REST} ?{_WEEKDAY}{TIME}?",
    )
)
_SERIAL = re.compile(r"\s*+(?P<days>\d{4,5})(?:\.\d{1,10})?\s*")
_FIRST_DAY = date(1899, 12, 30)
"""From which a sheet counts."""
MAY_BE_ANOTHER = re.compile(
    rf"(?<!\d\d)\d[-./ ]\d\d?[-./ ]\d\d|(?:19|20)\d{{6}}[ T]|{_WEEKDAY}|(?i:{'|'.join(_MONTHS)})"
)
"""What a cell holds that may be such a day, and not one as 1990-03-07."""


def in_digits(year: str, month: str, day: str) -> str | None:
    """八位数字 — 19900307 of a year, a month and a day as they are written; None for what is no day (条例 第十五条)."""
    months, days = _number(month), _number(day)
    return None if months is None or days is None else f"{year.translate(ALL)}{months:02}{days:02}"


def real_day(year: str, month: str, day: str) -> str | None:
    """真有的日子 — 1990-03-07 of a day as it is written, None where no calendar has it (条例 第十五条)."""
    return _real(in_digits(year, month, day))


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


def days_of(text: str, *, is_birthday: bool = False) -> list[str]:
    """哪一天 — 1990-03-07 of a cell that holds one whole day; of 3/7/1990 both (条例 第十五条).

    `is_birthday`: its header says so, and a bare number may be a count of days.
    """
    found: dict[str, None] = {}
    for way in _WAYS:
        if match := way.fullmatch(text):
            found |= dict.fromkeys(filter(None, map(_real, _orders(match.groupdict()))))
    if is_birthday and (serial := _SERIAL.fullmatch(text)):
        found[str(_FIRST_DAY + timedelta(int(serial["days"])))] = None
    return list(found)


def _orders(parts: Mapping[str, str]) -> Iterator[str | None]:
    """Eight digits in each order that the parts may have, in both centuries where the year has two digits."""
    for year in _full(parts.get("late") or parts.get("early") or parts["year"]):
        if "one" in parts:
            yield in_digits(year, parts["one"], parts["two"])
            yield in_digits(year, parts["two"], parts["one"])
        elif "name" in parts:
            yield in_digits(year, str(1 + _MONTHS.index(parts["name"].lower())), parts["day"])
        else:
            yield in_digits(year, parts["month"], parts["day"])


def _full(year: str) -> list[str]:
    return [year] if len(year) > 2 else [f"19{year}", f"20{year}"]


def _real(digits: str | None) -> str | None:
    try:
        return None if digits is None else str(date(int(digits[:4]), int(digits[4:6]), int(digits[6:])))
    except ValueError:
        return None
