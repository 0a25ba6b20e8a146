"""读全了没有 — of requests that are late by what was read: what else their rows say (条例 第三十三条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.documents.columns import Entry, Place, Reading
from gongkai.law.requests.acts import Request
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark
from gongkai.law.workdays import DAY, Calendar
from gongkai.report.ledger import Beside, request_from
from gongkai.report.ledger.case import acts, problem, workdays
from gongkai.report.ledger.doubts import Doubt
from gongkai.report.ledger.unread import FIRST_PERIOD, Around, Look, Unread, looked_at, told_until


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
        around = Around(reading.entries, (*reading.skipped, *reading.over))
        return cls(around, calendar, today, settings)

    def look(
        self, entries: Iterable[Entry], request: Request, told: Collection[str]
    ) -> tuple[list[tuple[Entry, Doubt]], list[Beside]]:
        """看一件 — the cells that leave its lateness open, and those to be told beside it; none where it is in time."""
        doubts: list[tuple[Entry, Doubt]] = []
        beside: list[Beside] = []
        found: Course | None = None
        for entry in entries:
            if not self.around.says_more(entry):
                continue
            found = found or course(request, self.calendar, self.settings)
            if not self._is_late(found):
                break
            look = Look(entry, frozenset(told), found, self.calendar, self.today)
            open_, told_beside = looked_at(look, self.around)
            doubts += [(entry, each) for each in open_]
            beside += _written(told_beside)
        return doubts, beside

    def with_told_days(self, entry: Entry, values: dict[str, object]) -> dict[str, object]:
        """告知延了几天 — the row with the working days up to the day in 延期至, where it has no number of its own."""
        received = values.get("received_on")
        if not values.get("extended_on") or workdays(values.get("extended_workdays")) or not isinstance(received, date):
            return values
        until = next((day for _, day in told_until(entry, received)), None)
        if until is None or entry.wrong or problem({**values, "id": "-"}, entry.columns):
            return values
        told = [act for _, act in acts(entry, {**values, "extended_on": None})]
        request, _ = request_from({"id": "-", "applicant": values["applicant"], "acts": told})
        due = course(request, self.calendar, self.settings).in_time_until
        days = self.calendar.workdays_between(due + DAY, until) if due and due < until else 0
        return {**values, "extended_workdays": Decimal(days)} if 0 < days <= FIRST_PERIOD else values

    def _is_late(self, found: Course) -> bool:
        return Mark.ANSWERED_LATE in found.marks or found.is_overdue(self.today)


def _written(cells: Sequence[Unread]) -> list[Beside]:
    return [
        Beside(Place("", 0, each.column).letters if each.column else "", each.head, each.text if each.head else "")
        for each in cells
    ]
