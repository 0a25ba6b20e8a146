"""告知延到哪一天 — extensions that are written as their last day: 延期至, 延长至 (条例 第三十三条第二款).

The law extends by twenty working days at most: what was told beyond them is not lawful, and the last lawful day stands.
A day within them is what the office has undertaken, and stands itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import shown
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.workdays import DAY, Calendar
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.case import ENDS, Row
from gongkai.report.ledger.days import plain_day
from gongkai.text.folding import fold

LONGEST = 20
"""最多延长的工作日 — of one extension (条例 第三十三条第二款)."""
_RESTARTS = frozenset({RequestAct.ASK_CORRECTION, RequestAct.CORRECTED, RequestAct.FEE_NOTICE, RequestAct.PAID})
_NO_PART = frozenset({RequestAct.EXTEND, RequestAct.DELIVER, *ENDS})

_TOLD_HEAD = re.compile(
    "延[至到]|(?:延期|延长|展期|顺延)(?:答复|办理)?(?:期限)?(?:至|到|截止)|(?:延期|延长)后的?(?:答复|办理)?(?:期限|日期|时限)"
)
"""告知的那一天 — the day until which the office told that it would take."""
_HEAD = re.compile("延期|延长|展期|顺延|延时|延后|延办")
_OTHER_HEAD = re.compile(
    "[次号页份件人费]|金额|原因|理由|依据|文书|(?:至|到|截止|前|日期|年月日)$|(?:告知|通知|送达|发出|批准|申请)时间$"
)
_IN_WORDS = re.compile(r"(?:延期|延长|展期|顺延|延时|延后)[^,。;，；\d]{0,12}?(\d{1,3})\s*个?(?:工作日|天|日(?!期))")
_LENGTH = re.compile(r"(\d{1,3})(?:\.0+)?\s*(?:个?工作日|天|日)?")

_TOO_LONG = "“{head}”写着 {until}，比延长 20 个工作日的最后一天 {last} 晚；延长最多 20 个工作日（条例第三十三条第二款）"
_NO_LONGER = "“{head}”写着 {until}，不晚于原来的期限 {due_on}，看不出延到哪一天，请核对"


class ToldDay(NamedTuple):
    """告知的一天 — the column from 1 and the head of the cell that holds it."""

    column: int
    head: str
    day: date


def told_until(entry: Entry, received: date | None) -> Iterator[ToldDay]:
    """告知延到哪一天 — a column that nobody knows with the day that the office told: 延期至 (条例 第三十三条)."""
    for head, column in entry.unused.items():
        if _TOLD_HEAD.search(head):
            day = plain_day(entry.beside.get(column, ""), received)
            if day:
                yield ToldDay(column, head, day)


class Extended(NamedTuple):
    """延了几天 — the working days up to the day that was told, and what of it does not hold."""

    workdays: int
    error: LedgerError | None = None


class Length(NamedTuple):
    """写在别的栏的天数 — the column from 1 of a cell that tells how long an extension is."""

    column: int
    workdays: int


def length_beside(entry: Entry) -> Length | None:
    """延长几个工作日 — where an unknown column has it: 延期时长 10, 备注 延长10个工作日 (条例 第三十三条)."""
    heads = {column: head for head, column in entry.unused.items()}
    for column, text in entry.beside.items():
        head = fold(heads.get(column, ""))
        if _HEAD.search(head) and not _OTHER_HEAD.search(re.sub(r"\(.*?\)", "", head)):
            found = _LENGTH.fullmatch(fold(text).strip())
            if found and int(found[1]):
                return Length(column, int(found[1]))
    for column, text in (*entry.beside.items(), *entry.remarks.items()):
        if found := _IN_WORDS.search(fold(text)):
            return Length(column, int(found[1]))
    return None


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
