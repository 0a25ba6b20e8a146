"""页上的位置 — where a sign stands on a page as it is seen: its box, its line, its turn (条例 第十七条)."""

from __future__ import annotations

import math
from ctypes import byref, c_double
from typing import Any

import pypdfium2
from pypdfium2 import raw

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the upper left corner of the page as it is seen."""


class Placed:
    """位置 — places of the file to places of the page as it is seen, turned and cropped as it may be."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page, (self.width, self.height) = page, page.get_size()
        self._size = max(1, round(self.width)) * 16, max(1, round(self.height)) * 16

    def box(self, handle: Any, at: int) -> Box:
        """字框 — of one sign of a text page."""
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        raw.FPDFText_GetCharBox(handle, at, byref(left), byref(right), byref(bottom), byref(top))
        one, other = self.point(left.value, bottom.value), self.point(right.value, top.value)
        return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])

    def stance(self, handle: Any, at: int) -> tuple[tuple[float, float], float]:
        """起点和字宽 — where a sign stands on its line, and how far the next is."""
        x, y, loose, matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
        raw.FPDFText_GetCharOrigin(handle, at, byref(x), byref(y))
        raw.FPDFText_GetLooseCharBox(handle, at, byref(loose))
        raw.FPDFText_GetMatrix(handle, at, byref(matrix))
        size = raw.FPDFText_GetFontSize(handle, at)
        # The loose box lies around a cell, as high as the sign is large, that may be turned and lean.
        if abs(matrix.a) >= abs(matrix.b):
            side, up, along = abs(loose.right - loose.left), abs(matrix.c), abs(matrix.a)
        else:
            side, up, along = abs(loose.top - loose.bottom), abs(matrix.d), abs(matrix.b)
        rise = math.hypot(matrix.a, matrix.b)
        return self.point(x.value, y.value), max(0.0, side - up * size) * rise / max(along, 1e-6)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """点 — in points from the upper left corner."""
        across, down = raw.c_int(), raw.c_int()
        raw.FPDF_PageToDevice(self._page.raw, 0, 0, *self._size, 0, x, y, byref(across), byref(down))
        return across.value * self.width / self._size[0], down.value * self.height / self._size[1]

    @staticmethod
    def stretch(handle: Any, at: int) -> tuple[float, float]:
        """放大和转角 — how much larger a sign is drawn than its font says, and the rise of its line in the file."""
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(handle, at, byref(matrix))
        # The library's own angle runs clockwise and takes a leaning sign for a turned one.
        return math.hypot(matrix.c, matrix.d), math.atan2(matrix.b, matrix.a)
