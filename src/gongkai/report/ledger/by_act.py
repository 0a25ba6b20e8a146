"""一行一个行为 — what a row of such a list tells, and how long an extension of it is (条例 第三十三条第二款)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gongkai.documents.columns import Entry
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.rows import KEYS
from gongkai.report.ledger.case import Row, kept, workdays
from gongkai.report.ledger.unread import told_until

_KEYS = {"applicant": "", "now_applicant": "applicant"}
"""The applicant of a row of acts is that of the request; what a correction puts in its place has its own column."""
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


def told_day(entry: Entry, row: Row) -> date | None:
    """延期至哪一天 — of an extension that has no working days; None of any other act (条例 第三十三条第二款)."""
    if row.get("act") != RequestAct.EXTEND or row.get("workdays") or not isinstance(row.get("on"), date):
        return None
    beside = row.get("until") or next((day for _, day in told_until(entry, row["on"])), None)
    return beside if isinstance(beside, date) else None


def before(acts: Iterable[Row], extension: Row) -> list[Row]:
    """延期以前的行为 — those by which the period is counted that is extended (条例 第三十三条第二款)."""
    return [
        each
        for each in acts
        if each is not extension
        and each.get("act") not in (RequestAct.EXTEND, RequestAct.DELIVER)
        and isinstance(each.get("on"), date)
        and each["on"] <= extension["on"]
    ]
