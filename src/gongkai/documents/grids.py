"""排表 — printed cells to rows with exact columns, and grids to numbered grids; for every format that has tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gongkai.documents.document import Block, Cell, Grid, Row
from gongkai.documents.limits import Limits, check_columns, check_rows

PrintedRow = tuple[tuple[str, ...], tuple[tuple[int, int], ...]]
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
        below = len(printed) - index if sizes else 1
        spans, width, tall = _side_by_side(sizes or _SINGLE * len(texts), tuple(covered), below, limits.columns)
        check_columns(source, width, limits)
        placed.append(Row(texts, spans))
        for column, rows in tall:
            covered[column] = index + rows
    return tuple(placed)


@lru_cache(maxsize=1024)
def _side_by_side(
    sizes: tuple[tuple[int, int], ...], covered: tuple[int, ...], below: int, most: int
) -> tuple[tuple[tuple[int, int, int], ...], int, tuple[tuple[int, int], ...]]:
    """Each cell's column, columns and rows; the last column; the columns that are covered further down, and how far.
    Remembered: the rows of a form are laid out the same in every report."""
    spans, tall = [], []
    column = 1
    for columns, rows in sizes:
        while column in covered:
            column += 1
        wide = max(1, min(columns, most - column + 1))
        high = max(1, min(rows, below))
        spans.append((column, wide, high))
        if high > 1:
            tall += [(beneath, high) for beneath in range(column, column + wide)]
        column += wide
    return tuple(spans), column - 1, tuple(tall)


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """给表编号 — the blocks, grids numbered from 1 in the order in which they stand."""
    number = 0
    for block in blocks:
        if isinstance(block, Grid):
            number += 1
            yield replace(block, number=number)
        else:
            yield block


def with_every_place(grid: Grid) -> Grid:
    """补齐空格 — an empty cell wherever a row leaves a place without one, before, between or after its cells, so that
    whoever writes the cells one after the other keeps each under its head (条例 第十二条)."""
    width = max((column + across - 1 for row in grid.rows for column, across, _ in row.spans), default=0)
    covered: dict[int, int] = {}  # column: the first row, from 0, in which no cell from above covers it
    rows = []
    for at, row in enumerate(grid.rows):
        taken = {column for column, end in covered.items() if end > at}
        taken |= {column + on for column, across, _ in row.spans for on in range(across)}
        empty = [Cell("", column) for column in range(1, width + 1) if column not in taken]
        if empty and row.texts:
            row = Row.of(sorted((*row.cells, *empty), key=lambda cell: cell.column), row.line, row.page)
        covered |= {column + on: at + down for column, across, down in row.spans for on in range(across)}
        rows.append(row)
    return replace(grid, rows=tuple(rows))
