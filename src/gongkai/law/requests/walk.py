"""办理经过 — what the acts of a request have brought about so far (条例 第三十条至第三十五条)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gongkai.law.counting import Span, Step
from gongkai.law.requests.acts import Act
from gongkai.law.requests.clocks import Period, Round, Thread, interruptions, period
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark, Position
from gongkai.law.terms import Channel, Outcome
from gongkai.law.time_limits import Clock, limit
from gongkai.law.workdays import DAY, Calendar


@dataclass(frozen=True, slots=True)
class Refused:
    """不能发生的行为 — an act that moves nothing, and why: `template.format(**values)`.

    `place`: which of the acts of the request it is, from 0, as they were given.
    """

    act: Act
    template: str
    values: dict[str, object]
    place: int | None = field(default=None, compare=False)

    @property
    def reason(self) -> str:
        """原因 — the sentence in Chinese."""
        return self.template.format(**self.values)


@dataclass(frozen=True, slots=True)
class Closing:
    """一次办结 — the day, the row of table three, and the day until which it was in time (条例 第三十三条).

    `late_workdays`: None where nobody can tell, as a consultation has no end on record.
    """

    on: date
    outcome: Outcome
    due_on: date | None
    late_workdays: int | None


@dataclass(frozen=True, slots=True)
class Payment:
    """收退的费用 — 元 received on a day, or given back where below nothing (条例 第四十二条第一款)."""

    on: date
    amount: Decimal


@dataclass(slots=True)
class Wait:
    """等申请人 — told on a day, until a day, and for how much where a fee is asked (条例 第三十条; 收费办法 第六条).

    `is_assumed`: nobody said the day. `is_usual`: nobody said how long, so that the usual period was taken.
    """

    told_on: date
    until: date
    amount: Decimal | None = None
    paid: Decimal = Decimal(0)
    is_assumed: bool = False
    is_usual: bool = False


@dataclass(slots=True)
class Walk:
    """走到的地方 — all that the acts so far have brought about (条例 第三十条至第三十五条)."""

    calendar: Calendar
    settings: Settings
    channel: Channel | None = None
    is_channel_assumed: bool = False
    arrived_on: date | None = None
    registered: bool = False
    received_on: date | None = None
    stage: Position = Position.REGISTERED
    turn: Round | None = None
    threads: dict[str, Thread] = field(default_factory=dict)
    correction: Wait | None = None
    was_asked: bool = False
    payment: Wait | None = None
    reasons_asked_on: date | None = None
    suspensions: list[Span] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)
    paid_before: Decimal = Decimal(0)
    late_round: Round | None = None
    overdue_since: date | None = None
    closings: list[Closing] = field(default_factory=list)
    counted: Closing | None = None
    is_closed: bool = False
    merged: Act | None = None
    marks: dict[Mark, Act] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)

    @property
    def position(self) -> Position:
        """办理状态 — where the request stands (条例 第二十九条至第四十条)."""
        if self.stage in (Position.VOID, Position.ARCHIVED):
            return self.stage
        if self.is_closed:
            return Position.CLOSED
        if self.received_on is None:
            return Position.UNCONFIRMED
        if self.correction:
            return Position.AWAITING_CORRECTION
        return Position.AWAITING_PAYMENT if self.payment else self.stage

    @property
    def wait(self) -> Wait | None:
        """正在等申请人 — the wait that the position tells of, also in a case that was closed meanwhile."""
        return self.correction or self.payment

    def running(self, turn: Round | None = None, *, strict: bool = False) -> Period:
        """现在的期限 — of the round that runs, as if nobody waited for the applicant (条例 第三十三条)."""
        turn = turn or self.turn
        assert turn is not None
        counts_first = strict or self.settings.consultation_first_day == "counted"
        open_from = None
        if self.settings.reasons_pause and self.reasons_asked_on:
            open_from = self.reasons_asked_on + DAY
        # No text lets the office stop the clock for a disaster: the stricter count goes on.
        pauses = turn.pauses if strict else [*turn.pauses, *self.suspensions]
        stops = interruptions(
            self.threads.values(), pauses, self.calendar, counts_first=counts_first, open_from=open_from
        )
        return period(turn, stops, self.calendar)

    def surely_until(self, turn: Round) -> date:
        """哪天以前必定及时 — the period as if open consultations took no day out of it (条例 第三十三条第三款)."""
        ended = [each for each in self.threads.values() if each.ends_on(self.calendar)]
        stops = interruptions(ended, turn.pauses, self.calendar, counts_first=True, open_from=None)
        return period(turn, stops, self.calendar).due_on or date.min

    @property
    def late_after(self) -> date | None:
        """不免除的期限 — the verdict where a correction or a fee was told too late; else None (条例 第三十条)."""
        by_fee = None if self.settings.late_fee_notice_restarts else self.overdue_since
        by_correction = None
        if self.late_round is not None and not self.settings.late_correction_restarts:
            by_correction = self.running(self.late_round).due_on
        return min((day for day in (by_fee, by_correction) if day), default=None)

    @property
    def in_time_until(self) -> date | None:
        """哪天以前算及时 — None while the applicant is waited for, unless that was told too late."""
        return self.late_after or (None if self.wait or self.turn is None else self.running().due_on)

    @property
    def strict_on(self) -> date | None:
        """从严的一天 — the earliest day by any count beside the period (条例 第三十条; 民法典 第二百零一条)."""
        days = [self.in_time_until]
        if self.late_round is not None and not self.settings.late_correction_restarts:
            days.append(self.running(self.late_round, strict=True).due_on)
        if self.turn is not None and not self.wait:
            days += [self.running().due_on, self.running(strict=True).due_on]
        return min((day for day in days if day), default=None)

    @property
    def money(self) -> Decimal:
        """收了多少 — the payments less what was given back, in 元 (条例 第四十二条第一款)."""
        return self.paid_before + sum((each.amount for each in self.payments), Decimal(0))

    def receive(self, on: date, workdays: int | None = None) -> None:
        """收到 — the reply clock begins (条例 第三十一条)."""
        self.received_on = on
        self.turn = Round(on, workdays or limit(Clock.REPLY, on).workdays)

    def restart(self, on: date) -> None:
        """重新计算 — a new round; an extension, a delay and the pauses of the one before are gone with it."""
        assert self.turn is not None
        self.turn = Round(on, self.turn.workdays)
        self.reasons_asked_on = None

    def close(self, act: Act, outcome: Outcome) -> None:
        """办结 — on the day of the act, judged by what was due on its eve (条例 第三十三条)."""
        self.is_closed = True
        if self.received_on is None:
            return
        self.closings.append(self.closing(act, outcome))
        self.counted = self.counted or self.closings[-1]

    def closing(self, act: Act, outcome: Outcome) -> Closing:
        """一次办结 — in this row on this day, marked where it came too late (条例 第三十三条)."""
        due_on = self.in_time_until
        is_late = due_on is not None and act.on > due_on
        if is_late:
            self.marks[Mark.ANSWERED_LATE] = act
        late = self.calendar.workdays_between(due_on + DAY, act.on) if due_on and is_late else 0
        if due_on is None and not self.wait and self.turn and act.on > self.surely_until(self.turn):
            self.marks[Mark.LATENESS_UNKNOWN] = act
            return Closing(act.on, outcome, None, None)
        return Closing(act.on, outcome, due_on, late)

    def say(self, template: str, act: Act, **values: object) -> None:
        """说明 — one sentence of the reasoning, under the provision of the act."""
        self.steps.append(Step(template, act.kind.provision, {"day": act.on, **values}))


def notice_by(received_on: date, calendar: Calendar) -> date:
    """补正告知期限 — the seventh working day from receipt (条例 第三十条)."""
    return calendar.add_workdays(received_on, limit(Clock.CORRECTION, received_on).workdays)
