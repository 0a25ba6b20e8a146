"""随之而来的 — sentences that contradict a table are told under the cause that is wrong in it (条例 第五十条).

A table taken from last year, or a row or column that is wrong as a whole, makes every sentence on it look wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.report.checks.finding import Finding

TEXT = ("narrative.",)
# Causes beside last year's report: the whole table, or the backlog, is another's.
BESIDE = frozenset({"continuity.pasted", "continuity.carried_in", "continuity.carried_exchanged"})


def under_causes(sums: Sequence[Finding], doubted: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """随之而来的 — both lists, causes beside last year first, with what follows from each cause folded under it."""
    causes = [finding for finding in sums if finding.folded]
    beside = [finding for finding in doubted if finding.rule in BESIDE]
    left = [finding for finding in doubted if finding.rule not in BESIDE]
    folded: dict[int, list[Finding]] = {}
    for finding in list(left):
        cause = next((c for c in (*beside, *causes) if _follows(finding, c)), None)
        if cause is not None:
            folded.setdefault(id(cause), []).append(finding)
            left.remove(finding)
    told = [_with(finding, folded) for finding in sums]
    return told, [*(_with(finding, folded) for finding in beside), *left]


def _with(finding: Finding, folded: dict[int, list[Finding]]) -> Finding:
    gone = folded.get(id(finding), [])
    return replace(finding, folded=(*finding.folded, *gone)) if gone else finding


def _follows(finding: Finding, cause: Finding) -> bool:
    """Whether the sentence is about figures that the cause names as wrong, and nothing else."""
    return finding.rule.startswith(TEXT) and bool(finding.figures) and set(finding.figures) <= set(cause.figures)
