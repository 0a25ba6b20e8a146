"""写台账 — xlsx of plain rows under one row of heads, to be sorted and filtered; text is never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

import xlsxwriter

_LONGEST_CELL = 32_000  # characters; a sheet holds 32,767 in a cell


class Column(NamedTuple):
    """栏 — its head, and its width in characters."""

    head: str
    width: int


class Page(NamedTuple):
    """一页 — a sheet: its name, columns, and rows of text and numbers; None leaves a cell empty."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str | int | None]]


def write(pages: Sequence[Page]) -> bytes:
    """写台账 — the pages as one xlsx; heads stay in sight, every column can be filtered."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for name, columns, rows in pages:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, column.width)
                sheet.write_string(0, at, column.head, bold)
            for down, row in enumerate(rows, start=1):
                for at, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(down, at, cell, wrap)
                    elif cell is not None:
                        sheet.write_string(down, at, cell[:_LONGEST_CELL], wrap)
    return out.getvalue()
