"""一件申请的全部结论 — position, clocks, cell, marks and reasons, from its acts alone (条例 第三十条至第四十条)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from gongkai.law.counting import Step
from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, Partner, Request, RequestAct
from gongkai.law.requests.correcting import Figures, settled
from gongkai.law.requests.reasons import reasons
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.splitting import Origin, inherited, split
from gongkai.law.requests.states import Mark, Position
from gongkai.law.requests.walk import Closing, Payment, Refused, Walk, notice_by
from gongkai.law.requests.walking import take
from gongkai.law.terms import ApplicantKind, Outcome
from gongkai.law.workdays import DAY, Calendar


@dataclass(frozen=True, slots=True)
class Cell:
    """计入年报的格子 — the row, the column, the day of receipt and of closing (年报格式 表三)."""

    row: Outcome
    column: ApplicantKind
    received_on: date
    closed_on: date


@dataclass(frozen=True, slots=True)
class Unanswered:
    """还没有意见的一次征求 — who is asked, since when, until when the law lets one wait (条例 第三十二条)."""

    partner: Partner
    sent_on: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """一件申请的结论 — what follows from its acts; dates that do not apply are None (条例 第三十条至第三十四条).

    `due_on_strict`: each consultation begins a day later. `in_time_until`: the day that lateness is judged by.
    `strict_on`: the day to arrange for, `due_on` or an earlier one by which the answer is in time by every count.
    `applicant_until`: of the correction where a payment is waited for too, and that one is `payment_until`.
    `is_until_usual`: nobody said until when, so that the usual period was taken.
    `marked_by`: the act that each mark stands on.
    """

    id: str
    applicant: ApplicantKind
    position: Position
    received_on: date | None
    correction_notice_by: date | None
    first_period_ends_on: date | None
    due_on: date | None
    due_on_strict: date | None
    in_time_until: date | None
    strict_on: date | None
    provisional: bool
    applicant_until: date | None
    is_until_usual: bool
    payment_until: date | None
    third_party_until: date | None
    co_maker_until: date | None
    unanswered: tuple[Unanswered, ...]
    may_ask_correction: bool
    closings: tuple[Closing, ...]
    cell: Cell | None
    answered_on: date | None
    payments: tuple[Payment, ...]
    marks: tuple[Mark, ...]
    refused: tuple[Refused, ...]
    marked_by: Mapping[Mark, Act] = field(compare=False, repr=False)
    explain: Callable[[], tuple[Step, ...]] = field(compare=False, repr=False)

    @property
    def steps(self) -> tuple[Step, ...]:
        """理由 — sentence by sentence, written only when asked for: figures need none (条例 第三十三条)."""
        return self.explain()

    @property
    def waits_for(self) -> str:
        """轮到谁 — `office`, `applicant` or `nobody`."""
        return self.position.waits_for

    @property
    def is_counted(self) -> bool:
        """是否计入年报 — whether it was received, and is a request at all (条例 第二十七条、第三十一条)."""
        return self.received_on is not None and self.position is not Position.VOID

    @property
    def lapse_from(self) -> date | None:
        """可以确认逾期的日子 — the calendar day after the applicant's last day (条例 第三十条; 收费办法 第六条)."""
        return self.applicant_until and self.applicant_until + DAY

    @property
    def late_workdays(self) -> int | None:
        """逾期几个工作日 — of the latest of its answers; None while there is none, or where nobody can tell."""
        known = [each.late_workdays for each in self.closings if each.late_workdays is not None]
        is_known = any(known) or len(known) == len(self.closings)
        return max(known, default=None) if is_known else None

    def is_overdue(self, on: date) -> bool:
        """是否逾期未答复 — open on a day that is past the period (条例 第三十三条)."""
        is_open = self.position.waits_for != "nobody"
        return is_open and self.in_time_until is not None and self.in_time_until < on


NONE: Mapping[str, Origin] = MappingProxyType({})
Hosts = Callable[[str, date], Course | None]


@dataclass(frozen=True, slots=True)
class Lines:
    """一件申请的各行 — and the request as it was: put right, with what it was split from, without what cannot be."""

    courses: list[Course]
    was: Request


def course(request: Request, calendar: Calendar, settings: Settings, hosts: Hosts = lambda *_: None) -> Course:
    """一件申请的结论 — `hosts`: the courses of the requests that it may be merged into (条例 第三十三条)."""
    return lines(request, calendar, settings, hosts).courses[0]


def lines(
    request: Request,
    calendar: Calendar,
    settings: Settings,
    hosts: Hosts = lambda *_: None,
    origins: Mapping[str, Origin] = NONE,
) -> Lines:
    """一件申请的各行 — one, or one more for each time it is handled again where that counts anew (年报格式).

    `origins`: the acts of each request that it may be split from.
    """

    def figures(right: Request) -> list[Figures]:
        return [_figures(each) for each in lines(right, calendar, settings, hosts, origins).courses]

    known = settled(request, figures)
    walk, found, name = Walk(calendar, settings), [], request.id
    before: tuple[Act, ...] = ()
    for act in sorted((*known.request.acts, *known.taken), key=lambda act: act.on):
        if act.kind is RequestAct.MERGE:
            take(walk, act, lambda walk, act: _merge(walk, act, hosts))
        elif act.kind is RequestAct.SPLIT:
            origin = inherited(origins.get(act.of, Origin()), act.on)
            if take(walk, act, lambda walk, act, origin=origin: split(walk, act, origin)):  # type: ignore[misc]
                before = origin
        elif act.kind is RequestAct.CORRECT_RECORD:
            _say_corrected(walk, act)
        elif act.kind is RequestAct.REOPEN and settings.reopen == "count_anew" and walk.is_closed:
            if not take(walk, act, lambda *_: None):
                continue
            found.append(_result(walk, known.request, name))
            name = f"{request.id}+{len(found) + 1}"
            walk = _anew(act, calendar, settings, walk.money)
        else:
            take(walk, act)
    walk.refused += known.refused
    found.append(_result(walk, known.request, name))
    refused = {id(each.act) for line in found for each in line.refused}
    if refused:
        found = _placed(found, request, known.originals)
    own = (act for act in known.request.acts if act.kind is not RequestAct.SPLIT and id(act) not in refused)
    return Lines(found, replace(known.request, acts=(*before, *own)))


def _placed(found: list[Course], request: Request, originals: Sequence[tuple[Act, Act]]) -> list[Course]:
    """With the place of every refused act among those that were given."""
    places = {id(act): place for place, act in enumerate(request.acts)}
    for new, old in originals:
        places[id(new)] = places[id(old)]
    return [
        replace(line, refused=tuple(replace(each, place=places.get(id(each.act))) for each in line.refused))
        for line in found
    ]


def _figures(course: Course) -> Figures:
    """What a line counts for: received in a year, closed in a year in a row, each in its column."""
    if not course.is_counted or course.received_on is None:
        return frozenset()
    received = (course.received_on.year, "received", course.applicant)
    cell = course.cell
    return frozenset({received, (cell.closed_on.year, cell.row, course.applicant)} if cell else {received})


def _say_corrected(walk: Walk, act: Act) -> None:
    if act.corrects and act.now_on:
        said = "{day} 更正登记：“{what}”原来登记在 {was_on}，实际是 {now_on}，期限按实际日期重算"
        walk.say(said, act, what=act.corrects.label, was_on=act.was_on, now_on=act.now_on)
    if act.applicant:
        walk.say("{day} 更正登记：申请人类别应当是{applicant}", act, applicant=act.applicant.label)


def _anew(act: Act, calendar: Calendar, settings: Settings, money: Decimal) -> Walk:
    walk = Walk(calendar, settings, arrived_on=act.on, registered=True, stage=Position.HANDLING, paid_before=money)
    walk.receive(act.on, act.workdays)
    walk.say("{day} 起重新办理，另计一件", act)
    return walk


def _merge(walk: Walk, act: Act, hosts: Hosts) -> None:
    """Close with the host, or on the day, as the setting has it; both must be open."""
    host = hosts(act.into, act.on)
    if host is None or host.received_on is None or host.received_on > act.on:
        raise LawError("没有编号为“{into}”的在办申请，不能并入", into=act.into)
    closing = _host_closing(host, act.on)
    if closing is None and host.position.waits_for == "nobody":
        raise LawError("“{into}”在 {day} 以前已经办结，不能并入", into=act.into, day=act.on)
    walk.merged = act
    walk.say("{day} 并入 {into}", act, into=act.into)
    if walk.settings.merge == "other":
        walk.close(act, Outcome.OTHER)
    elif closing is not None:
        walk.close(replace(act, on=closing.on), closing.outcome)


def _host_closing(host: Course, on: date) -> Closing | None:
    if host.cell and host.cell.closed_on >= on:
        return next(each for each in reversed(host.closings) if each.on == host.cell.closed_on)
    return next((each for each in host.closings if each.on >= on), None) if host.cell else None


def _result(walk: Walk, request: Request, name: str) -> Course:
    received_on, wait = walk.received_on, walk.wait
    is_running = walk.turn is not None and wait is None
    lenient = walk.running() if is_running else None
    strict = walk.running(strict=True) if is_running else None
    due_on = lenient.due_on if lenient else None
    third, co_maker = (_asked_until(walk, partner) for partner in (Partner.THIRD_PARTY, Partner.CO_MAKER))
    told_by = notice_by(received_on, walk.calendar) if received_on else None
    counted = [told_by, wait.until if wait else None, third, co_maker]
    if lenient and strict and walk.turn and not walk.turn.delay_until:
        counted += [lenient.first_ends_on, due_on, strict.due_on]
    last_on = max((day for day in counted if day), default=None)
    closing, column = walk.counted, request.applicant
    return Course(
        id=name,
        applicant=request.applicant,
        position=walk.position,
        received_on=received_on,
        correction_notice_by=told_by,
        first_period_ends_on=lenient.first_ends_on if lenient else None,
        due_on=due_on,
        due_on_strict=strict.due_on if strict else None,
        in_time_until=walk.in_time_until,
        strict_on=walk.strict_on,
        provisional=last_on is not None and last_on > walk.calendar.final_until,
        applicant_until=wait.until if wait else None,
        is_until_usual=wait is not None and wait.is_usual,
        payment_until=walk.payment.until if walk.payment else None,
        third_party_until=third,
        co_maker_until=co_maker,
        unanswered=tuple(
            Unanswered(each.partner, each.sent_on, each.until(walk.calendar))
            for each in walk.threads.values()
            if each.opinion_on is None and each.dropped_on is None
        ),
        may_ask_correction=not walk.was_asked,
        closings=tuple(walk.closings),
        cell=Cell(closing.outcome, column, received_on, closing.on) if closing and received_on else None,
        answered_on=closing.on if closing else None,
        payments=tuple(walk.payments),
        marks=tuple(mark for mark in Mark if mark in walk.marks),
        refused=tuple(walk.refused),
        marked_by=walk.marks,
        explain=lambda: reasons(walk, lenient, strict, last_on),
    )


def _asked_until(walk: Walk, partner: Partner) -> date | None:
    days = (each.until(walk.calendar) for each in walk.threads.values() if each.partner is partner)
    return max((day for day in days if day), default=None)
