"""电子表格的改动 — cells, comments, links, headers and every hidden sheet, row and column of an xlsx.

A copy holds values: a formula becomes what it last came to, because formulas, charts, pivots and names reach into what
is removed. Styles, widths, merged cells and pictures stay.
"""

from __future__ import annotations

import datetime
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.drawing.image import Image
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.limits import check_columns, check_rows
from gongkai.documents.redaction.cutting import Page, cut
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown, written
from gongkai.documents.redaction.package import EMPTY_PROPERTIES, Package, repacked, scattered
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.refusals import refusal

_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, BadZipFile, InvalidFileException)
_READ_AS_CELLS = (
    "xl/worksheets/sheet",
    "xl/sharedStrings",
    "xl/styles",
    "xl/theme",
    "xl/comments",
    "[Content_Types]",
    "docProps/",
)
_UNSEEN_PARTS = {
    "xl/pivotCache/": "数据透视表缓存的数据：{name}",
    "xl/externalLinks/": "引用别的文件时缓存的数据：{name}",
    "xl/connections": "数据连接：{name}",
    "xl/queryTables/": "数据查询：{name}",
    "xl/charts/": "图表里缓存的数据，副本里不保留：{name}",
    "xl/embeddings/": "嵌入的文件：{name}",
    "xl/threadedComments/": "批注：{name}",
    "xl/persons/": "批注人：{name}",
    "xl/vba": "宏：{name}",
    "customXml/": "夹带的数据：{name}",
}
_INVISIBLE_FORMAT = ";;;"
_PARTS_OF_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_STAR = "\uff0a"
_LONGEST_TITLE = 31


class Sheet(Editor):
    """电子表格."""

    format = "xlsx"

    def _load(self, data: bytes) -> None:
        self._package = Package(self.source, data, self.limits)
        for name in self._package.xml_names():
            self._package.root(name)
        has_formulas = any(
            next(self._package.root(name).iter("{*}f"), None) is not None
            for name in self._package.xml_names()
            if name.startswith("xl/worksheets/sheet")
        )
        self._book: Any = self._opened(data, values=True)
        self._formulas: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
        if has_formulas:
            self._read_formulas(self._opened(data, values=False))
        self._dropped: dict[str, set[int]] = defaultdict(set)
        self._sheets: list[Page] = [sheet for sheet in self._book.worksheets if isinstance(sheet, Worksheet)]
        for sheet in self._sheets:
            check_rows(self.source, len({row for row, _ in sheet._cells}), self.limits)
            check_columns(self.source, sheet.max_column, self.limits)

    def _opened(self, data: bytes, *, values: bool) -> openpyxl.Workbook:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return openpyxl.load_workbook(BytesIO(data), data_only=values, keep_links=False)
        except _BROKEN:
            raise refusal("damaged", self.source) from None

    def _read_formulas(self, book: openpyxl.Workbook) -> None:
        """Formulas with no value kept go into the copy as they are: nobody has worked them out yet."""
        for sheet in book.worksheets:
            for place, cell in sheet._cells.items():
                if cell.data_type == "f":
                    formula = str(getattr(cell.value, "text", cell.value))
                    self._formulas[sheet.title][place] = formula
                    here = self._book[sheet.title]._cells.get(place)
                    if isinstance(here, Cell) and here.value is None and "[" not in formula:
                        here.value = formula

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — sheet by sheet; then names, caches and whatever else the file carries."""
        for sheet in self._sheets:
            yield self._table(sheet)
            yield from self._beside(sheet)
        told: set[str] = set()
        for sheet in self._sheets:
            told.update(_shown(cell.value) for cell in sheet._cells.values())
        if "xl/sharedStrings.xml" in self._package.names:
            place = Place(Layer.CACHE, part="xl/sharedStrings.xml")
            for entry in self._package.root("xl/sharedStrings.xml"):
                text = "".join(part.text or "" for part in entry.iter("{*}t"))
                if text.strip() not in told:
                    yield shown(place, text, sure=True)
        for name in self._package.xml_names():
            if not name.startswith(_READ_AS_CELLS):
                for piece in scattered(self._package.root(name)):
                    yield shown(Place(Layer.CACHE, part=name), piece.text, sure=True)
        for label, value in self._package.properties():
            yield shown(Place(Layer.PROPERTY, part=label), value)

    def _table(self, sheet: Page) -> Table:
        by_row: dict[int, dict[int, Cell]] = defaultdict(dict)
        for (row, column), cell in sheet._cells.items():
            if cell.value is not None and isinstance(cell, Cell):
                by_row[row][column] = cell
        rows, columns = _hidden_lines(sheet)
        unseen = sheet.sheet_state != "visible"
        width = max((column for cells in by_row.values() for column in cells), default=0)
        table: list[list[Slot | None]] = []
        for row in sorted(by_row):
            slots: list[Slot | None] = [None] * width
            for column, cell in by_row[row].items():
                hidden = unseen or row in rows or column in columns or cell.number_format == _INVISIBLE_FORMAT
                place = Place(Layer.HIDDEN if hidden else Layer.BODY, grid=sheet.title, row=row, column=column)
                slots[column - 1] = written(place, _shown(cell.value), _writer(cell))
            table.append(slots)
        return Table(table)

    def _beside(self, sheet: Page) -> Iterator[Slot]:
        """What is not in the cells: formulas, comments, links, headers and footers, the name of the sheet."""
        here = Place(grid=sheet.title)
        for (row, column), formula in self._formulas[sheet.title].items():
            yield shown(here._replace(layer=Layer.CACHE, row=row, column=column), formula, sure=True)
        for (row, column), cell in sheet._cells.items():
            place = here._replace(row=row, column=column)
            if cell.comment is not None:
                yield shown(place._replace(layer=Layer.COMMENT), f"{cell.comment.author}\n{cell.comment.text}")
            if cell.hyperlink is not None:
                yield written(place._replace(layer=Layer.LINK), cell.hyperlink.target or "", _link_writer(cell))
        for name in _PARTS_OF_HEADERS:
            for side in ("left", "center", "right"):
                part = getattr(getattr(sheet, name), side)
                if part.text:
                    yield written(here._replace(layer=Layer.HEADER), part.text, partial(setattr, part, "text"))
        yield written(Place(Layer.PART, part=sheet.title), sheet.title, lambda text: _rename(sheet, text))

    def pictures(self) -> Iterator[Picture]:
        """图片."""
        for sheet in self._sheets:
            for number, image in enumerate(sheet._images):
                data = image.ref.getvalue() if isinstance(image.ref, BytesIO) else image._data()
                place = Place(Layer.PICTURE, part=f"{sheet.title}-{number + 1}.{image.format}")
                yield Picture(place, data, _image_writer(sheet, number))

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — sheets, rows, columns, comments, caches, properties."""
        for label, value in self._package.properties():
            yield Hidden(
                Place(Layer.PROPERTY, part=label), Sentence("文件属性 {name}：{value}", {"name": label, "value": value})
            )
        for sheet in self._sheets:
            place = Place(Layer.HIDDEN, grid=sheet.title)
            if sheet.sheet_state != "visible":
                yield Hidden(place, Sentence("隐藏的工作表“{name}”", {"name": sheet.title}))
            rows, columns = _hidden_lines(sheet)
            if rows:
                yield Hidden(
                    place, Sentence("工作表“{name}”隐藏了 {count} 行", {"name": sheet.title, "count": len(rows)})
                )
            for column in sorted(columns):
                letter = get_column_letter(column)
                yield Hidden(
                    place._replace(column=column),
                    Sentence("工作表“{name}”隐藏了 {column} 列", {"name": sheet.title, "column": letter}),
                )
            comments = sum(cell.comment is not None for cell in sheet._cells.values())
            if comments:
                yield Hidden(
                    place._replace(layer=Layer.COMMENT, part=sheet.title),
                    Sentence("批注 {count} 条", {"count": comments}),
                )
            masked = sum(
                cell.value is not None and cell.number_format == _INVISIBLE_FORMAT for cell in sheet._cells.values()
            )
            if masked:
                yield Hidden(
                    place,
                    Sentence("工作表“{name}”有 {count} 格用格式藏起了内容", {"name": sheet.title, "count": masked}),
                )
        for start, what in _UNSEEN_PARTS.items():
            parts = [name for name in self._package.names if name.startswith(start) and "/_rels/" not in name]
            if parts:
                yield Hidden(Place(Layer.CACHE, part=parts[0]), Sentence(what, {"name": parts[0]}))

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of sheets by their names; they go together with the hidden ones."""
        for title, column in columns:
            self._dropped[title].add(column)

    def strip(self) -> None:
        """去除看不见的 — hidden sheets, rows and columns, comments, names, caches; formulas become values."""
        for sheet in self._sheets:
            if sheet.sheet_state != "visible":
                self._book.remove(sheet)
        self._sheets = [sheet for sheet in self._sheets if sheet.sheet_state == "visible"]
        self._book.active = 0
        self._book.defined_names.clear()
        for sheet in self._sheets:
            rows, columns = _hidden_lines(sheet)
            columns |= self._dropped[sheet.title]
            cut(sheet, rows, columns)
            for cell in sheet._cells.values():
                if isinstance(cell, MergedCell):
                    continue
                cell.comment = None
                # A formula without a value points to places that have moved.
                if cell.number_format == _INVISIBLE_FORMAT or (cell.data_type == "f" and (rows or columns)):
                    cell.value = None
            _plain(sheet)

    def save(self) -> bytes:
        """写出."""
        out = BytesIO()
        self._book.custom_doc_props = type(self._book.custom_doc_props)()
        self._book.save(out)
        return repacked(out.getvalue(), EMPTY_PROPERTIES)


def _plain(sheet: Page) -> None:
    """Without what points elsewhere or keeps what was."""
    sheet._charts, sheet._pivots = [], []
    sheet.tables.clear()
    sheet.defined_names.clear()
    sheet.print_title_rows = sheet.print_title_cols = sheet.print_area = None
    sheet.auto_filter.ref = None
    sheet.conditional_formatting = ConditionalFormattingList()
    sheet.data_validations = DataValidationList()
    sheet.legacy_drawing = None


def _hidden_lines(sheet: Page) -> tuple[set[int], set[int]]:
    """The hidden rows and columns that hold something; one without height or width is hidden too."""
    used_rows, used_columns = set(), set()
    for (row, column), cell in sheet._cells.items():
        if cell.value is not None:
            used_rows.add(row)
            used_columns.add(column)
    rows = {row for row in used_rows if row in sheet.row_dimensions and _is_unseen(sheet.row_dimensions[row], "height")}
    spans = [
        (dimension.min or 0, dimension.max or 0)
        for dimension in sheet.column_dimensions.values()
        if _is_unseen(dimension, "width")
    ]
    return rows, {column for column in used_columns if any(first <= column <= last for first, last in spans)}


def _is_unseen(dimension: object, size: str) -> bool:
    return bool(getattr(dimension, "hidden", False)) or getattr(dimension, size, None) == 0


def _shown(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return "" if value is None else "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(f"{value:.15g}"), "f")
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    return str(value)


def _writer(cell: Cell) -> Callable[[str], None]:
    def write(text: str) -> None:
        cell.value = text
        cell.data_type = "s"

    return write


def _link_writer(cell: Cell | MergedCell) -> Callable[[str], None]:
    def write(_: str) -> None:
        cell.hyperlink = None

    return write


def _image_writer(sheet: Page, number: int) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        old, new = sheet._images[number], Image(BytesIO(data))
        new.anchor, new.width, new.height = old.anchor, old.width, old.height
        sheet._images[number] = new

    return write


def _rename(sheet: Page, text: str) -> None:
    sheet.title = text.replace("*", _STAR)[:_LONGEST_TITLE]
