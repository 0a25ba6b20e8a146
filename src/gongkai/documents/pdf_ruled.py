"""PDF 的框线表 — grids from ruling lines: exact columns, merged cells as spans, tables stitched over pages."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2

from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.pdf_lines import Frame, Ruling, frames, rulings
from gongkai.documents.pdf_signs import Sign, signs_of, text_of, words_in_lines

_SAME_EDGE = 4.0
"""Points by which the edges of a table may differ from page to page."""


@dataclass(slots=True)
class Part:
    """表的一段 — the part of a table that stands on one page: its column edges, and per row the cells
    (first edge, last edge, rows, text)."""

    edges: list[float]
    rows: list[tuple[int, list[tuple[float, float, int, str]]]]


def parts(source: str, page: pypdfium2.PdfPage, at: int, limits: Limits) -> list[Paragraph | Part]:
    """页上的段落和表 — of page `at`, from top to bottom."""
    signs, turn = signs_of(page)
    return parts_of(source, signs, rulings(page, turn), at, limits)


def parts_of(
    source: str, signs: Iterable[Sign], lines: list[Ruling], at: int, limits: Limits
) -> list[Paragraph | Part]:
    """页上的段落和表 — from the characters and lines of page `at`."""
    found = frames(source, lines, limits)
    inside: dict[int, list[Sign]] = defaultdict(list)
    outside: list[Sign] = []
    for sign in signs:
        frame = next(
            (n for n, frame in enumerate(found) if frame.holds((sign.left + sign.right) / 2, sign.middle)), None
        )
        (outside if frame is None else inside[frame]).append(sign)
    items: list[tuple[float, Paragraph | Part]] = [
        (frame.ys[-1], _part(frame, inside[n], at)) for n, frame in enumerate(found) if inside[n]
    ]
    for line, words in enumerate(words_in_lines(outside), 1):
        text = " ".join(word.text for word in words)
        items.append((words[0].middle, Paragraph(text, line, at, loose=True)))
    return [item for _, item in sorted(items, key=lambda pair: -pair[0])]


def _part(frame: Frame, signs: Iterable[Sign], at: int) -> Part:
    held: dict[int, list[Sign]] = defaultdict(list)
    for sign in signs:
        held[frame.cell_at((sign.left + sign.right) / 2, sign.middle)].append(sign)
    rows = [
        (at, [(frame.xs[left], frame.xs[right], tall, text_of(held[cell])) for cell, left, right, tall in cells])
        for cells in frame.cells_by_row()
    ]
    return Part(frame.xs, rows)


def stitched(source: str, pages: Iterable[list[Paragraph | Part]], limits: Limits) -> Iterator[Block]:
    """接表 — a table that ends one page goes on in the one that begins the next, if their outer edges agree."""
    number = 0
    pending: Part | None = None
    after: list[Paragraph] = []
    for items in pages:
        for index, item in enumerate(items):
            if isinstance(item, Paragraph):
                after.append(item)
            elif pending and _goes_on(pending, item) and _only_page_numbers(after, items[:index]):
                pending.edges = sorted({*pending.edges, *item.edges})
                pending.rows += item.rows
            else:
                if pending:
                    number += 1
                    yield _grid(source, pending, number, limits)
                yield from after
                pending, after = item, []
    if pending:
        yield _grid(source, pending, number + 1, limits)
    yield from after


def _goes_on(above: Part, below: Part) -> bool:
    return all(abs(above.edges[end] - below.edges[end]) < _SAME_EDGE for end in (0, -1))


def _only_page_numbers(between: list[Paragraph], here: list[Paragraph | Part]) -> bool:
    """Whether only what stands at the head or foot of pages is between, and the table opens its page."""
    return all(isinstance(item, Paragraph) for item in here) and all(
        not paragraph.text.strip(" -—–－·0123456789第页共/") for paragraph in between
    )


def _grid(source: str, part: Part, number: int, limits: Limits) -> Grid:
    check_rows(source, len(part.rows), limits)
    edges = part.edges[:1]
    for edge in part.edges:
        if edge - edges[-1] > _SAME_EDGE:
            edges.append(edge)
    check_columns(source, len(edges) - 1, limits)
    rows = []
    for page, cells in part.rows:
        placed = []
        for left, right, tall, text in cells:
            first = max(1, bisect_right(edges, left + _SAME_EDGE))
            last = max(first + 1, bisect_right(edges, right + _SAME_EDGE))
            placed.append(Cell(text, first, last - first, tall))
        rows.append(Row.of(placed, None, page))
    return Grid(tuple(rows), number)
