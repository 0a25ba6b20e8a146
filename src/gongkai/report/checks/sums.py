"""勾稽关系核验 — broken sums of tables three and four, told fault by fault (条例 第五十条第一款第二项、第三项).

One wrong figure usually breaks a row, a column and a balance at once. A figure is the *suspect* of the sums it stands
in when changing it alone would mend all of them; then they are one finding. Two sums share at most one figure, so a
suspect of two or more sums is never a guess between cells; where two suspects claim the same sum, no one is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rule_of_fault
from gongkai.report.equations import Balance, Verdict, evaluate, weigh
from gongkai.report.figures import AnnualReport, Value
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import addition, names

Key = tuple[str, str]
# A sum of more parts than this is written without its zeros.
LONG = 7


@dataclass(frozen=True, slots=True)
class Suspect:
    """可疑的一格 — a figure, the value that mends every sum it stands in, and those sums."""

    address: str
    expected: int
    sums: tuple[Verdict, ...]


def check_sums(report: AnnualReport) -> Iterator[Finding]:
    """勾稽关系核验 — one error for each fault among the sums of tables three and four (条例 第五十条)."""
    counted = {address: report.figures.get(address) or 0 for address in report.form.addresses}
    if all([equation.is_met(counted) for equation in report.form.equations]):
        return  # as nearly always; there is nothing to tell apart
    verdicts = list(evaluate(report))
    broken = [verdict for verdict in verdicts if verdict.balance is Balance.BROKEN]
    if not broken:
        return
    suspects = _suspects(report, {_key(verdict): verdict for verdict in verdicts}, broken)
    told: set[Key] = set()
    for suspect in _undisputed([s for s in suspects if len(s.sums) > 1]):
        told.update(map(_key, suspect.sums))
        yield _of_suspect(report, suspect)
    for verdict in broken:
        if _key(verdict) not in told:
            yield _of_sum(report, verdict, [s for s in suspects if s.sums == (verdict,)])


def _key(verdict: Verdict) -> Key:
    return verdict.equation.id, verdict.equation.scope


def _suspects(report: AnnualReport, verdicts: Mapping[Key, Verdict], broken: list[Verdict]) -> list[Suspect]:
    touching = _touching(report.edition, report.other_handling)
    operands = dict.fromkeys(a for verdict in broken for a in (*verdict.equation.left, *verdict.equation.right))
    suspects = []
    for address in operands:
        sums = [verdicts[key] for key in touching[address] if verdicts[key].balance is not Balance.UNREADABLE]
        mended = tuple(verdict for verdict in sums if verdict.balance is Balance.BROKEN)
        change = -mended[0].difference if address in mended[0].equation.left else mended[0].difference
        expected = int(report.figures[address] or 0) + change
        figures = {**report.figures, address: expected}
        if expected >= 0 and all(weigh(v.equation, figures).balance is not Balance.BROKEN for v in sums):
            suspects.append(Suspect(address, expected, mended))
    return suspects


def _undisputed(suspects: list[Suspect]) -> Iterator[Suspect]:
    """The suspects of most sums first; a suspect whose sum another one of as many sums claims is not named."""
    claimed: set[Key] = set()
    for size in sorted({len(suspect.sums) for suspect in suspects}, reverse=True):
        peers = [s for s in suspects if len(s.sums) == size and claimed.isdisjoint(map(_key, s.sums))]
        claims: dict[Key, int] = defaultdict(int)
        for suspect in peers:
            for verdict in suspect.sums:
                claims[_key(verdict)] += 1
        for suspect in peers:
            if all(claims[_key(verdict)] == 1 for verdict in suspect.sums):
                claimed.update(map(_key, suspect.sums))
                yield suspect


def _of_suspect(report: AnnualReport, suspect: Suspect) -> Finding:
    found = report.figures[suspect.address]
    name = names(report.form)[suspect.address]
    values: dict[str, object] = {
        "row": name.row,
        "column": name.column,
        "found": "空白" if found is None else found,
        "expected": suspect.expected,
    }
    for verdict in suspect.sums:
        values.update(_written(report, verdict))
    breaks = frozenset(verdict.equation.id for verdict in suspect.sums)
    totals = [address for verdict in suspect.sums for address in verdict.equation.left]
    figures = tuple(dict.fromkeys([suspect.address, *totals]))
    return rule_of_fault(breaks).finding(report, figures, values, expected=suspect.expected, found=found, breaks=breaks)


def _of_sum(report: AnnualReport, verdict: Verdict, suspects: list[Suspect]) -> Finding:
    equation = verdict.equation
    name = names(report.form)[equation.left[0]]
    balance = len(equation.left) > 1
    parts, total = (equation.left, equation.right) if balance else (equation.right, equation.left)
    printed = [s for s in suspects if report.figures[s.address] is not None] or suspects
    figures = tuple(s.address for s in printed) or (*equation.left, *equation.right)
    expected: int = verdict.left if balance else verdict.right
    found: Value = verdict.right if balance else verdict.left
    if len(figures) == 1:
        expected, found = printed[0].expected, report.figures[figures[0]]
    values = {
        "row": name.row,
        "column": name.column,
        "parts": addition((report.figures[a] for a in parts), zeros=len(parts) <= LONG),
        "handled": addition(report.figures[a] for a in total),
        "found": verdict.left,
        "difference": abs(verdict.difference),
    }
    rule = rule_of_fault(frozenset({equation.id}))
    return rule.finding(report, figures, values, expected=expected, found=found)


def _written(report: AnnualReport, verdict: Verdict) -> dict[str, str]:
    """The two sides of a sum, under the names that the templates of `[[faults]]` use."""
    left, right = (
        addition((report.figures[a] for a in side), zeros=len(side) <= LONG)
        for side in (verdict.equation.left, verdict.equation.right)
    )
    return {
        "applications.row_sum": {"row_parts": right, "row_total": left},
        "applications.column_sum": {"column_parts": right, "column_total": left},
        "applications.balance": {"balance_received": left, "balance_handled": right},
    }[verdict.equation.id]


@cache
def _touching(edition: Edition, shape: OtherHandling) -> Mapping[str, tuple[Key, ...]]:
    touching: dict[str, list[Key]] = defaultdict(list)
    for equation in form(edition, shape).equations:
        for address in (*equation.left, *equation.right):
            touching[address].append((equation.id, equation.scope))
    return {address: tuple(keys) for address, keys in touching.items()}
