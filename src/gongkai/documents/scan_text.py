"""识字 — where text stands in a picture and what it says, by models that the package brings: offline, on few threads.

A picture is an array of greys, one byte a pixel, rows from the top.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR

from gongkai.documents.limits import LIMITS

Grey = npt.NDArray[np.uint8]
Quad = npt.NDArray[np.float32]
"""四角 — the corners of a piece of text: upper left, upper right, lower right, lower left."""

# Pixels of the longer side at which text is looked for: in larger pictures the grain of paper looks like text. A sheet
# that is wider than high may hold two pages.
_UPRIGHT_SIDE, _LEVEL_SIDE = 1_344, 1_792
_BATCH = 6
_NARROW = 64
_UPSIDE_DOWN = "180"
_SURELY = 0.9

# None but this one: to go down to 1 is to wait for the others, and in a room forked from a process that had some they
# are not there to end.
cv2.setNumThreads(0)


class Seen(NamedTuple):
    """所见 — a text, and from 0 to 1 how surely it was read."""

    text: str
    confidence: float


def find(picture: Grey) -> list[Quad]:
    """找字 — the pieces of text of a picture."""
    height, width = picture.shape
    rate = min(1.0, (_UPRIGHT_SIDE if height >= width else _LEVEL_SIDE) / max(height, width))
    small = np.asarray(cv2.resize(picture, None, fx=rate, fy=rate, interpolation=cv2.INTER_AREA), np.uint8)
    return [np.asarray(quad / np.float32(rate), np.float32) for quad in quads_in(_coloured(small))]


def quads_in(picture: npt.NDArray[np.uint8]) -> list[Quad]:
    """找字 — the pieces of text of a picture in colours, looked for in the size in which it is given."""
    found = _engine()(picture, use_det=True, use_cls=False, use_rec=False)
    boxes = getattr(found, "boxes", None)
    return [] if boxes is None else [np.asarray(box, np.float32) for box in boxes]


def read(pieces: Sequence[Grey], check: Callable[[], None]) -> list[Seen]:
    """识字 — what each piece says; `check` is asked between batches, so that it may end the work."""
    order = sorted(range(len(pieces)), key=lambda at: pieces[at].shape[1] / pieces[at].shape[0])
    seen = [Seen("", 0.0)] * len(pieces)
    for start in range(0, len(order), _BATCH):
        check()
        batch = order[start : start + _BATCH]
        found = _engine().recognize_txt([_coloured(pieces[at]) for at in batch])
        for at, text, confidence in zip(batch, found.txts or (), found.scores or (), strict=True):
            seen[at] = Seen(text.strip(), float(confidence))
    return seen


def upside_down(pieces: Sequence[Grey]) -> list[bool]:
    """是否颠倒 — of each piece of text, whether it surely stands on its head."""
    if not pieces:
        return []
    _, found = _engine().cls_and_rotate([_coloured(piece) for piece in pieces])
    return [label == _UPSIDE_DOWN and score > _SURELY for label, score in found.cls_res or ()]


def is_upside_down(pieces: Sequence[Grey]) -> bool:
    """是否颠倒 — whether most of these pieces of text stand on their heads."""
    return sum(upside_down(pieces)) * 2 > len(pieces)


def _coloured(picture: Grey) -> Any:
    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)


def _engine() -> RapidOCR:
    """One for each process: threads do not outlive a fork."""
    return _started(os.getpid())


@lru_cache(maxsize=1)
def _started(_process: int) -> RapidOCR:
    threads = {
        f"EngineConfig.onnxruntime.{kind}_op_num_threads": count
        for kind, count in (("intra", LIMITS.scan_threads), ("inter", 1))
    }
    return RapidOCR(params={"Global.log_level": "critical", "Rec.rec_img_shape": [3, 48, _NARROW], **threads})
