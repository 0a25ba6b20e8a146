"""写 Markdown — headings, paragraphs, and tables in which every row has one name and every column one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongkai.documents.writing.manuscript import Manuscript, Placed, Role, Style, Table, Text
from gongkai.documents.writing.web_page import table_markup

_SPECIAL = re.compile(r"([\\`*_\[\]~|]|(?<=\])\()")
# Strokes that are read as one of a table, and that no backslash escapes.
_STROKES = re.compile("[｜│┃]")
# At the start of a line these would make a heading, a quotation, a list or a rule of what is a sentence.
_OPENING = re.compile(r"^(?=[#>]|[+=-]+(?:\s|$))|(?<=^\d)(?=[.)](?:\s|$))|(?<=^\d\d)(?=[.)](?:\s|$))")
_MARKS = {Style.TITLE: "# ", Style.HEADING: "## ", Style.SUBHEADING: "### "}
_PATH = " / "


def write(manuscript: Manuscript) -> bytes:
    """写 Markdown — UTF-8."""
    parts = (_paragraph(block) if isinstance(block, Text) else _table(block) for block in manuscript.blocks)
    return ("\n\n".join(parts) + "\n").encode()


def _paragraph(block: Text) -> str:
    return _MARKS.get(block.style, "") + _OPENING.sub(r"\\", _escaped(block.text))


def _escaped(text: str) -> str:
    shown = " ".join(text.replace("\n", "").split()).replace("&", "&amp;").replace("<", "&lt;")
    return _STROKES.sub(lambda found: f"&#{ord(found[0])};", _SPECIAL.sub(r"\\\1", shown))


def _table(table: Table) -> str:
    """Merged headings become one path a column, 行政诉讼 / 复议后起诉 / 总计; merged names one path a row.

    Where a figure is blank the table is written as html, which Markdown allows: between strokes a blank proves nothing.
    """
    if any(not cell.text and not cell.is_heading for cells in table.rows for cell in cells):
        return table_markup(table)
    rows = list(_rows(table))
    width = max(map(len, rows))
    head = rows[0] + [""] * (width - len(rows[0]))
    return "\n".join(map(_row, (head, ["---"] * width, *rows[1:])))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _rows(table: Table) -> Iterator[list[str]]:
    placed = list(table.placed())
    heads, body = ([p for p in placed if (p.row < table.heads) is is_head] for is_head in (True, False))
    names = [place for place in body if place.cell.role in (Role.ROW, Role.ROWS)]
    if heads:
        first = max((place.column + place.cell.columns for place in names), default=0)
        columns = [*range(first and 1), *range(first, len(table.widths))]
        yield [_path(p for p in heads if p.column <= at < p.column + p.cell.columns) for at in columns]
    for row in range(table.heads, len(table.rows)):
        beside = [place for place in names if place.row <= row < place.row + place.cell.rows]
        others = [place for place in body if place.row == row and place not in names]
        yield [*([_path(beside)] if beside else []), *map(_cell, others)]


def _path(places: Iterable[Placed]) -> str:
    return _PATH.join(map(_cell, sorted(places, key=lambda place: (place.column, place.row))))


def _cell(place: Placed) -> str:
    return _escaped(place.cell.text)
