"""写台账 — xlsx of plain rows under one row of heads, to be sorted and filtered; text is never a formula."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.workbook import Workbook

_LONGEST_CELL = 32_000  # characters; a sheet holds 32,767 in a cell
_TYPED_ROWS = 5_000  # rows that are ready to be filled in
_CHOICES = "选项"


class Column(NamedTuple):
    """栏 — its head and its width in characters; what may be chosen in it, a hint, and whether it holds dates."""

    head: str
    width: int
    choices: tuple[str, ...] = ()
    hint: str = ""
    is_date: bool = False


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
        dated = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for name, columns, rows in pages:
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)
            for at, column in enumerate(columns):
                sheet.set_column(at, at, column.width, dated if column.is_date else None)
                sheet.write_string(0, at, column.head, bold)
            for down, row in enumerate(rows, start=1):
                for at, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(down, at, cell, wrap)
                    elif cell is not None:
                        sheet.write_string(down, at, cell[:_LONGEST_CELL], wrap)
        _offer(book, pages)
    return out.getvalue()


def _offer(book: Workbook, pages: Sequence[Page]) -> None:
    """Hints and lists to choose from; the lists stand on a hidden sheet, as one may be longer than a rule may be."""
    lists = None
    width = 0
    for page in pages:
        sheet = book.get_worksheet_by_name(page.name)
        for at, column in enumerate(page.columns):
            rule: dict[str, object] = {"validate": "any"}
            if column.choices:
                lists = lists or book.add_worksheet(_CHOICES)
                lists.write_column(0, width, column.choices)
                source = xl_range_abs(0, width, len(column.choices) - 1, width)
                rule = {"validate": "list", "source": f"={_CHOICES}!{source}", "error_type": "warning"}
                width += 1
            if column.hint or column.choices:
                sheet.data_validation(
                    1, at, _TYPED_ROWS, at, {**rule, "input_title": column.head[:32], "input_message": column.hint}
                )
    if lists:
        lists.hide()
