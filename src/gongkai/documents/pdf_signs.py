"""PDF 的字 — the characters of a page with their boxes, upright, gathered to words and lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from ctypes import byref, c_double
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

_JOINED = 0.45
_JOINED_OVER_BLANK = 1.6
"""Gaps in heights of a character: below the first signs touch; below the second a printed blank joins them."""


_WIDEST = 60.0
"""Points: no character of a report is wider; fonts for upright lines of text claim so."""


class Sign(NamedTuple):
    """字 — one character (or, once gathered, one word): text and box in points, y upward. `blank`: a printed space."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    blank: bool = False

    @property
    def middle(self) -> float:
        """中线 — the height of the middle of the box."""
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        """字高."""
        return self.top - self.bottom


Turn = int
"""转角 — quarter turns counter-clockwise by which the text of a page is turned."""


def signs_of(page: pypdfium2.PdfPage) -> tuple[list[Sign], Turn]:
    """页上的字 — in the order of the file, turned upright; and by how many quarter turns they were."""
    text_page = page.get_textpage()
    handle, box, matrix = text_page.raw, raw.FS_RECTF(), raw.FS_MATRIX()
    found: list[Sign] = []
    turns: Counter[int] = Counter()
    for index in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, index)
        if raw.FPDFText_IsGenerated(handle, index) or code in (0, 0xFFFE) or code > 0x10FFFF:
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, byref(box)):
            continue
        if box.right - box.left > _WIDEST:
            _tight_box(handle, index, box)
        if index < 200:
            raw.FPDFText_GetMatrix(handle, index, byref(matrix))
            # The library's own angle runs clockwise, and takes a leaning sign for a turned one.
            turns[round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4] += 1
        sign = chr(code)
        found.append(Sign(sign, box.left, box.bottom, box.right, box.top, sign.isspace()))
    text_page.close()
    turn = turns.most_common(1)[0][0] if turns else 0
    return [_upright(sign, turn) for sign in found] if turn else found, turn


def _tight_box(handle: raw.FPDF_TEXTPAGE, index: int, box: raw.FS_RECTF) -> None:
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    if raw.FPDFText_GetCharBox(handle, index, byref(left), byref(right), byref(bottom), byref(top)):
        box.left, box.right, box.bottom, box.top = left.value, right.value, bottom.value, top.value


def _upright(sign: Sign, turn: Turn) -> Sign:
    corners = [turned(x, y, turn) for x, y in ((sign.left, sign.bottom), (sign.right, sign.top))]
    (left, right), (bottom, top) = (sorted(axis) for axis in zip(*corners, strict=True))
    return Sign(sign.text, left, bottom, right, top, sign.blank)


def turned(x: float, y: float, turn: Turn) -> tuple[float, float]:
    """转正 — a point of the page after undoing the turn of its text."""
    return ((x, y), (y, -x), (-x, -y), (-y, x))[turn]


def words_in_lines(signs: Iterable[Sign]) -> list[list[Sign]]:
    """行与词 — lines from top to bottom, in each its words from left to right."""
    lines: list[list[Sign]] = []
    for sign in sorted((s for s in signs if s.height > 0), key=lambda s: -s.middle):
        if lines and lines[-1][0].middle - sign.middle < 0.5 * min(sign.height, lines[-1][0].height):
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [words for line in lines if (words := _words(sorted(line, key=lambda s: s.left)))]


def text_of(signs: Iterable[Sign]) -> str:
    """文字 — the text of some characters, line by line."""
    return "\n".join(" ".join(word.text for word in line) for line in words_in_lines(signs))


def _words(line: list[Sign]) -> list[Sign]:
    words: list[Sign] = []
    blank = False
    for sign in line:
        if sign.blank:
            blank = True
            continue
        last = words[-1] if words else None
        gap = (sign.left - last.right) / max(sign.height, 1) if last else 0
        if last and gap < (_JOINED_OVER_BLANK if blank else _JOINED):
            text = last.text + (" " if blank and gap > _JOINED / 3 else "") + sign.text
            words[-1] = Sign(
                text,
                min(last.left, sign.left),
                min(last.bottom, sign.bottom),
                max(last.right, sign.right),
                max(last.top, sign.top),
            )
        else:
            words.append(sign)
        blank = False
    return words
