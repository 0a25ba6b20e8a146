"""看上去 — what the cells of a workbook do not say and its reader sees: what is struck out, and rows out of sight."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gongkai.documents.columns.values import CellError, is_month_and_day
from gongkai.documents.limits import Limits
from gongkai.documents.showing import How
from gongkai.documents.showing.cells import Cell, column_of
from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.sheet import Shown, View
from gongkai.documents.showing.workbook import Book, Page

_STRUCK = re.compile(rb"<(?:\w+:)?strike\b")
_FROM_1904 = re.compile(rb"date1904=\"(?:1|true)\"")
_ON_A_SHEET = re.compile(
    rb"<(?:\w+:)?row [^>]*(?:hidden=\"(?:1|true)\"|ht=\"[01](?:\.\d*)?\")"
    rb"|<(?:\w+:)?col [^>]*hidden=\"(?:1|true)\""
    rb"|<(?:\w+:)?c [^>]*t=\"e\""
    rb"|<(?:\w+:)?f(?:(?: [^>]*)?>[^<]*</(?:\w+:)?f>| [^>]*/>)"
    rb"(?:<(?:\w+:)?v ?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_DOTTED = re.compile(rb"<(?:\w+:)?t(?: [^>]*)?>\s*\d{1,2}\.\d{1,2}\s*</(?:\w+:)?t>")
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_IN_TWO = re.compile(r"\d{1,2}\.\d{1,2}")
_PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/")
_CROSSED_OUT = CellError("这一格有划掉的字；这一行作废的请删去，有效的请去掉删除线")
_BROKEN = "这一格的公式出错了（{found}），请改成值"
_OPEN = CellError("这一格的公式没有算好的值，请用表格程序打开，保存一次再给")

Said = tuple[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Looks:
    """看上去 — `wrong`: by sheet, row and column, why a cell does not say what stands in it; `unseen`: rows of a sheet
    that are out of sight; `unseen_columns`: columns that are; `is_from_1904`: numbers of days begin in 1904;
    `remarks`: the comments that hang on cells; `dotted`: by sheet and column, where 3.1 is 1 March, as each such cell
    was typed as text."""

    wrong: Mapping[tuple[str, int, int], Said] = field(default_factory=dict)
    unseen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    is_from_1904: bool = False
    unseen_columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    remarks: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    dotted: frozenset[tuple[str, int]] = frozenset()


def looks(source: str, data: bytes, limits: Limits) -> Looks:
    """看上去怎样 — of an xlsx; nothing is known of other files. A workbook without such cells is not walked through."""
    if not data.startswith(b"PK"):
        return Looks()
    parts = Parts(source, data, limits)
    remarked = any("comment" in name.lower() for name in parts.names)
    if not remarked and not any(
        _says_something(name, parts.data(name)) for name in parts.names if name.startswith(_PARTS)
    ):
        return Looks()
    view = View(Book(source, data, limits))
    wrong: dict[tuple[str, int, int], Said] = {}
    unseen: dict[str, list[int]] = defaultdict(list)
    columns: dict[str, tuple[int, ...]] = {}
    remarks: dict[tuple[str, int, int], str] = {}
    dotted: set[tuple[str, int]] = set()
    for page in view.book.pages:
        if page.is_hidden:
            continue
        if remarked:
            remarks |= {(page.name, row, at): text for row, at, text in _remarks(parts, page.part)}
        spans = [(span.first, span.last) for span in page.hidden_columns()]
        used = sorted({column for line in page.lines.values() for column in line.cells})
        if out_of_sight := tuple(column for column in used if any(first <= column <= last for first, last in spans)):
            columns[page.name] = out_of_sight
        dotted |= {(page.name, column) for column in _dotted(page)}
        for row, cells in view.rows(page):
            if page.hides_row(row):
                unseen[page.name].append(row)
            stored = page.lines[row].cells
            wrong |= {
                (page.name, row, each.column): said for each in cells if (said := _wrong(each, stored[each.column]))
            }
    hidden = {name: tuple(rows) for name, rows in unseen.items()}
    return Looks(wrong, hidden, view.book.from_1904, columns, remarks, frozenset(dotted))


def _dotted(page: Page) -> set[int]:
    """Columns that have month and day as 3.1, each typed as text: of a number nobody can tell 3.1 from 3.10."""
    typed: set[int] = set()
    other: set[int] = set()
    for line in page.lines.values():
        for column, cell in line.cells.items():
            if _IN_TWO.fullmatch(cell.text.strip()):
                is_typed = cell.kind == "s" and cell.formula is None and is_month_and_day(cell.text)
                (typed if is_typed else other).add(column)
    return typed - other


def _remarks(parts: Parts, page: str) -> Iterator[tuple[int, int, str]]:
    """Comments of a sheet, of both kinds, by row and column."""
    for relation in parts.relations(page).values():
        if relation.is_outside or relation.kind not in ("comments", "threadedComment"):
            continue
        for element in parts.root(relation.target).iter("{*}comment", "{*}threadedComment"):
            if cell := _CELL.fullmatch(element.get("ref", "")):
                said = "".join(each.text or "" for each in element.iter("{*}t", "{*}text") if isinstance(each.tag, str))
                yield int(cell[2]), column_of(cell[1]), " ".join(said.split())


def _says_something(name: str, data: bytes) -> bool:
    if name.startswith(("xl/worksheets/", "xl/sharedStrings")) and _DOTTED.search(data):
        return True
    if name.startswith("xl/worksheets/"):
        return bool(_ON_A_SHEET.search(data))
    return bool((_FROM_1904 if name == "xl/workbook.xml" else _STRUCK).search(data))


def _wrong(cell: Shown, stored: Cell) -> Said | None:
    if stored.kind == "e":
        return _BROKEN, {"found": stored.text}
    if stored.is_open:
        return _OPEN.template, {}
    return (_CROSSED_OUT.template, {}) if _is_struck(cell) else None


def _is_struck(cell: Shown) -> bool:
    """Also in part: what remains of such a cell is no longer what it says."""
    if cell.how is How.HIDDEN:
        return cell.style.font.struck
    return cell.how is How.STRUCK or (
        not isinstance(cell.seen, str) and any(piece.font is not None and piece.font.struck for piece in cell.seen)
    )
