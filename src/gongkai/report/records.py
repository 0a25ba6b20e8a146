"""办理记录 — what a body did, as plain records from which the figures of its report are counted (条例 第五十条).

A record holds the facts that decide where it counts, and an id by which a figure can be opened down to it. Dates are
days; `None` means that it has not happened. A record that contradicts itself is refused when it is made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from gongkai.law.requests.course import Course
from gongkai.law.terms import AnswerKind, ApplicantKind, Outcome, RemedyEnding, RemedyKind


class RecordError(ValueError):
    """记录有误 — a record that contradicts itself, in one sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class Record(Protocol):
    """办理记录 — anything that counts: it has an id (条例 第四十五条)."""

    @property
    def id(self) -> str:
        """编号 — unique among the records of its kind."""


class DocumentKind(StrEnum):
    """文件种类 — the rows of 表二 for documents (条例 第二十条第一项)."""

    REGULATIONS = "regulations"
    NORMATIVE_DOCUMENTS = "normative_documents"


class EndReason(StrEnum):
    """失去效力的原因 — why a document is no longer in force: 废止, 宣布失效, 期满 (条例 第二十条第一项)."""

    REPEALED = "repealed"
    DECLARED_INVALID = "declared_invalid"
    EXPIRED = "expired"


class Power(StrEnum):
    """行政职权 — the rows of 表二 for decisions and for items of the catalogue (条例 第二十条第五、六、八项)."""

    LICENSING = "licensing"
    OTHER_SERVICES = "other_services"
    PENALTIES = "penalties"
    COERCION = "coercion"
    FEES = "fees"


class EventKind(StrEnum):
    """办理环节 — what happened to a request on its way to an answer (条例 第三十条至第三十五条).

    No event changes where a request counts: it is told what was asked, and why an answer came late.
    """

    CORRECTION_ASKED = "correction_asked"
    CORRECTED = "corrected"
    CONSULTATION_BEGUN = "consultation_begun"
    CONSULTATION_ENDED = "consultation_ended"
    EXTENDED = "extended"
    FEE_ASKED = "fee_asked"
    FEE_PAID = "fee_paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class NormativeDocument:
    """规章、行政规范性文件 — one document in force or once in force (条例 第二十条第一项).

    `is_lead`: the body owns its 发文字号; a joint document counts at that body only (条例 第十条第三款).
    """

    id: str
    kind: DocumentKind
    made_on: date
    number: str | None = None
    is_lead: bool = True
    disclosed_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None

    def __post_init__(self) -> None:
        _together(self.id, self.ended_on, self.end_reason)
        _in_order(self.id, self.made_on, self.ended_on)
        _in_order(self.id, self.made_on, self.disclosed_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """处理决定 — one decision of 许可, 处罚 or 强制, published or not (条例 第二十条第五、六项).

    `count` many where another system sums them; `is_refusal`: 不予许可.
    """

    id: str
    power: Power
    decided_on: date
    count: int = 1
    is_refusal: bool = False

    def __post_init__(self) -> None:
        if self.power is Power.FEES:
            raise RecordError("{id}：行政事业性收费没有处理决定，请登记为收费记录", id=self.id)
        if self.count < 0:
            raise RecordError("{id}：决定数量 {count} 小于 0", id=self.id, count=self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueItem:
    """事项 — one item of the catalogue of powers or fees, which the 2019 edition counts (条例 第二十条; 年报表二)."""

    id: str
    power: Power
    listed_on: date
    delisted_on: date | None = None

    def __post_init__(self) -> None:
        _in_order(self.id, self.listed_on, self.delisted_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeReceipt:
    """行政事业性收费 — money collected, in 元 (条例 第二十条第八项)."""

    id: str
    collected_on: date
    amount: Decimal

    def __post_init__(self) -> None:
        _money(self.id, self.amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """政府集中采购 — one project and its amount in 元, which the 2019 edition counts (条例 第二十条第九项)."""

    id: str
    purchased_on: date
    amount: Decimal

    def __post_init__(self) -> None:
        _money(self.id, self.amount)


@dataclass(frozen=True, slots=True)
class Event:
    """办理环节 — one step on one day (条例 第三十条至第三十五条)."""

    kind: EventKind
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """政府信息公开申请 — one request: who asked, when it was received, how it was answered (条例 第三十六条).

    `outcome`: the row of 表三 where the answer alone does not tell it, as for a request that was merged.
    """

    id: str
    applicant: ApplicantKind
    received_on: date
    events: tuple[Event, ...] = ()
    answer: AnswerKind | None = None
    outcome: Outcome | None = None
    closed_on: date | None = None

    def __post_init__(self) -> None:
        _together(self.id, self.closed_on, self.answer or self.outcome)
        _in_order(self.id, self.received_on, self.closed_on)

    @classmethod
    def of(cls, course: Course) -> Application | None:
        """由办理行为得出 — as the acts of a request have it; None where it counts nowhere (条例 第三十一条)."""
        if course.received_on is None or not course.is_counted:
            return None
        cell = course.cell
        return cls(
            id=course.id,
            applicant=course.applicant,
            received_on=course.received_on,
            outcome=cell.row if cell else None,
            closed_on=cell.closed_on if cell else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """行政复议、行政诉讼 — one case about disclosure work (条例 第五十一条).

    `is_original_actor`: false where the body stands in a suit only as the reconsideration organ; then the original
    actor alone counts the case (国办公开办函 2016 年 201 号).
    """

    id: str
    kind: RemedyKind
    filed_on: date
    is_original_actor: bool = True
    ending: RemedyEnding | None = None
    decided_on: date | None = None

    def __post_init__(self) -> None:
        _together(self.id, self.decided_on, self.ending)
        _in_order(self.id, self.filed_on, self.decided_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """办理记录 — all that one body has on file, of any years, in any order (条例 第四十五条)."""

    documents: Sequence[NormativeDocument] = ()
    decisions: Sequence[Decision] = ()
    items: Sequence[CatalogueItem] = ()
    fees: Sequence[FeeReceipt] = ()
    purchases: Sequence[Purchase] = ()
    applications: Sequence[Application] = ()
    remedies: Sequence[Remedy] = ()

    def __post_init__(self) -> None:
        for kind in fields(self):
            records: Sequence[Record] = getattr(self, kind.name)
            for number, times in Counter(record.id for record in records).most_common(1):
                if times > 1:
                    raise RecordError("编号 {id} 用了 {times} 次，同一类记录的编号不能重复", id=number, times=times)


def _together(number: str, day: date | None, what: object) -> None:
    if (day is None) != (what is None):
        raise RecordError("{id}：结果和日期要么都有，要么都没有", id=number)


def _in_order(number: str, first: date, then: date | None) -> None:
    if then is not None and then < first:
        raise RecordError("{id}：{then} 早于 {first}，后一步不能早于前一步", id=number, then=then, first=first)


def _money(number: str, amount: Decimal) -> None:
    if not amount.is_finite() or amount < 0:
        raise RecordError("{id}：金额 {amount} 应当是不小于 0 的数", id=number, amount=amount)
