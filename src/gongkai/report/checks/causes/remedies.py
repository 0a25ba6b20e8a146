"""表四的原因 — all fifteen figures shifted, totals of zeros, or totals in front of the results (条例
第五十条第三项)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.report.checks.causes.candidate import Candidate
from gongkai.report.checks.causes.columns import left_out
from gongkai.report.checks.causes.table import TOTAL, Table


def remedies_causes(table: Table) -> Iterator[Candidate]:
    """表四的原因 — candidates, the likelier kind first."""
    width = len(table.columns)
    addresses = [address for row in table.rows.values() for address in row]
    printed = [table.counts[address] for address in addresses]
    totals = table.columns[TOTAL]
    if not any(table.column(TOTAL)):
        changes = table.changes(totals, [sum(table.row(row)[:-1]) for row in table.rows])
        if changes:
            yield Candidate("totals_zero", tuple(changes), changes, next(iter(changes)))
    yield from left_out(table)
    right = [*printed[1:], 0]
    right[-1] = sum(right[-width:-1])
    left = [0, *printed[:-1]]
    left[0] = left[width - 1] - sum(left[1 : width - 1])
    for direction, counts in (("right", right), ("left", left)):
        changes = table.changes(addresses, counts)
        yield Candidate("row_shifted", tuple(changes), changes, words={"direction": direction})
    first = [n for row in table.rows for n in (*table.row(row)[1:], table.row(row)[0])]
    changes = table.changes(addresses, first)
    yield Candidate("total_first", tuple(changes), changes)
    last = [n for row in table.rows for n in (*table.row(row)[:-2], *reversed(table.row(row)[-2:]))]
    changes = table.changes(addresses, last)
    yield Candidate("pending_last", tuple(changes), changes)
