"""原因 — one mistake that explains many broken sums, told once; what it explains folds under it (条例 第五十条).

A cause is told only if correcting it makes nearly all the sums of its table hold. A single wrong figure needs no cause:
`sums` tells it already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from gongkai.report.checks.causes.blanks import blank_totals, totals_of
from gongkai.report.checks.causes.candidate import Candidate, Cause, best
from gongkai.report.checks.causes.columns import column_causes
from gongkai.report.checks.causes.few import few_causes
from gongkai.report.checks.causes.remedies import remedies_causes
from gongkai.report.checks.causes.rows import row_causes
from gongkai.report.checks.causes.table import Table, tables
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import called, rules
from gongkai.report.checks.sums import check_sums
from gongkai.report.figures import AnnualReport
from gongkai.report.naming import cells, names

FEWEST = 2
# Of a cause so many rows of a column are named one by one.
FEW = 8
# Causes that are a whole row; of several rows each is named.
ROWS = ("row_missing", "row_wrong")


class Explained(NamedTuple):
    """按原因说的发现 — the findings, and the report as it is once their causes are corrected."""

    findings: list[Finding]
    corrected: AnnualReport


def explained(report: AnnualReport, told: Sequence[Finding]) -> Explained:
    """按原因说 — the findings of broken sums, those that one mistake explains folded under it (条例 第五十条)."""
    causes, told = _under_blanks(report, blank_totals(report), told)
    left, corrected = list(told), report
    for table in tables(report) if len(told) >= FEWEST else ():
        own = [finding for finding in told if finding.rule.startswith(f"{table.name}.")]
        cause = best(table, _candidates(table)) if len(own) >= FEWEST else None
        if cause is None:
            continue
        mended = replace(report, figures={**corrected.figures, **cause.candidate.changes})
        if cause.figures == cause.candidate.figures:
            corrected = mended  # of several figures that may be the wrong one none is taken for it
        after = [f for f in check_sums(mended) if f.rule.startswith(f"{table.name}.")]
        causes += [_finding(table, cause, own), *after]
        left = [finding for finding in left if finding not in own]
    return Explained([*causes, *left], corrected)


def folded(found: Iterable[Finding], again: Iterable[Finding]) -> tuple[list[Finding], list[Finding]]:
    """随之消除的 — of what was `found`, what is found `again` after the correction, and what is not."""
    still = {(finding.rule, finding.figures) for finding in again}
    kept: list[Finding] = []
    gone: list[Finding] = []
    for finding in found:
        (kept if (finding.rule, finding.figures) in still else gone).append(finding)
    return kept, gone


def _under_blanks(
    report: AnnualReport, blanks: Sequence[Finding], told: Sequence[Finding]
) -> tuple[list[Finding], Sequence[Finding]]:
    """Sums that hold as soon as the blank totals are filled in fold under the finding that names those totals."""
    causes: list[Finding] = []
    for blank in blanks:
        filled = replace(report, figures={**report.figures, **totals_of(report, blank.figures)})
        told, gone = folded(told, check_sums(filled)) if told else (told, [])
        causes.append(replace(blank, folded=tuple(gone)))
    return causes, told


def _candidates(table: Table) -> Iterator[Candidate]:
    if table.name == "remedies":
        yield from remedies_causes(table)
        return
    yield from column_causes(table)
    yield from row_causes(table)
    yield from few_causes(table)


def _finding(table: Table, cause: Cause, folded: Sequence[Finding]) -> Finding:
    report, candidate = table.report, cause.candidate
    known = names(report.form)
    values: dict[str, object] = {
        "cells": cells(report.form, cause.figures, table=False, few=FEW, by_row=candidate.rule in ROWS),
        "cleared": len(table.broken) - cause.left,
        **{name: called(key) for name, key in candidate.words.items()},
    }
    for name, address in (("", candidate.at), ("other_", candidate.other)):
        if address:
            values |= {f"{name}row": known[address].row, f"{name}column": known[address].column}
    if candidate.rule == "rows_slid":
        values |= {"row": known[cause.starts[0]].row, "other_row": known[cause.starts[-1]].row}
    if candidate.rule == "row_copied":
        # Any of the pairs that agree may be the copy; all are named.
        values["pairs"] = "；".join(f"“{known[at].row}”行、“{known[other].row}”行" for at, other in cause.pairs)
    first = cause.figures[0]
    single = len(candidate.changes) == 1
    finding = rules()[f"{table.name}.{candidate.rule}"].finding(
        report,
        cause.figures,
        values,
        expected=candidate.changes[first] if single else None,
        found=report.figures[first] if single else None,
    )
    return replace(finding, folded=tuple(folded))
