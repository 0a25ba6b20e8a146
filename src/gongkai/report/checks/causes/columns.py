"""整栏的原因 — a column of zeros, left out, copied or exchanged, or all of them pushed (条例 第五十条第二项)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gongkai.report.checks.causes.candidate import Candidate
from gongkai.report.checks.causes.rows import MANY
from gongkai.report.checks.causes.table import TOTAL, Row, Table

FEWEST = 2


def column_causes(table: Table) -> Iterator[Candidate]:
    """整栏的原因 — candidates, the likelier kind first."""
    yield from _pushed(table)
    yield from _replaced(table)
    yield from left_out(table)
    yield from _exchanged(table)
    yield from _slid(table)


def follows(table: Table, name: str) -> Row:
    """应有的数 — what a column has to be for every row to hold, the other columns as they are."""
    *parts, total = (table.column(column) for column in table.columns)
    added = tuple(map(sum, zip(*parts, strict=True)))
    if name == TOTAL:
        return added
    own = table.column(name)
    return tuple(t - a + n for t, a, n in zip(total, added, own, strict=True))


def _pushed(table: Table) -> Iterator[Candidate]:
    """All rows pushed by a column: the column at one end is empty, and what fell out follows from the row's sum."""
    names = list(table.columns)
    addresses = [address for row in table.rows.values() for address in row]
    printed = [table.row(row) for row in table.rows]
    ways: dict[str, list[Row]] = {}
    if not any(table.column(names[0])) and any(sum(row[:-1]) for row in printed):
        ways["right"] = [(*row[1:], sum(row[1:])) for row in printed]
    if not any(table.column(TOTAL)) and any(sum(row[:-2]) for row in printed):
        ways["left"] = [(row[-2] - sum(row[:-2]), *row[:-1]) for row in printed]
    if _is_total_first(table):
        ways["first"] = [(*row[1:], row[0]) for row in printed]
    for way, rows in ways.items():
        changes = table.changes(addresses, [n for row in rows for n in row])
        if changes and (way != "right" or _is_last_alone(printed)):
            rule = "total_first" if way == "first" else "columns_pushed"
            words = {} if way == "first" else {"direction": way}
            yield Candidate(rule, tuple(changes), changes, words=words)


def _is_total_first(table: Table) -> bool:
    """Whether the first column is the total rather than exchanged with it: most requests come of natural persons, the
    column after it, few of those in the last one. No sum tells the two mistakes apart."""
    _, natural, *_, last = (sum(table.column(name)) for name in table.columns)
    return natural > last


def _is_last_alone(printed: Sequence[Row]) -> bool:
    """Whether the last column is no total in most rows: then the figures stand one column too far to the right."""
    full = [row for row in printed if any(row)]
    return sum(row[-1] == sum(row[:-1]) for row in full) * 2 < len(full)


def left_out(table: Table) -> Iterator[Candidate]:
    """漏加一栏 — every total is short by just one and the same column: the sum was taken over a range without it.

    The column itself agrees with all but the totals, so it is not the one to be blamed.
    """
    totals = table.columns[TOTAL]
    changes = table.changes(totals, follows(table, TOTAL))
    if len(changes) < FEWEST:
        return
    missing = tuple(
        changes.get(address, count) - count for address, count in zip(totals, table.column(TOTAL), strict=True)
    )
    for name, addresses in table.columns.items():
        if name != TOTAL and table.column(name) == missing:
            yield Candidate("total_leaves_out", tuple(changes), changes, totals[0], addresses[0])


def _replaced(table: Table) -> Iterator[Candidate]:
    columns = {name: table.column(name) for name in table.columns}
    found = []
    for name, printed in columns.items():
        addresses = table.columns[name]
        changes = table.changes(addresses, follows(table, name))
        if len(changes) < FEWEST:
            continue
        figures = tuple(changes)
        if not any(printed):
            rule = "totals_zero" if name == TOTAL else "column_missing"
            found.append((0, Candidate(rule, figures, changes, figures[0])))
            continue
        twin = next((other for other, column in columns.items() if other != name and column == printed), None)
        if twin and len(changes) >= MANY:
            found.append((1, Candidate("column_copied", figures, changes, figures[0], table.columns[twin][0])))
        elif len(changes) >= MANY:
            found.append((2, Candidate("column_wrong", figures, changes, figures[0])))
    yield from (candidate for _, candidate in sorted(found, key=lambda one: one[0]))


def _exchanged(table: Table) -> Iterator[Candidate]:
    names = list(table.columns)
    for one, other in combinations(names, 2):
        if (one, other) == (names[0], TOTAL) and _is_total_first(table):
            continue
        first, second = table.columns[one], table.columns[other]
        changes = table.changes((*first, *second), (*table.column(other), *table.column(one)))
        if changes:
            yield Candidate("columns_exchanged", tuple(changes), changes, first[0], second[0])


def _slid(table: Table) -> Iterator[Candidate]:
    """From some row on one column stands a row too low or too high; what fell out follows from its row."""
    for name, addresses in table.columns.items():
        printed = table.column(name)
        for start in range(len(printed) - 1):
            low = [*printed[:start], *printed[start + 1 :], 0]
            high = [*printed[:start], 0, *printed[start:-1]]
            for way, counts, open_row in (("down", low, len(low) - 1), ("up", high, start)):
                counts[open_row] = _of_its_row(table, name, open_row)
                changes = table.changes(addresses, counts)
                if len(changes) >= MANY:
                    figures = tuple(changes)
                    yield Candidate("column_slid", figures, changes, addresses[start], words={"direction": way})


def _of_its_row(table: Table, column: str, at: int) -> int:
    row = table.row(list(table.rows)[at])
    if column == TOTAL:
        return sum(row[:-1])
    return row[-1] - sum(row[:-1]) + row[list(table.columns).index(column)]
