"""接下来 — on a day: whose turn it is, until when, what follows where that has passed (条例 第三十条至第三十五条).

Each date is told with whose it is: that of a third party or of the applicant is never one of the office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.counting import Step
from gongkai.law.requests.acts import Partner, RequestAct
from gongkai.law.requests.course import Course, Unanswered
from gongkai.law.requests.states import Position
from gongkai.law.sources import Provision
from gongkai.law.time_limits import BREAKS
from gongkai.law.workdays import DAY, Calendar

REPLY = Provision("条例", 33, 2)
SILENT = {
    Partner.THIRD_PARTY: "第三方的意见期限到 {until}，已经过了，没有意见的由本机关依法决定是否公开",
    Partner.CO_MAKER: "共同制作机关的意见期限到 {until}，已经过了，没有意见的视为同意公开",
}
"""逾期不提意见 — what follows where the law itself ends the wait (条例 第三十二条、第三十四条)."""


def following(course: Course, calendar: Calendar, on: date) -> tuple[Step, ...]:
    """接下来 — the sentences, the next thing first; none where the request waits for nobody (条例 第三十三条)."""
    if course.waits_for == "nobody":
        return ()
    if course.received_on is None:
        return (Step("还没有确认收到，期限没有开始，请尽快与申请人确认", RequestAct.CONFIRM.provision),)
    if course.applicant_until:
        return tuple(_of_the_applicant(course, calendar, on))
    asked = [step for each in course.unanswered for step in _of_the_asked(each, on)]
    return (*asked, *_of_the_office(course, calendar, on))


def _of_the_applicant(course: Course, calendar: Calendar, on: date) -> Iterator[Step]:
    is_correction = course.position is Position.AWAITING_CORRECTION
    act = RequestAct.LAPSE_CORRECTION if is_correction else RequestAct.LAPSE_PAYMENT
    waits = [(act, course.applicant_until, course.is_until_usual)]
    if course.payment_until and is_correction:
        waits.append((RequestAct.LAPSE_PAYMENT, course.payment_until, False))
    for kind, until, is_usual in waits:
        assert until is not None
        is_for_correction = kind is RequestAct.LAPSE_CORRECTION
        if until >= on:
            said = "等申请人缴费，到 {until}；没有缴的，{lapse_from} 起可以确认逾期"
            if is_for_correction:
                said = "等申请人补正，到 {until}；没有补正的，{lapse_from} 起可以确认逾期"
        else:
            said = "申请人的缴费期限到 {until}，已经过了：没有缴的，请确认逾期，告知不再处理；确认以前缴了的，可以接受"
            if is_for_correction:
                said = (
                    "申请人的补正期限到 {until}，已经过了：没有补正、没有正当理由的，请确认逾期，告知不再处理；"
                    "确认以前补正的，可以接受"
                )
        if is_usual:
            yield Step("没有写补正期限，以下按 10 个工作日推定，以告知书为准", kind.provision)
        yield Step(said, kind.provision, {"until": until, "lapse_from": until + DAY})
        if until > calendar.final_until:
            said = "{year} 年的放假安排公布以后，申请人的期限 {day} 可能变动：那时再算一次，再确认逾期"
            yield Step(said, BREAKS, {"year": calendar.announced_until.year + 1, "day": until})
    if course.strict_on and course.strict_on >= on:
        said = "到 {strict_on} 答复，以后答复就算逾期，等申请人不免除这一点"
        yield Step(said, REPLY, {"strict_on": course.strict_on})


def _of_the_asked(each: Unanswered, on: date) -> Iterator[Step]:
    """Where no law ends the wait the office asks again; a wait that was never delivered has no end at all."""
    values = {"partner": each.partner.label, "sent_on": each.sent_on, "until": each.until}
    provision = each.partner.provision
    if each.until is None:
        said = "征求{partner}意见（{sent_on} 发函）还没有结束，请催办"
        if each.partner in SILENT:
            said = "征求{partner}意见（{sent_on} 发函）没有登记对方收到的日期，请补上，对方的期限从那天起算"
        yield Step(said, provision, values)
    elif each.until >= on:
        yield Step("等{partner}的意见，对方的期限到 {until}，其间不计入答复期限", provision, values)
    else:
        yield Step(SILENT[each.partner], provision, values)


def _of_the_office(course: Course, calendar: Calendar, on: date) -> Iterator[Step]:
    due_on, told_by, until = course.due_on, course.correction_notice_by, course.in_time_until
    if until and until < on:
        days = calendar.workdays_between(until + DAY, on)
        said = "期限到 {due_on}，已经过了：还没有答复的，到 {on} 逾期 {days} 个工作日，请尽快答复"
        if not days:
            said = "期限到 {due_on}，已经过了：还没有答复的，已经逾期，请尽快答复"
        yield Step(said, REPLY, {"due_on": until, "on": on, "days": days})
        return
    if due_on is None:
        yield Step("征求意见还没有结束，答复期限的最后一天待定", Provision("条例", 33, 3))
        return
    by, last_on = course.strict_on or due_on, min(until or due_on, due_on)
    values = {"due_on": last_on, "strict_on": by}
    may_correct = told_by is not None and told_by >= on and course.may_ask_correction
    if by < on:
        yield Step("到 {due_on} 答复；从严计算的 {strict_on} 已经过了，请尽快答复", REPLY, values)
    elif by < last_on:
        said = "到 {strict_on} 答复（从严），期限 {due_on}"
        if last_on < due_on:
            said = "到 {strict_on} 答复（从严），{due_on} 以后答复就算逾期"
        yield Step(said, REPLY, values)
    elif last_on < due_on:
        said = "到 {strict_on} 答复，以后答复就算逾期；期限重新计算到 {due_on}，不免除这一点"
        yield Step(said, REPLY, {**values, "due_on": due_on})
    elif may_correct:
        said = "到 {due_on} 答复；要补正的，到 {told_by} 告知"
        yield Step(said, REPLY, {"due_on": due_on, "told_by": told_by})
        return
    else:
        yield Step("到 {due_on} 答复", REPLY, {"due_on": due_on})
    if may_correct:
        yield Step("要补正的，到 {told_by} 告知", RequestAct.ASK_CORRECTION.provision, {"told_by": told_by})
