"""PDF 的线 — ruling lines of a page, gathered to frames: lattices whose missing walls merge cells."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.limits import Limits, check_columns, check_rows
from gongkai.documents.pdf_signs import Turn, turned

Ruling = tuple[float, float, float, float]
"""线 — from (x0, y0) to (x1, y1), x0 ≤ x1, y0 ≤ y1, level or upright."""

_THIN = 3.0
_NEAR = 3.0
_SHORT = 4.0
_ROW = 8.0
TOO_MANY = 20_000
"""Points: a box thinner than this is a line; lines nearer than this are one; shorter ones are no walls of cells; no row
is lower. And a count: a page with more lines than this is a drawing."""


@dataclass(slots=True)
class Frame:
    """框 — a lattice of edges `xs` (left to right) and `ys` (upward); `owner`: of each field, the cell it is in."""

    xs: list[float]
    ys: list[float]
    owner: list[int]

    def holds(self, x: float, y: float) -> bool:
        """在框内 — whether a point is inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: float, y: float) -> int:
        """所在单元格 — the cell of a point inside."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.owner[row * (len(self.xs) - 1) + column]

    def cells_by_row(self) -> Iterator[list[tuple[int, int, int, int]]]:
        """逐行的单元格 — from the top row down: (cell, left edge, right edge, rows), each cell in its first row."""
        width = len(self.xs) - 1
        extent: dict[int, list[int]] = {}
        for field, cell in enumerate(self.owner):
            row, column = divmod(field, width)
            box = extent.setdefault(cell, [column, column, row, row])
            box[0], box[1] = min(box[0], column), max(box[1], column)
            box[2], box[3] = min(box[2], row), max(box[3], row)
        by_top: dict[int, list[tuple[int, int, int, int]]] = defaultdict(list)
        for cell, (left, right, bottom, top) in extent.items():
            by_top[top].append((cell, left, right + 1, top - bottom + 1))
        for row in range(len(self.ys) - 2, -1, -1):
            yield sorted(by_top[row], key=lambda cell: cell[1])


def rulings(page: pypdfium2.PdfPage, turn: Turn) -> list[Ruling]:
    """页上的线 — level and upright lines, thin boxes and the sides of drawn boxes; turned like the text.

    Boxes that are only filled are shading: their sides count only on a page without lines.
    """
    drawn: list[Ruling] = []
    shaded: list[Ruling] = []
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = path.get_bounds()
        (x0, y0), (x1, y1) = turned(left, bottom, turn), turned(right, top, turn)
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if is_thin(box):
            drawn.append(box)
        else:
            fill, stroke = c_int(), c_int()
            raw.FPDFPath_GetDrawMode(path.raw, byref(fill), byref(stroke))
            (drawn if stroke.value else shaded).extend(_sides(path, box, turn))
        if len(drawn) + len(shaded) > TOO_MANY:
            break
    return walls(drawn, shaded)


def walls(drawn: list[Ruling], shaded: list[Ruling]) -> list[Ruling]:
    """墙线 — the lines that can part cells: drawn ones, else the sides of what is shaded; none of a drawing."""
    if len(drawn) + len(shaded) > TOO_MANY:
        return []
    return [line for line in drawn or shaded if max(line[2] - line[0], line[3] - line[1]) >= _SHORT]


def is_thin(box: Ruling) -> bool:
    """细 — whether a box is a line."""
    return box[2] - box[0] < _THIN or box[3] - box[1] < _THIN


def _sides(path: pypdfium2.PdfObject, box: Ruling, turn: Turn) -> list[Ruling]:
    """The straight pieces of a path; of a plain box its four sides."""
    pieces = raw.FPDFPath_CountSegments(path.raw)
    if pieces <= 5:
        x0, y0, x1, y1 = box
        return [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
    matrix, x, y = path.get_matrix(), c_float(), c_float()
    sides: list[Ruling] = []
    last = start = (0.0, 0.0)
    for index in range(min(pieces, TOO_MANY)):
        piece = raw.FPDFPath_GetPathSegment(path.raw, index)
        raw.FPDFPathSegment_GetPoint(piece, byref(x), byref(y))
        across, up = matrix.on_point(x.value, y.value)
        point = turned(across, up, turn)
        kind = raw.FPDFPathSegment_GetType(piece)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            sides += level_or_upright(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(piece):
            sides += level_or_upright(last, start)
            last = start
    return sides


def level_or_upright(one: tuple[float, float], other: tuple[float, float]) -> list[Ruling]:
    """横线或竖线 — the line between two points, none where it slants."""
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return [(x0, y0, x1, y1)] if x1 - x0 < _THIN or y1 - y0 < _THIN else []


def frames(source: str, lines: list[Ruling], limits: Limits) -> list[Frame]:
    """框 — the lattices of a page, one for each set of lines that touch, from the top down; one column is none."""
    level = _merged([(y0, y1, x0, x1) for x0, y0, x1, y1 in lines if y1 - y0 < _THIN <= x1 - x0])
    upright = _merged([(x0, x1, y0, y1) for x0, y0, x1, y1 in lines if x1 - x0 < _THIN <= y1 - y0])
    found = []
    for across, down in _touching(level, upright):
        xs, ys = _edges([x for x, _, _ in down]), _edges([y for y, _, _ in across])
        if len(xs) < 3 or len(ys) < 2:
            continue
        ys = _open_ended(ys, [start for _, start, _ in down], [end for _, _, end in down])
        check_columns(source, len(xs) - 1, limits)
        check_rows(source, len(ys) - 1, limits)
        found.append(Frame(xs, ys, _owners(xs, ys, across, down)))
    return sorted(found, key=lambda frame: -frame.ys[-1])


Wall = tuple[float, float, float]
"""墙 — where it stands, from, to."""


def _merged(walls: list[tuple[float, float, float, float]]) -> list[Wall]:
    """Lines that stand at nearly the same place and overlap or nearly meet become one."""
    by_place: list[tuple[float, list[tuple[float, float]]]] = []
    for low, high, start, end in sorted(walls):
        place = (low + high) / 2
        if by_place and place - by_place[-1][0] < _NEAR:
            by_place[-1][1].append((start, end))
        else:
            by_place.append((place, [(start, end)]))
    merged: list[Wall] = []
    for place, stretches in by_place:
        stretches.sort()
        start, end = stretches[0]
        for low, high in stretches[1:]:
            if low <= end + _NEAR:
                end = max(end, high)
            else:
                merged.append((place, start, end))
                start, end = low, high
        merged.append((place, start, end))
    return merged


def _touching(level: list[Wall], upright: list[Wall]) -> list[tuple[list[Wall], list[Wall]]]:
    """Groups of lines that reach one another."""
    group = list(range(len(level) + len(upright)))

    def root(item: int) -> int:
        while group[item] != item:
            group[item] = group[group[item]]
            item = group[item]
        return item

    for h, (y, left, right) in enumerate(level):
        for v, (x, bottom, top) in enumerate(upright, len(level)):
            if left - _NEAR <= x <= right + _NEAR and bottom - _NEAR <= y <= top + _NEAR:
                group[root(v)] = root(h)
    groups: dict[int, tuple[list[Wall], list[Wall]]] = defaultdict(lambda: ([], []))
    for h, wall in enumerate(level):
        groups[root(h)][0].append(wall)
    for v, wall in enumerate(upright, len(level)):
        groups[root(v)][1].append(wall)
    return list(groups.values())


def _edges(places: list[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] >= _NEAR:
            edges.append(place)
    return edges


def _open_ended(ys: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """A table cut by the end of a page has no line there, but its upright lines go on."""
    below = [min(starts)] if sum(ys[0] - start > _ROW for start in starts) > 1 else []
    above = [max(ends)] if sum(end - ys[-1] > _ROW for end in ends) > 1 else []
    return [*below, *ys, *above]


def _owners(xs: list[float], ys: list[float], across: list[Wall], down: list[Wall]) -> list[int]:
    """For each field of the lattice the number of its cell: neighbours without a wall between them are one cell."""
    width, height = len(xs) - 1, len(ys) - 1
    walls_up = _walled(xs, ys, down)
    walls_level = _walled(ys, xs, across)
    owner = list(range(width * height))

    def root(field: int) -> int:
        while owner[field] != field:
            owner[field] = owner[owner[field]]
            field = owner[field]
        return field

    for row in range(height):
        for column in range(width):
            field = row * width + column
            if column + 1 < width and (column + 1, row) not in walls_up:
                owner[root(field + 1)] = root(field)
            if row + 1 < height and (row + 1, column) not in walls_level:
                owner[root(field + width)] = root(field)
    return [root(field) for field in range(width * height)]


def _walled(places: list[float], along: list[float], walls: list[Wall]) -> set[tuple[int, int]]:
    """(edge, stretch) pairs that a wall covers at the middle of the stretch."""
    covered: set[tuple[int, int]] = set()
    middles = [(low + high) / 2 for low, high in pairwise(along)]
    for place, start, end in walls:
        edge = min(range(len(places)), key=lambda at: abs(places[at] - place))
        covered.update((edge, at) for at, middle in enumerate(middles) if start - _NEAR <= middle <= end + _NEAR)
    return covered
