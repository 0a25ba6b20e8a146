"""整行的原因 — a row of table three shifted, left out, copied or exchanged, or rows that slid (条例 第五十条第二项).

What a row should be follows from the rows around it, column by column. That the row so found balances by itself is the
proof; how the printed row differs from it gives the mistake its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from gongkai.report.checks.causes.candidate import Candidate
from gongkai.report.checks.causes.table import HANDLED, Row, Table

# A row that is otherwise wrong is named as a whole only where so many of its figures are.
MANY, FEWEST = 3, 2
# Two rows that agree in so many cases, or in so many of one applicant alone, are not alike by chance.
UNLIKELY, UNLIKELY_ALONE = 10, 100
# Rows that are often equal though nobody copied them: the backlog of two years is the same. So may two results be.
OFTEN_EQUAL = frozenset({frozenset({"received", HANDLED}), frozenset({"carried_in", "carried_out"})})


def row_causes(table: Table) -> Iterator[Candidate]:
    """整行的原因 — candidates, the likelier kind first."""
    for name in table.rows:
        yield from _shifted(table, name)
    yield from _replaced(table)
    yield from _exchanged(table)
    yield from _slid(table)


def follows(table: Table, name: str) -> Row:
    """应有的数 — what a row of table three has to be for every column to hold, the other rows as they are."""
    rows = {row: table.row(row) for row in table.rows}
    wanted = []
    for at in range(len(rows[name])):
        results = sum(rows[row][at] for row in table.results)
        received, carried_in, handled, out = (
            rows[row][at] for row in ("received", "carried_in", HANDLED, "carried_out")
        )
        wanted.append(
            {
                HANDLED: results,
                "received": handled + out - carried_in,
                "carried_in": handled + out - received,
                "carried_out": received + carried_in - handled,
            }.get(name, handled - results + rows[name][at])
        )
    return tuple(wanted)


def _shifted(table: Table, name: str) -> Iterator[Candidate]:
    """What was pushed out at one end is found by the row's own sum; the total may have stayed where it was."""
    printed, addresses = table.row(name), table.rows[name]
    *counted, total = printed
    moved = (
        ("right", (*printed[1:], sum(printed[1:]))),
        ("left", (counted[-1] - sum(counted[:-1]), *counted)),
        ("right", (*counted[1:], total - sum(counted[1:]), total)),
        ("left", (total - sum(counted[:-1]), *counted[:-1], total)),
    )
    for direction, counts in moved:
        changes = table.changes(addresses, counts)
        if min(counts) >= 0 and any(counts) and len(changes) >= FEWEST:
            yield Candidate("row_shifted", addresses, changes, addresses[0], words={"direction": direction})


def _replaced(table: Table) -> Iterator[Candidate]:
    found: list[tuple[int, Candidate]] = []
    blank = [name for name, addresses in table.rows.items() if all(table.report.figures[a] is None for a in addresses)]
    for name, printed in ((name, table.row(name)) for name in table.rows):
        addresses, counts = table.rows[name], follows(table, name)
        changes = table.changes(addresses, counts)
        if not changes or min(counts) < 0:
            continue
        weight, rule, other = _called(table, name, printed)
        fewest = 1 if name == HANDLED or blank == [name] else FEWEST if rule == "row_copied" and not weight else MANY
        if len(changes) < fewest:
            continue
        found.append((weight, Candidate(rule, addresses, changes, addresses[0], other)))
    yield from (candidate for _, candidate in sorted(found, key=lambda one: one[0]))


def _called(table: Table, name: str, printed: Row) -> tuple[int, str, str]:
    """What is wrong with a whole row: how likely, the rule, and the row that it repeats."""
    if not any(printed):
        return 1, "row_missing", ""
    twin = next((other for other in table.rows if other != name and table.row(other) == printed), None)
    if twin:
        fewest = UNLIKELY if sum(map(bool, printed[:-1])) >= FEWEST else UNLIKELY_ALONE
        by_chance = frozenset({name, twin}) in OFTEN_EQUAL or (
            {name, twin} <= {*table.results} and sum(printed[:-1]) < fewest
        )
        return 2 * by_chance, "row_copied", table.rows[twin][0]
    if name == HANDLED and printed == _sum(table.row("received"), table.row("carried_in")):
        return 3, "handled_carried", ""
    return 4, "row_wrong", ""


def _sum(one: Row, other: Row) -> Row:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _exchanged(table: Table) -> Iterator[Candidate]:
    for one, other in combinations(table.rows, 2):
        first, second = table.rows[one], table.rows[other]
        changes = table.changes((*first, *second), (*table.row(other), *table.row(one)))
        if changes:
            yield Candidate("rows_exchanged", (*first, *second), changes, first[0], second[0])


def _slid(table: Table) -> Iterator[Candidate]:
    """From some row on every figure stands one row too low or too high; the row that fell out follows from the rest."""
    names = list(table.rows)
    addresses = [address for row in table.rows.values() for address in row]
    printed = [table.row(name) for name in names]
    for start, name in enumerate(names[:-1]):
        low = [*printed[:start], *printed[start + 1 :]]
        low.append(_less(_sum(low[0], low[1]), low[-1]))
        yield from _slide(table, low, name, addresses, "down")
        if name in table.results:
            high = [*printed[:start], (0,) * len(printed[0]), *printed[start:-1]]
            high[start] = _less(high[-2], _total([high[names.index(row)] for row in table.results]))
            yield from _slide(table, high, name, addresses, "up")


def _slide(table: Table, rows: list[Row], at: str, addresses: list[str], way: str) -> Iterator[Candidate]:
    changes = table.changes(addresses, [n for row in rows for n in row])
    if len(changes) > MANY:
        figures = tuple(changes)
        yield Candidate("rows_slid", figures, changes, table.rows[at][0], words={"direction": way})


def _less(one: Row, other: Row) -> Row:
    return tuple(a - b for a, b in zip(one, other, strict=True))


def _total(rows: list[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))
