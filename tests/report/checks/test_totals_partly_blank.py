"""总计没有填全 — rows whose total is blank beside figures are named; 0 is not advised (条例 第五十条第二项)."""

from __future__ import annotations

import pytest

from gongkai.report.checks import check
from gongkai.report.figures import AnnualReport
from tests.report.balanced import APPLICANTS, changed
from tests.report.checks.mistakes import cell
from tests.report.checks.three_reports import THREE

ROWS = [line.id for line in THREE["县"].form.table("applications")]


@pytest.mark.parametrize("rows", [ROWS[:13], ROWS[4:]], ids=["13", "21"])
@pytest.mark.parametrize("report", THREE.values(), ids=THREE)
def test_rows_with_figures_and_no_total_are_named(report: AnnualReport, rows: list[str]) -> None:
    before = check(report)
    busy = [row for row in rows if any(report.figures[cell(row, name)] for name in APPLICANTS)]
    wrong = changed(report, {cell(row): None for row in rows})
    (found,) = [finding for finding in check(wrong) if finding not in before]
    assert found.rule == "applications.totals_partly_blank"
    assert found.values["rows"] == len(busy)
    assert set(found.figures) == {cell(row) for row in rows}


@pytest.mark.parametrize("report", THREE.values(), ids=THREE)
def test_blank_totals_of_empty_rows_are_no_such_mistake(report: AnnualReport) -> None:
    empty = [row for row in ROWS if not any(report.figures[cell(row, name)] for name in APPLICANTS)]
    wrong = changed(report, {cell(row): None for row in empty})
    assert "applications.totals_partly_blank" not in [finding.rule for finding in check(wrong)]
