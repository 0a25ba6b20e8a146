"""PDF 上看得见的字 — takes words out of a page that its reader does not see, that are struck or raised (条例 第五十条).

What a reader sees is proved with pixels (`showing.pdf`), which is dear. So it is asked of a page alone on which
something may hide, strike or raise a digit: a line through it, a box drawn after it, a smaller sign behind it, ink
that leaves none.
"""

from __future__ import annotations

from collections import defaultdict
from ctypes import byref, c_double, c_uint, c_void_p, cast
from typing import Any

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.showing import How, Why
from gongkai.documents.showing.pdf import signs

_DEEP = 4
_SMALLER = 0.87
_LIGHT, _CLEAR = 200, 16
_SMALLEST = 2.0
_BAND, _MOST_BANDS, _EDGE = 20.0, 200, 0.2
_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
Box = tuple[float, float, float, float]


def take_out_unseen(page: pypdfium2.PdfPage) -> bool:
    """去掉看不见的字 — whole runs of text alone: of one that is seen in part nothing is taken.

    Returns whether anything was covered: what stands over it comes elsewhere in the order of the text.
    """
    if not _is_telling(page):
        return False
    covered = False
    found: dict[int, list[How]] = defaultdict(list)
    digits: dict[int, str] = defaultdict(str)
    for sign in signs(page):
        if sign.thing and not sign.text.isspace():
            found[sign.thing].append(sign.how)
            covered = covered or sign.why is Why.COVERED
            digits[sign.thing] += sign.text
    gone = {
        thing
        for thing, ways in found.items()
        if How.SEEN not in ways and (How.RAISED not in ways or digits[thing].isdecimal())
    }
    for item in list(page.get_objects(max_depth=1)) if gone else ():
        if (cast(item.raw, c_void_p).value or 0) in gone:
            page.remove_obj(item)
    return covered


def _is_telling(page: pypdfium2.PdfPage) -> bool:
    """Whether any digit of the page may be hidden, struck or raised."""
    order, later = {}, []
    for number, item in enumerate(page.get_objects(max_depth=_DEEP)):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            order[cast(item.raw, c_void_p).value or 0] = number
        elif order and item.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            later.append((number, item.get_bounds()))
    text_page = page.get_textpage()
    try:
        return _tells(text_page, order, _Grid(later))
    finally:
        text_page.close()


class _Grid:
    """Boxes by the bands of the page that they reach into."""

    def __init__(self, boxes: list[tuple[int, Box]]) -> None:
        self._bands: dict[int, list[tuple[int, Box]]] = defaultdict(list)
        for number, box in boxes:
            for band in range(int(box[1] // _BAND), min(int(box[3] // _BAND), int(box[1] // _BAND) + _MOST_BANDS) + 1):
                self._bands[band].append((number, box))

    def crosses(self, across: float, low: float, high: float, after: int) -> bool:
        """Whether a box drawn later reaches the middle of a digit."""
        band = self._bands.get(int((low + high) / 2 // _BAND), ())
        margin = (high - low) * _EDGE
        return any(
            number > after and box[0] <= across <= box[2] and box[1] <= high - margin and box[3] >= low + margin
            for number, box in band
        )


def _tells(text_page: pypdfium2.PdfTextPage, order: dict[int, int], later: _Grid) -> bool:
    """A digit without ink, in light ink, smaller than the one before it, or with something drawn over it."""
    handle = text_page.raw
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    before, end, middle = 0.0, 0.0, 0.0
    for at in range(text_page.count_chars()):
        sign = chr(min(raw.FPDFText_GetUnicode(handle, at), 0x10FFFF))
        if sign in "\r\n":
            continue  # a raised digit stands on a line of its own in the text of the page
        if not sign.isdigit():
            before = 0.0
            continue
        size = raw.FPDFText_GetFontSize(handle, at)
        thing = raw.FPDFText_GetTextObject(handle, at)
        raw.FPDFText_GetCharBox(handle, at, byref(left), byref(right), byref(bottom), byref(top))
        is_beside = abs(left.value - end) < before and abs((bottom.value + top.value) / 2 - middle) < before
        if _is_faint(handle, at, thing) or (is_beside and size < before * _SMALLER) or 0 < size < _SMALLEST:
            return True
        before, end, middle = size, right.value, (bottom.value + top.value) / 2
        across = (left.value + right.value) / 2
        if later.crosses(across, bottom.value, top.value, order.get(cast(thing, c_void_p).value or 0, -1)):
            return True
    return False


def _is_faint(handle: Any, at: int, thing: Any) -> bool:
    if thing and raw.FPDFTextObj_GetTextRenderMode(thing) in _NO_INK:
        return True
    red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
    if not raw.FPDFText_GetFillColor(handle, at, byref(red), byref(green), byref(blue), byref(alpha)):
        return False
    return alpha.value < _CLEAR or min(red.value, green.value, blue.value) >= _LIGHT
