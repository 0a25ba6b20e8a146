"""边界的日子 — the first and the last day of every limit, as examples; who may hold which posts, in full (条例)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from gongkai.law.administration import SEPARATE, excluded
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.law.sources import Provision, sources
from gongkai.law.time_limits import Clock, _limits, closed, deadline, in_force, limit
from gongkai.law.workdays import Calendar

CALENDAR = Calendar.load()
UNTIL = CALENDAR.announced_until
DAY = timedelta(days=1)


@pytest.mark.parametrize("short", sorted(sources()))
def test_a_source_is_in_force_on_its_first_day_and_not_the_day_before(short: str) -> None:
    begins = sources()[short].from_on
    provision = Provision(short)
    assert in_force(provision, begins) == ()
    assert in_force(provision, begins + DAY) == ()
    (warned,) = in_force(provision, begins - DAY)
    assert warned.values["from_on"] == begins


@pytest.mark.parametrize("clock", Clock)
def test_a_limit_holds_from_its_first_day(clock: Clock) -> None:
    known = [each for each in _limits() if each.clock == clock]
    for place, each in enumerate(known):
        assert limit(clock, each.from_on) == each
        assert limit(clock, each.from_on - DAY) == known[max(0, place - 1)]


def _ends_on(day: date) -> date:
    """From which a clock of one count ends on the day: the latest."""
    start = day
    while deadline(Clock.DISCLOSURE, start, CALENDAR).due_on > day:
        start -= DAY
    assert deadline(Clock.DISCLOSURE, start, CALENDAR).due_on == day
    return start


def test_the_last_announced_day_is_certain_and_the_next_workday_is_provisional() -> None:
    last = UNTIL
    while not CALENDAR.is_workday(last):
        last -= DAY
    assert not deadline(Clock.DISCLOSURE, _ends_on(last), CALENDAR).provisional
    following = UNTIL + DAY
    while not CALENDAR.is_workday(following):
        following += DAY
    assert deadline(Clock.DISCLOSURE, _ends_on(following), CALENDAR).provisional


@pytest.mark.parametrize(("days", "is_provisional"), [(-1, False), (0, False), (1, True)])
def test_what_ends_on_the_last_announced_day_itself_is_certain(days: int, is_provisional: bool) -> None:
    counted = deadline(Clock.DISCLOSURE, date(2026, 3, 2), CALENDAR)
    steps = tuple(
        replace(each, count=replace(each.count, last_on=UNTIL + days * DAY)) if each.count else each
        for each in counted.steps
    )
    assert closed(Clock.DISCLOSURE, date(2026, 3, 2), steps, CALENDAR).provisional == is_provisional


@pytest.mark.parametrize(("role", "held", "is_small"), list(product(Role, Role, [False, True])))
def test_which_posts_go_together_in_one_body_and_in_two(role: Role, held: Role, is_small: bool) -> None:
    here, elsewhere = excluded(role, [held], [], is_small=is_small), excluded(role, [], [held], is_small=is_small)
    if role is held:
        assert (here, elsewhere) == (None, None)
    elif {role, held} & set(ADMINISTRATORS):
        assert (here, elsewhere) == (held, held)
    else:
        kept_apart = {role, held} <= SEPARATE and not is_small
        assert (here, elsewhere) == (held if kept_apart else None, None)
