"""期限 — what must hold for every clock that nothing stops (条例 第二十六条、第三十条、第三十二条至第三十四条)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.counting import Span, merged
from gongkai.law.errors import LawError
from gongkai.law.time_limits import Clock, deadline, limit, start_not_counted
from gongkai.law.workdays import DAY, Calendar
from tests.law import by_hand

CALENDAR = Calendar.load()
STARTS = st.dates(date(2019, 5, 15), date(2025, 12, 31))
SIMPLE = [Clock.THIRD_PARTY, Clock.CO_MAKER, Clock.PAYMENT, Clock.DISCLOSURE, Clock.WITHDRAWAL]
SPANS = st.tuples(STARTS, st.integers(0, 30)).map(lambda pair: Span(pair[0], pair[0] + DAY * pair[1]))


@given(st.sampled_from(SIMPLE), STARTS)
def test_every_clock_ends_where_a_hand_ends(clock: Clock, started: date) -> None:
    result = deadline(clock, started, CALENDAR)
    assert result.due_on == by_hand.nth(started, limit(clock, started).workdays)
    assert result.workdays == limit(clock, started).workdays


@given(STARTS, st.lists(SPANS, max_size=4))
def test_the_skipped_days_and_the_counted_ones_are_all_the_days(started: date, waited: list[Span]) -> None:
    for step in deadline(Clock.DISCLOSURE, started, CALENDAR, waited).steps:
        if count := step.count:
            skipped = sum((each.last_on - each.first_on).days + 1 for each in count.skipped)
            assert (count.last_on - count.after_on).days == skipped + count.workdays


@given(STARTS, st.integers(0, 400), st.integers(0, 200))
def test_workdays_are_looked_up_as_they_are_counted(first: date, days: int, workdays: int) -> None:
    last = min(first + DAY * days, date(2026, 12, 31))
    assert CALENDAR.workdays_between(first, last) == by_hand.workdays_after(first - DAY, last)
    assert CALENDAR.add_workdays(first, workdays % 200) == by_hand.nth(first, workdays % 200)


@given(st.data(), st.lists(SPANS, max_size=5))
def test_overlapping_spans_are_one_in_any_order(data: st.DataObject, spans: list[Span]) -> None:
    assert merged(data.draw(st.permutations(spans))) == merged(spans)


@given(st.dates(date(2026, 9, 1), date(2030, 1, 1)))
def test_what_lies_past_the_announced_years_is_provisional_and_says_so(started: date) -> None:
    result = deadline(Clock.DISCLOSURE, started, CALENDAR)
    said = [step for step in result.steps if "尚未公布" in step.message]
    assert result.provisional == (result.due_on > CALENDAR.announced_until) == bool(said)


@given(st.dates(date(2019, 1, 1), date(2019, 7, 1)))
def test_what_lies_before_the_regulation_was_in_force_says_so(started: date) -> None:
    said = [step for step in deadline(Clock.DISCLOSURE, started, CALENDAR).steps if "起施行" in step.message]
    assert bool(said) == (started < date(2019, 5, 15))


@pytest.mark.parametrize(("day", "source"), [(date(2020, 12, 31), "民法总则"), (date(2021, 1, 1), "民法典")])
def test_that_the_first_day_is_not_counted_is_cited_as_in_force(day: date, source: str) -> None:
    assert str(start_not_counted(day)) == f"{source} 第二百零一条"


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2099, 12, 31), date.max])
def test_days_out_of_range_are_refused(day: date) -> None:
    with pytest.raises(LawError):
        deadline(Clock.DISCLOSURE, day, CALENDAR)
