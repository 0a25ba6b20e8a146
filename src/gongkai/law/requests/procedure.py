"""依申请公开程序 — who may do what with a request where it stands, as one table (条例 第二十九条至第四十条).

The state follows from the acts and is not stored; consultations are threads beside it. What an act does to the clocks
is in `moving` and `ending`; a test holds this table against them.
"""

from __future__ import annotations

from gongkai.law import steps
from gongkai.law.requests.acts import THREADS
from gongkai.law.requests.acts import RequestAct as Act
from gongkai.law.requests.states import Position
from gongkai.law.roles import Role
from gongkai.law.terms import Term


class RequestNeed(Term):
    """条件 — what a step with a request requires beside the right role (条例 第三十条至第四十条)."""

    ANOTHER_PERSON = "another_person", "不得与提出的是同一人", "条例 第十七条第一款"
    CHANNEL = "channel", "写明接收渠道和日期", "条例 第三十一条"
    ONCE = "once", "只能告知一次", "条例 第三十条"
    ITEMS = "items", "写明需要补正的事项和合理期限", "条例 第三十条"
    DELIVERED = "delivered", "有送达的证明", "条例 第三十条"
    PERIOD_OVER = "period_over", "申请人的期限已经届满", "条例 第三十条"
    GOOD_REASON = "good_reason", "申请人有正当理由", "条例 第三十条"
    CASES = "cases", "附上申请的清单", "条例 第三十五条"
    CONSENT = "consent", "申请人同意", "条例 第三十六条第（五）项"
    PUBLIC_NOTICE = "public_notice", "已经公告", "条例 第二十八条"
    PERIOD_RUNS = "period_runs", "答复期限还没有届满", "条例 第三十三条第二款"
    AMOUNT = "amount", "写明金额和计算", "收费办法 第六条"
    GROUNDS = "grounds", "写明答复种类、依据和事实", "条例 第三十六条"
    REASON = "reason", "写明理由", "条例 第三十六条第（三）项"
    WHOLE = "whole", "分出的一件收到了，还没有办结", "条例 第二十九条第二款第（二）项"
    HOST = "host", "并入的一件也在办理", "年报格式"
    ORDER = "order", "有复议决定、判决，或者自行纠正的决定", "条例 第五十一条"


NEED = RequestNeed
_CLERK = frozenset({Role.CLERK})
_OFFICE = frozenset({Role.DISCLOSURE_OFFICE})
_HEAD = frozenset({Role.OFFICE_HEAD})
_BOTH = _CLERK | _OFFICE
_ANY = frozenset(Position)
_AT_WORK = frozenset(
    {
        Position.REGISTERED,
        Position.AWAITING_REASONS,
        Position.HANDLING,
        Position.IN_REVIEW,
        Position.IN_APPROVAL,
        Position.APPROVED,
    }
)
_WAITING = frozenset({Position.AWAITING_CORRECTION, Position.AWAITING_PAYMENT})
_RECEIVED = _AT_WORK | _WAITING
_OPEN = _RECEIVED | {Position.UNCONFIRMED}
_ENDED = frozenset({Position.CLOSED, Position.ARCHIVED})


def _step(
    act: Act,
    sources: frozenset[Position],
    target: Position | None,
    roles: frozenset[Role],
    *needs: RequestNeed,
    signed_by: frozenset[Role] = frozenset(),
) -> Step:
    return Step(act, sources, target, roles, frozenset(needs), signed_by)


def _at(*positions: Position) -> frozenset[Position]:
    return frozenset(positions)


Step = steps.Step[Act, Position, RequestNeed]
"""一步 — a step of this procedure (条例 第二十九条)."""

STEPS: dict[Act, Step] = {
    step.act: step
    for step in (
        _step(Act.SUBMIT, _at(), None, _CLERK, NEED.CHANNEL),
        _step(Act.REGISTER, _at(), None, _CLERK, NEED.CHANNEL),
        _step(Act.CONFIRM, _at(Position.UNCONFIRMED), Position.REGISTERED, _CLERK),
        _step(
            Act.NOT_A_REQUEST,
            _at(Position.UNCONFIRMED, Position.REGISTERED),
            Position.VOID,
            _CLERK,
            NEED.REASON,
            signed_by=_OFFICE,
        ),
        _step(
            Act.ASK_CORRECTION,
            _RECEIVED,
            Position.AWAITING_CORRECTION,
            _OFFICE,
            NEED.ONCE,
            NEED.ITEMS,
            signed_by=_OFFICE | _HEAD,
        ),
        _step(Act.CORRECTED, _at(Position.AWAITING_CORRECTION), None, _CLERK),
        _step(
            Act.LAPSE_CORRECTION,
            _at(Position.AWAITING_CORRECTION),
            Position.CLOSED,
            _CLERK,
            NEED.PERIOD_OVER,
            NEED.DELIVERED,
            signed_by=_OFFICE,
        ),
        _step(Act.ACCEPT_LATE_CORRECTION, _ENDED, None, _OFFICE, NEED.GOOD_REASON),
        _step(Act.ASK_REASONS, _RECEIVED, None, _OFFICE, NEED.CASES, signed_by=_HEAD),
        _step(Act.SET_REASONABLE_DELAY, _RECEIVED, None, _HEAD, NEED.PERIOD_RUNS),
        _step(Act.CONSULT, _RECEIVED, None, _BOTH, signed_by=_OFFICE),
        _step(Act.CONSULT_DELIVERED, _RECEIVED, None, _CLERK),
        _step(Act.OPINION, _RECEIVED, None, _CLERK),
        _step(Act.EXTEND, _RECEIVED, None, _CLERK, NEED.PERIOD_RUNS, NEED.REASON, signed_by=_HEAD),
        _step(Act.FEE_NOTICE, _RECEIVED, None, _BOTH, NEED.AMOUNT, signed_by=_HEAD),
        # Whoever owes a correction too is asked for that first, and may pay meanwhile.
        _step(Act.PAID, _WAITING, None, _CLERK),
        _step(
            Act.LAPSE_PAYMENT,
            _WAITING,
            Position.CLOSED,
            _CLERK,
            NEED.PERIOD_OVER,
            NEED.DELIVERED,
            signed_by=_OFFICE,
        ),
        _step(
            Act.PROPOSE,
            _at(Position.REGISTERED, Position.HANDLING, Position.AWAITING_REASONS),
            Position.IN_REVIEW,
            _CLERK,
            NEED.GROUNDS,
        ),
        _step(
            Act.REVIEW,
            _at(Position.IN_REVIEW),
            Position.IN_APPROVAL,
            _OFFICE | {Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER},
            NEED.ANOTHER_PERSON,
        ),
        _step(
            Act.RETURN,
            _at(Position.IN_REVIEW, Position.IN_APPROVAL, Position.APPROVED),
            Position.HANDLING,
            _OFFICE | {Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER},
            NEED.REASON,
        ),
        _step(Act.APPROVE, _at(Position.IN_APPROVAL), Position.APPROVED, _HEAD, NEED.ANOTHER_PERSON),
        _step(Act.DELIVER, _RECEIVED, Position.CLOSED, _CLERK, NEED.DELIVERED),
        _step(Act.WITHDRAW, _OPEN, Position.CLOSED, _CLERK),
        _step(Act.CEASE, _OPEN, Position.CLOSED, _OFFICE, NEED.REASON, signed_by=_HEAD),
        _step(Act.MERGE, _RECEIVED, None, _OFFICE, NEED.HOST, signed_by=_HEAD),
        _step(Act.SPLIT, _at(), None, _OFFICE, NEED.WHOLE, NEED.REASON),
        _step(Act.NARROW, _RECEIVED, None, _CLERK),
        _step(Act.HAND_OVER, _RECEIVED | _ENDED, None, _OFFICE, NEED.CONSENT),
        _step(Act.REFUND, _RECEIVED | _ENDED, None, _CLERK, NEED.AMOUNT, NEED.REASON),
        _step(Act.SUSPEND_ALL, _OPEN, None, _HEAD, NEED.PUBLIC_NOTICE, NEED.REASON),
        _step(Act.CORRECT_RECORD, _ANY, None, _BOTH, NEED.REASON, signed_by=_OFFICE | _HEAD),
        _step(Act.REOPEN, _ENDED, Position.HANDLING, _OFFICE | _HEAD, NEED.ORDER),
        _step(Act.ARCHIVE, _at(Position.CLOSED), Position.ARCHIVED, _OFFICE),
    )
}
"""步骤表 — every step of the procedure (条例 第二十九条至第四十条)."""

WHO = {"office": "本机关", "applicant": "申请人"}

PROCEDURE = steps.Procedure(
    code="requests",
    label="依申请公开",
    provision="条例 第二十九条",
    states=tuple(Position),
    steps=STEPS,
    waits_for={position: WHO[position.waits_for] for position in Position if position.waits_for in WHO},
    is_stored=False,
    threads=THREADS,
)
"""依申请公开程序 — as a value, for what walks, prints or permits every procedure (条例 第二十九条)."""
