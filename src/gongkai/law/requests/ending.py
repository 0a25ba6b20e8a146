"""走向办结的行为 — draft, approval, answer, withdrawal, handling again (条例 第三十六条至第四十条)."""

from __future__ import annotations

from gongkai.law.errors import LawError
from gongkai.law.requests.acts import ANSWERS, Act, RequestAct
from gongkai.law.requests.clocks import Round
from gongkai.law.requests.states import Position
from gongkai.law.requests.walk import Walk
from gongkai.law.terms import Outcome
from gongkai.law.time_limits import Clock, limit

MOVES = {
    RequestAct.PROPOSE: (
        (Position.REGISTERED, Position.HANDLING, Position.AWAITING_REASONS),
        Position.IN_REVIEW,
    ),
    RequestAct.REVIEW: ((Position.IN_REVIEW,), Position.IN_APPROVAL),
    RequestAct.RETURN: ((Position.IN_REVIEW, Position.IN_APPROVAL, Position.APPROVED), Position.HANDLING),
    RequestAct.APPROVE: ((Position.IN_APPROVAL,), Position.APPROVED),
}


def move_inside(walk: Walk, act: Act) -> None:
    """内部流转 — the draft answer from the handler to the head and back; no clock moves (条例 第三十六条)."""
    sources, target = MOVES[act.kind]
    if walk.position not in sources:
        raise LawError("现在是“{state}”，不能“{act}”", state=walk.position.label, act=act.kind.label)
    walk.stage = target


def not_a_request(walk: Walk, act: Act) -> None:
    """非申请件 — counted nowhere, whatever came before (条例 第二十七条)."""
    if walk.position not in (Position.UNCONFIRMED, Position.REGISTERED):
        raise LawError("现在是“{state}”，不能“{act}”", state=walk.position.label, act=act.kind.label)
    if walk.received_on is not None and walk.received_on.year != act.on.year:
        raise LawError("{year} 年已经计为收到，跨年的不能再认定不是申请件；请登记终止办理", year=walk.received_on.year)
    walk.stage, walk.is_closed = Position.VOID, True
    walk.say("{day} 认定不是政府信息公开申请，不计入", act)


def deliver(walk: Walk, act: Act) -> None:
    """送达答复 — the answer day closes the request in the row of its answer (条例 第三十三条)."""
    if act.answer not in ANSWERS:
        raise LawError("“{answer}”不是答复种类，请按实际情形登记", answer=act.answer.label if act.answer else "")
    walk.close(act, act.answer.outcome)


def hand_over(walk: Walk, act: Act) -> None:
    """转送 — closed as 不掌握, unless it was so answered; the other body counts anew (条例 第三十六条第（五）项)."""
    if not walk.is_closed:
        walk.close(act, Outcome.NOT_HELD)
    elif not walk.closings or walk.closings[-1].outcome is not Outcome.NOT_HELD:
        raise LawError("这件申请已经另行答复，不能再转送；重新办理的请先登记重新办理")
    walk.say("经申请人同意，{day} 转送{body}，对方自其收到之日起另行登记", act, body=act.body)


def end_otherwise(walk: Walk, act: Act) -> None:
    """撤回、终止 — closed without an answer, under 其他处理 (年报格式)."""
    walk.close(act, Outcome.OTHER)


def reopen(walk: Walk, act: Act) -> None:
    """重新办理 — by order or of one's own; a clock of its own runs from the order, what was asked before is over."""
    if not walk.is_closed:
        raise LawError("这件申请还没有办结，不能登记重新办理")
    for thread in walk.threads.values():
        thread.dropped_on = thread.dropped_on or act.on
    days = act.workdays or limit(Clock.REPLY, act.on).workdays
    walk.turn = Round(act.on, days)
    walk.is_closed, walk.stage = False, Position.HANDLING
    walk.correction = walk.payment = walk.late_round = walk.overdue_since = walk.reasons_asked_on = None
    replaces = walk.settings.reopen == "replace_same_year"
    if replaces and walk.counted and walk.counted.on.year == act.on.year:
        walk.counted = None
    walk.say("{day} 起重新办理，从次日起 {days} 个工作日以内重新答复", act, days=days)


def archive(walk: Walk, _: Act) -> None:
    """归档 — of what is closed; no date changes (条例 第四十五条)."""
    if not walk.is_closed or walk.stage is Position.ARCHIVED:
        raise LawError("只有办结的申请可以归档一次")
    walk.stage = Position.ARCHIVED
