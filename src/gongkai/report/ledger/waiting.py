"""没有扣除的等待 — consultations that the period does not wait for, and what is said of them (条例 第三十二条).

The law ends the wait for a third party after fifteen working days; one that was never received has no end at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from gongkai.documents.columns import Entry
from gongkai.law.requests.acts import THREADS, Partner, Request, RequestAct
from gongkai.law.requests.course import Course
from gongkai.report.ledger import LedgerError
from gongkai.report.ledger.doubts import Doubt

_NO_END = (
    "{day} 发函征求意见，没有写对方收到日期、意见日期，这一段不知道扣到哪天；不扣的话，期限到 {due_on}，已经过了，"
    "看不出是否逾期，请补上"
)
_CAPPED = "等第三方的意见只扣到 {until}（收到函以后第 15 个工作日），以后的没有扣除"
_CAPPED_CO_MAKER = "等共同制作机关的意见只扣到 {until}（收到函以后第 15 个工作日），以后的没有扣除"


_NO_RECEIPT = (
    "没有写{partner}收到函的日期；收到以后只等 15 个工作日（条例第三十二条、第三十四条），从发函那天数，"
    "期限到 {due_on}，已经过了，看不出是否逾期，请补上"
)
_WITH_CAP = (Partner.THIRD_PARTY, Partner.CO_MAKER)


def uncapped(entry: Entry, request: Request, count: Callable[[Request], Course], today: date) -> Doubt | None:
    """不知道等到哪天 — of one that is in time only if its letter was received late (条例 第三十二条)."""
    received = {act.thread for act in request.acts if act.kind is RequestAct.CONSULT_DELIVERED}
    asked = [
        act
        for act in request.acts
        if act.kind is RequestAct.CONSULT and act.partner in _WITH_CAP and act.thread not in received
    ]
    if not asked:
        return None
    found = count(request)
    end = found.answered_on or today
    if found.in_time_until is None or found.in_time_until < end:
        return None
    more = (replace(act, kind=RequestAct.CONSULT_DELIVERED) for act in asked)
    soonest = count(replace(request, acts=(*request.acts, *more))).in_time_until
    if soonest is None or soonest >= end:
        return None
    name = str(asked[0].partner)
    at = (
        entry.columns.get(f"{name}_delivered_on") or entry.columns.get(f"{name}_asked_on") or entry.columns.get("on", 0)
    )
    partner = asked[0].partner.label if asked[0].partner else ""
    return Doubt(at, LedgerError(_NO_RECEIPT, partner=partner, due_on=soonest))


def capped(request: Request, found: Course, end: date) -> LedgerError | None:
    """只扣到哪天 — of a late request whose third party was waited for longer than the law does (条例 第三十二条)."""
    for partner, until, template in (
        (Partner.THIRD_PARTY, found.third_party_until, _CAPPED),
        (Partner.CO_MAKER, found.co_maker_until, _CAPPED_CO_MAKER),
    ):
        threads = {act.thread for act in request.acts if act.partner is partner}
        opinions = [act.on for act in request.acts if act.kind is RequestAct.OPINION and act.thread in threads]
        if until and max(opinions, default=end) > until:
            return LedgerError(template, until=until)
    return None


def unended(entry: Entry, request: Request, count: Callable[[Request], Course], today: date) -> Doubt | None:
    """没有写完的征求 — of an open request whose period has no end by it, and is past without it (条例 第三十三条)."""
    if not any(act.kind is RequestAct.CONSULT for act in request.acts):
        return None
    found = count(request)
    endless = [each for each in found.unanswered if each.until is None]
    if found.waits_for != "office" or found.due_on or not endless:
        return None
    without = count(replace(request, acts=tuple(act for act in request.acts if act.kind not in THREADS)))
    if not without.is_overdue(today):
        return None
    asked = endless[0]
    column = entry.columns.get(f"{asked.partner.value}_asked_on") or entry.columns.get("on", 0)
    return Doubt(column, LedgerError(_NO_END, day=asked.sent_on, due_on=without.in_time_until))
