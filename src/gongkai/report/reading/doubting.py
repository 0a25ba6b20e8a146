"""存疑 — what of a placed 表三 is not certain, though it may add up: what no sum confirms, or what something else
explains as well (年报表三勾稽关系).

Each of these looks at the whole table once it has been placed, changes no value, and answers with the same figures,
some of them doubtful.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from gongkai.report.figures import State
from gongkai.report.form import Equation, Form, Line
from gongkai.report.placements import Entry, Placed, holds
from gongkai.report.reading.applications import WIDTH, Printed
from gongkai.report.reading.numbers import Kind
from gongkai.report.reading.options import as_printed
from gongkai.report.reading.result import Reading, Readings

_NEARLY_ALL = 0.8


def agree(cell: Placed, padding: Placed) -> bool:
    """两读一致 — whether a cell says the same when blank ends are padding. A blank is what it is, whatever could be
    inferred for it."""
    if padding.state in (State.DOUBTFUL, State.ABSENT):
        return False
    return cell.value == padding.value or (cell.value is None and padding.state is State.INFERRED)


def balances(placed: Mapping[str, Placed], equations: Sequence[Equation]) -> bool:
    """勾稽不悖 — whether what is known breaks no equation."""
    values = known(placed)
    return all(holds(equation, values) is not False for equation in equations)


def known(placed: Mapping[str, Placed]) -> dict[str, Entry]:
    """已知的数 — the values, `...` for what is in doubt or absent."""
    return {a: ... if p.state in (State.ABSENT, State.DOUBTFUL) else p.value for a, p in placed.items()}


def without_witness(
    lines: Sequence[Line], equations: Sequence[Equation], placed: dict[str, Placed]
) -> dict[str, Placed]:
    """无从佐证 — in a table that is torn elsewhere, a row that breaks its own sum is as likely torn as wrong, and a row
    without its total is vouched for by its columns alone. (In a table that is whole it is the report's own fault, and
    read as printed.)"""
    values = known(placed)
    rows = {line.id: line.addresses for line in lines}
    if not any(figure.state in (State.DOUBTFUL, State.ABSENT) for figure in placed.values()):
        return _where_totals_are_lost(rows, equations, placed)
    verdicts = [(equation, holds(equation, values)) for equation in equations]
    columns = {a for e, verdict in verdicts if verdict and e.scope not in rows for a in (*e.left, *e.right)}
    broken = {e.scope for e, verdict in verdicts if verdict is False}
    for row, addresses in rows.items():
        has_total = placed[addresses[-1]].source is not None and placed[addresses[-1]].value is not None
        for address in addresses:
            if placed[address].value is not None and (row in broken or not (has_total or address in columns)):
                placed[address] = replace(placed[address], state=State.DOUBTFUL)
    return placed


def _where_totals_are_lost(
    rows: Mapping[str, Sequence[str]], equations: Sequence[Equation], placed: dict[str, Placed]
) -> dict[str, Placed]:
    """Where other rows have figures and an empty cell for their total, a row that breaks its own sum is as likely to
    have lost its total, and to end with half of a number."""
    values = known(placed)
    is_torn = any(values[addresses[-1]] is None and any(values[a] for a in addresses) for addresses in rows.values())
    broken = {e.scope for e in equations if is_torn and holds(e, values) is False}
    for row in broken.intersection(rows):
        for address in rows[row]:
            if placed[address].value is not None:
                placed[address] = replace(placed[address], state=State.DOUBTFUL)
    return placed


def packed_left(
    lines: Sequence[Line],
    held: Mapping[str, Sequence[Printed]],
    equations: Sequence[Equation],
    placed: dict[str, Placed],
) -> dict[str, Placed]:
    """数字靠左 — numbers side by side and then only blanks, in columns that do not add up: zeros have been dropped from
    among them as likely as a cell is wrong, so that where they stand proves nothing."""
    values = known(placed)
    broken = {a for e in equations if e.scope not in held and holds(e, values) is False for a in (*e.left, *e.right)}
    for line in lines:
        row = [placed[a].value for a in line.addresses]
        numbers = [value for value in row if value is not None]
        is_packed_left = 1 < len(numbers) < WIDTH - 1 and row[: len(numbers)] == numbers and any(numbers)
        if is_packed_left and held[line.id] and not broken.isdisjoint(line.addresses):
            for address in line.addresses[: len(numbers)]:
                placed[address] = replace(placed[address], state=State.DOUBTFUL)
    return placed


def no_column_for_all(
    lines: Sequence[Line], held: Mapping[str, Sequence[Printed]], placed: dict[str, Placed]
) -> dict[str, Placed]:
    """缺栏不一 — a table whose rows are all short by as many cells has lost the same columns in each of them. Where no
    choice of columns does for all, something else is wrong with one of them, and what was inferred proves nothing."""
    cells = {line: _shown(held[line.id][0]) for line in lines if held[line.id]}
    ((usual, often),) = Counter(map(len, cells.values())).most_common(1) or ((WIDTH, 0),)
    if not 0 < usual < WIDTH or often < len(cells) * _NEARLY_ALL:
        return placed
    values = known(placed)
    alike = [([values[a] for a in line.addresses], row) for line, row in cells.items() if len(row) == usual]
    for columns in combinations(range(WIDTH), usual):
        if all(_stands(row, columns, found) for found, row in alike):
            return placed
    short = {address for line, row in cells.items() if len(row) == usual for address in line.addresses}
    return {a: replace(p, state=State.DOUBTFUL) if a in short and p.value is not None else p for a, p in placed.items()}


def parts_disagree(held: Mapping[str, Sequence[Printed]]) -> bool:
    """各页不一 — whether the parts of a table that has lost a column show as many numbers a row, but not in as many
    cells: an empty column in one of them is as likely a gap of the page as the column that was lost."""
    spans: dict[int, set[tuple[int, int]]] = {}
    for found in held.values():
        for printed in found[:1]:
            at = [index for index, token in enumerate(printed.tokens) if token.kind is Kind.NUMBER]
            if at and printed.table is not None:
                spans.setdefault(printed.table, set()).add((len(at), at[-1] - at[0] + 1))
    alike = [next(iter(each)) for each in spans.values() if len(each) == 1]
    counts, cells = {count for count, _ in alike}, {cells for _, cells in alike}
    return len(alike) == len(spans) > 1 == len(counts) < len(cells) and max(counts) < WIDTH


def _shown(printed: Printed) -> tuple[Entry, ...]:
    """The cells of a row; of a text table those that show something."""
    entries = as_printed(printed.tokens).entries
    if printed.exact:
        return entries
    return tuple(e for e, token in zip(entries, printed.tokens, strict=True) if e is not None or token.printed)


def _stands(row: Sequence[Entry], columns: Sequence[int], found: Sequence[Entry]) -> bool:
    """Whether the row, put into these columns, is what was found, as far as either is known."""
    both = [(entry, found[column]) for entry, column in zip(row, columns, strict=True)]
    return all([... in pair or (pair[0] or 0) == (pair[1] or 0) for pair in both])


def says_the_same(found: Sequence[Printed]) -> bool:
    """前后一致 — whether a row that is printed twice says the same twice."""
    vectors = {tuple(token.value for token in printed.tokens if token.kind is Kind.NUMBER) for printed in found}
    return len(vectors) <= 1


def doubt(readings: dict[str, Reading], addresses: Iterable[str]) -> None:
    """存疑 — every value of these addresses, whatever was said of it."""
    for address in addresses:
        if readings[address].value is not None:
            readings[address] = readings[address]._replace(state=State.DOUBTFUL)


def guessed(blank: Form, held: Mapping[str, Sequence[Printed]], placed: Mapping[str, Placed]) -> set[str]:
    """难认的数 — the addresses whose cell was legible only by guess."""
    found = set()
    for line in blank.table("applications"):
        if held[line.id] and any(token.weak for token in held[line.id][0].tokens):
            for address in line.addresses:
                source = placed[address].source
                if source is not None and held[line.id][0].tokens[source].weak:
                    found.add(address)
    return found


def confirm(readings: dict[str, Reading], addresses: Iterable[str], equations: Sequence[Equation]) -> None:
    """佐证 — a figure legible only by guess is inferred where an equation confirms it and none denies it, else
    doubtful. One printed with a word or a letter beside its digits is doubtful whatever the sums say."""
    values = Readings.of(readings).counts
    for address in addresses:
        verdicts = {holds(e, values) for e in equations if address in e.left or address in e.right}
        sure = True in verdicts and False not in verdicts and readings[address].state is not State.DOUBTFUL
        sure = sure and not _is_vague(readings[address])
        readings[address] = readings[address]._replace(state=State.INFERRED if sure else State.DOUBTFUL)


def _is_vague(reading: Reading) -> bool:
    """Of what was seen in a picture a letter among digits is as likely a digit misread."""
    strip, index = reading.at or (None, 0)
    return strip is not None and strip.tokens[index].vague and strip.confidence(index) is None
