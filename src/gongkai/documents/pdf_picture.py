"""页面图像 — a page of a PDF as it looks, and where its lines and words stand on it, so that a finding can be shown.

All places are in points from the upper left corner of the page as it is seen, turned pages too.
"""

from __future__ import annotations

import struct
import zlib
from ctypes import byref, c_int

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.document import PageLayout, Word
from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.pdf_pages import opened

_SCALE = 2.0
_MOST_PIXELS = 12_000_000
_FINE = 16  # steps of a point in which boxes are asked for
_PNG_COLOURS = 2


def layout(source: str, data: bytes, page: int, limits: Limits = LIMITS) -> PageLayout:
    """页面排布 — of page `page`, from 1. DocumentError where the file cannot be opened."""
    with opened(source, data, limits) as document:
        shown = document[page - 1]
        width, height = shown.get_size()
        text_page = shown.get_textpage()
        codes = [raw.FPDFText_GetUnicode(text_page.raw, index) for index in range(text_page.count_chars())]
        # One sign for one index: what lies beyond the plane of two bytes stays one sign in Python.
        text = "".join(chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes)
        lines, start = [], 0
        for line in text.splitlines(keepends=True):
            lines.append(tuple(_words(shown, text_page, line, start)))
            start += len(line)
        return PageLayout(width, height, tuple(lines))


def png(source: str, data: bytes, page: int, limits: Limits = LIMITS) -> bytes:
    """页面图像 — page `page`, from 1, as a PNG. DocumentError where the file cannot be opened."""
    with opened(source, data, limits) as document:
        shown = document[page - 1]
        width, height = shown.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        bitmap = shown.render(scale=scale, rev_byteorder=True)
        row, stride, channels = bitmap.width * bitmap.n_channels, bitmap.stride, bitmap.n_channels
        pixels = bytes(bitmap.buffer)
        lines = b"".join(b"\0" + pixels[at * stride : at * stride + row] for at in range(bitmap.height))
        if channels != 3:
            raise ValueError(channels)
        return _png(bitmap.width, bitmap.height, lines)


def _png(width: int, height: int, lines: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, _PNG_COLOURS, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines, 3)) + chunk(b"IEND", b"")


def _words(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, line: str, start: int) -> list[Word]:
    words: list[Word] = []
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for offset, sign in enumerate(f"{line} "):
        if not sign.isspace():
            text.append(sign)
            boxes.append(seen_box(page, text_page, start + offset))
        elif text:
            lefts, tops, rights, bottoms = zip(*boxes, strict=True)
            words.append(Word("".join(text), min(lefts), min(tops), max(rights), max(bottoms)))
            text, boxes = [], []
    return words


def seen_box(
    page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage, index: int
) -> tuple[float, float, float, float]:
    """字框 — the box of one sign on the page as it is seen."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(text_page.raw, index, byref(box))
    one, other = _seen(page, box.left, box.top), _seen(page, box.right, box.bottom)
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _seen(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    width, height = page.get_size()
    across, down = c_int(), c_int()
    size = int(width * _FINE), int(height * _FINE)
    raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, byref(across), byref(down))
    return across.value / _FINE, down.value / _FINE
