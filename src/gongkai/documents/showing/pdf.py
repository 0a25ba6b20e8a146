"""PDF 给人看什么 — which signs of a page a reader sees, proved with pixels (条例 第十七条).

There are too many ways to hide a sign: a mode, a clip, a layer, a box drawn later, the colour of the ground. So the
page is drawn three times: as it is, without its text, and its text alone. A sign whose place looks the same without the
text is not seen, whatever the reason; one of which less than half is left is covered.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_uint, c_void_p, cast
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.pdf_pages import pages
from gongkai.documents.showing import How, Run, Why
from gongkai.documents.showing.pdf_place import Box, Placed

UNSAID = "\ufffd"
"""A sign of which the file says nowhere what it means: only the page shows it."""
_LONG_SIDE = 2_000
_MOST_SCALE = 2.5
_LEAST_CONTRAST = 16
"""Of 255, in the colour that differs most: less is not seen on paper."""
_LEAST_SHARE = 0.5
_LEAST_SIZE = 2.0
_NO_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_CLEAR = 24
_MOST_CONTESTED = 60
_SAME_PLACE, _TOUCHING = 0.6, 0.2
_GROUNDS = ((255, 255, 255, 255), (1, 1, 1, 255))
_SMALLER, _HIGHER = 0.87, 0.15
_DIGIT_HIGH, _LEANS = 0.8, 0.35
_MIDDLE = (0.3, 0.7)
_THIN = 0.15
_CELL = 24.0
_DEEP = 15


class Sign(NamedTuple):
    """字 — one sign of a page: its number in the text of the page, how and why, its box and size, its turn
    as it is seen in radians counter-clockwise, `origin` on its line, `advance` to the next.

    `thing`: which object of the page draws it, 0 for a sign that is only inferred (a blank, a line end).
    """

    text: str
    at: int
    how: How
    why: Why | None
    box: Box
    size: float = 0.0
    turn: float = 0.0
    thing: int = 0
    origin: tuple[float, float] = (0.0, 0.0)
    advance: float = 0.0


def runs(source: str, data: bytes, limits: Limits = LIMITS) -> Iterator[Run]:
    """文字 — of every page in the order of its text; DocumentError where the file cannot be read (条例 第十七条)."""
    for _, page in pages(source, data, limits):
        yield from _runs(signs(page))


def _runs(found: Iterable[Sign]) -> Iterator[Run]:
    text, state = "", (How.SEEN, None)
    for sign in found:
        now: Any = (sign.how, sign.why)
        if now != state and text:
            yield Run(text, *state)
            text = ""
        text, state = text + sign.text, now
    if text:
        yield Run(f"{text}\n", *state)


def signs(page: pypdfium2.PdfPage) -> list[Sign]:
    """页上的字 — one for each number of the page's text, in its order, seen or not."""
    text_page = page.get_textpage()
    try:
        found, things = _read(page, text_page)
    finally:
        text_page.close()
    if not things:
        return found
    proof = _Proof(page, things)
    found = [_judged(sign, proof, things) for sign in found]
    found = _without_repeats(found)
    found = _contested(found, proof, things)
    return _styled(_blanks(found), _strokes(page))


def _read(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> tuple[list[Sign], dict[int, Any]]:
    handle, things, lent = text_page.raw, {}, {}
    found = []
    place = Placed(page)
    turned = math.radians(page.get_rotation())
    for at in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(handle, at)
        # One sign for one number, so that a place in the text is a place on the page.
        text = chr(code) if 0 < code < 0x110000 else "\u200b"
        if raw.FPDFText_HasUnicodeMapError(handle, at) == 1:
            text = UNSAID
        thing = raw.FPDFText_GetTextObject(handle, at)
        key = cast(thing, c_void_p).value or 0
        if raw.FPDFText_IsGenerated(handle, at) or not key:
            found.append(Sign(text, at, How.SEEN, None, (0, 0, 0, 0)))
            continue
        if key not in things:
            things[key] = thing
            lent[key] = not raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(thing))
        box = place.box(handle, at)
        scale, slope = place.stretch(handle, at)
        size, turn = raw.FPDFText_GetFontSize(handle, at) * scale, slope - turned
        origin, advance = place.stance(handle, at)
        if lent[key]:
            box = _with_cell(box, origin, advance, turn)
        found.append(Sign(text, at, How.SEEN, None, box, size, turn, key, origin, advance))
    return found, things


def _with_cell(box: Box, origin: tuple[float, float], advance: float, turn: float) -> Box:
    """A sign of a font that the file does not bring is drawn with another's letter, somewhere in the room it has."""
    end = origin[0] + advance * math.cos(turn), origin[1] - advance * math.sin(turn)
    across, down = (box[0], box[2], origin[0], end[0]), (box[1], box[3], origin[1], end[1])
    return min(across), min(down), max(across), max(down)


class Drawing(NamedTuple):
    """画出的页 — its pixels row by row, bytes a row, colours a pixel, pixels a point."""

    pixels: bytes
    stride: int
    colours: int
    scale: float
    width: int
    height: int

    def rows(self, box: Box) -> list[bytes]:
        """一块 — the bytes of a box, row by row; what is off the page is left out."""
        left, top = max(0, int(box[0] * self.scale) - 1), max(0, int(box[1] * self.scale) - 1)
        right, bottom = min(self.width, int(box[2] * self.scale) + 2), min(self.height, int(box[3] * self.scale) + 2)
        if left >= right:
            return []
        start, end = left * self.colours, right * self.colours
        return [self.pixels[row * self.stride + start : row * self.stride + end] for row in range(top, bottom)]


def drawing(page: pypdfium2.PdfPage, ground: tuple[int, int, int, int] = _GROUNDS[0]) -> Drawing:
    """画一页 — as it is seen, on white."""
    scale = min(_MOST_SCALE, _LONG_SIDE / max(1.0, *page.get_size()))
    bitmap = page.render(scale=scale, fill_color=ground)
    return Drawing(bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels, scale, bitmap.width, bitmap.height)


@contextmanager
def without(things: Iterable[Any]) -> Iterator[None]:
    """不画这些 — the objects are not drawn meanwhile."""
    away = [thing for thing in things if raw.FPDFPageObj_SetIsActive(thing, 0)]
    try:
        yield
    finally:
        for thing in away:
            raw.FPDFPageObj_SetIsActive(thing, 1)


class _Proof:
    """The page as it is, without its text, and the text alone, on a light and on a dark ground."""

    def __init__(self, page: pypdfium2.PdfPage, things: dict[int, Any]) -> None:
        self.page = page
        self.shown = drawing(page)
        with without(things.values()):
            self.bare = drawing(page)
        self._others = [
            thing.raw
            for thing in page.get_objects(max_depth=_DEEP)
            if thing.type not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)
        ]
        self.alone = self._alone(())

    def _alone(self, away: Iterable[Any]) -> list[Drawing]:
        with without([*self._others, *away]):
            return [drawing(self.page, ground) for ground in _GROUNDS]

    def share(self, box: Box) -> float:
        """Of the ink that a sign would have, how much is seen."""
        return self._share(box, self.bare, self.alone)

    def share_of(self, boxes: Sequence[Box], key: int, things: dict[int, Any]) -> list[float]:
        """The same for the signs of one object, whose places others share."""
        with without([things[key]]):
            bare = drawing(self.page)
        alone = self._alone(thing for other, thing in things.items() if other != key)
        return [self._share(box, bare, alone) for box in boxes]

    def _share(self, box: Box, bare: Drawing, alone: Sequence[Drawing]) -> float:
        shown, ground = b"".join(self.shown.rows(box)), b"".join(bare.rows(box))
        if shown == ground or not shown:
            return 0.0
        if max(map(abs, map(operator.sub, shown, ground))) < _LEAST_CONTRAST:
            return 0.0
        given = 0
        for drawn, (level, *_) in zip(alone, _GROUNDS, strict=True):
            part = b"".join(drawn.rows(box))
            given = max(given, len(part) - part.count(level))
        seen = sum(map(operator.ne, shown, ground))
        return float(seen) / max(1, given)


def _judged(sign: Sign, proof: _Proof, things: dict[int, Any]) -> Sign:
    if not sign.thing or sign.text.isspace():
        return sign
    why = _switched_off(sign, proof, things[sign.thing])
    if why is None and proof.share(sign.box) < _LEAST_SHARE:
        why = Why.COLOUR if _is_ground(sign, proof, things[sign.thing]) else Why.COVERED
    return sign if why is None else sign._replace(how=How.HIDDEN, why=why)


def _switched_off(sign: Sign, proof: _Proof, thing: Any) -> Why | None:
    """What the file itself says of the sign."""
    if raw.FPDFTextObj_GetTextRenderMode(thing) in _NO_INK:
        return Why.RUN
    left, top, right, bottom = sign.box
    width, height = proof.shown.width / proof.shown.scale, proof.shown.height / proof.shown.scale
    if right <= 0 or bottom <= 0 or left >= width or top >= height:
        return Why.OFF_PAGE
    if sign.size < _LEAST_SIZE and max(right - left, bottom - top) < _LEAST_SIZE:
        return Why.SIZE
    return Why.COLOUR if _colour(thing)[3] < _CLEAR else None


def _colour(thing: Any) -> tuple[int, int, int, int]:
    levels = [c_uint(), c_uint(), c_uint(), c_uint()]
    ask = raw.FPDFPageObj_GetFillColor
    if raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_STROKE:
        ask = raw.FPDFPageObj_GetStrokeColor
    if not ask(thing, *map(byref, levels)):
        return 0, 0, 0, 255
    red, green, blue, clear = (level.value for level in levels)
    return red, green, blue, clear


def _is_ground(sign: Sign, proof: _Proof, thing: Any) -> bool:
    rows = proof.bare.rows(sign.box)
    if not rows or proof.bare.colours < 3:
        return False
    red, green, blue, _ = _colour(thing)
    middle = rows[len(rows) // 2]
    return all(abs(one - other) < _LEAST_CONTRAST for one, other in zip(middle[:3], (blue, green, red), strict=True))


def _near(found: Sequence[Sign]) -> Iterator[tuple[int, int]]:
    """Pairs of drawn signs of different objects whose boxes share something, each pair once."""
    cells: dict[tuple[int, int], list[int]] = {}
    for at, sign in enumerate(found):
        left, top, right, bottom = sign.box
        if not sign.thing or right <= left or bottom <= top or (sign.how is How.HIDDEN and sign.why is Why.RUN):
            continue
        told = set()
        for across in range(int(left // _CELL), min(int(right // _CELL), int(left // _CELL) + 20) + 1):
            for down in range(int(top // _CELL), min(int(bottom // _CELL), int(top // _CELL) + 20) + 1):
                for other in cells.setdefault((across, down), []):
                    if other not in told and found[other].thing != sign.thing:
                        told.add(other)
                        yield other, at
                cells[across, down].append(at)


def _common(one: Box, other: Box) -> float:
    """Of the smaller box, the share that both have."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    if across <= 0 or down <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return across * down / max(1e-6, *sorted(areas)[:1])


def _without_repeats(found: list[Sign]) -> list[Sign]:
    """Bold letters are often printed twice, a hair apart: a reader sees one."""
    for first, second in _near(found):
        one, other = found[first], found[second]
        alike = one.text == other.text and one.how is other.how is How.SEEN and abs(one.size - other.size) < 1
        if alike and _common(one.box, other.box) >= _SAME_PLACE:
            found[second] = other._replace(how=How.HIDDEN, why=Why.COVERED)
    return found


def _contested(found: list[Sign], proof: _Proof, things: dict[int, Any]) -> list[Sign]:
    """Signs over one another: each object is judged by what the page loses without it."""
    at_odds: dict[int, set[int]] = {}
    for first, second in _near(found):
        one, other = found[first], found[second]
        if How.HIDDEN in (one.how, other.how) or _common(one.box, other.box) < _TOUCHING:
            continue
        at_odds.setdefault(one.thing, set()).add(first)
        at_odds.setdefault(other.thing, set()).add(second)
    for number, (key, numbers) in enumerate(at_odds.items()):
        order = sorted(numbers)
        told = number < _MOST_CONTESTED
        shares = proof.share_of([found[at].box for at in order], key, things) if told else [0.0] * len(order)
        for at, share in zip(order, shares, strict=True):
            if share < _LEAST_SHARE:
                found[at] = found[at]._replace(how=How.HIDDEN, why=Why.COVERED)
    return found


def _blanks(found: list[Sign]) -> list[Sign]:
    """Blanks have no ink: they go with the sign before them."""
    before = found[0] if found else None
    for at, sign in enumerate(found):
        if sign.thing and not sign.text.isspace():
            before = sign
        elif before is not None and before.how is How.HIDDEN and sign.text not in "\r\n":
            found[at] = sign._replace(how=How.HIDDEN, why=before.why)
    return found


def _strokes(page: pypdfium2.PdfPage) -> list[Box]:
    """Thin level lines and bars of the page."""
    place, lines = Placed(page), []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        left, bottom, right, top = thing.get_bounds()
        one, other = place.point(left, bottom), place.point(right, top)
        box = min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
        if box[3] - box[1] < 3 and box[2] - box[0] > 3:
            lines.append(box)
    return lines


def _styled(found: list[Sign], strokes: Collection[Box]) -> list[Sign]:
    """Struck through, or raised beside larger signs."""
    rows: dict[int, list[Box]] = {}
    for line in strokes:
        rows.setdefault(int(line[1] // _CELL), []).append(line)
    for at, sign in enumerate(found):
        if sign.how is not How.SEEN or not sign.thing or sign.text.isspace():
            continue
        if _is_struck(sign, rows):
            found[at] = sign._replace(how=How.STRUCK)
        elif _is_raised(sign, found[max(0, at - 3) : at + 4]):
            found[at] = sign._replace(how=How.RAISED)
    return found


def _is_struck(sign: Sign, rows: dict[int, list[Box]]) -> bool:
    left, top, right, bottom = sign.box
    high = max(bottom - top, sign.size * _DIGIT_HIGH)
    middle = (top + bottom) / 2
    for row in (int(middle // _CELL), int((middle - high / 2) // _CELL), int((middle + high / 2) // _CELL)):
        for line in rows.get(row, ()):
            through = abs((line[1] + line[3]) / 2 - middle) < high * (_MIDDLE[1] - 0.5)
            # A leaning sign reaches over the end of the line that goes through it.
            ends = line[0] <= left + 1 and line[2] >= right - max(1.0, (right - left) * _LEANS)
            if through and ends and line[3] - line[1] < high * _THIN + 0.5:
                return True
    return False


def _is_raised(sign: Sign, around: Sequence[Sign]) -> bool:
    larger = [one for one in around if one.thing and one.how is How.SEEN and one.size * _SMALLER > sign.size]
    left, top, right, bottom = sign.box
    for one in larger:
        beside = left < one.box[2] + one.size and one.box[0] < right + one.size
        off = (top + bottom) / 2 - (one.box[1] + one.box[3]) / 2
        if beside and _HIGHER * one.size < abs(off) < one.size:
            return True
    return False
