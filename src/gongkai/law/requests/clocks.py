"""答复期限的计算 — periods that consultations interrupt and extensions carry on (条例 第三十二条至第三十四条)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.law.counting import Span, merged
from gongkai.law.requests.acts import Partner
from gongkai.law.time_limits import Clock, limit
from gongkai.law.workdays import DAY, Calendar

CAPS = {Partner.THIRD_PARTY: Clock.THIRD_PARTY, Partner.CO_MAKER: Clock.CO_MAKER}


@dataclass(slots=True)
class Thread:
    """一次征求意见 — who is asked, sent, delivered, answered; it may stay open (条例 第三十二条、第三十四条).

    `dropped_on`: the request was closed and is handled again; whatever was asked before has no part in that.
    """

    partner: Partner
    sent_on: date
    delivered_on: date | None = None
    opinion_on: date | None = None
    dropped_on: date | None = None

    def until(self, calendar: Calendar) -> date | None:
        """意见期限 — the fifteenth working day from delivery, for those whose wait the law ends (条例 第三十二条)."""
        if self.delivered_on is None or self.partner not in CAPS:
            return None
        return calendar.add_workdays(self.delivered_on, limit(CAPS[self.partner], self.delivered_on).workdays)

    def ends_on(self, calendar: Calendar) -> date | None:
        """等到哪一天 — the opinion, or the end of its period where that is earlier; None while nothing ends it."""
        return min((day for day in (self.opinion_on, self.until(calendar), self.dropped_on) if day), default=None)


@dataclass(slots=True)
class Interruptions:
    """不计入的日子 — spans that have ended, and the day from which an open one goes on (条例 第三十三条第三款)."""

    spans: tuple[Span, ...] = ()
    open_from: date | None = None

    def last_on(self, calendar: Calendar, after_on: date, workdays: int) -> date | None:
        """数到哪一天 — None where an open consultation stands before the last day, which then nobody knows yet."""
        if self.open_from is not None and self.open_from <= after_on:
            return None
        last_on = calendar.add_workdays(after_on, workdays)
        for span in self.spans:
            if span.last_on > after_on and span.first_on <= last_on:
                before_on = max(span.first_on - DAY, after_on)
                # `last_on` lies in the span or past it, so that some days are always left to count after it.
                workdays -= calendar.workdays_between(after_on + DAY, before_on)
                after_on = span.last_on
                last_on = calendar.add_workdays(after_on, workdays)
        return last_on if self.open_from is None or last_on < self.open_from else None


def interruptions(
    threads: Iterable[Thread], pauses: Sequence[Span], calendar: Calendar, *, counts_first: bool, open_from: date | None
) -> Interruptions:
    """合并不计入的日子 — of consultations and pauses; a day is left out once (条例 第三十三条第三款).

    `counts_first`: the day of sending belongs to the office. `open_from`: a pause that has not ended.
    """
    spans, opens = list(pauses), [open_from] if open_from else []
    for thread in threads:
        first_on = thread.sent_on + DAY if counts_first else thread.sent_on
        last_on = thread.ends_on(calendar)
        if last_on is None:
            opens.append(first_on)
        elif first_on <= last_on:
            spans.append(Span(first_on, last_on))
    return Interruptions(merged(spans), min(opens, default=None))


@dataclass(slots=True)
class Round:
    """一轮期限 — from receipt, a restart or an order: its length, and what was told to the applicant meanwhile."""

    start_on: date
    workdays: int
    extension: int | None = None
    told_on: date | None = None
    delay_until: date | None = None
    pauses: list[Span] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Period:
    """算出的期限 — when the first period ends, and when all ends with the extension (条例 第三十三条第二款)."""

    stops: Interruptions
    first_ends_on: date | None
    due_on: date | None


def period(turn: Round, stops: Interruptions, calendar: Calendar) -> Period:
    """算一轮期限 — the end of a round with its extension; a reasonable delay stands as it was set (条例 第三十五条)."""
    first = last = stops.last_on(calendar, turn.start_on, turn.workdays)
    if turn.extension and first:
        last = stops.last_on(calendar, first, turn.extension)
    return Period(stops, first, turn.delay_until or last)
