"""答复期限 — the one clock that much can move: receipt, correction, payment, consultation, extension (条例 第三十三条).

* Receipt is decided by the channel (条例 第三十一条).
* A corrected request, and a fee that was paid, start the count anew (条例 第三十条; 收费办法 第六条).
* Consultation is left out (条例 第三十三条第三款): every day from the sending of the letter to the receipt of the
  opinion, both included; what overlaps is left out once.
* The extension is counted on from the end of the first period (条例 第三十三条第二款), once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.law.counting import Count, Deadline, Span, Step, count, merged
from gongkai.law.errors import LawError
from gongkai.law.sources import Provision, read_data
from gongkai.law.terms import Channel
from gongkai.law.time_limits import Clock, closed, count_step, in_force, limit
from gongkai.law.workdays import DAY, Calendar

RECEIPT = Provision("条例", 31)
CORRECTION = Provision("条例", 30)
CONSULTATION = Provision("条例", 33, 3)
PAYMENT = Provision("收费办法", 6)

_RECEIPT = {
    Channel.IN_PERSON: "当面提交，提交之日为收到申请之日，即 {day}，当日不计",
    Channel.MAIL: "邮寄提交，签收之日为收到申请之日，即 {day}，当日不计",
    Channel.LETTER: "平常信函无需签收，与申请人确认之日为收到申请之日，即 {day}，当日不计",
    Channel.INTERNET: "通过互联网渠道提交，双方确认之日为收到申请之日，即 {day}，当日不计",
    Channel.EMAIL: "通过电子邮件提交，双方确认之日为收到申请之日，即 {day}，当日不计",
    Channel.FAX: "通过传真提交，双方确认之日为收到申请之日，即 {day}，当日不计",
}


@dataclass(frozen=True, slots=True)
class Handling:
    """办理经过 — what bears on the reply clock of one request (条例 第三十条、第三十一条、第三十三条).

    `received_on`: the day it came in. `confirmed_on`: the day both sides confirmed it, where the channel needs that;
    when missing, `received_on` is taken for it. `corrected_on`: the corrected request came in. `paid_on`: the fee was
    paid. `consulted`: consultations, in any order. `extended`: the extension was approved and the applicant told.
    """

    received_on: date
    channel: Channel | None = None
    confirmed_on: date | None = None
    corrected_on: date | None = None
    paid_on: date | None = None
    consulted: tuple[Span, ...] = ()
    extended: bool = False


def receipt_on(handling: Handling) -> date:
    """收到申请之日 — the day that counts as receipt (条例 第三十一条). LawError when that cannot be."""
    if handling.confirmed_on is None:
        return handling.received_on
    if handling.channel and not handling.channel.is_confirmed:
        raise LawError("当面提交、邮寄的申请以提交、签收之日为准，不看确认日；请去掉确认日，或者核对接收渠道")
    _in_order(
        "双方确认的日期 {later_on} 早于收到申请的日期 {earlier_on}，请核对", handling.received_on, handling.confirmed_on
    )
    return handling.confirmed_on


def _receipt(handling: Handling) -> list[Step]:
    day = receipt_on(handling)
    if handling.channel is None:
        return [Step("收到申请：{day}，当日不计", RECEIPT, {"day": day})]
    provision = handling.channel.provision
    steps = [Step(_RECEIPT[handling.channel], provision, {"day": day})]
    if handling.channel.is_confirmed and handling.confirmed_on is None:
        steps.append(Step("没有另填确认日，按 {day} 当天已经确认计算", provision, {"day": day}))
    return steps


def correction_deadline(handling: Handling, calendar: Calendar) -> Deadline:
    """补正告知期限 — until when the applicant must be told, once, what to correct (条例 第三十条)."""
    day = receipt_on(handling)
    _require(calendar, handling.received_on, day)
    length = limit(Clock.CORRECTION, day)
    counted = count(calendar, day, length.workdays)
    steps = (*in_force(length.provision, day), *_receipt(handling), count_step(length, counted))
    return closed(Clock.CORRECTION, day, steps, calendar)


def reply_deadline(handling: Handling, calendar: Calendar, *, payment_restarts: bool | None = None) -> Deadline:
    """答复期限 — until when the request must be answered (条例 第三十三条). LawError: days that disagree.

    `payment_restarts`: whether payment starts the count anew; None takes the setting that ships.
    """
    restarts = does_payment_restart() if payment_restarts is None else payment_restarts
    received_on = receipt_on(handling)
    _check(handling, received_on, calendar)
    moves = _restarts(handling, restarts)
    start = max([received_on, *(day for day, _ in moves)])
    spans = merged(handling.consulted)
    first = limit(Clock.REPLY, received_on)
    counted = count(calendar, start, first.workdays, spans)
    counts = [count_step(first, counted)]
    if handling.extended:
        counts.append(_extension(counted, spans, calendar))
    steps = (
        *in_force(first.provision, received_on),
        *_receipt(handling),
        *(step for _, step in moves),
        *(step for span in spans for step in _consultation(span, start, calendar)),
        *counts,
    )
    result = closed(Clock.REPLY, received_on, steps, calendar)
    if spans and spans[-1].first_on > result.due_on:
        raise LawError(
            "征求意见从 {first_on} 开始，而答复期限 {due_on} 已经届满，不能再扣除；请核对日期，或者是否已经延长答复",
            first_on=spans[-1].first_on,
            due_on=result.due_on,
        )
    return result


def does_payment_restart() -> bool:
    """缴费后是否重新计算 — the setting that ships (收费办法 第六条)."""
    return bool(read_data("time_limits.toml")["settings"]["payment_restarts_reply"])


def _check(handling: Handling, received_on: date, calendar: Calendar) -> None:
    corrected_on, paid_on = handling.corrected_on, handling.paid_on
    days = (handling.received_on, received_on, corrected_on, paid_on, *(span.last_on for span in handling.consulted))
    _require(calendar, *(day for day in days if day))
    _in_order("收到补正的日期 {later_on} 早于收到申请的日期 {earlier_on}，请核对", received_on, corrected_on)
    _in_order(
        "缴费的日期 {later_on} 早于收到申请或者补正的日期 {earlier_on}，请核对", corrected_on or received_on, paid_on
    )
    for span in handling.consulted:
        _in_order(
            "征求意见的日期 {later_on} 早于收到申请的日期 {earlier_on}，请核对", handling.received_on, span.first_on
        )


def _require(calendar: Calendar, *days: date) -> None:
    for day in days:
        calendar.require(day)


def _in_order(template: str, earlier_on: date, later_on: date | None) -> None:
    if later_on and later_on < earlier_on:
        raise LawError(template, earlier_on=earlier_on, later_on=later_on)


def _restarts(handling: Handling, payment_restarts: bool) -> list[tuple[date, Step]]:
    moves = []
    if day := handling.corrected_on:
        moves.append((day, Step("收到补正后的申请：{day}，答复期限从次日起重新计算", CORRECTION, {"day": day})))
    if (day := handling.paid_on) and payment_restarts:
        moves.append((day, Step("申请人缴清信息处理费：{day}，答复期限从次日起重新计算", PAYMENT, {"day": day})))
    return moves


def _consultation(span: Span, start: date, calendar: Calendar) -> list[Step]:
    values: dict[str, object] = {"first_on": span.first_on, "last_on": span.last_on}
    if span.last_on <= start:
        return [Step("征求意见（{first_on} 至 {last_on}）在起算以前结束，不影响计算", CONSULTATION, values)]
    workdays = calendar.workdays_between(max(span.first_on, start + DAY), span.last_on)
    template = "征求意见：{first_on} 至 {last_on}，其间 {workdays} 个工作日不计入答复期限"
    steps = [Step(template, CONSULTATION, {**values, "workdays": workdays})]
    allowed = limit(Clock.THIRD_PARTY, span.first_on)
    if workdays > allowed.workdays:
        template = (
            "这次征求意见跨 {workdays} 个工作日，多于第三方的 {allowed} 个工作日：逾期未提出意见的不必再等，请核对"
        )
        steps.append(Step(template, allowed.provision, {"workdays": workdays, "allowed": allowed.workdays}))
    return steps


def _extension(first: Count, spans: tuple[Span, ...], calendar: Calendar) -> Step:
    length = limit(Clock.EXTENSION, first.last_on)
    counted = count(calendar, first.last_on, length.workdays, spans)
    template = "经政府信息公开工作机构负责人同意并告知申请人，延长 {workdays} 个工作日，到 {last_on}"
    return Step(template, length.provision, {"workdays": counted.workdays, "last_on": counted.last_on}, counted)
