"""电子表格的副本 — a new workbook, written from what a reader sees of another (条例 第十五条、第十七条).

Visible sheets in order, values as values, formulas as their results, looks from lists of what is allowed. No byte of
the other file is copied but those of its pictures, which are encoded anew beforehand.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from lxml import etree

from gongkai.documents.number_format import rendered
from gongkai.documents.redaction.package import EMPTY_PROPERTIES, repacked
from gongkai.documents.redaction.sheet_frame import Moved, fitted_picture, is_clean_link, set_frame
from gongkai.documents.redaction.sheet_headers import shown_header
from gongkai.documents.redaction.sheet_look import USUAL_FONT, allowed_code, font_look, style_look
from gongkai.documents.showing import How
from gongkai.documents.showing.cells import Piece, Rich
from gongkai.documents.showing.drawings import drawn_on
from gongkai.documents.showing.sheet import Shown, View, plain
from gongkai.documents.showing.signs import shown_signs
from gongkai.documents.showing.workbook import Book, Page
from gongkai.text.hit import Severity, replaced
from gongkai.text.personal_data import find

_FIXED = datetime(1980, 1, 1)  # noqa: DTZ001 — a mark that says nothing of when
_MANY_CELLS = 200_000
_LONGEST_NAME, _LONGEST_TEXT = 31, 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
_STAR = "\uff0a"
_HIGHEST, _MOST_DIGITS, _LEAST_DIGITS = 409.0, 15, 8
_AMOUNTS = ("元", "¥", "\uffe5", "$")
_Key = tuple[str, int, int]


@dataclass(slots=True)
class Changes:
    """改动 — what a reviewer decided, by the part of the sheet, row and column: masked texts, dropped columns.

    `seen`: texts of cells of which a part was hidden, with only what is seen.
    """

    texts: dict[_Key, str] = field(default_factory=dict)
    seen: dict[_Key, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    headers: dict[tuple[str, str, str], str] = field(default_factory=dict)
    links: set[_Key] = field(default_factory=set)
    boxes: dict[tuple[str, int], str] = field(default_factory=dict)
    columns: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    pictures: dict[str, bytes] = field(default_factory=dict)


def made_anew(book: Book, view: View, changes: Changes) -> bytes:
    """写出副本 — the same workbook and changes give the same bytes (条例 第十五条)."""
    out = BytesIO()
    cells = sum(len(line.cells) for page in book.pages for line in page.lines.values())
    options = {
        **({"constant_memory": True} if cells > _MANY_CELLS else {"in_memory": True}),
        # A number is another day where days are counted from 1904.
        "date_1904": book.from_1904,
        "default_format_properties": {"font_name": USUAL_FONT, "font_size": 11},
    }
    writer = xlsxwriter.Workbook(out, options)
    writer.set_properties({"created": _FIXED})
    looks = _Looks(writer)
    names: set[str] = set()
    for page in book.pages:
        if page.is_hidden:
            continue
        name = _free_name(changes.names.get(page.part, page.name), names)
        sheet = writer.add_worksheet(name)
        if page.kind == "worksheet":
            _Sheet(book, view, changes, page, sheet, looks).write()
    if not names:
        writer.add_worksheet(_free_name("空表", names))
    writer.close()
    return repacked(out.getvalue(), EMPTY_PROPERTIES, _sized)


def _sized(name: str, part: bytes) -> bytes:
    """Pictures by their size in place of the cell in which they end: programs set rows and columns of other sizes."""
    if not name.startswith("xl/drawings/drawing"):
        return part
    root = etree.fromstring(part)
    for anchor in list(root.iter("{*}twoCellAnchor")):
        end, extent = anchor.find("{*}to"), anchor.find("{*}pic/{*}spPr/{*}xfrm/{*}ext")
        if end is not None and extent is not None:
            space = etree.QName(anchor).namespace
            anchor.replace(end, etree.Element(f"{{{space}}}ext", cx=extent.get("cx", "0"), cy=extent.get("cy", "0")))
            anchor.tag = f"{{{space}}}oneCellAnchor"
            anchor.attrib.clear()
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def is_written_otherwise(raw: str, one: Shown) -> bool:
    """另一种写法 — whether a cell keeps a long number and shows it in another way, other than as an amount of money."""
    digits = "".join(sign for sign in raw if sign.isdecimal())
    if len(digits) < _LEAST_DIGITS or raw == one.text:
        return False
    return len(digits) >= _MOST_DIGITS or not any(sign in one.text for sign in _AMOUNTS)


def shows_all(text: str, raw: str) -> bool:
    """全部显示 — whether a text gives the whole number `raw` away: by its digits, or in numerals of another kind."""
    if any(sign.isnumeric() and not sign.isascii() for sign in text):
        return True
    return "".join(sign for sign in raw if sign.isdecimal()) in "".join(sign for sign in text if sign.isdecimal())


def is_blocked(text: str) -> bool:
    """不得公开 — whether a text holds what blocks, whatever a reviewer decides (条例 第十五条)."""
    return any(hit.severity is Severity.BLOCK for hit in find(text))


def _free_name(name: str, used: set[str]) -> str:
    cleaned = _NOT_IN_NAMES.sub(_STAR, shown_signs(name)).strip() or "Sheet"
    free, count = _cut(cleaned, _LONGEST_NAME), 1
    while free.lower() in used:
        count += 1
        free = f"{_cut(cleaned, _LONGEST_NAME - 6)}({count})"
    used.add(free.lower())
    return free


def _cut(name: str, most: int) -> str:
    """Spreadsheet programs count the halves of a sign beyond the first plane."""
    return name.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


class _Looks:
    """Formats of the writer, one for each look."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._known: dict[tuple[tuple[str, object], ...], Any] = {}

    def __call__(self, look: dict[str, object]) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._known:
            self._known[key] = self._writer.add_format(look)
        return self._known[key]


class _Sheet:
    """One page, written row by row from above: what is hidden or dropped leaves no gap."""

    def __init__(self, book: Book, view: View, changes: Changes, page: Page, sheet: Any, looks: _Looks) -> None:
        self._book, self._view, self._changes = book, view, changes
        self._page, self._sheet, self._looks = page, sheet, looks
        self._lines = Moved(page, changes.columns[page.part])
        self._styles: dict[tuple[int, str], Any] = {}
        self._links = {(link.area.top, link.area.left): link.target for link in page.links}

    def write(self) -> None:
        set_frame(self._sheet, self._page, self._lines, self._header_sides)
        for row, cells in self._rows():
            self._row(row, cells)
        for area in self._lines.merged():
            # The writer's own way fills every place of an area, however large.
            self._sheet.merge.append([area.top - 1, area.left - 1, area.bottom - 1, area.right - 1])
        self._drawings()

    def _rows(self) -> Iterator[tuple[int, dict[int, Shown]]]:
        """Every row of the file that is shown, those with nothing but looks too."""
        filled = self._view.rows(self._page)
        waiting = next(filled, None)
        for row in sorted(self._page.lines):
            cells: dict[int, Shown] = {}
            if waiting is not None and waiting[0] == row:
                cells = {one.column: one for one in waiting[1]}
                waiting = next(filled, None)
            if row not in self._lines.hidden_rows:
                yield row, cells

    def _row(self, row: int, cells: dict[int, Shown]) -> None:
        line = self._page.lines[row]
        at = self._lines.down(row) - 1
        if line.height is not None:
            self._sheet.set_row(at, min(line.height, _HIGHEST))
        for column in sorted(line.cells):
            if column in self._lines.hidden_columns:
                continue
            across = self._lines.across(column) - 1
            one = cells.get(column)
            if one is None or one.how is How.HIDDEN:
                if line.cells[column].style:
                    self._sheet.write_blank(at, across, None, self._style(line.cells[column].style, "General"))
            else:
                self._cell(at, across, one)

    def _style(self, number: int, code: str) -> Any:
        key = (number, code)
        if key not in self._styles:
            self._styles[key] = self._looks(style_look(self._book.styles[number], code))
        return self._styles[key]

    def _cell(self, row: int, column: int, one: Shown) -> None:
        key = (self._page.part, one.row, one.column)
        if key in self._changes.texts or key in self._changes.seen:
            self._text(row, column, one, self._masked(key, one))
        elif self._page.lines[one.row].cells[one.column].is_open and is_blocked(one.text):
            # The file keeps no result; one that names a person is not made for it.
            self._sheet.write_blank(row, column, None, self._style(one.cell.style, "General"))
        elif one.cell.kind == "b" and one.text in ("TRUE", "FALSE"):
            self._sheet.write_boolean(row, column, one.text == "TRUE", self._style(one.cell.style, "General"))
        elif one.cell.kind != "n":
            self._text(row, column, one, one.seen)
        elif (number := _carried(one)) is not None:
            self._sheet.write_number(row, column, number[0], self._style(one.cell.style, number[1]))
        else:
            shown = one.text
            if one.style.code in ("General", "@") and shown.isdecimal() and len(shown) > _MOST_DIGITS:
                shown = rendered(Decimal(shown), "General") or shown
            self._text(row, column, one, shown)

    def _masked(self, key: _Key, one: Shown) -> Rich:
        """What is seen of a masked text: where a part was hidden, that part is left out again."""
        if key in self._changes.seen:
            return self._changes.seen[key]
        masked = self._changes.texts[key]
        if one.cell.kind == "s" and not isinstance(one.cell.value, str) and len(one.cell.text) == len(masked):
            kept, at = [], 0
            for number, piece in enumerate(one.cell.value):
                if number not in one.unseen:
                    kept.append(piece._replace(text=masked[at : at + len(piece.text)]))
                at += len(piece.text)
            return tuple(kept)
        if isinstance(one.seen, str) and one.seen != one.text and one.cell.kind == "s":
            return replaced(one.seen, find(one.seen))
        return masked

    def _text(self, row: int, column: int, one: Shown, value: Rich) -> None:
        pieces = [Piece(value)] if isinstance(value, str) else [piece for piece in value if piece.text]
        pieces = [piece._replace(text=shown_signs(piece.text)[:_LONGEST_TEXT]) for piece in pieces]
        style = self._style(one.cell.style, "@" if one.style.code == "@" else "General")
        text = "".join(piece.text for piece in pieces)[:_LONGEST_TEXT]
        link = self._links.get((one.row, one.column), "")
        key = (self._page.part, one.row, one.column)
        if text and link and key not in self._changes.links and is_clean_link(link):
            if self._sheet.write_url(row, column, link, style, text) == 0:
                return
        elif len(pieces) > 1 and all(piece.text for piece in pieces):
            fragments: list[Any] = []
            for piece in pieces:
                font = piece.font or one.style.font
                fragments += [self._looks(font_look(font)), piece.text]
            if self._sheet.write_rich_string(row, column, *fragments, style) == 0:
                return
        elif len(pieces) == 1 and pieces[0].font is not None:
            style = self._looks(style_look(one.style._replace(font=pieces[0].font), "General"))
        if not text or self._sheet.write_string(row, column, text, style) != 0:
            self._sheet.write_blank(row, column, None, style)

    def _header_sides(self, part: str) -> dict[str, str]:
        code = next((header.text for header in self._page.headers if header.part == part), "")
        return {
            side: shown_signs(self._changes.headers.get((self._page.part, part, side), text))
            for side, text in shown_header(code).items()
        }

    def _drawings(self) -> None:
        for at, drawn in enumerate(drawn_on(self._book.parts, self._page)):
            if drawn.is_hidden:
                continue
            row, column = self._lines.down(drawn.start.row) - 1, self._lines.across(drawn.start.column) - 1
            place: dict[str, object] = {"x_offset": drawn.start.across, "y_offset": drawn.start.down}
            if drawn.kind == "textbox":
                text = shown_signs(self._changes.boxes.get((self._page.part, at), drawn.text))
                width, height = drawn.size or (192, 120)
                self._sheet.insert_textbox(row, column, text, {**place, "width": width or 192, "height": height or 120})
            elif drawn.kind == "picture" and drawn.part in self._book.parts.names:
                data = self._changes.pictures.get(drawn.part) or self._book.parts.data(drawn.part)
                if (fitted := fitted_picture(data, drawn)) is not None:
                    picture, x_scale, y_scale = fitted
                    options = {"image_data": BytesIO(picture), "x_scale": x_scale, "y_scale": y_scale}
                    self._sheet.insert_image(row, column, "picture", {**place, **options, "decorative": True})


def _carried(one: Shown) -> tuple[float, str] | None:
    """A number and its format where both may go into the copy; else its text stands for it."""
    raw = one.cell.text
    code = "General" if one.style.code in ("General", "@") else allowed_code(one.style.code)
    try:
        number = float(raw)
    except ValueError:
        return None
    digits = plain(raw).strip("-0.")
    if code is None or not math.isfinite(number) or len(digits.replace(".", "")) > _MOST_DIGITS + 2:
        return None
    if digits.isdigit() and len(digits) > _MOST_DIGITS:
        return None
    whole = plain(raw).partition(".")[0]
    if is_written_otherwise(whole, one) and is_blocked(whole):
        return None
    return number, code
