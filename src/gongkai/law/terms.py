"""法律用语 — the words of the law as enums: short codes for the database, statutory labels and provisions for people.

Values are those of the report's addresses (条例 第五十条; 年报格式 表三、表四), so that records tally without a map.
"""

from __future__ import annotations

from enum import StrEnum

from gongkai.law.sources import Provision


class Term(StrEnum):
    """法律用语 — a code with its statutory `label` and the `provision` that it stands on."""

    label: str
    provision: Provision

    def __new__(cls, value: str, label: str = "", provision: str = "") -> Term:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.provision = label, Provision.parse(provision)
        return member


class ApplicantKind(Term):
    """申请人类别 — who asks (条例 第二十七条; 年报格式 表三 各栏).

    A lawyer acting for a person counts as that person.
    """

    NATURAL_PERSON = "natural_person", "自然人", "条例 第二十七条"
    BUSINESS = "business", "商业企业", "条例 第二十七条"
    RESEARCH = "research", "科研机构", "条例 第二十七条"
    PUBLIC_INTEREST = "public_interest", "社会公益组织", "条例 第二十七条"
    LEGAL_SERVICES = "legal_services", "法律服务机构", "条例 第二十七条"
    OTHER_ORGANIZATIONS = "other_organizations", "其他", "条例 第二十七条"


class Outcome(Term):
    """办理结果 — how a request was closed (条例 第三十六条; 年报格式 表三 第三项). One request has exactly one."""

    GRANTED = "granted", "予以公开", "条例 第三十六条第（二）项"
    PARTLY_GRANTED = "partly_granted", "部分公开", "条例 第三十七条"
    STATE_SECRET = "refused.state_secret", "属于国家秘密", "条例 第十四条"
    PROHIBITED_BY_LAW = "refused.prohibited_by_law", "其他法律行政法规禁止公开", "条例 第十四条"
    SECURITY_AND_STABILITY = "refused.security_and_stability", "危及“三安全一稳定”", "条例 第十四条"
    THIRD_PARTY_RIGHTS = "refused.third_party_rights", "保护第三方合法权益", "条例 第十五条"
    INTERNAL_AFFAIRS = "refused.internal_affairs", "属于三类内部事务信息", "条例 第十六条第一款"
    DELIBERATIVE_PROCESS = "refused.deliberative_process", "属于四类过程性信息", "条例 第十六条第二款"
    ENFORCEMENT_FILE = "refused.enforcement_file", "属于行政执法案卷", "条例 第十六条第二款"
    ADMINISTRATIVE_INQUIRY = "refused.administrative_inquiry", "属于行政查询事项", "条例 第三十六条第（七）项"
    NOT_HELD = "unable.not_held", "本机关不掌握相关政府信息", "条例 第三十六条第（四）项"
    NEEDS_CREATION = "unable.needs_creation", "没有现成信息需要另行制作", "条例 第三十八条"
    STILL_UNCLEAR = "unable.still_unclear", "补正后申请内容仍不明确", "条例 第三十条"
    PETITION = "not_processed.petition", "信访举报投诉类申请", "条例 第三十九条第一款"
    REPEATED = "not_processed.repeated", "重复申请", "条例 第三十六条第（六）项"
    PUBLICATION = "not_processed.publication", "要求提供公开出版物", "条例 第三十九条第二款"
    UNJUSTIFIED_MASS = "not_processed.unjustified_mass", "无正当理由大量反复申请", "条例 第三十五条"
    RECONFIRMATION = "not_processed.reconfirmation", "要求行政机关确认或重新出具已获取信息", "年报格式"
    CORRECTION_OVERDUE = (
        "other_handling.correction_overdue",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "条例 第三十条",
    )
    FEE_OVERDUE = (
        "other_handling.fee_overdue",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "收费办法 第六条",
    )
    OTHER = "other_handling.other", "其他", "年报格式"


class AnswerKind(Term):
    """答复种类 — the answers that close a request (条例 第三十五条至第三十九条).

    `outcome`: the row of 表三 in which each counts (年报格式).
    `WITHDRAWN`, `MERGED`: no provision names them; by practice they count in （六）其他处理 3.其他.
    """

    outcome: Outcome

    def __new__(cls, value: str, label: str = "", provision: str = "", outcome: Outcome = Outcome.OTHER) -> AnswerKind:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label, member.provision, member.outcome = label, Provision.parse(provision), outcome
        return member

    ALREADY_PUBLIC = "already_public", "已主动公开，告知获取途径", "条例 第三十六条第（一）项", Outcome.GRANTED
    GRANTED = "granted", "予以公开", "条例 第三十六条第（二）项", Outcome.GRANTED
    PARTLY_GRANTED = "partly_granted", "部分公开", "条例 第三十七条", Outcome.PARTLY_GRANTED
    STATE_SECRET = "state_secret", "不予公开（国家秘密）", "条例 第十四条", Outcome.STATE_SECRET
    PROHIBITED_BY_LAW = (
        "prohibited_by_law",
        "不予公开（法律、行政法规禁止）",
        "条例 第十四条",
        Outcome.PROHIBITED_BY_LAW,
    )
    SECURITY_AND_STABILITY = (
        "security_and_stability",
        "不予公开（危及三安全一稳定）",
        "条例 第十四条",
        Outcome.SECURITY_AND_STABILITY,
    )
    THIRD_PARTY_RIGHTS = "third_party_rights", "不予公开（第三方权益）", "条例 第十五条", Outcome.THIRD_PARTY_RIGHTS
    INTERNAL_AFFAIRS = "internal_affairs", "不予公开（内部事务信息）", "条例 第十六条第一款", Outcome.INTERNAL_AFFAIRS
    DELIBERATIVE_PROCESS = (
        "deliberative_process",
        "不予公开（过程性信息）",
        "条例 第十六条第二款",
        Outcome.DELIBERATIVE_PROCESS,
    )
    ENFORCEMENT_FILE = "enforcement_file", "不予公开（行政执法案卷）", "条例 第十六条第二款", Outcome.ENFORCEMENT_FILE
    SPECIAL_ACCESS = (
        "special_access",
        "依照有关法律、行政法规的规定办理（工商、不动产登记资料等）",
        "条例 第三十六条第（七）项",
        Outcome.ADMINISTRATIVE_INQUIRY,
    )
    NOT_EXISTING = "not_existing", "政府信息不存在", "条例 第三十六条第（四）项", Outcome.NOT_HELD
    NOT_THIS_BODY = "not_this_body", "不属于本机关负责公开", "条例 第三十六条第（五）项", Outcome.NOT_HELD
    NEEDS_CREATION = "needs_creation", "需要加工、分析，不予提供", "条例 第三十八条", Outcome.NEEDS_CREATION
    STILL_UNCLEAR = "still_unclear", "补正后申请内容仍不明确", "条例 第三十条", Outcome.STILL_UNCLEAR
    PETITION = "petition", "信访、投诉、举报等，不作为政府信息公开申请处理", "条例 第三十九条第一款", Outcome.PETITION
    REPEATED = "repeated", "重复申请，不予重复处理", "条例 第三十六条第（六）项", Outcome.REPEATED
    PUBLICATION = "publication", "公开出版物，告知获取途径", "条例 第三十九条第二款", Outcome.PUBLICATION
    UNJUSTIFIED_MASS = (
        "unjustified_mass",
        "无正当理由大量反复申请",
        "条例 第三十五条",
        Outcome.UNJUSTIFIED_MASS,
    )
    RECONFIRMATION = "reconfirmation", "不予确认或者重新出具", "年报格式", Outcome.RECONFIRMATION
    CORRECTION_OVERDUE = "correction_overdue", "逾期不补正，不再处理", "条例 第三十条", Outcome.CORRECTION_OVERDUE
    FEE_OVERDUE = "fee_overdue", "逾期未缴费，不再处理", "收费办法 第六条", Outcome.FEE_OVERDUE
    WITHDRAWN = "withdrawn", "申请人撤回", "年报格式", Outcome.OTHER
    MERGED = "merged", "并入另一件申请办理", "年报格式", Outcome.OTHER
    OTHER = "other", "其他", "年报格式", Outcome.OTHER


class Channel(Term):
    """接收渠道 — how a request came in; the provision decides its day of receipt (条例 第三十一条)."""

    IN_PERSON = "in_person", "当面提交", "条例 第三十一条第（一）项"
    MAIL = "mail", "邮寄（需签收）", "条例 第三十一条第（二）项"
    LETTER = "letter", "平常信函（无需签收）", "条例 第三十一条第（二）项"
    INTERNET = "internet", "互联网渠道", "条例 第三十一条第（三）项"
    EMAIL = "email", "电子邮件", "条例 第三十一条第（三）项"
    FAX = "fax", "传真", "条例 第三十一条第（三）项"

    @property
    def is_confirmed(self) -> bool:
        """以确认之日为收到之日 — receipt is the day on which both sides confirm it (条例 第三十一条)."""
        return self not in (Channel.IN_PERSON, Channel.MAIL)


class RemedyKind(Term):
    """救济途径 — the three groups of 表四 (条例 第五十一条)."""

    RECONSIDERATION = "reconsideration", "行政复议", "条例 第五十一条"
    LITIGATION_DIRECT = "litigation_direct", "未经复议直接起诉", "条例 第五十一条"
    LITIGATION_AFTER_RECONSIDERATION = "litigation_after_reconsideration", "复议后起诉", "条例 第五十一条"


# Articles as they stand in the texts of https://github.com/LawRefBook/Laws, folder 诉讼与非诉讼程序法: 行政复议法 of
# 2023-09-01, 行政诉讼法 of 2017-06-27. No article of the latter has 驳回起诉 of its own; 第五十一条第二款 has 不予立案.
class RemedyEnding(Term):
    """结案方式 — how a reconsideration or a suit ended (行政复议法; 行政诉讼法)."""

    UPHELD = "upheld", "维持", "行政复议法 第六十八条"
    CLAIMS_DISMISSED = "claims_dismissed", "驳回请求", "行政复议法 第六十九条"
    QUASHED = "quashed", "撤销或者部分撤销", "行政复议法 第六十四条第一款"
    VARIED = "varied", "变更", "行政复议法 第六十三条第一款"
    ORDERED_TO_PERFORM = "ordered_to_perform", "责令履行", "行政复议法 第六十六条"
    DECLARED_UNLAWFUL = "declared_unlawful", "确认违法或者无效", "行政复议法 第六十五条"
    APPLICATION_REJECTED = "application_rejected", "驳回行政复议申请或者不予受理", "行政复议法 第三十三条"
    SUIT_REJECTED = "suit_rejected", "驳回起诉或者不予立案", "行政诉讼法 第五十一条第二款"
    WITHDRAWN = "withdrawn", "撤回或者撤诉", "行政复议法 第四十一条第（一）项"
    MEDIATED = "mediated", "调解或者和解", "行政复议法 第七十三条第一款"
    TERMINATED = "terminated", "终止", "行政复议法 第四十一条"


class RemedyOutcome(Term):
    """救济结果 — the four results of 表四 (年报格式)."""

    UPHELD = "upheld", "结果维持", "年报格式"
    CORRECTED = "corrected", "结果纠正", "年报格式"
    OTHER = "other", "其他结果", "年报格式"
    PENDING = "pending", "尚未审结", "年报格式"
