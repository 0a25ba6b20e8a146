"""图片里的字 — every word that a picture shows, in any position, size and colour, for the guard (条例 第十七条).

The reading of reports asks what a page says; the guard asks whether anything is written at all: light on dark, faint,
small in a large picture, turned, alone on a white sheet. A picture is an array of colours, rows from the top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from gongkai.documents.scan_pieces import Box, Piece, confidence_of, in_lines, joined
from gongkai.documents.scan_text import Grey, Quad, Seen, quads_in, read, upside_down

Colours = npt.NDArray[np.uint8]
Mark = tuple[int, int, int, int]
"""字迹 — left, top, width, height of something that may be a letter."""

_SIDE = 1_344
"""Pixels of the longer side at which text is looked for in the whole."""
_TILE, _OVERLAP, _MOST_TILES = 1_200, 150, 24
_SMALL = 12
"""Pixels: marks that are less high are lost where the whole is made smaller."""
_NEIGHBOURHOOD, _GROUND_SIDE = 61, 1_000
_RULE, _THICK = 40, 7
_STRONG, _FAINT, _AMPLIFIED = 32, 4, 8
_LEAST_HIGH, _MOST_HIGH, _MOST_WIDE = 5, 200, 400
_LEAST_MARKS = 6
_EDGE, _EDGED = 12, 0.75
_SLIM = 9
"""Times as high as wide: what is slimmer is the rim of a cell."""
_MOST_LEFT_OVER, _MOST_PIECES = 80, 800
_MARGIN, _REACH, _LONG, _THIN = 12, 3, 5, 3
_SURE, _HALF, _DARK = 0.9, 0.5, 128
_UPRIGHT = 1.5


class TooManyError(Exception):
    """太多 — a picture seems to show more than can be read in a bearable time."""


def pieces(picture: Colours, check: Callable[[], None]) -> list[Piece]:
    """图片里的字 — from the top down; `check` is asked between steps, so that it may end the work."""
    ground = _ground(picture)
    contrast = _contrast(picture, ground)
    strong = (contrast >= _STRONG).astype(np.uint8)
    bare, marked = _without_rules(picture, ground, strong)
    letters = _letters(marked, bare)
    faint = _faint(contrast)
    # Strokes of figures may be as long as the walls of cells: with these a table is one mark, and figures are many.
    most = max(_number(letters), _number(_letters(strong, picture)))
    if faint is None and most < _LEAST_MARKS and not _has_large(marked):
        return []
    quads = _found(picture, strong, letters, check)
    crops = [_cut(picture, quad) for quad in quads]
    left_over = _left_over(letters, quads, strong.shape)
    quads += left_over
    crops += [_cut(bare, quad) for quad in left_over]
    if faint is not None:
        check()
        more = quads_in(_stout(faint))
        quads += more
        crops += [_cut(faint, quad) for quad in more]
    if len(quads) > _MOST_PIECES:
        raise TooManyError
    seen = _read(crops, check)
    told = [Piece(*one, _bounds(quad)) for one, quad in zip(seen, quads, strict=True) if one.text]
    columns, rest = _columns(_once(told))
    lines = [_line(line) for line in in_lines(rest)]
    return sorted((*lines, *columns), key=lambda piece: (piece.box.top, piece.box.left))


def _line(line: tuple[Piece, ...]) -> Piece:
    return Piece(joined(line), confidence_of(line), Box.around([one.box for one in line]), line)


def _once(told: Iterable[Piece]) -> list[Piece]:
    """Each text once, where it was found whole and in parts."""
    kept: list[Piece] = []
    for piece in sorted(told, key=lambda piece: -len(piece.text)):
        if not any(_covers(one.box, piece.box, _HALF) and piece.text in one.text for one in kept):
            kept.append(piece)
    return kept


def _columns(told: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Letters one above the other, put together; and the rest."""
    columns: list[Piece] = []
    rest: list[Piece] = []
    for piece in sorted(told, key=lambda piece: piece.box.top):
        across, down = piece.box.size
        if len(piece.text) > 1 and down < _UPRIGHT * across:
            rest.append(piece)
            continue
        over = next((one for one in columns if _is_under(piece.box, one.box)), None)
        if over is None:
            columns.append(piece)
        else:
            columns.remove(over)
            sure = min(over.confidence, piece.confidence)
            columns.append(Piece(over.text + piece.text, sure, Box.around([over.box, piece.box])))
    rest += [piece for piece in columns if len(piece.text) == 1]
    return [piece for piece in columns if len(piece.text) > 1], rest


def _is_under(box: Box, other: Box) -> bool:
    across = max(box.size[0], other.size[0])
    return abs(box.middle[0] - other.middle[0]) < across * _HALF and -across < box.top - other.bottom < 2 * across


def _ground(picture: Colours) -> Colours:
    """What letters stand on: of each neighbourhood the middle colour, for letters cover less than half of it."""
    rate = min(1.0, _GROUND_SIDE / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=rate, fy=rate, interpolation=cv2.INTER_AREA)
    ground = cv2.medianBlur(small, max(3, int(_NEIGHBOURHOOD * rate) // 2 * 2 + 1))
    return np.asarray(cv2.resize(ground, picture.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)


def _contrast(picture: Colours, ground: Colours) -> Grey:
    """By how much each pixel differs from its ground, in the colour in which it differs most."""
    return np.asarray(cv2.absdiff(picture, ground).max(axis=2), np.uint8)


def _found(picture: Colours, strong: Grey, letters: Sequence[Mark], check: Callable[[], None]) -> list[Quad]:
    """Text found in the whole, and in its parts where there are small marks."""
    if not strong.any():
        return []
    (left, right), (top, bottom) = _edges(strong.any(axis=0)), _edges(strong.any(axis=1))
    # Around a little text on a large white sheet the finder sees nothing: what is written alone is cut out first.
    inner = picture[top:bottom, left:right]
    rate = min(1.0, _SIDE / max(inner.shape[:2]))
    check()
    small = _stout(np.asarray(cv2.resize(inner, None, fx=rate, fy=rate, interpolation=cv2.INTER_AREA), np.uint8))
    found = [_moved(quad / np.float32(rate), left, top) for quad in quads_in(small)]
    if rate < 1 and sum(tall < _SMALL / rate for _, _, _, tall in letters) >= _LEAST_MARKS:
        for across, down in _tiles(letters):
            check()
            inside = quads_in(_stout(np.ascontiguousarray(picture[down : down + _TILE, across : across + _TILE])))
            found += _unknown((_moved(quad, across, down) for quad in inside), found)
    return found


def _without_rules(picture: Colours, ground: Colours, strong: Grey) -> tuple[Colours, Grey]:
    """The picture and its marks without the lines that are drawn around cells."""
    drawn = np.zeros(strong.shape, np.uint8)
    for kernel, across in (((1, _RULE), (_THICK, 1)), ((_RULE, 1), (1, _THICK))):
        long = cv2.morphologyEx(strong, cv2.MORPH_OPEN, np.ones(kernel, np.uint8))
        drawn |= np.asarray(long - cv2.morphologyEx(long, cv2.MORPH_OPEN, np.ones(across, np.uint8)), np.uint8)
    lines = cv2.dilate(drawn, np.ones((3, 3), np.uint8)) > 0
    return np.where(lines[..., None], ground, picture).astype(np.uint8), np.where(lines, 0, strong).astype(np.uint8)


def _stout(picture: Colours) -> Colours:
    """A picture that is a thin strip, with more of its edge below and at the right."""
    high, wide = picture.shape[:2]
    down, across = max(0, wide // _THIN - high), max(0, high // _THIN - wide)
    return np.asarray(cv2.copyMakeBorder(picture, 0, down, 0, across, cv2.BORDER_REPLICATE), np.uint8)


def _edges(filled: Any) -> tuple[int, int]:
    at = np.flatnonzero(filled)
    return max(0, int(at[0]) - _MARGIN), min(len(filled), int(at[-1]) + _MARGIN)


def _letters(strong: Grey, picture: Colours) -> list[Mark]:
    """Marks of the size of letters, each with an edge all around: a corner of an area has none towards the area."""
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    rim = (strong > 0) & (cv2.erode(strong, np.ones((3, 3), np.uint8)) == 0)
    steps = cv2.morphologyEx(picture, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)).max(axis=2)
    around = np.bincount(labels[rim], minlength=count)
    edged = np.bincount(labels[rim & (steps >= _EDGE)], minlength=count)
    return [
        (int(left), int(top), int(wide), int(tall))
        for at, (left, top, wide, tall, area) in enumerate(boxes)
        if at
        and _LEAST_HIGH <= tall <= _MOST_HIGH
        and tall <= _SLIM * wide
        and wide <= _MOST_WIDE
        and area >= _LEAST_HIGH
        and edged[at] >= _EDGED * around[at]
    ]


def _has_large(strong: Grey) -> bool:
    """Whether there is anything that is larger than letters: a picture, or very large letters."""
    count, _, boxes, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    return any(tall > _MOST_HIGH or wide > _MOST_WIDE for _, _, wide, tall, _ in boxes[1:count])


def _number(letters: Iterable[Mark]) -> int:
    """Letters that touch are one mark."""
    return sum(max(1, round(wide / tall)) for _, _, wide, tall in letters)


def _tiles(letters: Iterable[Mark]) -> list[tuple[int, int]]:
    """Where the parts begin that hold marks, those with most marks first."""
    step = _TILE - _OVERLAP
    held: dict[tuple[int, int], int] = {}
    for left, top, _, _ in letters:
        held[left // step * step, top // step * step] = held.get((left // step * step, top // step * step), 0) + 1
    if len(held) > _MOST_TILES:
        raise TooManyError
    return sorted(held, key=lambda at: -held[at])


def _moved(quad: Any, right: int, down: int) -> Quad:
    return np.asarray(quad + np.array((right, down)), np.float32)


def _unknown(quads: Iterable[Quad], known: Sequence[Quad]) -> list[Quad]:
    """Those that are not found already: a piece that goes on beyond a known one is another."""
    boxes = [_bounds(quad) for quad in known]
    return [quad for quad in quads if not any(_covers(box, _bounds(quad), _SURE) for box in boxes)]


def _covers(box: Box, other: Box, share: float) -> bool:
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return across > 0 and down > 0 and across * down >= share * other.size[0] * other.size[1]


def _left_over(letters: Sequence[Mark], found: Sequence[Quad], shape: Sequence[int]) -> list[Quad]:
    """Rows and columns of marks that stand in no piece of text found."""
    taken = np.zeros(shape[:2], np.uint8)
    for quad in found:
        left, top, right, bottom = (int(edge) for edge in _bounds(quad))
        taken[max(0, top) : bottom, max(0, left) : right] = 1
    free = [mark for mark in letters if not taken[mark[1] + mark[3] // 2, mark[0] + mark[2] // 2]]
    if _number(free) < _LEAST_MARKS:
        return []
    level, free = _rows(free, shape, upright=False)
    upright, _ = _rows(free, shape, upright=True)
    lines = sorted((*level, *upright), key=lambda line: -line[0])
    return [quad for _, quad in lines[:_MOST_LEFT_OVER]]


def _rows(free: list[Mark], shape: Sequence[int], *, upright: bool) -> tuple[list[tuple[int, Quad]], list[Mark]]:
    """Rows of marks, each with its number of marks, and the marks that stand in none."""
    if _number(free) < _LEAST_MARKS:
        return [], free
    reach = _REACH * int(np.median([tall for _, _, _, tall in free]))
    drawn = np.zeros(shape[:2], np.uint8)
    for left, top, across, down in free:
        drawn[top : top + down, left : left + across] = 1
    grown = cv2.dilate(drawn, np.ones((reach, 1) if upright else (1, reach), np.uint8))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(grown, connectivity=8)
    of = [int(labels[top + down // 2, left + across // 2]) for left, top, across, down in free]
    held = np.bincount(of, minlength=count)
    rows: dict[int, Quad] = {}
    for label in range(1, count):
        left, top, across, down, _ = (int(edge) for edge in boxes[label])
        longer, shorter = (down, across) if upright else (across, down)
        if shorter <= _MOST_HIGH and longer >= 2 * shorter and (held[label] > 2 or longer >= _LONG * shorter):
            corners = [(left, top), (left + across, top), (left + across, top + down), (left, top + down)]
            rows[label] = np.asarray(corners, np.float32)
    rest = [mark for mark, label in zip(free, of, strict=True) if label not in rows]
    return [(int(held[label]), quad) for label, quad in rows.items()], rest


def _faint(contrast: Grey) -> Colours | None:
    """The picture with its faint marks made strong, None where there are none: what is strong already is left out."""
    strong = cv2.dilate((contrast >= _STRONG).astype(np.uint8), np.ones((_MARGIN * 2, _MARGIN * 2), np.uint8))
    weak = ((contrast >= _FAINT) & (strong == 0)).astype(np.uint8)
    if len(_letters(weak, _paler(contrast))) < _LEAST_MARKS:
        return None
    paler = _paler(contrast)
    paler[strong > 0] = 255
    return paler


def _paler(contrast: Grey) -> Colours:
    made = 255 - np.minimum(255, contrast.astype(np.int32) * _AMPLIFIED).astype(np.uint8)
    return np.asarray(cv2.cvtColor(made, cv2.COLOR_GRAY2RGB), np.uint8)


def _bounds(quad: Quad) -> Box:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    return Box(int(left), int(top), int(np.ceil(right)), int(np.ceil(bottom)))


def _cut(picture: Colours, quad: Quad) -> Colours:
    """A piece of text laid straight; one that is higher than wide is laid on its side."""
    wide = max(float(np.linalg.norm(quad[0] - quad[1])), float(np.linalg.norm(quad[3] - quad[2])), 1.0)
    high = max(float(np.linalg.norm(quad[0] - quad[3])), float(np.linalg.norm(quad[1] - quad[2])), 1.0)
    corners = np.array(((0, 0), (wide, 0), (wide, high), (0, high)), np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    size = (max(1, round(wide)), max(1, round(high)))
    cut = cv2.warpPerspective(picture, matrix, size, borderMode=cv2.BORDER_REPLICATE, flags=cv2.INTER_CUBIC)
    return np.asarray(cut, np.uint8)


def _read(crops: Sequence[Colours], check: Callable[[], None]) -> list[Seen]:
    """What each piece says: tried in other ways too where it was not read surely."""
    lying = [np.rot90(crop) if crop.shape[0] >= _UPRIGHT * crop.shape[1] else crop for crop in crops]
    first = [_dark_on_light(crop) for crop in lying]
    turned = upside_down(first)
    seen = read([np.rot90(piece, 2) if over else piece for piece, over in zip(first, turned, strict=True)], check)
    for way in (_as_it_is, _over, _unstacked, _packed, _mirrored, _flipped):
        unsure = [at for at, one in enumerate(seen) if one.confidence < _SURE]
        tries = {at: tried for at in unsure if (tried := way(lying[at], turned[at])) is not None}
        for at, again in zip(tries, read(list(tries.values()), check), strict=True):
            if again.confidence > seen[at].confidence:
                seen[at] = again
    return seen


def _dark_on_light(crop: Colours) -> Grey:
    """Whatever the colours, the ground white and what differs from it dark."""
    ground = np.median(crop.reshape(-1, 3), axis=0)
    differs = np.abs(crop.astype(np.float32) - ground).max(axis=2)
    most = max(1.0, float(np.percentile(differs, 99.5)))
    return np.asarray(255 - np.minimum(255, differs * (255 / most)), np.uint8)


def _as_it_is(crop: Colours, over: bool) -> Grey | None:
    grey = np.asarray(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), np.uint8)
    return np.rot90(grey, 2) if over else grey


def _over(crop: Colours, over: bool) -> Grey | None:
    return _dark_on_light(crop if over else np.rot90(crop, 2))


def _mirrored(crop: Colours, over: bool) -> Grey | None:
    """As a film that was laid the wrong way round, or a photograph of a window, shows it."""
    return np.fliplr(_dark_on_light(np.rot90(crop, 2) if over else crop))


def _flipped(crop: Colours, over: bool) -> Grey | None:
    return _mirrored(crop, not over)


def _unstacked(crop: Colours, _: bool) -> Grey | None:
    """Letters that stand upright one above the other, laid in a row: None where the piece is not such a column."""
    column = np.rot90(_dark_on_light(crop), -1)
    high, wide = column.shape
    if high < 2 * _UPRIGHT * wide:
        return None
    side = int(wide * 1.2)
    letters = [column[start:end][:side] for start, end in _stretches((column < _DARK).any(axis=1))]
    row = np.full((side, side * max(1, len(letters))), 255, np.uint8)
    for at, letter in enumerate(letters):
        down, across = (side - letter.shape[0]) // 2, at * side + (side - wide) // 2
        row[down : down + letter.shape[0], across : across + wide] = letter
    return row


def _packed(crop: Colours, over: bool) -> Grey | None:
    """Letters that stand far apart in a row, moved together: None where they do not."""
    row = _dark_on_light(np.rot90(crop, 2) if over else crop)
    high = row.shape[0]
    letters = [row[:, start:end] for start, end in _stretches((row < _DARK).any(axis=0))]
    if sum(letter.shape[1] for letter in letters) * 2 > row.shape[1]:
        return None
    gap = np.full((high, max(2, high // 6)), 255, np.uint8)
    return np.hstack([gap, *(part for letter in letters for part in (letter, gap))])


def _stretches(filled: Any) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
