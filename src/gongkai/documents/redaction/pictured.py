"""看图 — what is written in a picture, for the guard: every frame, every ground, read in a process of its own.

A picture is read once, however often it is asked for while a file is worked on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import NamedTuple

from gongkai.documents.document import Document, DocumentError, Paragraph, View
from gongkai.documents.isolation import opened_apart
from gongkai.documents.limits import Limits
from gongkai.documents.redaction.editor import Slot
from gongkai.documents.redaction.places import Place
from gongkai.documents.redaction.torn import Block, Box, around, below, in_boxes
from gongkai.documents.redaction.values import NotSeenError
from gongkai.documents.refusals import refusal
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import Kind, find

_REMEMBERED = 256
_CHINESE = re.compile(r"[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖]{10,}")
_EITHER_WAY = re.compile(r"[0-25689ELSZOIlhDo|\s]{15,}")
_TURNED = str.maketrans("69ELhSZOoDIl|", "9637452000111")
"""What the figures of a display are read for when they stand on their head."""
_EXTRA = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")


KIND = "picture"
"""图片里的字 — the kind of the note that a machine has read them (条例 第十七条)."""


class Line(NamedTuple):
    """一行字 — its text, the frame in which it stands, from 1, its box in pixels, its words with theirs."""

    text: str
    frame: int
    box: Box
    confidence: float
    words: tuple[tuple[str, Box], ...] = ()


def lines(source: str, data: bytes, limits: Limits) -> tuple[Line, ...]:
    """图片里的字 — of every frame, from the top down. NotSeenError where a picture was not read, or not all of it."""
    return _seen("scan_frames", source, data, limits)


def note(count: int) -> Hit:
    """请人看一遍 — the note of a file in which so many pictures were read: no machine sees all that a person does."""
    said = (
        "{count} 幅图片里的字由机器认读，会漏认手写、倒映、变形、压在线条里的字，条形码只认一部分。公开以前请人看一遍"
    )
    return _for_a_person(said, count=count)


def unverified(pages: int) -> Hit:
    """没有核对 — the note of a PDF whose text nobody has held against what its fonts draw."""
    said = "{pages} 页的字照文件里写的看，没有和画出来的字核对：没有装识别组件。公开以前请人看一遍"
    return _for_a_person(said, pages=pages)


def _for_a_person(said: str, **values: object) -> Hit:
    return Hit(KIND, Severity.NOTE, 0, 0, "", None, said, "条例 第十七条", values)


def rows(source: str, data: bytes, limits: Limits) -> tuple[tuple[str, float], ...]:
    """一行一个字 — read each row of a sheet, and say how surely. NotSeenError where nobody can read it here."""
    return tuple((line.text, line.confidence) for line in _seen("scan_signs", source, data, limits))


def further(lines: Sequence[Line], place: Place, held: Callable[[Line], None] = lambda _: None) -> Iterator[Slot]:
    """另外的读法 — words that go on in the line below; figures that were read upside down.

    `held` is told of a line when a hit in it is masked.
    """
    frames: dict[int, list[Block]] = {}
    for line in lines:

        def mask(_: Sequence[Hit], line: Line = line) -> None:
            held(line)

        frames.setdefault(line.frame, []).extend(Block(Slot(place, text, mask), box) for text, box in line.words)
        if _EITHER_WAY.fullmatch(line.text):
            yield Slot(place, line.text.translate(_TURNED)[::-1], mask, sure=True, only=_is_identity)
    for blocks in frames.values():
        yield from below(blocks)
        yield from in_boxes(blocks)


def misread(source: str, part: str, lines: Sequence[Line]) -> Iterator[NotSeenError]:
    """没有读准 — a number in Chinese figures of which a stroke was lost: nothing else is written with so many."""
    if any(_CHINESE.search(line.text) and not find(line.text) for line in lines):
        told = "{file}：图片 {part} 里有一长串汉字数字，没有读准。请人工看一遍"
        yield NotSeenError(source, told, file=source, part=part)


def _is_identity(hit: Hit) -> bool:
    return hit.kind == Kind.IDENTITY


def holding(lines: Sequence[Line]) -> list[Line] | None:
    """有号码的行 — those which hold a number or a part of one; None where one goes on in a way that no line tells."""
    held = {id(line): line for line in lines if find(line.text)}
    for slot in further(lines, Place(), lambda line: held.update({id(line): line})):
        if hits := [hit for hit in find(slot.text) if slot.only is None or slot.only(hit)]:
            slot.mask(hits)
    left = "\n".join(line.text for line in lines if id(line) not in held)
    return None if find(left) or not held else list(held.values())


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
            words: tuple[tuple[str, Box], ...] = ()
            if frame in view.seen:
                line = view.seen[frame].lines[at.get(frame, 0)]
                at[frame] = at.get(frame, 0) + 1
                words = tuple((word.text, (word.left, word.top, word.right, word.bottom)) for word in line)
            box = around([box for _, box in words]) if words else (0.0, 0.0, 0.0, 0.0)
            yield Line(block.text, frame, box, block.confidence or 0.0, words)


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
