"""办公文件包 — the zip of parts behind docx and xlsx: parts parsed once, dropped with all that points to them."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.behind import around_zip
from gongkai.documents.redaction.editor import Piece
from gongkai.documents.refusals import refusal
from gongkai.documents.xml_part import xml_root

TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels", ".vml")
_LOCAL_HEAD = 30
# Sizes of large files, times, owners: kind to the most bytes. Padding holds nothing but noughts.
_EXTRAS = {0x0001: 28, 0x5455: 13, 0x000A: 32, 0x5855: 12, 0x7855: 4, 0x7875: 16, 0xCAFE: 0}
_PADDING = {0xA220, 0xD935, 0xA11E}
_EPOCH = (1980, 1, 1, 0, 0, 0)
_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    b' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
    b' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
EMPTY_PROPERTIES = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}
# What programs write of themselves says nothing of a person.
IMPERSONAL = {
    "Application",
    "AppVersion",
    "Template",
    "TotalTime",
    "Pages",
    "Words",
    "Characters",
    "Lines",
    "Paragraphs",
} | {
    *(
        "CharactersWithSpaces",
        "DocSecurity",
        "ScaleCrop",
        "LinksUpToDate",
        "SharedDoc",
        "HyperlinksChanged",
        "revision",
    ),
    *(
        "created",
        "modified",
        "lastPrinted",
        "HeadingPairs",
        "TitlesOfParts",
        "vector",
        "variant",
        "lpstr",
        "i4",
        "language",
    ),
}


class Package:
    """办公文件包 — parts by name, in the order of the file."""

    def __init__(self, source: str, data: bytes, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._roots: dict[str, etree._Element] = {}
        with opened(source, data, limits) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            self.beside = _beside(data, archive)
            self._parts = {info.filename: read_part(source, archive, info, limits) for info in members}
        # Of two parts of one name every program takes another one.
        if TYPES not in self._parts or len({info.filename.lower() for info in members}) != len(members):
            raise refusal("damaged", source)

    @property
    def names(self) -> list[str]:
        """部件名."""
        return list(self._parts)

    def data(self, name: str) -> bytes:
        """部件的字节 — as they were, or as they were put."""
        return self._parts[name]

    def put(self, name: str, data: bytes) -> None:
        """换部件."""
        self._parts[name] = data
        self._roots.pop(name, None)

    def root(self, name: str) -> etree._Element:
        """部件的树 — parsed once; changes to it are saved. DocumentError for one that is not to be trusted."""
        if name not in self._roots:
            self._roots[name] = xml_root(self._source, self._parts[name], self._limits)
        return self._roots[name]

    def xml_names(self) -> list[str]:
        """XML 部件."""
        return [name for name in self._parts if name.lower().endswith(_XML)]

    def drop(self, *names: str) -> None:
        """删部件 — and every relation to it, and what declares its type."""
        gone = {name for name in names if name in self._parts}
        for name in gone:
            self._parts.pop(name, None)
            self._roots.pop(name, None)
            relations = relations_of(name)
            self._parts.pop(relations, None)
            self._roots.pop(relations, None)
        if not gone:
            return
        for override in list(self.root(TYPES)):
            if override.get("PartName", "").lstrip("/") in gone:
                self.root(TYPES).remove(override)
        for name in self.names:
            if name.endswith(".rels"):
                for relation in list(self.root(name)):
                    if relation.get("TargetMode") != "External" and target_of(name, relation.get("Target", "")) in gone:
                        self.root(name).remove(relation)

    def empty_properties(self) -> None:
        """清空文件属性 — author, company, dates and whatever was added."""
        for name, empty in EMPTY_PROPERTIES.items():
            if name in self._parts:
                self.put(name, empty)
        self.drop("docProps/custom.xml", *(name for name in self.names if name.startswith("docProps/thumbnail")))

    def properties(self, *, personal: bool = False) -> Iterator[tuple[str, str]]:
        """文件属性 — (name, value) of all that are filled; of those alone that are written of a person."""
        for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
            if name in self._parts:
                for element in self.root(name).iter("{*}*"):
                    label = etree.QName(element).localname
                    parent = element.getparent()
                    if name.endswith("custom.xml") and parent is not None:
                        label = parent.get("name", label)
                    if element.text and element.text.strip() and not (personal and label in IMPERSONAL):
                        yield label, element.text.strip()

    def save(self) -> bytes:
        """写出 — the same parts give the same bytes."""
        return written(
            {name: serialised(self._roots[name]) if name in self._roots else data for name, data in self._parts.items()}
        )


def serialised(root: etree._Element) -> bytes:
    """XML 部件的字节."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def written(parts: Mapping[str, bytes]) -> bytes:
    """写成文件包 — the same parts in the same order give the same bytes: no dates, no remarks."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


class Beside(NamedTuple):
    """部件以外的 — remarks of the archive, bytes that programs add, and whether there is anything that none adds."""

    remarks: list[str]
    extra: bytes
    is_surplus: bool


def _beside(data: bytes, archive: zipfile.ZipFile) -> Beside:
    """Read by hand: programs add what no archive lists."""
    infos = archive.infolist()
    extras = [info.extra for info in infos]
    for info in infos:
        start = info.header_offset + _LOCAL_HEAD
        name, extra = struct.unpack("<HH", data[start - 4 : start] or b"\0\0\0\0")
        extras.append(data[start + name : start + name + extra])
    remarks = [_decoded(remark) for remark in (archive.comment, *(info.comment for info in infos)) if remark]
    is_surplus = around_zip(data, archive) > 0 or not all(map(_is_known_extra, extras))
    return Beside(remarks, b"\n".join(extras), is_surplus)


def _is_known_extra(extra: bytes) -> bool:
    """Times, owners, sizes and padding, each no longer than they need be."""
    while extra:
        if len(extra) < 4:
            return not extra.strip(b"\0")
        kind, size = struct.unpack("<HH", extra[:4])
        held, extra = extra[4 : 4 + size], extra[4 + size :]
        is_padding = kind in _PADDING and not held[4:].strip(b"\0")
        if not is_padding and (size != len(held) or size > _EXTRAS.get(kind, 0)):
            return False
    return True


def _decoded(remark: bytes) -> str:
    try:
        return remark.decode("utf-8")
    except UnicodeDecodeError:
        return remark.decode("gb18030", "replace")


def repacked(data: bytes, replacing: dict[str, bytes], changed: Callable[[str, bytes], bytes]) -> bytes:
    """重新打包 — the same parts without dates, some of them replaced, the others as `changed` gives them."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = replacing.get(info.filename) or changed(info.filename, old.read(info))
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def scattered(root: etree._Element, least: int = 8) -> Iterator[Piece]:
    """零散的文字 — every text and attribute of a part that is long enough to hold a number."""
    for element in root.iter("*"):
        for where, text in (("text", element.text), ("tail", element.tail), *element.items()):
            if text and len(text) >= least:
                yield Piece(element, str(where), str(text))


def relations_of(name: str) -> str:
    """部件的关系部件 — its name."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def target_of(relations: str, target: str) -> str:
    """关系指向的部件 — seen from the folder above `_rels`."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(posixpath.dirname(relations)), target))
