"""Word 文档 — docx, and Word documents saved as XML, to paragraphs and exact grids, as a reader sees them: insertions
in; deletions, struck and hidden words out; raised and lowered signs written as such.

Automatic numbers of headings (一、二、三、) are written out, because a report's six parts are known by them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.document import Block, Cell, DocumentError, Grid, Paragraph, Row, View
from gongkai.documents.limits import Deadline, Limits, check_columns, check_rows
from gongkai.documents.refusals import refusal
from gongkai.documents.showing import How
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.signs import NO_TEXT
from gongkai.documents.showing.word import Atom, read
from gongkai.documents.showing.word_style import whole
from gongkai.documents.word_numbering import Numbering, attribute, child, local
from gongkai.documents.xml_part import xml_root

_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "sect", "sub-section"}
_PARTS = {**{name: name for name in ("document", "numbering", "styles", "settings")}, "theme": "theme/theme1"}
_MARKS = ".、．)） "
"""What a list sets behind its numbers."""
_FEW_SIGNS, _FEW_DEEP = 20, 3
_PICTURES = {"drawing", "pict", "object", "control"}


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """Word 文档的视图 — one view, `structure`."""
    return (lambda: View("structure", tuple(_Reader(source, _parts(source, data, limits), limits).blocks())),)


def xml_makers(source: str, root: etree._Element, limits: Limits) -> tuple[Callable[[], View], ...]:
    """用 XML 保存的 Word 文档的视图 — of the edition of 2003, or of a docx whose parts stand in one file."""
    parts = {"document": root}
    if local(root) == "package":
        kept = {attribute(part, "name"): child(part, "xmlData") for part in root}
        held = {role: kept.get(f"/word/{name}.xml") for role, name in _PARTS.items()}
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
            role: xml_root(source, read_part(source, archive, parts[f"word/{name}.xml"], limits), limits)
            for role, name in _PARTS.items()
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
        self._story = read(self._root, dict(parts))

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
                for box in self._boxes(element):
                    yield from self._blocks(box, level + 1)

    def _check_level(self, level: int) -> None:
        if level > self._limits.nesting:
            raise DocumentError(
                self._source, "{file}：表格套得太深，没有读。请用 Word 打开，把里面的表格移出来再试", file=self._source
            )

    def _paragraph(self, element: etree._Element) -> str:
        text = self._text(element)
        if self._every and not text.strip():
            self._numbering.number(element)
            return text
        return self._number(element) + text if text.strip() else text

    def _number(self, paragraph: etree._Element) -> str:
        return _written_number(paragraph) or self._numbering.number(paragraph)

    def _text(self, paragraph: etree._Element) -> str:
        """What is seen of a paragraph; a raised sign stays one, so that no number takes it in. Where digits stand
        higher than others, a blank says that the number may be torn."""
        atoms = self._story.atoms(paragraph)
        texts = list(map(_shown, atoms))
        heights = [
            (at, _height(atom.holder))
            for at, (atom, text) in enumerate(zip(atoms, texts, strict=True))
            if any(map(str.isdecimal, text))
        ]
        for (_, before), (at, height) in pairwise(heights):
            if before != height:
                texts[at] = f" {texts[at]}"
        return "".join(texts)

    def _cell(self, cell: etree._Element) -> tuple[str, list[etree._Element]]:
        """The text of a cell, and the boxes of text and tables in it that are no part of it: those beside words of its
        own."""
        paragraphs = list(_flattened(cell, {"p"}))
        boxes, tables = [box for p in paragraphs for box in self._boxes(p)], list(_flattened(cell, {"tbl"}))
        lines = [(self._number(paragraph), self._text(paragraph).strip(" \t\n")) for paragraph in paragraphs]
        if any(text for _, text in lines):
            return "\n".join([number + text for number, text in lines if text]), [*boxes, *tables]
        boxed = [self._text(inner).strip(" \t\n") for box in boxes for inner in _flattened(box, {"p"})]
        if any(boxed):
            return "\n".join(filter(None, boxed)), tables
        if within := self._within(tables):
            return within, boxes
        numbers = [number.rstrip(_MARKS) for number, _ in lines if number]
        return "\n".join(numbers) if numbers else self._unread(paragraphs), [*boxes, *tables]

    def _within(self, tables: Sequence[etree._Element]) -> str:
        """The few words in the tables of a cell that says nothing else: its own, set in a table of their own. A whole
        page laid in a table is none of them."""
        pending, lines = [(table, 1) for table in tables], list[str]()
        while pending:
            table, depth = pending.pop(0)
            if depth > _FEW_DEEP:
                return ""
            for row in _flattened(table, {"tr"}):
                if not _is_deleted(row, "trPr", "del"):
                    cells = [c for c in _flattened(row, {"tc"}) if not _is_deleted(c, "tcPr", "cellDel")]
                    lines += [self._text(p).strip(" \t\n") for c in cells for p in _flattened(c, {"p"})]
                    pending += [(inner, depth + 1) for c in cells for inner in _flattened(c, {"tbl"})]
        text = "\n".join(filter(None, lines))
        return text if len(text) <= _FEW_SIGNS else ""

    def _unread(self, paragraphs: Sequence[etree._Element]) -> str:
        """The sign of a cell without text in which something else is seen: a picture, a field without its result."""
        atoms = (atom for paragraph in paragraphs for atom in self._story.atoms(paragraph))
        pictured = any(atom.is_seen and local(atom.element) in _PICTURES for atom in atoms)
        unsaid = any(element in self._story.unsaid for paragraph in paragraphs for element in paragraph.iter())
        return NO_TEXT if pictured or unsaid else ""

    def _boxes(self, paragraph: etree._Element) -> list[etree._Element]:
        return [box for box in _boxes(paragraph) if self._story.why_inside(box) is None]

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
                    inner += _flattened(cell, {"tbl"})
                else:
                    text, within = self._cell(cell)
                    inner += within
                    open_above.pop(column, None)
                    if merge:
                        open_above[column] = (at, len(cells))
                    cells.append(Cell(text, column, columns))
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


def _shown(atom: Atom) -> str:
    if atom.run.how is How.SEEN:
        return atom.run.text
    if atom.run.how is How.RAISED and next(atom.element.iterancestors("{*}rt"), None) is None:
        return raised(atom.run.text, is_low=_is_lowered(atom.holder))
    return ""


def _height(run: etree._Element | None) -> int:
    """How much higher than its line a run is set, in half points."""
    properties = None if run is None else child(run, "rPr")
    return (None if properties is None else whole(child(properties, "position"))) or 0


def _is_lowered(run: etree._Element | None) -> bool:
    properties = None if run is None else child(run, "rPr")
    aligned = None if properties is None else child(properties, "vertAlign")
    return aligned is not None and attribute(aligned, "val") == "subscript"


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
