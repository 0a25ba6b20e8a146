"""统计 — the figures of an annual report, counted from records, each openable to the records behind it (条例 第五十条).

The promise: whatever the records, the report balances. Every record is put under one address of a row, and every total
is counted from the same records as its parts, never added up beside them. Records that are alike in all that decides
where they count are counted together; which they are is looked up when a figure is opened.

Where no text of the law settles how something counts, it is a setting of `Counting` with the usual default.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from gongkai.law.terms import AnswerKind, Outcome, RemedyEnding, RemedyOutcome
from gongkai.report.figures import AnnualReport, Value
from gongkai.report.form import Edition, Form, OtherHandling, form
from gongkai.report.records import (
    Application,
    CatalogueItem,
    Decision,
    EndReason,
    FeeReceipt,
    NormativeDocument,
    Power,
    Purchase,
    Record,
    RecordError,
    Records,
    Remedy,
)

YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}

RESULTS: Mapping[RemedyEnding, RemedyOutcome] = {
    RemedyEnding.UPHELD: RemedyOutcome.UPHELD,
    RemedyEnding.CLAIMS_DISMISSED: RemedyOutcome.UPHELD,
    RemedyEnding.QUASHED: RemedyOutcome.CORRECTED,
    RemedyEnding.VARIED: RemedyOutcome.CORRECTED,
    RemedyEnding.ORDERED_TO_PERFORM: RemedyOutcome.CORRECTED,
    RemedyEnding.DECLARED_UNLAWFUL: RemedyOutcome.CORRECTED,
    RemedyEnding.APPLICATION_REJECTED: RemedyOutcome.OTHER,
    RemedyEnding.SUIT_REJECTED: RemedyOutcome.OTHER,
    RemedyEnding.WITHDRAWN: RemedyOutcome.OTHER,
    RemedyEnding.MEDIATED: RemedyOutcome.OTHER,
    RemedyEnding.TERMINATED: RemedyOutcome.OTHER,
}


@dataclass(frozen=True, slots=True)
class Counting:
    """统计口径 — what no text of the law settles, with the usual default (条例 第五十条).

    * `counts_refusals`: 不予许可 is a 处理决定.
    * `repeals`: the reasons that count in 本年废止; the stock in force falls by all three in any case.
    * `counts_joint`: documents of which another body owns the number count too.
    * `outcomes`: rows of 表三 where they are not the answer's own, such as where 撤回 goes.
    * `results`: columns of 表四 where they are not those of `RESULTS`, such as where 驳回起诉 goes.
    * `money_places`: decimals of money in the form's unit, rounded half up; four of 万元 are exact to the 元.
    """

    counts_refusals: bool = True
    repeals: frozenset[EndReason] = frozenset(EndReason)
    counts_joint: bool = False
    outcomes: Mapping[AnswerKind, Outcome] = field(default_factory=dict)
    results: Mapping[RemedyEnding, RemedyOutcome] = field(default_factory=dict)
    money_places: int = 4


@dataclass(frozen=True, slots=True)
class Tally:
    """统计结果 — the report, and for every address the ids of the records that it counts, in order (条例 第五十条)."""

    report: AnnualReport
    parts: Mapping[str, tuple[str, ...]]


class Parts(Mapping[str, tuple[str, ...]]):
    """数背后的编号 — by address, found when the first figure is opened; as the records were counted (条例 第五十条)."""

    def __init__(self, addresses: Sequence[str], open_all: Callable[[], Mapping[str, set[str]]]) -> None:
        self._addresses, self._open_all = dict.fromkeys(addresses), open_all

    @cached_property
    def _ids(self) -> Mapping[str, set[str]]:
        return self._open_all()

    def __getitem__(self, address: str) -> tuple[str, ...]:
        self._addresses[address]
        return tuple(sorted(self._ids.get(address, ())))

    def __iter__(self) -> Iterator[str]:
        return iter(self._addresses)

    def __len__(self) -> int:
        return len(self._addresses)


@dataclass(frozen=True, slots=True)
class Period:
    """统计期间 — from 1 January of the year to the cut date, both counted (条例 第四十九条)."""

    start: date
    cut_on: date

    def holds(self, day: date | None) -> bool:
        """期间之内 — whether the day is in the period."""
        return day is not None and self.start <= day <= self.cut_on

    def part(self, day: date | None) -> date | None:
        """在期间的哪一段 — one day for all those before the period, one for those in it, one for those after."""
        if day is None or day < self.start:
            return day and self.start - timedelta(days=1)
        return self.start if day <= self.cut_on else self.cut_on + timedelta(days=1)

    def was_open(self, began: date, ended: date | None) -> bool:
        """上年结转 — whether something began before the period and had not ended before it."""
        return began < self.start and (ended is None or ended >= self.start)

    def is_open(self, began: date, ended: date | None) -> bool:
        """结转下年 — whether something began by the cut date and had not ended by it."""
        return began <= self.cut_on and (ended is None or ended > self.cut_on)


Count = tuple[str, Decimal | int]
Counts = Callable[[Any, Period, Counting], Iterator[Count]]
_DAYS = ("date", "date | None")
_ASIDE = frozenset({"id", "number", "events"})
"""What decides nothing about where a record counts."""


def tally(
    records: Records,
    *,
    body: str,
    year: int,
    cut_on: date | None = None,
    edition: Edition | str = Edition.E2021,
    other_handling: OtherHandling | str | None = None,
    counting: Counting | None = None,
) -> Tally:
    """统计年度数据 — the figures of `body` for `year`, from 1 January to `cut_on` (条例 第五十条).

    `cut_on`: by default 31 December, else a day of the year, or RecordError. `other_handling`: by default as the
    edition prints （六）其他处理.
    """
    edition = Edition(edition)
    shape = other_handling or (OtherHandling.ROW if edition is Edition.E2019 else OtherHandling.ROWS)
    blank = form(edition, shape)
    period = Period(date(year, 1, 1), cut_on or date(year, 12, 31))
    if not period.start <= period.cut_on <= date(year, 12, 31):
        raise RecordError("统计截止日 {cut_on} 不在 {year} 年", cut_on=period.cut_on, year=year)
    counting = counting or Counting()
    groups = [_Group(kind, addresses, period, counting, shape) for kind, addresses in _counters(records) if kind]
    amounts: dict[str, Decimal | int] = defaultdict(int)
    for group in groups:
        for alike, times in Counter(group.keys()).items():
            for address, amount in group.entries(alike):
                amounts[address] += amount * times
    report = AnnualReport(
        source=body,
        edition=edition,
        figures={address: _figure(address, amounts[address], blank, counting) for address in blank.addresses},
        agency=body,
        year=year,
        title=blank.title.format(agency=body, year=year),
    )
    return Tally(report, Parts(blank.addresses, lambda: _ids(groups)))


def _counters(records: Records) -> tuple[tuple[Sequence[Record], Counts], ...]:
    return (
        (records.documents, _of_document),
        (records.decisions, _of_decision),
        (records.items, _of_item),
        (records.fees, _of_fee),
        (records.purchases, _of_purchase),
        (records.applications, _of_application),
        (records.remedies, _of_remedy),
    )


Key = tuple[object, ...]


class _PartOf(dict[date | None, date | None]):
    """The part of the period of each day that was asked for, looked up from the second time on."""

    def __init__(self, period: Period) -> None:
        super().__init__()
        self.period = period

    def __missing__(self, day: date | None) -> date | None:
        self[day] = part = self.period.part(day)
        return part


class _Group:
    """Records of one kind: those that are alike, and whose days fall into the same parts of the year, share a key."""

    def __init__(
        self, records: Sequence[Record], counts: Counts, period: Period, counting: Counting, shape: OtherHandling | str
    ) -> None:
        self.records, self._counts, self._period, self._counting, self._shape = records, counts, period, counting, shape
        kind: Any = type(records[0])
        self._kind = kind
        self._days = {each.name: each.type in _DAYS for each in fields(kind) if each.name not in _ASIDE}

    def keys(self) -> Iterator[Key]:
        """The key of each record in turn."""
        part = _PartOf(self._period).__getitem__
        columns = (map(attrgetter(name), self.records) for name in self._days)
        parts = (
            map(part, column) if is_day else column for column, is_day in zip(columns, self._days.values(), strict=True)
        )
        return zip(*parts, strict=True)

    def entries(self, key: Key) -> list[Count]:
        """Each address where records with this key count, and what one of them adds there."""
        record = self._kind(id="", **dict(zip(self._days, key, strict=True)))
        counted = self._counts(record, self._period, self._counting)
        return [(_printed(address, self._shape), amount) for address, amount in counted]


def _ids(groups: Iterable[_Group]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        alike: dict[Key, list[str]] = defaultdict(list)
        for record, key in zip(group.records, group.keys(), strict=True):
            alike[key].append(record.id)
        for key, ids in alike.items():
            for address, _ in group.entries(key):
                found[address].update(ids)
    return found


def _printed(address: str, shape: OtherHandling | str) -> str:
    """The address as the form prints it: （六）其他处理 in one row or in three."""
    table, row, *_, column = address.split(".")
    in_one = shape == OtherHandling.ROW and (table, row) == ("applications", "other_handling")
    return f"{table}.{row}.{column}" if in_one else address


def _of_document(document: NormativeDocument, period: Period, counting: Counting) -> Iterator[Count]:
    if not (document.is_lead or counting.counts_joint):
        return
    row = f"proactive.{document.kind}"
    if period.holds(document.made_on):
        yield f"{row}.made", 1
    if period.holds(document.ended_on) and document.end_reason in counting.repeals:
        yield f"{row}.repealed", 1
    if period.is_open(document.made_on, document.ended_on):
        yield f"{row}.in_force", 1
    if period.holds(document.disclosed_on):
        yield f"{row}.disclosed", 1
    if document.disclosed_on is not None and document.disclosed_on <= period.cut_on:
        yield f"{row}.disclosed_total", 1


def _of_decision(decision: Decision, period: Period, counting: Counting) -> Iterator[Count]:
    refused_licence = decision.power is Power.LICENSING and decision.is_refusal
    if period.holds(decision.decided_on) and (counting.counts_refusals or not refused_licence):
        yield f"proactive.{decision.power}.decisions", decision.count


def _of_item(item: CatalogueItem, period: Period, _: Counting) -> Iterator[Count]:
    """上一年项目数量 is the stock on the last day of the year before; 本年增/减 is what came less what went."""
    row = f"proactive.{item.power}"
    eve = period.start - timedelta(days=1)
    if item.listed_on <= eve and (item.delisted_on is None or item.delisted_on > eve):
        yield f"{row}.items_last_year", 1
    if period.holds(item.listed_on):
        yield f"{row}.items_change", 1
    if period.holds(item.delisted_on):
        yield f"{row}.items_change", -1


def _of_fee(receipt: FeeReceipt, period: Period, _: Counting) -> Iterator[Count]:
    if period.holds(receipt.collected_on):
        yield "proactive.fees.amount", receipt.amount


def _of_purchase(purchase: Purchase, period: Period, _: Counting) -> Iterator[Count]:
    if period.holds(purchase.purchased_on):
        yield "proactive.procurement.projects", 1
        yield "proactive.procurement.amount", purchase.amount


def _of_application(application: Application, period: Period, counting: Counting) -> Iterator[Count]:
    rows = []
    if period.holds(application.received_on):
        rows.append("received")
    if period.was_open(application.received_on, application.closed_on):
        rows.append("carried_in")
    if period.holds(application.closed_on):
        rows += [str(_outcome(application, counting)), "handled_total"]
    if period.is_open(application.received_on, application.closed_on):
        rows.append("carried_out")
    for row in rows:
        for address in _cells(row, application.applicant):
            yield address, 1


@cache
def _cells(row: str, column: str) -> tuple[str, str]:
    """The addresses of a row of 表三: that of the column, and that of the total."""
    return f"applications.{row}.{column}", f"applications.{row}.total"


def _outcome(application: Application, counting: Counting) -> Outcome:
    if application.outcome is not None or application.answer is None:
        return application.outcome or Outcome.OTHER
    return counting.outcomes.get(application.answer, application.answer.outcome)


def _of_remedy(remedy: Remedy, period: Period, counting: Counting) -> Iterator[Count]:
    """A case counts in the year in which it is filed and again in each later year until the year in which it ends."""
    begun = period.holds(remedy.filed_on) or period.was_open(remedy.filed_on, remedy.decided_on)
    if not remedy.is_original_actor or not begun:
        return
    result = RemedyOutcome.PENDING
    if remedy.ending is not None and period.holds(remedy.decided_on):
        result = counting.results.get(remedy.ending, RESULTS[remedy.ending])
    yield f"remedies.{remedy.kind}.{result}", 1
    yield f"remedies.{remedy.kind}.total", 1


def _figure(address: str, amount: Decimal | int, blank: Form, counting: Counting) -> Value:
    unit = blank.money.get(address)
    if unit is None:
        return int(amount)
    rounded = (Decimal(amount) / YUAN[unit]).quantize(Decimal(1).scaleb(-counting.money_places), ROUND_HALF_UP)
    return rounded.normalize() if rounded % 1 else rounded.quantize(Decimal(1))
