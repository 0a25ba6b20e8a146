"""柱图 — one bar a period, the extremes with their value; colours are classes of the page (条例 第五十条).

Nothing is styled here: a page that allows no inline style shows it, and a dark one inverts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_LEFT, _TOP, _BOTTOM = 44, 34, 40
_BAR = 0.62
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """一柱 — a period and its value; `below`: a second line under its name. `is_open`: not yet over."""

    name: str
    value: int
    below: str = ""
    is_open: bool = False


def bars(data: Sequence[Bar], title: str, *, width: int = 560, height: int = 260) -> str:
    """柱图 — an `<svg role=img>` that says `title`; the figures themselves stand in a table beside it."""
    top = max([bar.value for bar in data], default=0)
    step = _step(top)
    ceiling = max(step, -(-top // step) * step)
    floor, room = height - _BOTTOM, height - _BOTTOM - _TOP

    def y(value: int) -> float:
        return round(floor - room * value / ceiling, 1)

    out = [f'<svg class="bars" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(title)}">']
    for mark in range(0, ceiling + 1, step):
        out.append(f'<line class="grid" x1="{_LEFT}" x2="{width}" y1="{y(mark)}" y2="{y(mark)}"/>')
        out.append(f'<text class="axis" x="{_LEFT - 8}" y="{y(mark) + 4}" text-anchor="end">{mark:,}</text>')
    slot = (width - _LEFT) / max(1, len(data))
    for place, bar in enumerate(data):
        out += _bar(bar, _LEFT + slot * place, slot, y(bar.value), floor, labelled=place in _labelled(data))
    return "".join([*out, "</svg>"])


def _bar(bar: Bar, x: float, slot: float, y: float, floor: int, *, labelled: bool) -> list[str]:
    middle, wide = round(x + slot / 2, 1), round(slot * _BAR, 1)
    kind = "bar open" if bar.is_open else "bar"
    out = [
        f'<rect class="{kind}" x="{round(middle - wide / 2, 1)}" y="{y}" width="{wide}" '
        f'height="{round(floor - y, 1)}"/>'
    ]
    if labelled:
        out.append(f'<text class="value" x="{middle}" y="{y - 6}" text-anchor="middle">{bar.value:,}</text>')
    for line, text in enumerate((bar.name, bar.below)):
        if text:
            at = floor + 17 + 16 * line
            out.append(f'<text class="axis" x="{middle}" y="{at}" text-anchor="middle">{escape(text)}</text>')
    return out


def _labelled(data: Sequence[Bar]) -> set[int]:
    """The extremes among those that are over, and the one that is not."""
    over = [place for place, bar in enumerate(data) if not bar.is_open]
    found = {place for place, bar in enumerate(data) if bar.is_open}
    if over:
        found |= {max(over, key=lambda place: data[place].value), min(over, key=lambda place: data[place].value)}
    return found


def _step(top: int) -> int:
    """Round steps, so that two to four lines stand below the highest bar."""
    size = 1
    while True:
        for step in _STEPS:
            if top <= 3 * step * size:
                return step * size
        size *= 10
