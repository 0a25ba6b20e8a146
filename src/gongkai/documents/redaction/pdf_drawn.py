"""画出来的字 — whether the signs of a page draw what its text says: fonts may give them any name (条例 第十五条).

Each sign is cut from its page, once for all that look alike. Those with as few strokes as a figure are read by eye, and
a page on which figures stand under other names is told. What is read is never trusted in place of the text: the whole
page is looked at as a picture beside it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageOps
from pypdfium2 import raw

from gongkai.documents.limits import Limits
from gongkai.documents.redaction import pictured
from gongkai.documents.showing import How
from gongkai.documents.showing.pdf import UNSAID, Sign, without
from gongkai.text.personal_data.signs import ALL

_SCALE, _MOST_PIXELS = 5.0, 30_000_000
_INK = 110
_GRID, _OFF, _MOST_OFF, _WIDER = (12, 16), 100, 12, 0.25
"""Two cuts are one sign where, made so small, they differ much in no more than so many dots."""
_STROKES, _MANY_STROKES = 3, 10
"""No straight line crosses a figure more often; none crosses one sign as often as the other."""
_MOST_SHAPES = 1_500
_TIMES, _HIGH, _PAD, _GAP, _STOUT = 4, 36, 6, 8, 1.6
_SURE, _MOSTLY = 0.9, 3
_LEVEL = 0.1
_LOW, _TALL, _NARROW = -0.3, 1.0, 0.2
_RUN, _APART, _SAME_LINE = 7, 1, 0.4
_SMALL, _SMALL_MARK = 0.55, 0.75
"""So many figures in a row, no more than so many other signs between two, none smaller than so much of the
highest: a comma is a small 9."""
_DEEP = 15
_FIGURES = "0123456789X"


class _Shape:
    """One drawing: its dots in small, its proportion, the cut, and which figure it was read for."""

    __slots__ = ("cut", "dots", "figure", "strokes", "wide")

    def __init__(self, dots: bytes, cut: Image.Image) -> None:
        self.dots, self.cut, self.wide = dots, cut, cut.width / cut.height
        self.figure, self.strokes = "", _strokes(cut)

    @property
    def is_slash(self) -> bool:
        """Whether it stands in two corners alone: a stroke in a date is often read for a 1."""
        wide, high = _GRID
        rows = [self.dots[start : start + wide] for start in range(0, len(self.dots), wide)]
        corners = [row[: wide // 3] for row in rows[: high // 3]] + [
            row[-(wide // 3) :] for row in rows[-(high // 3) :]
        ]
        return max(map(max, corners)) < _OFF

    def is_like(self, dots: bytes, wide: float) -> bool:
        if abs(self.wide - wide) > _WIDER * max(self.wide, wide):
            return False
        return sum(abs(one - other) > _OFF for one, other in zip(self.dots, dots, strict=True)) <= _MOST_OFF


class _Mark(NamedTuple):
    """A sign on a page: its text, the turn of its line, how far along that and across, how high its ink, its shape."""

    text: str
    turn: int
    along: float
    across: float
    high: float
    shape: _Shape


class Drawn:
    """所画 — keeps what the signs of a file look like, page by page."""

    def __init__(self, source: str, limits: Limits) -> None:
        self._source, self._limits = source, limits
        self._shapes: dict[str, list[_Shape]] = {}
        self._count = 0
        self._pages: dict[int, list[_Mark]] = {}
        self._strange: set[int] = set()

    def take(self, at: int, page: pypdfium2.PdfPage, signs: Sequence[Sign]) -> None:
        """收一页 — cut the signs that are seen on page `at`."""
        seen = [sign for sign in signs if sign.thing and sign.how is not How.HIDDEN and not sign.text.isspace()]
        if not seen:
            return
        width, height = page.get_size()
        scale = min(_SCALE, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
        ink = _ink(page, scale)
        for sign in seen:
            cut = _cut(ink, sign, scale)
            if cut is None or sign.text == UNSAID:
                continue
            shape = self._shape(sign.text, cut)
            if shape is None:
                self._strange.add(at)
                continue
            (along, across), turn = _in_line(sign), round(sign.turn / _LEVEL)
            self._pages.setdefault(at, []).append(_Mark(sign.text, turn, along, across, cut.height / scale, shape))

    def _shape(self, text: str, cut: Image.Image) -> _Shape | None:
        """None where it cannot be one sign, or where there are too many to be read."""
        dots, wide = cut.resize(_GRID, Image.Resampling.BOX).tobytes(), cut.width / cut.height
        known = self._shapes.setdefault(text, [])
        for shape in known:
            if shape.is_like(dots, wide):
                return shape
        if _strokes(cut) > _MANY_STROKES or self._count >= _MOST_SHAPES:
            return None
        self._count += 1
        known.append(_Shape(dots, cut))
        return known[-1]

    def untrue(self) -> set[int]:
        """不符的页 — find those that show figures where their text says other signs. NotSeenError: not read."""
        asked = [shape for known in self._shapes.values() for shape in known if shape.strokes <= _STROKES]
        if asked:
            said = pictured.rows(self._source, _sheet([shape.cut for shape in asked]), self._limits)
            for shape, (text, confidence) in zip(asked, said, strict=True):
                shape.figure = "" if shape.is_slash else _figure(text, confidence)
        return self._strange | {at for at, marks in self._pages.items() if _is_untrue(marks)}


def _ink(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Where the text of a page leaves ink, whatever its colour: it hides a light ground as it hides a dark one."""
    others = [
        thing.raw
        for thing in page.get_objects(max_depth=_DEEP)
        if thing.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
    ]
    with without(others):
        light, dark = (
            page.render(scale=scale, grayscale=True, fill_color=(level, level, level, 255)).to_pil().convert("L")
            for level in (255, 0)
        )
    return ImageChops.invert(ImageChops.difference(light, dark))


def _cut(ink: Image.Image, sign: Sign, scale: float) -> Image.Image | None:
    """The ink of one sign, upright; None for none."""
    quarters = sign.turn / (math.pi / 2)
    if abs(quarters - round(quarters)) < _LEVEL:
        left, top = (max(0, int(edge * scale)) for edge in sign.box[:2])
        right, bottom = (min(most, math.ceil(edge * scale)) for most, edge in zip(ink.size, sign.box[2:], strict=True))
        if left >= right or top >= bottom:
            return None
        part = ink.crop((left, top, right, bottom))
        part = part.rotate(-90 * (round(quarters) % 4), expand=True) if round(quarters) % 4 else part
    else:
        part = _leaning(ink, sign, scale)
    box = part.point(lambda level: 255 if level >= _INK else 0).getbbox()
    return part.crop(box) if box else None


def _leaning(ink: Image.Image, sign: Sign, scale: float) -> Image.Image:
    """The cell of a sign in a line that is neither level nor upright."""
    wide, high = max(sign.advance, sign.size * _NARROW), sign.size * (_TALL - _LOW)
    along, down = (math.cos(sign.turn), -math.sin(sign.turn)), (math.sin(sign.turn), math.cos(sign.turn))
    left, top = (
        start * scale - edge * sign.size * _TALL * scale for start, edge in zip(sign.origin, down, strict=True)
    )
    size = max(1, int(wide * scale)), max(1, int(high * scale))
    steps = along[0], down[0], left, along[1], down[1], top
    return ink.transform(size, Image.Transform.AFFINE, steps, Image.Resampling.BILINEAR)


def _in_line(sign: Sign) -> tuple[float, float]:
    """How far along the line on which a sign stands, and how far that line is from the corner of the page."""
    (left, top, right, bottom), (x, y) = sign.box, sign.origin
    along = (left + right) / 2 * math.cos(sign.turn) - (top + bottom) / 2 * math.sin(sign.turn)
    return along, x * math.sin(sign.turn) + y * math.cos(sign.turn)


def _strokes(cut: Image.Image) -> int:
    """How many strokes a level or an upright line crosses at most."""
    dots = cut.point(lambda level: 255 if level >= _INK else 0)
    return max(_most_strokes(dots), _most_strokes(dots.transpose(Image.Transpose.TRANSPOSE)))


def _most_strokes(dots: Image.Image) -> int:
    packed, wide = dots.tobytes(), dots.width
    return max(len(re.findall(rb"\xff+", packed[start : start + wide])) for start in range(0, len(packed), wide))


def _sheet(cuts: Sequence[Image.Image]) -> bytes:
    """A row for each, black on white, several times the same."""
    row = _HIGH + 2 * _PAD
    widest = round(_HIGH * _STOUT)
    sheet = Image.new("L", (_TIMES * (widest + _GAP) + 2 * _PAD + _GAP, row * len(cuts)), 255)
    for at, cut in enumerate(cuts):
        wide = min(widest, max(2, round(cut.width * _HIGH / cut.height)))
        sign = ImageOps.invert(cut).resize((wide, _HIGH), Image.Resampling.LANCZOS)
        for time in range(_TIMES):
            sheet.paste(sign, (_PAD + _GAP + time * (wide + _GAP), at * row + _PAD))
    out = BytesIO()
    sheet.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _figure(text: str, confidence: float) -> str:
    """The figure that a row shows, "" for another sign."""
    signs = text.replace(" ", "").upper()
    for figure in _FIGURES:
        if confidence >= _SURE and signs.count(figure) >= _MOSTLY and len(signs) <= 2 * _TIMES:
            return figure
    return ""


def _is_untrue(marks: Sequence[_Mark]) -> bool:
    """Figures under other names: in a row of figures, in a column of them, or many anywhere."""
    lies = [mark.shape.figure for mark in marks if _is_a_word(mark.text) and not _is_named(mark)]
    if len(lies) >= _RUN and len(set(lies)) > 1:
        return True
    lines = _lines(marks, lambda mark: mark.across, lambda mark: mark.along)
    columns = _lines(marks, lambda mark: mark.along, lambda mark: mark.across)
    return any(_has_other_names(run) for line in (*lines, *columns) for run in _runs(line))


def _lines(
    marks: Sequence[_Mark], across: Callable[[_Mark], float], along: Callable[[_Mark], float]
) -> Iterator[list[_Mark]]:
    """Marks that stand in one line, in their order."""
    line: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.turn, across(mark))):
        if line and (mark.turn != line[0].turn or across(mark) - across(line[0]) > _SAME_LINE * line[0].high):
            yield sorted(line, key=along)
            line = []
        line.append(mark)
    yield sorted(line, key=along)


def _runs(line: Sequence[_Mark]) -> Iterator[list[_Mark]]:
    """Figures that stand together."""
    highest = max((mark.high for mark in line if mark.shape.figure), default=0.0)
    run: list[_Mark] = []
    others = 0
    for mark in line:
        if mark.shape.figure and mark.high >= highest * (_SMALL if mark.text.isalnum() else _SMALL_MARK):
            run.append(mark)
            others = 0
        elif (others := others + 1) > _APART:
            yield run
            run = []
    yield run


def _has_other_names(run: Sequence[_Mark]) -> bool:
    figures = {mark.shape.figure for mark in run}
    return len(run) >= _RUN and len(figures) > 1 and not all(_is_named(mark) for mark in run)


def _is_named(mark: _Mark) -> bool:
    """Whether a mark is no figure, or its name is one under which the figure is looked for."""
    return not mark.shape.figure or mark.text.translate(ALL) == mark.shape.figure


def _is_a_word(name: str) -> bool:
    """Letters of other scripts than Chinese are often drawn like figures: g, b, D."""
    return name.isalpha() and not name.isascii()
