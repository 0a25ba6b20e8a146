"""核验规则 — every rule has a report that it finds fault with, and one that it does not (条例 第五十条)."""

from __future__ import annotations

import json
import re
import string
from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.report.checks import Severity, check
from gongkai.report.checks.rules import rules, rules_of
from gongkai.report.checks.sums import check_sums
from gongkai.report.figures import AnnualReport, Place, State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.interchange import from_json
from tests.conftest import RealReport
from tests.report.balanced import changed, report_of

NEW = report_of(form(Edition.E2021), {})
OLD = report_of(form(Edition.E2019, OtherHandling.ROW), {})
A, P, R = "applications", "proactive", "remedies"


def absent(address: str, printed: str) -> AnnualReport:
    """读不出的格 — a cell in which something is printed that is no number."""
    there = {address: Place(table=2, row=3, printed=printed)}
    return replace(changed(NEW, {address: None}), states={address: State.ABSENT}, places=there)


# Rule: what passes, what fails, and the figures named first.
FIXTURES: dict[str, tuple[AnnualReport, AnnualReport, str]] = {
    f"{A}.row_sum": (
        changed(NEW, {f"{A}.{row}.{c}": 2 for row in ("received", "carried_out") for c in ("research", "total")}),
        changed(NEW, {f"{A}.granted.research": 2}),
        f"{A}.granted.research",
    ),
    f"{A}.column_sum": (
        changed(NEW, {f"{A}.granted.total": None, f"{A}.granted.business": None}),
        changed(NEW, {f"{A}.granted.total": None, f"{A}.granted.business": 2}),
        f"{A}.granted.business",
    ),
    f"{A}.balance": (
        changed(NEW, {f"{A}.{row}.{c}": 2 for row in ("received", "carried_out") for c in ("business", "total")}),
        changed(NEW, {f"{A}.received.business": 2}),
        f"{A}.received.business",
    ),
    f"{A}.negative": (
        NEW,
        changed(NEW, {f"{A}.{row}.{c}": -1 for row in ("received", "carried_out") for c in ("business", "total")}),
        f"{A}.received.business",
    ),
    f"{R}.row_sum": (
        changed(NEW, {f"{R}.reconsideration.upheld": 10, f"{R}.reconsideration.total": 10}),
        changed(NEW, {f"{R}.reconsideration.upheld": 10, f"{R}.reconsideration.corrected": 1}),
        f"{R}.reconsideration.total",
    ),
    f"{R}.negative": (
        NEW,
        changed(NEW, {f"{R}.reconsideration.other": -1, f"{R}.reconsideration.total": -1}),
        f"{R}.reconsideration.other",
    ),
    f"{P}.negative": (
        changed(OLD, {f"{P}.licensing.items_last_year": 3, f"{P}.licensing.items_change": -3}),
        changed(NEW, {f"{P}.penalties.decisions": -4, f"{P}.fees.amount": Decimal("-0.5")}),
        f"{P}.penalties.decisions",
    ),
    f"{P}.items_below_zero": (
        changed(OLD, {f"{P}.fees.items_last_year": 3, f"{P}.fees.items_change": -3}),
        changed(OLD, {f"{P}.fees.items_last_year": 3, f"{P}.fees.items_change": -4}),
        f"{P}.fees.items_change",
    ),
    f"{P}.disclosed_above_total": (
        changed(OLD, {f"{P}.regulations.disclosed": 3, f"{P}.regulations.disclosed_total": 3}),
        changed(OLD, {f"{P}.regulations.disclosed": 4, f"{P}.regulations.disclosed_total": 3}),
        f"{P}.regulations.disclosed",
    ),
    f"{P}.unit_unknown": (
        replace(
            changed(OLD, {f"{P}.procurement.amount": Decimal(251000)}), units={f"{P}.procurement.amount": "251000元"}
        ),
        replace(changed(OLD, {f"{P}.procurement.amount": Decimal(8040)}), units={f"{P}.procurement.amount": "unknown"}),
        f"{P}.procurement.amount",
    ),
    f"{P}.precision": (
        changed(NEW, {f"{P}.fees.amount": Decimal("144.4399")}),
        changed(NEW, {f"{P}.fees.amount": Decimal("144.43995")}),
        f"{P}.fees.amount",
    ),
    "reading.blank": (
        NEW,
        changed(NEW, {address: None for address in NEW.figures if address.endswith("research")}),
        f"{A}.received.research",
    ),
    "reading.absent": (
        replace(NEW, states={f"{P}.licensing.decisions": State.ABSENT}),
        replace(changed(NEW, {f"{A}.granted.total": None}), states={f"{A}.granted.total": State.ABSENT}),
        f"{A}.granted.total",
    ),
    "reading.no_number": (
        replace(NEW, states={f"{P}.licensing.decisions": State.ABSENT}),
        absent(f"{A}.granted.total", "6.5"),
        f"{A}.granted.total",
    ),
    "reading.no_number_elsewhere": (
        replace(NEW, states={f"{P}.licensing.decisions": State.ABSENT}),
        absent(f"{P}.licensing.decisions", "29+1"),
        f"{P}.licensing.decisions",
    ),
    "reading.doubtful": (
        replace(NEW, states={f"{P}.licensing.decisions": State.DOUBTFUL}),
        replace(NEW, states={f"{A}.granted.total": State.DOUBTFUL}),
        f"{A}.granted.total",
    ),
    "reading.absent_elsewhere": (
        replace(NEW, states={f"{A}.granted.total": State.ABSENT}),
        replace(NEW, states={f"{P}.licensing.decisions": State.ABSENT}),
        f"{P}.licensing.decisions",
    ),
    "reading.doubtful_elsewhere": (
        replace(NEW, states={f"{A}.granted.total": State.DOUBTFUL}),
        replace(NEW, states={f"{P}.licensing.decisions": State.DOUBTFUL}),
        f"{P}.licensing.decisions",
    ),
    "reading.inferred": (NEW, replace(NEW, states={f"{A}.granted.total": State.INFERRED}), f"{A}.granted.total"),
}
RULES = sorted(FIXTURES)


def test_every_rule_has_a_fixture_and_every_fixture_a_rule() -> None:
    # continuity.*: two reports, test_continuity.py; rules of the text: test_text.py, test_narrative.py
    # rules of causes.toml: test_mistakes.py plants what they tell
    told = {rule for rule in rules() if rule.partition(".")[0] in (A, P, R, "reading")}
    assert sorted(told - rules_of("causes.toml").keys()) == RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_its_fault_once_and_names_it(rule: str) -> None:
    _, wrong, first = FIXTURES[rule]
    (finding,) = [finding for finding in check(wrong) if finding.rule == rule]
    assert finding.figures[0] == first
    assert finding.severity is rules()[rule].severity


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_silent_where_nothing_is_wrong(rule: str) -> None:
    assert rule not in {finding.rule for finding in check(FIXTURES[rule][0])}


@pytest.mark.parametrize("rule", RULES)
def test_what_is_said_is_whole_chinese_and_rests_on_a_provision(rule: str) -> None:
    (finding,) = [finding for finding in check(FIXTURES[rule][1]) if finding.rule == rule]
    assert finding.message.endswith("。")
    assert not re.search(r"[{}]|None|[A-Za-z_]{3,}", finding.message)
    assert finding.provision.startswith("《政府信息公开条例》第五十条")
    assert {field for _, field, _, _ in string.Formatter().parse(finding.template) if field} <= set(finding.values)


def test_one_wrong_figure_has_words_for_every_set_of_sums_that_it_can_break() -> None:
    """A cell, an opening figure, a total, and a total beside a blank row: each entry of `[[faults]]` is told."""
    blank_row = {address: None for address in NEW.figures if address.startswith(f"{A}.handled_total.")}
    reports = [
        changed(NEW, {f"{A}.granted.business": 1}),
        changed(NEW, {f"{A}.carried_in.business": 1}),
        changed(NEW, {f"{A}.handled_total.business": 1}),
        changed(NEW, {**blank_row, f"{A}.handled_total.business": 1}),
    ]
    templates = {template for rule in rules().values() for template in rule.faults.values()}
    assert {check(report)[0].template for report in reports} == templates


def test_a_sum_is_written_out_as_on_paper() -> None:
    row = dict(zip(("natural_person", "other_organizations", "total"), (3, 16, 17), strict=True))
    report = changed(NEW, {f"{A}.received.{column}": count for column, count in row.items()})
    assert any("3+0+0+0+0+16=19" in finding.message and "17" in finding.message for finding in check_sums(report))


def test_a_long_sum_is_written_without_its_zeros() -> None:
    column = {f"{A}.{row}.business": n for row, n in (("granted", 3), ("unable.not_held", 16))}
    totals = {address.replace("business", "total"): None for address in column}
    (finding,) = [f for f in check(changed(NEW, {**column, **totals})) if f.rule == f"{A}.column_sum"]
    assert "相加 3+16=19，" in finding.message


@pytest.mark.parametrize(
    ("row", "called"),
    [
        ("partly_granted", "“（二）部分公开”"),
        ("refused.security_and_stability", "“（三）不予公开 3.危及‘三安全一稳定’”"),
        ("handled_total", "“（七）总计”"),
    ],
)
def test_a_row_is_called_as_it_is_printed_without_its_instruction(row: str, called: str) -> None:
    assert called in check(changed(NEW, {f"{A}.{row}.business": 1}))[0].message


def test_blanks_are_told_by_column_not_cell_by_cell() -> None:
    report = changed(NEW, {f"{A}.{line.id}.total": None for line in NEW.form.table(A)[:21]})
    (finding,) = check(report)
    assert "表三“总计”栏 21 格空白" in finding.message
    assert len(finding.figures) == 21


def test_a_finding_stands_where_its_first_figure_is_printed() -> None:
    place = Place(page=3, table=2, row=7, printed="2")
    report = replace(changed(NEW, {f"{A}.granted.business": 2}), places={f"{A}.granted.business": place})
    assert check(report)[0].place == place


def test_a_finding_is_written_as_interchange_has_it() -> None:
    report = changed(NEW, {f"{R}.reconsideration.upheld": 10, f"{R}.reconsideration.corrected": 1})
    report = replace(report, places={f"{R}.reconsideration.total": Place(page=4, printed="0")})
    (finding,) = check(report)
    data = json.loads(json.dumps(finding.to_json()))
    assert data.pop("message") == finding.message
    assert data.pop("provision") == finding.provision
    assert data == {
        "rule": f"{R}.row_sum",
        "severity": "error",
        "figures": [f"{R}.reconsideration.total"],
        "expected": 11,
        "found": 0,
        "place": {"page": 4, "printed": "0"},
    }


def test_errors_come_first() -> None:
    absent = f"{A}.granted.total"
    figures = {f"{A}.granted.research": None, f"{P}.fees.amount": Decimal("0.00001"), f"{R}.reconsideration.other": 1}
    findings = check(replace(changed(NEW, figures), states={absent: State.ABSENT}))
    severities = [finding.severity for finding in findings]
    assert severities == [Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.NOTE]


def test_real_reports_break_only_the_sums_that_they_break(real_report: RealReport) -> None:
    """Totals of zeros in one report; no error in the ten others, blanks included."""
    report = from_json({**real_report.expected, "format": "gongkai.report/1"})
    errors = [finding for finding in check(report) if finding.severity is Severity.ERROR]
    if real_report.name != "hongze-district-2023":
        assert errors == []
        return
    (finding,) = errors
    assert finding.rule == f"{R}.totals_zero"
    assert [(f.figures[0], f.expected, f.found) for f in finding.folded] == [
        (f"{R}.reconsideration.total", 11, 0),
        (f"{R}.litigation_after_reconsideration.total", 5, 0),
    ]


@pytest.mark.parametrize("amount", ["1e40", "1e-40", "0E+3", "-1e40"])
def test_money_of_any_size_is_checked(amount: str) -> None:
    found = {finding.rule for finding in check(changed(NEW, {f"{P}.fees.amount": Decimal(amount)}))}
    expected = {"1e-40": {f"{P}.precision"}, "-1e40": {f"{P}.negative"}}
    assert found == expected.get(amount, set())
