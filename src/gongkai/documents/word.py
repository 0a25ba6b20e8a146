"""Word 文档 — docx, and Word documents saved as XML, to paragraphs and exact grids, as the accepted text reads:
insertions in, deletions out.

Automatic numbers of headings (一、二、三、) are written out, because a report's six parts are known by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.document import Block, Cell, DocumentError, Grid, Paragraph, Row, View
from gongkai.documents.limits import Deadline, Limits, check_columns, check_rows
from gongkai.documents.refusals import refusal
from gongkai.documents.word_numbering import Numbering, attribute, child, local
from gongkai.documents.xml_part import xml_root

_LEFT_OUT = {"del", "moveFrom", "rt", "Fallback", "pPr", "delText", "instrText", "txbxContent", "comment"}
_TEXT = {"t", "tab", "br", "cr", "noBreakHyphen"}
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "sect", "sub-section"}
_PARTS = ("document", "numbering", "styles")


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """Word 文档的视图 — one view, `structure`."""
    return (lambda: View("structure", tuple(_Reader(source, _parts(source, data, limits), limits).blocks())),)


def xml_makers(source: str, root: etree._Element, limits: Limits) -> tuple[Callable[[], View], ...]:
    """用 XML 保存的 Word 文档的视图 — of the edition of 2003, or of a docx whose parts stand in one file."""
    parts = {"document": root}
    if local(root) == "package":
        kept = {attribute(part, "name"): child(part, "xmlData") for part in root}
        held = {name: kept.get(f"/word/{name}.xml") for name in _PARTS}
        parts = {name: data[0] for name, data in held.items() if data is not None and len(data)}
    return (lambda: View("structure", tuple(_Reader(source, parts, limits).blocks())),)


def shown_blocks(source: str, parts: Mapping[str, etree._Element], limits: Limits) -> tuple[tuple[Block, ...], int]:
    """所见的段落和表格 — with the number of every list; and how many are in an unknown form (条例 第十二条)."""
    reader = _Reader(source, parts, limits, every=True)
    return tuple(reader.blocks()), reader.unknown_numbers


def _parts(source: str, data: bytes, limits: Limits) -> dict[str, etree._Element]:
    with opened(source, data, limits) as archive:
        parts = {info.filename: info for info in archive.infolist()}
        return {
            name: xml_root(source, read_part(source, archive, parts[f"word/{name}.xml"], limits), limits)
            for name in _PARTS
            if f"word/{name}.xml" in parts
        }


class _Reader:
    """One reading of one file: it counts grids and automatic numbers as it goes."""

    def __init__(
        self, source: str, parts: Mapping[str, etree._Element], limits: Limits, *, every: bool = False
    ) -> None:
        self._source, self._limits, self._every = source, limits, every
        self._deadline = Deadline(source, limits)
        self._grids = 0
        if "document" not in parts:
            raise refusal("damaged", source)
        self._root = parts["document"]
        self._numbering = Numbering(parts.get("numbering"), parts.get("styles"), every=every)

    @property
    def unknown_numbers(self) -> int:
        return self._numbering.unknown

    def blocks(self) -> Iterator[Block]:
        body = child(self._root, "body")
        if body is None:
            raise refusal("damaged", self._source)
        yield from self._blocks(body, 0)

    def _blocks(self, parent: etree._Element, level: int) -> Iterator[Block]:
        """Paragraphs and tables in order; what stands in text boxes follows the paragraph that holds them."""
        self._check_level(level)
        for element in _flattened(parent):
            self._deadline.check()
            if local(element) == "tbl":
                yield from self._grid(element, level)
            else:
                if text := self._paragraph(element).strip(" \t\n"):
                    yield Paragraph(text)
                for box in _boxes(element):
                    yield from self._blocks(box, level + 1)

    def _check_level(self, level: int) -> None:
        if level > self._limits.nesting:
            raise DocumentError(
                self._source, "{file}：表格套得太深，没有读。请用 Word 打开，把里面的表格移出来再试", file=self._source
            )

    def _paragraph(self, element: etree._Element) -> str:
        text = _text(element)
        if self._every and not text.strip():
            self._numbering.number(element)
            return text
        return (_written_number(element) or self._numbering.number(element)) + text if text.strip() else text

    def _grid(self, table: etree._Element, level: int) -> Iterator[Block]:
        """A table, then the tables within its cells."""
        self._check_level(level)
        self._grids += 1
        number, rows = self._grids, [row for row in _flattened(table, {"tr"}) if not _is_deleted(row, "trPr", "del")]
        check_rows(self._source, len(rows), self._limits)
        inner: list[etree._Element] = []
        printed: list[list[Cell]] = []
        open_above: dict[int, tuple[int, int]] = {}
        for at, row in enumerate(rows):
            self._deadline.check()
            cells: list[Cell] = []
            column = 1 + _skipped(row)
            for cell in _flattened(row, {"tc"}):
                if _is_deleted(cell, "tcPr", "cellDel"):
                    continue
                columns = max(1, _number_in(cell, "gridSpan", 1))
                merge = _merge(cell)
                if merge == "continue" and column in open_above:
                    above, index = open_above[column]
                    printed[above][index] = printed[above][index]._replace(rows=at - above + 1)
                else:
                    text = "\n".join(filter(None, (self._paragraph(p).strip(" \t\n") for p in _flattened(cell, {"p"}))))
                    open_above.pop(column, None)
                    if merge:
                        open_above[column] = (at, len(cells))
                    cells.append(Cell(text, column, columns))
                inner += _flattened(cell, {"tbl"})
                inner += [box for p in _flattened(cell, {"p"}) for box in _boxes(p)]
                column += columns
                check_columns(self._source, column - 1, self._limits)
            printed.append(cells)
        yield Grid(tuple(Row.of(cells) for cells in printed), number)
        for element in inner:
            if local(element) == "tbl":
                yield from self._grid(element, level + 1)
            else:
                yield from self._blocks(element, level + 1)


def _flattened(parent: etree._Element, wanted: set[str] | None = None) -> Iterator[etree._Element]:
    """The children that are paragraphs or tables (or `wanted`), content controls and insertions opened."""
    pending = list(reversed(parent))
    while pending:
        element = pending.pop()
        name = local(element)
        if name in (wanted or {"p", "tbl"}):
            yield element
        elif name in _WRAPPERS:
            pending.extend(reversed(element))


def _text(paragraph: etree._Element) -> str:
    parts: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        name = local(element)
        if name in _LEFT_OUT or (name == "r" and _is_hidden(element)):
            continue
        if name in _TEXT:
            parts.append(_SIGNS.get(name) or element.text or "")
        else:
            pending.extend(reversed(element))
    return "".join(parts)


def _written_number(paragraph: etree._Element) -> str:
    """The edition of 2003 writes out the number of a heading beside it."""
    properties = child(paragraph, "pPr")
    listed = None if properties is None else child(properties, "listPr")
    written = None if listed is None else child(listed, "t")
    return "" if written is None else attribute(written, "val") or ""


def _boxes(paragraph: etree._Element) -> list[etree._Element]:
    """Text boxes, each once: a box is stored twice, the second time as a fallback for old programs."""
    found = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        name = local(element)
        if name == "txbxContent":
            found.append(element)
        elif name not in ("Fallback", "del", "t"):
            pending.extend(reversed(element))
    return found


def _is_hidden(run: etree._Element) -> bool:
    properties = child(run, "rPr")
    vanish = None if properties is None else child(properties, "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _is_deleted(element: etree._Element, properties_name: str, mark: str) -> bool:
    properties = child(element, properties_name)
    return properties is not None and child(properties, mark) is not None


def _skipped(row: etree._Element) -> int:
    properties = child(row, "trPr")
    return 0 if properties is None else _value(properties, "gridBefore", 0)


def _number_in(cell: etree._Element, name: str, default: int) -> int:
    properties = child(cell, "tcPr")
    return default if properties is None else _value(properties, name, default)


def _value(properties: etree._Element, name: str, default: int) -> int:
    element = child(properties, name)
    value = "" if element is None else attribute(element, "val") or ""
    return min(int(value), 10_000) if value.isascii() and value.isdecimal() and len(value) < 9 else default


def _merge(cell: etree._Element) -> str:
    """`restart` or `continue` for a cell merged with those below or above it, else empty."""
    properties = child(cell, "tcPr")
    merge = None if properties is None else next(properties.iterchildren("{*}vMerge", "{*}vmerge"), None)
    return "" if merge is None else attribute(merge, "val") or "continue"
