"""办理行为 — what may happen to a request, each on a day: the only facts that its law is derived from (条例 第四章)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongkai.law.errors import LawError
from gongkai.law.terms import AnswerKind, ApplicantKind, Channel, Term


class RequestAct(Term):
    """办理行为 — one kind of dated act; its day is the one that the law counts from (条例 第二十九条至第四十条)."""

    SUBMIT = "submit", "提交申请", "条例 第二十九条第一款"
    REGISTER = "register", "登记申请", "条例 第二十九条第一款"
    CONFIRM = "confirm", "双方确认", "条例 第三十一条"
    NOT_A_REQUEST = "not_a_request", "认定不是申请件", "条例 第二十七条"
    ASK_CORRECTION = "ask_correction", "送达补正告知书", "条例 第三十条"
    CORRECTED = "corrected", "收到补正", "条例 第三十条"
    LAPSE_CORRECTION = "lapse_correction", "确认逾期不补正", "条例 第三十条"
    ACCEPT_LATE_CORRECTION = "accept_late_correction", "有正当理由，接受逾期补正", "条例 第三十条"
    ASK_REASONS = "ask_reasons", "要求说明理由", "条例 第三十五条"
    SET_REASONABLE_DELAY = "set_reasonable_delay", "确定延迟答复的合理期限", "条例 第三十五条"
    CONSULT = "consult", "发函征求意见", "条例 第三十二条"
    CONSULT_DELIVERED = "consult_delivered", "对方收到征求意见函", "条例 第三十二条"
    OPINION = "opinion", "收到意见", "条例 第三十二条"
    EXTEND = "extend", "告知延长答复", "条例 第三十三条第二款"
    FEE_NOTICE = "fee_notice", "送达收费通知", "收费办法 第六条"
    PAID = "paid", "申请人缴费", "收费办法 第六条"
    LAPSE_PAYMENT = "lapse_payment", "确认逾期未缴费", "收费办法 第六条"
    PROPOSE = "propose_answer", "提出拟办意见", "条例 第三十六条"
    REVIEW = "review", "审核通过", "条例 第十七条第一款"
    RETURN = "return", "退回重办", "条例 第十七条第一款"
    APPROVE = "approve", "批准答复", "条例 第三十六条"
    DELIVER = "deliver", "送达答复", "条例 第三十三条第二款"
    WITHDRAW = "withdraw", "申请人撤回", "年报格式"
    CEASE = "cease", "终止办理", "年报格式"
    MERGE = "merge", "并入另一件办理", "年报格式"
    SPLIT = "split", "从另一件分出", "条例 第二十九条第二款第（二）项"
    NARROW = "narrow", "申请人缩小申请范围", "条例 第二十九条第二款第（二）项"
    HAND_OVER = "hand_over", "经申请人同意转送其他机关", "条例 第三十六条第（五）项"
    REFUND = "refund", "退还信息处理费", "条例 第四十二条第一款"
    SUSPEND_ALL = "suspend_all", "因不可抗力中止计算期限", "民法典 第一百八十条第二款"
    CORRECT_RECORD = "correct_record", "更正登记", "条例 第四十五条"
    REOPEN = "reopen", "重新办理", "条例 第五十一条"
    ARCHIVE = "archive", "归档", "条例 第四十五条"


THREADS = frozenset({RequestAct.CONSULT, RequestAct.CONSULT_DELIVERED, RequestAct.OPINION})
"""征求意见的行为 — the acts that go on beside the main state, each in its thread (条例 第三十二条)."""


class Partner(Term):
    """征求意见的对象 — the person or organ that is asked; for the first two the law itself ends the wait."""

    THIRD_PARTY = "third_party", "第三方", "条例 第三十二条"
    CO_MAKER = "co_maker", "共同制作机关", "条例 第三十四条"
    OTHER_ORGAN = "other_organ", "其他机关", "条例 第三十三条第三款"
    SECRECY_AUTHORITY = "secrecy_authority", "保密行政管理部门", "条例 第十七条第三款"


ANSWERS = frozenset(AnswerKind) - {
    AnswerKind.CORRECTION_OVERDUE,
    AnswerKind.FEE_OVERDUE,
    AnswerKind.WITHDRAWN,
    AnswerKind.MERGED,
    AnswerKind.OTHER,
}
"""可以送达的答复 — lapses, withdrawals, merging and ceasing are acts, not answers (条例 第三十六条至第三十九条)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """一个办理行为 — its kind, its day, and what this kind needs beside it (条例 第三十条至第四十条).

    `workdays`: of a correction, an extension, an order. `until`: 合理期限, or the last day of a suspension. `into`: the
    id of the request that takes this one in, or under which `body` registered it. `of`: the id of the request that it
    was part of, or that `body` handed over. `amount`: 元. Of a correction of the record: `corrects` and `was_on` name
    the act, `now_on` its right day, `applicant` the right column. `is_assumed`: nobody
    said the day. LawError where one of them cannot be.
    """

    kind: RequestAct
    on: date
    channel: Channel | None = None
    workdays: int | None = None
    thread: str = ""
    partner: Partner | None = None
    amount: Decimal | None = None
    until: date | None = None
    answer: AnswerKind | None = None
    into: str = ""
    cause: str = ""
    of: str = ""
    body: str = ""
    corrects: RequestAct | None = None
    was_on: date | None = None
    now_on: date | None = None
    applicant: ApplicantKind | None = None
    is_assumed: bool = False

    def __post_init__(self) -> None:
        if self.workdays is not None and not 1 <= self.workdays <= 250:
            raise LawError("“{act}”的工作日数 {workdays} 不对，请核对", act=self.kind.label, workdays=self.workdays)
        if self.amount is not None and (not self.amount.is_finite() or self.amount < 0):
            raise LawError("“{act}”的金额 {amount} 应当是不小于 0 的数", act=self.kind.label, amount=self.amount)
        for kind, value, name in (
            (RequestAct.DELIVER, self.answer, "答复种类"),
            (RequestAct.CONSULT, self.partner, "征求意见的对象"),
            (RequestAct.SET_REASONABLE_DELAY, self.until, "合理期限到哪一天"),
            (RequestAct.MERGE, self.into, "并入哪一件"),
            (RequestAct.SPLIT, self.of, "从哪一件分出"),
            (RequestAct.HAND_OVER, self.body, "转送哪个机关"),
            (RequestAct.REFUND, self.amount, "退还的金额"),
            (RequestAct.SUSPEND_ALL, self.until, "中止到哪一天"),
            (RequestAct.CORRECT_RECORD, self.cause, "更正的理由"),
            (RequestAct.CORRECT_RECORD, self.now_on or self.applicant, "更正后的日期或者申请人类别"),
        ):
            if self.kind is kind and not value:
                raise LawError("“{act}”要写明{name}", act=kind.label, name=name)
        if self.now_on and not (self.corrects and self.was_on):
            raise LawError("“{act}”要写明更正哪一个行为、原来登记的日期", act=self.kind.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """一件申请 — its number, the column that the applicant counts in, and its acts (条例 第二十七条).

    Acts may stand in any order; those of one day are taken in the order in which they stand.
    """

    id: str
    applicant: ApplicantKind
    acts: tuple[Act, ...]

    @property
    def in_order(self) -> tuple[Act, ...]:
        """依日期 — the acts by day; those of one day keep their order."""
        return tuple(sorted(self.acts, key=lambda act: act.on))
