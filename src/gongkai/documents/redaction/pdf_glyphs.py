"""副本的字 — fonts made by us: every sign a small picture of itself, with the text that it stands for.

No font of the original is carried over: a font can hold more than it shows. What is drawn and what is selected,
searched and read aloud are the same signs (条例 第十五条).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageFilter

_UNITS = 1000
_A_FONT = 250
_FIRST = 1
_STRAY = 0.06
"""Of the ink, so much may differ between two prints of one sign: they begin at other fractions of a dot."""
_SAME_WEIGHT = 0.9
"""A bold print has more ink than a plain one."""
_LEAST_WIDTH = 1
_CAPITAL = 700


class Glyph(NamedTuple):
    """字形 — dots (black is ink), a dot's size and where the lower left corner stands from the sign's own place, in
    parts of the size; how far the next sign is; the text."""

    text: str
    dots: Image.Image
    left: float
    bottom: float
    wide: float
    high: float
    advance: float


class Fonts:
    """字库 — the glyphs of one copy, each kept once."""

    def __init__(self) -> None:
        self._glyphs: list[Glyph] = []
        self._known: dict[tuple[object, ...], list[int]] = {}

    def number(self, key: tuple[object, ...], glyph: Glyph) -> int:
        """编号 — of a glyph that looks like this one; signs with the same `key` may be the same."""
        for number in self._known.setdefault(key, []):
            if _alike(self._glyphs[number].dots, glyph.dots):
                return number
        self._known[key].append(len(self._glyphs))
        self._glyphs.append(glyph)
        return len(self._glyphs) - 1

    def shown(self, number: int) -> tuple[str, str, int]:
        """怎样写 — the font's name, the code of the sign in it and its width in thousandths of the size."""
        return f"/F{number // _A_FONT}", f"{number % _A_FONT + _FIRST:02x}", _width(self._glyphs[number])

    def fonts(self, copy: pikepdf.Pdf) -> Dictionary:
        """写入字库 — the fonts as objects of the copy, by name."""
        made = Dictionary()
        for start in range(0, len(self._glyphs), _A_FONT):
            font = _font(copy, self._glyphs[start : start + _A_FONT])
            made[f"/F{start // _A_FONT}"] = copy.make_indirect(font)
        return made


def _alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether each has ink only where, or next to where, the other has."""
    if abs(one.width - other.width) > 2 or abs(one.height - other.height) > 2:
        return False
    inks = sorted((one.histogram()[255], other.histogram()[255]))
    if inks[0] < inks[1] * _SAME_WEIGHT:
        return False
    size = max(one.width, other.width) + 2, max(one.height, other.height) + 2
    first, second = (_padded(dots, size) for dots in (one, other))
    return _strays(first, second) and _strays(second, first)


def _padded(dots: Image.Image, size: tuple[int, int]) -> Image.Image:
    larger = Image.new("L", size)
    larger.paste(dots, ((size[0] - dots.width) // 2, (size[1] - dots.height) // 2))
    return larger


def _strays(one: Image.Image, other: Image.Image) -> bool:
    beyond = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(3)))
    return beyond.histogram()[255] <= _STRAY * one.histogram()[255]


def _font(copy: pikepdf.Pdf, glyphs: Sequence[Glyph]) -> Dictionary:
    names = [Name(f"/g{at}") for at in range(len(glyphs))]
    left = min(round(glyph.left * _UNITS) for glyph in glyphs)
    bottom = min(0, *(round(glyph.bottom * _UNITS) for glyph in glyphs))
    right = max(round((glyph.left + glyph.wide) * _UNITS) for glyph in glyphs)
    top = max(_CAPITAL, *(round((glyph.bottom + glyph.high) * _UNITS) for glyph in glyphs))
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([left, bottom, right, top]),
        FontMatrix=Array([1 / _UNITS, 0, 0, 1 / _UNITS, 0, 0]),
        FirstChar=_FIRST,
        LastChar=_FIRST + len(glyphs) - 1,
        Widths=Array(list(map(_width, glyphs))),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([_FIRST, *names])),
        CharProcs=Dictionary(
            {str(name): copy.make_stream(_drawn(glyph)) for name, glyph in zip(names, glyphs, strict=True)}
        ),
        Resources=Dictionary(),
        ToUnicode=copy.make_stream(_meanings(glyphs)),
    )


def _width(glyph: Glyph) -> int:
    return max(_LEAST_WIDTH, round(glyph.advance * _UNITS))


def _drawn(glyph: Glyph) -> bytes:
    left, bottom = round(glyph.left * _UNITS), round(glyph.bottom * _UNITS)
    wide, high = max(1, round(glyph.wide * _UNITS)), max(1, round(glyph.high * _UNITS))
    dots = ImageChops.invert(glyph.dots).convert("1", dither=Image.Dither.NONE)
    # Programs that take text out begin a new line where the boxes of two signs stand at different heights (一。).
    low, top = min(bottom, 0), max(bottom + high, _CAPITAL)
    head = f"{_width(glyph)} 0 {left} {low} {left + wide} {top} d1 {wide} 0 0 {high} {left} {bottom} cm "
    image = f"BI /IM true /W {dots.width} /H {dots.height} /BPC 1 ID ".encode()
    return head.encode() + image + dots.tobytes() + b"\nEI"


def _meanings(glyphs: Sequence[Glyph]) -> bytes:
    """Which text each code stands for."""
    lines = list(_pairs(glyphs))
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def",
        "1 begincodespacerange <00> <ff> endcodespacerange",
    ]
    for start in range(0, len(lines), 100):
        some = lines[start : start + 100]
        parts += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([*parts, "endcmap end end"]).encode()


def _pairs(glyphs: Sequence[Glyph]) -> Iterator[str]:
    for at, glyph in enumerate(glyphs):
        yield f"<{_FIRST + at:02x}> <{glyph.text.encode('utf-16-be', 'replace').hex()}>"
