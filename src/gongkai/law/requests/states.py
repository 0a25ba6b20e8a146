"""办理状态和警示 — where a request stands, and what should not have happened to it (条例 第三十三条)."""

from __future__ import annotations

from gongkai.law.terms import Term


class Position(Term):
    """办理状态 — one main state; consultations are threads beside it (条例 第二十九条至第四十条)."""

    VOID = "void", "非申请件", "条例 第二十七条"
    UNCONFIRMED = "unconfirmed", "待确认", "条例 第三十一条"
    REGISTERED = "registered", "待登记审核", "条例 第三十一条"
    AWAITING_CORRECTION = "awaiting_correction", "待补正", "条例 第三十条"
    AWAITING_REASONS = "awaiting_reasons", "待说明理由", "条例 第三十五条"
    AWAITING_PAYMENT = "awaiting_payment", "待缴费", "收费办法 第六条"
    HANDLING = "handling", "办理中", "条例 第三十三条第二款"
    IN_REVIEW = "in_review", "待审核", "条例 第十七条第一款"
    IN_APPROVAL = "in_approval", "待审批", "条例 第三十六条"
    APPROVED = "approved", "已批准待送达", "条例 第三十六条"
    CLOSED = "closed", "已答复", "条例 第三十六条"
    ARCHIVED = "archived", "已归档", "条例 第四十五条"

    @property
    def waits_for(self) -> str:
        """轮到谁 — `office`, `applicant` or `nobody` (条例 第三十条、第三十五条)."""
        if self in (Position.VOID, Position.CLOSED, Position.ARCHIVED):
            return "nobody"
        awaiting = (Position.AWAITING_CORRECTION, Position.AWAITING_REASONS, Position.AWAITING_PAYMENT)
        return "applicant" if self in awaiting else "office"


class Mark(Term):
    """警示 — what happened though it should not have; it counts all the same (条例 第三十条至第三十三条)."""

    CORRECTION_NOTICE_LATE = "correction_notice_late", "告知补正逾期", "条例 第三十条"
    CONFIRMED_LATE = "confirmed_late", "确认过迟", "条例 第三十一条"
    TAKEN_LATE = "taken_late", "申请人逾期以后才补正，接受了", "条例 第三十条"
    PAID_LATE = "paid_late", "申请人逾期以后才缴费，接受了", "收费办法 第六条"
    PERHAPS_TAKEN_LATE = (
        "perhaps_taken_late",
        "没有写补正期限，按 10 个工作日推定，申请人可能逾期才补正，请核对告知书",
        "条例 第三十条",
    )
    FEE_NOTICE_LATE = "fee_notice_late", "答复期限届满以后才送达收费通知", "收费办法 第六条"
    LATENESS_UNKNOWN = (
        "lateness_unknown",
        "征求意见没有写对方收到日期、意见日期，这一段没有扣除，看不出答复是否逾期，请补上",
        "条例 第三十三条第三款",
    )
    ANSWERED_LATE = "answered_late", "答复逾期", "条例 第三十三条第二款"
    EXTENSION_TOLD_LATE = "extension_told_late", "告知延长过迟", "条例 第三十三条第二款"
