"""沿用上年的一部分 — rows or a column of table three that are last year's, where the sums no longer hold (条例
第四十九条、第五十条第二项)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from gongkai.report.checks.causes.table import Table, tables
from gongkai.report.checks.continuity import last_year
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import cells

TABLE = "applications"
# Causes that say which figures do not fit and no more: that they are last year's, says why.
WEAK = frozenset(
    {
        "row_wrong",
        "row_missing",
        "rows_exchanged",
        "column_wrong",
        "column_missing",
        "total_leaves_out",
        "cells_in_row",
        "cells_in_column",
        "cell_and_total",
        "cell_and_handled",
    }
)
# So many rows, or cells of a column, and so many unlike figures do not come out the same in two years.
ROWS, CELLS, UNLIKE, UNLIKE_IN_COLUMN = 2, 3, 4, 3


def with_last_year(
    report: AnnualReport, told: Sequence[Finding], previous: Collection[AnnualReport] | None
) -> list[Finding]:
    """沿用上年的一部分 — the findings of the sums; those that figures of last year's report explain, under one."""
    last = last_year(report, previous) if previous else None
    own = [finding for finding in told if finding.rule.startswith(f"{TABLE}.") and not _is_blank(finding)]
    if last is None or not own or any(f.folded and f.rule.partition(".")[2] not in WEAK for f in own):
        return list(told)
    table = next((one for one in tables(report) if one.name == TABLE), None)
    pasted = _pasted(table, last) if table else ()
    if table is None or not pasted:
        return list(told)
    values = {
        "cells": cells(report.form, pasted, table=False, by_row=len(pasted) % len(table.columns) == 0),
        "previous": last.year,
        "cleared": len(table.broken),
    }
    finding = rules()["continuity.pasted_part"].finding(report, pasted, values)
    folded = tuple(one for finding in own for one in (finding.folded or (finding,)))
    return [replace(finding, folded=folded), *(finding for finding in told if finding not in own)]


def _is_blank(finding: Finding) -> bool:
    return finding.rule.endswith(("totals_blank", "totals_partly_blank"))


def _pasted(table: Table, last: AnnualReport) -> tuple[str, ...]:
    """The cells taken over, if every sum that is broken counts one of them."""
    rows = [row for row in table.rows.values() if _is_same(table, last, row)]
    columns = [column for column in table.columns.values() if _is_same(table, last, column)]
    ways = [(rows, UNLIKE, ROWS)] + [([column], UNLIKE_IN_COLUMN, 1) for column in columns]
    for lines, unlike, fewest in ways:
        found = tuple(address for line in lines for address in line)
        counts = [table.counts[address] for address in found if table.counts[address]]
        is_enough = len(lines) >= fewest and len(counts) >= CELLS and len(set(counts)) >= unlike
        if is_enough and not any(operands.isdisjoint(found) for operands in table.spoilt):
            return found
    return ()


def _is_same(table: Table, last: AnnualReport, line: Sequence[str]) -> bool:
    counts = [table.counts[address] for address in line]
    return any(counts) and counts == [int(last.figures.get(address) or 0) for address in line]
