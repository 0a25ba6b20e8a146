"""副本的线 — ruling lines that a page is seen to show, drawn again, so that tables stay tables (条例 第十五条).

A line counts only where the picture of the page has it, in one colour from end to end; that colour it keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_void_p, cast
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from gongkai.documents.showing.pdf_place import Box, Placed

_THIN, _LONG = 3.0, 3.0
_FRAME = 5
_MOST = 5_000
_EVEN = 40
_VISIBLE, _MOSTLY = 24, 6
_SHARES = (0.06, 0.17, 0.29, 0.38, 0.46, 0.57, 0.64, 0.77, 0.91)
"""Where along a line one looks: no even parts, for there the lines of four even columns cross all of them at once."""
_LEAST_WIDE = 0.24
_DEEP = 15


Upright = tuple[float, float, float]
"""竖线 — how far from the left, its upper and its lower end, in points from the upper left corner."""
Level = tuple[float, float, float]
"""横线 — how far from the top, its left and its right end."""


class Lines(NamedTuple):
    """页上的直线 — of lines, boxes and cells: upright ones from left to right, level ones from the top down."""

    uprights: list[Upright]
    levels: list[Level]

    def is_cell(self, one: Box, other: Box) -> bool:
        """同一格 — whether lines stand on all sides of two boxes, one below the other, and none between them."""
        middle, top, bottom = (one[0] + one[2]) / 2, (one[1] + one[3]) / 2, (other[1] + other[3]) / 2
        sides = [across for across, high, low in self.uprights if high <= top and bottom <= low]
        edges = [down for down, left, right in self.levels if left <= middle <= right]
        return (
            any(across < middle for across in sides)
            and any(across > middle for across in sides)
            and any(down < top for down in edges)
            and any(down > bottom for down in edges)
            and not any(top < down < bottom for down in edges)
        )


class Rule(NamedTuple):
    """线 — its box in points from the upper left corner, and its colour."""

    box: Box
    colour: tuple[int, int, int]


def straight(page: pypdfium2.PdfPage) -> Lines:
    """页上的直线 — of a page of very many, the first."""
    uprights: list[Upright] = []
    levels: list[Level] = []
    place, left = Placed(page), _MOST
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        left -= raw.FPDFPath_CountSegments(thing.raw)
        if left < 0:
            break
        for one, other in pairwise(place.point(x, y) for x, y in points_of(thing)):
            across, down = sorted((one[0], other[0])), sorted((one[1], other[1]))
            if across[1] - across[0] < _LEAST_WIDE and down[1] - down[0] > _LONG:
                uprights.append((one[0], down[0], down[1]))
            elif down[1] - down[0] < _LEAST_WIDE and across[1] - across[0] > _LONG:
                levels.append((one[1], across[0], across[1]))
    return Lines(sorted(uprights), sorted(levels))


def rules(page: pypdfium2.PdfPage, picture: Image.Image, scale: float) -> tuple[list[Rule], set[int]]:
    """页上的线 — what the `picture` shows of them, and the keys of the objects that are nothing but such lines."""
    found: list[Rule] = []
    whole: set[int] = set()
    place = Placed(page)
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        boxes, alone = _lines(thing, place)
        seen = [rule for box in boxes if (rule := _seen(box, picture, scale)) is not None]
        found += seen
        if alone and boxes and len(seen) == len(boxes):
            whole.add(cast(thing.raw, c_void_p).value or 0)
        if len(found) > _MOST:
            return [], set()
    return found, whole


def _lines(thing: Any, place: Placed) -> tuple[list[Box], bool]:
    """The lines of a path, and whether it draws nothing else: a thin box that is filled, or strokes."""
    if raw.FPDFPath_CountSegments(thing.raw) > _FRAME:
        return [], False
    fill, stroke, wide = c_int(), c_int(), c_float()
    raw.FPDFPath_GetDrawMode(thing.raw, byref(fill), byref(stroke))
    raw.FPDFPageObj_GetStrokeWidth(thing.raw, byref(wide))
    points = [place.point(x, y) for x, y in points_of(thing)]
    if stroke.value:
        matrix = thing.get_matrix()
        width = max(wide.value * (matrix.a**2 + matrix.b**2) ** 0.5, _LEAST_WIDE)
        lines = [_thick(*ends, width) for ends in pairwise(points) if _is_straight(*ends)]
        return (lines if width < _THIN else []), not fill.value
    if not points:
        return [], False
    across, down = zip(*points, strict=True)
    box = min(across), min(down), max(across), max(down)
    sides = sorted((box[2] - box[0], box[3] - box[1]))
    return ([box] if sides[0] < _THIN and sides[1] > _LONG else []), True


def points_of(thing: Any) -> Iterator[tuple[float, float]]:
    """折点 — of a path, as it stands on its page; a closed one ends where it begins (条例 第十五条)."""
    matrix, x, y = thing.get_matrix(), c_float(), c_float()
    start = None
    for index in range(raw.FPDFPath_CountSegments(thing.raw)):
        piece = raw.FPDFPath_GetPathSegment(thing.raw, index)
        raw.FPDFPathSegment_GetPoint(piece, byref(x), byref(y))
        point = matrix.on_point(x.value, y.value)
        start = start or point
        yield point
        if raw.FPDFPathSegment_GetClose(piece):
            yield start


def _is_straight(one: tuple[float, float], other: tuple[float, float]) -> bool:
    sides = sorted((abs(one[0] - other[0]), abs(one[1] - other[1])))
    return sides[0] < _LEAST_WIDE and sides[1] > _LONG


def _thick(one: tuple[float, float], other: tuple[float, float], wide: float) -> Box:
    left, right = sorted((one[0], other[0]))
    top, bottom = sorted((one[1], other[1]))
    half = wide / 2
    if right - left > bottom - top:
        return left, top - half, right, bottom + half
    return left - half, top, right + half, bottom


def _seen(box: Box, picture: Image.Image, scale: float) -> Rule | None:
    level = box[2] - box[0] >= box[3] - box[1]
    across, down = (int((box[0] + box[2]) / 2 * scale), int((box[1] + box[3]) / 2 * scale))
    if level:
        strip = picture.crop((max(0, int(box[0] * scale) + 1), down, min(picture.width, int(box[2] * scale)), down + 1))
    else:
        strip = picture.crop(
            (across, max(0, int(box[1] * scale) + 1), across + 1, min(picture.height, int(box[3] * scale)))
        )
    if not strip.width or not strip.height or not (0 <= across < picture.width and 0 <= down < picture.height):
        return None
    ends: Any = strip.getextrema()
    if any(high - low > _EVEN for low, high in ends):
        return None
    colour = tuple((low + high) // 2 for low, high in ends)
    off = max(2, int(scale * 2))
    # Where another line crosses, its colour stands on both sides.
    if sum(_is_beside(colour, place, off, level, picture) for place in _places(box, scale, level)) >= _MOSTLY:
        return None
    wide = max(_LEAST_WIDE, min(box[2] - box[0], box[3] - box[1]))
    kept = (
        (box[0], box[1], box[2], max(box[3], box[1] + wide))
        if level
        else (box[0], box[1], max(box[2], box[0] + wide), box[3])
    )
    return Rule(kept, (colour[0], colour[1], colour[2]))


def _places(box: Box, scale: float, level: bool) -> Iterator[tuple[int, int]]:
    """Dots of a line, from end to end."""
    for share in _SHARES:
        across, down = (share, 0.5) if level else (0.5, share)
        yield (
            int((box[0] + across * (box[2] - box[0])) * scale),
            int((box[1] + down * (box[3] - box[1])) * scale),
        )


def _is_beside(colour: tuple[int, ...], place: tuple[int, int], off: int, level: bool, picture: Image.Image) -> bool:
    """Whether both sides of a line have its colour there, so that it is not seen."""
    for step in (-off, off):
        across, down = (place[0], place[1] + step) if level else (place[0] + step, place[1])
        dot: Any = picture.getpixel((min(max(0, across), picture.width - 1), min(max(0, down), picture.height - 1)))
        if max(abs(one - two) for one, two in zip(colour, dot, strict=True)) >= _VISIBLE:
            return False
    return True


def drawn(found: list[Rule], height: float) -> list[str]:
    """画线 — for the content of a page so high."""
    lines = []
    for (left, top, right, bottom), colour in dict.fromkeys(found):
        levels = " ".join(f"{level / 255:.3g}" for level in colour)
        lines.append(f"{levels} rg {left:.2f} {height - bottom:.2f} {right - left:.2f} {bottom - top:.2f} re f")
    return lines
