"""一页怎样重画 — a page as two things: the signs that a reader sees, and a picture of all the rest (条例 第十五条).

The signs are drawn again with fonts of our own; what is no understood sign stays a picture. Nothing of the page's own
content comes into the copy.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from ctypes import c_void_p, cast
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageStat
from pypdfium2 import raw

from gongkai.documents.redaction.pdf_glyphs import Fonts, Glyph
from gongkai.documents.redaction.pdf_line import Shown, written
from gongkai.documents.redaction.pdf_rules import drawn as drawn_again
from gongkai.documents.redaction.pdf_rules import points_of, rules
from gongkai.documents.showing import How
from gongkai.documents.showing.pdf import UNSAID, Sign, without
from gongkai.documents.showing.pdf_place import Box, Placed
from gongkai.text.hit import STAR
from gongkai.text.personal_data.signs import SHORTEST

_FINE, _MOST_FINE = 5.0, 40_000_000
_COARSE = 200 / 72
_MOST_COARSE = 20_000_000
_LEFT_OVER, _LEAST_LEFT_OVER = 96, 30
_INK, _HALF = 24, 0.5
_MARGIN = 0.06
_LEAST_SIZE = 0.5
_LETTERS, _MANY_SEGMENTS = 6, 6
_DEEP = 15
_FAINT, _AROUND = 3, 12
_LIGHT, _LEVEL = 128, 0.02
_NARROW, _BELOW, _ABOVE = 0.2, 0.15, 0.75


class Rest(NamedTuple):
    """其余的 — what a page shows beside its text: a picture, the share of the page that pictures cover, its corner;
    whether it looks like writing, or is of lines, which may be the strokes of figures and are quickly told from tables;
    and whether those lean, as the strokes of words do.
    """

    data: bytes
    share: float
    corner: tuple[int, int]
    is_written: bool
    slanted: bool = False


_OF_A_STROKE, _FEW_STROKES, _STROKE, _LEANING = 8, 5, 6.0, 0.15
"""Of how many parts a stroke is at most, how many are more than arrows, how long in points, how far off an edge."""
Paint = Callable[[Image.Image], Image.Image]
"""What is to be done with the picture behind the signs before it is kept."""


class Again(NamedTuple):
    """重画的页 — its size in points, the picture behind (None where there is nothing), and the content of its signs."""

    width: float
    height: float
    picture: Image.Image | None
    content: str


def things_of(page: pypdfium2.PdfPage) -> dict[int, Any]:
    """页上的文字和线 — the objects by their keys, as `Sign.thing` has them."""
    found = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP)
    return {cast(thing.raw, c_void_p).value or 0: thing.raw for thing in found}


_UNDRAWN = {
    *(raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_FILEATTACHMENT),
    *(raw.FPDF_ANNOT_SOUND, raw.FPDF_ANNOT_MOVIE, raw.FPDF_ANNOT_SCREEN, raw.FPDF_ANNOT_RICHMEDIA),
    raw.FPDF_ANNOT_THREED,
}


def plain(page: pypdfium2.PdfPage) -> pypdfium2.PdfPage:
    """去掉图标 — the page without the icons of notes: what fields, stamps and drawings show stays."""
    for at in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        raw.FPDFPage_CloseAnnot(note)
        if kind in _UNDRAWN:
            raw.FPDFPage_RemoveAnnot(page.raw, at)
    return page


def placed(page: pypdfium2.PdfPage, corners: Sequence[float]) -> Box:
    """位置 — a box of the file where it is seen, in points from the upper left corner."""
    one, other = Placed(page).point(*corners[:2]), Placed(page).point(*corners[2:])
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def inked(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """有东西的地方 — the box of all that is not one colour, with a little around it; None for an even picture."""
    ground = Image.new("RGB", picture.size, picture.getpixel((0, 0)))
    box = _difference(picture, ground).point(lambda level: 255 if level >= _FAINT else 0).getbbox()
    if box is None:
        return None
    left, top, right, bottom = box
    return (
        max(0, left - _AROUND),
        max(0, top - _AROUND),
        min(picture.width, right + _AROUND),
        min(picture.height, bottom + _AROUND),
    )


def understood(signs: Iterable[Sign]) -> set[int]:
    """看懂的文字对象 — those whose every sign is seen and says what it is."""
    seen: set[int] = set()
    not_all: set[int] = set()
    for sign in signs:
        if sign.thing and not sign.text.isspace():
            (seen if sign.how is not How.HIDDEN and _is_said(sign.text) else not_all).add(sign.thing)
    return seen - not_all


def _is_said(text: str) -> bool:
    return text.isprintable() and text != UNSAID and not "\ue000" <= text <= "\uf8ff" and text < "\U000f0000"


def rest(page: pypdfium2.PdfPage, away: Collection[int]) -> Image.Image:
    """其余的 — a picture of the page without those text objects."""
    return _picture(page, away, _COARSE, _MOST_COARSE)


def dots_a_point(page: pypdfium2.PdfPage, scale: float = _COARSE, most: int = _MOST_COARSE) -> float:
    """分辨率 — how many dots a point has in `rest` and in the picture behind the signs."""
    width, height = page.get_size()
    return float(min(scale, (most / max(1.0, width * height)) ** 0.5))


def _picture(page: pypdfium2.PdfPage, away: Collection[int], scale: float, most: int) -> Image.Image:
    fitted = dots_a_point(page, scale, most)
    things = things_of(page)
    with without(things[key] for key in away if key in things):
        drawn: Image.Image = page.render(scale=fitted, rev_byteorder=True).to_pil().convert("RGB")
    return drawn


def may_be_written(page: pypdfium2.PdfPage, away: Collection[int]) -> tuple[bool, float]:
    """可能有字 — whether what is left of a page could hold writing, and the share of the page that pictures cover."""
    width, height = page.get_size()
    covered, letters = 0.0, 0
    for thing in page.get_objects(max_depth=_DEEP):
        left, bottom, right, top = _bounds(thing)
        if thing.type in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif thing.type == raw.FPDF_PAGEOBJ_PATH:
            segments = raw.FPDFPath_CountSegments(thing.raw)
            # A frame has five segments; a letter has more and is small, or is one of hundreds in one path.
            letters += segments // _MANY_SEGMENTS
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT and (cast(thing.raw, c_void_p).value or 0) not in away:
            letters += _LETTERS
    notes = raw.FPDFPage_GetAnnotCount(page.raw)
    return covered > 0 or letters >= _LETTERS or notes > 0, covered / max(1.0, width * height)


def may_be_outlined(page: pypdfium2.PdfPage) -> bool:
    """可能是画出的字 — whether the lines and areas of a page are enough for the shortest number, a stroke a figure."""
    strokes = 0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        strokes += raw.FPDFPath_CountSegments(thing.raw) - 1
        if strokes >= SHORTEST:
            return True
    return False


def are_slanted(page: pypdfium2.PdfPage) -> bool:
    """斜的线 — whether single strokes lean, as those of a watermark that is drawn with lines: tables, frames and the
    boxes of a flow chart have none, the line of a chart is one path of many parts."""
    leaning = 0
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=_DEEP):
        if raw.FPDFPath_CountSegments(thing.raw) > _OF_A_STROKE:
            continue
        ends = list(points_of(thing))
        is_open = ends[:1] != ends[-1:]
        leaning += is_open and any(_leans(*both) for both in pairwise(ends))
        if leaning >= _FEW_STROKES:
            return True
    return False


def _leans(one: tuple[float, float], other: tuple[float, float]) -> bool:
    sides = sorted((abs(one[0] - other[0]), abs(one[1] - other[1])))
    return sides[0] > _LEANING * sides[1] and sides[1] > _STROKE


def _bounds(thing: Any) -> Box:
    try:
        left, bottom, right, top = thing.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0, 0.0, 0.0, 0.0
    return left, bottom, right, top


def again(
    page: pypdfium2.PdfPage,
    signs: Sequence[Sign],
    known: Collection[int],
    black: Collection[int],
    fonts: Fonts,
    paint: Paint | None,
) -> Again:
    """重画 — the page, of whose text objects those in `known` stay text, with the signs numbered in `black` blackened;
    `paint` changes the picture behind them, in which all lines stay then: a number may be drawn with lines."""
    width, height = page.get_size()
    fine = _picture(page, (), _FINE, _MOST_FINE)
    known = set(known)
    bare = _picture(page, known, _FINE, _MOST_FINE)
    scale = fine.width / max(1.0, width)
    ink = _difference(fine, bare)
    drawn = [sign for sign in signs if sign.thing in known]
    if loose := _loose(ink, drawn, scale):
        known -= loose
        drawn = [sign for sign in drawn if sign.thing in known]
        ink = _difference(fine, _picture(page, known, _FINE, _MOST_FINE))
    lines, frames = rules(page, fine, scale) if paint is None else ([], set())
    picture = rest(page, known | frames)
    dark = _blacken(picture, [signs[at] for at in black], known, picture.width / max(1.0, width))
    picture = picture if paint is None else paint(picture)
    shown = [_shown(sign, fine, ink, scale, height, sign.at in black, fonts) for sign in drawn if sign.at not in dark]
    content = "\n".join([*drawn_again(lines, height), "BT", *written(filter(None, shown)), "ET"])
    return Again(width, height, None if _is_white(picture) else picture, content)


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _in_dots(box: Box, scale: float, margin: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top, right, bottom = box
    return (
        max(0, int((left - margin) * scale)),
        max(0, int((top - margin) * scale)),
        min(size[0], int((right + margin) * scale) + 1),
        min(size[1], int((bottom + margin) * scale) + 1),
    )


def _loose(ink: Image.Image, drawn: Sequence[Sign], scale: float) -> set[int]:
    """Text objects that have ink where none of their signs is said to be: they stay in the picture."""
    left_over = ink.point(lambda level: 255 if level >= _LEFT_OVER else 0)
    brush = ImageDraw.Draw(left_over)
    for sign in drawn:
        left, top, right, bottom = _in_dots(sign.box, scale, sign.size * _MARGIN, ink.size)
        if right > left and bottom > top:
            brush.rectangle((left, top, right - 1, bottom - 1), fill=0)
    if left_over.histogram()[255] < _LEAST_LEFT_OVER:
        return set()
    boxes: dict[int, list[Box]] = {}
    for sign in drawn:
        boxes.setdefault(sign.thing, []).append((*sign.origin, *sign.origin))
    return {key for key, places in boxes.items() if _has_ink(left_over, places, scale)}


def _has_ink(dots: Image.Image, places: Sequence[Box], scale: float) -> bool:
    lefts, tops, rights, bottoms = zip(*places, strict=True)
    around = _in_dots((min(lefts), min(tops), max(rights), max(bottoms)), scale, 60.0, dots.size)
    return around[2] > around[0] and around[3] > around[1] and dots.crop(around).histogram()[255] > 0


def _blacken(picture: Image.Image, signs: Iterable[Sign], known: Collection[int], scale: float) -> set[int]:
    """Black over what stays a picture; where there is nothing, the sign itself becomes a black one that can be read."""
    dark = set()
    brush = ImageDraw.Draw(picture)
    for sign in signs:
        place = _in_dots(sign.box, scale, sign.size * _MARGIN, picture.size)
        if place[0] < place[2] and place[1] < place[3] and not _is_clear(sign, picture.crop(place)):
            dark.add(sign.at)
            if sign.thing in known:
                # It is not in the picture: black over its cell says so, and leaves the signs beside it to be read.
                brush.polygon([(across * scale, down * scale) for across, down in _cell(sign)], fill="black")
            else:
                brush.rectangle(place, fill="black")
    return dark


def _cell(sign: Sign) -> list[tuple[float, float]]:
    """The corners of a sign's place in its line, however that is turned."""
    along, up = (math.cos(sign.turn), -math.sin(sign.turn)), (-math.sin(sign.turn), -math.cos(sign.turn))
    wide, low, high = max(sign.advance, sign.size * _NARROW), -sign.size * _BELOW, sign.size * _ABOVE
    return [
        (sign.origin[0] + x * along[0] + y * up[0], sign.origin[1] + x * along[1] + y * up[1])
        for x, y in ((0, low), (wide, low), (wide, high), (0, high))
    ]


def _in_cell(sign: Sign) -> Box:
    """What of the box of a level or upright sign stands in its cell: leaning signs reach over their neighbours."""
    across, down = zip(*_cell(sign), strict=True)
    left, top, right, bottom = sign.box
    if abs(math.cos(sign.turn)) > _HALF:
        left, right = max(left, min(across)), min(right, max(across))
    else:
        top, bottom = max(top, min(down)), min(bottom, max(down))
    return (left, top, right, bottom) if left < right and top < bottom else sign.box


def _is_clear(sign: Sign, picture: Image.Image) -> bool:
    """Whether a black sign would be seen there and touch no other: on light even ground, in a level or upright line."""
    quarters = sign.turn / (math.pi / 2)
    is_even = all(high - low < _INK and low > _LIGHT for low, high in picture.getextrema())  # type: ignore[misc]
    return is_even and abs(quarters - round(quarters)) < _LEVEL


def _is_white(picture: Image.Image) -> bool:
    return all(low >= 250 for low, _ in picture.getextrema())  # type: ignore[misc]


def _shown(
    sign: Sign, fine: Image.Image, ink: Image.Image, scale: float, height: float, black: bool, fonts: Fonts
) -> Shown | None:
    """One sign of the content: its colour, font, place and code; nothing for what leaves no ink."""
    size = max(sign.size, _LEAST_SIZE)
    place = _in_dots(_in_cell(sign) if black else sign.box, scale, 0.0, ink.size)
    if sign.text.isspace() or place[0] >= place[2] or place[1] >= place[3]:
        return None
    part = ink.crop(place)
    most = int(part.getextrema()[1])  # type: ignore[arg-type]
    if most < _INK and not black:
        return None
    if black:
        dots, colour, text = Image.new("L", part.size, 255), (0, 0, 0), STAR
    else:
        dots = part.point(lambda level: 255 if level >= most * _HALF else 0)
        colour, text = _colour(fine.crop(place), part, most), sign.text
    trimmed = dots.getbbox() or (0, 0, *dots.size)
    dots = dots.crop(trimmed)
    quarter = round(sign.turn / (math.pi / 2)) % 4
    left = (place[0] + trimmed[0]) / scale - sign.origin[0]
    up = sign.origin[1] - (place[1] + trimmed[3]) / scale
    wide, high = dots.width / scale, dots.height / scale
    left, up, wide, high = _turned(left, up, wide, high, quarter)
    upright = dots.rotate(-90 * quarter, expand=True) if quarter else dots
    glyph = Glyph(text, upright, left / size, up / size, wide / size, high / size, sign.advance / size)
    number = fonts.number((text, round(size, 1), quarter, scale), glyph)
    name, code, advance = fonts.shown(number)
    look = f"{' '.join(f'{level / 255:.3g}' for level in colour)} rg"
    return Shown(look, name, f"{size:.4g}", code, advance, quarter, sign.origin[0], height - sign.origin[1])


def _turned(left: float, up: float, wide: float, high: float, quarter: int) -> Box:
    """The same box for whoever looks along the line of text."""
    for _ in range(quarter):
        left, up, wide, high = up, -(left + wide), high, wide
    return left, up, wide, high


def _colour(shown: Image.Image, ink: Image.Image, most: int) -> tuple[int, int, int]:
    """Of the dots with most ink: at the rim letters mix with their ground."""
    mask = ink.point(lambda level: 255 if level >= most * 0.9 else 0)
    red, green, blue = (round(level) for level in ImageStat.Stat(shown, mask).mean)
    return (0, 0, 0) if max(red, green, blue) < 40 else (red, green, blue)
