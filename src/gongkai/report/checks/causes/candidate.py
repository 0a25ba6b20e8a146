"""可能的原因 — one mistake that would explain the broken sums of a table, how several are weighed (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gongkai.report.checks.causes.table import Changes, Table

# Rows may have slid from any row on: the sums hold wherever the row that was skipped is put back.
ANY_SIZE = frozenset({"rows_slid"})
NAMELESS = frozenset({"row_wrong", "column_wrong"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """可能的原因 — the rule that tells it, the figures concerned, the correction, and what the message names.

    `row`, `other`: addresses after whose rows or columns the message calls `row`, `column`, `other`; `words`: keys of
    `[[called]]` by the field that they fill.
    """

    rule: str
    figures: tuple[str, ...]
    changes: Changes
    at: str = ""
    other: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


class Cause(NamedTuple):
    """原因 — the candidate chosen, the figures of its equals, the sums it leaves broken, where the equals begin, and
    beside which row or column each of them stands."""

    candidate: Candidate
    figures: tuple[str, ...]
    left: int
    starts: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


def best(table: Table, candidates: Iterable[Candidate]) -> Cause | None:
    """最可能的原因 — the one that clears the table by changing fewest figures, the earlier kind before the later.

    Several of one kind that change as many figures cannot be told apart; the figures of all are named.
    """
    clearing = list(_clearing(table, candidates))
    if not clearing:
        return None
    # “Wrong as a whole” names no mistake; it is said only where nothing else explains the sums.
    left, candidate = min(clearing, key=lambda one: (one[0], one[1].rule in NAMELESS, len(one[1].changes)))
    size = len(candidate.changes)
    alike = [c for n, c in clearing if (n, c.rule, c.words) == (left, candidate.rule, candidate.words)]
    equals = [c for c in alike if len(c.changes) == size or c.rule in ANY_SIZE]
    figures = dict.fromkeys(address for one in equals for address in one.figures)
    starts = tuple(dict.fromkeys(one.at for one in equals if one.at))
    pairs = {frozenset((one.at, one.other)): (one.at, one.other) for one in reversed(equals) if one.at and one.other}
    return Cause(candidate, tuple(figures), left, starts, tuple(reversed(pairs.values())))


def _clearing(table: Table, candidates: Iterable[Candidate]) -> Iterator[tuple[int, Candidate]]:
    for candidate in candidates:
        left = table.left_after(candidate.changes)
        if left is not None:
            yield left, candidate
