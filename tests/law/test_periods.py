"""日、月、年的期间 — every clock of remedies to the day (民法典 第二百零一条至第二百零三条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.law.periods import Unit, ends_on, nominal, off_rest
from gongkai.law.remedies import RemedyClock, paragraph, remedy_due
from gongkai.law.terms import AnswerKind
from gongkai.law.workdays import Calendar
from tests.law import by_hand

CALENDAR = Calendar.load()
DAY = timedelta(days=1)
STARTS = st.dates(date(2019, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("after_on", "length", "unit", "last_on"),
    [
        (date(2026, 8, 31), 6, Unit.MONTHS, date(2027, 3, 1)),  # 28 February 2027 is a Sunday
        (date(2024, 2, 29), 1, Unit.YEARS, date(2025, 2, 28)),
        (date(2025, 12, 31), 6, Unit.MONTHS, date(2026, 6, 30)),
        (date(2026, 1, 4), 60, Unit.DAYS, date(2026, 3, 5)),
        (date(2025, 12, 17), 60, Unit.DAYS, date(2026, 2, 24)),  # 15 February: the Spring Festival until the 23rd
        (date(2026, 1, 30), 15, Unit.DAYS, date(2026, 2, 14)),  # a Saturday on which offices work is no day of rest
        (date(2026, 2, 13), 15, Unit.DAYS, date(2026, 2, 28)),  # so is this one
        (date(2026, 9, 16), 15, Unit.DAYS, date(2026, 10, 8)),  # 1 October: until the 7th
        (date(2026, 3, 2), 15, Unit.DAYS, date(2026, 3, 17)),
        (date(2026, 8, 21), 15, Unit.DAYS, date(2026, 9, 7)),  # 5 September is a Saturday
        (date(2026, 3, 30), 10, Unit.WORKDAYS, date(2026, 4, 14)),
        (date(2026, 3, 30), 5, Unit.WORKDAYS, date(2026, 4, 7)),
        (date(2026, 3, 31), 3, Unit.MONTHS, date(2026, 6, 30)),
        (date(2025, 7, 31), 6, Unit.MONTHS, date(2026, 2, 2)),  # 31 January is a Saturday
    ],
)
def test_boundary_days(after_on: date, length: int, unit: Unit, last_on: date) -> None:
    assert ends_on(CALENDAR, after_on, length, unit) == last_on


@given(STARTS, st.integers(1, 400), st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.YEARS]))
def test_no_period_ends_on_a_day_of_rest_or_early(after_on: date, length: int, unit: Unit) -> None:
    length = min(length, {Unit.DAYS: 400, Unit.MONTHS: 13, Unit.YEARS: 1}[unit])
    last_on = ends_on(CALENDAR, after_on, length, unit)
    day = nominal(after_on, length, unit)
    assert by_hand.is_workday(last_on)
    assert not any(by_hand.is_workday(day + DAY * n) for n in range((last_on - day).days))
    assert day > after_on


@given(STARTS, st.integers(1, 24))
def test_months_end_on_the_day_of_the_same_number_or_the_last(after_on: date, length: int) -> None:
    day = nominal(after_on, length, Unit.MONTHS)
    assert (day.year - after_on.year) * 12 + day.month - after_on.month == length
    assert day.day == after_on.day or (day.day < after_on.day and (day + DAY).day == 1)


@given(STARTS, STARTS)
def test_who_starts_later_never_ends_earlier(one: date, other: date) -> None:
    for clock in RemedyClock:
        first, second = (remedy_due(clock, day, CALENDAR).due_on for day in sorted((one, other)))
        assert first <= second


@pytest.mark.parametrize("clock", list(RemedyClock))
def test_every_clock_of_remedies_says_how_it_is_counted(clock: RemedyClock) -> None:
    due = remedy_due(clock, date(2025, 6, 3), CALENDAR)
    said = "\n".join(step.message for step in due.steps)
    assert str(due.due_on) in said
    assert "2025-06-03" in said
    assert not due.provisional
    assert remedy_due(clock, date(2026, 12, 30), CALENDAR).provisional


def test_every_answer_has_its_paragraph() -> None:
    before = {answer for answer in AnswerKind if paragraph(answer).first_reconsideration}
    assert before == {
        AnswerKind.STATE_SECRET,
        AnswerKind.PROHIBITED_BY_LAW,
        AnswerKind.SECURITY_AND_STABILITY,
        AnswerKind.THIRD_PARTY_RIGHTS,
        AnswerKind.INTERNAL_AFFAIRS,
        AnswerKind.DELIBERATIVE_PROCESS,
        AnswerKind.ENFORCEMENT_FILE,
        AnswerKind.PARTLY_GRANTED,
    }
    for answer in AnswerKind:
        told = paragraph(answer)
        assert "县政府" in told.text.format(organ="县政府", court="县法院")
        assert told.clocks


def test_what_is_out_of_range_is_refused() -> None:
    for length, day in ((0, date(2026, 1, 1)), (10**9, date(2026, 1, 1)), (60, date(2018, 1, 1)), (60, date.max)):
        with pytest.raises(LawError):
            ends_on(CALENDAR, day, length, Unit.DAYS)
    with pytest.raises(LawError):
        off_rest(CALENDAR, date(2100, 1, 1))


@pytest.mark.parametrize(
    ("year", "final_until"),
    [
        (2019, date(2019, 12, 24)),  # 2020-01-01 is a Wednesday
        (2020, date(2020, 12, 31)),  # a Friday
        (2021, date(2021, 12, 31)),  # a Saturday
        (2022, date(2022, 12, 24)),  # a Sunday
        (2023, date(2023, 12, 31)),  # a Monday
        (2024, date(2024, 12, 24)),  # a Wednesday
        (2025, date(2025, 12, 24)),  # a Thursday
        (2026, date(2026, 12, 31)),  # a Friday
    ],
)
def test_the_end_of_a_year_is_final_where_new_years_day_joins_a_weekend(year: int, final_until: date) -> None:
    known = Calendar(tuple(each for each in CALENDAR.years if each.year <= year))
    assert known.final_until == final_until
    late = by_hand.nth(final_until, 1)
    assert remedy_due(RemedyClock.DEFENCE, late - DAY * 15, known).provisional
