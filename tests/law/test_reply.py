"""期限 — what must hold for every course that a request can take (条例 第三十条至第三十四条)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.law.counting import Deadline, Span, merged
from gongkai.law.errors import LawError
from gongkai.law.reply import Handling, correction_deadline, reply_deadline
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, deadline, limit
from gongkai.law.workdays import DAY, Break, Calendar, Year

CALENDAR = Calendar.load()
STARTS = st.dates(date(2019, 5, 15), date(2025, 12, 31))
SIMPLE = [Clock.THIRD_PARTY, Clock.CO_MAKER, Clock.PAYMENT, Clock.DISCLOSURE, Clock.WITHDRAWAL]


@st.composite
def handlings(draw: st.DrawFn) -> Handling:
    """Any course of a request that can be counted; consultations start early enough to bear on it."""
    received = draw(STARTS)
    corrected = draw(st.none() | st.integers(0, 60).map(lambda n: received + DAY * n))
    start = corrected or received
    consulted = draw(
        st.lists(
            st.tuples(st.integers(0, 24), st.integers(0, 30)).map(
                lambda pair: Span(start + DAY * pair[0], start + DAY * (pair[0] + pair[1]))
            ),
            max_size=4,
        )
    )
    return Handling(received, corrected_on=corrected, consulted=tuple(consulted), extended=draw(st.booleans()))


@given(handlings())
def test_a_reply_never_falls_due_on_a_day_off(handling: Handling) -> None:
    assert CALENDAR.is_workday(reply_deadline(handling, CALENDAR).due_on)


@given(st.sampled_from(SIMPLE), STARTS)
def test_no_clock_ends_on_a_day_off(clock: Clock, started: date) -> None:
    result = deadline(clock, started, CALENDAR)
    assert CALENDAR.is_workday(result.due_on)
    assert result.workdays == limit(clock, started).workdays


@given(handlings())
def test_exactly_the_statutory_workdays_lie_outside_the_consultations(handling: Handling) -> None:
    result = reply_deadline(handling, CALENDAR)
    start = handling.corrected_on or handling.received_on
    between = [start + DAY * n for n in range(1, (result.due_on - start).days + 1)]
    counted = [
        day
        for day in between
        if CALENDAR.is_workday(day) and not any(span.first_on <= day <= span.last_on for span in handling.consulted)
    ]
    assert len(counted) == result.workdays == (40 if handling.extended else 20)
    assert counted[-1] == result.due_on


@given(st.data(), handlings())
def test_the_order_of_consultations_does_not_matter(data: st.DataObject, handling: Handling) -> None:
    shuffled = data.draw(st.permutations(handling.consulted))
    again = reply_deadline(replace(handling, consulted=tuple(shuffled)), CALENDAR)
    assert again == reply_deadline(handling, CALENDAR)


@given(handlings())
def test_overlapping_consultations_are_one(handling: Handling) -> None:
    joined = merged(handling.consulted)
    assert reply_deadline(replace(handling, consulted=joined), CALENDAR) == reply_deadline(handling, CALENDAR)
    assert all(before.last_on + DAY < after.first_on for before, after in pairwise(joined))


@given(handlings())
def test_consultation_and_extension_never_bring_a_deadline_forward(handling: Handling) -> None:
    due = reply_deadline(handling, CALENDAR).due_on
    assert reply_deadline(replace(handling, consulted=()), CALENDAR).due_on <= due
    assert due < reply_deadline(replace(handling, extended=True), CALENDAR).due_on or handling.extended


@given(handlings(), st.integers(0, 400))
def test_a_new_holiday_never_brings_a_deadline_forward(handling: Handling, after: int) -> None:
    day = handling.received_on + DAY * after
    assume(day.year <= CALENDAR.announced_until.year)
    year = next(year for year in CALENDAR.years if year.year == day.year)
    kept = tuple(make_up for make_up in year.make_ups if make_up.on != day)
    more = CALENDAR.with_year(Year(year.year, year.notices, (*year.breaks, Break("新假日", day, day)), kept))
    assert reply_deadline(handling, more).due_on >= reply_deadline(handling, CALENDAR).due_on


@given(handlings())
def test_the_skipped_days_and_the_counted_ones_are_all_the_days(handling: Handling) -> None:
    for step in reply_deadline(handling, CALENDAR).steps:
        if count := step.count:
            skipped = sum((each.last_on - each.first_on).days + 1 for each in count.skipped)
            assert (count.last_on - count.after_on).days == skipped + count.workdays


@given(st.dates(date(2026, 9, 1), date(2030, 1, 1)))
def test_what_lies_past_the_announced_years_is_provisional_and_says_so(received: date) -> None:
    result = reply_deadline(Handling(received), CALENDAR)
    said = [step for step in result.steps if "尚未公布" in step.message]
    assert result.provisional == (result.due_on > CALENDAR.announced_until) == bool(said)


@given(st.dates(date(2019, 1, 1), date(2019, 7, 1)))
def test_what_lies_before_the_regulation_was_in_force_says_so(received: date) -> None:
    said = [step for step in reply_deadline(Handling(received), CALENDAR).steps if "起施行" in step.message]
    assert bool(said) == (received < date(2019, 5, 15))


@pytest.mark.parametrize("channel", [channel for channel in Channel if channel.is_confirmed])
def test_where_both_sides_confirm_the_confirmation_is_the_receipt(channel: Channel) -> None:
    received, confirmed = date(2025, 9, 20), date(2025, 9, 25)
    for deadline_of in (reply_deadline, correction_deadline):
        there = deadline_of(Handling(received, channel, confirmed), CALENDAR)
        assert there.received_on == confirmed
        assert there.due_on == deadline_of(Handling(confirmed), CALENDAR).due_on
    unconfirmed = reply_deadline(Handling(received, channel), CALENDAR)
    assert any("没有另填确认日" in step.message for step in unconfirmed.steps)


def test_payment_starts_the_clock_anew_unless_the_setting_says_otherwise() -> None:
    paid = Handling(date(2025, 9, 1), paid_on=date(2025, 9, 25))
    unpaid = replace(paid, paid_on=None)
    anew = reply_deadline(Handling(date(2025, 9, 25)), CALENDAR).due_on
    assert reply_deadline(paid, CALENDAR).due_on == anew
    assert reply_deadline(paid, CALENDAR, payment_restarts=False) == reply_deadline(unpaid, CALENDAR)


def test_a_consultation_longer_than_the_third_party_has_is_pointed_out() -> None:
    def steps(days: int) -> list[str]:
        span = Span(date(2025, 3, 10), date(2025, 3, 10) + timedelta(days=days))
        return [
            str(step.provision)
            for step in reply_deadline(Handling(date(2025, 3, 3), consulted=(span,)), CALENDAR).steps
        ]

    assert "条例 第三十二条" not in steps(18)
    assert "条例 第三十二条" in steps(21)


def refused(handling: Callable[[], Handling]) -> str:
    with pytest.raises(LawError) as raised:
        reply_deadline(handling(), CALENDAR)
    assert raised.value.template.format(**raised.value.values) == str(raised.value)
    return str(raised.value)


def test_days_that_disagree_are_refused_with_both_days() -> None:
    day = date(2025, 3, 3)
    before, after = day - DAY, day + DAY * 90
    for message, late in [
        (refused(lambda: Handling(day, corrected_on=before)), before),
        (refused(lambda: Handling(day, paid_on=before)), before),
        (refused(lambda: Handling(day, corrected_on=after, paid_on=day)), after),
        (refused(lambda: Handling(day, Channel.FAX, before)), before),
        (refused(lambda: Handling(day, consulted=(Span(before, after),))), before),
        (refused(lambda: Handling(day, consulted=(Span(after, after),))), after),
        (refused(lambda: Handling(day, consulted=(Span(after, day),))), after),
    ]:
        assert str(day) in message or "2025-03-31" in message
        assert str(late) in message
    assert "不看确认日" in refused(lambda: Handling(day, Channel.IN_PERSON, day))


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2099, 12, 31), date.max])
def test_days_out_of_range_are_refused(day: date) -> None:
    assert "太" in refused(lambda: Handling(day))
    assert isinstance(deadline(Clock.DISCLOSURE, date(2019, 1, 1), CALENDAR), Deadline)
    with pytest.raises(LawError):
        deadline(Clock.DISCLOSURE, day, CALENDAR)
