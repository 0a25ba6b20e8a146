"""整行 — a row of an exact grid with all its cells of figures, whatever one of them says (年报表三)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from gongkai.report.reading.applications import WIDTH, Printed
from gongkai.report.reading.numbers import Kind, read_cell

_ENOUGH = 3


def whole_rows(held: Mapping[str, Sequence[Printed]]) -> dict[str, list[Printed]]:
    """补齐一行的格 — words in the first or the last cell of figures are taken for a part of the row's name; where the
    other rows of the table have figures, they are what is printed for a figure."""
    counts = Counter(
        (printed.table, printed.columns)
        for found in held.values()
        for printed in found
        if printed.exact and printed.numbers == len(printed.tokens) == WIDTH
    )
    usual: dict[int | None, tuple[int, ...]] = {}
    for (table, columns), often in counts.most_common():
        if often >= _ENOUGH:
            usual.setdefault(table, columns)
    return {row: [_whole(printed, usual.get(printed.table, ())) for printed in found] for row, found in held.items()}


def _whole(printed: Printed, usual: Sequence[int]) -> Printed:
    if not usual or not printed.exact or len(printed.tokens) >= WIDTH or not set(printed.columns) < set(usual):
        return printed
    strip = printed.sources[0][0]
    if strip.row is None or any(source is not strip for source, _ in printed.sources):
        return printed
    at = {column: index for index, (column, columns, _) in enumerate(strip.row.spans) if columns == 1}
    if any(column not in at for column in usual):
        return printed
    picked = tuple([at[column] for column in usual])
    tokens = tuple([read_cell(strip.row.texts[index]) for index in picked])
    numbers = sum([token.kind is Kind.NUMBER for token in tokens])
    return Printed.of(strip._replace(tokens=tokens, numbers=numbers, picked=picked))
