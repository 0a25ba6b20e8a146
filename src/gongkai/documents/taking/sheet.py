"""取用工作簿 — the cells of an xlsx as they are shown: 12.5%, 000007 (条例 第十二条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gongkai.documents.document import Block, Paragraph
from gongkai.documents.document import View as Taken
from gongkai.documents.grids import numbered
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.sheet_rows import blocks_of
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.cells import Piece
from gongkai.documents.showing.sheet import Shown, View, how_of
from gongkai.documents.showing.workbook import Book, Page
from gongkai.documents.taking.raised import raised

_USUAL_WIDTH = 8.43
_WIDE = "\u2e80"
_OVERFLOWS = ("General", "@", "")


def read(name: str, data: bytes, limits: Limits) -> tuple[Taken, dict[str, int]]:
    """取用工作簿 — every sheet that is seen, under its name where there are several (条例 第十二条)."""
    book = Book(name, data, limits)
    view, counts, found = View(book), Counter[str](), list[tuple[str, list[Block]]]()
    for page in book.pages:
        if page.kind == "worksheet":
            one = _Sheet(name, view, page, limits)
            held = list(one.blocks())
            counts.update(one.counts)
            if held:
                found.append((page.name, held))
    blocks = [each for title, held in found for each in ([Paragraph(title)] * (len(found) > 1) + held)]
    return Taken("shown", tuple(numbered(blocks))), dict(counts)


class _Sheet:
    """One sheet: rows and columns that are hidden are left out, and what stands beside them moves up."""

    def __init__(self, name: str, view: View, page: Page, limits: Limits) -> None:
        self._name, self._view, self._page, self._limits = name, view, page, limits
        self.counts: Counter[str] = Counter()
        self._spans = [(span.first, span.last) for span in page.hidden_columns()]

    def blocks(self) -> Iterator[Block]:
        rows = {row: {one.column: one for one in cells} for row, cells in self._view.rows(self._page)}
        seen = {
            (row, column): one
            for row, cells in rows.items()
            for column, one in cells.items()
            if not self._counted_hidden(one)
        }
        last_row, last_column = max((row for row, _ in seen), default=0), max((at for _, at in seen), default=0)
        check_rows(self._name, last_row, self._limits)
        check_columns(self._name, last_column, self._limits)
        lines = [row for row in range(1, last_row + 1) if not self._page.hides_row(row)]
        columns = [column for column in range(1, last_column + 1) if not self._is_hidden(column)]
        texts = [["" for _ in columns] for _ in lines]
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        at_row, at_column = {row: at for at, row in enumerate(lines)}, {each: at for at, each in enumerate(columns)}
        first = dict[tuple[int, int], tuple[int, int]]()
        for area in self._page.merged:
            inside = [at_row[row] for row in range(area.top, min(area.bottom, last_row) + 1) if row in at_row]
            across = [at_column[one] for one in range(area.left, min(area.right, last_column) + 1) if one in at_column]
            if inside and across:
                first[area.top, area.left] = (inside[0], across[0])
                spans[inside[0], across[0]] = (len(across), len(inside))
        for (row, column), one in seen.items():
            place = first.get((row, column)) or (at_row.get(row, -1), at_column.get(column, -1))
            if min(place) >= 0:
                texts[place[0]][place[1]] = self._text(one)
        yield from blocks_of(self._name, texts, spans, self._limits)

    def _is_hidden(self, column: int) -> bool:
        return any(first <= column <= last for first, last in self._spans)

    def _counted_hidden(self, one: Shown) -> bool:
        if one.how is not How.HIDDEN:
            return False
        # A nought that its format does not show is a blank to everybody.
        self.counts["hidden"] += bool(one.text.strip()) and not (one.why is Why.FORMAT and one.cell.text == "0")
        return True

    def _text(self, one: Shown) -> str:
        if not one.is_sure or self._view.text(one.cell, one.style) is None:
            self.counts["format" if one.text.strip() else "uncomputed"] += 1
        if one.unseen:
            self.counts["hidden"] += 1
        if one.cell.kind == "n" and self._is_too_narrow(one):
            self.counts["narrow"] += 1
        pieces = one.seen if not isinstance(one.seen, str) else (Piece(one.seen or one.text),)
        ways = [(piece.text, how_of(piece.font or one.style.font)) for piece in pieces]
        struck = sum(how is How.STRUCK and bool(text.strip()) for text, how in ways)
        self.counts["struck"] += struck
        said = "".join(
            raised(text, is_low=(piece.font or one.style.font).raised == "subscript") if how is How.RAISED else text
            for piece, (text, how) in zip(pieces, ways, strict=True)
            if how is not How.STRUCK
        )
        return said.strip(" \t\r\n")

    def _is_too_narrow(self, one: Shown) -> bool:
        """Whether a program shows #### in the place of a number, whose column has no room for it."""
        if one.style.code in _OVERFLOWS or any(area.holds(one.row, one.column) for area in self._page.merged):
            return False
        widths = [span.width for span in self._page.spans if span.first <= one.column <= span.last]
        width = next((each for each in widths if each is not None), self._page.least_width or _USUAL_WIDTH)
        text = one.text.strip()
        return sum(2 if sign >= _WIDE else 1 for sign in text) > width + 1
