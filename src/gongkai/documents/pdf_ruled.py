"""PDF 的框线表 — grids from ruling lines: exact columns, merged cells as spans, tables stitched over pages."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2

from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.pdf_lines import Frame, Ruling, frames, rulings
from gongkai.documents.pdf_signs import Sign, signs_of, text_of, words_in_lines

_SAME_EDGE = 4.0
"""Points by which the edges of a table may differ from page to page."""
_SAME_WIDTH = 1.05
"""Times by which its widths may differ on pages that are pictures."""


class Held(NamedTuple):
    """表的一格 — from which edge to which, over how many rows, and its text; `confidence`: see Row."""

    left: float
    right: float
    rows: int
    text: str
    confidence: float | None = None


class Shelf(NamedTuple):
    """表的一行 — the page, the cells that start in the row, and the number of the line where lines are counted."""

    page: int
    cells: list[Held]
    line: int | None = None


@dataclass(slots=True)
class Part:
    """表的一段 — the part of a table that stands on one page: its column edges and its rows. `seen`: on a page that is
    a picture, where no two pages lie alike."""

    edges: list[float]
    rows: list[Shelf]
    seen: bool = False

    def laid_on(self, above: Part) -> Part:
        """对齐 — the part with its outer edges laid on those of the one above."""
        (first, last), (left, right) = (above.edges[0], above.edges[-1]), (self.edges[0], self.edges[-1])

        def moved(edge: float) -> float:
            return first + (edge - left) * (last - first) / (right - left)

        rows = [
            row._replace(cells=[held._replace(left=moved(held.left), right=moved(held.right)) for held in row.cells])
            for row in self.rows
        ]
        return Part([moved(edge) for edge in self.edges], rows, seen=True)


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
        Shelf(
            at, [Held(frame.xs[left], frame.xs[right], tall, text_of(held[cell])) for cell, left, right, tall in cells]
        )
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
                item = item.laid_on(pending) if item.seen else item
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
    if above.seen and below.seen:
        widths = sorted(part.edges[-1] - part.edges[0] for part in (above, below))
        return widths[1] < widths[0] * _SAME_WIDTH
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
    for page, cells, line in part.rows:
        placed = []
        for held in cells:
            first = max(1, bisect_right(edges, held.left + _SAME_EDGE))
            last = max(first + 1, bisect_right(edges, held.right + _SAME_EDGE))
            placed.append(Cell(held.text, first, last - first, held.rows))
        sure = tuple([held.confidence for held in cells if held.confidence is not None])
        rows.append(Row.of(placed, line, page, sure))
    return Grid(tuple(rows), number)
