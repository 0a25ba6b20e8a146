"""检查 — every text of a file against the guard; pictures, properties and file names too (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import PurePath
from types import ModuleType

from gongkai.documents.archive import members
from gongkai.documents.decoding import decode
from gongkai.documents.document import DocumentError, Grid
from gongkai.documents.limits import Limits, check_size
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction.editor import Editor, Slot, Table
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.values import Found, Hidden, Inspection, NotSeenError, Options
from gongkai.documents.refusals import refusal
from gongkai.documents.signature import is_noise, sniff, sniff_text
from gongkai.text.hit import STAR, Hit, Severity, replaced
from gongkai.text.personal_data import find, find_in_grid, find_in_markup

_EDITORS = {
    "docx": ("word", "Word"),
    "xlsx": ("sheet", "Sheet"),
    "csv": ("plain", "Comma"),
    "txt": ("plain", "Plain"),
    "json": ("plain", "Plain"),
    "md": ("plain", "Markdown"),
    "html": ("web_page", "WebPage"),
    "pdf": ("pdf", "Pdf"),
    "picture": ("picture", "Photo"),
}
_PICTURE_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
_WIDE_STAR = "\uff0a"
"""In file names: a plain star is not allowed there."""

Looked = tuple[Found, Slot]
"""发现和它所在的文字."""


def format_of(name: str, data: bytes, limits: Limits) -> str:
    """文件格式 — as `documents.opening` has it, `picture`, `zip`. DocumentError where it cannot be read."""
    check_size(name, len(data), limits)
    if data.startswith(_PICTURE_SIGNS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "picture"
    suffix = PurePath(name).suffix.lower().lstrip(".")
    found = sniff(name, data, suffix, limits)
    if found is not None:
        return found
    text = decode(name, data)
    if is_noise(text):
        raise refusal("binary", name)
    return sniff_text(text, suffix)


def editor_of(name: str, data: bytes, limits: Limits) -> Editor | None:
    """打开来改 — the editor of a file's format, None where there is none. DocumentError for a file that is at fault."""
    known = _EDITORS.get(format_of(name, data, limits))
    if known is None:
        return None
    editor: Editor = getattr(module(name, known[0]), known[1])(name, data, limits)
    return editor


def module(source: str, part: str) -> ModuleType:
    """按需载入 — a module that stands on an extra. DocumentError that names what is not installed."""
    try:
        return import_module(f"gongkai.documents.redaction.{part}")
    except ImportError as missing:
        raise DocumentError(
            source,
            "{file}：检查这种文件要用组件 {package}，还没有安装。请先运行 pip install 'gongkai[web]'",
            file=source,
            package=missing.name,
        ) from None


def inspected(name: str, data: bytes, options: Options, limits: Limits, *, inside: bool = False) -> Inspection:
    """检查 — never raises for what is wrong with the file: what could not be looked into is in `unread`."""
    hits = in_name(name, options)
    hidden: list[Hidden] = []
    unread: list[DocumentError] = []
    lost: list[Sentence] = []
    kind = ""
    try:
        kind = format_of(name, data, limits)
        if kind == "zip" and inside:
            raise refusal("nested", name)
        if kind == "zip":
            for member in members(name, data, limits):
                if isinstance(member, DocumentError):
                    unread.append(member)
                    continue
                inner, content = member
                one = inspected(inner, content, options, limits, inside=True)
                hits += [Found(_inside(found.place, inner), found.hit) for found in one.hits]
                hidden += [Hidden(_inside(thing.place, inner), thing.sentence) for thing in one.hidden]
                unread += one.unread
                lost += one.lost
        elif editor := editor_of(name, data, limits):
            hits += [found for found, _ in looked(editor, options)]
            hidden += editor.hidden()
            seen, carried = _in_pictures(editor, options)
            hits += seen
            hidden += carried
            unread += editor.unread
            lost += editor.lost()
        else:
            hits += _in_views(name, data, options, limits)
    except DocumentError as error:
        unread.append(error)
    told = {str(error): error for error in unread}
    return Inspection(name, kind, tuple(hits), tuple(hidden), tuple(told.values()), tuple(lost))


def _in_pictures(editor: Editor, options: Options) -> tuple[list[Found], list[Hidden]]:
    """What pictures show and what they carry; scans that nobody looks at are told as such."""
    scans = 0
    told: list[Hidden] = []
    for picture in editor.pictures():
        scans += picture.is_page
        if not picture.is_page:
            told += module(editor.source, "picture").facts(picture.place.part, picture.data)
    if options.pictures:
        return [found for found, _ in in_pictures(editor, options)], told
    if scans:
        editor.unread.append(
            NotSeenError(
                editor.source,
                "{file}：有 {pages} 页是扫描的图片，里面的文字没有检查。请人工看一遍",
                file=editor.source,
                pages=scans,
            )
        )
    return [], told


def _inside(place: Place, member: str) -> Place:
    return place if place.member else place._replace(member=member)


def looked(editor: Editor, options: Options) -> Iterator[Looked]:
    """看文字 — every hit with the text that can be masked, in reading order."""
    for part in editor.parts():
        if isinstance(part, Table):
            yield from _in_table(part, options)
            continue
        search = find_in_markup if part.markup else find
        for hit in search(part.text, allowed=options.allowed):
            if not part.sure or hit.severity is Severity.BLOCK:
                yield Found(_line(part, hit), hit), part


def _line(slot: Slot, hit: Hit) -> Place:
    """A text of many lines says in which of them the hit begins, and whether in a tag."""
    place = slot.place
    if slot.markup and slot.text.rfind("<", 0, hit.start) > slot.text.rfind(">", 0, hit.start):
        place = place._replace(layer=Layer.LINK)
    if place.line is None:
        return place
    return place._replace(line=place.line + slot.text.count("\n", 0, hit.start))


def _in_table(table: Table, options: Options) -> Iterator[Looked]:
    width = max(map(len, table.rows), default=0)
    rows = [[slot.text if slot else "" for slot in row] + [""] * (width - len(row)) for row in table.rows]
    told: set[tuple[int, int]] = set()
    for cell in find_in_grid(rows, allowed=options.allowed):
        slot = table.rows[cell.row - 1][cell.column - 1]
        if table.spoken and "header" not in cell.hit.values:
            continue
        if slot is not None and (id(slot), cell.hit.start) not in told:
            told.add((id(slot), cell.hit.start))
            yield Found(slot.place._replace(header=cell.header), cell.hit), slot


def in_pictures(editor: Editor, options: Options) -> Iterator[tuple[Found, Place]]:
    """看图片 — the text of pictures, where the reading of pictures is installed; and the picture that holds it."""
    for picture in editor.pictures():
        name = f"{editor.source}/{PurePath(picture.place.part).name or 'picture'}"
        for document in open_documents(name, picture.data, limits=editor.limits):
            if isinstance(document, DocumentError):
                # A picture without words has been looked at.
                if document.template != refusal("nothing written", name).template:
                    editor.unread.append(NotSeenError(name, document.template, **document.values))
                continue
            for block in document.made[0].blocks:
                text = "\n".join(" ".join(row.texts) for row in block.rows) if isinstance(block, Grid) else block.text
                for hit in find(text, allowed=options.allowed):
                    yield Found(picture.place, hit), picture.place


def _in_views(name: str, data: bytes, options: Options, limits: Limits) -> Iterator[Found]:
    """A format that can be read and not be changed: its first view."""
    for document in open_documents(name, data, limits=limits):
        if isinstance(document, DocumentError):
            raise document
        for number, block in enumerate(document.made[0].blocks, 1):
            if isinstance(block, Grid):
                rows = [list(row.texts) for row in block.rows]
                for cell in find_in_grid(rows, allowed=options.allowed):
                    place = Place(grid=str(block.number), row=cell.row, column=cell.column, header=cell.header)
                    yield Found(place, cell.hit)
            else:
                for hit in find(block.text, allowed=options.allowed):
                    yield Found(Place(paragraph=number, page=block.page, line=block.line), hit)


def in_name(name: str, options: Options) -> list[Found]:
    """看文件名 — file names travel further than files."""
    member = PurePath(name).name
    return [Found(Place(Layer.NAME, member=hit.mask or ""), hit) for hit in find(member, allowed=options.allowed)]


def masked_name(name: str, options: Options) -> str:
    """隐去后的文件名 — the last part of the name with every hit masked."""
    member = PurePath(name).name
    hits = [found.hit for found in in_name(member, options)]
    wide = [hit._replace(mask=(hit.mask or "").replace(STAR, _WIDE_STAR)) for hit in hits]
    return replaced(member, wide)
