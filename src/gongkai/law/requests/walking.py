"""走一遍 — the acts of a request in order: what each does, and which cannot be (条例 第二十九条至第四十条).

What cannot be is refused with its reason and moves nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gongkai.law.errors import LawError
from gongkai.law.requests import ending, moving
from gongkai.law.requests.acts import Act, RequestAct
from gongkai.law.requests.states import Position
from gongkai.law.requests.walk import Refused, Walk
from gongkai.law.workdays import LAST_DAY

ARRIVALS = frozenset({RequestAct.SUBMIT, RequestAct.REGISTER})
BEGINNINGS = ARRIVALS | {RequestAct.SPLIT}
BEFORE_RECEIPT = BEGINNINGS | {
    RequestAct.CONFIRM,
    RequestAct.NOT_A_REQUEST,
    RequestAct.WITHDRAW,
    RequestAct.CEASE,
    RequestAct.SUSPEND_ALL,
}
# What follows from an act must still be countable.
LATEST = LAST_DAY.replace(year=LAST_DAY.year - 3)
AFTER_END = frozenset(
    {
        RequestAct.REOPEN,
        RequestAct.ARCHIVE,
        RequestAct.ACCEPT_LATE_CORRECTION,
        RequestAct.HAND_OVER,
        RequestAct.REFUND,
    }
)
AFTER_MERGING = frozenset({RequestAct.ARCHIVE, RequestAct.REFUND})

HANDLERS: Mapping[RequestAct, Callable[[Walk, Act], None]] = {
    RequestAct.SUBMIT: moving.arrive,
    RequestAct.REGISTER: moving.arrive,
    RequestAct.CONFIRM: moving.confirm,
    RequestAct.NOT_A_REQUEST: ending.not_a_request,
    RequestAct.ASK_CORRECTION: moving.ask_correction,
    RequestAct.CORRECTED: moving.corrected,
    RequestAct.LAPSE_CORRECTION: moving.lapse_correction,
    RequestAct.ACCEPT_LATE_CORRECTION: moving.accept_late_correction,
    RequestAct.ASK_REASONS: moving.ask_reasons,
    RequestAct.SET_REASONABLE_DELAY: moving.set_reasonable_delay,
    RequestAct.CONSULT: moving.consult,
    RequestAct.CONSULT_DELIVERED: moving.consult_delivered,
    RequestAct.OPINION: moving.opinion,
    RequestAct.EXTEND: moving.extend,
    RequestAct.FEE_NOTICE: moving.fee_notice,
    RequestAct.PAID: moving.paid,
    RequestAct.LAPSE_PAYMENT: moving.lapse_payment,
    RequestAct.PROPOSE: ending.move_inside,
    RequestAct.REVIEW: ending.move_inside,
    RequestAct.RETURN: ending.move_inside,
    RequestAct.APPROVE: ending.move_inside,
    RequestAct.DELIVER: ending.deliver,
    RequestAct.WITHDRAW: ending.end_otherwise,
    RequestAct.CEASE: ending.end_otherwise,
    RequestAct.NARROW: moving.narrow,
    RequestAct.HAND_OVER: ending.hand_over,
    RequestAct.REFUND: moving.refund,
    RequestAct.SUSPEND_ALL: moving.suspend,
    RequestAct.REOPEN: ending.reopen,
    RequestAct.ARCHIVE: ending.archive,
}
"""行为与处理 — merging, splitting and correcting are not here: they need more than the walk, and `lines` sees it."""


def take(walk: Walk, act: Act, handler: Callable[[Walk, Act], None] | None = None) -> bool:
    """办一步 — take an act, or keep its refusal with the reason; whether it was taken."""
    try:
        walk.calendar.require(act.on)
        if act.on > LATEST:
            raise LawError("{day} 太晚：只能算到 {last_on}，请核对年份", day=act.on, last_on=LATEST)
        _require_place(walk, act)
        (handler or HANDLERS[act.kind])(walk, act)
    except LawError as error:
        walk.refused.append(Refused(act, error.template, error.values))
        return False
    return True


def take_all(walk: Walk, acts: Sequence[Act]) -> Walk:
    """依次办 — the acts one after another, as they stand."""
    for act in acts:
        take(walk, act)
    return walk


def _require_place(walk: Walk, act: Act) -> None:
    """LawError where an act has no place: before its cause, or after the end."""
    kind = act.kind
    if walk.stage is Position.VOID:
        raise LawError("已经认定不是申请件，以后的行为不再计入")
    if walk.merged is not None and kind not in AFTER_MERGING:
        raise LawError("已经于 {day} 并入 {into}，请在那一件里办理", day=walk.merged.on, into=walk.merged.into)
    if walk.is_closed and kind not in AFTER_END:
        raise LawError("这件申请已经办结，“{act}”不能在办结以后；重新办理的请先登记重新办理", act=kind.label)
    if walk.arrived_on is None and kind not in BEGINNINGS:
        raise LawError("“{act}”（{day}）早于提交或者登记申请的日期，请核对", act=kind.label, day=act.on)
    if walk.received_on is None and kind not in BEFORE_RECEIPT:
        raise LawError("双方还没有确认收到申请，“{act}”不能在此以前；请补登确认日", act=kind.label)
