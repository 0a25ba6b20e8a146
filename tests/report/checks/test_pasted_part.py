"""沿用上年的一部分 — rows or a column of last year's report left in table three are named as such (条例 第五十条)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gongkai.report.checks import check
from gongkai.report.figures import AnnualReport
from tests.report.balanced import APPLICANTS, changed
from tests.report.checks.mistakes import cell
from tests.report.checks.three_reports import CASES, COUNTY, OFFICE, made

COLUMNS = (*APPLICANTS, "total")
ROWS = [line.id for line in COUNTY.form.table("applications")]
RESULTS = [line.id for line in COUNTY.form.table("applications") if line.result]
LAST_ROWS = {
    "carried_in": (11, 2),
    "granted": (163, 31, 1, 2, 4, 7),
    "partly_granted": (37, 9, 1),
    "refused.deliberative_process": (21, 3),
    "refused.enforcement_file": (13,),
    "unable.not_held": (71, 17, 0, 0, 2, 5),
    "not_processed.petition": (29, 1),
    "carried_out": (30, 5),
}


def year_before(report: AnnualReport) -> AnnualReport:
    """Last year's report of the same body: it balances, and this year's backlog is what it left."""
    carried = {
        "carried_out": tuple(int(report.figures[cell("carried_in", name)] or 0) for name in APPLICANTS),
    }
    last = made(str(report.agency), int(report.year or 0) - 1, LAST_ROWS | carried, ((1, 2, 3, 4),) * len(CASES), {})
    return replace(last, sections=())


@pytest.mark.parametrize("report", [COUNTY, OFFICE], ids=["县", "局"])
@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (RESULTS, COLUMNS),
        (RESULTS[:8], COLUMNS),
        (["granted", "unable.not_held"], COLUMNS),
        (ROWS, ["natural_person"]),
        (ROWS, ["business"]),
    ],
    ids=["results", "some results", "two rows", "natural persons", "business"],
)
def test_what_was_left_from_last_year_is_named(report: AnnualReport, rows: list[str], columns: list[str]) -> None:
    last = year_before(report)
    before = {(f.rule, f.figures) for f in check(report, previous=[last])}
    wrong = changed(report, {cell(row, name): last.figures[cell(row, name)] for row in rows for name in columns})
    found = [f for f in check(wrong, previous=[last]) if (f.rule, f.figures) not in before and f.severity == "error"]
    assert found[0].rule == "continuity.pasted_part", [f.message for f in found]
    assert len(found) <= 2, [f.message for f in found]
    assert found[0].folded
    assert str(last.year) in found[0].message


def test_a_report_that_balances_took_nothing_over() -> None:
    rules = [finding.rule for finding in check(COUNTY, previous=[year_before(COUNTY)])]
    assert "continuity.pasted_part" not in rules
