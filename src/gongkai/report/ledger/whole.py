"""读全了没有 — of requests that are late by what was read: what else their rows say (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

from gongkai.documents.columns import Entry, Place, Reading
from gongkai.documents.columns.values import shown
from gongkai.law.requests.acts import Request, RequestAct
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Beside, LedgerError, request_from
from gongkai.report.ledger.case import JUDGED, Row, acts, kept, placeholders, problem, workdays
from gongkai.report.ledger.doubts import Doubt, spoken
from gongkai.report.ledger.elsewhere import elsewhere
from gongkai.report.ledger.extended import LONGEST, Extended, ToldDay, bearing, extended, length_beside, told_until
from gongkai.report.ledger.no_request import not_counted
from gongkai.report.ledger.receipts import other_receipt, year_slipped
from gongkai.report.ledger.told_late import told_late
from gongkai.report.ledger.unread import Around, Look, Unread, looked_at
from gongkai.report.ledger.verdicts import says_in_time
from gongkai.report.ledger.waiting import uncapped, unended

_ELSEWHERE = "工作表“{sheet}”第 {row} 行写着“{said}”，像是说这一件的，看不出是否逾期；影响期限的请写进相应的日期栏"
_RECEIPT = frozenset({RequestAct.SUBMIT, RequestAct.REGISTER, RequestAct.CONFIRM})


@dataclass(frozen=True, slots=True)
class Whole:
    """整行看 — the rows of one file on one day; `settings`: by which its clocks are counted."""

    around: Around
    calendar: Calendar
    today: date
    settings: Settings

    @classmethod
    def of(cls, reading: Reading, calendar: Calendar, today: date, settings: Settings) -> Whole:
        """一份文件的 — with the evenness of its columns and the notes that name rows (条例 第三十三条)."""
        heads = [(each.sheet, head) for each in reading.heads for head in each.printed.values()]
        around = Around(reading.entries, (*reading.skipped, *reading.over), heads, elsewhere(reading))
        return cls(around, calendar, today, settings)

    def look(
        self, entries: Iterable[Entry], request: Request, told: Collection[str]
    ) -> tuple[list[tuple[Entry, Doubt]], list[Beside], bool]:
        """看一件 — the cells that leave its lateness open, and those to be told beside it; where it is in time by its
        count (the third), the cells that say that it is late."""
        doubts: list[tuple[Entry, Doubt]] = []
        beside: list[Beside] = []
        found: Course | None = None
        is_late = True
        for at, entry in enumerate(entries):
            if not at and (doubt := unended(entry, request, self._count, self.today)):
                doubts.append((entry, doubt))
            elif not at and (doubt := uncapped(entry, request, self._count, self.today)):
                doubts.append((entry, doubt))
                is_late = False
            if (doubt := year_slipped(entry)) and self._is_late(self._count(request)):
                doubts.append((entry, doubt))
            if not self.around.says_more(entry):
                continue
            found = found or self._count(request)
            is_late = self._is_late(found)
            look = Look(entry, frozenset(told), found, self.calendar, self.today)
            cells = [*self.around.unread(entry)]
            from_day = partial(self._from, request)
            doubts += [
                (entry, Doubt(each.column, error, "received_on"))
                for each in cells
                if (error := other_receipt(look, each, from_day))
            ]
            if not is_late:
                doubts += [(entry, each) for each in not_counted(entry, cells)]
                cells += [Unread(0, "说明", each.text) for each in self.around.elsewhere(entry) if not each.is_of_all]
                doubts += [(entry, each) for each in told_late(look, cells, from_day, partial(self._heard, request))]
                continue
            open_, told_beside = looked_at(look, self.around)
            open_ += [
                Doubt(0, LedgerError(_ELSEWHERE, sheet=each.sheet, row=each.row, said=shown(each.text)))
                for each in self.around.elsewhere(entry)
                if spoken("说明", each.around, told, is_over=not look.is_open) or says_in_time("说明", each.text)
            ]
            if part := self.around.parts.get((entry.sheet, entry.row)):
                open_.append(part)
            doubts += [(entry, each) for each in open_]
            beside += _written(told_beside)
        return doubts, beside, not is_late

    def _count(self, request: Request) -> Course:
        return course(request, self.calendar, self.settings)

    def _from(self, request: Request, day: date) -> Course:
        """The course of a request if it had come on another day."""
        received = self._count(request).received_on
        acts = tuple(
            replace(act, on=day) if act.kind in _RECEIPT and act.on == received else act for act in request.acts
        )
        return self._count(replace(request, acts=acts))

    def _heard(self, request: Request, day: date) -> Course:
        """The course of a request if the opinions that it lacks had come on a day."""
        threads = {act.thread: act for act in request.acts if act.kind is RequestAct.CONSULT}
        for act in request.acts:
            if act.kind is RequestAct.OPINION:
                threads.pop(act.thread, None)
        more = [replace(act, kind=RequestAct.OPINION, on=day) for act in threads.values() if act.on < day]
        return self._count(replace(request, acts=(*request.acts, *more)))

    def with_told_days(self, entry: Entry, values: dict[str, object]) -> tuple[dict[str, object], Doubt | None]:
        """告知延了几天 — the row with the working days up to the day in 延期至, where it has no number of its own; and
        what of that day does not hold."""
        told_on, received = values.get("extended_on"), values.get("received_on")
        if not isinstance(told_on, date) or workdays(values.get("extended_workdays")) or not isinstance(received, date):
            return values, None
        if not {each.name for each in entry.wrong} <= JUDGED or problem({**placeholders(values), "id": "-"}, ()):
            return values, None
        told = next(told_until(entry, received), None)
        if told is None:
            return {**values, **kept(extended_workdays=self.length(entry))}, None
        rows = [act for _, act in acts(entry, {**values, "extended_on": None, "answered_on": None})]
        found = self.extended(rows, told_on, told)
        if found is None:
            return values, None
        self.around.taken.add((entry.sheet, entry.row, told.column))
        doubt = Doubt(told.column, found.error) if found.error else None
        return {**values, "extended_workdays": Decimal(found.workdays)}, doubt

    def length(self, entry: Entry) -> Decimal | None:
        """延长几个工作日 — of an extension whose own column says nothing, as another cell of its row has it."""
        found = length_beside(entry)
        if found:
            self.around.taken.add((entry.sheet, entry.row, found.column))
        return Decimal(found.workdays) if found else None

    def extended(self, told: Sequence[Row], on: date, until: ToldDay) -> Extended | None:
        """延几个工作日 — up to the day that the office told on a day, from the period that these acts have."""
        rows = bearing(told, on)
        longest = {"act": RequestAct.EXTEND, "on": on, "workdays": LONGEST}
        first, last = (
            self._count(request_from({"id": "-", "applicant": "natural_person", "acts": each})[0])
            for each in (rows, [*rows, longest])
        )
        return extended(until.head, until.day, first, last, self.calendar)

    def _is_late(self, found: Course) -> bool:
        return Mark.ANSWERED_LATE in found.marks or found.is_overdue(self.today)


def _written(cells: Sequence[Unread]) -> list[Beside]:
    return [
        Beside(Place("", 0, each.column).letters if each.column else "", each.head, each.text if each.head else "")
        for each in cells
    ]
