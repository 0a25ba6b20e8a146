"""文中的表格 — tables in a text: the words over a column say of its numbers what they say in a grid (条例 第十五条).

    单位：元                         <tr><td>项目</td><td>预算数（元）</td></tr>
    项目 | 预算数                    <tr><td>道路</td><td>18598214320</td></tr>
    道路 | 18598214320

A table of a text is lines with tabs or strokes, one under the other; one of html is its rows and cells. The line right
above is read with it, for the unit that stands there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.text.hit import CellHit, Hit
from gongkai.text.personal_data.headings import SPEAKING, WEIGHED, weighed

Cell = tuple[int, int]
"""Where a cell begins and ends."""
_ROW = re.compile(r"[^\n\t|]*+(?:\t|\|[^\n\t|]*+[\t|])[^\n]*+(?:\n|\Z)")
_ROWS = re.compile(rf"(?:{_ROW.pattern}){{2,}}+")
_CELL = re.compile(r"(?:(?<=[\t|])|^)[^\t|\r\n]*", re.MULTILINE)
_ABOVE = 200
_SPAN = re.compile(r"\b(?P<name>colspan|rowspan)\s*=\s*[\"']?\s*(?P<size>\d{1,3})", re.IGNORECASE)
_MOST = 200_000
"""A table that says it has more places than this is not weighed: what was found stays."""
_UNSEEN = dict.fromkeys(map(ord, "\u2060\u2061\u3400"))
"""What stands for tags and entities, and for the ends of cells."""


class Grid(NamedTuple):
    """一张表 — its rows of cells, a merged one in each place that it covers; and where it begins (条例 第十五条)."""

    start: int
    rows: list[list[Cell]]


def in_lines(text: str, hits: Iterable[Hit]) -> Iterator[Grid]:
    """成行的表 — the tables of a text without tags that hold one of these hits (条例 第十五条)."""
    end = 0
    for hit in hits:
        if hit.start < end or hit.kind not in WEIGHED:
            continue
        start = above = text.rfind("\n", 0, hit.start) + 1
        while _ROW.match(text, above):
            start, above = above, text.rfind("\n", 0, max(0, above - 1)) + 1
            if start == above:
                break
        block = _ROWS.match(text, start)
        end = block.end() if block else text.find("\n", hit.start) % (len(text) + 1)
        if block:
            lines = re.finditer(r"[^\n]+", block[0])
            yield Grid(
                start, [[cell.span() for cell in _CELL.finditer(text, *_shifted(line, start))] for line in lines]
            )


def _shifted(line: re.Match[str], by: int) -> Cell:
    return line.start() + by, line.end() + by


def in_tags(tags: Iterable[re.Match[str]]) -> Iterator[Grid]:
    """网页的表 — those of html that hold no other. `tags`: each with the groups `name` and `end` (条例 第十五条)."""
    open_ones: list[_Open] = []
    for tag in tags:
        name = (tag["name"] or "").lower()
        if name == "table" and not tag["end"]:
            if open_ones:
                open_ones[-1].is_frame = True
            open_ones.append(_Open(tag.start()))
        elif name == "table" and open_ones:
            yield open_ones.pop().closed(tag.start())
        elif name in ("tr", "td", "th") and open_ones:
            open_ones[-1].read(name, tag)
    while open_ones:
        yield open_ones.pop().closed(tag.end())


class _Open:
    """A table of html as far as it is read."""

    def __init__(self, start: int) -> None:
        self._start, self._begins, self._places = start, -1, 0
        self.is_frame = False
        self._rows: list[list[Cell]] = []
        self._spans: Mapping[str, int] = {}
        self._below: dict[tuple[int, int], Cell] = {}

    def read(self, name: str, tag: re.Match[str]) -> None:
        """The beginning or the end of a row or a cell."""
        self._end_cell(tag.start())
        if name == "tr" and not tag["end"]:
            self._rows.append([])
        elif name != "tr" and not tag["end"] and self._rows:
            self._begins = tag.end()
            self._spans = {span["name"].lower(): int(span["size"]) for span in _SPAN.finditer(tag[0])}

    def _end_cell(self, end: int) -> None:
        if self._begins < 0:
            return
        at, row, cell = len(self._rows) - 1, self._rows[-1], (self._begins, end)
        self._fill(at, row)
        self._begins = -1
        wide, tall = self._spans.get("colspan", 1), self._spans.get("rowspan", 1)
        self._places += wide * tall
        if self._places > _MOST:
            return
        for down in range(1, tall):
            self._below.update(dict.fromkeys(((at + down, len(row) + right) for right in range(wide)), cell))
        row += [cell] * wide

    def _fill(self, at: int, row: list[Cell]) -> None:
        while (above := self._below.get((at, len(row)))) is not None:
            row.append(above)

    def closed(self, end: int) -> Grid:
        """The whole table."""
        self._end_cell(end)
        for at, row in enumerate(self._rows):
            self._fill(at, row)
        is_weighed = self._places <= _MOST and not self.is_frame
        return Grid(self._start, self._rows if is_weighed else [])


def by_columns(text: str, hits: Sequence[Hit], grids: Iterable[Grid]) -> list[Hit]:
    """按列掂量 — the hits that stay, each as grave as the words over its column leave it (条例 第十五条).

    `hits`: from left to right; what goes over several cells is left as it is. `text`: with signs that nobody sees for
    its tags, if it had any.
    """
    if not (any(hit.kind in WEIGHED for hit in hits) and SPEAKING.search(text)):
        return list(hits)
    starts, kept = [hit.start for hit in hits], dict[int, Hit | None](enumerate(hits))
    for grid in grids:
        inside = list(_inside(grid, starts, hits))
        if not inside:
            continue
        rows = [[text[slice(*cell)].translate(_UNSEEN) for cell in row] for row in grid.rows]
        left = {one.hit.start: one.hit for one in weighed(rows, [one for _, one in inside], _above(text, grid.start))}
        kept |= {at: left.get(one.hit.start) for at, one in inside}
    return [hit for hit in kept.values() if hit is not None]


def _inside(grid: Grid, starts: Sequence[int], hits: Sequence[Hit]) -> Iterator[tuple[int, CellHit]]:
    """Every hit within one cell, and its number among all."""
    known: set[Cell] = set()
    for row, cells in enumerate(grid.rows, 1):
        for column, cell in enumerate(cells, 1):
            at = bisect_left(starts, cell[0]) if cell not in known else len(hits)
            known.add(cell)
            while at < len(hits) and hits[at].end <= cell[1]:
                yield at, CellHit(row, column, "", hits[at])
                at += 1


def _above(text: str, start: int) -> str:
    """The words right above a table."""
    lines = text[max(0, start - _ABOVE) : start].translate(_UNSEEN).split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
