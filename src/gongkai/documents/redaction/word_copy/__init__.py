"""Word 文档的公开副本 — a new package from what a reader sees; no part, element or value of the original is moved into
it but by the grammar (条例 第十五条、第十七条).

    made(parts, inner, clean)  -> bytes: the copy; `inner` gives the blocks of a file that is shown as text
    lost(parts, is_read)       -> sentences: what a reader sees and the copy has not, or has as text alone
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from gongkai.documents.document import Block
from gongkai.documents.redaction.package import EMPTY_PROPERTIES, TYPES, serialised, written
from gongkai.documents.redaction.places import Layer, Sentence
from gongkai.documents.redaction.word_copy import grammar
from gongkai.documents.redaction.word_copy.drawing import Media, shots
from gongkai.documents.redaction.word_copy.grammar import fits, setting
from gongkai.documents.redaction.word_copy.numbering import Lists
from gongkai.documents.redaction.word_copy.story import Blocks
from gongkai.documents.redaction.word_copy.styles import StyleSheet
from gongkai.documents.redaction.word_parts import Parts, StoryPart
from gongkai.documents.word_numbering import attribute, child, local

Inner = Callable[[str], Sequence[Block]]
"""文件里的文件 — the blocks that it shows, by the name of its part."""

_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
_KINDS = {"document": "document.main"}
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_MODE_URI = "http://schemas.microsoft.com/office/word"
_MODES = ("11", "12", "14", "15")
_NOTE_OF = {"footnotes": "footnote", "endnotes": "endnote"}


class Relations:
    """一个部件的关系 — ids in the order in which they are asked for."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, target: str) -> str:
        return self._ids.setdefault((kind, target), f"rId{len(self._ids) + 1}")

    def root(self) -> etree._Element | None:
        """关系部件 — None where there is none."""
        if not self._ids:
            return None
        root = etree.Element(f"{{{_RELATIONS_SPACE}}}Relationships", nsmap={None: _RELATIONS_SPACE})  # type: ignore[dict-item]
        for (kind, target), name in self._ids.items():
            relation = etree.SubElement(root, f"{{{_RELATIONS_SPACE}}}Relationship", Id=name)
            relation.set("Type", kind if kind == _CORE else _RELATION.format(kind=kind))
            relation.set("Target", target)
            if kind == "hyperlink":
                relation.set("TargetMode", "External")
        return root


class Maker:
    """一份副本 — what its parts share: styles, lists, pictures, headers, notes."""

    def __init__(self, parts: Parts, inner: Inner, clean: set[str]) -> None:
        self.parts, self.inner = parts, inner
        self.theme = parts.styles.theme
        self.styles = StyleSheet(parts.styles, Lists(parts.numbering, self.theme))
        self.media = Media(parts.source, parts.package, clean)
        self._by_name = {part.name: part for part in parts.stories}
        self._headers: dict[str, str | None] = {}
        self._notes: dict[str, dict[str, int]] = {"footnotes": {}, "endnotes": {}}
        self._roots: dict[str, tuple[etree._Element, Relations]] = {}
        self._number = 0

    def next_number(self) -> int:
        """下一个号 — of drawings, unlike in the whole file."""
        self._number += 1
        return self._number

    def header(self, part: str, kind: str) -> str | None:
        """页眉页脚 — the name of its copy; None for one that no page shows."""
        if part not in self._headers:
            source = self._by_name.get(part)
            self._headers[part] = None
            if source is not None and not source.story.is_unused:
                name = self._headers[part] = f"{kind}{sum(1 for one in self._headers.values() if one) + 1}.xml"
                relations = Relations()
                tag = {"header": "hdr", "footer": "ftr"}[kind]
                inner = list(Blocks(self, source, relations).of(source.root)) or [grammar.made("p")]
                self._roots[name] = (grammar.made(tag, *inner), relations)
        return self._headers[part]

    def note(self, kind: str, name: str) -> int | None:
        """脚注尾注 — the new number of a note, None where there is none."""
        if self._source(kind, name) is None:
            return None
        return self._notes[kind].setdefault(name, len(self._notes[kind]) + 1)

    def package(self) -> bytes:
        """副本."""
        main = self._by_name[self.parts.main]
        relations = Relations()
        root = self._document(main, relations)
        for kind in self._notes:
            if self._notes[kind]:
                self._roots[f"{kind}.xml"] = self._noted(kind)
        self._roots = {"document.xml": (root, relations), **self._roots}
        lists = self.styles.lists.root()
        self._roots["styles.xml"] = (self.styles.root(), Relations())
        if lists is not None:
            self._roots["numbering.xml"] = (lists, Relations())
        self._roots["settings.xml"] = (self._settings(), Relations())
        for name in self._roots:
            kind = name.removesuffix(".xml").rstrip("0123456789")
            if kind not in ("document", "header", "footer"):
                relations(kind, name)
        return self._packed()

    def _document(self, main: StoryPart, relations: Relations) -> etree._Element:
        body = child(main.root, "body")
        blocks = Blocks(self, main, relations)
        inner = [] if body is None else list(blocks.of(body))
        last = None if body is None else next(reversed(list(body.iterchildren("{*}sectPr"))), None)
        inner += [] if last is None else [blocks.section(last)]
        ground = child(main.root, "background")
        colour = None if ground is None else self.theme.colour(ground, "color")
        painted = [grammar.made("background", color=colour)] if colour is not None and fits("colour", colour) else []
        return grammar.made("document", *painted, grammar.made("body", *inner))

    def _source(self, kind: str, name: str) -> tuple[StoryPart, etree._Element] | None:
        for target in self.parts.leads_to(self.parts.main, kind):
            part = self._by_name[target]
            for note in part.root.iterchildren(f"{{*}}{_NOTE_OF[kind]}"):
                if attribute(note, "id") == name and attribute(note, "type") in (None, "normal"):
                    return part, note
        return None

    def _noted(self, kind: str) -> tuple[etree._Element, Relations]:
        relations = Relations()
        root = grammar.made(kind)
        for number, (form, mark) in enumerate((("separator", "separator"), ("continuationSeparator",) * 2), -1):
            line = grammar.made("p", grammar.made("r", grammar.made(mark)))
            root.append(grammar.made(_NOTE_OF[kind], line, type=form, id=str(number)))
        for name, number in self._notes[kind].items():
            found = self._source(kind, name)
            inner = [] if found is None else list(Blocks(self, found[0], relations).of(found[1]))
            root.append(grammar.made(_NOTE_OF[kind], *(inner or [grammar.made("p")]), id=str(number)))
        return root, relations

    def _settings(self) -> etree._Element:
        source = self.parts.settings
        kept = [] if source is None else [setting(one) for one in source.iterchildren("*")]
        mode = "15"
        for one in () if source is None else source.iter("{*}compatSetting"):
            written = attribute(one, "val") or ""
            if attribute(one, "name") == "compatibilityMode" and written in _MODES:
                mode = written
        compatible = grammar.made("compatSetting", name="compatibilityMode", uri=_MODE_URI, val=mode)
        return grammar.made("settings", *(one for one in kept if one is not None), grammar.made("compat", compatible))

    def _packed(self) -> bytes:
        about = Relations()
        about("officeDocument", "word/document.xml")
        about(_CORE, "docProps/core.xml")
        about("extended-properties", "docProps/app.xml")
        names = {f"word/{name}": _CONTENT.format(kind=_kind(name)) for name in self._roots}
        parts = {
            TYPES: serialised(_types(names, self.media.parts)),
            "_rels/.rels": _bytes_of(about),
            **EMPTY_PROPERTIES,
        }
        for name, (root, relations) in self._roots.items():
            parts[f"word/{name}"] = serialised(root)
            if relations.root() is not None:
                parts[f"word/_rels/{name}.rels"] = _bytes_of(relations)
        return written({**parts, **self.media.parts})


def _kind(name: str) -> str:
    kind = name.removesuffix(".xml").rstrip("0123456789")
    return _KINDS.get(kind, kind)


def _bytes_of(relations: Relations) -> bytes:
    root = relations.root()
    return b"" if root is None else serialised(root)


def _types(names: dict[str, str], media: dict[str, bytes]) -> etree._Element:
    root = etree.Element(f"{{{_TYPES_SPACE}}}Types", nsmap={None: _TYPES_SPACE})  # type: ignore[dict-item]
    suffixes = {name.rpartition(".")[2]: f"image/{name.rpartition('.')[2]}" for name in media}
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        **suffixes,
    }
    for suffix, kind in defaults.items():
        etree.SubElement(root, f"{{{_TYPES_SPACE}}}Default", Extension=suffix, ContentType=kind)
    about = {
        "docProps/core.xml": _CORE_TYPE,
        "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    for name, kind in {**names, **about}.items():
        etree.SubElement(root, f"{{{_TYPES_SPACE}}}Override", PartName=f"/{name}", ContentType=kind)
    return root


def made(parts: Parts, inner: Inner, clean: set[str]) -> bytes:
    """做副本 — `clean`: pictures that were encoded anew already. DocumentError for content that cannot be read."""
    return Maker(parts, inner, clean).package()


_LOST = {
    "chart": "图表 {count} 个：副本里只留下其中的文字和数值",
    "relIds": "SmartArt 图形 {count} 个：副本里只留下其中的文字",
    "OLEObject": "嵌入的对象 {count} 个：副本里最多留下它的图片",
    "control": "控件 {count} 个：副本里不保留",
    "textpath": "艺术字或文字水印 {count} 处：副本里不保留",
    "oMath": "公式 {count} 个：副本里成为一行文字",
    "drawn": "由域代码显示的文字（如带圈的字）{count} 处：副本里不保留",
    "altChunk": "插入的文件里的内容 {count} 处：读不了，副本里不保留",
    "vector": "矢量图（EMF、WMF、SVG）或打不开的图片 {count} 幅：副本里不保留",
    "linked": "文件以外的图片 {count} 幅：副本里不保留",
    "empty": "副本是空的，没有可以看的内容",
    "signature": "电子签名：副本里不保留，请以原件为准",
}


def lost(parts: Parts, is_read: Callable[[str], bool]) -> Iterator[Sentence]:
    """副本里不保留的 — a sentence for each kind; `is_read`: whether a file within the file could be read."""
    counted = losses(parts, is_read)
    for kind, sentence in _LOST.items():
        if counted[kind]:
            yield Sentence(sentence, {"count": counted[kind]} if "{count}" in sentence else {})


def losses(parts: Parts, is_read: Callable[[str], bool]) -> Counter[str]:
    """不保留的有多少 — by kind, as `lost` says them (条例 第十七条)."""
    counted: Counter[str] = Counter()
    for part in parts.stories:
        if part.story.is_unused:
            continue
        for element in part.root.iter("{*}chart", "{*}relIds", "{*}OLEObject", "{*}control", "{*}textpath", "{*}oMath"):
            counted[local(element)] += 1
        counted["drawn"] += part.story.drawn
        for thing in part.root.iter("{*}drawing", "{*}pict"):
            counted += _lost_pictures(parts, part.name, thing)
    chunks = [relation.target for relation in parts.relations(parts.main).values() if relation.kind == "aFChunk"]
    counted["altChunk"] = sum(not is_read(target) for target in chunks)
    if any(relation.kind == "origin" for relation in parts.relations("").values()):
        counted["signature"] += 1
    counted["empty"] = not any(map(_is_anything_seen, parts.stories))
    return counted


def _is_anything_seen(part: StoryPart) -> bool:
    """Whether a page shows any text or thing of it."""
    story = part.story
    if story.is_unused or part.layer is Layer.COMMENT:
        return False
    atoms = (atom for paragraph in part.root.iter("{*}p") for atom in story.atoms(paragraph) if atom.is_seen)
    return any(atom.run.text.strip() or not atom.run.text for atom in atoms)


def _lost_pictures(parts: Parts, name: str, thing: etree._Element) -> Counter[str]:
    counted: Counter[str] = Counter()
    relations = parts.relations(name)

    def target(relation: str) -> str | None:
        found = relations.get(relation)
        if found is not None and found.external:
            counted["linked"] += 1
        return None if found is None or found.external else found.target

    for shot in shots(thing, target):
        known = shot.part in parts.package.names
        counted["vector"] += not (known and Media.is_kept(parts.package.data(shot.part)))
    return counted
