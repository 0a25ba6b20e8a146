"""网页的改动 — text, tables and attributes of html; scripts, comments, hidden elements and their authors taken out."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

from lxml import etree
from lxml import html as markup

from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import check_tags
from gongkai.documents.redaction.editor import Editor, Picture, Piece, Slot, Table, slot_of
from gongkai.documents.redaction.package import scattered
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Hidden
from gongkai.documents.refusals import refusal

Element = Any
"""元素 — of `lxml.html`, which the types of lxml do not know."""

_BLOCKS = frozenset(
    re.findall(
        "[a-z0-9]+",
        "address article aside blockquote body br caption center dd div dl dt fieldset figure footer form"
        " h1 h2 h3 h4 h5 h6 head header hr html li main nav"
        " ol option p pre section select table tbody td tfoot th thead title tr ul",
    )
)
"""What ends a line of text."""
_NOT_TEXT = frozenset(("script", "style", "noscript", "template"))
_TAKEN_OUT = (*_NOT_TEXT, "iframe", "object", "embed", "applet")
_KEPT_META = frozenset(("viewport", "description", "keywords", "sitename", "sitedomain", "siteidcode", "columnname"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
_PICTURE = re.compile(r"data:image/[a-z+.-]+;base64,([A-Za-z0-9+/=\s]+)$")
_MOST_SPAN = 1_000
_DEEPEST = 250


class WebPage(Editor):
    """网页."""

    format = "html"

    def _load(self, data: bytes) -> None:
        text = decode(self.source, data).encode("utf-8", "replace")
        check_tags(self.source, text, self.limits)
        try:
            root = markup.document_fromstring(text, parser=markup.HTMLParser(encoding="utf-8"))
        except (etree.LxmlError, ValueError, AssertionError):
            raise refusal("damaged", self.source) from None
        self._root: Element = root
        if _depth(root) > _DEEPEST:
            raise DocumentError(
                self.source, "{file}：网页的标签套得太深，没有读。请在浏览器里打开，另存为 docx 再试", file=self.source
            )

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — blocks and tables in order, then attributes, comments and scripts."""
        in_cells: set[Element] = set()
        for number, table in enumerate(self._root.iter("table"), 1):
            yield self._table(table, str(number), in_cells)
        paragraph = count(1)
        unseen = {inner for element in self._unseen()["隐藏的内容 {count} 处"] for inner in element.iter()}
        for pieces in _blocks(self._root, in_cells):
            if any(piece.text.strip() for piece in pieces):
                layer = Layer.HIDDEN if pieces[0].element in unseen else Layer.BODY
                yield slot_of(Place(layer, paragraph=next(paragraph)), pieces)
        for element in self._root.iter():
            if element.text and (not isinstance(element.tag, str) or element.tag in _NOT_TEXT):
                yield slot_of(Place(Layer.COMMENT, part="html"), [Piece(element, "text", element.text)], sure=True)
        for piece in scattered(self._root):
            if piece.where not in ("text", "tail") and not _PICTURE.match(piece.text):
                yield slot_of(Place(Layer.LINK, part=piece.where), [piece], sure=True)

    def _table(self, table: Element, number: str, in_cells: set[Element]) -> Table:
        rows: list[list[Slot | None]] = []
        below: dict[tuple[int, int], Slot] = {}
        for at, row in enumerate(_own_rows(table)):
            slots: list[Slot | None] = []
            for cell in row.iterchildren("td", "th"):
                while (at, len(slots)) in below:
                    slots.append(below[at, len(slots)])
                place = Place(grid=number, row=at + 1, column=len(slots) + 1)
                slot = slot_of(place, [piece for pieces in _blocks(cell, set()) for piece in pieces])
                in_cells.add(cell)
                wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
                for down in range(1, tall):
                    below.update(dict.fromkeys(((at + down, len(slots) + right) for right in range(wide)), slot))
                slots += [slot] * wide
            rows.append(slots)
        return Table(rows)

    def pictures(self) -> Iterator[Picture]:
        """图片 — those written into the page itself."""
        for number, image in enumerate(self._root.iter("img"), 1):
            if match := _PICTURE.match(image.get("src", "")):
                try:
                    data = base64.b64decode(match[1])
                except ValueError:
                    continue
                head = match[0][: match.start(1)]
                place = Place(Layer.PICTURE, part=f"img-{number}")
                yield Picture(place, data, _source_writer(image, head))

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — comments, scripts, hidden elements, authors."""
        for what, elements in self._unseen().items():
            if elements:
                layer = Layer.COMMENT if what.startswith("网页注释") else Layer.HIDDEN
                yield Hidden(Place(layer, part="html"), Sentence(what, {"count": len(elements)}))

    def _unseen(self) -> dict[str, list[Element]]:
        everything = list(self._root.iter())
        elements = [element for element in everything if isinstance(element.tag, str)]
        return {
            "网页注释 {count} 处": [element for element in everything if not isinstance(element.tag, str)],
            "脚本和内嵌的网页 {count} 处": [
                element for element in elements if element.tag in _TAKEN_OUT and element.tag != "style"
            ],
            "隐藏的内容 {count} 处": [element for element in elements if _is_hidden(element)],
            "作者等说明 {count} 处": [
                element
                for element in elements
                if element.tag == "meta" and element.get("name", "").lower() not in ("", *_KEPT_META)
            ],
        }

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列 — of tables, numbered as places name them."""
        wanted = sorted(columns, key=lambda column: (column[0], -column[1]))
        tables = {str(number): table for number, table in enumerate(self._root.iter("table"), 1)}
        for grid, column in wanted:
            if grid in tables:
                _drop_column(tables[grid], column)

    def strip(self) -> None:
        """去除看不见的."""
        for elements in self._unseen().values():
            for element in elements:
                if element.getparent() is not None:
                    element.drop_tree()
        for element in self._root.iter("*"):
            for name in [name for name in element.attrib if name.startswith(("on", "data-"))]:
                del element.attrib[name]

    def save(self) -> bytes:
        """写出 — UTF-8, and says so."""
        head = self._root.find("head")
        if head is None:
            head = etree.Element("head")
            self._root.insert(0, head)
        for meta in list(head.iter("meta")):
            if meta.get("charset") or meta.get("http-equiv", "").lower() == "content-type":
                meta.getparent().remove(meta)
        head.insert(0, etree.Element("meta", charset="utf-8"))
        page: bytes = markup.tostring(self._root, encoding="utf-8", method="html", include_meta_content_type=True)
        return b"<!doctype html>\n" + page


def _source_writer(image: Element, head: str) -> Callable[[bytes], None]:
    def write(data: bytes) -> None:
        image.set("src", head + base64.b64encode(data).decode("ascii"))

    return write


def _depth(root: Element) -> int:
    """How deep the deepest element stands, without walking the ancestors of each."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _blocks(root: Element, without: set[Element]) -> Iterator[list[Piece]]:
    """The text of each block as pieces; tables inside are read on their own, so are the elements of `without`."""
    pieces: list[Piece] = []
    pending: list[tuple[Element, bool]] = [(root, False)]
    while pending:
        element, is_left = pending.pop()
        name = element.tag if isinstance(element.tag, str) else ""
        if name in _BLOCKS and pieces:
            yield pieces
            pieces = []
        if is_left:
            if element is not root and element.tail:
                pieces.append(Piece(element, "tail", element.tail))
            continue
        pending.append((element, True))
        if (
            not name
            or name in _NOT_TEXT
            or element in without
            or (name == "table" and element is not root and root.tag in ("td", "th"))
        ):
            continue
        if element.text:
            pieces.append(Piece(element, "text", element.text))
        pending += [(inner, False) for inner in reversed(element)]
    if pieces:
        yield pieces


def _own_rows(table: Element) -> list[Element]:
    groups = [table, *table.iterchildren("thead", "tbody", "tfoot")]
    return [row for group in groups for row in group.iterchildren("tr")]


def _span(cell: Element, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdecimal() else 1


def _is_hidden(element: Element) -> bool:
    return (
        "hidden" in element.attrib
        or (element.tag == "input" and element.get("type", "").lower() == "hidden")
        or bool(_HIDDEN.search(element.get("style", "")))
    )


def _drop_column(table: Element, column: int) -> None:
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(_own_rows(table)):
        here = 1
        for cell in list(row.iterchildren("td", "th")):
            while (at, here) in taken:
                here += 1
            wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
            taken |= {(at + down, here + right) for down in range(tall) for right in range(wide)}
            if here <= column < here + wide:
                if wide > 1:
                    cell.set("colspan", str(wide - 1))
                else:
                    row.remove(cell)
            here += wide
