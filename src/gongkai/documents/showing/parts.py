"""部件 — the zip behind an xlsx as its reader needs it: parts by name, relations, large parts as streams."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, NamedTuple

from lxml import etree

from gongkai.documents.archive import opened, read_part
from gongkai.documents.limits import Limits
from gongkai.documents.refusals import refusal
from gongkai.documents.xml_part import xml_root

_XML = (".xml", ".rels", ".vml")
_LOCAL_HEADER, _HEAD, _AT_ONCE = 30, 64, 1 << 20
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError)


class Relation(NamedTuple):
    """关系 — what a part points to: its kind (`worksheet`, `image` …), the part or the address, whether outside."""

    kind: str
    target: str
    is_outside: bool


class Parts:
    """部件 — read within limits. DocumentError for a zip that is damaged or holds two parts of one name."""

    def __init__(self, source: str, data: bytes, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self._bytes = data
        self._archive = opened(source, data, limits)
        self._infos = {_plain(info.filename): info for info in self._archive.infolist() if not info.is_dir()}
        if len({name.lower() for name in self._infos}) < sum(not info.is_dir() for info in self._archive.infolist()):
            raise refusal("damaged", source)
        self._roots: dict[str, etree._Element] = {}

    @property
    def names(self) -> list[str]:
        """部件名 — in the order of the file."""
        return list(self._infos)

    def is_xml(self, name: str) -> bool:
        """是 XML — by its name, or because it begins like one."""
        return name.lower().endswith(_XML) or self.head(name).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"

    def data(self, name: str) -> bytes:
        """部件的字节."""
        return read_part(self.source, self._archive, self._infos[name], self.limits)

    def stream(self, name: str) -> IO[bytes]:
        """部件的流 — for parts that are larger than what is held at once; their sum was checked when opening."""
        if self._infos[name].flag_bits & 1:
            raise refusal("encrypted", self.source)
        try:
            return self._archive.open(self._infos[name])
        except _BROKEN:
            raise refusal("damaged", self.source) from None

    def head(self, name: str) -> bytes:
        """部件的开头 — its first bytes, by which pictures and archives are told."""
        with self.stream(name) as stream:
            try:
                return stream.read(_HEAD)
            except (*_BROKEN, zlib.error):
                raise refusal("damaged", self.source) from None

    def root(self, name: str) -> etree._Element:
        """部件的树 — parsed once."""
        if name not in self._roots:
            self._roots[name] = self.parsed(name)
        return self._roots[name]

    def parsed(self, name: str) -> etree._Element:
        """部件的树 — parsed for one look, and not kept."""
        return xml_root(self.source, self.data(name), self.limits)

    def relations(self, name: str) -> dict[str, Relation]:
        """部件的关系 — by their ids; of the whole file for the empty name."""
        folder, file = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{file}.rels")
        if listed not in self._infos:
            return {}
        found = {}
        for element in self.root(listed).iter("{*}Relationship"):
            outside = element.get("TargetMode") == "External"
            target = element.get("Target", "")
            if not outside:
                target = _plain(target if target.startswith("/") else posixpath.join(folder, target))
                target = self._known(posixpath.normpath(target))
            found[element.get("Id", "")] = Relation(element.get("Type", "").rpartition("/")[2], target, outside)
        return found

    def _known(self, name: str) -> str:
        """Names of parts are the same whatever the case of their letters."""
        if name in self._infos:
            return name
        return next((known for known in self._infos if known.lower() == name.lower()), name)

    def beside(self) -> Iterator[bytes]:
        """部件以外的字节 — comments and extra fields of the zip, and bytes that no member claims."""
        yield self._archive.comment
        at = 0
        for info in sorted(self._archive.infolist(), key=lambda info: info.header_offset):
            yield from (info.comment, info.extra)
            start = info.header_offset
            head = self._bytes[start : start + _LOCAL_HEADER]
            yield self._bytes[at:start]
            lengths = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
            yield self._bytes[start + _LOCAL_HEADER : start + _LOCAL_HEADER + sum(lengths)]
            begin = start + _LOCAL_HEADER + sum(lengths)
            at = begin + info.compress_size
            yield _left_over(self._bytes[begin:at], info)
        yield self._bytes[at : self._archive.start_dir]
        end = self._bytes.rfind(b"PK\x05\x06")
        yield self._bytes[end:] if end >= 0 else b""


def _left_over(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    """What stands behind the data of a member and is still said to be its own."""
    if info.compress_type == zipfile.ZIP_STORED:
        return packed[info.file_size :]
    if info.compress_type != zipfile.ZIP_DEFLATED:
        return b""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        reader.decompress(packed, _AT_ONCE)
        while not reader.eof and reader.unconsumed_tail:
            reader.decompress(reader.unconsumed_tail, _AT_ONCE)
    except zlib.error:
        return b""
    return reader.unused_data


def strings_of(root: etree._Element) -> Iterator[str]:
    """一个部件里的每一处字 — names, attributes, namespaces, texts, tails, comments, instructions (条例 第十七条)."""
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in [*beside, *root.iter()]:
        if isinstance(element, (etree._Comment, etree._ProcessingInstruction)):
            yield element.text or ""
            yield str(getattr(element, "target", ""))
        elif isinstance(element.tag, str):
            yield element.tag
            yield element.text or ""
            for name, value in element.items():
                yield from (str(name), str(value))
            parent = element.getparent()
            if parent is None or element.nsmap != parent.nsmap:
                yield from (f"{prefix or ''} {uri}" for prefix, uri in element.nsmap.items())
        if element is not root and element.tail:
            yield element.tail


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")
