"""写电子表格 — xlsx: a sheet for each table, one for the text between; figures are numbers, text is never a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongkai.documents.writing.look import FACES, FANGSONG, is_kept_together
from gongkai.documents.writing.manuscript import Block, Cell, Manuscript, Placed, Role, Style, Table, Text

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})|-?(?=[\d.]{1,15}$)\d+\.\d*[1-9]")
"""Numbers that a sheet keeps digit for digit: it stores fifteen digits, and drops zeros at either end."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_LONGEST_CELL = 32_000  # characters; a sheet holds 32,767 in a cell
_MILLIMETRES = 1.9  # of one column unit
_TEXT_COLUMN = 90
_LINE = 44  # Chinese characters on a line of the text column
_HEIGHTS = {Style.TITLE: 30.0, Style.HEADING: 24.0, Style.SUBHEADING: 22.0}
_SIZES = {Style.TITLE: 18, Style.HEADING: 13, Style.SUBHEADING: 12}
_HEIGHT = 16.0
_TALLEST = 400.0  # a sheet allows 409 points


def write(manuscript: Manuscript) -> bytes:
    """写电子表格 — every sheet is set up to be printed on A4, one page wide."""
    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": manuscript.title, "author": manuscript.author})
        _Writer(book).write(manuscript.blocks)
    return out.getvalue()


def _sheets(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Text up to a table, then the table: headings that stand straight over it and notes under it go with it."""
    sheet: list[Block] = []
    for block in blocks:
        has_table = any(isinstance(held, Table) for held in sheet)
        if isinstance(block, Table) and not has_table:
            last = len(sheet)
            while last and _is_heading(sheet[last - 1]):
                last -= 1
            if last:
                yield sheet[:last]
            sheet = [*sheet[last:], block]
        elif has_table and not (isinstance(block, Text) and block.style is Style.NOTE):
            yield sheet
            sheet = [block]
        else:
            sheet.append(block)
    if sheet:
        yield sheet


def _is_heading(block: Block) -> bool:
    return isinstance(block, Text) and block.style in (Style.HEADING, Style.SUBHEADING)


@dataclass
class _Writer:
    book: Workbook
    formats: dict[str, Format] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def write(self, blocks: Sequence[Block]) -> None:
        for sheet in _sheets(blocks):
            table = next((block for block in sheet if isinstance(block, Table)), None)
            page = self._page(sheet, table)
            top = 0
            for block in sheet:
                top += (
                    self._table(page, top, block) if isinstance(block, Table) else self._text(page, top, block, table)
                )

    def _page(self, sheet: Sequence[Block], table: Table | None) -> Worksheet:
        heading = next((block.text for block in sheet if isinstance(block, Text)), "")
        page = self.book.add_worksheet(self._name(table.caption if table else heading))
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.8, right=0.8, top=1.0, bottom=1.0)
        page.set_footer("&C— &P —")
        for column, width in enumerate(table.widths if table else (_TEXT_COLUMN * _MILLIMETRES,)):
            page.set_column(column, column, width / _MILLIMETRES)
        return page

    def _name(self, wanted: str) -> str:
        name = plain = _FORBIDDEN.sub("", " ".join(wanted.split()))[:_LONGEST_NAME] or "正文"
        number = 1
        while name.lower() in self.names:
            number += 1
            name = f"{plain[: _LONGEST_NAME - 4]} {number}"
        self.names.add(name.lower())
        return name

    def _text(self, page: Worksheet, top: int, block: Text, table: Table | None) -> int:
        """A paragraph in the first column: wrapped where that is wide, running on to the right over a table."""
        parts = range(0, max(1, len(block.text)), _LONGEST_CELL)
        for row, start in enumerate(parts, top):
            text = block.text[start : start + _LONGEST_CELL]
            page.write_string(row, 0, text, self._paragraph(block.style, wrap=table is None))
            lines = 1 if table else -(-len(text) // _LINE)
            page.set_row(row, min(_TALLEST, lines * _HEIGHTS.get(block.style, _HEIGHT)))
        return len(parts)

    def _table(self, page: Worksheet, top: int, table: Table) -> int:
        placed = tuple(table.placed())
        for row, column, cell in placed:
            first, style = (top + row, column), self._cell(cell)
            if cell.rows > 1 or cell.columns > 1:
                page.merge_range(*first, top + row + cell.rows - 1, column + cell.columns - 1, "", style)
            if cell.role is Role.DATA and _NUMBER.fullmatch(cell.text):
                page.write_number(*first, float(cell.text), style)
            elif cell.text:
                page.write_string(*first, cell.text, style)
            else:
                page.write_blank(*first, None, style)
        lines = [1] * len(table.rows)
        for place in placed:
            if place.cell.rows == 1:
                lines[place.row] = max(lines[place.row], _lines(table, place))
        for row, count in enumerate(lines, top):
            page.set_row(row, min(_TALLEST, count * 14 + 4))
        if not is_kept_together(table):
            page.freeze_panes(top + table.heads, 0)
        if table.heads:
            page.repeat_rows(top, top + table.heads - 1)
        return len(table.rows)

    def _cell(self, cell: Cell) -> Format:
        return self._format(
            f"cell {cell.role}",
            {
                "font_name": FANGSONG[2],
                "font_size": 10,
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "left" if cell.role in (Role.ROW, Role.TEXT) else "center",
            },
        )

    def _paragraph(self, style: Style, *, wrap: bool) -> Format:
        return self._format(
            f"{style} {wrap}",
            {
                "font_name": FACES[style][0 if style is Style.TITLE else -3],
                "font_size": _SIZES.get(style, 11),
                "text_wrap": wrap,
                "valign": "vcenter",
                "align": {Style.TITLE: "center", Style.SIGNATURE: "right"}.get(style, "left") if wrap else "left",
            },
        )

    def _format(self, name: str, properties: dict[str, object]) -> Format:
        if name not in self.formats:
            self.formats[name] = self.book.add_format(properties)
        return self.formats[name]


def _lines(table: Table, place: Placed) -> int:
    """How many lines a cell takes: a sheet does not work this out by itself where cells are merged."""
    room = max(1, int(table.width(place) / _MILLIMETRES / 2))
    return -(-len(place.cell.text) // room)
