"""日、月、年的期间 — periods by the calendar, moved off days of rest (民法典 第二百零一条至第二百零三条).

The day it starts is not counted. Months and years end on the day of the same number, or on the last of a shorter month.
A Saturday or Sunday on which offices work is no day of rest.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from gongkai.law.errors import LawError
from gongkai.law.workdays import DAY, Calendar

MOST = {"workdays": 1000, "days": 3660, "months": 120, "years": 20}


class Unit(StrEnum):
    """期间的单位 — working days, or days, months, years of the calendar (民法典 第二百条)."""

    WORKDAYS = "workdays"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


def ends_on(calendar: Calendar, after_on: date, length: int, unit: Unit) -> date:
    """期间届满 — the last day, moved past days of rest (民法典 第二百零二条、第二百零三条). LawError out of range."""
    if not 1 <= length <= MOST[unit]:
        raise LawError("期间的长短 {length} 不对，请核对", length=length)
    calendar.require(after_on)
    if unit is Unit.WORKDAYS:
        return calendar.add_workdays(after_on, length)
    return off_rest(calendar, nominal(after_on, length, unit))


def nominal(after_on: date, length: int, unit: Unit) -> date:
    """期间的最后一日 — before it is moved off days of rest (民法典 第二百零二条)."""
    if unit is Unit.DAYS:
        return after_on + timedelta(days=length)
    months = after_on.year * 12 + after_on.month - 1 + length * (12 if unit is Unit.YEARS else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(after_on.day, monthrange(year, month + 1)[1]))


def off_rest(calendar: Calendar, day: date) -> date:
    """移出休息日 — the day itself, or the first after it that is none of rest (民法典 第二百零三条)."""
    calendar.require(day)
    while not calendar.is_workday(day):
        day += DAY
    return day
