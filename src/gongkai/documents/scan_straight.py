"""摆正 — a picture of a page laid straight: turned upright, skew and perspective undone, by its ruling lines and text.

A straightening is a matrix of three by three that takes points of the picture as given to points of the straight one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from gongkai.documents.scan_rulings import ink, is_blank, line_masks
from gongkai.documents.scan_text import Grey, Quad, find, is_upside_down

Matrix = npt.NDArray[np.float64]

_LONG = 0.06  # of the longer side: shorter segments say nothing of how the page lies
_STEEP = 0.36  # a line of a page that leans more than twenty degrees is no ruling line
_ENOUGH = 4  # segments of each direction, before a perspective is believed
_ROUNDS = 4
_STRAIGHT = 0.0008  # slope: two pixels on the length of a page
_WIDE = 4.0  # times its height: a piece of text that tells how its line lies
_SPARSE = 3
_ASKED = 12  # pieces of text that are asked whether they stand on their heads
_PAPER = 255


class Straight(NamedTuple):
    """摆正的页面 — the straight picture, the matrix that made it, and its pieces of text."""

    picture: Grey
    matrix: Matrix
    quads: list[Quad]


def straighten(given: Grey) -> Straight:
    """摆正 — a page as given, laid straight, with the pieces of text found on it."""
    inked = ink(given)
    if is_blank(inked, line_masks(inked)):
        return Straight(given, np.eye(3), [])
    matrix, size = _by_rulings(given)
    picture = lay(given, matrix, size)
    quads = find(picture)
    if _lies_on_its_side(quads):
        matrix, size = _quarter(size) @ matrix, size[::-1]
        picture = lay(given, matrix, size)
        quads = find(picture)
    widest = sorted(quads, key=lambda quad: -float(np.ptp(quad[:, 0])))[:_ASKED]
    if is_upside_down([cut(picture, quad) for quad in widest]):
        turn = np.array([[-1.0, 0, size[0]], [0, -1, size[1]], [0, 0, 1]])
        quads = [quad[[2, 3, 0, 1]] for quad in moved(quads, turn)]
        matrix = turn @ matrix
        picture = lay(given, matrix, size)
    slope = _slope_of_text(quads)
    if abs(slope) > _STRAIGHT:
        turn = _undone(slope, size)
        quads = moved(quads, turn)
        matrix = turn @ matrix
        picture = lay(given, matrix, size)
    return Straight(picture, matrix, quads)


def lay(given: Grey, matrix: Matrix, size: tuple[int, int]) -> Grey:
    """铺平 — the picture after a straightening, on white paper of `size`."""
    if np.allclose(matrix, np.eye(3)) and given.shape[::-1] == size:
        return given
    laid = cv2.warpPerspective(given, matrix, size, flags=cv2.INTER_CUBIC, borderValue=_PAPER)
    return np.asarray(laid, np.uint8)


def cut(picture: Grey, quad: Quad) -> Grey:
    """剪下 — the upright rectangle around a piece of text, never empty."""
    height, width = picture.shape
    left, top = (int(max(0, np.floor(value))) for value in quad.min(axis=0))
    right, bottom = (int(np.ceil(value)) for value in quad.max(axis=0))
    left, top = min(left, width - 1), min(top, height - 1)
    return picture[top : max(top + 1, bottom), left : max(left + 1, right)]


def moved(quads: list[Quad], matrix: Matrix) -> list[Quad]:
    """移动 — pieces of text after a straightening."""
    if not quads:
        return []
    corners = np.concatenate(quads).astype(np.float64)[:, None, :]
    return list(cv2.perspectiveTransform(corners, matrix)[:, 0, :].reshape(-1, 4, 2).astype(np.float32))


def _by_rulings(given: Grey) -> tuple[Matrix, tuple[int, int]]:
    """The matrix that makes ruling lines level and upright, step by step; the page as it is where it has too few."""
    size = (given.shape[1], given.shape[0])
    matrix: Matrix = np.eye(3)
    for _ in range(_ROUNDS):
        level, upright = _segments(lay(given, matrix, size))
        if len(level) + len(upright) < _ENOUGH:
            break
        one, other = _leaning(level), _leaning(upright)
        worst = max(abs(lean(at)) for lean, end in ((one, size[1]), (other, size[0])) for at in (0.0, end))
        if worst < _STRAIGHT:
            break
        corners = np.array([(0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])], np.float32)
        # A point on a line that leans is moved to where the line crosses the middle of the page.
        laid = np.array(
            [(x - other(x) * (y - size[1] / 2), y - one(y) * (x - size[0] / 2)) for x, y in corners], np.float32
        )
        matrix = cv2.getPerspectiveTransform(corners, laid) @ matrix
    return matrix, size


_Segment = tuple[float, float, float]
"""Where it crosses the middle, how much it leans, how long it is."""


def _segments(picture: Grey) -> tuple[list[_Segment], list[_Segment]]:
    """The long straight edges, level and upright: of the ruling lines freed of what crosses them, or, where the page
    leans too much to tell them, of all that is on it."""
    level: list[_Segment] = []
    upright: list[_Segment] = []
    for shown in (*line_masks(ink(picture)), picture):
        if shown is picture and min(len(level), len(upright)) >= _ENOUGH:
            break
        _gather(cv2.GaussianBlur(shown, (0, 0), 1.0), level, upright)
    return level, upright


def _gather(shown: cv2.typing.MatLike, level: list[_Segment], upright: list[_Segment]) -> None:
    height, width = shown.shape[:2]
    found = cv2.createLineSegmentDetector().detect(shown)[0]
    for x0, y0, x1, y1 in [] if found is None else found.reshape(-1, 4).astype(float):
        across, down = x1 - x0, y1 - y0
        if max(abs(across), abs(down)) < _LONG * max(width, height):
            continue
        if abs(down) < _STEEP * abs(across):
            lean = down / across
            level.append(((y0 + y1) / 2 - lean * ((x0 + x1) - width) / 2, lean, abs(across)))
        elif abs(across) < _STEEP * abs(down):
            lean = across / down
            upright.append(((x0 + x1) / 2 - lean * ((y0 + y1) - height) / 2, lean, abs(down)))


def _leaning(segments: list[_Segment]) -> Callable[[float], float]:
    """How much a line leans by where it is: the same everywhere or, where enough lines say so, ever more."""
    if not segments:
        return lambda _: 0.0
    places, leans, lengths = (np.array(values) for values in zip(*segments, strict=True))
    middle = _weighted_median(leans, lengths)
    near = np.abs(leans - middle) < max(0.02, 0.6 * float(np.abs(leans - middle).max()))
    span = float(np.ptp(places[near]))
    if near.sum() < _ENOUGH or span < 0.25 * float(lengths.max()):
        return lambda _: middle
    slope, start = np.polyfit(places[near], leans[near], 1, w=lengths[near])
    return lambda at: float(start + slope * at)


def _weighted_median(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64]) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(sums, sums[-1] / 2)])


def _lies_on_its_side(quads: list[Quad]) -> bool:
    """Whether most of the text, by its length, runs up or down the page."""
    sides = [np.ptp(quad, axis=0) for quad in quads]
    upright = sum(float(tall) for wide, tall in sides if tall > wide * 1.5)
    level = sum(float(wide) for wide, tall in sides if wide > tall * 1.5)
    return upright > level


def _quarter(size: tuple[int, int]) -> Matrix:
    """A quarter turn clockwise."""
    return np.array([[0.0, -1, size[1]], [1, 0, 0], [0, 0, 1]])


def _slope_of_text(quads: list[Quad]) -> float:
    slopes = []
    for quad in quads:
        across, down = (float(value) for value in (quad[1] + quad[2] - quad[0] - quad[3]) / 2)
        tall = float(np.linalg.norm(quad[3] - quad[0]))
        if across > _WIDE * tall:
            slopes.append(down / across)
    return float(np.median(slopes)) if len(slopes) >= _SPARSE else 0.0


def _undone(slope: float, size: tuple[int, int]) -> Matrix:
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), float(np.degrees(np.arctan(slope))), 1.0)
    return np.vstack([turn, (0.0, 0.0, 1.0)])
