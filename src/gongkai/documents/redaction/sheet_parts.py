"""电子表格的其他部件 — every string of every part that is no cell, for the guard; none of them goes into a copy.

Comments, shapes, charts, caches, names, styles, properties, printer settings, the zip itself: what is neither text nor
searched byte by byte is said to be unread (条例 第十七条).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction.editor import Slot, shown
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.sheet_formats import in_charts
from gongkai.documents.redaction.together import in_lines
from gongkai.documents.showing.cells import column_of, unescaped
from gongkai.documents.showing.formulas import worked_out
from gongkai.documents.showing.parts import Parts, strings_of
from gongkai.documents.showing.workbook import Book
from gongkai.text import secrecy
from gongkai.text.hit import replaced
from gongkai.text.personal_data import find

_BLOCKS = {
    "p",
    "si",
    "is",
    "text",
    "comment",
    "textbox",
    "rich",
    "rPh",
    "definedName",
    "formula",
    "formula1",
    "formula2",
}
"""Elements whose pieces a reader sees as one text."""
_FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
_LAYERS = {"comment": Layer.COMMENT, "person": Layer.COMMENT, "drawing": Layer.ALT, "docprops": Layer.PROPERTY}
_FOR_PEOPLE = ("comment", "person", "drawing", "chart", "diagram", "pivot", "table", "slicer")
_PICTURES = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*|RIFF.{4}WEBP", re.DOTALL
)
_DEVICE_NAME, _DEVICE_VERSION = 64, b"\x01\x04"
"""How settings of a printer begin: its name, then the version of their form."""
_PRINTABLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ufffd]{7,}")
_LEAST = 7
_CELL = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAY_HOLD = re.compile(r"[0-9\u4e00-\u9fff\u3007\uff10-\uff19@\uff20]|[^\x00-\xff]")


def safe(text: str) -> str:
    """可以说出来的 — a name that stands in sentences for people, with every number in it masked (条例 第十五条)."""
    return replaced(text, find(text))


def may_hold(text: str) -> bool:
    """可能藏着号码或标志 — long enough, with a digit, a Chinese sign or a mailbox; a mark may be short: 机密★1年."""
    return (len(text) >= _LEAST and _MAY_HOLD.search(text) is not None) or secrecy.may_bear(text)


def slots(place: Place, texts: Iterable[str], *, sure: bool = True) -> Iterator[Slot]:
    """一串只看的文字 — each once, those that may hold something."""
    for text in dict.fromkeys(texts):
        if may_hold(text):
            yield shown(place, text, sure=sure)


def is_picture(parts: Parts, name: str) -> bool:
    """是图片 — of dots, by its first bytes: a drawing in vectors is a part like others, and nobody reads it here."""
    return _PICTURES.match(parts.head(name)) is not None


def other_parts(book: Book, unread: list[DocumentError]) -> Iterator[Slot]:
    """其他部件 — texts of all parts but cells, shared strings, pictures; what cannot be searched goes to `unread`."""
    parts = book.parts
    streamed = {book.strings_part, *(page.part for page in book.pages if page.kind == "worksheet")}
    for name in parts.names:
        place = Place(
            next((layer for word, layer in _LAYERS.items() if word in name.lower()), Layer.CACHE), part=safe(name)
        )
        yield from slots(place._replace(layer=Layer.NAME, member=safe(name), part=safe(name)), [name])
        if name in streamed or is_picture(parts, name):
            continue
        data = parts.data(name)
        if parts.is_xml(name):
            try:
                root = parts.parsed(name)
            except DocumentError:
                pass
            else:
                yield from _in_xml(place, root, any(word in name.lower() for word in _FOR_PEOPLE))
                if "chart" in name.lower():
                    yield from in_charts(place, root, parts, unread)
                continue
        yield from slots(place, list(_in_bytes(data)))
        if data and not _is_settings(name, data):
            unread.append(
                DocumentError(
                    parts.source,
                    "{file}：夹带的部件 {part} 打不开来检查。公开副本里没有它；要公开原件，请先在表格软件里删去",
                    file=parts.source,
                    part=safe(name),
                )
            )
    for data in parts.beside():
        yield from slots(Place(Layer.CACHE, part="zip"), list(_in_bytes(data)))


def _is_settings(name: str, data: bytes) -> bool:
    version = data[_DEVICE_NAME : _DEVICE_NAME + len(_DEVICE_VERSION)]
    return "printersettings" in name.lower() and version == _DEVICE_VERSION


def _in_xml(place: Place, root: etree._Element, for_people: bool) -> Iterator[Slot]:
    told: set[str] = set()
    for element in root.iter(etree.Element):
        if etree.QName(element).localname in _BLOCKS:
            pieces = [text for text in _pieces(element) if text.strip()]
            text = unescaped("".join(pieces))
            if may_hold(text) and text not in told:
                told |= {text, *pieces}
                yield shown(place, text, sure=not for_people)
        if etree.QName(element).localname in _FORMULAS and isinstance(
            result := worked_out(element.text or "", lambda *_: None), str
        ):
            yield from slots(place, [result])
    yield from in_lines(_remarks(place, root))
    yield from slots(place, [text for text in strings_of(root) if text not in told])


def _remarks(place: Place, root: etree._Element) -> Iterator[tuple[int, int, Slot]]:
    """Comments by the cells on which they stand."""
    for element in root.iter("{*}comment", "{*}threadedComment"):
        if cell := _CELL.fullmatch(element.get("ref", "")):
            text = "".join(_pieces(element)).strip()
            yield int(cell[2]), column_of(cell[1]), shown(place, text)


def _pieces(element: etree._Element) -> Iterator[str]:
    """The texts of an element, whatever comments stand between them."""
    for each in element.iter():
        if isinstance(each.tag, str) and each.text:
            yield each.text
        if each is not element and each.tail:
            yield each.tail


def _in_bytes(data: bytes) -> Iterator[str]:
    """Runs of readable signs, in the three ways in which Chinese programs write them."""
    for shifted in (0, 1):
        for match in _PRINTABLE.finditer(data[shifted:].decode("utf-16-le", "replace")):
            if any(sign.isnumeric() for sign in match[0]):
                yield match[0]
    for code in ("utf-8", "gb18030"):
        for match in _PRINTABLE.finditer(data.decode(code, "replace")):
            if any(sign.isnumeric() for sign in match[0]):
                yield match[0]
