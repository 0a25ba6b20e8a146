"""一行怎样写 — signs that follow each other on one line are written as one text with gaps (条例 第十五条).

Programs that select, search and read aloud tell lines from columns by how far a text reaches: signs written one by one
in a dense table are taken for upright columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

_UNITS = 1000
_LEVEL = 0.02
"""Of the size, so much a sign may stand above or below the line."""
_ALONG = ((1, 0), (0, 1), (-1, 0), (0, -1))


class Shown(NamedTuple):
    """一个字 — operators for its colour, name of its font, size, code and width in thousandths of the size, quarter
    turns of its line, and its place in points from the lower left corner."""

    colour: str
    font: str
    size: str
    code: str
    width: int
    quarter: int
    x: float
    y: float


def written(signs: Iterable[Shown]) -> Iterator[str]:
    """写出 — operators of a page's content for the signs, a line of text for as many of them as stand on one."""
    line: list[Shown] = []
    for sign in signs:
        if line and not _goes_on(line[-1], sign):
            yield _line(line)
            line = []
        line.append(sign)
    if line:
        yield _line(line)


def _goes_on(last: Shown, sign: Shown) -> bool:
    if last[:3] != sign[:3] or last.quarter != sign.quarter:
        return False
    along, aside = _from(last, sign)
    return along > 0 and abs(aside) <= _LEVEL * float(sign.size)


def _from(one: Shown, other: Shown) -> tuple[float, float]:
    """How far the other stands along the line of the one, and above it."""
    across, down = _ALONG[one.quarter]
    x, y = other.x - one.x, other.y - one.y
    return x * across + y * down, y * across - x * down


def _line(signs: list[Shown]) -> str:
    first = signs[0]
    across, down = _ALONG[first.quarter]
    size, pen, codes, parts = float(first.size), 0.0, "", list[str]()
    for sign in signs:
        gap = round(_from(first, sign)[0] / size * _UNITS - pen)
        if gap:
            parts += [f"<{codes}>", str(-gap)]
            codes = ""
        codes += sign.code
        pen += gap + sign.width
    shown = "".join([*parts, f"<{codes}>"]).removeprefix("<>")
    matrix = f"{across} {down} {-down} {across} {first.x:.2f} {first.y:.2f} Tm"
    return f"{first.colour} {first.font} {first.size} Tf {matrix} [{shown}] TJ"
