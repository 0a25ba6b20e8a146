"""版式文件里看不见的 — what a PDF holds beside what its pages show; none of it comes into a copy (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Stream

from gongkai.documents.redaction import spelled
from gongkai.documents.redaction.places import Layer
from gongkai.documents.redaction.torn import Box

SAID = {
    "Outlines": "书签：{value}",
    "StructTreeRoot": "结构标签：{value}",
    "AcroForm": "表单：{value}",
    "OpenAction": "打开时的动作{value}",
    "AA": "动作{value}",
    "PieceInfo": "软件的私有数据{value}",
    "Collection": "文件包{value}",
    "JavaScript": "脚本{value}",
    "Threads": "文章线索{value}",
    "Dests": "书签的去处{value}",
    "revisions": "文件里留着以前的版本{value}",
}
"""页外的东西怎么说 — the rest is said by its own name."""
_MOST_DEPTH = 60
_WORDS = (
    *("/Contents", "/T", "/RC", "/Subj", "/V", "/DV", "/TU", "/TM", "/Title", "/CA", "/Alt", "/ActualText", "/E"),
    *("/NM", "/DS", "/Opt"),
)
_UNDRAWN = {
    *(Name.Text, Name.Link, Name.Popup, Name.FileAttachment, Name.Sound, Name.Movie, Name.Screen, Name.TrapNet),
    *(Name.RichMedia, Name("/3D")),
}
"""Notes of which a page shows an icon at most: they are not drawn in a copy."""
_ENDS = re.compile(rb"startxref\s+\d+\s+%%EOF")
_LINEARIZED = re.compile(rb"/Linearized\b")
_STEPS = re.compile(rb"(?:(?<![\d.])[-+]?(?:\d{1,7}\.?\d{0,9}|\.\d{1,9})\s+){2,6}(?:[mlcvy]|re|cm|d[01])(?![^\s])")
"""Where a drawing goes: a place of many decimals and a blank look like a telephone."""
_LONG = re.compile(r"\d{7,}")
_TEXT = re.compile(rb"\bT[jJ]\b")


class Note(NamedTuple):
    """注释 — its words, its box in the page's own points, whether a page shows it, and the address of a link."""

    words: str
    corners: tuple[float, ...]
    is_drawn: bool
    address: str = ""
    is_field: bool = False
    value: str = ""
    """What is filled in, or written on the page."""

    @property
    def box(self) -> Box:
        """框 — from the top down, as pages are read."""
        if len(self.corners) != 4:
            return (0.0, 0.0, 0.0, 0.0)
        (left, right), (low, high) = sorted(self.corners[::2]), sorted(self.corners[1::2])
        return left, -high, right, -low

    @property
    def is_plain_link(self) -> bool:
        """网址 — a link to a public address alone: it is no note."""
        return not self.is_drawn and not self.words and self.address.startswith(("http://", "https://"))


def notes(page: pikepdf.Page) -> Iterator[Note]:
    """页上的注释 — every note, field and link of a page, in its order."""
    annotations = page.obj.get("/Annots")
    for note in annotations if isinstance(annotations, Array) else ():
        if not isinstance(note, Dictionary):
            yield Note("", (), False)
            continue
        kind = note.get("/Subtype")
        corners = note.get("/Rect")
        action = note.get("/A")
        address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
        is_drawn = kind not in _UNDRAWN and "/AP" in note
        words = "\n".join(_of_note(note)) or ("" if address else str(kind or ""))
        yield Note(words, _numbers(corners), is_drawn, address, kind == Name.Widget, _value(note))


def _numbers(corners: Any) -> tuple[float, ...]:
    try:
        return tuple(float(corner) for corner in corners)
    except (TypeError, ValueError):
        return ()


def _value(note: Dictionary) -> str:
    for _ in range(_MOST_DEPTH):
        for key in ("/V", "/Contents"):
            if value := "".join(_strings(note.get(key), 0)):
                return value
        parent = note.get("/Parent")
        if not isinstance(parent, Dictionary):
            break
        note = parent
    return ""


def one_by_one(file: pikepdf.Pdf, data: bytes) -> Iterator[tuple[str, list[str]]]:
    """一个一个的 — bookmarks, values of a form, and labels of pages, in the order in which a program lists them."""
    root = file.Root
    yield "Outlines", list(_titles(root.get("/Outlines")))
    form = root.get("/AcroForm")
    yield "AcroForm", list(_values(form.get("/Fields"), 0)) if isinstance(form, Dictionary) else []
    if "/PageLabels" in root:
        document = pypdfium2.PdfDocument(data)
        try:
            labels = [document.get_page_label(at) for at in range(len(document))]
        finally:
            document.close()
        yield "PageLabels", labels


def _titles(outlines: Any) -> Iterator[str]:
    """From the top down, each with what is under it."""
    told: set[tuple[int, int]] = set()
    waiting = [outlines.get("/First")] if isinstance(outlines, Dictionary) else []
    while waiting:
        item = waiting.pop()
        if isinstance(item, Dictionary) and item.objgen not in told:
            told.add(item.objgen)
            yield str(item.get("/Title", ""))
            waiting += [item.get("/Next"), item.get("/First")]


def _values(fields: Any, depth: int) -> Iterator[str]:
    for field in fields if isinstance(fields, Array) and depth < _MOST_DEPTH else ():
        if isinstance(field, Dictionary):
            yield from _strings(field.get("/V"), 0)
            yield from _values(field.get("/Kids"), depth + 1)


def _of_note(note: Dictionary) -> Iterator[str]:
    """Its own words and those of the fields that it is part of."""
    for _ in range(_MOST_DEPTH):
        for key in _WORDS:
            yield from _strings(note.get(key), 0)
        parent = note.get("/Parent")
        if not isinstance(parent, Dictionary):
            return
        note = parent


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, Array) and depth < 3:
        for one in value:
            yield from _strings(one, depth + 1)


def beside_pages(file: pikepdf.Pdf, data: bytes) -> Iterator[tuple[Layer, str, str]]:
    """页外的东西 — (layer, name, words): properties, attachments, bookmarks, scripts, forms, structure."""
    yield from _properties(file)
    root = file.Root
    for name, _ in attached(file):
        yield Layer.ATTACHMENT, name, name
    for key in ("/Outlines", "/StructTreeRoot", "/AcroForm"):
        if key in root:
            yield Layer.PART, key[1:], "\n".join(_words(root[key], 0, set()))
    for key in ("/OpenAction", "/AA", "/PieceInfo", "/Collection", "/Threads", "/Dests"):
        if key in root:
            yield Layer.PART, key[1:], ""
    if isinstance(names := root.get("/Names"), Dictionary) and "/JavaScript" in names:
        yield Layer.PART, "JavaScript", ""
    if len(_ENDS.findall(data)) > 1 + bool(_LINEARIZED.search(data[:2_048])):
        yield Layer.PART, "revisions", ""


def _properties(file: pikepdf.Pdf) -> Iterator[tuple[Layer, str, str]]:
    for key, value in (file.docinfo or {}).items():
        words = str(value).strip()
        if words and key not in ("/CreationDate", "/ModDate", "/Producer", "/Trapped"):
            yield Layer.PROPERTY, str(key).lstrip("/"), words
    if "/Metadata" in file.Root:
        yield Layer.PROPERTY, "XMP", _decoded(file.Root.Metadata)


def attached(file: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """夹带的文件 — each with its name, wherever in the file it hangs."""
    told: set[tuple[int, int]] = set()
    for thing in file.objects:
        files = thing.get("/EF") if isinstance(thing, Dictionary) else None
        for one in files.values() if isinstance(files, Dictionary) else ():
            if isinstance(one, Stream) and one.objgen not in told:
                told.add(one.objgen)
                name = str(thing.get("/UF") or thing.get("/F") or "attachment")
                yield name.replace("\\", "/").rsplit("/", 1)[-1], _bytes(one)
        if isinstance(thing, Stream) and thing.get("/Type") == Name.EmbeddedFile and thing.objgen not in told:
            told.add(thing.objgen)
            yield "attachment", _bytes(thing)


def scattered(file: pikepdf.Pdf, data: bytes, drawn: str) -> Iterator[str]:
    """散在各处的文字 — of every object, led to or not, and of bytes that no object holds.

    `drawn`: what the pages say. Its long numbers are looked at there, where their words and units stand beside them.
    """
    known = {*_LONG.findall(drawn), *_LONG.findall("".join(drawn.split()))}
    forms = {_form(number) for number in known}
    for words, are_codes in _scattered(file, data):
        yield _LONG.sub(partial(_unless_drawn, known, forms if are_codes else set()), words)


def _unless_drawn(known: set[str], forms: set[tuple[int, ...]], found: re.Match[str]) -> str:
    return spelled.NO_DIGIT if found[0] in known or _form(found[0]) in forms else found[0]


def _form(number: str) -> tuple[int, ...]:
    """Which of its signs are the same: a font may number its figures in the order in which they came up."""
    return tuple(map(number.index, number))


def _scattered(file: pikepdf.Pdf, data: bytes) -> Iterator[tuple[str, bool]]:
    """Each text, and whether it is of the codes of a page."""
    for thing in file.objects:
        if words := "\n".join(_all(thing, 0)):
            yield words, False
        if isinstance(thing, Stream) and not _is_no_text(thing):
            body = _bytes(thing)
            are_codes = bool(_TEXT.search(body))
            body = body if are_codes else _STEPS.sub(b"\n", body)
            yield from ((text, are_codes) for text in (spelled.strings if are_codes else spelled.texts)(body))
    yield from spelled.packed_runs(data)


def _is_no_text(stream: Stream) -> bool:
    """Pictures have a reader of their own, fonts have none."""
    return (
        stream.get("/Subtype") in (Name.Image, Name.Type1C, Name.CIDFontType0C, Name.OpenType) or "/Length1" in stream
    )


def _all(value: Any, depth: int) -> Iterator[str]:
    """The strings, names and keys of one object."""
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, Name):
        yield str(value)[1:]
    elif isinstance(value, (Dictionary, Stream)) and depth < _MOST_DEPTH:
        for key, inner in value.items():
            yield key[1:]
            if not _is_apart(inner):
                yield from _all(inner, depth + 1)
    elif isinstance(value, Array) and depth < _MOST_DEPTH:
        for inner in value:
            if not _is_apart(inner):
                yield from _all(inner, depth + 1)


def _is_apart(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _bytes(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, AttributeError):
        return b""


def _decoded(stream: Any) -> str:
    return _bytes(stream).decode("utf-8", "replace")


def _words(thing: Any, depth: int, told: set[tuple[int, int]]) -> Iterator[str]:
    """Every word of a tree of dictionaries, each once."""
    if depth > _MOST_DEPTH:
        return
    if isinstance(thing, (Dictionary, Array)) and thing.is_indirect:
        if thing.objgen in told:
            return
        told.add(thing.objgen)
    if isinstance(thing, Dictionary):
        for key, value in thing.items():
            # A signature is bytes, not words.
            is_signature = key == "/Contents" and "/ByteRange" in thing
            if isinstance(value, pikepdf.String) and key in _WORDS and not is_signature:
                yield str(value)
            elif key not in ("/P", "/Parent", "/Pg", "/Dest"):
                yield from _words(value, depth + (key not in ("/Next", "/K", "/First")), told)
    elif isinstance(thing, Array):
        for value in thing:
            yield from _words(value, depth, told)


def is_layered(page: pikepdf.Page) -> bool:
    """有图层 — whether some of the page can be switched off: what is off shows once the switch is gone."""
    resources = page.obj.get("/Resources")
    properties = resources.get("/Properties") if isinstance(resources, Dictionary) else None
    if isinstance(properties, Dictionary):
        return any(
            isinstance(one, Dictionary) and one.get("/Type") in (Name.OCG, Name.OCMD) for one in properties.values()
        )
    objects = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    return isinstance(objects, Dictionary) and any("/OC" in one for one in objects.values() if isinstance(one, Stream))


def has_patterns(thing: Any, depth: int = 0) -> bool:
    """有底纹 — whether a page or form draws with tiles, which may hold words."""
    resources = thing.get("/Resources") if isinstance(thing, (Dictionary, Stream)) else None
    if not isinstance(resources, Dictionary) or depth > 4:
        return False
    patterns, forms = resources.get("/Pattern"), resources.get("/XObject")
    tiles = patterns.values() if isinstance(patterns, Dictionary) else ()
    if any(isinstance(tile, Stream) for tile in tiles):
        return True
    inner = forms.values() if isinstance(forms, Dictionary) else ()
    return any(has_patterns(form, depth + 1) for form in inner)


def without_replacements(file: pikepdf.Pdf, data: bytes) -> bytes:
    """去掉替换文字 — the file with what its pages say instead of what they show (ActualText) taken out."""
    found = False
    for thing in file.objects:
        if isinstance(thing, Stream) and not _is_no_text(thing) and b"/ActualText" in (body := _bytes(thing)):
            thing.write(body.replace(b"/ActualText", b"/LeftOutText"))
            found = True
        elif isinstance(thing, Dictionary) and "/ActualText" in thing and thing.get("/Type") != Name.StructElem:
            del thing["/ActualText"]
            found = True
    if not found:
        return data
    out = BytesIO()
    file.save(out)
    return out.getvalue()
