"""理由 — how the dates of a request came about, sentence by sentence (条例 第三十一条至第三十四条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.law.counting import Step, count
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.clocks import CAPS, Period, Round, Thread
from gongkai.law.requests.states import Mark
from gongkai.law.requests.walk import Walk
from gongkai.law.sources import Provision
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, count_step, in_force, limit, not_announced
from gongkai.law.workdays import DAY

RECEIPT = Provision("条例", 31)
CONSULTATION = Provision("条例", 33, 3)
REPLY = Provision("条例", 33, 2)

_RECEIPT = {
    Channel.IN_PERSON: "当面提交，提交之日为收到申请之日，即 {day}，当日不计",
    Channel.MAIL: "邮寄提交，签收之日为收到申请之日，即 {day}，当日不计",
    Channel.LETTER: "平常信函无需签收，与申请人确认之日为收到申请之日，即 {day}，当日不计",
    Channel.INTERNET: "通过互联网渠道提交，双方确认之日为收到申请之日，即 {day}，当日不计",
    Channel.EMAIL: "通过电子邮件提交，双方确认之日为收到申请之日，即 {day}，当日不计",
    Channel.FAX: "通过传真提交，双方确认之日为收到申请之日，即 {day}，当日不计",
}


def reasons(walk: Walk, lenient: Period | None, strict: Period | None, last_on: date | None) -> tuple[Step, ...]:
    """理由 — of all that was found out; `last_on`: the latest date that was counted (条例 第三十三条)."""
    steps = [*_receipt(walk), *walk.steps]
    if lenient is not None and walk.turn is not None:
        steps += [step for thread in walk.threads.values() for step in _consultation(walk, thread, walk.turn)]
        steps += _counts(walk, walk.turn, lenient, strict)
    late_after = walk.late_after
    if late_after is not None and late_after != walk.overdue_since and lenient is not None:
        said = "期限重新计算到 {due_on}；补正告知逾期，不因此免责：从首次收到申请起数到 {late_after}，以后答复仍算逾期"
        due_on = lenient.due_on or "另行确定的日子"
        steps.append(Step(said, RequestAct.ASK_CORRECTION.provision, {"due_on": due_on, "late_after": late_after}))
    for closing in walk.closings:
        if closing.due_on and closing.on > closing.due_on:
            values = {"on": closing.on, "due_on": closing.due_on, "workdays": closing.late_workdays}
            steps.append(Step("{on} 办结，期限到 {due_on}，逾期 {workdays} 个工作日", REPLY, values))
    return (*steps, *not_announced(last_on, walk.calendar))


def _receipt(walk: Walk) -> Iterator[Step]:
    channel, day = walk.channel, walk.received_on
    provision = channel.provision if channel else RECEIPT
    if day is None:
        if walk.arrived_on is not None:
            said = "{day} 收到，双方还没有确认：答复期限还没有开始；请尽快与申请人确认"
            yield Step(said, provision, {"day": walk.arrived_on})
        return
    yield from in_force(limit(Clock.REPLY, day).provision, day)
    if channel is Channel.EMAIL and walk.settings.email_receipt == "arrival":
        yield Step("通过电子邮件提交，按口径以到达之日为收到申请之日，即 {day}，当日不计", provision, {"day": day})
    elif walk.is_channel_assumed:
        yield Step("双方确认之日为收到申请之日，即 {day}，当日不计", provision, {"day": day})
    else:
        yield Step(_RECEIPT[channel] if channel else "收到申请：{day}，当日不计", provision, {"day": day})
    if Mark.CONFIRMED_LATE in walk.marks:
        said = "{arrived_on} 已经收到，{day} 才确认，过迟；期限因此推后，可能被认为拖延"
        if channel is Channel.LETTER:
            said = "平常信函应当在收到的当日确认：{arrived_on} 收到，{day} 才确认，过迟；期限因此推后，可能被认为拖延"
        yield Step(said, provision, {"arrived_on": walk.arrived_on, "day": day})


def _consultation(walk: Walk, thread: Thread, turn: Round) -> Iterator[Step]:
    last_on, until = thread.ends_on(walk.calendar), thread.until(walk.calendar)
    values: dict[str, object] = {"partner": thread.partner.label, "first_on": thread.sent_on, "last_on": last_on}
    if last_on is None:
        said = "征求{partner}意见：{first_on} 发函，还没有结束，其间不计入答复期限，期限待意见收到再定"
        if thread.partner in CAPS and thread.delivered_on is None:
            said = "征求{partner}意见：{first_on} 发函，没有登记对方收到的日期；登记以后从那天起数 15 个工作日为止"
        yield Step(said, CONSULTATION, values)
        return
    if last_on <= turn.start_on:
        said = "征求{partner}意见（{first_on} 至 {last_on}）在起算以前结束，不影响计算"
        yield Step(said, CONSULTATION, values)
        return
    workdays = walk.calendar.workdays_between(max(thread.sent_on, turn.start_on + DAY), last_on)
    said = "征求{partner}意见：{first_on} 至 {last_on}，其间 {workdays} 个工作日不计入答复期限"
    if walk.settings.consultation_first_day == "counted":
        said = "征求{partner}意见：{first_on} 的次日至 {last_on} 不计入答复期限"
    yield Step(said, CONSULTATION, {**values, "workdays": workdays})
    if until is not None and last_on == until and thread.opinion_on != until:
        said = "{partner}的意见期限到 {until}，逾期不再等"
        yield Step(said, thread.partner.provision, {"partner": thread.partner.label, "until": until})


def _counts(walk: Walk, turn: Round, lenient: Period, strict: Period | None) -> Iterator[Step]:
    spans, first_on = lenient.stops.spans, lenient.first_ends_on
    if first_on is None:
        yield Step("征求意见还没有结束，答复期限的最后一天待定", CONSULTATION)
    else:
        counted = count(walk.calendar, turn.start_on, turn.workdays, spans)
        yield count_step(limit(Clock.REPLY, turn.start_on), counted)
    if turn.extension and first_on and lenient.due_on:
        counted = count(walk.calendar, first_on, turn.extension, spans)
        said = "经政府信息公开工作机构负责人同意并告知申请人，延长 {workdays} 个工作日，到 {last_on}"
        values = {"workdays": counted.workdays, "last_on": counted.last_on}
        yield Step(said, limit(Clock.EXTENSION, turn.start_on).provision, values, counted)
    if turn.delay_until:
        provision = RequestAct.SET_REASONABLE_DELAY.provision
        yield Step("以所定的合理期限 {until} 为准", provision, {"until": turn.delay_until})
    elif strict and strict.due_on and strict.due_on != lenient.due_on:
        said = "从严计算，征求意见的发函之日仍算办理的日子：到 {due_on}；请以较早的日期为准安排"
        provision = Provision("民法典", 201)
        if walk.suspensions:
            said = "从严计算，不可抗力的日子、征求意见的发函之日仍算办理的日子：到 {due_on}；请以较早的日期为准安排"
            provision = RequestAct.SUSPEND_ALL.provision
        yield Step(said, provision, {"due_on": strict.due_on})
