"""Word 文件里页面以外的东西 — files within the file, attributes, remarks, names, bytes that are no text: read for the
guard, never carried over into a copy (条例 第十七条)."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from gongkai.documents.document import Block, DocumentError
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import inspecting, spelled
from gongkai.documents.redaction.editor import Editor, Picture, Piece, Slot, Table, shown, slot_of
from gongkai.documents.redaction.package import TYPES, Package
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.values import Hidden, NotSeenError
from gongkai.documents.redaction.word_parts import Parts
from gongkai.documents.refusals import refusal
from gongkai.documents.signature import is_packed
from gongkai.documents.word_numbering import local
from gongkai.text.hit import Severity, replaced
from gongkai.text.personal_data import find

_APART = "\n又\n"
"""Between texts that have nothing to do with each other: no number goes on over it."""
_LEAST = 8
_CODED = {"fldData", "binData"}
_MARK = re.compile("[0-9A-Fa-f]{8}|[A-Za-z]+")
"""Marks of revisions, and words of the format itself."""
_PLAIN_NAME = re.compile(r"[\[\]A-Za-z_./-]*\d{0,4}\.[A-Za-z]{1,12}")
_SHORT_NAME = re.compile(r"[^\d]{1,40}")
_DOTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_TELLS_NOTHING = ("word/fonts/", "word/printerSettings/")
_TEXTS = {"txt", "csv", "md", "json", "html"}
_TEXT_SUFFIXES = (".txt", ".csv", ".md", ".json", ".html", ".htm", ".xml", ".mht")
_MOST_DEEP = 3
_CHUNKS = "aFChunk"
_ASCII = re.compile(rb"[0-9][0-9Xx .-]{9,60}")
_WIDE = re.compile(rb"(?:[0-9Xx .-]\x00){11,60}|(?:\x00[0-9Xx .-]){11,60}")


class Remarks:
    """文件代码里的注释 — comments and processing instructions of every XML part, taken out of the trees."""

    def __init__(self, package: Package) -> None:
        self.texts: dict[str, list[str]] = {}
        for name in package.names:
            if not is_xml(package, name):
                continue
            root = package.root(name)
            inside = root.iter(etree.Comment, etree.ProcessingInstruction)
            beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
            found = [_remark(one) for one in (*inside, *beside)]
            if found:
                self.texts[name] = found
                etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)

    def amounts(self) -> Iterator[tuple[str, int]]:
        """多少处 — by part."""
        yield from ((name, len(texts)) for name, texts in self.texts.items() if texts)


def _remark(node: etree._Element) -> str:
    target = node.target if isinstance(node, etree._ProcessingInstruction) else ""
    return " ".join(str(word) for word in (target, node.text) if word)


class Inner:
    """文件里的文件 — documents that a docx shows as its own text, and those that it carries along."""

    def __init__(self, outer: Editor, file: Parts) -> None:
        self._outer, self._parts = outer, file
        self._editors: dict[str, Editor] = {}
        self._opened = False

    def _open(self) -> dict[str, Editor]:
        """Every part that is neither XML nor a picture, by its own reader; what has none is told as not read."""
        if self._opened:
            return self._editors
        self._opened = True
        package = self._parts.package
        for name in package.names:
            if is_xml(package, name) or _is_dots(package.data(name)) or name == TYPES:
                continue
            reason = self._editor(name, package.data(name))
            if reason is not None and not (name.startswith(_TELLS_NOTHING) and not is_packed(package.data(name))):
                self._outer.unread.append(reason)
        if package.beside.is_surplus:
            source = self._outer.source
            self._outer.unread.append(
                DocumentError(
                    source,
                    "{file}：文件包里有不属于文档的数据，没有检查。请用 Word 或 WPS 打开，另存一份再试",
                    file=source,
                )
            )
        return self._editors

    def _editor(self, name: str, data: bytes) -> DocumentError | None:
        source = f"{self._outer.source}/{label(name)}"
        if _is_vector(data):
            return NotSeenError(
                source, "{file}：这幅图是矢量图（EMF、WMF），里面的文字没有检查。请人工看一遍", file=source
            )
        try:
            if self._outer.depth >= _MOST_DEEP:
                raise refusal("nested", source)
            limits = self._outer.limits
            form = inspecting.format_of(source, data, limits)
            if form == "zip":
                raise refusal("nested", source)
            if form in _TEXTS and not self._is_text(name, data):
                raise refusal("binary", source)
            editor = inspecting.editor_of(source, data, limits)
        except DocumentError as error:
            return error
        if editor is None:
            return DocumentError(
                source, "{file}：Word 文件里夹带的这个文件没有检查。请在原文件里删去它，或另存为 docx 再试", file=source
            )
        editor.depth = self._outer.depth + 1
        self._editors[name] = editor
        return None

    def _is_text(self, name: str, data: bytes) -> bool:
        """Almost any bytes are text in some code; of a part that is not called one only UTF-8 is."""
        called = name.lower().endswith(_TEXT_SUFFIXES) or self._parts.reached.get(name) == _CHUNKS
        return called or not data.decode("utf-8", "replace").count("\ufffd")

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — of files that are shown, as text of the body; of the others, as attachments."""
        for name, editor in self._open().items():
            layer = Layer.BODY if self._parts.reached.get(name) == _CHUNKS else Layer.ATTACHMENT
            place = Place(layer, part=label(name))
            for part in editor.parts():
                if isinstance(part, Table):
                    known: dict[int, Slot] = {}
                    rows = [
                        [slot and known.setdefault(id(slot), _moved(slot, place)) for slot in row] for row in part.rows
                    ]
                    yield part._replace(rows=rows)
                else:
                    yield _moved(part, place)
            self._outer.unread += editor.unread

    def pictures(self) -> Iterator[Picture]:
        """图片."""
        for editor in self._open().values():
            if editor.format != "picture":
                yield from (picture for picture in editor.pictures() if not picture.is_page)

    def hidden(self) -> Iterator[Hidden]:
        """看不见的东西 — of files that are shown."""
        for name, editor in self._open().items():
            if self._parts.reached.get(name) == _CHUNKS:
                yield from editor.hidden()

    def is_read(self, name: str) -> bool:
        """读得了 — whether there is a reader for such a part."""
        return name in self._open()

    def blocks(self, name: str) -> tuple[Block, ...]:
        """显示的内容 — paragraphs and tables of such a file, as masked; DocumentError where it cannot be read."""
        editor = self._open().get(name)
        if editor is None:
            return ()
        editor.strip()
        for document in open_documents(editor.source, editor.save(), limits=editor.limits):
            if isinstance(document, DocumentError):
                raise document
            return document.made[0].blocks
        return ()


def _moved(slot: Slot, place: Place) -> Slot:
    return replace(slot, place=place)


def parts(file: Parts, remarks: Remarks) -> Iterator[Slot]:
    """其余的文字 — every attribute, name, remark and byte that may hold a number; alternative texts can be masked."""
    package = file.package
    stories = {part.name for part in file.stories}
    beside = [*package.beside.remarks, *map(unquote, package.names), *_in_bytes(package.beside.extra)]
    yield shown(Place(Layer.PART, part="zip"), _APART.join(beside), sure=True)
    for name in package.names:
        place = Place(Layer.LINK if name.endswith(".rels") else Layer.PART, part=label(name))
        if not is_xml(package, name):
            found = _in_bytes(package.data(name))
        else:
            root = package.root(name)
            if name not in stories:
                yield from _paragraphs(root, place)
                yield from _values(root, place)
            yield from _alternative(root, label(name))
            found = [*remarks.texts.get(name, ()), *_strings(root, name in stories, name.startswith("docProps/"))]
        if found:
            yield shown(place, _APART.join(found), sure=True)


def _paragraphs(root: etree._Element, place: Place) -> Iterator[Slot]:
    """Paragraphs of parts that are no stories: of charts, drawings, or of parts that no relation leads to."""
    for paragraph in root.iter("{*}p"):
        pieces = [Piece(one, "text", one.text) for one in paragraph.iter("{*}t", "{*}delText") if one.text]
        if pieces:
            yield slot_of(place, pieces)


def _values(root: etree._Element, place: Place) -> Iterator[Slot]:
    """The values of a chart, which a copy keeps as words."""
    for value in root.iter("{*}v") if local(root) == "chartSpace" else ():
        if value.text and len(value.text) >= _LEAST:
            yield slot_of(place, [Piece(value, "text", value.text)], sure=True)


def _alternative(root: etree._Element, part: str) -> Iterator[Slot]:
    for element in root.iter("{*}docPr", "{*}cNvPr"):
        for key in ("descr", "title"):
            text = element.get(key)
            if text:
                yield slot_of(Place(Layer.ALT, part=part), [Piece(element, key, text)])


def _strings(root: etree._Element, is_story: bool, is_property: bool) -> list[str]:
    """Every string of a part but the text that is read elsewhere, each once."""
    found: dict[str, None] = {}
    skipped = ("t", "delText", "instrText", "delInstrText") if is_story else ()
    for element in root.iter("*"):
        name = local(element)
        texts: Iterable[object] = (*element.keys(), *element.values(), element.tag, *_spaces(element))
        found.update(dict.fromkeys(str(text) for text in texts))
        is_read = name in skipped and next(element.iterancestors("{*}p"), None) is not None
        if element.text and not is_property and not is_read:
            found[element.text] = None
        if name in _CODED and element.text:
            found.update(dict.fromkeys(_in_bytes(_uncoded(element.text))))
        if element.tail and len(element.tail) >= _LEAST:
            found[element.tail] = None
    return [text for text in found if len(text) >= _LEAST and not _MARK.fullmatch(text)]


def _uncoded(text: str) -> bytes:
    try:
        return b64decode("".join(text.split()), validate=True)
    except ValueError:
        return b""


def _spaces(element: etree._Element) -> tuple[str, ...]:
    parent = element.getparent()
    if parent is not None and len(parent.nsmap) == len(element.nsmap):
        return ()
    return tuple(word for pair in element.nsmap.items() for word in pair if word)


def _in_bytes(data: bytes) -> list[str]:
    """What bytes that are no XML say in any of the usual codes; of a picture, which is read by itself, the digits."""
    if not _is_dots(data):
        return list(spelled.texts(data))
    found = [match.decode("ascii") for match in _ASCII.findall(data)]
    found += [match.replace(b"\x00", b"").decode("ascii") for match in _WIDE.findall(data)]
    return list(dict.fromkeys(found))


def fonts(file: Parts) -> int:
    """嵌入的字体 — how many a file carries along: what they draw for a letter is theirs alone, and no copy has them."""
    return sum(name.startswith("word/fonts/") and not is_xml(file.package, name) for name in file.package.names)


def pictures(file: Parts) -> Iterator[str]:
    """图片 — the parts that are pictures made of dots; the picture of its first page that a program keeps is none."""
    for name in file.package.names:
        if _is_dots(file.package.data(name)) and not name.startswith("docProps/"):
            yield name


def is_xml(package: Package, name: str) -> bool:
    """是 XML — by its name, or because it begins like XML and is sound."""
    if name in package.xml_names():
        return True
    if not package.data(name)[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml"):
        return False
    try:
        package.root(name)
    except DocumentError:
        return False
    return True


def _is_dots(data: bytes) -> bool:
    return data.startswith(_DOTS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def _is_vector(data: bytes) -> bool:
    return data[40:44] == b" EMF" or data.startswith((b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"))


def label(name: str) -> str:
    """部件的称呼 — its name, with any number in it masked."""
    if _PLAIN_NAME.fullmatch(name) or _SHORT_NAME.fullmatch(name):
        return name
    return without_hits(name)


def without_hits(text: str) -> str:
    """隐去号码的文字 — for sentences, which never show what was found."""
    return replaced(text, [hit for hit in find(text) if hit.severity is not Severity.NOTE])
