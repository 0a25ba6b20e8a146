"""期限以后 — what `gongkai deadline` says of a day that is still to come, or has passed (条例 第三十条至第三十四条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gongkai.cli.arguments import Phrases
from gongkai.law.counting import Step
from gongkai.law.requests.acts import Act, RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.states import Mark
from gongkai.law.sources import Provision
from gongkai.law.time_limits import Clock, limit
from gongkai.law.workdays import DAY, Calendar

WHOSE: Mapping[Clock, str] = {
    Clock.THIRD_PARTY: "这是第三方的期限，不是本机关答复的期限；答复期限用 deadline reply 算，其间不计",
    Clock.CO_MAKER: "这是共同制作机关的期限，不是本机关答复的期限；答复期限用 deadline reply 算，其间不计",
    Clock.PAYMENT: "这是申请人的期限，其间不计答复期限；{after} 起没有缴的，可以确认逾期",
}
"""谁的期限 — clocks that are not the office's, while they run (条例 第三十二条、第三十四条; 收费办法 第六条)."""

PASSED: Mapping[Clock, str] = {
    Clock.CORRECTION: "{due_on} 已经过了：再告知补正的就是逾期告知，收到补正后重新计算的期限不免除答复逾期",
    Clock.THIRD_PARTY: "{due_on} 已经过了：第三方没有提出意见的，由本机关依法决定是否公开",
    Clock.CO_MAKER: "{due_on} 已经过了：共同制作机关没有提出意见的，视为同意公开",
    Clock.PAYMENT: "{due_on} 已经过了：没有缴的，请确认逾期，告知不再处理；确认以前缴了的，可以接受",
    Clock.DISCLOSURE: "{due_on} 已经过了：还没有公开的，请尽快公开",
    Clock.WITHDRAWAL: "{due_on} 已经过了：还没有撤回的，请立即撤回并公开说明理由",
    Clock.REPORT: "{due_on} 已经过了：还没有发布的，请尽快发布",
}
"""过了以后 — what follows where the day has passed (条例 第二十六条、第三十条、第四十九条)."""

_PROVISIONS = {Clock.CORRECTION: RequestAct.ASK_CORRECTION.provision, Clock.REPORT: Provision("条例", 49, 1)}


def after_clock(clock: Clock, due_on: date, calendar: Calendar, on: date) -> tuple[Step, ...]:
    """一个期限在某日 — whose it is while it runs; what follows and since how long where it has passed."""
    provision = _PROVISIONS.get(clock) or limit(clock, due_on).provision
    values: dict[str, object] = {"due_on": due_on, "after": due_on + DAY}
    if due_on >= on:
        return (Step(WHOSE[clock], provision, values),) if clock in WHOSE else ()
    passed = Step(PASSED[clock], provision, values)
    late = calendar.workdays_between(due_on + DAY, on) if due_on >= calendar.first_on else 0
    # On the days off that follow the last day no working day has passed yet.
    return (passed, Step("到 {on} 过了 {late} 个工作日", provision, {"on": on, "late": late})) if late else (passed,)


def not_yet(clock: Clock, received_on: date, acts: Sequence[Act], course: Course | None, on: date) -> tuple[Step, ...]:
    """还没有发生的 — days to come, which are counted as if they had been; none of a year's report (条例 第三十三条)."""
    days = [(act.on, act.kind.label) for act in acts if act.on > on]
    if not acts and clock is not Clock.REPORT and received_on > on:
        days = [(received_on, "")]
    if not days:
        return ()
    listed = Phrases(("{day} {act}" if act else "{day}", {"day": day, "act": act}) for day, act in days)
    said = "{on} 以后的还没有发生，当作到时确实如此来计算：{listed}"
    found = [Step(said, limit(clock, received_on).provision, {"on": on, "listed": listed})]
    told_by = course.correction_notice_by if course else None
    late = course.marked_by.get(Mark.CORRECTION_NOTICE_LATE) if course else None
    if told_by and late and late.on > on and told_by >= on:
        said = "补正到 {told_by} 告知的，不算逾期"
        found.append(Step(said, RequestAct.ASK_CORRECTION.provision, {"told_by": told_by}))
    return tuple(found)
