"""字块 — pieces of text seen in a picture, with their boxes, gathered to lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_JOINED = 0.6  # gaps in heights of a piece: below, the pieces touch
_SAME_LINE = 0.5


class Box(NamedTuple):
    """方框 — in pixels, y downward."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """高."""
        return self.bottom - self.top

    @property
    def size(self) -> tuple[float, float]:
        """宽和高."""
        return self.right - self.left, self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """中心."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """放大 — so many pixels on every side; less than nothing makes it smaller."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, right: float, down: float) -> Box:
        """移动."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)

    @classmethod
    def around(cls, boxes: Sequence[Box]) -> Box:
        """围住 — the smallest box around several."""
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return cls(min(lefts), min(tops), max(rights), max(bottoms))


class Piece(NamedTuple):
    """字块 — a text, from 0 to 1 how surely it was read, and where it stands; of a line, the pieces that make it."""

    text: str
    confidence: float
    box: Box
    parts: tuple[Piece, ...] = ()


def in_lines(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """行 — from the top down, each from left to right."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.middle[1]):
        last = lines[-1][0].box if lines else None
        if last and piece.box.middle[1] - last.middle[1] < _SAME_LINE * min(piece.box.height, last.height):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [tuple(sorted(line, key=lambda piece: piece.box.left)) for line in lines]


def joined(line: Sequence[Piece]) -> str:
    """一行文字 — its pieces, with a blank where they stand apart."""
    text = ""
    for at, piece in enumerate(line):
        gap = piece.box.left - line[at - 1].box.right if at else 0.0
        text += (" " if gap > _JOINED * piece.box.height else "") + piece.text
    return text


def text_of(pieces: Iterable[Piece]) -> str:
    """文字 — line by line."""
    return "\n".join(joined(line) for line in in_lines(pieces))


def confidence_of(pieces: Sequence[Piece]) -> float:
    """把握 — of the least sure piece that holds a figure, or of the least sure where none does."""
    figures = [piece.confidence for piece in pieces if any(sign.isdigit() for sign in piece.text)]
    return round(min(figures or [piece.confidence for piece in pieces]), 3)
