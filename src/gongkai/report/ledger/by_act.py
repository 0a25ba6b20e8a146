"""一行一个行为 — what a row of such a list tells, and how long an extension of it is (条例 第三十三条第二款)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gongkai.documents.columns import Entry
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.rows import KEYS
from gongkai.report.ledger import RefusedRow, Stopped, said
from gongkai.report.ledger.case import TWENTY, Row, kept, workdays
from gongkai.report.ledger.extended import ToldDay, told_until
from gongkai.report.ledger.whole import Whole

_KEYS = {"applicant": "", "now_applicant": "applicant"}
"""The applicant of a row of acts is that of the request; what a correction puts in its place has its own column."""
_UNTIL = "合理期限至"
_PERIODS: dict[object, str] = {RequestAct.EXTEND: "extended_workdays", RequestAct.ASK_CORRECTION: "correction_workdays"}
"""各有一栏的期限 — by act, the column that may hold its working days beside the one of all acts."""


def row_of(entry: Entry) -> Row:
    """一个行为 — of a row none of whose cells is wrong (条例 第三十三条)."""
    row = {_KEYS.get(name, name): value for name, value in entry.values.items() if value is not None}
    days = row.get("workdays")
    if days is None:
        days = entry.values.get(_PERIODS.get(row.get("act"), ""))
    row = {name: value for name, value in row.items() if name in KEYS}
    return {**row, **kept(workdays=workdays(days))}


def extend(number: str, entry: Entry, row: Row, acts: Sequence[Row], whole: Whole) -> RefusedRow | Stopped | None:
    """补上延长几个工作日 — of an extension without any: up to the day that was told, else those of the law.

    What is to be said of that, if anything (条例 第三十三条第二款).
    """
    told = told_day(entry, row)
    found = whole.extended(acts, row["on"], told) if told else None
    row.pop("until", None)
    if told and found:
        row["workdays"] = found.workdays
        whole.around.taken.add((entry.sheet, entry.row, told.column))
        return said.aside(entry, told.column, "extended_workdays", found.error) if found.error else None
    if days := whole.length(entry):
        row["workdays"] = int(days)
        return None
    return said.at(entry, number, entry.columns.get("extended_workdays", entry.columns["act"]), TWENTY)


def told_day(entry: Entry, row: Row) -> ToldDay | None:
    """延期至哪一天 — of an extension that has no working days; None of any other act (条例 第三十三条第二款)."""
    if row.get("act") != RequestAct.EXTEND or row.get("workdays") or not isinstance(row.get("on"), date):
        return None
    if isinstance(until := row.get("until"), date):
        return ToldDay(entry.columns["until"], _UNTIL, until)
    return next(told_until(entry, row["on"]), None)
