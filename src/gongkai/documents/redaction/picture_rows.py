"""拼起来看的图 — pictures as a page shows them: turned, stretched, and those of a row put together into one.

A number over several pictures, one digit each, is in none of them; nor is one in a picture that the page turns round
or stretches. What is made here is for reading alone, no copy holds it (条例 第十五条).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import PurePath

from PIL import Image, ImageOps

from gongkai.documents.redaction.editor import Picture
from gongkai.documents.redaction.picture import BROKEN, blank
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.showing.drawings import Laid

_HIGHEST = 200.0
"""Pixels at 96 to the inch: pictures of a row that are higher are no letters."""
_LETTER, _ROW_OF_LETTERS = 48.0, 4
_STRETCHED = 1.3
_MOST_PIXELS, _LEAST_HIGH, _MOST_WIDE, _MARGIN = 8_000_000, 60, 8_000, 24


Data = Callable[[str], bytes]
Put = Callable[[str, bytes], None]


def laid_pictures(source: str, rows: Sequence[Sequence[Laid]], data: Data, put: Put) -> Iterator[Picture]:
    """拼起来看的图 — one for each row of small pictures, and for each that the page shows in another way than it is.

    `data` gives the bytes of a part, `put` takes others for it: where a number is read, all of the row is covered.
    """
    told: set[tuple[Laid, ...]] = set()
    for number, row in enumerate(map(tuple, rows), 1):
        if row in told or not row:
            continue
        told.add(row)
        sizes = [_size_of(data(one.part)) for one in row]
        if not all(map(all, sizes)) or not _is_worth(row, sizes):
            continue
        images = [image for one in row if (image := _seen(one, data(one.part))) is not None]
        if len(images) < len(row):
            continue
        parts = list(dict.fromkeys(one.part for one in row))

        def cover(_: bytes, parts: Sequence[str] = parts) -> None:
            for part in parts:
                put(part, blank(source, data(part)))

        name = " … ".join(dict.fromkeys((PurePath(parts[0]).name, PurePath(parts[-1]).name)))
        signs = len(row) if len(row) >= _ROW_OF_LETTERS and max(map(_height, row, sizes)) <= _LETTER else 0
        yield Picture(Place(Layer.PICTURE, part=f"{name} #{number}"), _joined(images), cover, row=True, signs=signs)


_Size = tuple[int, int]


def _height(one: Laid, size: _Size) -> float:
    return one.height or float(size[1])


def _is_worth(row: Sequence[Laid], sizes: Sequence[_Size]) -> bool:
    if any(wide * high > _MOST_PIXELS for wide, high in sizes):
        return False
    if len(row) > 1:
        return max(map(_height, row, sizes)) <= _HIGHEST
    return any(row[0].flipped) or row[0].turned != 0 or _is_stretched(row[0], sizes[0])


def _is_stretched(one: Laid, size: _Size) -> bool:
    if not (one.width and one.height):
        return False
    left, top, right, bottom = one.cut
    kept = size[0] * max(0.01, 1 - left - right) / (size[1] * max(0.01, 1 - top - bottom))
    ratio = one.width / one.height / kept
    return max(ratio, 1 / ratio) >= _STRETCHED


def _size_of(data: bytes) -> _Size:
    """Nothing by nothing where it cannot be opened."""
    image = _opened(data)
    return (0, 0) if image is None else image.size


def _seen(one: Laid, data: bytes) -> Image.Image | None:
    """As the page shows it; None for one that cannot be read, of which its own reader tells."""
    image = _opened(data)
    if image is None:
        return None
    try:
        clear = ImageOps.exif_transpose(image).convert("RGBA")
    except BROKEN:
        return None
    left, top, right, bottom = one.cut
    wide, high = clear.size
    box = (int(wide * left), int(high * top), int(wide * (1 - right)), int(high * (1 - bottom)))
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    clear = clear.crop(box)
    seen = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
    if one.width and one.height:
        seen = seen.resize(_size(seen, one.width, one.height))
    if one.flipped[0]:
        seen = ImageOps.mirror(seen)
    if one.flipped[1]:
        seen = ImageOps.flip(seen)
    return seen.rotate(-one.turned, expand=True, fillcolor="white") if one.turned else seen


def _size(image: Image.Image, width: float, height: float) -> tuple[int, int]:
    """The proportions of the page, with as many pixels as the picture has."""
    scale = min(max(image.width / width, image.height / height, 1.0), _MOST_WIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _opened(data: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Image.open(BytesIO(data))
    except BROKEN:
        return None


def _joined(images: Sequence[Image.Image]) -> bytes:
    """Side by side, all of one height, with a margin round them."""
    high = max(_LEAST_HIGH, *(image.height for image in images))
    high = min(high, max(_LEAST_HIGH, int(_MOST_WIDE * high / max(1, sum(map(_wide(high), images))))))
    scaled = [image.resize((max(1, round(_wide(high)(image))), high)) for image in images]
    whole = Image.new("RGB", (sum(image.width for image in scaled) + 2 * _MARGIN, high + 2 * _MARGIN), "white")
    at = _MARGIN
    for image in scaled:
        whole.paste(image, (at, _MARGIN))
        at += image.width
    out = BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def _wide(high: int) -> Callable[[Image.Image], float]:
    return lambda image: image.width * high / image.height
