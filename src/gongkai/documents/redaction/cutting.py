"""删行删列 — rows and columns taken out of a sheet, with merged cells, widths, heights, links and pictures moved up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

Page = Any
"""工作表 — of openpyxl, whose types leave out pictures and cells as they are kept."""


def cut(sheet: Page, rows: Collection[int], columns: Collection[int]) -> None:
    """删行删列 — in one pass over the cells, however many there are."""
    if not rows and not columns:
        return
    down, across = _mover(rows), _mover(columns)
    merged = [area.bounds for area in sheet.merged_cells.ranges]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    _move_cells(sheet, rows, columns, (down, across))
    for left, top, right, bottom in merged:
        first, last = (down(top), across(left)), (down(bottom + 1) - 1, across(right + 1) - 1)
        if last[0] >= first[0] and last[1] >= first[1] and first != last:
            sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])
    _move_sizes(sheet, rows, columns, (down, across))
    for image in sheet._images:
        for mark in (getattr(image.anchor, "_from", None), getattr(image.anchor, "to", None)):
            if mark is not None:
                mark.row, mark.col = max(0, down(mark.row + 1) - 1), max(0, across(mark.col + 1) - 1)


Mover = Callable[[int], int]


def _mover(gone: Collection[int]) -> Mover:
    """Where a line goes when those are gone; a line that is gone itself, to the one after it."""
    ordered = sorted(gone)
    return lambda at: at - bisect_left(ordered, at)


def _move_cells(sheet: Page, rows: Collection[int], columns: Collection[int], move: tuple[Mover, Mover]) -> None:
    down, across = move
    kept: dict[tuple[int, int], Cell] = {}
    for (row, column), cell in list(sheet._cells.items()):
        if row not in rows and column not in columns and isinstance(cell, Cell):
            cell.row, cell.column = down(row), across(column)
            if cell.hyperlink is not None:
                cell.hyperlink.ref = cell.coordinate
            kept[cell.row, cell.column] = cell
    sheet._cells = kept


def _move_sizes(sheet: Page, rows: Collection[int], columns: Collection[int], move: tuple[Mover, Mover]) -> None:
    down, across = move
    heights = {down(at): size.height for at, size in sheet.row_dimensions.items() if at not in rows and size.height}
    last = sheet.max_column + len(columns)
    widths = {
        across(at): size.width
        for size in sheet.column_dimensions.values()
        for at in range(size.min or 1, min(size.max or 0, last) + 1)
        if at not in columns and size.width
    }
    sheet.row_dimensions.clear()
    sheet.column_dimensions.clear()
    for at, height in heights.items():
        sheet.row_dimensions[at].height = height
    for at, width in widths.items():
        sheet.column_dimensions[get_column_letter(at)].width = width
