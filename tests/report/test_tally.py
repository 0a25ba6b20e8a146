"""统计口径 — where single records count, and what each setting changes (条例 第五十条; 年报表二、表三、表四)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongkai.law.terms import AnswerKind, ApplicantKind, Outcome, RemedyEnding, RemedyKind, RemedyOutcome
from gongkai.report.figures import Value
from gongkai.report.form import Edition
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
    RecordError,
    Records,
    Remedy,
)
from gongkai.report.tally import RESULTS, Counting, tally

YEAR = 2023
FIRST, LAST = date(YEAR, 1, 1), date(YEAR, 12, 31)
ANSWERED = Application(
    id="申1",
    applicant=ApplicantKind.BUSINESS,
    received_on=date(YEAR - 1, 12, 20),
    answer=AnswerKind.WITHDRAWN,
    closed_on=date(YEAR, 1, 10),
)
DOCUMENT = NormativeDocument(id="文1", kind=DocumentKind.NORMATIVE_DOCUMENTS, made_on=date(YEAR, 3, 1))
LICENCE = Decision(id="许1", power=Power.LICENSING, decided_on=date(YEAR, 5, 4), is_refusal=True)
SUIT = Remedy(
    id="诉1",
    kind=RemedyKind.LITIGATION_DIRECT,
    filed_on=date(YEAR - 1, 11, 1),
    ending=RemedyEnding.SUIT_REJECTED,
    decided_on=date(YEAR, 2, 1),
)


def counted(
    records: Records, counting: Counting | None = None, year: int = YEAR, edition: Edition = Edition.E2021
) -> dict[str, Value]:
    """The figures that are not 0."""
    report = tally(records, body="测试局", year=year, counting=counting, edition=edition).report
    return {address: value for address, value in report.figures.items() if value}


def test_a_request_carried_over_counts_in_the_year_of_its_answer() -> None:
    assert counted(Records(applications=[ANSWERED])) == {
        f"applications.{row}.{column}": 1
        for row in ("carried_in", "other_handling.other", "handled_total")
        for column in ("business", "total")
    }


def test_where_a_withdrawn_request_goes_is_a_setting() -> None:
    figures = counted(Records(applications=[ANSWERED]), Counting(outcomes={AnswerKind.WITHDRAWN: Outcome.NOT_HELD}))
    assert figures["applications.unable.not_held.business"] == 1


@pytest.mark.parametrize("answer", AnswerKind)
def test_every_answer_counts_in_one_row(answer: AnswerKind) -> None:
    figures = counted(Records(applications=[replace(ANSWERED, answer=answer)]))
    assert figures[f"applications.{answer.outcome}.business"] == 1
    assert len(figures) == 6


def test_a_request_waiting_for_correction_is_carried_out() -> None:
    waiting = replace(ANSWERED, received_on=LAST, answer=None, closed_on=None)
    assert set(counted(Records(applications=[waiting]))) == {
        f"applications.{row}.{column}" for row in ("received", "carried_out") for column in ("business", "total")
    }


@pytest.mark.parametrize("reason", EndReason)
def test_a_document_leaves_the_stock_for_any_reason_and_counts_as_repealed_by_setting(reason: EndReason) -> None:
    ended = replace(DOCUMENT, ended_on=LAST, end_reason=reason)
    repealed = {"proactive.normative_documents.made": 1, "proactive.normative_documents.repealed": 1}
    assert counted(Records(documents=[ended])) == repealed
    others = Counting(repeals=frozenset(EndReason) - {reason})
    assert counted(Records(documents=[ended]), others) == {"proactive.normative_documents.made": 1}


def test_a_joint_document_counts_at_the_body_that_owns_its_number() -> None:
    joint = Records(documents=[replace(DOCUMENT, is_lead=False)])
    assert counted(joint) == {}
    assert counted(joint, Counting(counts_joint=True)) == counted(Records(documents=[DOCUMENT])) != {}


def test_a_refused_licence_is_a_decision_unless_the_setting_says_no() -> None:
    assert counted(Records(decisions=[LICENCE])) == {"proactive.licensing.decisions": 1}
    assert counted(Records(decisions=[LICENCE]), Counting(counts_refusals=False)) == {}
    granted = replace(LICENCE, is_refusal=False)
    assert counted(Records(decisions=[granted]), Counting(counts_refusals=False)) != {}


def test_a_case_carried_over_is_counted_again_in_the_year_in_which_it_ends() -> None:
    group = "remedies.litigation_direct"
    assert counted(Records(remedies=[SUIT]), year=YEAR - 1) == {f"{group}.pending": 1, f"{group}.total": 1}
    assert counted(Records(remedies=[SUIT])) == {f"{group}.other": 1, f"{group}.total": 1}
    assert counted(Records(remedies=[SUIT]), year=YEAR + 1) == {}


@pytest.mark.parametrize(
    ("ending", "column"),
    [
        (RemedyEnding.UPHELD, "upheld"),
        (RemedyEnding.CLAIMS_DISMISSED, "upheld"),
        (RemedyEnding.QUASHED, "corrected"),
        (RemedyEnding.VARIED, "corrected"),
        (RemedyEnding.ORDERED_TO_PERFORM, "corrected"),
        (RemedyEnding.DECLARED_UNLAWFUL, "corrected"),
        (RemedyEnding.APPLICATION_REJECTED, "other"),
        (RemedyEnding.SUIT_REJECTED, "other"),
        (RemedyEnding.WITHDRAWN, "other"),
        (RemedyEnding.MEDIATED, "other"),
        (RemedyEnding.TERMINATED, "other"),
    ],
)
def test_an_ending_counts_under_its_result(ending: RemedyEnding, column: str) -> None:
    group = "remedies.litigation_direct"
    found = counted(Records(remedies=[replace(SUIT, ending=ending)]))
    assert found == {f"{group}.{column}": 1, f"{group}.total": 1}


def test_where_a_rejected_suit_goes_is_a_setting() -> None:
    counting = Counting(results={RemedyEnding.SUIT_REJECTED: RemedyOutcome.UPHELD})
    assert counted(Records(remedies=[SUIT]), counting)["remedies.litigation_direct.upheld"] == 1


def test_the_reconsideration_organ_does_not_count_the_case() -> None:
    assert counted(Records(remedies=[replace(SUIT, is_original_actor=False)])) == {}


def test_every_ending_has_a_result_and_none_is_pending() -> None:
    assert set(RESULTS) == set(RemedyEnding)
    assert RemedyOutcome.PENDING not in RESULTS.values()


def test_fees_are_in_ten_thousand_yuan_to_the_yuan() -> None:
    fees = [FeeReceipt(id=str(n), collected_on=FIRST, amount=Decimal(a)) for n, a in enumerate(("1444399", "0.5"))]
    figure = counted(Records(fees=fees))["proactive.fees.amount"]
    assert str(figure) == "144.44"
    assert str(counted(Records(fees=fees[:1]))["proactive.fees.amount"]) == "144.4399"
    whole = Records(fees=[replace(fees[0], amount=Decimal("2400000.00"))])
    assert str(counted(whole)["proactive.fees.amount"]) == "240"


def test_the_older_edition_counts_what_only_it_asks() -> None:
    bought = Records(purchases=[Purchase(id="采1", purchased_on=FIRST, amount=Decimal("251000"))])
    assert counted(bought) == {}
    figures = counted(bought, edition=Edition.E2019)
    assert figures == {"proactive.procurement.projects": 1, "proactive.procurement.amount": Decimal(251000)}
    shown = Records(documents=[replace(DOCUMENT, disclosed_on=LAST)])
    assert counted(shown, edition=Edition.E2019) == {
        f"proactive.normative_documents.{column}": 1 for column in ("made", "disclosed", "disclosed_total")
    }


def test_a_report_says_whose_and_which_year_it_is() -> None:
    report = tally(Records(), body="测试局", year=YEAR).report
    assert (report.agency, report.year, report.title) == ("测试局", 2023, "测试局2023年政府信息公开工作年度报告")


@pytest.mark.parametrize("cut_on", [date(YEAR - 1, 12, 31), date(YEAR + 1, 1, 1)])
def test_a_cut_date_outside_the_year_is_refused(cut_on: date) -> None:
    with pytest.raises(RecordError, match="不在 2023 年"):
        tally(Records(), body="测试局", year=YEAR, cut_on=cut_on)


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda: replace(ANSWERED, closed_on=date(2020, 1, 1)), "早于"),
        (lambda: replace(ANSWERED, closed_on=None), "要么都有"),
        (lambda: replace(DOCUMENT, ended_on=date(YEAR, 4, 1)), "要么都有"),
        (lambda: replace(DOCUMENT, disclosed_on=date(2020, 1, 1)), "早于"),
        (lambda: replace(SUIT, decided_on=date(2020, 1, 1)), "早于"),
        (lambda: CatalogueItem(id="项1", power=Power.FEES, listed_on=LAST, delisted_on=FIRST), "早于"),
        (lambda: replace(LICENCE, count=-1), "小于 0"),
        (lambda: replace(LICENCE, power=Power.FEES), "收费记录"),
        (lambda: FeeReceipt(id="费1", collected_on=FIRST, amount=Decimal("-1")), "金额"),
        (lambda: Purchase(id="采1", purchased_on=FIRST, amount=Decimal("NaN")), "金额"),
        (lambda: Records(decisions=[LICENCE, LICENCE]), "许1 用了 2 次"),
    ],
)
def test_a_record_that_contradicts_itself_is_refused(wrong: Callable[[], object], why: str) -> None:
    with pytest.raises(RecordError, match=why):
        wrong()
