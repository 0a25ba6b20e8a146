"""工作表的行 — rows of texts to paragraphs and grids: a lone cell without a span is text, a blank row ends a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row
from gongkai.documents.limits import Limits, check_columns, check_rows

Span = tuple[int, int]
"""列数与行数 — columns and rows that a merged cell covers."""
_NOTE = re.compile("^[(（*※]?(?:注|备注|说明|附)|[:：。；]")
Spans = Mapping[tuple[int, int], Span]
"""合并单元格 — by row and column from 0."""


def blocks_of(
    source: str,
    texts: Sequence[list[str]],
    spans: Spans,
    limits: Limits,
    numbers: Sequence[int] | None = None,
    *,
    whole: bool = False,
) -> Iterator[Block]:
    """各行成段成表 — in a grid every place that no merged cell covers has its cell, blank or not.

    `numbers`: of the rows, where they do not follow one another. `whole`: a lone cell within a table is a row of it
    (合计, whose figures are blank), not a text between two tables; what reads as a note behind its last row is none.
    """
    numbers = numbers or range(1, len(texts) + 1)
    # An area may reach to the end of the sheet, far beyond the rows that there are.
    spans = {
        (top, left): (min(columns, limits.columns + 1), max(min(rows, len(texts) - top), 1))
        for (top, left), (columns, rows) in spans.items()
    }
    covered = {
        (top + down, left + right)
        for (top, left), (columns, rows) in spans.items()
        for down in range(rows)
        for right in range(columns)
    } - set(spans)
    check_rows(source, len(texts), limits)
    of_tables = _of_tables(texts) if whole else [False] * len(texts)
    start = 0
    for at, row in enumerate([*texts, []]):
        filled = [column for column, text in enumerate(row) if text]
        inside = any((at, column) in covered for column in range(len(row)))
        if inside or len(filled) > 1 or (filled and (filled[0] or (at, 0) in spans)):
            continue
        if filled and start < at and of_tables[at]:
            continue
        if start < at:
            yield _grid(source, texts, (start, at), spans, covered, limits, numbers)
        start = at + 1
        if filled:
            yield Paragraph(row[0], numbers[at])


def _of_tables(texts: Sequence[list[str]]) -> list[bool]:
    """For every row whether, if it is a lone cell below a row of a table, it stands in it: more of the table follows,
    or it is no note."""
    followed, found = False, list[bool]()
    for row in reversed(texts):
        filled = sum(map(bool, row))
        followed = filled > 1 or (followed and filled == 1)
        found.append(followed or (filled == 1 and not _NOTE.search(row[0])))
    return found[::-1]


def _grid(
    source: str,
    texts: Sequence[list[str]],
    rows: Span,
    spans: Spans,
    covered: set[tuple[int, int]],
    limits: Limits,
    numbers: Sequence[int],
) -> Grid:
    """Rows `rows[0]` to before `rows[1]`, up to the last column that one of them uses."""
    start, end = rows
    used = [
        column + spans.get((at, column), (1, 1))[0]
        for at in range(start, end)
        for column, text in enumerate(texts[at])
        if text
    ]
    width = max(used, default=0)
    check_columns(source, width, limits)
    printed = []
    for at in range(start, end):
        cells = []
        for column, text in enumerate(texts[at][:width]):
            if (at, column) not in covered:
                across, down = spans.get((at, column), (1, 1))
                cells.append(Cell(text, column + 1, across, min(down, end - at)))
        printed.append(Row.of(cells, numbers[at]))
    return Grid(tuple(printed), 0, exact=len({len(texts[at]) for at in range(start, end)}) == 1)
