"""每一帧 — every frame of a picture as colours, on white and on black where it is clear, and all that is written there.

What a viewer shows first is not all that a file holds: frames of an animation, the second picture of a camera, words
drawn in the ground's own colour.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from itertools import chain

import numpy as np
from PIL import Image, ImageOps

from gongkai.documents.document import DocumentError, PageLayout, Paragraph, View, Word
from gongkai.documents.limits import Deadline, Limits, announce, check_pixels, check_scan_pages, too_many_pixels
from gongkai.documents.refusals import refusal
from gongkai.documents.scan_codes import codes
from gongkai.documents.scan_pieces import Box, Piece
from gongkai.documents.scan_words import Colours, TooManyError, pieces

_BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
    *(struct.error, zlib.error, RuntimeError),
)
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")
_DRAWINGS = ("WMF", "EMF", "EPS")
_LEAST_SIDE = 5
"""Pixels: less holds no letter."""
_RED, _REDDER, _LEAST_RED, _MOST_RED = 140, 60, 0.0005, 0.4
"""How light a red is, how much of it more than of other colours, and what share of a picture a seal covers."""
_DIGITS = re.compile(r"[0-9OoIl|SBZ]{8,}")
_MISREAD = str.maketrans("OoIl|SBZ", "00111582")


def view(source: str, data: bytes, limits: Limits) -> View:
    """图片里的字 — a paragraph for each line, its frame as page. DocumentError for a picture that cannot be read."""
    blocks: list[Paragraph] = []
    seen: dict[int, PageLayout] = {}
    for number, frame in enumerate(frames(source, data, limits), 1):
        announce(limits.scan_seconds)
        check = Deadline(source, limits, limits.scan_seconds).check
        try:
            found = [*pieces(frame, check), *(_code(source, said) for said in codes(frame))]
        except TooManyError:
            raise DocumentError(
                source, "{file}：图片里的字太多太小，没有读完。请分成几幅图再试，或人工看一遍", file=source
            ) from None
        blocks += [Paragraph(_digits(piece.text), None, number, True, piece.confidence) for piece in found]
        boxes = tuple(
            tuple(Word(part.text, *map(float, part.box)) for part in piece.parts or (piece,)) for piece in found
        )
        seen[number] = PageLayout(float(frame.shape[1]), float(frame.shape[0]), boxes)
    return View("seen", tuple(blocks), seen)


def _code(source: str, said: str) -> Piece:
    if not said:
        raise DocumentError(source, "{file}：图片里有二维码，没有认出内容。请人工扫一下看看", file=source)
    return Piece(said, 1.0, Box(0, 0, 0, 0))


def _digits(text: str) -> str:
    """Letters that were read for figures among many figures."""
    return _DIGITS.sub(lambda found: found[0].translate(_MISREAD), text)


def frames(source: str, data: bytes, limits: Limits) -> Iterator[Colours]:
    """每一帧 — upright, as large as it is; a clear one on white and on black, where that makes a difference."""
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format in _DRAWINGS:
                raise DocumentError(
                    source,
                    "{file}：这幅图是矢量图（EMF、WMF），里面的文字没有检查。请人工看一遍",
                    file=source,
                )
            check_pixels(source, *image.size, limits)
            count = int(getattr(image, "n_frames", 1))
            check_scan_pages(source, count, limits)
            told: set[bytes] = set()
            for number in range(count):
                image.seek(number)
                check_pixels(source, *image.size, limits)
                for frame in chain.from_iterable(map(_inks, _grounds(ImageOps.exif_transpose(image)))):
                    if min(frame.shape[:2]) >= _LEAST_SIDE and (packed := _digest(frame)) not in told:
                        told.add(packed)
                        yield frame
    except DocumentError:
        raise
    except Image.DecompressionBombError:
        raise too_many_pixels(source, limits) from None
    except _BROKEN:
        raise refusal("damaged", source) from None


def _digest(frame: Colours) -> bytes:
    return sha256(frame.tobytes()).digest()


def _inks(frame: Colours) -> Iterator[Colours]:
    """As it is; where there is red, also through red glass: a seal hides no print from a reader."""
    yield frame
    red, rest = frame[..., 0].astype(np.int16), frame[..., 1:].max(axis=2).astype(np.int16)
    share = float(np.mean((red > _RED) & (red - rest > _REDDER)))
    if _LEAST_RED < share < _MOST_RED:
        yield np.ascontiguousarray(np.repeat(frame[..., :1], 3, axis=2))


def _grounds(image: Image.Image) -> Iterator[Colours]:
    if image.mode in _DEEP:
        deep = np.asarray(image, np.float32)
        low, high = float(deep.min()), float(deep.max())
        grey = np.asarray((deep - low) * (255 / max(1.0, high - low)), np.uint8)
        yield np.repeat(grey[..., None], 3, axis=2)
        return
    if not image.has_transparency_data:
        yield _colours(image)
        return
    clear = image.convert("RGBA")
    for ground in ("white", "black"):
        yield _colours(Image.alpha_composite(Image.new("RGBA", clear.size, ground), clear))
    # What is wholly clear keeps its colours, and any program shows them.
    yield _colours(clear)


def _colours(image: Image.Image) -> Colours:
    return np.ascontiguousarray(np.asarray(image.convert("RGB"), np.uint8))
