"""几格的原因 — a count in the neighbouring cell, or missing in a cell and in the total that counts it (条例
第五十条第二项)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gongkai.report.checks.causes.candidate import Candidate
from gongkai.report.checks.causes.table import HANDLED, Table


def few_causes(table: Table) -> Iterator[Candidate]:
    """几格的原因 — candidates of two figures, those of one row before those of one column."""
    for *parts, total in table.rows.values():
        for part in parts:
            changes = table.changes((part, total), (table.counts[total], table.counts[part]))
            yield Candidate("cell_for_total", (part, total), changes, part)
    first = table.broken[0]
    short = sum(table.counts[a] for a in first.right) - sum(table.counts[a] for a in first.left)
    places = {a: 1 for a in first.left} | {a: -1 for a in first.right}
    for rule, one, other, sign in _pairs(table):
        # The first broken sum tells by how much; a pair that it does not hold explains nothing.
        weight = places.get(one, 0) + sign * places.get(other, 0)
        if not weight:
            continue
        count = short // weight
        changes = {one: table.counts[one] + count, other: table.counts[other] + sign * count}
        yield Candidate(rule, (one, other), changes, one, other)


def _pairs(table: Table) -> Iterator[tuple[str, str, str, int]]:
    for name, addresses in table.rows.items():
        *parts, total = addresses
        yield from (("cells_in_row", one, other, -1) for one, other in combinations(parts, 2))
        yield from (("cell_and_total", part, total, 1) for part in parts)
        if HANDLED in table.rows and name != HANDLED:
            handled = table.rows[HANDLED]
            yield from (("cell_and_handled", a, b, 1) for a, b in zip(addresses, handled, strict=True))
    for addresses in table.columns.values():
        yield from (("cells_in_column", one, other, -1) for one, other in combinations(addresses, 2))
