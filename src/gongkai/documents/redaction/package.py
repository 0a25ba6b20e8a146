"""办公文件包 — the zip of parts behind docx and xlsx: parts parsed once, dropped with all that points to them."""

from __future__ import annotations

import posixpath
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.editor import Piece
from gongkai.documents.refusals import refusal
from gongkai.documents.xml_part import xml_root

TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels", ".vml")
_LOCAL_HEAD = 30
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
            self._parts = {info.filename: read_part(source, archive, info, limits) for info in members}
        # Of two parts of one name every program takes another one.
        if TYPES not in self._parts or len({info.filename.lower() for info in members}) != len(members):
            raise refusal("damaged", source)
        self.between = _between(data, members)

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

    def properties(self) -> Iterator[tuple[str, str]]:
        """文件属性 — (name, value) of those that may tell of a person."""
        for name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
            if name in self._parts:
                for element in self.root(name).iter("{*}*"):
                    label = etree.QName(element).localname
                    parent = element.getparent()
                    if name.endswith("custom.xml") and parent is not None:
                        label = parent.get("name", label)
                    if element.text and element.text.strip() and label not in IMPERSONAL:
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


def _between(data: bytes, members: Sequence[zipfile.ZipInfo]) -> bytes:
    """What a package holds beside its parts: names, remarks, extra fields, and bytes before, between and after."""
    kept, at = [], 0
    for info in sorted(members, key=lambda info: info.header_offset):
        head = data[info.header_offset : info.header_offset + _LOCAL_HEAD]
        if len(head) < _LOCAL_HEAD:
            continue
        start = info.header_offset + _LOCAL_HEAD + sum(struct.unpack("<HH", head[-4:]))
        kept.append(data[at:start])
        at = max(at, start + info.compress_size)
    return b"\n".join([*kept, data[at:]])


def repacked(data: bytes, replacing: dict[str, bytes]) -> bytes:
    """重新打包 — the same parts without dates, some of them replaced."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = replacing.get(info.filename) or old.read(info)
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
