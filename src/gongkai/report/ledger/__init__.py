"""台账 — requests and remedies that an office keeps in a file: clocks, tables three and four (条例 第五十条).

What cannot be is refused with its reason and moves nothing; the rest is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from gongkai.law.errors import LawError
from gongkai.law.remedy_course import RemedyStep
from gongkai.law.requests.acts import Act, Request
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.courses import as_they_were, courses, until
from gongkai.law.requests.rows import act_from
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark
from gongkai.law.requests.walk import Refused
from gongkai.law.terms import ApplicantKind
from gongkai.law.time_limits import Clock, limit
from gongkai.law.workdays import Calendar
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition
from gongkai.report.ledger.merged import with_hosts
from gongkai.report.ledger.private import Private
from gongkai.report.ledger.remedies import Case, case_from
from gongkai.report.ledger.unlike import Unlike
from gongkai.report.records import Application, RecordError, Records
from gongkai.report.tally import tally

FORMAT = "gongkai.ledger/1"
COUNTED = ("applications.", "remedies.")
_SAID_CARRIED = "“{head}”写着“{said}”，收到日期却在 {year} 年，计入本年新收；请核对收到日期"
_SAID_NEW = "“{head}”写着“{said}”，收到日期却在 {year} 年以前，计入上年结转；请核对收到日期"
_AHEAD = "{day} 在 {today} 以后，还没有发生，请核对"


class LedgerError(ValueError):
    """台账有误 — a file that is no ledger, or a row that cannot stand (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """不成立的一行 — an act of the ledger that moves nothing, as written, and why. `is_ahead`: it has not come yet.
    `aside`: the column of a cell that decides nothing else; the rest of its row holds. `is_doubt`: a cell that may
    speak of what moves the clock, and no act; `is_late`: one that says that what is in time by its count is late."""

    act: str
    on: str
    template: str
    values: Mapping[str, object]
    place: Mapping[str, object] = field(default_factory=dict)
    is_ahead: bool = False
    aside: str = ""
    is_doubt: bool = False
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Stopped:
    """没有计入的一件 — a request or remedy that could not be read: why, and the cell of the file where it has one.
    `is_of_list`: the row is not at fault, its list lacks a column."""

    id: str
    template: str
    values: Mapping[str, object]
    sheet: str = ""
    row: int = 0
    column: str = ""
    label: str = ""
    is_of_list: bool = False


class Beside(NamedTuple):
    """没有读的话 — a cell of a late row that may speak of its days: the column in letters, its head, its text."""

    column: str
    head: str
    text: str


class ToldYear(NamedTuple):
    """说是哪年的 — whether a row says that it is carried over from the year before, or of this year, and where."""

    is_carried: bool
    place: Mapping[str, object]
    words: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """台账的一行 — what follows for one request, and what of it was refused (条例 第三十条至第三十四条)."""

    course: Course
    refused: tuple[RefusedRow, ...]

    @property
    def is_sure(self) -> bool:
        """是否说得准 — whether nothing was refused but acts to come, which leave it open, and cells aside."""
        return all(each.is_ahead or each.aside for each in self.refused)

    @property
    def is_told_late(self) -> bool:
        """有格说晚了 — whether a cell says that what is in time by its count is late (条例 第三十三条)."""
        return any(each.is_late for each in self.refused)

    @property
    def is_doubtful(self) -> bool:
        """只是看不出 — whether nothing but cells that may speak of what moves the clock leave it unsure."""
        return not self.is_sure and all(each.is_ahead or each.aside or each.is_doubt for each in self.refused)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """台账 — requests with their dated acts, remedies, and the settings that they are counted by (条例 第五十条).

    `judged`: by sheet and row, requests that are not counted and have their clock all the same. `places`: by id, act
    and day, the cell that says so. `assumed`: what cells leave out, and how it was taken. `is_numbered`: false where
    rows have no numbers, and are called by their place. `unlike`: columns none of whose cells say what their head does.
    `sheets`: by id, where a request stands. `beside`: by id, else by sheet and row, what a late row
    says and nobody read. `told_years`: by id, what its row says of its year.
    """

    body: str
    requests: tuple[Request, ...]
    remedies: tuple[Case, ...]
    settings: Mapping[str, Any]
    unreadable: Mapping[str, tuple[RefusedRow, ...]]
    stopped: tuple[Stopped, ...] = ()
    handlers: Mapping[str, str] = field(default_factory=dict)
    judged: Mapping[tuple[str, int], Request] = field(default_factory=dict)
    places: Mapping[tuple[str, str, str], Mapping[str, object]] = field(default_factory=dict)
    assumed: tuple[Stopped, ...] = ()
    is_numbered: bool = True
    unlike: tuple[Unlike, ...] = ()
    sheets: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[object, Sequence[Beside]] = field(default_factory=dict)
    told_years: Mapping[str, ToldYear] = field(default_factory=dict)

    def lines(self, calendar: Calendar, settings: Settings, today: date | None = None) -> list[Line]:
        """逐件的结论 — by all acts, in the order of the ledger; one that counts anew has a line more. `today`: on which
        what is open is compared with what it is merged into."""
        found = [
            Line(each, (*self._unread(each, calendar), *self._refused(each)))
            for each in courses(self.requests, calendar, settings)
        ]
        return with_hosts(found, self.requests, self._doubted, today)

    def _doubted(self, number: str, act: Act, template: str, values: Mapping[str, object]) -> RefusedRow:
        """Of a merger, at its cell, why nobody can tell."""
        return RefusedRow("", "", template, values, self.place_of(number, act), is_doubt=True)

    def _unread(self, found: Course, calendar: Calendar) -> tuple[RefusedRow, ...]:
        """What may move the clock moves it on: it says nothing against an answer that was in time without it.

        One that was given while the applicant was waited for is in time if it came within the first period.
        """
        is_in_time = found.position.waits_for == "nobody" and Mark.ANSWERED_LATE not in found.marks
        if is_in_time and found.answered_on and found.received_on and (found.applicant_until or found.payment_until):
            days = limit(Clock.REPLY, found.received_on).workdays
            is_in_time = found.answered_on <= calendar.add_workdays(found.received_on, days)
        return tuple(
            each for each in self.unreadable.get(found.id, ()) if not (is_in_time and each.is_doubt) or each.is_late
        )

    def clocks(self, calendar: Calendar, settings: Settings) -> Mapping[tuple[str, int], Course]:
        """没有计入的期限 — by sheet and row, of rows in which no cell that moves a clock is wrong (条例 第三十三条)."""
        return {place: course(request, calendar, settings) for place, request in self.judged.items()}

    def remedies_refused(self, calendar: Calendar, settings: Settings) -> list[tuple[str, RefusedRow]]:
        """救济中不成立的 — by the number of the case: what its row tells and the law does not let be (行政诉讼法)."""
        return [
            (case.id, self._row(case.id, step, error))
            for case in self.remedies
            for step, error in case.refused(calendar, settings)
        ]

    def years_refused(self, parts: Mapping[str, Sequence[str]], year: int) -> list[tuple[str, RefusedRow]]:
        """和年份对不上的 — requests that say 上年结转 and count as received in the year, or the reverse (年报格式)."""
        found = []
        for address, is_carried, template in (
            ("applications.received.total", True, _SAID_CARRIED),
            ("applications.carried_in.total", False, _SAID_NEW),
        ):
            for number in parts.get(address, ()):
                told = self.told_years.get(number.partition("+")[0])
                if told and told.is_carried is is_carried:
                    found.append((number, RefusedRow("", "", template, {**told.words, "year": year}, told.place)))
        return found

    def place_of(self, number: str, act: Act | RemedyStep) -> Mapping[str, object]:
        """在哪一格 — the cell that tells of an act; empty where none does, as in JSON (条例 第四十五条)."""
        return self.places.get((number, act.kind.value, act.on.isoformat()), {})

    def _row(self, number: str, act: Act | RemedyStep, error: LawError | Refused) -> RefusedRow:
        place = self.place_of(number, act)
        return RefusedRow(act.kind.value, act.on.isoformat(), error.template, error.values, place)

    def _refused(self, found: Course) -> Iterator[RefusedRow]:
        for each in found.refused:
            yield self._row(found.id, each.act, each)

    def figures(
        self, calendar: Calendar, settings: Settings, *, cut_on: date, edition: Edition
    ) -> tuple[AnnualReport, Mapping[str, tuple[str, ...]]]:
        """表三、表四 — the draft of a report with these two tables, and the ids behind each figure (年报格式).

        Only what had happened by `cut_on` counts. What a ledger does not tell is blank.
        """
        were = as_they_were(self.requests, calendar, settings)
        found = courses([until(each, cut_on) for each in were], calendar, settings)
        applications = [record for each in found if (record := Application.of(each))]
        try:
            remedies = [each.record(calendar, settings, cut_on) for each in self.remedies]
            records = Records(applications=applications, remedies=remedies)
            made = tally(records, body=self.body, year=cut_on.year, cut_on=cut_on, edition=edition)
        except RecordError as error:
            raise LedgerError(error.template, **error.values) from None
        counted = {address: value for address, value in made.report.figures.items() if address.startswith(COUNTED)}
        figures = {address: counted.get(address) for address in made.report.figures}
        states = {address: State.BLANK for address in figures if address not in counted}
        parts = {address: made.parts[address] for address in counted if made.parts[address]}
        return replace(made.report, figures=figures, states=states), parts


def from_json(data: object, *, today: date | None = None) -> Ledger:
    """读台账 — from the JSON of interchange. `today`: what is after it is named, not counted. LedgerError if none."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise LedgerError("不是台账：JSON 要写明 format 是 {format}", format=FORMAT)
    stopped: list[Stopped] = []
    requests: dict[str, Request] = {}
    unreadable: dict[str, tuple[RefusedRow, ...]] = {}
    private = Private()
    for row in map(private.of_json, _rows(data, "requests")):
        with _stopping(row, stopped):
            number = _unused(row, requests)
            requests[number], unreadable[number] = request_from(row, today=today)
    remedies: dict[str, Case] = {}
    for row in map(private.of_json, _rows(data, "remedies")):
        with _stopping(row, stopped):
            remedies[_unused(row, remedies)] = remedy_from(row)
    settings = data.get("settings") or {}
    if not isinstance(settings, dict):
        raise LedgerError("台账里的 settings 要写成名称和值")
    return Ledger(
        body=str(data.get("body") or ""),
        requests=tuple(requests.values()),
        remedies=tuple(remedies.values()),
        settings=settings,
        unreadable=unreadable,
        stopped=tuple(stopped),
    )


def years(lines: Sequence[Line], remedies: Sequence[Case], today: date) -> list[int]:
    """哪些年 — those of receipt, the one of most requests first, else of remedies; none of them after today."""
    received = [line.course.received_on for line in lines if line.course.received_on]
    counted = Counter(min(day, today).year for day in received or [each.filed_on for each in remedies])
    return sorted(counted, key=lambda year: (-counted[year], -year))


@contextmanager
def _stopping(row: Mapping[str, Any], stopped: list[Stopped]) -> Iterator[None]:
    """One that cannot be stops itself alone."""
    try:
        yield
    except LedgerError as error:
        stopped.append(Stopped(str(row["id"]), error.template, error.values))


def _unused(row: Mapping[str, Any], known: Mapping[str, object]) -> str:
    number = str(row["id"])
    if number in known:
        raise LedgerError("编号 {id} 前面已经用过，请改成不同的编号", id=number)
    return number


def _rows(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("id") for row in rows):
        raise LedgerError("台账里的 {name} 要写成一列，每一件有 id", name=name)
    return rows


def request_from(row: Mapping[str, Any], *, today: date | None = None) -> tuple[Request, tuple[RefusedRow, ...]]:
    """一件申请 — from its row, with the acts that cannot be read, or have not come. LedgerError where it cannot be."""
    number, written = str(row["id"]), row.get("acts") or []
    try:
        applicant = ApplicantKind(str(row.get("applicant")))
    except ValueError:
        raise LedgerError("没有“{value}”这种申请人类别", value=str(row.get("applicant") or "")[:40]) from None
    if not isinstance(written, list) or not all(isinstance(each, dict) for each in written):
        raise LedgerError("acts 要写成一列办理行为")
    acts: list[Act] = []
    refused: list[RefusedRow] = []
    for each in written:
        try:
            act = act_from(each)
            if today and act.on > today:
                values = {"day": act.on, "today": today}
                refused.append(RefusedRow(act.kind.value, act.on.isoformat(), _AHEAD, values, is_ahead=True))
            else:
                acts.append(act)
        except LawError as error:
            said = str(each.get("act"))[:40], str(each.get("on"))[:40]
            refused.append(RefusedRow(*said, error.template, error.values))
    return Request(id=number, applicant=applicant, acts=tuple(acts)), tuple(refused)


def remedy_from(row: Mapping[str, Any]) -> Case:
    """一件复议、诉讼 — from its row. LedgerError where it cannot be (条例 第五十一条)."""
    try:
        return case_from(row)
    except (LawError, RecordError) as error:
        raise LedgerError(error.template, **{"id": str(row["id"]), **error.values}) from None
