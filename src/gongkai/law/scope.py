"""公开范围 — what is disclosed to whom, and the grounds of closing (条例 第十三条至第二十条)."""

from __future__ import annotations

from gongkai.law.terms import Term


class Openness(Term):
    """公开属性 — decided while drafting; whatever is not proactive states its ground (条例 第十三条)."""

    PROACTIVE = "proactive", "主动公开", "条例 第十三条"
    ON_REQUEST = "on_request", "依申请公开", "条例 第十三条"
    CLOSED = "closed", "不予公开", "条例 第十三条"


class Ground(Term):
    """不公开理由 — why information is not disclosed proactively, or not at all (条例 第十四条至第十六条)."""

    STATE_SECRET = "state_secret", "属于国家秘密", "条例 第十四条"
    PROHIBITED_BY_LAW = "prohibited_by_law", "法律、行政法规禁止公开", "条例 第十四条"
    SECURITY_AND_STABILITY = "security_and_stability", "危及“三安全一稳定”", "条例 第十四条"
    THIRD_PARTY_RIGHTS = "third_party_rights", "损害第三方合法权益", "条例 第十五条"
    INTERNAL_AFFAIRS = "internal_affairs", "内部事务信息", "条例 第十六条第一款"
    DELIBERATIVE_PROCESS = "deliberative_process", "过程性信息", "条例 第十六条第二款"
    ENFORCEMENT_FILE = "enforcement_file", "行政执法案卷信息", "条例 第十六条第二款"
    LIMITED_AUDIENCE = "limited_audience", "只涉及特定对象，不需要公众广泛知晓", "条例 第十九条"


class Validity(Term):
    """有效性 — the standing of a document today (条例 第二十条第（一）项)."""

    IN_FORCE = "in_force", "现行有效", "条例 第二十条第（一）项"
    NOT_YET = "not_yet", "尚未生效", "条例 第二十条第（一）项"
    AMENDED = "amended", "已修改", "条例 第二十条第（一）项"
    LAPSED = "lapsed", "已失效", "条例 第二十条第（一）项"
    REPEALED = "repealed", "已废止", "条例 第二十条第（一）项"


class Genre(Term):
    """体裁 — the fifteen kinds of official documents, and what else a county publishes (条例 第十二条)."""

    ORDER = "order", "命令", "条例 第十二条"
    DECISION = "decision", "决定", "条例 第十二条"
    PROCLAMATION = "proclamation", "公告", "条例 第十二条"
    ANNOUNCEMENT = "announcement", "通告", "条例 第十二条"
    NOTICE = "notice", "通知", "条例 第十二条"
    CIRCULAR = "circular", "通报", "条例 第十二条"
    BILL = "bill", "议案", "条例 第十二条"
    REPORT = "report", "报告", "条例 第十二条"
    PETITION = "petition", "请示", "条例 第十二条"
    REPLY = "reply", "批复", "条例 第十二条"
    OPINION = "opinion", "意见", "条例 第十二条"
    LETTER = "letter", "函", "条例 第十二条"
    MINUTES = "minutes", "纪要", "条例 第十二条"
    COMMUNIQUE = "communique", "公报", "条例 第十二条"
    RESOLUTION = "resolution", "决议", "条例 第十二条"
    PLAN = "plan", "规划计划", "条例 第十二条"
    STATISTICS = "statistics", "统计", "条例 第十二条"
    INTERPRETATION = "interpretation", "解读", "条例 第十二条"
    NEWS = "news", "动态", "条例 第十二条"
    OTHER = "other", "其他", "条例 第十二条"
