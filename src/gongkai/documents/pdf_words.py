"""PDF 的列 — words in columns become grids whose columns were counted from distances; other lines, paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

import pypdfium2

from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.pdf_signs import Sign, signs_of, words_in_lines

Band = tuple[float, float]

_WRAPPED_LINES = 2
"""So many lines of one word may stand between two lines of a grid: wrapped labels, group headings."""


def blocks(source: str, page: pypdfium2.PdfPage, at: int, first_number: int, limits: Limits) -> Iterator[Block]:
    """页的段落和表格 — of page `at`, from top to bottom."""
    signs, _ = signs_of(page)
    yield from blocks_of(source, signs, at, first_number, limits)


def blocks_of(source: str, signs: Iterable[Sign], at: int, first_number: int, limits: Limits) -> Iterator[Block]:
    """页的段落和表格 — from the characters of page `at`."""
    lines = list(enumerate(words_in_lines(signs), 1))
    number, start = first_number, 0
    while start < len(lines):
        end = _grid_end(lines, start)
        if end > start:
            yield _grid(source, lines[start:end], at, number, limits)
            number, start = number + 1, end
        else:
            line, words = lines[start]
            yield Paragraph(" ".join(word.text for word in words), line, at, loose=True)
            start += 1


def _grid_end(lines: list[tuple[int, list[Sign]]], start: int) -> int:
    """The line after the last of the grid that begins at `start`; `start` itself if none does."""
    end = start
    for at in range(start, len(lines)):
        if len(lines[at][1]) > 1:
            end = at + 1
        elif at == start or at - end >= _WRAPPED_LINES:
            break
    return end


def _grid(source: str, lines: list[tuple[int, list[Sign]]], at: int, number: int, limits: Limits) -> Grid:
    check_rows(source, len(lines), limits)
    bands = _bands([word for _, words in lines for word in words])
    check_columns(source, len(bands), limits)
    ends = [right for _, right in bands]
    rows = []
    for line, words in lines:
        cells: list[Cell] = []
        for word in words:
            first = min(bisect_left(ends, word.left), len(bands) - 1)
            last = first
            while last + 1 < len(bands) and bands[last + 1][0] < word.right:
                last += 1
            if cells and cells[-1].column + cells[-1].columns > first + 1:
                cells[-1] = cells[-1]._replace(
                    text=f"{cells[-1].text} {word.text}", columns=max(last + 2 - cells[-1].column, cells[-1].columns)
                )
            else:
                cells.append(Cell(word.text, first + 1, last - first + 1))
        rows.append(Row.of(cells, line, at))
    return Grid(tuple(rows), number, exact=False)


def _bands(words: list[Sign]) -> list[Band]:
    """Columns as stretches of x. Narrow words come first, so that a heading over several columns joins none."""
    bands: list[Band] = []
    for word in sorted(words, key=lambda w: w.right - w.left):
        touched = [band for band in bands if band[0] < word.right and word.left < band[1]]
        if not touched:
            bands.append((word.left, word.right))
        elif len(touched) == 1:
            bands.remove(touched[0])
            bands.append((min(touched[0][0], word.left), max(touched[0][1], word.right)))
    return sorted(bands)
