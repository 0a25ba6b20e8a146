"""表格给人看什么 — every cell of an xlsx as it is seen, struck, raised or hidden, and why (条例 第十七条).

    for row, cells in View(Book("名单.xlsx", data, limits)).rows(page): ...

A cell cut off by its neighbour, under a picture, outside the print area is still content. Where conditions or the
style of a table decide its colours, a cell counts as seen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from gongkai.documents.number_format import rendered
from gongkai.documents.showing import How, Run, Why
from gongkai.documents.showing.cell_style import Font, Style
from gongkai.documents.showing.cells import Cell, Piece, Rich
from gongkai.documents.showing.formulas import Value, worked_out
from gongkai.documents.showing.workbook import Area, Book, Page

_DEEPEST = 20
_MOST_DIGITS = 15
_PLAIN_EXPONENT = 60
_USUAL_DAY = re.compile(r"(?:19|20)\d\d(?:\D\d{1,2}\D\d{1,2}日?(?: 0?0:00(?::00)?)?|\d{4})\Z", re.ASCII)
_PLAIN = re.compile(r"-?(?:0(?=\.)|[1-9][0-9]{0,14})(?:\.[0-9]{0,8}[1-9])?")
"""Numbers that are written as they are shown."""
_MOST_RENDERED = 200_000
"""Numbers whose shape is kept: a page is walked through several times."""


class Shown(NamedTuple):
    """一格所见 — its text by its number format, how it is seen, what of it is seen with its fonts.

    `text` holds everything; `seen` only what a reader sees, without the pieces `unseen`; `is_sure` is False where the
    format or a formula could not be worked out.
    """

    row: int
    column: int
    cell: Cell
    style: Style
    text: str
    how: How = How.SEEN
    why: Why | None = None
    seen: Rich = ""
    is_sure: bool = True
    unseen: tuple[int, ...] = ()

    @property
    def run(self) -> Run:
        """一段文字 — for the reading of reports."""
        return Run(self.text, self.how, self.why)


class Unseen(NamedTuple):
    """看不见的格 — how many for each reason, and the hidden rows and columns that hold any."""

    counts: Counter[Why | None]
    rows: set[int]
    columns: set[int]


class View:
    """所见 — of every page of a workbook, worked out anew at each asking: nothing of it is kept."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._names = {page.name.casefold(): page for page in book.pages}
        self._results: dict[tuple[str, int, int], Value | None] = {}
        self._ordinary: dict[int, bool] = {}
        self._rendered: dict[tuple[str, str], str | None] = {}
        self._unseen_of: dict[str, Unseen] = {}

    def rows(self, page: Page) -> Iterator[tuple[int, list[Shown]]]:
        """各行 — from above, each with its filled cells from the left."""
        covered, unseen_cells = _Covered(page), Unseen(Counter(), set(), set())
        used = {column for line in page.lines.values() for column in line.cells}
        spans = [(span.first, span.last) for span in page.hidden_columns()]
        hidden = {column for column in used if any(first <= column <= last for first, last in spans)}
        for row in sorted(page.lines):
            line = page.lines[row]
            unseen = Why.SHEET if page.is_hidden else Why.ROW if page.hides_row(row) else None
            shown = []
            for column in sorted(line.cells):
                cell = line.cells[column]
                if cell.value or cell.formula is not None:
                    why = unseen or (Why.COLUMN if column in hidden else None)
                    if page.merged:
                        why = covered.why(row, column, why)
                    shown.append(one := self._shown(page, row, column, cell, why))
                    if one.how is How.HIDDEN:
                        unseen_cells.counts[one.why] += 1
                        if one.why is Why.ROW:
                            unseen_cells.rows.add(row)
                        elif one.why is Why.COLUMN:
                            unseen_cells.columns.add(column)
            if shown:
                yield row, shown
        self._unseen_of[page.part] = unseen_cells

    def unseen(self, page: Page) -> Unseen:
        """看不见的格 — of a page; it is not walked through again for them."""
        if page.part not in self._unseen_of:
            for _ in self.rows(page):
                pass
        return self._unseen_of[page.part]

    def _shown(self, page: Page, row: int, column: int, cell: Cell, why: Why | None) -> Shown:
        style = self.book.styles[cell.style]
        if why is None and not cell.is_open and isinstance(cell.value, str) and self._is_ordinary(cell.style):
            text = self.text(cell, style)
            if text and not text.isspace():
                return Shown(row, column, cell, style, text, How.SEEN, None, text)
        is_sure = True
        if cell.is_open:
            result = self._result(page, row, column, cell)
            is_sure = result is not None
            cell = Cell("s" if isinstance(result, str) else "n", "" if result is None else _exact(result), cell.style)
        text = self.text(cell, style)
        if text is None:
            # A format that is not understood hides nothing where it has no digits of its own.
            is_sure = is_sure and sum(sign.isdecimal() and sign != "0" for sign in style.code) < 3
            text = cell.text
        pieces = cell.value if cell.kind == "s" and not isinstance(cell.value, str) else (Piece(text),)
        why = why or (Why.FORMAT if cell.text and not text.strip() else None)
        if why is not None:
            return Shown(row, column, cell, style, text or cell.text, How.HIDDEN, why, "", is_sure)
        unseen = tuple(
            at for at, piece in enumerate(pieces) if self._unseen(page, row, column, piece.font, style) is not None
        )
        seen = tuple(piece for at, piece in enumerate(pieces) if at not in unseen)
        if not any(piece.text for piece in seen) and text:
            why = self._unseen(page, row, column, pieces[0].font, style)
            return Shown(row, column, cell, style, text, How.HIDDEN, why, "", is_sure)
        how = _how(seen, style.font)
        kept: Rich = seen if any(piece.font for piece in seen) else "".join(piece.text for piece in seen)
        return Shown(row, column, cell, style, text, how, None, kept, is_sure, unseen)

    def day(self, one: Shown) -> str:
        """日期的八位数字 — of a number that is shown as a day in another form than the usual ones; else empty."""
        number = number_of(one.cell.text) if "y" in one.style.code.lower() else None
        if number is None or _USUAL_DAY.match(one.text):
            return ""
        digits = rendered(number, "yyyymmdd", from_1904=self.book.from_1904) or ""
        return digits if len(digits) == len("yyyymmdd") and digits.isdecimal() else ""

    def _is_ordinary(self, number: int) -> bool:
        """Whether a style hides, strikes and raises nothing: most do not, and of a long list none."""
        if number not in self._ordinary:
            style = self.book.styles[number]
            self._ordinary[number] = not (
                style.font.is_too_small or style.hides(style.font.colour) or style.font.struck or style.font.raised
            )
        return self._ordinary[number]

    def _unseen(self, page: Page, row: int, column: int, font: Font | None, style: Style) -> Why | None:
        font = font or style.font
        if font.is_too_small:
            return Why.SIZE
        if style.hides(font.colour) and not any(area.holds(row, column) for area in page.painted):
            return Why.COLOUR
        return None

    def text(self, cell: Cell, style: Style) -> str | None:
        """一格的文字 — by its number format; None where the format is not understood."""
        if cell.kind == "b" and cell.text in ("0", "1", "true", "false"):
            return "TRUE" if cell.text in ("1", "true") else "FALSE"
        if cell.kind != "n":
            if cell.kind != "s" or style.code in ("General", "@"):
                return cell.text
            return rendered(cell.text, style.code)
        raw = cell.text
        if style.code in ("General", "@", ""):
            return plain(raw)
        key = (raw, style.code)
        if key in self._rendered:
            return self._rendered[key]
        number = number_of(raw)
        text = raw if number is None else rendered(number, style.code, from_1904=self.book.from_1904)
        if len(self._rendered) < _MOST_RENDERED:
            self._rendered[key] = text
        return text

    def _result(self, page: Page, row: int, column: int, cell: Cell) -> Value | None:
        return self._value(page, row, column, cell, 0)

    def result(self, page: Page, formula: str) -> tuple[Value | None, list[tuple[int, int]]]:
        """公式的结果 — of a formula that stands in a page, None where it asks for more; and the cells it looks at."""
        places: list[tuple[int, int]] = []

        def at(sheet: str, row: int, column: int) -> Value | None:
            if not sheet:
                places.append((row, column))
            return self._at(page, sheet, row, column, 0)

        return worked_out(formula, at), places

    def _value(self, page: Page, row: int, column: int, cell: Cell, depth: int) -> Value | None:
        key = (page.part, row, column)
        if key not in self._results:
            # What asks for itself is not known.
            self._results[key] = None
            if cell.formula and depth < _DEEPEST:
                self._results[key] = worked_out(
                    cell.formula, lambda sheet, row, column: self._at(page, sheet, row, column, depth + 1)
                )
        return self._results[key]

    def _at(self, page: Page, sheet: str, row: int, column: int, depth: int) -> Value | None:
        there = self._names.get(sheet.casefold()) if sheet else page
        if there is None:
            return None
        line = there.lines.get(row)
        cell = line.cells.get(column) if line else None
        if cell is None or not (cell.value or cell.formula is not None):
            return ""
        if cell.is_open:
            return self._value(there, row, column, cell, depth)
        number = number_of(cell.text) if cell.kind == "n" else None
        return cell.text if number is None else number


class _Covered:
    """Which cells stand under a merged area; its first cell shows as long as any line of the area does."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._areas: dict[int, list[Area]] = defaultdict(list)
        for area in page.merged:
            if area.bottom - area.top < len(page.lines):
                rows = [row for row in range(area.top, area.bottom + 1) if row in page.lines]
            else:
                rows = [row for row in page.lines if area.top <= row <= area.bottom]
            for row in rows:
                self._areas[row].append(area)

    def why(self, row: int, column: int, why: Why | None) -> Why | None:
        for area in self._areas.get(row, ()):
            if area.holds(row, column):
                if (row, column) != (area.top, area.left):
                    return why or Why.COVERED
                if why in (Why.ROW, Why.COLUMN) and self._has_open(area):
                    return None
        return why

    def _has_open(self, area: Area) -> bool:
        """Whether any row and any column of the area is shown."""
        rows = area.bottom - area.top >= len(self._page.lines) or any(
            not self._page.hides_row(row) for row in range(area.top, area.bottom + 1)
        )
        spans = [(span.first, span.last) for span in self._page.hidden_columns()]
        return rows and any(
            not any(first <= column <= last for first, last in spans)
            for column in range(area.left, min(area.right, 16_384) + 1)
        )


def plain(raw: str) -> str:
    """常规的数 — as people write it, with all its digits: 3, not 3.0; 110101…, not 1.1E+17."""
    if (raw.isascii() and raw.isdigit()) or _PLAIN.fullmatch(raw):
        return raw
    number = number_of(raw)
    return raw if number is None or abs(number.adjusted()) > _PLAIN_EXPONENT else _exact(number or Decimal(0))


def _exact(value: Value) -> str:
    if isinstance(value, str):
        return value
    if len(value.as_tuple().digits) > _MOST_DIGITS and value != value.to_integral_value():
        value = Decimal(f"{float(value):.15g}")
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_of(raw: str) -> Decimal | None:
    """一个数 — as a workbook writes it; None for text and for what is not finite (条例 第十七条)."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _how(pieces: tuple[Piece, ...], font: Font) -> How:
    ways = {how_of(piece.font or font) for piece in pieces if piece.text}
    return ways.pop() if len(ways) == 1 else How.SEEN


def how_of(font: Font) -> How:
    """字体看上去 — struck, raised or as any other (条例 第十七条)."""
    return How.STRUCK if font.struck else How.RAISED if font.raised else How.SEEN
