"""Word 文档的改动 — body, tables, headers, notes, comments, tracked changes, hidden text, links, properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from lxml import etree

from gongkai.documents.redaction.editor import Editor, Picture, Piece, Slot, Table, shown, slot_of
from gongkai.documents.redaction.package import Package, scattered
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.refusals import refusal
from gongkai.documents.word_numbering import attribute, child, local

_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_GONE = {"del", "moveFrom"}
_COME = {"ins", "moveTo"}
_WRAPPERS = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "del", "moveFrom"}
_STORIES = {
    "word/header": Layer.HEADER,
    "word/footer": Layer.HEADER,
    "word/footnotes": Layer.NOTE,
    "word/endnotes": Layer.NOTE,
    "word/comments": Layer.COMMENT,
    "word/document": Layer.BODY,
}
_COMMENT_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_CHANGES = (
    *(f"{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "tblPrEx")),
    *(f"{name}Range{end}" for name in ("moveFrom", "moveTo") for end in ("Start", "End")),
    *("cellIns", "cellMerge", "numberingChange"),
)
_SETTINGS = ("attachedTemplate", "mailMerge", "docVars", "rsids", "trackRevisions")
_DROPPED = (
    "word/comments",
    "word/people",
    "word/glossary/",
    "customXml/",
    "word/vba",
    "word/recipientData",
    "word/embeddings/",
)
_PICTURES = "word/media/"


class Word(Editor):
    """Word 文档."""

    format = "docx"

    def _load(self, data: bytes) -> None:
        self._package = Package(self.source, data, self.limits)
        for name in self._package.xml_names():
            self._package.root(name)
        if "word/document.xml" not in self._package.names:
            raise refusal("damaged", self.source)

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — stories first, then whatever other parts hold."""
        for name in self._package.xml_names():
            root = self._package.root(name)
            layer = next((layer for start, layer in _STORIES.items() if name.startswith(start)), None)
            if layer is not None:
                yield from self._story(root, layer)
            skipped = ("t", "delText", "instrText") if layer is not None else ()
            for piece in () if name.startswith("docProps/") else scattered(root):
                if piece.where == "text" and piece.element is not None and local(piece.element) in skipped:
                    continue
                alt = piece.element is not None and local(piece.element) in ("docPr", "cNvPr")
                place = Place(Layer.ALT if alt else Layer.LINK if name.endswith(".rels") else Layer.PART, part=name)
                yield slot_of(place, [piece], sure=True)

        for label, value in self._package.properties():
            yield shown(Place(Layer.PROPERTY, part=label), value)

    def _story(self, root: etree._Element, layer: Layer) -> Iterator[Slot | Table]:
        paragraphs, tables = count(1), count(1)
        where = Place(layer)
        for element in root.iter("{*}p", "{*}tbl"):
            if local(element) == "tbl":
                yield self._table(element, layer, str(next(tables)))
                continue
            if not _in_cell(element):
                where = where._replace(paragraph=next(paragraphs))
                yield slot_of(where, list(_pieces(element, "seen")))
            for kind, hidden in (("gone", Layer.TRACKED), ("vanished", Layer.HIDDEN), ("code", Layer.LINK)):
                pieces = list(_pieces(element, kind))
                if pieces:
                    yield slot_of(where._replace(layer=hidden, part="word"), pieces)

    def _table(self, table: etree._Element, layer: Layer, number: str) -> Table:
        rows: list[list[Slot | None]] = []
        for at, row in enumerate(_own(table, "tr"), 1):
            slots: list[Slot | None] = [None] * _span(row, "trPr", "gridBefore", 0)
            for cell in _own(row, "tc"):
                place = Place(layer, grid=number, row=at, column=len(slots) + 1)
                pieces: list[Piece] = []
                for element in _own(cell, "p"):
                    pieces += [*([Piece(None, "", "\n")] if pieces else []), *_pieces(element, "seen")]
                slots += [slot_of(place, pieces)] * _span(cell, "tcPr", "gridSpan", 1)
            rows.append(slots)
        return Table(rows)

    def pictures(self) -> Iterator[Picture]:
        """图片."""
        for name in self._package.names:
            if name.startswith(_PICTURES):
                yield Picture(
                    Place(Layer.PICTURE, part=name),
                    self._package.data(name),
                    lambda data, name=name: self._package.put(name, data),  # type: ignore[misc]
                )

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — properties, comments, tracked changes, hidden text, parts that no page shows."""
        for label, value in self._package.properties():
            yield Hidden(
                Place(Layer.PROPERTY, part=label), Sentence("文件属性 {name}：{value}", {"name": label, "value": value})
            )
        for name in self._package.xml_names():
            root = self._package.root(name)
            if name.startswith("word/comments"):
                found = [*root.iter("{*}comment")]
                if found:
                    yield Hidden(Place(Layer.COMMENT, part=name), Sentence("批注 {count} 条", {"count": len(found)}))
            changes = [
                element
                for element in root.iter("{*}*")
                if local(element) in _GONE | _COME and attribute(element, "author")
            ]
            if changes:
                yield Hidden(Place(Layer.TRACKED, part=name), Sentence("修订记录 {count} 处", {"count": len(changes)}))
            vanished = sum(1 for run in root.iter("{*}r") if _is_hidden(run))
            if vanished:
                yield Hidden(Place(Layer.HIDDEN, part=name), Sentence("隐藏的文字 {count} 处", {"count": vanished}))
        for name in self._package.names:
            if name.startswith(_DROPPED[2:]) and "/_rels/" not in name and "itemProps" not in name:
                yield Hidden(Place(Layer.ATTACHMENT, part=name), Sentence("页面上看不到的部件：{name}", {"name": name}))

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of tables of the body, numbered as places name them."""
        wanted = sorted(columns, key=lambda column: (column[0], -column[1]))
        tables = {
            str(number): table for number, table in enumerate(self._package.root("word/document.xml").iter("{*}tbl"), 1)
        }
        for grid, column in wanted:
            if grid in tables:
                _drop_column(tables[grid], column)

    def strip(self) -> None:
        """去除看不见的 — changes are accepted, comments, hidden text and what no page shows are taken out."""
        package = self._package
        for name in package.xml_names():
            if name.startswith("word/"):
                _accept(package.root(name))
        if "word/settings.xml" in package.names:
            for tag in _SETTINGS:
                _remove(package.root("word/settings.xml"), tag)
        for name in package.names:
            if name.endswith(".rels"):
                for relation in list(package.root(name)):
                    if relation.get("Type", "").endswith(("/attachedTemplate", "/mailMergeSource")):
                        package.root(name).remove(relation)
        embedded = {element for name in package.xml_names() for element in package.root(name).iter("{*}OLEObject")}
        for element in embedded:
            _take_out(element)
        package.drop(*(name for name in package.names if name.startswith(_DROPPED)))
        package.empty_properties()

    def save(self) -> bytes:
        """写出."""
        return self._package.save()


def _pieces(paragraph: etree._Element, wanted: str) -> Iterator[Piece]:
    """The pieces of a paragraph's own text: `seen`, `gone` (deleted), `vanished` (hidden), `code` (of fields)."""
    pending = [(element, "seen") for element in reversed(paragraph)]
    while pending:
        element, kind = pending.pop()
        name = local(element)
        if name in ("txbxContent", "p", "rPr", "pPr"):
            continue
        if name in _GONE:
            kind = "gone"
        elif kind == "seen" and _is_hidden(element):
            kind = "vanished"
        text_kind = "code" if name == "instrText" else kind
        if name in ("t", "delText", "instrText"):
            if text_kind == wanted and element.text:
                yield Piece(element, "text", element.text)
        elif name in _SIGNS:
            if kind == wanted:
                yield Piece(None, "", _SIGNS[name])
        else:
            pending += [(inner, kind) for inner in reversed(element)]


def _own(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of one kind, content controls and changes opened."""
    for element in parent:
        name = local(element)
        if name == tag:
            yield element
        elif name in _WRAPPERS:
            yield from _own(element, tag)


def _in_cell(paragraph: etree._Element) -> bool:
    """Whether the paragraph is a cell's own, so that it was read with its table."""
    above = paragraph.getparent()
    while above is not None and local(above) in _WRAPPERS:
        above = above.getparent()
    return above is not None and local(above) == "tc"


def _is_hidden(run: etree._Element) -> bool:
    properties = child(run, "rPr") if local(run) == "r" else None
    vanish = None if properties is None else child(properties, "vanish")
    return vanish is not None and attribute(vanish, "val") not in ("0", "false", "off")


def _span(element: etree._Element, properties: str, name: str, default: int) -> int:
    found = element.find(f"{{*}}{properties}/{{*}}{name}")
    value = "" if found is None else attribute(found, "val") or ""
    return min(int(value), 200) if value.isascii() and value.isdecimal() else default


def _narrow(cell: etree._Element, columns: int) -> None:
    span = cell.find("{*}tcPr/{*}gridSpan")
    if span is not None:
        for key in span.keys():  # noqa: SIM118 — an element is not a mapping
            span.set(key, str(columns))


def _drop_column(table: etree._Element, column: int) -> None:
    for row in _own(table, "tr"):
        at = 1 + _span(row, "trPr", "gridBefore", 0)
        cells = list(_own(row, "tc"))
        for cell in cells:
            wide = _span(cell, "tcPr", "gridSpan", 1)
            if at <= column < at + wide:
                parent = cell.getparent()
                if wide > 1:
                    _narrow(cell, wide - 1)
                elif len(cells) > 1 and parent is not None:
                    parent.remove(cell)
                else:
                    for element in cell.iter("{*}t"):
                        element.text = ""
                break
            at += wide
    grid = table.find("{*}tblGrid")
    if grid is not None and len(grid) >= column:
        grid.remove(grid[column - 1])


def _accept(root: etree._Element) -> None:
    """Changes accepted: what was deleted goes, what was inserted stays without a trace; comments and hidden runs go."""
    for row in [*root.iter("{*}tr"), *root.iter("{*}tc")]:
        if row.find("{*}trPr/{*}del") is not None or row.find("{*}tcPr/{*}cellDel") is not None:
            _take_out(row)
    for mark in (*_CHANGES, *_COMMENT_MARKS):
        _remove(root, mark)
    for element in [*root.iter("{*}del", "{*}moveFrom")]:
        _take_out(element)
    for element in [*root.iter("{*}ins", "{*}moveTo")]:
        _unwrap(element)
    for run in [*root.iter("{*}r")]:
        if _is_hidden(run):
            _take_out(run)


def _remove(root: etree._Element, tag: str) -> None:
    for element in [*root.iter(f"{{*}}{tag}")]:
        _take_out(element)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    """The element's children in its place; an insertion of a paragraph's end has none."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        for offset, inner in enumerate(list(element)):
            parent.insert(at + offset, inner)
        parent.remove(element)
