"""看图 — what is written in a picture, for the guard: every frame, every ground, read in a process of its own.

A picture is read once, however often it is asked for while a file is worked on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import NamedTuple

from gongkai.documents.document import Document, DocumentError, Paragraph, View
from gongkai.documents.isolation import opened_apart
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.values import NotSeenError
from gongkai.documents.refusals import refusal

_REMEMBERED = 256
_EXTRA = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")
Box = tuple[float, float, float, float]


class Line(NamedTuple):
    """一行字 — its text, the frame in which it stands, from 1, and its box in pixels: left, top, right, bottom."""

    text: str
    frame: int
    box: Box
    confidence: float


def lines(source: str, data: bytes, limits: Limits) -> tuple[Line, ...]:
    """图片里的字 — of every frame, from the top down. NotSeenError where a picture was not read, or not all of it."""
    return _seen("scan_frames", source, data, limits)


def rows(source: str, data: bytes, limits: Limits) -> tuple[tuple[str, float], ...]:
    """一行一个字 — read each row of a sheet, and say how surely. NotSeenError where nobody can read it here."""
    return tuple((line.text, line.confidence) for line in _seen("scan_signs", source, data, limits))


def _seen(how: str, source: str, data: bytes, limits: Limits) -> tuple[Line, ...]:
    found = _remembered(how, sha256(data).digest(), limits, _Given(source, data))
    if isinstance(found, DocumentError):
        raise NotSeenError(source, found.template, **{**found.values, "file": source})
    return found


class _Given:
    """What to read; equal to every other, so that the digest alone decides what is remembered."""

    def __init__(self, source: str, data: bytes) -> None:
        self.source, self.data = source, data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=_REMEMBERED)
def _remembered(how: str, _digest: bytes, limits: Limits, given: _Given) -> tuple[Line, ...] | DocumentError:
    try:
        document = opened_apart(given.source, (_made, (how, given.source, given.data, limits)), limits)
        return tuple(_lines(next(document.views())))
    except DocumentError as error:
        return error
    finally:
        # What is remembered is small; the picture is not.
        given.data = b""


def _lines(view: View) -> Iterator[Line]:
    at: dict[int, int] = {}
    for block in view.blocks:
        if isinstance(block, Paragraph):
            frame = block.page or 1
            box: Box = (0.0, 0.0, 0.0, 0.0)
            if frame in view.seen:
                (word,) = view.seen[frame].lines[at.get(frame, 0)]
                at[frame] = at.get(frame, 0) + 1
                box = (word.left, word.top, word.right, word.bottom)
            yield Line(block.text, frame, box, block.confidence or 0.0)


def _made(how: str, source: str, data: bytes, limits: Limits) -> Document:
    """Inside the room."""
    try:
        made = import_module(f"gongkai.documents.{how}").view
    except ModuleNotFoundError as missing:
        if missing.name not in _EXTRA:
            raise
        raise refusal("unseen", source) from None
    view: View = made(source, data, limits)
    return Document(source, "picture", (lambda: view,), [view])
