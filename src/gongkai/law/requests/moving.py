"""移动期限的行为 — receipt, correction, reasons, consultation, extension, fee (条例 第三十条至第三十五条).

What cannot be raises LawError with its reason; what should not be but was is marked and counts.
"""

from __future__ import annotations

from decimal import Decimal

from gongkai.law.counting import Span
from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, RequestAct
from gongkai.law.requests.clocks import Round, Thread
from gongkai.law.requests.states import Mark, Position
from gongkai.law.requests.walk import Payment, Wait, Walk, notice_by
from gongkai.law.terms import Channel, Outcome
from gongkai.law.time_limits import Clock, in_force, limit
from gongkai.law.workdays import DAY

USUAL_CORRECTION = 10


def arrive(walk: Walk, act: Act) -> None:
    """来件 — submitted or registered; where no confirmation is needed, this is the receipt (条例 第三十一条)."""
    if walk.arrived_on is not None:
        if act.kind is RequestAct.REGISTER and not walk.registered and act.channel in (None, walk.channel):
            walk.registered = True
            return
        raise LawError("这件申请已经于 {day} 提交或者登记，不能再来一次", day=walk.arrived_on)
    walk.registered = act.kind is RequestAct.REGISTER
    walk.arrived_on, walk.channel, walk.is_channel_assumed = act.on, act.channel, act.is_assumed
    by_arrival = act.channel is Channel.EMAIL and walk.settings.email_receipt == "arrival"
    if act.channel is None or not act.channel.is_confirmed or by_arrival:
        walk.receive(act.on)


def confirm(walk: Walk, act: Act) -> None:
    """双方确认 — the receipt of what came by a channel that needs it, marked where too late (条例 第三十一条)."""
    assert walk.arrived_on is not None
    if walk.channel is Channel.EMAIL and walk.settings.email_receipt == "arrival":
        return
    if walk.received_on is not None:
        if walk.channel is None or not walk.channel.is_confirmed:
            raise LawError("当面提交、邮寄的申请以提交、签收之日为准，不看确认日；请去掉确认日，或者核对接收渠道")
        raise LawError("双方已经于 {day} 确认，不能再确认一次", day=walk.received_on)
    walk.receive(act.on)
    allowed = walk.arrived_on
    if walk.channel is not Channel.LETTER:
        allowed = walk.calendar.add_workdays(walk.arrived_on, 1)
    if act.on > allowed:
        walk.marks[Mark.CONFIRMED_LATE] = act


def ask_correction(walk: Walk, act: Act) -> None:
    """告知补正 — once; the reply clock rests, the applicant's runs from delivery (条例 第三十条)."""
    if walk.was_asked:
        raise LawError("补正只能一次性告知，已经告知过；补正以后仍不明确的，可以这样答复")
    assert walk.received_on is not None
    days = act.workdays or USUAL_CORRECTION
    walk.correction, walk.was_asked = _wait(walk, act, days, is_usual=act.workdays is None), True
    said = "告知补正：{day} 送达，申请人在 {until} 以前补正（{days} 个工作日），其间不计答复期限"
    if walk.correction.is_usual:
        said = "告知补正：{day} 送达，没有写补正期限，按 {days} 个工作日推定到 {until}，以告知书为准；其间不计答复期限"
    if act.is_assumed:
        said = "没有填告知补正的日期，当作在 {by} 以前告知；在那以后才告知的，请补上日期"
    by = notice_by(walk.received_on, walk.calendar)
    walk.say(said, act, until=walk.correction.until, days=days, by=by)
    if act.on <= by:
        return
    walk.marks[Mark.CORRECTION_NOTICE_LATE] = act
    walk.late_round = Round(walk.received_on, limit(Clock.REPLY, walk.received_on).workdays)
    walk.say("补正应当在 {by} 以前告知，{day} 才告知，已经逾期", act, by=by)


def _wait(walk: Walk, act: Act, days: int, *, is_usual: bool = False) -> Wait:
    until = walk.calendar.add_workdays(act.on, days)
    return Wait(act.on, until, act.amount, is_assumed=act.is_assumed, is_usual=is_usual)


def _take_late(walk: Walk, act: Act, wait: Wait, mark: Mark, said: str) -> None:
    """Mark what came after the applicant's last day: the law lets the office close it, and here it did not."""
    if act.on <= wait.until or wait.is_assumed:
        return
    if wait.is_usual:
        walk.marks[Mark.PERHAPS_TAKEN_LATE] = act
        said = (
            "{day} 才补正，晚于推定的补正期限 {until}：告知书写的期限更长的，没有逾期；"
            "确实逾期、没有正当理由的，视为放弃申请，可以不再处理；以下按接受补正计算"
        )
    else:
        walk.marks[mark] = act
    walk.say(said, act, until=wait.until)


def corrected(walk: Walk, act: Act) -> None:
    """收到补正 — the reply clock starts anew; an extension before is void (条例 第三十条)."""
    if walk.correction is None:
        raise LawError("没有等着补正的告知，不能登记收到补正；请核对告知补正的日期")
    said = "申请人的补正期限到 {until}，{day} 才补正：逾期视为放弃申请，可以不再处理；以下按有正当理由、接受补正计算"
    _take_late(walk, act, walk.correction, Mark.TAKEN_LATE, said)
    walk.correction, walk.stage = None, Position.REGISTERED
    void = bool(walk.turn and walk.turn.extension)
    walk.restart(act.on)
    said = "收到补正后的申请：{day}，答复期限从次日起重新计算"
    walk.say("收到补正后的申请：{day}，答复期限从次日起重新计算，以前的延长不再有效" if void else said, act)


def lapse_correction(walk: Walk, act: Act) -> None:
    """逾期不补正 — confirmed after the applicant's last day, and closed (条例 第三十条)."""
    if walk.correction is None:
        raise LawError("没有等着补正的告知，不能确认逾期不补正")
    _lapse(walk, act, walk.correction, Outcome.CORRECTION_OVERDUE)


def _lapse(walk: Walk, act: Act, wait: Wait, outcome: Outcome) -> None:
    if act.on <= wait.until:
        said = "申请人的期限到 {until}，{day} 还不能确认逾期，最早 {earliest}"
        if wait.is_usual:
            said = "没有写补正期限，按 10 个工作日推定到 {until}：{day} 还不能确认逾期，最早 {earliest}；请补上期限"
        raise LawError(
            said,
            until=wait.until,
            day=act.on,
            earliest=wait.until + DAY,
        )
    walk.close(act, outcome)
    walk.say("申请人到 {until} 没有补正或者缴费，{day} 确认，不再处理", act, until=wait.until)


def accept_late_correction(walk: Walk, act: Act) -> None:
    """接受逾期补正 — for good reason, in the year of the lapse (条例 第三十条)."""
    last = walk.closings[-1] if walk.closings and walk.is_closed else None
    if last is None or last.outcome is not Outcome.CORRECTION_OVERDUE:
        raise LawError("这件申请不是因逾期不补正办结的，不能接受逾期补正")
    if last.on.year != act.on.year:
        raise LawError("{year} 年已经计为逾期不补正；跨年的请登记重新办理", year=last.on.year)
    if walk.closings.pop() is walk.counted:
        walk.counted = None
    walk.is_closed, walk.correction, walk.stage = False, None, Position.REGISTERED
    walk.restart(act.on)
    walk.say("申请人有正当理由，{day} 接受补正，答复期限从次日起重新计算", act)


def ask_reasons(walk: Walk, act: Act) -> None:
    """要求说明理由 — the clock goes on unless the setting pauses it (条例 第三十五条)."""
    walk.stage, walk.reasons_asked_on = Position.AWAITING_REASONS, act.on
    paused = walk.settings.reasons_pause
    walk.say("{day} 要求申请人说明理由，其间不计" if paused else "{day} 要求申请人说明理由，答复期限照常计算", act)


def set_reasonable_delay(walk: Walk, act: Act) -> None:
    """合理期限 — a day that is set and told before the period ends (条例 第三十五条)."""
    assert walk.turn is not None
    assert act.until is not None
    if act.until < act.on:
        raise LawError("合理期限 {until} 早于确定的日期 {day}，请核对", until=act.until, day=act.on)
    _within(walk, act)
    if walk.settings.reasons_pause and walk.reasons_asked_on and walk.reasons_asked_on < act.on:
        walk.turn.pauses.append(Span(walk.reasons_asked_on + DAY, act.on))
    walk.turn.delay_until, walk.stage, walk.reasons_asked_on = act.until, Position.HANDLING, None
    walk.say("{day} 确定延迟答复的合理期限，到 {until}", act, until=act.until)
    if not walk.calendar.is_workday(act.until):
        walk.say("{until} 不是工作日，期限照所定的日期，请核对", act, until=act.until)


def _within(walk: Walk, act: Act) -> None:
    """Refused where the period that an act moves has ended before it; marked where it has by the stricter count."""
    ends_on, strict_on = walk.running().due_on, walk.running(strict=True).due_on
    stopped_on = walk.wait.told_on if walk.wait else act.on
    if ends_on and ends_on < min(stopped_on, act.on):
        raise LawError("答复期限已于 {ends_on} 届满，{day} 才告知的不能再延长", ends_on=ends_on, day=act.on)
    if strict_on and strict_on < min(stopped_on, act.on):
        walk.marks[Mark.EXTENSION_TOLD_LATE] = act
        walk.say("从严计算期限到 {strict_on}，{day} 才告知，可能被认为逾期", act, strict_on=strict_on)


def extend(walk: Walk, act: Act) -> None:
    """延长 — at most twenty working days, once a round, told before the period ends (条例 第三十三条第二款)."""
    assert walk.turn is not None
    most = limit(Clock.EXTENSION, act.on).workdays
    days = most if act.workdays is None else act.workdays
    if days > most:
        raise LawError("延长最多 {most} 个工作日，写的是 {days} 个", most=most, days=days)
    if walk.turn.extension:
        raise LawError("已经于 {day} 告知延长过，一轮期限只能延长一次", day=walk.turn.told_on)
    _within(walk, act)
    walk.turn.extension, walk.turn.told_on = days, act.on


def consult(walk: Walk, act: Act) -> None:
    """征求意见 — a thread opens; the day of sending is the first left out (条例 第三十三条第三款)."""
    assert act.partner is not None
    if act.thread in walk.threads:
        raise LawError("征求意见“{thread}”已经发过函，另一次请用另一个编号", thread=act.thread)
    walk.threads[act.thread] = Thread(act.partner, act.on)
    walk.stage = Position.HANDLING


def _open_thread(walk: Walk, act: Act) -> Thread:
    thread = walk.threads.get(act.thread)
    if thread is None:
        raise LawError("没有编号为“{thread}”的征求意见，或者还没有发函", thread=act.thread)
    if thread.opinion_on is not None:
        raise LawError("征求意见“{thread}”已经于 {day} 收到意见", thread=act.thread, day=thread.opinion_on)
    return thread


def consult_delivered(walk: Walk, act: Act) -> None:
    """对方收到 — from here the third party and the co-maker have fifteen working days (条例 第三十二条)."""
    thread = _open_thread(walk, act)
    if thread.delivered_on is not None:
        raise LawError("征求意见“{thread}”已经于 {day} 送达", thread=act.thread, day=thread.delivered_on)
    thread.delivered_on = act.on


def opinion(walk: Walk, act: Act) -> None:
    """收到意见 — the thread ends (条例 第三十二条)."""
    _open_thread(walk, act).opinion_on = act.on


def fee_notice(walk: Walk, act: Act) -> None:
    """收费通知 — the reply clock rests, twenty working days to pay run (收费办法 第六条)."""
    if walk.payment is not None:
        raise LawError("已经于 {day} 送达收费通知，期限从第一次通知起算", day=walk.payment.told_on)
    length = limit(Clock.PAYMENT, act.on)
    ended_on = walk.running().due_on
    walk.payment = _wait(walk, act, length.workdays)
    walk.stage = Position.HANDLING
    walk.steps += in_force(length.provision, act.on)
    said = "收费通知：{day} 送达，申请人在 {until} 以前缴费，其间不计答复期限"
    if act.is_assumed:
        said = "没有填送达收费通知的日期，当作在答复期限以内送达"
        if ended_on and act.on > ended_on:
            said = "没有填送达收费通知的日期，当作在 {ended_on} 以前送达；在那以后才送达的，已经逾期，请补上日期"
    walk.say(said, act, until=walk.payment.until, ended_on=ended_on)
    if ended_on and act.on > ended_on and not walk.correction and not act.is_assumed:
        walk.marks[Mark.FEE_NOTICE_LATE] = act
        walk.overdue_since = min(walk.overdue_since or ended_on, ended_on)
        values = {"ended_on": ended_on, "late": walk.calendar.workdays_between(ended_on + DAY, act.on)}
        said = "收费通知应当在答复期限内送达：期限到 {ended_on}，{day} 才送达，通知迟了 {late} 个工作日"
        walk.say(said, act, **values)
        said = "这件申请到 {ended_on} 没有答复，已经逾期；缴费以后期限重新计算，不免除这一点"
        if walk.settings.late_fee_notice_restarts:
            said = "按口径，缴费以后期限重新计算，{ended_on} 以后的逾期不再追究"
        walk.say(said, act, ended_on=ended_on)


def paid(walk: Walk, act: Act) -> None:
    """缴费 — in full, the reply clock starts anew, or goes on by the setting (收费办法 第六条)."""
    assert walk.turn is not None
    wait = walk.payment
    if wait is None:
        raise LawError("没有等着缴费的收费通知，不能登记缴费；请核对收费通知的日期")
    received = (wait.amount or Decimal(0)) - wait.paid if act.amount is None else act.amount
    if received > 0:
        walk.payments.append(Payment(act.on, received))
    if act.amount is not None and wait.amount is not None and wait.paid + act.amount < wait.amount:
        wait.paid += act.amount
        said = "{day} 缴了 {paid} 元，收费通知是 {amount} 元，没有缴清，期限不变"
        walk.say(said, act, paid=act.amount, amount=wait.amount)
        return
    said = "申请人的缴费期限到 {until}，{day} 才缴清：逾期未缴的可以不再处理；以下按接受缴费、继续办理计算"
    _take_late(walk, act, wait, Mark.PAID_LATE, said)
    walk.payment, walk.stage = None, Position.HANDLING
    if walk.settings.payment_restarts_reply:
        void = bool(walk.turn.extension)
        walk.restart(act.on)
        said = "申请人缴清信息处理费：{day}，答复期限从次日起重新计算"
        walk.say("申请人缴清信息处理费：{day}，答复期限从次日起重新计算，以前的延长不再有效" if void else said, act)
    else:
        if act.on > wait.told_on:
            walk.turn.pauses.append(Span(wait.told_on + DAY, act.on))
        walk.say("申请人缴清信息处理费：{day}，{told_on} 的次日到这一天不计，答复期限继续", act, told_on=wait.told_on)


def lapse_payment(walk: Walk, act: Act) -> None:
    """逾期未缴费 — confirmed after the applicant's last day, and closed (收费办法 第六条)."""
    if walk.payment is None:
        raise LawError("没有等着缴费的收费通知，不能确认逾期未缴费")
    _lapse(walk, act, walk.payment, Outcome.FEE_OVERDUE)


def narrow(walk: Walk, act: Act) -> None:
    """缩小范围 — a part is withdrawn; the rest is the same request, and no clock moves (条例 第二十九条)."""
    walk.say("{day} 申请人缩小申请范围，答复期限不变", act)


def refund(walk: Walk, act: Act) -> None:
    """退费 — no more than was received; no clock moves (条例 第四十二条第一款)."""
    assert act.amount is not None
    if act.amount > walk.money:
        raise LawError("退还 {amount} 元，多于已经收的 {money} 元，请核对", amount=act.amount, money=walk.money)
    walk.payments.append(Payment(act.on, -act.amount))
    walk.say("{day} 退还信息处理费 {amount} 元", act, amount=act.amount)


def suspend(walk: Walk, act: Act) -> None:
    """中止计算 — days of a disaster, both ends included; the stricter count goes on (民法典 第一百八十条第二款)."""
    assert act.until is not None
    walk.suspensions.append(Span(act.on, act.until))
    said = "因不可抗力，{day} 至 {until} 不计入答复期限；条例没有写明这一点，从严计算时照计"
    walk.say(said, act, until=act.until)
