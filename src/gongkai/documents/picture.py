"""图片 — png, jpg, tiff, bmp and gif as pages to be seen; a tiff may have several."""

from __future__ import annotations

import struct
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from gongkai.documents.document import DocumentError, View
from gongkai.documents.limits import Limits, check_pixels, check_scan_pages, too_many_pixels
from gongkai.documents.refusals import refusal
from gongkai.documents.scan import Scan, view
from gongkai.documents.scan_text import Grey

# What is odd in a file is nothing to tell a clerk, so long as it can be read.
warnings.filterwarnings("ignore", module=r"PIL\.")

_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
_MANY = "TIFF"
# What the decoders raise on damaged pictures.
_BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, AttributeError, LookupError, ArithmeticError),
    *(struct.error, zlib.error, RuntimeError),
)
_DEEP = ("I", "I;16", "I;16B", "I;16L", "F")


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """图片的视图 — `seen`, and `seen again`."""
    scan = Scan(
        source, range(1, _pages(source, data, limits) + 1), lambda number: drawn(source, data, number, limits), limits
    )
    return (
        lambda: view("seen", source, scan.seen, {}, limits),
        lambda: view("seen again", source, scan.seen_again, {}, limits),
    )


def drawn(source: str, data: bytes, number: int, limits: Limits) -> Grey:
    """画一页 — page `number`, from 1, in greys on white paper, as the camera was held."""
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            picture.seek(number - 1)
            check_pixels(source, *picture.size, limits)
            return _grey(ImageOps.exif_transpose(picture))
    except DocumentError:
        raise
    except Image.DecompressionBombError:
        raise too_many_pixels(source, limits) from None
    except _BROKEN:
        raise refusal("damaged", source) from None


def _pages(source: str, data: bytes, limits: Limits) -> int:
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as picture:
            check_pixels(source, *picture.size, limits)
            count = getattr(picture, "n_frames", 1) if picture.format == _MANY else 1
    except DocumentError:
        raise
    except Image.DecompressionBombError:
        raise too_many_pixels(source, limits) from None
    except _BROKEN:
        raise refusal("damaged", source) from None
    check_scan_pages(source, count, limits)
    return int(count)


def _grey(picture: Image.Image) -> Grey:
    if picture.mode in _DEEP:
        deep = np.asarray(picture, np.float32)
        return np.asarray(deep * (255 / max(1.0, float(deep.max()))), np.uint8)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture)
    return np.asarray(picture.convert("L"), np.uint8)
