"""OFD 的页 — the characters and ruling lines of one page, in points, y upward, as those of a PDF (GB/T 33190).

The standard counts millimetres from the upper left corner. A text object gives the place of its first character and the
steps to the others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import islice, repeat

from lxml import etree

from gongkai.documents.pdf_lines import TOO_MANY, Ruling, is_thin, level_or_upright, walls
from gongkai.documents.pdf_signs import Sign

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_POINTS = 72 / 25.4
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ASCENT, _DESCENT = 0.86, 0.14
_HALF_WIDTH = 0.5
_GROUPS = {"Layer", "PageBlock", "Content"}
_STEP = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_DEEPEST = 20
_MOST_STEPS = 1_000_000


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """方框 — left, top, width, height as an attribute or element gives them; None for what is none."""
    numbers = _numbers(text)
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) == 4 else None


class Page:
    """页 — what is drawn on one page, its templates included."""

    def __init__(self, height: float, tick: Callable[[], None]) -> None:
        self.signs: list[Sign] = []
        self._height, self._tick = height, tick
        self._drawn: list[Ruling] = []
        self._shaded: list[Ruling] = []

    @property
    def rulings(self) -> list[Ruling]:
        """页上的线 — drawn lines, else the sides of shaded boxes; none where there are so many that it is a picture."""
        return walls(self._drawn, self._shaded)

    def add(self, root: etree._Element) -> None:
        """加上 — the objects of a page or a template, in their order."""
        pending = [(root, 0)]
        while pending:
            element, depth = pending.pop()
            name = _local(element)
            if name == "TextObject":
                self._tick()
                self._text(element)
            elif name == "PathObject":
                self._tick()
                self._path(element)
            elif depth < _DEEPEST and (name in _GROUPS or element is root):
                pending += [(inner, depth + 1) for inner in reversed(element)]

    def _placed(self, element: etree._Element) -> Callable[[float, float], Point]:
        """From the space of an object to points of the page."""
        left, top, _, _ = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        numbers = _numbers(element.get("CTM"))
        a, b, c, d, e, f = numbers if len(numbers) == 6 else _IDENTITY

        def place(x: float, y: float) -> Point:
            return (left + a * x + c * y + e) * _POINTS, (self._height - (top + b * x + d * y + f)) * _POINTS

        return place

    def _text(self, element: etree._Element) -> None:
        size = _number(element.get("Size"), 0.0)
        if not size or element.get("Visible") == "false":
            return
        place = self._placed(element)
        wide = size * _number(element.get("HScale"), 1.0)
        x = y = 0.0
        for code in element.iterchildren("{*}TextCode"):
            x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
            text = (code.text or "").strip("\r\n\t")
            across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
            upright = code.get("DeltaX") is None and code.get("DeltaY") is not None
            for sign in text:
                right = _advance(sign) * wide
                self._sign(sign, place, (x, y), (right, size))
                x += next(across, 0.0 if upright else right)
                y += next(down, 0.0)

    def _sign(self, sign: str, place: Callable[[float, float], Point], at: Point, size: Point) -> None:
        (x, y), (wide, high) = at, size
        (x0, y0), (x1, y1) = place(x, y - _ASCENT * high), place(x + wide, y + _DESCENT * high)
        if all(map(math.isfinite, (x0, y0, x1, y1))):
            box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            self.signs.append(Sign(sign, *box, sign.isspace()))

    def _path(self, element: etree._Element) -> None:
        if element.get("Visible") == "false" or len(self._drawn) + len(self._shaded) > TOO_MANY:
            return
        data = next(element.iterchildren("{*}AbbreviatedData"), None)
        place = self._placed(element)
        pieces = list(islice(_pieces("" if data is None else data.text or "", place), TOO_MANY + 1))
        ends = [point for piece in pieces for point in piece]
        if not ends:
            return
        xs, ys = zip(*ends, strict=True)
        box = (min(xs), min(ys), max(xs), max(ys))
        stroked = element.get("Stroke", "true") != "false"
        if is_thin(box):
            self._drawn.append(box)
        else:
            (self._drawn if stroked else self._shaded).extend(
                line for one, other in pieces for line in level_or_upright(one, other)
            )


def _pieces(data: str, place: Callable[[float, float], Point]) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path; curves move its pen."""
    steps = _STEP.finditer(data)
    pen = start = place(0.0, 0.0)
    for step in steps:
        name = step[0]
        numbers = [float(found[0]) for found in islice(steps, _TAKES.get(name, 0)) if not found[0].isalpha()]
        if name not in _TAKES or len(numbers) < _TAKES[name] or not all(map(math.isfinite, numbers)):
            return
        to = place(*numbers[-2:]) if numbers else start
        if name in ("L", "C"):
            yield pen, to
        elif name in ("M", "S"):
            start = to
        pen = to


def _steps(deltas: str | None) -> Iterator[float]:
    """The steps between characters; `g 3 2.5` stands for three of 2.5. Made one by one: the count is the file's own."""
    words = iter((deltas or "").split())
    for word in words:
        if word == "g":
            times, step = _number(next(words, None), 0.0), _number(next(words, None), 0.0)
            yield from repeat(step, min(max(0, int(times)), _MOST_STEPS))
        else:
            yield _number(word, 0.0)


def _advance(sign: str) -> float:
    return _HALF_WIDTH if sign < "\u0100" else 1.0


def _numbers(text: str | None) -> list[float]:
    numbers = [_number(word, math.nan) for word in (text or "").split()]
    return numbers if all(map(math.isfinite, numbers)) else []


def _number(text: str | None, otherwise: float) -> float:
    try:
        number = float(text or "")
    except ValueError:
        return otherwise
    return number if math.isfinite(number) else otherwise


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
