"""勾稽关系 — how the sums of the form are evaluated over blanks and figures that were not read (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from gongkai.report.equations import Balance, Verdict, evaluate, uncounted, unread_figures
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, OtherHandling, form
from tests.report.balanced import balanced_reports, changed, report_of

ZEROS = report_of(form(Edition.E2021), {})
ROW = "remedies.reconsideration"
PARTS = tuple(f"{ROW}.{part}" for part in ("upheld", "corrected", "other", "pending"))


def verdict(report: AnnualReport, equation: str, scope: str) -> Verdict:
    return next(v for v in evaluate(report) if (v.equation.id, v.equation.scope) == (equation, scope))


@pytest.mark.parametrize("edition", Edition)
def test_there_is_one_verdict_for_each_of_the_sums(edition: Edition) -> None:
    rows = 25 if edition is Edition.E2021 else 23
    shape = OtherHandling.ROWS if edition is Edition.E2021 else OtherHandling.ROW
    verdicts = list(evaluate(report_of(form(edition, shape), {})))
    assert len(verdicts) == rows + 7 + 7 + 3
    assert {v.balance for v in verdicts} == {Balance.HOLDS}


@settings(max_examples=100, deadline=None)
@given(balanced_reports())
def test_no_sum_of_a_balanced_report_is_broken(report: AnnualReport) -> None:
    assert {v.balance for v in evaluate(report)} <= {Balance.HOLDS, Balance.BLANK}


def test_both_sums_of_a_broken_equation_are_told() -> None:
    broken = verdict(changed(ZEROS, {f"{ROW}.upheld": 3, f"{ROW}.other": 4}), "remedies.row_sum", "reconsideration")
    assert (broken.balance, broken.left, broken.right, broken.difference) == (Balance.BROKEN, 0, 7, -7)


@pytest.mark.parametrize(
    ("figures", "count"),
    [
        ({}, 0),
        ({f"{ROW}.total": None}, 0),
        ({f"{ROW}.total": None, f"{ROW}.other": 2}, 1),
        (dict.fromkeys(PARTS) | {f"{ROW}.total": 2}, 1),
        ({f"{ROW}.other": None, f"{ROW}.upheld": 2, f"{ROW}.total": 2}, 0),
    ],
)  # fmt: skip
def test_a_blank_beside_numbers_leaves_a_sum_uncounted(figures: dict[str, int | None], count: int) -> None:
    assert uncounted(changed(ZEROS, figures)) == count


def test_a_blank_part_counts_nothing() -> None:
    report = changed(ZEROS, {f"{ROW}.upheld": 3, f"{ROW}.other": None, f"{ROW}.total": 3})
    assert verdict(report, "remedies.row_sum", "reconsideration").balance is Balance.HOLDS


def test_a_sum_with_one_side_wholly_blank_is_not_evaluated() -> None:
    parts = dict.fromkeys(PARTS)
    for blank in ({f"{ROW}.total": None, f"{ROW}.upheld": 9}, {**parts, f"{ROW}.total": 9}):
        assert verdict(changed(ZEROS, blank), "remedies.row_sum", "reconsideration").balance is Balance.BLANK


@pytest.mark.parametrize("state", [State.ABSENT, State.DOUBTFUL])
def test_a_sum_with_an_unread_operand_never_passes(state: State) -> None:
    report = replace(ZEROS, states={f"{ROW}.other": state})
    unread = verdict(report, "remedies.row_sum", "reconsideration")
    assert (unread.balance, unread.unread) == (Balance.UNREADABLE, (f"{ROW}.other",))
    assert verdict(report, "remedies.row_sum", "litigation_direct").balance is Balance.HOLDS


def test_a_figure_that_the_report_does_not_hold_is_unread() -> None:
    report = replace(ZEROS, figures={a: v for a, v in ZEROS.figures.items() if a != f"{ROW}.total"})
    assert unread_figures(report) == {f"{ROW}.total"}
    assert verdict(report, "remedies.row_sum", "reconsideration").balance is Balance.UNREADABLE


@pytest.mark.parametrize("state", [State.BLANK, State.INFERRED])
def test_blank_and_inferred_figures_are_evaluated(state: State) -> None:
    report = replace(ZEROS, states={f"{ROW}.other": state})
    assert verdict(report, "remedies.row_sum", "reconsideration").balance is Balance.HOLDS
