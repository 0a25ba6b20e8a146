"""期限 — until when an item must be public, or must be gone again, and how that was counted (条例 第二十六条)."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings

from gongkai.law.counting import Deadline, Span
from gongkai.law.errors import LawError
from gongkai.law.publishing import REVIEWS, State
from gongkai.law.scope import Openness
from gongkai.law.terms import Term
from gongkai.law.time_limits import Clock, deadline
from gongkai.law.workdays import Calendar
from gongkai.web.holdings import concluded
from gongkai.web.holdings.models import Item

RUNNING = frozenset({State.DRAFT, State.CLEARED, State.POSTPONED, *REVIEWS})
"""计时中 — states in which an item is still to be disclosed and the days count (条例 第二十六条)."""
ESTIMATED = (
    "从 {day} 起数不出工作日：平台的工作日历从 {first} 起。期限先按日历天数估作 {on}；补登记的旧文件，请尽快办。"
)
BEFORE_THE_CALENDAR = timedelta(days=28)
_DAYS_OF_FEBRUARY = 28
SOON_WORKDAYS = 1
_LOOKED_AT_EVERY = 60
_log = logging.getLogger(__name__)


class Tone(Term):
    """期限状态 — how a deadline is shown (条例 第二十六条)."""

    LATE = "late", "已逾期", "条例 第二十六条"
    SOON = "soon", "今天", "条例 第二十六条"
    CALM = "calm", "未到期", "条例 第二十六条"


@dataclass(frozen=True, slots=True)
class Due:
    """期限 — the day, and the working days left; negative: late by so many (条例 第二十六条)."""

    on: date
    left: int
    provisional: bool
    is_withdrawal: bool = False

    @property
    def tone(self) -> Tone:
        """状态 — late, soon (today or one working day), calm."""
        if self.left < 0:
            return Tone.LATE
        return Tone.SOON if self.left <= SOON_WORKDAYS else Tone.CALM

    @property
    def days_late(self) -> int:
        """逾期天数 — in working days."""
        return -self.left


def a_year_after(day: date) -> date:
    """一年以后 — the last day ahead for which anything is set: beyond it the year was mistyped (条例 第二十六条)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year + 1, day=_DAYS_OF_FEBRUARY)


def calendar() -> Calendar:
    """工作日历 — the one that ships with gongkai, and the years that the office has put beside it (放假办法)."""
    return _calendar(int(time.monotonic()) // _LOOKED_AT_EVERY)


@lru_cache(maxsize=1)
def _calendar(_minute: int) -> Calendar:
    """A file that is no calendar is logged and left out; the others count."""
    known = Calendar.load()
    for path in sorted(settings.CALENDARS_FOLDER.glob("*.toml")):
        try:
            known = known.with_file(path)
        except LawError as error:
            _log.error("%s: %s", path.name, error)
    return known


def disclosure(formed_on: date, waited: Sequence[Span] = ()) -> Deadline | None:
    """公开期限 — twenty working days from 成文 or change, explained; None before the calendar (条例 第二十六条).

    `waited`: spans in which the authority for secrets was asked and had not answered; they are not counted.
    """
    return _deadline(Clock.DISCLOSURE, formed_on, waited)


def disclosure_due_on(formed_on: date, waited: Sequence[Span] = ()) -> date:
    """公开期限 — its last day; before the announced calendars four weeks stand for it (条例 第二十六条)."""
    counted = disclosure(formed_on, waited)
    return counted.due_on if counted else formed_on + BEFORE_THE_CALENDAR


def due_on(item: Item) -> date:
    """件的公开期限 — from when it was formed or begun anew, without the days of waiting (条例 第二十六条)."""
    return disclosure_due_on(item.changed_on or item.formed_on, concluded.waited(item))


def withdrawal(changed_on: date) -> Deadline | None:
    """撤回期限 — three working days after a penalty decision was changed or annulled (行政处罚法 第四十八条第二款)."""
    return _deadline(Clock.WITHDRAWAL, changed_on)


def due(item: Item, today: date) -> Due | None:
    """件的期限 — what must be done with an item until when; None where no clock runs (条例 第二十六条)."""
    if item.withdraw_due_on and item.public_version_id:
        return _due(item.withdraw_due_on, today, is_withdrawal=True)
    if item.state in RUNNING and item.openness == Openness.PROACTIVE:
        return _due(item.due_on, today)
    return None


def explained(item: Item) -> Deadline | None:
    """逐步说明 — how the deadline of an item was counted; None where none runs or ran (条例 第二十六条)."""
    if item.withdraw_due_on and item.called_back_on:
        return withdrawal(item.called_back_on)
    if item.openness != Openness.PROACTIVE or item.state in (State.HELD, State.DISCARDED, State.STOPPED):
        return None
    return disclosure(item.changed_on or item.formed_on, concluded.waited(item))


def estimated(item: Item) -> tuple[str, dict[str, object]] | None:
    """估作的期限 — the sentence that stands for the counting where no working day can be counted (条例 第二十六条)."""
    is_withdrawal = bool(item.withdraw_due_on and item.called_back_on)
    on, runs = (item.withdraw_due_on, True) if is_withdrawal else (item.due_on, item.state in RUNNING)
    if not runs or item.openness != Openness.PROACTIVE or explained(item):
        return None
    started_on = (is_withdrawal and item.called_back_on) or item.changed_on or item.formed_on
    return ESTIMATED, {"day": started_on, "first": calendar().first_on, "on": on}


def _due(on: date, today: date, *, is_withdrawal: bool = False) -> Due:
    return Due(on, workdays_left(on, today), on > calendar().final_until, is_withdrawal)


def workdays_left(on: date, today: date) -> int:
    """剩余工作日 — from today, which is not counted; negative where the day is past (民法典 第二百零一条)."""
    first, last = min(on, today), max(on, today)
    try:
        count = calendar().workdays_between(first + timedelta(days=1), last)
    except LawError:
        count = (last - first).days
    return count if on >= today else -max(1, count)


def _deadline(clock: Clock, started_on: date, waited: Sequence[Span] = ()) -> Deadline | None:
    try:
        return deadline(clock, started_on, calendar(), waited)
    except LawError:
        return None
