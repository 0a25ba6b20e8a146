"""法定表格 — the three tables of a report as a page shows them: the form's merged cells, each figure by its address
(条例 第五十条第二款).

The layout is that of the written copy; what a page adds is which labels speak of which figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from django.utils.html import format_html

from gongkai.documents.writing.manuscript import Cell, Placed, Role
from gongkai.report.figures import AnnualReport
from gongkai.report.form import Edition, Form, OtherHandling, form
from gongkai.report.writing.tables import BALANCE, TABLES

M = TypeVar("M")

CAPTIONS = {
    2: "表二　主动公开政府信息情况",
    3: "表三　收到和处理政府信息公开申请情况",
    4: "表四　政府信息公开行政复议、行政诉讼情况",
}
_TOTALS = ("total", "handled_total")
_TOTAL = "（七）"
_SIDE_ROWS = 10  # a label over so many rows is set upright


@dataclass(frozen=True, slots=True)
class Head:
    """表头格 — a printed label. `scope` as in HTML; `kind`: its look; `id` is what figures name it by."""

    id: str
    cell: Cell
    kind: str
    is_head: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """数据格 — the place of one figure; `headers`: the ids of the labels that speak of it;
    `attributes`: all that is the same for every report, as HTML."""

    address: str
    cell: Cell
    headers: str
    is_total: bool
    is_head: bool = False
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """表 — caption, the rows of its head and those of its body."""

    name: str
    caption: str
    head: tuple[tuple[Head | Figure, ...], ...]
    body: tuple[tuple[Head | Figure, ...], ...]


def table(of: Form, part: int) -> Table | None:
    """表 — that of part two, three or four as the form prints it; None for the other parts (条例 第五十条)."""
    return _table(of.edition, of.other_handling, part) if part in TABLES else None


def marked(of: Table, marks: Mapping[str, M]) -> list[list[tuple[Head | Figure, M | None]]]:
    """带标记的表 — the body, each figure with what `marks` holds for its address; a label with nothing."""
    return [[(cell, None if isinstance(cell, Head) else marks[cell.address]) for cell in row] for row in of.body]


@cache
def _table(edition: Edition, shape: OtherHandling, part: int) -> Table:
    of = form(edition, shape)
    name, lay = TABLES[part]
    printed = lay(AnnualReport("", edition, dict.fromkeys(of.addresses)))
    addresses = iter([address for line in of.table(name) for address in line.addresses])
    placed = tuple(printed.placed())
    width = len(printed.widths)
    rows: list[list[Head | Figure]] = [[] for _ in printed.rows]
    for place in placed:
        if place.cell.is_heading:
            rows[place.row].append(Head(_id(part, place), place.cell, _kind(place, width)))
        else:
            address = next(addresses)
            headers = " ".join(_id(part, head) for head in _speaking(placed, place, width))
            total = bool(set(address.split(".")) & set(_TOTALS))
            span = format_html(' colspan="{}"', place.cell.columns) if place.cell.columns > 1 else ""
            attributes = format_html('id="{}" headers="{}"{}', address, headers, span)
            rows[place.row].append(Figure(address, place.cell, headers, total, attributes=attributes))
    cells = tuple(tuple(row) for row in rows)
    return Table(name, CAPTIONS[part], cells[: printed.heads], cells[printed.heads :])


def _id(part: int, place: Placed) -> str:
    return f"h{part}-{place.row}-{place.column}"


def _kind(place: Placed, width: int) -> str:
    cell = place.cell
    if cell.role is Role.ROWS:
        return "side" if cell.rows >= _SIDE_ROWS else "group"
    if cell.role is Role.ROW:
        return "label total" if cell.text.startswith(_TOTAL) else "label"
    if cell.columns == width:
        return "band"
    return "hint" if cell.text == BALANCE else ""


def _speaking(placed: tuple[Placed, ...], figure: Placed, width: int) -> Iterator[Placed]:
    """The labels of a figure: those left of it in its row, and those above it up to a label over the whole width."""
    above = [head for head in placed if _is_over(head, figure)]
    start = max((head.row for head in above if head.cell.columns == width), default=0)
    yield from (head for head in above if head.row >= start)
    for head in placed:
        if head.cell.role in (Role.ROW, Role.ROWS) and head.row <= figure.row < head.row + head.cell.rows:
            yield head


def _is_over(head: Placed, figure: Placed) -> bool:
    is_column = head.cell.role in (Role.COLUMN, Role.COLUMNS)
    return is_column and head.row < figure.row and head.column <= figure.column < head.column + head.cell.columns
