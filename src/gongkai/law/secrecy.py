"""保密审查的结论 — what a secrecy review may come to, and what follows for a draft of each openness (条例 第十七条).

`FOLLOWS` is the whole of it: actions ask `follows`, documents print it, tests walk it. What is missing cannot be
concluded, and `REFUSALS` says where to go instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.publishing import Act
from gongkai.law.scope import Ground, Openness
from gongkai.law.terms import Term


class Conclusion(Term):
    """审查结论 — of the secrecy review, the widest first (条例 第十七条)."""

    OPEN = "open", "公开", "条例 第十三条"
    OPEN_AFTER_CUTS = "open_after_cuts", "删减后公开", "条例 第三十七条"
    POSTPONED = "postponed", "暂缓公开", "条例 第十七条"
    ON_REQUEST = "on_request", "依申请公开", "条例 第十三条"
    CLOSED = "closed", "不予公开", "条例 第十四条"
    REFERRED = "referred", "报保密部门确定", "条例 第十七条第三款"


class Answer(Term):
    """保密部门的答复 — what the authority may answer, the widest first (条例 第十七条第三款)."""

    OPEN = "open", "公开", "条例 第十三条"
    OPEN_AFTER_CUTS = "open_after_cuts", "删减后公开", "条例 第三十七条"
    ON_REQUEST = "on_request", "依申请公开", "条例 第十三条"
    CLOSED = "closed", "不予公开", "条例 第十四条"
    STATE_SECRET = "state_secret", "属于国家秘密", "保密法 第二十四条"


class Check(Term):
    """四项检查 — of the secrecy review (条例 第十七条)."""

    LAWFUL = "lawful", "合法性", "条例 第十七条"
    ACCURATE = "accurate", "准确性", "条例 第六条"
    MAY_DISCLOSE = "may_disclose", "可公开性", "条例 第十三条"
    SECRECY = "secrecy", "保密性", "保密法 第三十五条"


class Written(Term):
    """保密审查书面记录 — its fields; all but the last three must always be written (条例 第十七条)."""

    WAY = "way", "拟公开方式", "条例 第十七条"
    SCOPE = "scope", "公开范围", "条例 第十七条"
    TIME = "time", "公开时间", "条例 第十七条"
    OUTCOME = "outcome", "审查结论", "条例 第十七条"
    GROUND = "ground", "理由和依据", "条例 第十七条"
    CLOSED_AS = "closed_as", "不主动公开的理由", "条例 第十三条"
    AGAIN_ON = "again_on", "哪一天再看", "条例 第十七条"


ALWAYS = (Written.WAY, Written.SCOPE, Written.TIME, Written.OUTCOME)
"""必填 — fields that every record holds (条例 第十七条)."""
FORBIDDEN_GROUNDS = frozenset({Ground.STATE_SECRET})
"""不能写的理由 — a conclusion names none of them: a state secret is purged, not held (保密法 第三十一条)."""


@dataclass(frozen=True, slots=True)
class Follow:
    """随后的一步 — the step that a conclusion stands for, and the openness that the item has from then on.

    `asks`: what the written record must hold beside its fields: `cuts`, `ground`, `day` (条例 第十七条).
    """

    act: Act
    openness: Openness
    asks: str = ""

    @property
    def may_be_public(self) -> bool:
        """可以公开 — whether the public may see it once the rest of the route has been gone (条例 第十三条)."""
        return self.act is Act.PASS_SECRECY and self.openness is Openness.PROACTIVE


_ANY = tuple(Openness)
FOLLOWS: dict[tuple[Conclusion, Openness], Follow] = {
    (Conclusion.OPEN, Openness.PROACTIVE): Follow(Act.PASS_SECRECY, Openness.PROACTIVE),
    (Conclusion.OPEN_AFTER_CUTS, Openness.PROACTIVE): Follow(Act.PASS_SECRECY, Openness.PROACTIVE, "cuts"),
    (Conclusion.POSTPONED, Openness.PROACTIVE): Follow(Act.POSTPONE, Openness.PROACTIVE, "day"),
    **{
        (Conclusion(decided.value), draft): Follow(Act.PASS_SECRECY, decided, "" if decided is draft else "ground")
        for decided in (Openness.ON_REQUEST, Openness.CLOSED)
        for draft in _ANY
    },
    **{(Conclusion.REFERRED, draft): Follow(Act.REFER, draft) for draft in _ANY},
}
"""结论与公开属性 — every conclusion that a draft of an openness may come to, and what follows (条例 第十七条)."""

EXPLAINED = {
    Conclusion.OPEN: "通过，送终审；终审和工作机构办完，就向社会公开。",
    Conclusion.OPEN_AFTER_CUTS: "删减要先做好：有命中的附件都换成遮盖副本，正文要删的退回修改。做好的，通过，送终审。",
    Conclusion.POSTPONED: "停在这里，到您写的那一天再提醒您审查；在此以前谁也不能公开它。",
    Conclusion.ON_REQUEST: "公开属性改为“依申请公开”，写明理由；送终审后留在本单位，不向社会公开。",
    Conclusion.CLOSED: "公开属性改为“不予公开”，写明理由；送终审后留在本单位，不向社会公开。",
    Conclusion.REFERRED: "停在这里等答复，等的日子不计入公开期限；登记答复以后，结论不能比答复更宽。",
}
"""每个结论以后怎样 — said beside the choice (条例 第十七条)."""

WIDER = "拟稿的公开属性是“{openness}”，不能在保密审查这一步改成公开。要公开，请退回，由拟稿的人改公开属性后重新审核。"
NOT_FOR_THE_PUBLIC = "拟稿的公开属性是“{openness}”，本来不向社会公开，不用暂缓。"
REFUSALS = {
    Conclusion.OPEN: WIDER,
    Conclusion.OPEN_AFTER_CUTS: WIDER,
    Conclusion.POSTPONED: NOT_FOR_THE_PUBLIC,
}
"""为什么不能这样结论 — of the pairs that `FOLLOWS` does not hold, with the way that leads on (条例 第十七条)."""


def follows(conclusion: Conclusion, openness: Openness) -> Follow | None:
    """随后的一步 — of a conclusion on a draft; None where it cannot be concluded (条例 第十七条)."""
    return FOLLOWS.get((conclusion, openness))


def conclusion_of(written: object) -> Conclusion | None:
    """认出结论 — of what a written record holds: a code, or the label that older records have; else None."""
    text = str(written or "").strip()
    return next((each for each in Conclusion if text in (each.value, each.label)), None)


def is_wider(decided: Conclusion | Answer, answer: Answer) -> bool:
    """比答复宽 — whether a conclusion, or a later answer, discloses more than was answered (条例 第十七条第三款).

    What waits or asks again discloses nothing.
    """
    widest_first = [each.value for each in Answer]
    return decided.value in widest_first and widest_first.index(decided.value) < widest_first.index(answer.value)
