"""勾稽关系 — a balanced report has no error, and no single wrong figure of its sums escapes (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.checks import Finding, Severity, check
from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, Form, OtherHandling, form
from tests.report.balanced import balanced_reports, changed, report_of


def errors(report: AnnualReport) -> list[Finding]:
    return [finding for finding in check(report) if finding.severity is Severity.ERROR]


def summed(report: AnnualReport) -> list[str]:
    """The printed figures that stand in at least one sum that is evaluated."""
    operands = {
        address
        for verdict in evaluate(report)
        if verdict.balance is Balance.HOLDS
        for address in (*verdict.equation.left, *verdict.equation.right)
    }
    return sorted(address for address in operands if report.figures[address] is not None)


@settings(max_examples=150, deadline=None)
@given(balanced_reports())
def test_a_balanced_report_has_no_error(report: AnnualReport) -> None:
    assert errors(report) == []


@settings(max_examples=300, deadline=None)
@given(balanced_reports(), st.data())
def test_one_wrong_figure_is_one_error_that_contains_it(report: AnnualReport, data: st.DataObject) -> None:
    addresses = summed(report)
    if not addresses:
        return
    address = data.draw(st.sampled_from(addresses))
    found = report.figures[address]
    assert found is not None
    wrong = found + data.draw(st.sampled_from([-7, -1, 1, 13]))
    findings = errors(changed(report, {address: wrong}))
    assert [address in finding.figures for finding in findings] == [True], findings


@pytest.mark.parametrize(
    "of", [form(Edition.E2021), form(Edition.E2021, OtherHandling.ROW), form(Edition.E2019, OtherHandling.ROW)]
)
@pytest.mark.parametrize("change", [-1, 1])
def test_every_figure_of_tables_three_and_four_is_watched(change: int, of: Form) -> None:
    report = report_of(of, {})
    for address in report.figures:
        if not address.startswith("proactive"):
            findings = errors(changed(report, {address: change}))
            assert [address in finding.figures for finding in findings] == [True], address


@settings(max_examples=150, deadline=None)
@given(balanced_reports(blanks=False), st.data())
def test_a_wrong_figure_of_table_three_is_named_with_its_right_value(report: AnnualReport, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from([a for a in report.figures if a.startswith("applications")]))
    right = report.figures[address]
    assert right is not None
    (finding,) = errors(changed(report, {address: right + 1}))
    assert (finding.figures[0], finding.expected, finding.found) == (address, right, right + 1)


@settings(max_examples=150, deadline=None)
@given(balanced_reports(blanks=False), st.data())
def test_two_faults_that_share_no_sum_are_two_errors(report: AnnualReport, data: st.DataObject) -> None:
    """Two results in different rows and columns, off by different amounts, are told apart and both named."""
    columns = data.draw(st.permutations(["natural_person", "business", "research", "other_organizations"]))
    rows = data.draw(st.permutations(["granted", "partly_granted", "unable.not_held", "refused.state_secret"]))
    first, second = (f"applications.{row}.{column}" for row, column in zip(rows[:2], columns[:2], strict=True))
    wrong = {first: int(report.figures[first] or 0) + 1, second: int(report.figures[second] or 0) + 5}
    assert {finding.figures[0] for finding in errors(changed(report, wrong))} == {first, second}


def test_nobody_is_named_where_the_fault_cannot_be_told() -> None:
    """Two cells lost on one diagonal could as well be lost on the other: the four sums are told, and no cell."""
    lost = {"applications.granted.business": 1, "applications.unable.not_held.research": 1}
    totals = {
        "applications.granted.total": 1,
        "applications.unable.not_held.total": 1,
        **{
            f"applications.{row}.{column}": 1
            for row in ("received", "handled_total")
            for column in ("business", "research")
        },
        **{f"applications.{row}.total": 2 for row in ("received", "handled_total")},
    }
    report = report_of(form(Edition.E2021), totals)
    assert errors(changed(report, lost)) == []
    findings = errors(report)
    assert {(finding.rule, finding.figures[0]) for finding in findings} == {
        ("applications.row_sum", "applications.granted.total"),
        ("applications.row_sum", "applications.unable.not_held.total"),
        ("applications.column_sum", "applications.handled_total.business"),
        ("applications.column_sum", "applications.handled_total.research"),
    }


def test_the_figure_that_explains_most_sums_is_named_first() -> None:
    """A wrong （七）总计 of one column and a wrong total of one row, off by as much, are two errors and not three."""
    right = {
        f"applications.{row}.{column}": 1
        for row in ("received", "granted", "handled_total")
        for column in ("business", "total")
    }
    wrong = {"applications.handled_total.business": 2, "applications.granted.total": 2}
    findings = errors(report_of(form(Edition.E2021), {**right, **wrong}))
    assert {(finding.figures[0], finding.expected) for finding in findings} == {(address, 1) for address in wrong}


def test_a_doubtful_neighbour_hides_no_suspect() -> None:
    wrong, doubtful = "applications.granted.business", "applications.granted.research"
    report = report_of(form(Edition.E2021), {wrong: 1, doubtful: 9})
    finding = errors(replace(report, states={doubtful: State.DOUBTFUL}))[0]
    assert (finding.figures, finding.expected, finding.found) == ((wrong,), 0, 1)


def test_a_blank_total_is_named_where_it_alone_mends_the_sum() -> None:
    figures = {f"applications.{row}.{c}": 2 for row in ("received", "handled_total") for c in ("business", "total")}
    blank = {**figures, "applications.granted.business": 2, "applications.granted.total": None}
    (finding,) = errors(report_of(form(Edition.E2021), blank))
    assert (finding.figures, finding.expected, finding.found) == (("applications.granted.total",), 2, None)
    # With another value in the row, no value of the total could mend both.
    other = {**blank, "applications.granted.business": 1, "applications.partly_granted.business": 1}
    assert all(f.figures[0] != "applications.granted.total" for f in errors(report_of(form(Edition.E2021), other)))


def test_a_blank_cell_is_named_where_it_alone_mends_every_sum() -> None:
    address = "applications.granted.business"
    rest = {f"applications.{row}.{c}": 3 for row in ("received", "handled_total") for c in ("business", "total")}
    report = report_of(form(Edition.E2021), {**rest, "applications.granted.total": 3, address: None})
    (finding,) = errors(report)
    assert (finding.figures[0], finding.expected, finding.found) == (address, 3, None)


@settings(max_examples=200, deadline=None)
@given(balanced_reports(), st.data())
def test_checking_never_raises(report: AnnualReport, data: st.DataObject) -> None:
    """Whatever the figures, states and gaps, there are findings, each of them whole."""
    addresses = st.sampled_from(list(report.figures))
    counts = st.one_of(st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False))
    figures = {**report.figures, **data.draw(st.dictionaries(addresses, counts, max_size=40))}
    for lost in data.draw(st.lists(addresses, max_size=5, unique=True)):
        del figures[lost]
    states = data.draw(st.dictionaries(addresses, st.sampled_from(State), max_size=20))
    for finding in check(replace(report, figures=figures, states=states)):
        assert finding.figures
        assert finding.message.endswith("。")
        # What a cause explains is folded under it.
        assert set(finding.to_json()) - {"folded"} == {
            "rule",
            "severity",
            "figures",
            "expected",
            "found",
            "message",
            "provision",
            "place",
        }
