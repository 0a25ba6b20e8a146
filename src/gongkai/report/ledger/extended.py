"""告知延到哪一天 — extensions that are written as their last day: 延期至, 延长至 (条例 第三十三条第二款).

The law extends by twenty working days at most: what was told beyond them is not lawful, and the last lawful day stands.
A day within them is what the office has undertaken, and stands itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from gongkai.documents.columns.values import shown
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.workdays import DAY, Calendar
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.case import ENDS, Row

LONGEST = 20
"""最多延长的工作日 — of one extension (条例 第三十三条第二款)."""
_RESTARTS = frozenset({RequestAct.ASK_CORRECTION, RequestAct.CORRECTED, RequestAct.FEE_NOTICE, RequestAct.PAID})
_NO_PART = frozenset({RequestAct.EXTEND, RequestAct.DELIVER, *ENDS})

_TOO_LONG = "“{head}”写着 {until}，比延长 20 个工作日的最后一天 {last} 晚；延长最多 20 个工作日（条例第三十三条第二款）"
_NO_LONGER = "“{head}”写着 {until}，不晚于原来的期限 {due_on}，看不出延到哪一天，请核对"


class Extended(NamedTuple):
    """延了几天 — the working days up to the day that was told, and what of it does not hold."""

    workdays: int
    error: LedgerError | None = None


def bearing(acts: Iterable[Row], told_on: date) -> list[Row]:
    """延期时有关的行为 — those by which the period is counted that is extended on a day (条例 第三十三条第二款).

    A restart after that day begins anew; a consultation that is sent after it was not known. One that was on is told
    with its end, so that the day that was told is the last.
    """
    held = [each for each in acts if isinstance(each.get("on"), date) and each.get("act") not in _NO_PART]
    late = {each.get("thread") for each in held if each.get("act") == RequestAct.CONSULT and each["on"] > told_on}
    return [
        each
        for each in held
        if not (each["on"] > told_on and each.get("act") in _RESTARTS) and (each.get("thread") or None) not in late
    ]


def extended(head: str, until: date, first: Course, longest: Course, calendar: Calendar) -> Extended | None:
    """延到一天是几个工作日 — `first`: the course without the extension; `longest`: with twenty days of it.

    None where no period runs that could be extended. A day of rest moves on to the next working day.
    """
    due_on, last = first.due_on, longest.due_on
    if due_on is None or last is None:
        return None
    if last == due_on:
        # Told after the period: the law refuses it as a whole.
        return Extended(LONGEST)
    said: dict[str, object] = {"head": shown(head), "until": until}
    if until <= due_on:
        return Extended(LONGEST, LedgerError(_NO_LONGER, due_on=due_on, **said))
    days = calendar.workdays_between(due_on + DAY, until) + (not calendar.is_workday(until))
    if until <= last or days <= LONGEST:
        return Extended(min(days, LONGEST))
    return Extended(LONGEST, LedgerError(_TOO_LONG, last=last, **said))
