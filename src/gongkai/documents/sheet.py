"""电子表格 — xlsx, xls, et and csv to grids and paragraphs: a lone cell that spans nothing is text, a blank row ends a
grid.

Cells are written as people see them: 3, not 3.0. Hidden sheets come last.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO

import python_calamine
from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.document import KEPT, Block, DocumentError, SheetStart, View
from gongkai.documents.grids import numbered
from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.refusals import refusal
from gongkai.documents.separated import plain_cell, records, separated
from gongkai.documents.sheet_rows import blocks_of
from gongkai.documents.sheet_seen import seen_sheets
from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.workbook import workbook_of
from gongkai.documents.xml_part import xml_root

_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_PANIC = "PanicException"


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """电子表格的视图 — every sheet in turn: `kept`, and of an xlsx as a reader sees it, `structure`."""
    if not data.startswith(b"PK"):
        return (lambda: _gathered("structure", _sheets(source, data, limits), 0),)
    return (
        lambda: _gathered(KEPT, _sheets(source, data, limits), _check_parts(source, data, limits)),
        lambda: _gathered("structure", seen_sheets(source, data, limits), 0),
    )


def csv_makers(source: str, text: str, limits: Limits) -> tuple[Callable[[], View], ...]:
    """csv 的视图 — one view, `structure`; its grids are exact if every line has the same number of cells."""

    def view() -> View:
        rows, torn = _rows_of(source, text, limits)
        return View("structure", tuple(numbered(blocks_of(source, rows, {}, limits))), torn=torn)

    return (view,)


def _gathered(name: str, held: Iterable[tuple[str, bool, Iterator[Block]]], uncomputed: int) -> View:
    blocks: list[Block] = []
    sheets: list[SheetStart] = []
    for title, is_hidden, within in held:
        sheets.append(SheetStart(title, len(blocks), is_hidden))
        blocks += within
    return View(name, tuple(numbered(blocks)), sheets=tuple(sheets), uncomputed=uncomputed)


def _sheets(source: str, data: bytes, limits: Limits) -> Iterator[tuple[str, bool, Iterator[Block]]]:
    with _refusing(source):
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        hidden = {
            sheet.name for sheet in book.sheets_metadata if sheet.visible != python_calamine.SheetVisibleEnum.Visible
        }
        names = [name for name in book.sheet_names if name not in hidden] + sorted(hidden)
    for name in names:
        try:
            with _refusing(source):
                sheet = book.get_sheet_by_name(name)
                check_rows(source, sheet.total_height, limits)
                check_columns(source, sheet.total_width, limits)
                rows = sheet.to_python(skip_empty_area=False)
                merged = sheet.merged_cell_ranges or []
        except python_calamine.WorksheetNotFound:  # a chart
            continue
        spans = {
            first: (last[1] - first[1] + 1, last[0] - first[0] + 1)
            for first, last in merged
            if first <= last < (limits.rows, limits.columns)
        }
        yield (
            name,
            name in hidden,
            blocks_of(source, [[_printed(value) for value in row] for row in rows], spans, limits),
        )


@contextmanager
def _refusing(source: str) -> Iterator[None]:
    """What the library cannot make out, or panics at, is refused. It panics in Rust, which Python must not take for an
    Exception; the file is at fault all the same."""
    try:
        yield
    except (DocumentError, python_calamine.WorksheetNotFound):
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise refusal("encrypted" if "assword" in str(error) else "damaged", source) from None
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise refusal("damaged", source) from None


def _check_parts(source: str, data: bytes, limits: Limits) -> int:
    """Refuse entities, and cells so far out that the rectangle up to them would not fit in memory; how many formulas
    have no value."""
    uncomputed = 0
    workbook_of(Parts(source, data, limits))
    with opened(source, data, limits) as archive:
        for info in archive.infolist():
            if not info.filename.endswith((".xml", ".rels")):
                continue
            root = xml_root(source, read_part(source, archive, info, limits), limits)
            if info.filename.startswith("xl/worksheets/"):
                uncomputed += _check_extent(source, root, limits)
    return uncomputed


def _check_extent(source: str, root: etree._Element, limits: Limits) -> int:
    row = column = uncomputed = 0
    for cell in root.iter("{*}c"):
        if len(cell) and (reference := _REFERENCE.fullmatch(cell.get("r", ""))):
            at = 0
            for letter in reference[1]:
                at = at * 26 + ord(letter) - 64
            row, column = max(row, int(reference[2])), max(column, at)
            # A value that is an empty text is written with its type.
            is_formula = str(cell[0].tag).endswith("}f") and cell.get("t") != "str"
            uncomputed += is_formula and not cell.findtext("{*}v")
    check_rows(source, row, limits)
    check_columns(source, column, limits)
    return uncomputed


def _printed(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value).strip()


def comma_separated(source: str, text: str, limits: Limits, *, whole: bool = False) -> Iterator[Block]:
    """分隔的文本 — its paragraphs and tables; `whole`: rows with one filled cell part none of them (条例 第五十条)."""
    rows, _ = _rows_of(source, text, limits)
    yield from blocks_of(source, rows, {}, limits, whole=whole)


def _rows_of(source: str, text: str, limits: Limits) -> tuple[list[list[str]], tuple[int, ...]]:
    """Its rows, and the numbers of those with a quote that has no partner."""
    separator, text = separated(text)
    rows: list[list[str]] = []
    torn: list[int] = []
    for record in records(text, separator):
        rows.append([plain_cell(cell) for cell in record.cells])
        check_rows(source, len(rows), limits)
        if record.is_torn:
            torn.append(len(rows))
    return rows, tuple(torn)
