"""Word 的表格 — rows and cells of a docx as they stand on a page, merged ones in all places (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.showing.word_style import is_on
from gongkai.documents.word_numbering import attribute, child, local
from gongkai.text.personal_data.signs import SHORTEST

WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "del", "moveFrom"}
Cell = tuple[Place, etree._Element]
"""一格 — its place and its element."""


def cells_of(table: etree._Element, layer: Layer, number: str) -> list[list[Cell | None]]:
    """表格的格子 — with their places, each in every column and row over which it goes."""
    rows: list[list[Cell | None]] = []
    for at, row in enumerate(own(table, "tr"), 1):
        cells: list[Cell | None] = [None] * _span(row, "trPr", "gridBefore", 0)
        for cell in own(row, "tc"):
            found = _above(cell, rows, len(cells)) or (Place(layer, grid=number, row=at, column=len(cells) + 1), cell)
            cells += [found] * _span(cell, "tcPr", "gridSpan", 1)
        rows.append(cells)
    return rows


def _above(cell: etree._Element, rows: list[list[Cell | None]], column: int) -> Cell | None:
    """The cell of the row above that comes down into this one, which holds nothing itself."""
    merged = cell.find("{*}tcPr/{*}vMerge")
    if merged is None or attribute(merged, "val") == "restart" or not rows or column >= len(rows[-1]):
        return None
    return None if "".join(map(str, cell.itertext())).strip() else rows[-1][column]


def runs_left(table: etree._Element) -> bool:
    """从右到左 — whether its first column stands at the right."""
    found = table.find("{*}tblPr/{*}bidiVisual")
    return found is not None and is_on(attribute(found, "val"))


def own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """自己的 — the children of one kind, content controls and changes opened."""
    for element in parent:
        name = local(element)
        if name == tag:
            yield element
        elif name in WRAPPERS:
            yield from own(element, tag)


def lines_of(cell: etree._Element) -> list[etree._Element]:
    """格子里的段落 — the paragraphs of a cell; of one with nothing but a box in a box, those of the box within."""
    direct = list(own(cell, "p"))
    if cell.find(".//{*}tbl") is None or any(_said(line) for line in direct):
        return direct
    inner = [line for line in cell.iter("{*}p") if line not in direct]
    return inner if sum(len(_said(line)) for line in inner) < SHORTEST else direct


def _said(paragraph: etree._Element) -> str:
    return "".join(element.text or "" for element in paragraph.iter("{*}t")).strip()


def is_in_cell(paragraph: etree._Element) -> bool:
    """在格子里 — whether the paragraph is a cell's own, so that it was read with its table."""
    above = paragraph.getparent()
    while above is not None and local(above) in WRAPPERS:
        above = above.getparent()
    return above is not None and local(above) == "tc"


def _span(element: etree._Element, properties: str, name: str, default: int) -> int:
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    value = "" if found is None else attribute(found, "val") or ""
    return min(int(value), 200) if value.isascii() and value.isdecimal() and len(value) < 9 else default


def _narrow(cell: etree._Element, columns: int) -> None:
    span = cell.find("{*}tcPr/{*}gridSpan")
    if span is not None:
        for key in span.keys():  # noqa: SIM118 — an element is not a mapping
            span.set(key, str(columns))


def drop_column(table: etree._Element, column: int) -> None:
    """删列 — of a table, counted from 1."""
    for row in own(table, "tr"):
        at = 1 + _span(row, "trPr", "gridBefore", 0)
        cells = list(own(row, "tc"))
        for cell in cells:
            wide = _span(cell, "tcPr", "gridSpan", 1)
            if at <= column < at + wide:
                parent = cell.getparent()
                if wide > 1:
                    _narrow(cell, wide - 1)
                elif len(cells) > 1 and parent is not None:
                    parent.remove(cell)
                else:
                    for element in [element for element in cell if local(element) != "tcPr"]:
                        cell.remove(element)
                break
            at += wide
    grid = child(table, "tblGrid")
    if grid is not None and len(grid) >= column:
        grid.remove(grid[column - 1])
