"""工作表上看得见的 — the sheets of an xlsx as a reader sees them: figures by their number formats, without hidden rows
and columns, struck and hidden words (条例 第五十条).

Dates are written out whole, whatever part of them is shown. What is no text, such as an error, a formula without its
result or a format that is not understood, is said to be no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.documents.document import Block
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.number_format import rendered
from gongkai.documents.sheet_conditions import Conditions, Instead
from gongkai.documents.sheet_rows import Span, blocks_of
from gongkai.documents.showing import How
from gongkai.documents.showing.cell_style import Font
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.sheet import Shown, View, how_of, number_of
from gongkai.documents.showing.signs import NO_TEXT
from gongkai.documents.showing.workbook import Book, Page

_OF_A_DATE = re.compile(r"(?<![\\_*])[yYdD]|(?<![\\_*])m(?!m*[:])", re.ASCII)
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_ROUNDED = Decimal("0.000001")


def seen_sheets(source: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bool, Iterator[Block]]]:
    """看得见的工作表 — name, whether it is hidden, its blocks; hidden ones only where no other says anything."""
    view = View(Book(source, data, limits))
    pages = [page for page in view.book.pages if page.kind == "worksheet"]
    shown = [page for page in pages if not page.is_hidden]
    for page in pages:
        if page in shown or not any(one.lines for one in shown):
            yield page.name, page.is_hidden, SeenSheet(source, view, page, limits).blocks()


class SeenSheet:
    """看得见的一张表 — hidden rows and columns are left out, and what stands beside them moves up (条例 第五十条)."""

    whole = False
    """Whether a lone cell within a table is a row of it."""

    def __init__(self, source: str, view: View, page: Page, limits: Limits) -> None:
        self._source, self._view, self._page, self._limits = source, view, page, limits
        self._conditions = Conditions(page, view.book.styles)

    def blocks(self) -> Iterator[Block]:
        """段落和表格 — of what is left (条例 第五十条)."""
        page = self._page
        texts = {(row, one.column): self.text(one) for row, cells in self._view.rows(page) for one in cells}
        last_row = max((row for row, _ in texts), default=0)
        last_column = max((column for _, column in texts), default=0)
        check_rows(self._source, last_row, self._limits)
        check_columns(self._source, last_column, self._limits)
        hidden = {
            column for span in page.hidden_columns() for column in range(span.first, min(span.last, last_column) + 1)
        }
        rows = [row for row in range(1, last_row + 1) if not page.hides_row(row)]
        columns = [column for column in range(1, last_column + 1) if column not in hidden]
        if page.is_hidden:
            rows, columns = list(range(1, last_row + 1)), list(range(1, last_column + 1))
        spans = dict(self._spans(rows, columns, texts))
        table = [[texts.get((row, column), "") for column in columns] for row in rows]
        yield from blocks_of(self._source, table, spans, self._limits, rows, whole=self.whole)

    def _spans(
        self, rows: list[int], columns: list[int], texts: dict[tuple[int, int], str]
    ) -> Iterator[tuple[tuple[int, int], Span]]:
        """The merged areas in what is left; the words of one whose first row or column is hidden stand in the next."""
        at_row = {row: index for index, row in enumerate(rows)}
        at_column = {column: index for index, column in enumerate(columns)}
        for area in self._page.merged:
            down = [at_row[row] for row in range(area.top, min(area.bottom, self._limits.rows) + 1) if row in at_row]
            across = [
                at_column[one]
                for one in range(area.left, min(area.right, self._limits.columns) + 1)
                if one in at_column
            ]
            if down and across:
                first = rows[down[0]], columns[across[0]]
                texts[first] = texts.get((area.top, area.left), "")
                yield (down[0], across[0]), (len(across), len(down))

    def text(self, one: Shown) -> str:
        """一格 — what is read of it (条例 第五十条)."""
        kept = self._page.lines[one.row].cells[one.column]
        if kept.is_open or one.cell.kind == "e" or not one.is_sure or self._is_outdated(one):
            return NO_TEXT
        if one.how is How.HIDDEN and not self._page.is_hidden:
            return ""
        if (instead := self._conditions.instead(one)) is not None:
            return instead if isinstance(instead, str) else "" if instead is Instead.NOTHING else NO_TEXT
        if one.cell.kind == "b":
            return "是" if one.text == "TRUE" else "否"
        if one.cell.kind in ("n", "d") and (day := self._day(one)):
            return day
        return words_of(one)

    def _is_outdated(self, one: Shown) -> bool:
        """Whether a formula says something else than the result that was kept: which of them is seen is open."""
        if not one.cell.formula:
            return False
        result, _ = self._view.result(self._page, one.cell.formula)
        kept = number_of(one.cell.text)
        return isinstance(result, Decimal) and kept is not None and abs(result - kept) > _ROUNDED * (1 + abs(kept))

    def _day(self, one: Shown) -> str:
        """A date in full; a time alone stays as it is shown."""
        if one.cell.kind == "d":
            return one.cell.text.removesuffix("T00:00:00").replace("T", " ")
        if not _OF_A_DATE.search(_LITERAL.sub("", one.style.code)):
            return ""
        number = number_of(one.cell.text)
        if number is None:
            return ""
        shape = "yyyy-mm-dd" if number == number.to_integral_value() else "yyyy-mm-dd hh:mm:ss"
        return rendered(number, shape, from_1904=self._view.book.from_1904) or ""


def pieces_of(one: Shown) -> Iterator[tuple[str, Font]]:
    """各截 — what is seen of a cell, each piece with its font (条例 第五十条)."""
    if isinstance(one.seen, str):
        yield one.seen or one.text, one.style.font
    else:
        yield from ((piece.text, piece.font or one.style.font) for piece in one.seen)


def words_of(one: Shown) -> str:
    """一格的字 — without what is struck; raised and lowered signs as such (条例 第五十条)."""
    return "".join(_styled(text, font) for text, font in pieces_of(one)).strip(" \t\r\n")


def _styled(text: str, font: Font) -> str:
    how = how_of(font)
    if how is How.STRUCK:
        return ""
    return raised(text, is_low=font.raised == "subscript") if how is How.RAISED else text
