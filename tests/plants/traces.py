"""翻遍 — every inflated byte of a copy, read in every way in which a number can be got out of it (条例 第十五条).

Nothing of the house is used here: members, streams, base64, hex, entities, escapes, encodings, and what readers show.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import html
import io
import re
import urllib.parse
import zipfile
import zlib
from collections.abc import Iterator

import pikepdf
import pypdfium2

from tests.plants.spellings import normal

_DEEPEST = 4
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{14,}={0,2}")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){11,}")
_TAG = re.compile(r"<[^>]*>")
_ESCAPE = re.compile(r"\\+(?:u\{?([0-9a-fA-F]{4,6})\}?|x([0-9a-fA-F]{2}))")
_ASCII = bytes(code for code in range(256) if chr(code) not in "0123456789Xx")
_SEARCHED = 4_000_000


def traces(data: bytes) -> str:
    """痕迹 — digits and X of all that a file holds, in each reading, with lines between."""
    return "\n".join(dict.fromkeys(_readings(data, 0)))


def holds(copy: str, number: str, written: str) -> bool:
    """还在不在 — the number, forward or backward, or as it was written."""
    forms = {number, number[::-1], number.replace("X", "x"), normal(written)}
    return any(len(form) >= len(number) - 1 and form in copy for form in forms if form)


def _readings(data: bytes, depth: int) -> Iterator[str]:
    yield data.translate(None, _ASCII).decode("ascii").upper()
    if depth > _DEEPEST or len(data) > _SEARCHED:
        return
    if not data.startswith((b"%PDF", b"PK\3\4", b"\x89PNG", b"\xff\xd8\xff")):
        for text in _texts(data):
            for reading in dict.fromkeys(_read(text)):
                yield normal(reading)
    for inner in _unpacked(data):
        yield from _readings(inner, depth + 1)


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
    plain = _ESCAPE.sub(lambda match: chr(min(int(match[1] or match[2], 16), 0x10FFFF)), text)
    plain = urllib.parse.unquote(html.unescape(plain))
    yield plain
    if "<" in plain:
        yield _TAG.sub("", plain)


def _unpacked(data: bytes) -> Iterator[bytes]:
    if b"PK\3\4" in data[:100_000]:
        yield from _members(data)
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
        return
    if data[:1] == b"\x78":
        with contextlib.suppress(zlib.error):
            yield zlib.decompress(data)
    for match in _BASE64.finditer(data):
        with contextlib.suppress(binascii.Error, ValueError):
            inner = base64.b64decode(match[0].rstrip(b"=") + b"==", altchars=b"-_" if b"-" in match[0] else None)
            yield inner
    for match in _HEX.finditer(data):
        yield bytes.fromhex(match[0].decode())


def _members(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for info in archive.infolist():
                yield info.filename.encode("utf-8", "replace")
                yield info.comment
                yield info.extra
                with contextlib.suppress(zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError):
                    yield archive.read(info)
    except (zipfile.BadZipFile, ValueError, OSError):
        return


def _of_pdf(data: bytes) -> Iterator[bytes]:
    with contextlib.suppress(pikepdf.PdfError), pikepdf.open(io.BytesIO(data)) as file:
        for thing in [*file.objects, file.trailer]:
            yield from _of_object(thing, 0)
    with contextlib.suppress(pypdfium2.PdfiumError):
        document = pypdfium2.PdfDocument(data)
        for page in document:
            yield page.get_textpage().get_text_bounded().encode("utf-8", "replace")
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
