"""压缩包本身 — what a zip holds beside the files that it lists: remarks, names, extra fields, gaps, members unlisted.

No reader of files looks there and everybody who opens the bytes can. They are looked at as text in the usual codes,
packed pieces unpacked; only what is sure counts (条例 第十五条).
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from gongkai.documents.archive import hidden_members, opened, read_part
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.searching import searched
from gongkai.documents.redaction.values import Found, Options
from gongkai.text.hit import Severity
from gongkai.text.personal_data.markup import blanked

_LOCAL = b"PK\x03\x04"
_LOCAL_HEAD = 30
_ZLIB = re.compile(rb"x[\x01\x5e\x9c\xda]")
_CODES = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_MOST_PIECES, _MOST_BYTES, _DEEPEST = 200, 20_000_000, 2


def in_container(source: str, data: bytes, options: Options, limits: Limits) -> Iterator[Found]:
    """压缩包本身里的发现 — in what stands between its members, in those that are hidden, and in all of one name."""
    with opened(source, data, limits) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        pieces = list(_between(data, infos))
        names = Counter(info.filename.lower() for info in infos)
        for info in infos:
            if names[info.filename.lower()] > 1 or info in hidden_members(archive):
                try:
                    pieces.append(read_part(source, archive, info, limits))
                except DocumentError:
                    continue
    told: set[str] = set()
    for piece in pieces:
        for text in _texts(piece):
            for hit in searched(blanked(text) if "<" in text else text, options):
                if hit.severity is Severity.BLOCK and hit.text not in told:
                    told.add(hit.text)
                    yield Found(Place(Layer.PART, part="zip"), hit)


def _between(data: bytes, infos: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    """The bytes that belong to no member, and what goes on behind the end of a packed one."""
    at = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        head = data[info.header_offset : info.header_offset + _LOCAL_HEAD]
        if len(head) < _LOCAL_HEAD:
            continue
        start = info.header_offset + _LOCAL_HEAD + sum(struct.unpack("<HH", head[-4:]))
        yield data[at:start]
        end = start + info.compress_size
        if info.compress_type == zipfile.ZIP_DEFLATED:
            yield _behind(data[start:end])
        at = max(at, end)
    yield data[at:]


def _behind(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj(-15)
    try:
        left = packed
        for _ in range(1_000):
            unpacking.decompress(left, 1_000_000)
            left = unpacking.unconsumed_tail
            if unpacking.eof or not left:
                break
    except zlib.error:
        return b""
    return unpacking.unused_data


def _texts(piece: bytes) -> Iterator[str]:
    """The piece as text in each of the usual codes; what is packed in it, too."""
    for raw in (piece, *_packed(piece)):
        for code in _CODES:
            for shifted in (0, 1) if code.startswith("utf-16") else (0,):
                text = raw[shifted:].decode(code, "replace")
                # Bytes that mean nothing in this code part what does.
                yield re.sub("[\ufffd\x00-\x08\x0e-\x1f]+", "\n\n", text)


def _packed(piece: bytes, depth: int = 0) -> Iterator[bytes]:
    starts = [(found.start(), 15) for found in _ZLIB.finditer(piece)]
    at = piece.find(_LOCAL)
    while at >= 0 and len(piece) - at > _LOCAL_HEAD:
        starts.append((at + _LOCAL_HEAD + sum(struct.unpack("<HH", piece[at + 26 : at + 30])), -15))
        at = piece.find(_LOCAL, at + 4)
    for start, kind in starts[:_MOST_PIECES]:
        try:
            unpacked = zlib.decompressobj(kind).decompress(piece[start:], _MOST_BYTES)
        except zlib.error:
            continue
        yield unpacked
        if depth < _DEEPEST:
            yield from _packed(unpacked, depth + 1)
