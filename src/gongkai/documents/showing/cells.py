"""单元格 — the rows of a sheet and its shared strings, read as a stream, with every string that is in no cell's text.

Reading is one pass and keeps no tree of the rows: a hundred thousand of them fit in memory (条例 第十七条).
"""

from __future__ import annotations

import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple, cast

from lxml import etree

from gongkai.documents.limits import Deadline
from gongkai.documents.refusals import refusal
from gongkai.documents.showing.cell_style import Font, Styles
from gongkai.documents.showing.parts import strings_of

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_SMALL = re.compile(
    r"[0-9]{0,7}|[a-zA-Z]{1,9}|[0-9]{1,4}\.[0-9]{1,6}|[0-9]{1,7}:[0-9]{1,7}|[A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?"
)
"""What attributes of rows and cells say by right: counts, heights, places, kinds."""
_ROW_SAYS = {"r", "ht", "hidden", "s", "spans", "customFormat", "customHeight", "outlineLevel", "collapsed"}
_BLANKS_KEPT = "{http://www.w3.org/XML/1998/namespace}space"
_EVERY = 2_000


class Piece(NamedTuple):
    """一截文字 — of a text that has more than one font; None: the font of the cell."""

    text: str
    font: Font | None = None


Rich = str | tuple[Piece, ...]


class Strings(dict[str, None]):
    """一串文字 — each kept once, in the order in which they came."""

    def append(self, text: str) -> None:
        """添一条."""
        self[text] = None

    def __iadd__(self, texts: Iterable[str]) -> Strings:
        for text in texts:
            self[text] = None
        return self


@dataclass(slots=True)
class Cell:
    """单元格 — what is kept: `kind` n, s, b, e or d; the text or the number as written; its style; its formula.

    `formula` is None where there is none; `is_open`: it has one and no result is kept.
    """

    kind: str
    value: Rich
    style: int
    formula: str | None = None
    is_open: bool = False

    @property
    def text(self) -> str:
        """文字 — as it is kept, without fonts."""
        return self.value if isinstance(self.value, str) else "".join(piece.text for piece in self.value)


@dataclass(slots=True)
class Line:
    """一行 — its cells by column from 1, its height in points where one is set."""

    cells: dict[int, Cell] = field(default_factory=dict)
    height: float | None = None
    is_hidden: bool = False


class SharedStrings:
    """共享字符串 — texts by number, those that are used, and what stands beside them."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.texts: list[Rich] = []
        self.used = bytearray()
        self.beside = Strings()

    def read(self, source: str, stream: IO[bytes], deadline: Deadline) -> None:
        """读入 — DocumentError for a part that is damaged."""

        def take(element: etree._Element) -> None:
            self.texts.append(rich(element, self._styles, self.beside))

        self.beside += _streamed(source, stream, "si", "sst", take, deadline)
        self.used = bytearray(len(self.texts))

    def take(self, number: str) -> Rich | None:
        """用一条 — by its number, which counts as used."""
        at = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else -1
        if not 0 <= at < len(self.texts):
            return None
        self.used[at] = 1
        return self.texts[at]

    def unused(self) -> Iterator[str]:
        """没有用到的 — texts that no cell shows."""
        for at, value in enumerate(self.texts):
            if not self.used[at]:
                yield value if isinstance(value, str) else "".join(piece.text for piece in value)


class Rows:
    """各行 — filled by `read`; `beside`: every string of the part that is in no cell."""

    def __init__(self, strings: SharedStrings, styles: Styles) -> None:
        self._strings, self._styles = strings, styles
        self.lines: dict[int, Line] = {}
        self.beside = Strings()
        self.frame: etree._Element | None = None
        self._at = 0

    def read(self, source: str, stream: IO[bytes], deadline: Deadline) -> None:
        """读入 — DocumentError for a part that is damaged."""
        frame: list[Any] = []
        self.beside += _streamed(source, stream, "row", "sheetData", self._row, deadline, frame)
        self.frame = frame[0]

    def _row(self, element: etree._Element) -> None:
        said = dict(_said(element))
        number = said.get("r", "")
        self._at = int(number) if number.isdigit() and len(number) < 8 else self._at + 1
        line = self.lines.setdefault(self._at, Line())
        line.is_hidden = said.get("hidden") in ("1", "true")
        if "ht" in said:
            line.height = _size(said["ht"])
        self.beside += [
            f"{name} {value}" for name, value in said.items() if name not in _ROW_SAYS or not _SMALL.fullmatch(value)
        ]
        if element.text and not element.text.isspace():
            self.beside.append(element.text)
        column = 0
        for child in element:
            if child.tail and not child.tail.isspace():
                self.beside.append(child.tail)
            if not isinstance(child.tag, str) or not child.tag.endswith("}c"):
                self.beside += _all_strings(child)
                continue
            column = self._cell(child, line, column + 1)

    def _cell(self, element: etree._Element, line: Line, column: int) -> int:
        kind, style = "n", 0
        for name, value in _said(element):
            if name == "r" and (place := _REFERENCE.fullmatch(value)):
                column = _COLUMNS.get(place[1]) or column_of(place[1])
            elif name == "s" and value.isdigit() and len(value) < 7:
                style = int(value)
            elif name == "t" and len(value) < 10 and value.isalpha():
                kind = value
            elif name not in ("cm", "vm", "ph") or not _SMALL.fullmatch(value):
                self.beside.append(f"{name} {value}")
        if element.text and not element.text.isspace():
            self.beside.append(element.text)
        cell = self._filled(element, kind, style)
        if (before := line.cells.get(column)) is not None:
            self.beside.append(before.text)
        line.cells[column] = cell
        return column

    def _filled(self, element: etree._Element, kind: str, style: int) -> Cell:
        formula: str | None = None
        kept: str | None = None
        inline: Rich | None = None
        for child in element:
            tag = child.tag
            name = tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""
            if name == "v" and kept is None:
                kept = self._plain(child) if len(child) or len(child.attrib) else child.text or ""
            elif name == "f" and formula is None:
                formula = self._plain(child)
            elif name == "is" and inline is None:
                inline = rich(child, self._styles, self.beside)
            else:
                self.beside += _all_strings(child)
            if child.tail and not child.tail.isspace():
                self.beside.append(child.tail)
        if kind == "s":
            shared = self._strings.take((kept or "").strip())
            if shared is None and kept:
                self.beside.append(kept)
            return Cell("s", shared or "", style, formula, formula is not None and shared is None)
        if kind == "inlineStr" or (inline is not None and kept is None):
            return Cell("s", inline if inline is not None else kept or "", style, formula)
        if inline is not None:
            self.beside.append(Cell("s", inline, 0).text)
        text = unescaped(kept) if kind == "str" and kept else kept or ""
        # LibreOffice and Excel write an empty result as an empty string; a library that does not count writes none.
        is_open = formula is not None and (kept is None or (not kept and kind != "str"))
        return Cell({"str": "s"}.get(kind, kind), text if kind == "str" else text.strip(), style, formula, is_open)

    def _plain(self, element: etree._Element) -> str:
        """The text of an element, whatever comments stand in it; its attributes are looked at too."""
        for name, value in _said(element):
            if not _SMALL.fullmatch(value) and not name.endswith("}space"):
                self.beside.append(f"{name} {value}")
        if not len(element):
            return element.text or ""
        self.beside += _all_strings(element)
        return (element.text or "") + "".join(child.tail or "" for child in element)


def rich(element: etree._Element, styles: Styles, beside: Strings) -> Rich:
    """一条文字 — of an element `si` or `is`: its pieces where it has several fonts; how it is spoken goes `beside`."""
    pieces: list[Piece] = []
    for child in element:
        name = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if name == "t":
            pieces.append(Piece(_t(child, beside)))
        elif name == "r":
            said = child.find("{*}rPr")
            text = "".join(_t(part, beside) for part in child.iterfind("{*}t"))
            pieces.append(Piece(text, None if said is None else styles.font(said, styles.default)))
            beside += _beside_text(child)
        else:
            beside += _all_strings(child)
        if child.tail and not child.tail.isspace():
            beside.append(child.tail)
    spoken = element.findall("{*}rPh")
    if len(spoken) > 1:
        beside.append("".join(text for each in spoken for text in map(str, each.itertext())))
    if len(element.attrib) or (element.text and not element.text.isspace()):
        beside += [element.text or "", *map(str, element.attrib.values())]
    if all(piece.font is None for piece in pieces):
        return "".join(piece.text for piece in pieces)
    return tuple(pieces)


def _beside_text(run: etree._Element) -> Iterator[str]:
    """What a run holds beside its text: attributes, what stands between its parts, its look, strangers."""
    yield from (f"{name} {value}" for name, value in _said(run))
    yield from (said for said in (run.text, *(part.tail for part in run)) if said and not said.isspace())
    for part in run:
        if not isinstance(part.tag, str) or not part.tag.endswith("}t"):
            yield from (each for each in _all_strings(part) if not _SMALL.fullmatch(each))


def _t(element: etree._Element, beside: Strings) -> str:
    if len(element) or any(name != _BLANKS_KEPT for name in element.attrib):
        beside += _all_strings(element)
    return unescaped((element.text or "") + "".join(child.tail or "" for child in element))


def unescaped(text: str) -> str:
    """还原转义 — _x0031_ stands for the sign of that number."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _all_strings(element: etree._Element) -> list[str]:
    joined = "".join(map(str, element.itertext())) if isinstance(element.tag, str) else ""
    return [text for text in (*strings_of_alone(element), joined) if text]


def strings_of_alone(element: etree._Element) -> Iterator[str]:
    """一个元素里的每一处字 — of the element and what is in it, not of its neighbours."""
    if not isinstance(element.tag, str):
        yield element.text or ""
        yield str(getattr(element, "target", ""))
        return
    for each in element.iter():
        if not isinstance(each.tag, str):
            yield each.text or ""
            yield str(getattr(each, "target", ""))
        else:
            yield each.tag
            yield each.text or ""
            for said in _said(each):
                yield from said
        if each is not element and each.tail:
            yield each.tail


def column_of(letters: str) -> int:
    """列号 — A is 1, AA is 27."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at


def letters_of(column: int) -> str:
    """列的字母 — 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _said(element: etree._Element) -> list[tuple[str, str]]:
    return cast("list[tuple[str, str]]", element.items())


_COLUMNS = {letters_of(column): column for column in range(1, 703)}


def _size(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _streamed(
    source: str,
    stream: IO[bytes],
    tag: str,
    inside: str,
    take: Callable[[etree._Element], None],
    deadline: Deadline,
    frame: list[Any] | None = None,
) -> list[str]:
    """Every element `tag` in `inside` is taken and forgotten; what is left of the part is given as strings."""
    beside: list[str] = []
    reader = etree.iterparse(
        stream,
        events=("end", "start-ns"),
        tag=f"{{*}}{tag}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    count = 0
    try:
        for event, thing in reader:
            if event == "start-ns":
                beside.append(" ".join(map(str, thing)))
                continue
            parent = thing.getparent()
            if parent is None or not parent.tag.endswith(f"}}{inside}"):
                continue
            if not count % _EVERY:
                _check(source, thing, deadline)
            count += 1
            take(thing)
            beside += _forget(thing, parent)
    except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError):
        raise refusal("damaged", source) from None
    root = reader.root
    if root is None:
        raise refusal("damaged", source)
    _check(source, root, deadline)
    if frame is not None:
        frame.append(root)
    # Places and kinds are what most strings of a part are.
    return [*beside, *(text for text in strings_of(root) if not _SMALL.fullmatch(text))]


def _check(source: str, element: etree._Element, deadline: Deadline) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise refusal("entities", source)
    deadline.check()


def _forget(element: etree._Element, parent: etree._Element) -> list[str]:
    """What stands behind an element that was taken, and before it: a cleared one, a comment, a stranger."""
    beside = [element.tail] if element.tail and not element.tail.isspace() else []
    element.clear()
    while (before := element.getprevious()) is not None:
        beside += [*_all_strings(before), before.tail or ""]
        parent.remove(before)
    return beside
