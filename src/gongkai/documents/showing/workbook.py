"""工作簿 — the sheets of an xlsx in order, each with its lines, widths, merged areas and links (条例 第十七条).

Nothing is passed over: what is no cell stands in `Page.beside`, as strings for the guard alone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Deadline, Limits
from gongkai.documents.refusals import refusal
from gongkai.documents.showing.cell_style import Styles
from gongkai.documents.showing.cells import Line, Rows, SharedStrings, Strings, column_of
from gongkai.documents.showing.parts import Parts, Relation

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_OF_SHEETS = ("worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
MISSING = (
    "{file}：缺了工作表“{sheet}”的内容，文件不完整，没有读。请用 Excel 或 WPS 打开原件，看看这张表在不在，另存一份再试"
)
_LEAST_WIDTH, _LEAST_HEIGHT = 0.2, 2.0
_PARTS_OF_HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


class Area(NamedTuple):
    """区域 — first and last row and column, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """在区域里."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Span(NamedTuple):
    """一段列 — columns that are described together."""

    first: int
    last: int
    width: float | None
    is_hidden: bool


class Link(NamedTuple):
    """超链接 — its address, and what stands beside it: tooltip, words, place."""

    area: Area
    target: str
    beside: tuple[str, ...]


class HeaderText(NamedTuple):
    """页眉页脚 — a part of it as written, and whether any page shows it."""

    part: str
    text: str
    is_shown: bool


@dataclass(slots=True)
class Page:
    """工作表 — `kind` worksheet, chartsheet, dialogsheet …; `painted`: areas whose look depends on conditions."""

    name: str
    part: str
    kind: str = "worksheet"
    state: str = "visible"
    lines: dict[int, Line] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headers: list[HeaderText] = field(default_factory=list)
    painted: list[Area] = field(default_factory=list)
    frame: etree._Element | None = None
    beside: Strings = field(default_factory=Strings)
    least_height: float | None = None
    least_width: float | None = None

    @property
    def is_hidden(self) -> bool:
        """隐藏的表."""
        return self.state != "visible"

    def hides_row(self, row: int) -> bool:
        """隐藏的行 — by its mark, or because it has no height (条例 第十七条)."""
        line = self.lines.get(row)
        if line is None:
            return False
        height = line.height if line.height is not None else self.least_height
        return line.is_hidden or (height is not None and height < _LEAST_HEIGHT)

    def hidden_columns(self) -> Iterator[Span]:
        """隐藏的列 — by their mark, or because they have no width (条例 第十七条)."""
        for span in self.spans:
            width = span.width if span.width is not None else self.least_width
            if span.is_hidden or (width is not None and width < _LEAST_WIDTH):
                yield span


class Book:
    """工作簿 — read within limits. DocumentError for one that is damaged."""

    def __init__(self, source: str, data: bytes, limits: Limits) -> None:
        self.parts = Parts(source, data, limits)
        self._source = source
        self._deadline = Deadline(source, limits)
        self.part, root, relations = workbook_of(self.parts)
        self.styles = Styles(self._one(relations, "styles"), self._one(relations, "theme"))
        self.strings = SharedStrings(self.styles)
        self.strings_part = next((one.target for one in relations.values() if one.kind == "sharedStrings"), "")
        if self.strings_part in self.parts.names:
            with self.parts.stream(self.strings_part) as stream:
                self.strings.read(source, stream, self._deadline)
        properties = root.find("{*}workbookPr")
        self.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.pages = [page for each in root.iterfind("{*}sheets/{*}sheet") if (page := self._page(each, relations))]

    def _one(self, relations: dict[str, Relation], kind: str) -> etree._Element | None:
        names = [one.target for one in relations.values() if one.kind == kind and one.target in self.parts.names]
        return self.parts.root(names[0]) if names else None

    def _page(self, sheet: etree._Element, relations: dict[str, Relation]) -> Page | None:
        said = _said(sheet)
        relation = relations[said.get("id", "")]
        if relation.kind not in _OF_SHEETS:
            return None
        page = Page(said.get("name", ""), relation.target, relation.kind, said.get("state", "visible"))
        if page.kind != "worksheet":
            page.frame = self.parts.root(page.part)
            return page
        rows = Rows(self.strings, self.styles)
        with self.parts.stream(page.part) as stream:
            rows.read(self._source, stream, self._deadline)
        page.lines, page.beside, page.frame = rows.lines, rows.beside, rows.frame
        if page.frame is not None:
            self._describe(page, page.frame)
        return page

    def _describe(self, page: Page, root: etree._Element) -> None:
        usual = root.find("{*}sheetFormatPr")
        if usual is not None:
            page.least_height = _float(usual.get("defaultRowHeight"))
            page.least_width = _float(usual.get("defaultColWidth"))
        for column in root.iterfind("{*}cols/{*}col"):
            first, last = _int(column.get("min")), _int(column.get("max"))
            page.spans.append(Span(first, last, _float(column.get("width")), column.get("hidden") in ("1", "true")))
        page.merged = [
            area for each in root.iterfind("{*}mergeCells/{*}mergeCell") for area in areas(each.get("ref", ""))
        ]
        relations = self.parts.relations(page.part)
        for each in root.iter("{*}hyperlink"):
            said = _said(each)
            relation = relations.get(said.get("id", ""))
            beside = tuple(said[name] for name in ("location", "tooltip", "display") if name in said)
            target = relation.target if relation is not None else ""
            page.links += [Link(area, target, beside) for area in areas(said.get("ref", ""))[:1]]
        page.painted = [
            area
            for each in root.iter("{*}conditionalFormatting", "{*}sqref")
            for area in areas(each.get("sqref") or each.text or "")
        ] + [area for name in self._of_kind(relations, "table") for area in areas(self.parts.root(name).get("ref", ""))]
        page.headers = list(_headers(root))

    def _of_kind(self, relations: dict[str, Relation], kind: str) -> list[str]:
        return [one.target for one in relations.values() if one.kind == kind and one.target in self.parts.names]


def workbook_of(parts: Parts) -> tuple[str, etree._Element, dict[str, Relation]]:
    """工作簿部件 — its name, tree and relations, of which every sheet is in the file (条例 第十七条).

    DocumentError where one is missing: the others would be taken for all there is.
    """
    found = [one.target for one in parts.relations("").values() if one.kind == "officeDocument"]
    part = found[0] if found else "xl/workbook.xml"
    if part not in parts.names:
        raise refusal("damaged", parts.source)
    root, relations = parts.root(part), parts.relations(part)
    for sheet in root.iterfind("{*}sheets/{*}sheet"):
        said = _said(sheet)
        relation = relations.get(said.get("id", ""))
        if relation is None or relation.target not in parts.names:
            raise DocumentError(parts.source, MISSING, file=parts.source, sheet=said.get("name", ""))
    return part, root, relations


def _said(element: etree._Element) -> dict[str, str]:
    return {str(name).rpartition("}")[2]: str(value) for name, value in element.items()}


def areas(text: str) -> list[Area]:
    """区域 — of a list such as A1:B2 D4."""
    found = []
    for each in text.split():
        if match := _AREA.fullmatch(each):
            top, left = int(match[2]), column_of(match[1])
            bottom, right = int(match[4] or top), column_of(match[3] or match[1])
            found.append(Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
    return found


def _headers(root: etree._Element) -> Iterator[HeaderText]:
    element = root.find("{*}headerFooter")
    if element is None:
        return
    shown = {
        "odd": True,
        "even": element.get("differentOddEven") in ("1", "true"),
        "first": element.get("differentFirst") in ("1", "true"),
    }
    for part in _PARTS_OF_HEADERS:
        text = "".join(each.text or "" for each in element.iterfind(f"{{*}}{part}"))
        if text:
            yield HeaderText(part, text, shown[part[: -len("Header")]])


def _float(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
