"""翻遍 — every inflated byte of a copy, read in every way in which a number can be got out of it (条例 第十五条).

Nothing of the house is used here: members, streams, base64, hex, entities, escapes, encodings, and what readers show.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import contextlib
import gzip
import html
import io
import lzma
import re
import struct
import urllib.parse
import zlib
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import NamedTuple

import pikepdf
import pypdfium2

from tests.plants.spellings import normal

_DEEPEST = 5
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{14,}={0,2}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){11,}")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\+(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2}))")
_DECIMAL = re.compile(r"\\u(\d{2,5})\??")
_CODES = re.compile(r"(?:\d{2,3}\s*,\s*){9,}\d{2,3}")
_SYMBOL = re.compile(r'<[^<>]*\bchar="(?:F0|00)(3[0-9]|58)"/>')
_SHOWN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)<")
_FALLBACK = re.compile(r"<mc:Fallback>.*?</mc:Fallback>", re.DOTALL)
_IN_STYLE = re.compile(r"\\([0-9a-fA-F]{2,6}) ?")
_ASCII = bytes(code for code in range(256) if chr(code) not in "0123456789Xx")
_SEARCHED = 4_000_000
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_MOST_TRIES = 60
_MOST_TABLE = 20_000
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_PACKED = {b"\x1f\x8b": gzip.decompress, b"BZh": bz2.decompress, b"\xfd7zXZ": lzma.decompress}


class Traces(NamedTuple):
    """痕迹 — digits and X of all that a file holds, in each reading, and all its inflated bytes."""

    digits: str
    data: bytes

    def hold(self, number: str, written: str) -> bool:
        """还在不在 — the number, forward or backward, or as it was written."""
        forms = {form for form in (number, number[::-1], normal(written)) if len(form) >= len(number) - 1}
        return any(form in self.digits for form in forms) or any(
            written.encode(encoding) in self.data for encoding in _ENCODINGS
        )


def traces(data: bytes) -> Traces:
    """翻遍 — a file."""
    blobs = list(_blobs(data, 0))
    readings = dict.fromkeys(reading for blob in blobs for reading in _readings(blob))
    return Traces("\n".join(readings), b"\n".join(blobs))


def _blobs(data: bytes, depth: int) -> Iterator[bytes]:
    yield data
    if depth < _DEEPEST and len(data) < _SEARCHED:
        for inner in _unpacked(data):
            if inner:
                yield from _blobs(inner, depth + 1)


def _readings(data: bytes) -> Iterator[str]:
    yield data.translate(None, _ASCII).decode("ascii").upper()
    if not data.isascii() or b"<" in data or b"\\" in data or b"%" in data or b"&" in data or b"," in data:
        for text in _texts(data):
            for reading in dict.fromkeys(_read(text)):
                yield normal(reading)


def _texts(data: bytes) -> Iterator[str]:
    if b"\0" in data:
        yield data.decode("utf-16-le", "ignore")
        yield data[1:].decode("utf-16-le", "ignore")
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "ignore")
        yield data.decode("gb18030", "ignore")


def _read(text: str) -> Iterator[str]:
    yield text
    plain = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2] or match[3], 16), 0x10FFFF)), text)
    plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    plain = urllib.parse.unquote(html.unescape(plain))
    yield plain
    yield from ("".join(map(chr, map(int, codes[0].split(",")))) for codes in _CODES.finditer(text))
    if "<w:t" in text:
        yield "".join(_SHOWN.findall(_FALLBACK.sub("", text)))
    if "content" in text:
        yield _IN_STYLE.sub(lambda match: chr(min(int(match[1], 16), 0xFFFF)), text)
    if "\\u" in text:
        yield _DECIMAL.sub(lambda match: chr(min(int(match[1]), 0xFFFF)), text)
    if "<" in plain:
        yield _TAG.sub("", _SYMBOL.sub(lambda match: chr(int(match[1], 16)), plain))
    elif len(text) < _MOST_TABLE:
        yield from _columns(plain)


def _columns(text: str) -> Iterator[str]:
    """A table of plain text, read down its columns."""
    lines = text.splitlines()
    for sign in ",;\t|":
        if text.count(sign) > 1:
            rows = [line.split(sign) for line in lines]
            yield "\n".join("".join(column) for column in zip_longest(*rows, fillvalue=""))


def _unpacked(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
        return
    yield from _members(data)
    for head, unpack in _PACKED.items():
        if data.startswith(head):
            with contextlib.suppress(OSError, EOFError, lzma.LZMAError, zlib.error):
                yield unpack(data)
    for match in islice(_ZLIB.finditer(data), _MOST_TRIES):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(data[match.start() :], _SEARCHED)
    data = data.replace(b"\0", b"")
    for match in _BASE64.finditer(data):
        with contextlib.suppress(binascii.Error, ValueError):
            yield base64.b64decode(match[0].rstrip(b"=") + b"==", altchars=b"-_" if b"-" in match[0] else None)
    for match in _HEX.finditer(data):
        yield bytes.fromhex(match[0].decode())


def _members(data: bytes) -> Iterator[bytes]:
    """Every member that has a head of its own, listed or not, of whatever name."""
    for match in re.finditer(rb"PK\x03\x04", data):
        head = data[match.start() : match.start() + 30]
        if len(head) == 30:
            method, size, name, extra = struct.unpack("<8xH8xL4xHH", head)
            start = match.start() + 30 + name + extra
            yield data[match.start() + 30 : start]
            with contextlib.suppress(zlib.error):
                body = data[start : start + size]
                yield zlib.decompressobj(-15).decompress(data[start:], _SEARCHED) if method == 8 else body


def _of_pdf(data: bytes) -> Iterator[bytes]:
    with contextlib.suppress(pikepdf.PdfError), pikepdf.open(io.BytesIO(data)) as file:
        for thing in [*file.objects, file.trailer]:
            yield from _of_object(thing, 0)
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(data)
        pages = [page.get_textpage().get_text_bounded().encode("utf-8", "replace") for page in document]
        yield from (*pages, b"".join(pages))
        document.close()


def _of_object(thing: object, depth: int) -> Iterator[bytes]:
    if depth > 12:
        return
    if isinstance(thing, pikepdf.Stream):
        try:
            yield thing.read_bytes()
        except pikepdf.PdfError:
            yield thing.read_raw_bytes()
        for key, value in thing.stream_dict.items():
            yield from _of_entry(key, value, depth)
    elif isinstance(thing, pikepdf.Dictionary):
        for key, value in thing.items():
            yield from _of_entry(key, value, depth)
    elif isinstance(thing, pikepdf.Array):
        for value in thing.as_list():
            yield from _of_object(value, depth + 1)
    elif isinstance(thing, pikepdf.String):
        yield bytes(thing)
        yield str(thing).encode("utf-8", "replace")
    elif isinstance(thing, pikepdf.Name):
        yield str(thing).encode()


def _of_entry(key: str, value: object, depth: int) -> Iterator[bytes]:
    yield key.encode()
    if not (isinstance(value, pikepdf.Object) and value.is_indirect):
        yield from _of_object(value, depth + 1)
