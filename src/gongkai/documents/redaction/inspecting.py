"""检查 — every text of a file against the guard; pictures, properties and file names too (条例 第十七条)."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import PurePath
from types import ModuleType

from gongkai.documents import mht
from gongkai.documents.archive import hidden_members, members, opened
from gongkai.documents.decoding import decode
from gongkai.documents.document import Block, DocumentError, Paragraph
from gongkai.documents.limits import Limits, check_size
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import behind, carried, coded, ofd_drawn, older, pictured
from gongkai.documents.redaction.capping import Capped
from gongkai.documents.redaction.container import in_container
from gongkai.documents.redaction.editor import Editor, Picture, Slot, Table, shown
from gongkai.documents.redaction.names import in_name, in_paths
from gongkai.documents.redaction.places import Layer, Place, Sentence
from gongkai.documents.redaction.searching import hushed, in_parts, is_masked, looked, searched
from gongkai.documents.redaction.values import Found, Hidden, Inspection, NotSeenError, Options
from gongkai.documents.refusals import refusal
from gongkai.documents.signature import is_noise, is_packed, sniff, sniff_text
from gongkai.documents.xml_part import xml_root
from gongkai.text.personal_data import bare

_log = logging.getLogger(__name__)
_EDITORS = {
    "docx": ("word", "Word"),
    "xlsx": ("sheet", "Sheet"),
    "csv": ("comma", "Comma"),
    "txt": ("json_text", "editor"),
    "json": ("json_text", "editor"),
    "md": ("markdown", "Markdown"),
    "html": ("web_page", "WebPage"),
    "pdf": ("pdf", "Pdf"),
    "picture": ("picture", "Photo"),
}
_PICTURE_SIGNS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")
DEEPEST_ZIP = 3
"""压缩包最多套几层 — a zip in a zip in a zip is read; what lies deeper is said not to be."""
_LONGEST = 80


def nested_limits(limits: Limits, depth: int) -> Limits:
    """里层压缩包的上限 — a tenth of the members a layer, so that no archive grows with its depth."""
    return replace(limits, members=max(1, limits.members // 10)) if depth else limits


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
    if is_noise(text) or is_packed(data):
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
            "{file}：检查这种文件要用组件 {package}，还没有安装。请先运行 pip install 'gongkai[guard]'",
            file=source,
            package=missing.name,
        ) from None


def inspected(name: str, data: bytes, options: Options, limits: Limits, *, depth: int = 0) -> Inspection:
    """检查 — never raises: what could not be looked into is in `unread`, and does not stop the rest (条例 第十七条)."""
    reading = _Reading(name, options, limits)
    reading.hits.take(in_name(name, options))
    reading.attempt(name, lambda: reading.read(data, depth))
    return reading.inspection()


def inspected_page(name: str, text: str, options: Options, limits: Limits) -> Inspection:
    """检查网页的文字 — markup that is known to be html, whatever it begins with. Never raises."""
    reading = _Reading(name, options, limits)
    data = text.encode("utf-8", "replace")
    reading.attempt(name, lambda: reading.edit(module(name, "web_page").WebPage(name, data, limits)))
    return reading.inspection()


class _Reading:
    """What is found in one file, piece by piece; a piece that breaks off is told and does not stop the others."""

    def __init__(self, name: str, options: Options, limits: Limits) -> None:
        self.name, self.options, self.limits = name, options, limits
        self.format, self.is_opened = "", False
        self.hits = Capped[Found]()
        self.hidden: list[Hidden] = []
        self.lost: list[Sentence] = []
        self.unread: list[DocumentError] = []

    def attempt(self, source: str, work: Callable[[], None]) -> None:
        """Do one piece of work; whatever it raises becomes an entry of `unread` with its sentence."""
        try:
            work()
        except DocumentError as error:
            self.unread.append(error)
        except Exception as error:
            # A library that stumbles over one file must not hide what stands in the others.
            if os.environ.get("GONGKAI_DEBUG"):
                raise
            _log.info("reading broke off: %s", type(error).__name__)
            self.unread.append(refusal("crashed", source))

    def read(self, data: bytes, depth: int) -> None:
        """By its format: an archive, a file with an editor, a file that can only be read."""
        if depth == 0 and not data.strip(b"\0"):
            raise DocumentError(self.name, "{file}：文件是空的。请看看是不是选错了文件，或重新另存一份", file=self.name)
        self.format = format_of(self.name, data, self.limits)
        if self.format == "zip":
            self._archive(data, depth)
        elif self.format == "mht":
            self._message(data, depth)
        elif editor := editor_of(self.name, data, self.limits):
            self.edit(editor)
            self.attempt(self.name, lambda: self._coded(data))
        else:
            self._older(data)
        if data.startswith(b"PK") or self.format in ("zip", "docx", "xlsx"):
            self.attempt(self.name, lambda: self._container(data))
        elif self.format == "pdf":
            self._beside(behind.around_pdf(data))

    def _beside(self, size: int) -> None:
        if size:
            self.unread.append(behind.told(self.name, self.name, size))

    def edit(self, editor: Editor) -> None:
        """Texts, hidden things, pictures, and what a copy loses; each whatever becomes of the others."""
        self.format, self.is_opened, editor.looks = editor.format, True, self.options.pictures
        name = self.name
        self.attempt(name, lambda: self.hits.take(found for found, _ in looked(editor, self.options)))
        self.attempt(name, lambda: self.hidden.extend(editor.hidden()))
        self.attempt(name, lambda: self._pictures(editor))
        self.attempt(name, lambda: self.lost.extend(editor.lost()))
        self.attempt(name, lambda: self._attached(editor))
        self.unread += editor.unread
        self.hits.take(editor.remarks)

    def _attached(self, editor: Editor) -> None:
        """Files in the file, each by its own reader; what they hide is told by the file that holds them."""
        for inner, content in editor.attached():
            self._inner(inner, content)

    def _inner(self, inner: str, content: bytes, told: Collection[object] = ()) -> None:
        one = inspected(f"{self.name}/{inner}", content, self.options, self.limits, depth=1)
        self.hits.take(
            found._replace(place=_inside(found.place, one.name)._replace(layer=Layer.ATTACHMENT))
            for found in one.hits
            if found.hit.values.get("mask") not in told
        )
        self.hits.leave(one.more)
        self.unread += one.unread

    def _coded(self, data: bytes) -> None:
        if self.format not in coded.FORMATS or self.name.count(coded.NAME) >= coded.DEEPEST:
            return
        told = {found.hit.values.get("mask") for found in self.hits.kept}
        for inner, content in coded.files(decode(self.name, data), self.format):
            self._inner(inner, content, told)

    def _older(self, data: bytes) -> None:
        """A format that can be read and not be changed: as docx or xlsx, with all it hides; else as it is shown."""
        given = self.format
        new: list[Editor] = []
        self.attempt(self.name, lambda: new.extend(older.as_new(self.name, data, given, self.limits)))
        if new:
            self.edit(new[0])
            # There is no copy of it that could lose anything.
            self.format, self.lost = given, []
        else:
            self.hits.take(self._views(data))
        told = {bare(found.hit.text) for found in self.hits.kept}
        self.attempt(
            self.name, lambda: self.hits.take(older.in_bytes(data, told, self.options, is_book=given == "xls"))
        )
        if given == "ofd":
            self.attempt(self.name, lambda: self._members(data, told))

    def _members(self, data: bytes, told: set[str]) -> None:
        for inner, content in older.members(self.name, data, self.limits):
            try:
                is_file = not inner.endswith(".xml") and bool(format_of(inner, content, self.limits))
            except DocumentError:
                is_file = False
            if not is_file:
                self.hits.take(older.in_bytes(content, told, self.options))
                self.attempt(self.name, lambda content=content: self._drawn(content))  # type: ignore[misc]
                continue
            one = inspected(f"{self.name}/{inner}", content, self.options, self.limits, depth=1)
            self.hits.take(found._replace(place=_inside(found.place, one.name)) for found in one.hits)
            self.hits.leave(one.more)
            self.unread += one.unread

    def _drawn(self, content: bytes) -> None:
        if b"PathObject" in content and (count := ofd_drawn.rows(xml_root(self.name, content, self.limits))):
            template = "{file}：有 {count} 排画出来的图形，看不出写的是什么，没有检查。请对照打印件看一遍"
            self.unread.append(NotSeenError(self.name, template, file=self.name, count=count))

    def _views(self, data: bytes) -> Iterator[Found]:
        """A format that can be read and not be changed: its first view."""
        for document in open_documents(self.name, data, limits=self.limits):
            if isinstance(document, DocumentError):
                raise document
            self.is_opened = True
            parts = [part for number, block in enumerate(document.made[0].blocks, 1) for part in _parts(number, block)]
            yield from (found for found, _ in in_parts(parts, self.options))

    def _archive(self, data: bytes, depth: int) -> None:
        if depth >= DEEPEST_ZIP:
            raise refusal("nested", self.name)
        inside = nested_limits(self.limits, depth)
        paths: list[str] = []
        for member in members(self.name, data, inside):
            self.is_opened = True
            if isinstance(member, DocumentError):
                self.unread.append(member)
                continue
            inner, content = member
            paths.append(inner.removeprefix(f"{self.name}/"))
            one = inspected(inner, content, self.options, inside, depth=depth + 1)
            self.hits.take(found._replace(place=_inside(found.place, inner)) for found in one.hits)
            self.hits.leave(one.more)
            self.hidden += [thing._replace(place=_inside(thing.place, inner)) for thing in one.hidden]
            self.unread += one.unread
            self.lost += one.lost
        self.hits.take(in_paths(paths, self.options))
        with opened(self.name, data, inside) as archive:
            if unseen := len(hidden_members(archive)):
                sentence = Sentence("压缩包里看不见的文件 {count} 个", {"count": unseen})
                self.hidden.append(Hidden(Place(Layer.HIDDEN, part="zip"), sentence))

    def _message(self, data: bytes, depth: int) -> None:
        """A web archive or a letter: every part by its own reader."""
        if depth >= DEEPEST_ZIP:
            raise refusal("nested", self.name)
        for inner, content in mht.parts(self.name, data, self.limits):
            one = inspected(f"{self.name}/{inner}", content, self.options, self.limits, depth=depth + 1)
            self.is_opened = self.is_opened or one.is_opened
            self.hits.take(found._replace(place=_inside(found.place, one.name)) for found in one.hits)
            self.hits.leave(one.more)
            self.hidden += [thing._replace(place=_inside(thing.place, one.name)) for thing in one.hidden]
            self.unread += one.unread

    def _container(self, data: bytes) -> None:
        """The zip itself, for every format that is one; a number that was told already is not told again."""
        told = {bare(found.hit.text) for found in self.hits.kept}
        found = in_container(self.name, data, self.options, self.limits)
        self.hits.take(one for one in found if bare(one.hit.text) not in told)
        if self.format != "docx":
            # Its editor has said it, with more that it knows of its archive.
            with opened(self.name, data, self.limits) as archive:
                self._beside(behind.around_zip(data, archive))

    def _pictures(self, editor: Editor) -> None:
        """What pictures show and what they carry, one by one; scans that nobody looks at are told as such."""
        scans, read = 0, list[Place]()
        for picture in editor.pictures():
            scans += picture.is_page
            unread = len(editor.unread)
            self.attempt(f"{self.name}/{picture.place.part}", partial(self._picture, editor, picture))
            if self.options.pictures and picture.is_whole and len(editor.unread) == unread:
                read.append(picture.place)
        if read:
            editor.remarks.append(Found(read[0], pictured.note(len(read))))
        if scans and not self.options.pictures:
            self.unread.append(
                NotSeenError(
                    self.name,
                    "{file}：有 {pages} 页是扫描的图片，里面的文字没有检查。请人工看一遍",
                    file=self.name,
                    pages=scans,
                )
            )

    def _picture(self, editor: Editor, picture: Picture) -> None:
        if self.options.pictures:
            shows = list(_in_picture(editor, picture, self.options))
            self.hits.take(shows)
            if not picture.is_drawn and any(map(is_masked, shows)):
                name = _told(PurePath(picture.place.part).name)
                self.lost.append(Sentence("图片 {name} 里有要隐去的内容：副本里整幅遮成灰色", {"name": name}))
        if not picture.is_drawn:
            tools, place = module(editor.source, "picture"), picture.place._replace(layer=Layer.PROPERTY)
            self.hidden.extend(tools.facts(picture.place.part, picture.data))
            carried = (shown(place, text, sure=True) for text in tools.words(picture.data))
            self.hits.take(found for found, _ in in_parts(carried, self.options))
            for more in tools.unknown(picture.data):
                self._unknown(tools.file_in(more), more, _told(picture.place.part))

    def _unknown(self, start: int | None, more: bytes, part: str) -> None:
        """Bytes of a picture's file that nothing shows: a picture behind a picture is read, as telephones write
        several; the rest is said to be unread, and a file in it is looked into all the same."""
        is_read = start is not None and behind.is_nothing(more[:start]) and more.startswith(_PICTURE_SIGNS, start)
        if not is_read:
            self.unread.append(behind.told(self.name, part, len(more)))
        if start is None:
            return
        if self.name.count(carried.BEHIND) >= DEEPEST_ZIP:
            raise refusal("nested", self.name)
        self._inner(carried.BEHIND, more[start:])

    def inspection(self) -> Inspection:
        """The values; a sentence that was said twice is told once."""
        unread = tuple({str(error): error for error in self.unread}.values())
        hits, more = tuple(self.hits.kept), self.hits.more
        hidden = tuple(_hushed(thing) for thing in self.hidden)
        return Inspection(self.name, self.format, hits, hidden, unread, tuple(self.lost), more, self.is_opened)


def _hushed(thing: Hidden) -> Hidden:
    """What is hidden is told without the numbers that stand in it, and not at length (条例 第十五条)."""
    values = {name: _told(value) if isinstance(value, str) else value for name, value in thing.sentence.values.items()}
    place = thing.place._replace(part=_told(thing.place.part))
    return Hidden(place, thing.sentence._replace(values=values))


def _told(text: str) -> str:
    quiet = hushed(text)
    return quiet if len(quiet) <= _LONGEST else f"{quiet[:_LONGEST]}…"


def _inside(place: Place, member: str) -> Place:
    return place if place.member else place._replace(member=member)


def in_pictures(editor: Editor, options: Options) -> Iterator[tuple[Found, Place]]:
    """看图片 — the text of pictures, where the reading of pictures is installed; and the picture that holds it."""
    for picture in editor.pictures():
        yield from ((found, picture.place) for found in _in_picture(editor, picture, options))


def _in_picture(editor: Editor, picture: Picture, options: Options) -> Iterator[Found]:
    """What is written in it, lines that stand together read as one. What was not read is told by the editor."""
    name = f"{editor.source}/{PurePath(picture.place.part).name or 'picture'}"
    try:
        lines = pictured.lines(name, picture.data, editor.limits)
    except NotSeenError as error:
        editor.unread.append(error)
        return
    text = "\n".join(line.text for line in lines)
    if len(bare(text)) < picture.signs:
        editor.unread.append(_row_unread(editor, picture))
    editor.unread += pictured.misread(editor.source, picture.place.part, lines)
    yield from (Found(picture.place, hit) for hit in searched(text, options, opening=True))
    yield from (found for found, _ in in_parts(pictured.further(lines, picture.place), options))


def _row_unread(editor: Editor, picture: Picture) -> NotSeenError:
    return NotSeenError(
        editor.source,
        "{file}：{count} 幅小图排成一行（{part}），像是一幅一个字，里面的字没有认出来。请人工看一遍",
        file=editor.source,
        count=picture.signs,
        part=picture.place.part,
    )


def _parts(number: int, block: Block) -> Iterator[Slot | Table]:
    if isinstance(block, Paragraph):
        yield shown(Place(paragraph=number, page=block.page, line=block.line), block.text)
        return
    yield Table(
        [
            [
                shown(Place(grid=str(block.number), row=at, column=column), text)
                for column, text in enumerate(row.texts, 1)
            ]
            for at, row in enumerate(block.rows, 1)
        ]
    )
