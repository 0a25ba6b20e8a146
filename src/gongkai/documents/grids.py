"""排表 — printed cells to rows with exact columns, and grids to numbered grids; for every format that has tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.documents.document import Block, Cell, Grid, Row
from gongkai.documents.limits import Limits, check_columns, check_rows

PrintedCell = str | tuple[str, int, int]


def place_cells(source: str, printed: Sequence[Sequence[PrintedCell]], limits: Limits) -> tuple[Row, ...]:
    """排单元格 — rows of texts or (text, columns, rows) to rows of cells with exact columns, as browsers do.

    Spans are clamped to the grid; a cell goes to the first column that no span from above covers.
    """
    check_rows(source, len(printed), limits)
    placed = []
    below: dict[int, int] = {}
    for index, cells in enumerate(printed):
        check_columns(source, len(cells), limits)
        column, row = 1, []
        covered = {at: rows - 1 for at, rows in below.items() if rows > 1} if below else {}
        for cell in cells:
            while column in below:
                column += 1
            if isinstance(cell, str):
                row.append(Cell(cell, column))
                column += 1
                continue
            text, columns, rows = cell
            wide = max(1, min(columns, limits.columns - column + 1))
            tall = max(1, min(rows, len(printed) - index))
            row.append(Cell(text, column, wide, tall))
            if tall > 1:
                covered.update(dict.fromkeys(range(column, column + wide), tall - 1))
            column += wide
        check_columns(source, column - 1, limits)
        below = covered
        placed.append(Row(tuple(row)))
    return tuple(placed)


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """给表编号 — the blocks, grids numbered from 1 in the order in which they stand."""
    number = 0
    for block in blocks:
        if isinstance(block, Grid):
            number += 1
            yield replace(block, number=number)
        else:
            yield block
