"""撤下的事由 — why what was public is taken back, each with its provision (条例 第六条、第十四条至第十六条)."""

from __future__ import annotations

from gongkai.law.terms import Term


class WithdrawalGround(Term):
    """撤下的事由 — chosen by the office; the public reads it in the place of what was there (条例 第六条).

    Only a penalty decision that was changed or annulled has a statutory period; for all others the law names none.
    """

    PENALTY_CHANGED = (
        "penalty_changed",
        "行政处罚决定被依法变更、撤销、确认违法或者确认无效",
        "行政处罚法 第四十八条第二款",
    )
    INACCURATE = "inaccurate", "内容有误", "条例 第六条第一款"
    THIRD_PARTY_RIGHTS = "third_party_rights", "公开会损害第三方合法权益", "条例 第十五条"
    PROHIBITED = "prohibited", "依法不得公开", "条例 第十四条"
    INTERNAL = "internal", "属于内部事务、过程性信息或者执法案卷", "条例 第十六条"
    SUPERVISION = "supervision", "主管部门督促整改", "条例 第四十七条第一款"
    DUPLICATE = "duplicate", "重复发布", "条例 第六条第一款"

    @property
    def has_period(self) -> bool:
        """有法定期限 — whether three working days run from the change (行政处罚法 第四十八条第二款)."""
        return self is WithdrawalGround.PENALTY_CHANGED
