"""OFD 里画出来的字 — rows of small drawings, which may be figures that no text object holds (条例 第十七条).

Rulings are thin or long, boxes are rectangles; what is left, one beside the other and not all alike, may be a writing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from gongkai.documents.ofd_page import box_of

_SMALLEST, _LARGEST = 0.8, 15.0
"""Millimetres that a sign is high or wide at most; at least it is so high."""
_LEAST_SIGNS, _LEAST_KINDS = 8, 3
_SAME_LINE = 0.5
_MOST_SHAPES = 20_000
_SHAPE = re.compile(r"[MS][^MS]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_CORNERS = 4


class _Shape(NamedTuple):
    """What a pen draws in one go: where it stands, and how it looks."""

    left: float
    middle: float
    height: float
    look: str


def rows(root: etree._Element) -> int:
    """有几排 — how many rows of drawings of a page may be a writing (条例 第十七条)."""
    shapes = sorted(_shapes(root), key=lambda shape: shape.middle)
    count, row = 0, shapes[:1]
    for before, shape in pairwise(shapes):
        if shape.middle - before.middle > _SAME_LINE * before.height:
            count += _is_writing(row)
            row = []
        row.append(shape)
    return count + _is_writing(row)


def _is_writing(row: list[_Shape]) -> bool:
    return len({round(shape.left) for shape in row}) >= _LEAST_SIGNS and len({one.look for one in row}) >= _LEAST_KINDS


def _shapes(root: etree._Element) -> Iterator[_Shape]:
    seen = 0
    for thing in root.iter("{*}PathObject"):
        data = next(thing.iterchildren("{*}AbbreviatedData"), None)
        left, top, _, _ = box_of(thing.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        for drawn in _SHAPE.findall((data.text if data is not None else "") or ""):
            seen += 1
            if seen > _MOST_SHAPES:
                return
            if shape := _shape(drawn, left, top):
                yield shape


def _shape(drawn: str, left: float, top: float) -> _Shape | None:
    numbers = [float(number) for number in _NUMBER.findall(drawn)]
    xs, ys = numbers[::2], numbers[1::2]
    if len(xs) != len(ys) or len(xs) < 2:
        return None
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    is_box = len(set(zip(xs, ys, strict=True))) <= _CORNERS and len(set(xs)) == len(set(ys)) == 2 and "C" in drawn
    if is_box or not _SMALLEST <= high <= _LARGEST or wide > _LARGEST:
        return None
    look = " ".join(f"{x - xs[0]:.1f},{y - ys[0]:.1f}" for x, y in zip(xs, ys, strict=True))
    return _Shape(left + min(xs), top + (max(ys) + min(ys)) / 2, high, look)
