"""排表 — printed cells to rows with exact columns, and grids to numbered grids; for every format that has tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gongkai.documents.document import Block, Grid, Row
from gongkai.documents.limits import Limits, check_columns, check_rows

PrintedRow = tuple[Sequence[str], Sequence[tuple[int, int]]]
"""The texts of a row, and the (columns, rows) that each covers; none where every cell covers one of each."""
_SINGLE = ((1, 1),)


def place_cells(source: str, printed: Sequence[PrintedRow], limits: Limits) -> tuple[Row, ...]:
    """排单元格 — printed rows to rows of cells with exact columns, as browsers do.

    Spans are clamped to the grid; a cell goes to the first column that no span from above covers.
    """
    check_rows(source, len(printed), limits)
    placed = []
    covered: dict[int, int] = {}  # column: the first row, from 0, in which no span from above covers it
    for index, (texts, sizes) in enumerate(printed):
        check_columns(source, len(texts), limits)
        if covered:
            covered = {column: end for column, end in covered.items() if end > index}
        below = len(printed) - index
        clamped = tuple([(columns, max(1, min(rows, below))) for columns, rows in sizes]) or _SINGLE * len(texts)
        spans = _side_by_side(clamped, tuple(covered), limits.columns)
        if spans:
            check_columns(source, spans[-1][0] + spans[-1][1] - 1, limits)
        placed.append(Row(tuple(texts), spans))
        for column, columns, rows in spans if sizes else ():
            if rows > 1:
                covered.update(dict.fromkeys(range(column, column + columns), index + rows))
    return tuple(placed)


@lru_cache(maxsize=512)
def _side_by_side(
    sizes: tuple[tuple[int, int], ...], covered: tuple[int, ...], most: int
) -> tuple[tuple[int, int, int], ...]:
    """Remembered: the rows of a form are laid out the same in every report."""
    spans = []
    column = 1
    for columns, rows in sizes:
        while column in covered:
            column += 1
        wide = max(1, min(columns, most - column + 1))
        spans.append((column, wide, rows))
        column += wide
    return tuple(spans)


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """给表编号 — the blocks, grids numbered from 1 in the order in which they stand."""
    number = 0
    for block in blocks:
        if isinstance(block, Grid):
            number += 1
            yield replace(block, number=number)
        else:
            yield block
