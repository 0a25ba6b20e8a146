"""抄错了行 — a row typed over with another's figures is named, not the empty rows beside it (条例 第五十条第二项)."""

from __future__ import annotations

import pytest

from gongkai.report.checks import check
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import names
from tests.report.balanced import APPLICANTS, changed
from tests.report.checks.mistakes import cell
from tests.report.checks.three_reports import THREE

COLUMNS = (*APPLICANTS, "total")
PAIRS = [
    ("granted", "partly_granted"),
    ("partly_granted", "granted"),
    ("unable.not_held", "unable.needs_creation"),
    ("unable.needs_creation", "unable.not_held"),
    ("not_processed.petition", "not_processed.repeated"),
    ("refused.third_party_rights", "refused.internal_affairs"),
]


def typed_over(report: AnnualReport, row: str, source: str) -> AnnualReport:
    return changed(report, {cell(row, name): report.figures[cell(source, name)] for name in COLUMNS})


@pytest.mark.parametrize(("row", "source"), PAIRS)
@pytest.mark.parametrize("report", THREE.values(), ids=THREE)
def test_a_row_typed_over_is_named_with_the_row_it_repeats(report: AnnualReport, row: str, source: str) -> None:
    counts = [int(report.figures[cell(source, name)] or 0) for name in COLUMNS]
    wrong = typed_over(report, row, source)
    if sum(counts[:-1]) < (10 if sum(map(bool, counts[:-1])) > 1 else 100) or wrong.figures == report.figures:
        pytest.skip("so few cases may agree by chance")
    found = [finding for finding in check(wrong) if finding not in check(report)]
    assert [finding.rule for finding in found] == ["applications.row_copied"], [f.message for f in found]
    assert {cell(row), cell(source)} & set(found[0].figures)
    known = names(report.form)
    assert known[cell(row)].row in found[0].message
    assert known[cell(source)].row in found[0].message
