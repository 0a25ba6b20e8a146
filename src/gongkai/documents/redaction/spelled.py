"""字节里写着什么 — what bytes say that nobody shows: in the encodings that programs write, and in what they pack.

For the properties of pictures, for parts and streams of files that no page leads to. Numbers stand in them as text, as
hexadecimal, in one or two bytes a sign.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_MOST_DEEP = 3
_MOST_UNPACKED = 16 * 1024**2
_LEAST = 7
"""Digits: no number that is looked for has fewer."""
_PACKED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_STRINGS = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<((?:[0-9A-Fa-f]\s*){2,})>", re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ENCODINGS = ("utf-8", "gb18030")
_WIDE = (("utf-16-be", 0), ("utf-16-be", 1), ("utf-16-le", 0), ("utf-16-le", 1))
_BORDER = re.compile(r"(?<=[0-9])(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])(?=[0-9])")
_RUNS = re.compile(rb"(?<![\d.])(?:\d\0?){10,18}[\dXx]?(?![\d])")


def texts(data: bytes, depth: int = 0) -> Iterator[str]:
    """字节里写着什么 — in every way in which it could be a text; what holds too few digits in a way is left out."""
    yield from filter(_is_telling, _decoded(data))
    yield from strings(data)
    if depth < _MOST_DEEP:
        for unpacked in _all_unpacked(data):
            yield from texts(unpacked, depth + 1)


def _decoded(data: bytes) -> Iterator[str]:
    for encoding in _ENCODINGS:
        text = data.decode(encoding, "ignore")
        # A byte of binary data before a number in Chinese signs may look like a digit that belongs to it.
        yield from dict.fromkeys((text, _BORDER.sub("\n", text)))
    yield from (data[start:].decode(encoding, "replace") for encoding, start in _WIDE)


def strings(data: bytes) -> Iterator[str]:
    """串 — the strings of a page's content or of a script, one after the other as if nothing stood between."""
    parts = [_plain(found[1]) if found[2] is None else _of_hex(found[2]) for found in _STRINGS.finditer(data)]
    if parts:
        whole = b"".join(parts)
        yield from filter(_is_telling, (whole.decode("latin-1"), whole[1::2].decode("latin-1")))


def packed_runs(data: bytes) -> Iterator[str]:
    """成串的数字 — of raw bytes and of all that is packed in them, whether anything leads to it or not."""
    for part in (data, *_all_unpacked(data)):
        for found in _RUNS.finditer(part):
            yield found[0].replace(b"\0", b"").decode("latin-1")
        if b"Tj" in part or b"TJ" in part:
            yield from strings(part)


def _is_telling(text: str) -> bool:
    return sum(map(str.isnumeric, text)) >= _LEAST


def _plain(string: bytes) -> bytes:
    return _ESCAPED.sub(
        lambda found: bytes([int(found[1], 8) & 255]) if found[1][0] in b"01234567" else found[1], string
    )


def _of_hex(printed: bytes) -> bytes:
    digits = b"".join(printed.split())
    return bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _all_unpacked(data: bytes) -> Iterator[bytes]:
    at = 0
    while found := _PACKED.search(data, at):
        at = found.start() + 2
        packer = zlib.decompressobj()
        try:
            unpacked = packer.decompress(data[found.start() :], _MOST_UNPACKED)
        except zlib.error:
            continue
        if unpacked:
            yield unpacked
            at = max(at, len(data) - len(packer.unused_data) - len(packer.unconsumed_tail))
