"""后面夹带的 — bytes before the beginning and behind the end of a file, which no program shows (条例 第十五条).

    around_pdf(data), around_zip(data, archive) -> int: how many
    is_nothing(data)           -> bool: whether they only fill up
    told(file, part, size)     -> DocumentError: said to be unread, so that a person looks

Zeros, blanks and ends of lines are nothing: programs fill up with them.
"""

from __future__ import annotations

import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

from gongkai.documents.document import DocumentError

_ZIP_END, _ZIP_END_HEAD, _LOCAL_HEAD = b"PK\x05\x06", 22, 30
_SIZES, _SIGNED_SIZES = (12, 20), (16, 24)
"""The sizes of a member, once more behind it (APPNOTE 4.3.9): without a signature and with one."""
_CHUNK = 1_000_000
_PDF, _PDF_END = b"%PDF-", b"%%EOF"
_FAR = 1_024
"""So far from the beginning readers look for that of a PDF (ISO 32000-2, Annex I)."""
_FILLING = b"\0 \t\r\n\x0c\x1a"
_BYTE_ORDER = b"\xef\xbb\xbf"
_UNREAD = (
    "{file}：{part} 的前面或后面夹带着别的数据（{size} 个字节），不知道是什么，没有看。"
    "公开副本里没有它；要公开原件，请用原来的软件另存一份再试"
)


def around_pdf(data: bytes) -> int:
    """版式文件前后夹带了多少 — bytes before the beginning and behind the last end of a PDF (条例 第十五条)."""
    end = data.rfind(_PDF_END)
    begin = max(0, data.find(_PDF, 0, _FAR))
    return _counted(data[:begin], data[end + len(_PDF_END) :] if end >= 0 else b"")


def around_zip(data: bytes, archive: ZipFile) -> int:
    """压缩包里夹带了多少 — bytes before, between and behind the members of a zip and its list (条例 第十五条)."""
    parts, at = list[bytes](), 0
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        start = info.header_offset
        name, extra = struct.unpack("<HH", data[start + _LOCAL_HEAD - 4 : start + _LOCAL_HEAD] or b"\0\0\0\0")
        parts.append(data[at:start])
        at = start + _LOCAL_HEAD + name + extra + info.compress_size
        if info.compress_type == ZIP_DEFLATED:
            parts.append(_left_over(data[at - info.compress_size : at]))
    end = data.rfind(_ZIP_END)
    behind = data[end + _ZIP_END_HEAD + len(archive.comment) :] if end >= 0 else b""
    return _counted(*(part for part in (*parts, data[at : archive.start_dir]) if not _is_sizes(part)), behind)


def is_nothing(data: bytes) -> bool:
    """没有夹带什么 — whether the bytes only fill up."""
    return not data.strip(_FILLING)


def told(file: str, part: str, size: int) -> DocumentError:
    """说没有看 — it blocks until a person has looked, and a copy that holds it is not given out."""
    return DocumentError(file, _UNREAD, file=file, part=part, size=size)


def _counted(*parts: bytes) -> int:
    return sum(len(part) for part in parts if not is_nothing(part.removeprefix(_BYTE_ORDER)))


def _is_sizes(gap: bytes) -> bool:
    return len(gap) in _SIZES or (len(gap) in _SIGNED_SIZES and gap.startswith(b"PK\x07\x08"))


def _left_over(packed: bytes) -> bytes:
    """What goes on behind the end of a packed member."""
    reader = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        left = packed
        while left and not reader.eof:
            reader.decompress(left, _CHUNK)
            left = reader.unconsumed_tail
    except zlib.error:
        return b""
    return reader.unused_data
