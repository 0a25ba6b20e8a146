"""办理记录 — generated records of one body over three years, crowded on the days where years meet (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from gongkai.law.terms import AnswerKind, ApplicantKind, RemedyEnding, RemedyKind
from gongkai.report.records import (
    Application,
    CatalogueItem,
    Decision,
    DocumentKind,
    EndReason,
    FeeReceipt,
    NormativeDocument,
    Power,
    Purchase,
    Records,
    Remedy,
)

EDGES = [date(year, *day) for year in (2022, 2023, 2024) for day in ((1, 1), (1, 2), (12, 30), (12, 31))]
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2022, 1, 1), date(2024, 12, 31)))
MONEY = st.decimals(0, 10**9, places=2)
MOST = 6


Drawn = dict[str, Any]
NO_SPAN: st.SearchStrategy[Drawn] = st.just({})


def span(first: str, last: str, **how: st.SearchStrategy[Any]) -> st.SearchStrategy[Drawn]:
    """起止 — a first day, and, if it has ended, a later or equal last day and how it ended."""

    def ordered(days: tuple[date, date | None], ending: Drawn) -> Drawn:
        start, end = days
        return {first: start} if end is None else {first: min(start, end), last: max(start, end), **ending}

    return st.builds(ordered, st.tuples(DAYS, st.one_of(st.none(), DAYS)), st.fixed_dictionaries(how))


def filed(make: Callable[..., Any], dates: st.SearchStrategy[Drawn], **rest: st.SearchStrategy[Any]) -> Any:
    """编号 — a few records, each with an id of its own."""
    drawn = st.lists(st.tuples(dates, st.fixed_dictionaries(rest)), max_size=MOST)
    return drawn.map(lambda many: [make(id=f"R{n:02}", **when, **what) for n, (when, what) in enumerate(many)])


def document(*, shown_on: date | None, **rest: Any) -> NormativeDocument:
    """文件 — a document that was disclosed, if at all, on the day it was made or later."""
    return NormativeDocument(disclosed_on=shown_on and max(shown_on, rest["made_on"]), **rest)


DOCUMENTS = filed(
    document,
    span("made_on", "ended_on", end_reason=st.sampled_from(EndReason)),
    kind=st.sampled_from(DocumentKind),
    is_lead=st.booleans(),
    shown_on=st.one_of(st.none(), DAYS),
)
DECISIONS = filed(
    Decision,
    NO_SPAN,
    power=st.sampled_from([power for power in Power if power is not Power.FEES]),
    decided_on=DAYS,
    count=st.integers(1, 5),
    is_refusal=st.booleans(),
)
ITEMS = filed(CatalogueItem, span("listed_on", "delisted_on"), power=st.sampled_from(Power))
FEES = filed(FeeReceipt, NO_SPAN, collected_on=DAYS, amount=MONEY)
PURCHASES = filed(Purchase, NO_SPAN, purchased_on=DAYS, amount=MONEY)
APPLICATIONS = filed(
    Application,
    span("received_on", "closed_on", answer=st.sampled_from(AnswerKind)),
    applicant=st.sampled_from(ApplicantKind),
)
REMEDIES = filed(
    Remedy,
    span("filed_on", "decided_on", ending=st.sampled_from(RemedyEnding)),
    kind=st.sampled_from(RemedyKind),
    is_original_actor=st.booleans(),
)

RECORDS = st.builds(
    Records,
    documents=DOCUMENTS,
    decisions=DECISIONS,
    items=ITEMS,
    fees=FEES,
    purchases=PURCHASES,
    applications=APPLICATIONS,
    remedies=REMEDIES,
)
