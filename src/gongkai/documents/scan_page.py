"""看一页 — a page that is a picture, read by looking: straightened, its ruling lines found, its text put into cells.

Places within are in pixels of the straight picture; what comes out is in points, the longer side of a page counted as
that of A4, so that pages of every resolution are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np

from gongkai.documents.document import PageLayout, Paragraph, Word
from gongkai.documents.limits import Limits
from gongkai.documents.pdf_lines import Frame, frames
from gongkai.documents.pdf_ruled import Held, Part, Shelf
from gongkai.documents.scan_pieces import Box, Piece, confidence_of, in_lines, joined, text_of
from gongkai.documents.scan_rulings import ink, line_masks, rulings
from gongkai.documents.scan_straight import straighten
from gongkai.documents.scan_text import Grey, read

LONG_SIDE = 842.0
_ILLEGIBLE = "□"
_WALL = 6  # pixels: what stands so near a wall of a cell may be the wall itself
_STROKE = 0.25  # of the height of a character, either way: less is dirt
_USUAL_HEIGHT = 10.0  # points, where no character has been found
_TWO_UP = 1.15  # times as wide as high: there may be two pages on it
_GUTTER = (0.38, 0.62)
_AROUND = 5  # pixels left around ink that was found without its text
# The second look: pixels nearer, times larger, and how much of the grain of the paper is smoothed.
_CLOSER, _TWICE, _SMOOTH = 3, 2.0, 1.5
_SHORT = 2


@dataclass(frozen=True, slots=True)
class SeenCell:
    """一格 — its box, edges and rows as in Held, and the text seen in it; `inked`: there is ink in it."""

    box: Box
    edges: tuple[float, float]
    rows: int
    pieces: tuple[Piece, ...]
    inked: bool = False

    @property
    def text(self) -> str:
        """文字 — line by line; where there is ink that could not be read, a sign for it."""
        return text_of(self.pieces) or (_ILLEGIBLE if self.inked else "")

    @property
    def confidence(self) -> float:
        """把握 — of its least sure piece; an empty cell is surely empty, one that could not be read is not."""
        return confidence_of(self.pieces) if self.pieces else float(not self.inked)


@dataclass(frozen=True, slots=True)
class Table:
    """一张表 — its edges from left to right in points, and its rows of cells from the top down."""

    edges: tuple[float, ...]
    rows: tuple[tuple[SeenCell, ...], ...]


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """看过的一页 — its straight picture (as PNG, to look again), the matrix that made it, pixels a point, and what was
    seen: for each side of a sheet with two pages (usually one), tables and lines from the top down."""

    number: int
    picture: bytes
    size: tuple[int, int]
    straightening: tuple[float, ...]
    scale: float
    sides: tuple[tuple[Table | Line, ...], ...]

    def blocks(self) -> Iterator[list[Paragraph | Part]]:
        """段落和表 — of each side, in the shape in which tables are stitched over pages."""
        number = 0
        for side in self.sides:
            items: list[Paragraph | Part] = []
            for item in side:
                if isinstance(item, Table):
                    shelves = []
                    for cells in item.rows:
                        number += 1
                        held = [Held(*cell.edges, cell.rows, cell.text, cell.confidence) for cell in cells]
                        shelves.append(Shelf(self.number, held, number))
                    items.append(Part(list(item.edges), shelves, seen=True))
                else:
                    number += 1
                    items.append(Paragraph(joined(item), number, self.number, True, confidence_of(item)))
            yield items

    def layout(self) -> PageLayout:
        """页面排布 — a line for each row of a table, a word for each of its cells."""
        lines: list[tuple[Word, ...]] = []
        for side in self.sides:
            for item in side:
                if isinstance(item, Table):
                    lines += [tuple([self._word(cell.text, _shown(cell)) for cell in cells]) for cells in item.rows]
                else:
                    lines.append(tuple([self._word(piece.text, piece.box) for piece in item]))
        width, height = self.size
        return PageLayout(width / self.scale, height / self.scale, tuple(lines), self.straightening)

    def _word(self, text: str, box: Box) -> Word:
        return Word(text, *[round(float(edge) / self.scale, 2) for edge in box])


def look(source: str, given: Grey, number: int, check: Callable[[], None], limits: Limits) -> SeenPage:
    """看一页 — as given, in any position."""
    straight = straighten(given)
    check()
    picture, (height, width) = straight.picture, straight.picture.shape
    scale = max(height, width) / LONG_SIDE
    inked = ink(picture)
    masks = line_masks(inked)
    found = frames(source, rulings(masks, height, scale), limits)
    lattices = [_in_pixels(frame, height, scale) for frame in found]
    picture, inked = _without_lines(picture, inked, masks, lattices)
    boxes = [box for quad in straight.quads for box in _cut_at_walls(_bounds(quad), lattices)]
    tall = _usual_height(boxes, scale)
    missed = _missed(lattices, boxes, inked, tall)
    seen = read([_crop(picture, box) for box in (*boxes, *missed)], check)
    pieces = [Piece(*one, box) for one, box in zip(seen, (*boxes, *missed), strict=True) if one.text]
    tables = [(lattice, _table(lattice, frame, pieces, missed)) for lattice, frame in zip(lattices, found, strict=True)]
    outside = [piece for piece in pieces if not any(_holds(lattice, piece.box) for lattice in lattices)]
    sides = _sides(tables, outside, (width, height))
    packed = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    return SeenPage(number, packed, (width, height), tuple(map(float, straight.matrix.ravel())), scale, sides)


def look_again(page: SeenPage, check: Callable[[], None]) -> SeenPage:
    """再看一遍 — the cells of figures once more, each by itself and twice as large."""
    picture = np.asarray(cv2.imdecode(np.frombuffer(page.picture, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)
    inked = ink(picture)
    tables = [item for side in page.sides for item in side if isinstance(item, Table)]
    cells = [cell for table in tables for row in table.rows for cell in row if _may_be_figure(cell)]
    tall = _usual_height([piece.box for cell in cells for piece in cell.pieces], page.scale)
    around = [_shown(cell) if cell.pieces else _inked_box(inked, cell.box, tall) or cell.box for cell in cells]
    seen = read([_enlarged(_crop(picture, box.grown(-_CLOSER))) for box in around], check)
    changed = {
        id(cell): replace(cell, pieces=(Piece(*one, box),) if one.text else ())
        for cell, box, one in zip(cells, around, seen, strict=True)
    }
    sides = tuple(
        tuple(
            replace(item, rows=tuple(tuple(changed.get(id(cell), cell) for cell in row) for row in item.rows))
            if isinstance(item, Table)
            else item
            for item in side
        )
        for side in page.sides
    )
    return replace(page, sides=sides)


def _enlarged(piece: Grey) -> Grey:
    """Twice as large, and the grain of the paper smoothed."""
    large = cv2.resize(piece, None, fx=_TWICE, fy=_TWICE, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), _SMOOTH), np.uint8)


def _may_be_figure(cell: SeenCell) -> bool:
    text = cell.text
    return cell.inked and (len(text) <= _SHORT or not any("\u4e00" <= sign <= "\u9fff" for sign in text))


def _shown(cell: SeenCell) -> Box:
    return Box.around([piece.box for piece in cell.pieces]) if cell.pieces else cell.box


# --- the lattice of a table, in pixels


@dataclass(frozen=True, slots=True)
class _Lattice:
    """A Frame in pixels, y downward: `xs` from left to right, `ys` from the top down."""

    frame: Frame
    xs: list[float]
    ys: list[float]
    height: int
    scale: float

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int:
        return self.frame.cell_at(x / self.scale, (self.height - y) / self.scale)


def _in_pixels(frame: Frame, height: int, scale: float) -> _Lattice:
    ys = [height - y * scale for y in reversed(frame.ys)]
    return _Lattice(frame, [x * scale for x in frame.xs], ys, height, scale)


def _holds(lattice: _Lattice, box: Box) -> bool:
    x, y = box.middle
    return lattice.box.left <= x <= lattice.box.right and lattice.box.top <= y <= lattice.box.bottom


def _without_lines(picture: Grey, inked: Grey, masks: tuple[Grey, Grey], lattices: list[_Lattice]) -> tuple[Grey, Grey]:
    """Picture and ink with the walls of tables wiped out: beside a figure a wall reads like a 1."""
    near = np.zeros_like(inked)
    for lattice in lattices:
        left, top, right, bottom = (int(edge) for edge in lattice.box.grown(_WALL))
        for x in lattice.xs:
            near[max(0, top) : bottom, max(0, int(x) - _WALL) : int(x) + _WALL] = 1
        for y in lattice.ys:
            near[max(0, int(y) - _WALL) : int(y) + _WALL, max(0, left) : right] = 1
    walls = cv2.dilate(masks[0] | masks[1], np.ones((3, 3), np.uint8)) * near
    paper = cv2.dilate(cv2.blur(picture, (5, 5)), np.ones((15, 15), np.uint8))
    return np.where(walls > 0, paper, picture).astype(np.uint8), np.where(walls > 0, 0, inked).astype(np.uint8)


def _cut_at_walls(box: Box, lattices: list[_Lattice]) -> list[Box]:
    """A piece of text that reaches through walls, cut where they stand."""
    y = box.middle[1]
    for lattice in lattices:
        if not _holds(lattice, box):
            continue
        room = 0.3 * box.height
        walls = [
            x
            for x in lattice.xs[1:-1]
            if box.left + room < x < box.right - room and lattice.cell_at(x - 2, y) != lattice.cell_at(x + 2, y)
        ]
        return [box._replace(left=left, right=right) for left, right in pairwise((box.left, *walls, box.right))]
    return [box]


def _missed(lattices: list[_Lattice], boxes: list[Box], inked: Grey, tall: float) -> list[Box]:
    """The boxes of ink in cells in which no text was found."""
    found = []
    for lattice in lattices:
        held = {lattice.cell_at(*box.middle) for box in boxes if _holds(lattice, box)}
        for cell, box, _, _ in _cells(lattice):
            if cell not in held and (around := _inked_box(inked, box, tall)):
                found.append(around.grown(_AROUND))
    return found


def _usual_height(boxes: list[Box], scale: float) -> float:
    return float(np.median([box.height for box in boxes])) if boxes else _USUAL_HEIGHT * scale


def _inked_box(inked: Grey, box: Box, tall: float) -> Box | None:
    """The box around the ink within a cell, specks left aside; `tall`: how high characters are."""
    left, top, right, bottom = (int(edge) for edge in box.grown(-_WALL))
    part = inked[max(0, top) : bottom, max(0, left) : right]
    if not part.size:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    marks = [
        Box(x, y, x + wide, y + high) for x, y, wide, high, _ in stats[1:count] if max(wide, high) > _STROKE * tall
    ]
    return Box.around(marks).moved(max(0, left), max(0, top)) if marks else None


def _cells(lattice: _Lattice) -> Iterator[tuple[int, Box, tuple[int, int], tuple[int, int]]]:
    """Every cell: its number, box, edges, and (row from the top, rows)."""
    for row, cells in enumerate(lattice.frame.cells_by_row()):
        for cell, left, right, rows in cells:
            box = Box(lattice.xs[left], lattice.ys[row], lattice.xs[right], lattice.ys[row + rows])
            yield cell, box, (left, right), (row, rows)


def _table(lattice: _Lattice, frame: Frame, pieces: list[Piece], missed: list[Box]) -> Table:
    inside: dict[int, list[Piece]] = {}
    for piece in pieces:
        if _holds(lattice, piece.box):
            inside.setdefault(lattice.cell_at(*piece.box.middle), []).append(piece)
    inked = {lattice.cell_at(*box.middle) for box in missed if _holds(lattice, box)}
    rows: list[list[SeenCell]] = [[] for _ in frame.ys[1:]]
    for cell, box, (left, right), (row, tall) in _cells(lattice):
        held = tuple(inside.get(cell, ()))
        rows[row].append(SeenCell(box, (frame.xs[left], frame.xs[right]), tall, held, bool(held) or cell in inked))
    return Table(tuple(frame.xs), tuple(tuple(row) for row in rows))


# --- the page


def _bounds(quad: np.ndarray) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Box(float(left), float(top), float(right), float(bottom))


def _crop(picture: Grey, box: Box) -> Grey:
    height, width = picture.shape
    left, top = (min(max(0, int(edge)), most - 1) for edge, most in ((box.left, width), (box.top, height)))
    return picture[top : max(top + 1, int(np.ceil(box.bottom))), left : max(left + 1, int(np.ceil(box.right)))]


def _sides(
    tables: list[tuple[_Lattice, Table]], outside: list[Piece], size: tuple[int, int]
) -> tuple[tuple[Table | Line, ...], ...]:
    """What stands on the page from the top down; of a sheet with two pages, first the left one, then the right."""
    spans = [(lattice.box.left, lattice.box.right) for lattice, _ in tables]
    spans += [(piece.box.left, piece.box.right) for piece in outside]
    gutter = _gutter(spans, *size)
    sides = []
    for is_left in (True, False) if gutter else (True,):
        here = [(t.box.top, table) for t, table in tables if gutter is None or (t.box.left < gutter) is is_left]
        lines = in_lines([p for p in outside if gutter is None or (p.box.left < gutter) is is_left])
        items: list[tuple[float, Table | Line]] = [*here, *((line[0].box.top, line) for line in lines)]
        sides.append(tuple(item for _, item in sorted(items, key=lambda pair: pair[0])))
    return tuple(sides)


def _gutter(spans: list[tuple[float, float]], width: int, height: int) -> float | None:
    """The place between two pages that were scanned side by side: the widest gap around the middle that nothing
    crosses."""
    if width < _TWO_UP * height or not spans:
        return None
    low, high = (share * width for share in _GUTTER)
    places = np.arange(low, high, 4.0)
    free = [not any(left <= x <= right for left, right in spans) for x in places]
    runs: list[tuple[int, int]] = []
    for at, is_free in enumerate(free):
        if is_free and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif is_free:
            runs.append((at, at + 1))
    if not runs or min(left for left, _ in spans) > low or max(right for _, right in spans) < high:
        return None
    start, end = max(runs, key=lambda run: run[1] - run[0])
    return float(places[(start + end - 1) // 2])
