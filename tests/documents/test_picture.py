"""图片 — every format and depth is drawn alike; what is damaged, too large or too long is refused before it is
unpacked."""

from __future__ import annotations

import io
import random
import struct
import tracemalloc
import zlib
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from gongkai.documents import picture
from gongkai.documents.document import DocumentError
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from tests.documents import scanning

PAGE = np.full((60, 90), 255, np.uint8)
PAGE[20:40, 30:80] = 0


def drawn(data: bytes, number: int = 1) -> scanning.Grey:
    return picture.drawn("a", data, number, LIMITS)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF", "TIFF"])
def test_every_format_is_drawn_alike(form: str) -> None:
    assert np.abs(drawn(scanning.picture(PAGE, form)).astype(int) - PAGE).mean() < 3


def test_depths_colours_and_transparency_are_drawn_as_they_look() -> None:
    deep = Image.fromarray(PAGE.astype(np.uint16) * 257)
    clear = Image.new("RGBA", (90, 60), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (30, 20, 80, 40))
    for image in (
        deep,
        clear,
        Image.fromarray(PAGE).convert("1"),
        Image.fromarray(PAGE).convert("CMYK").convert("RGB"),
    ):
        assert np.abs(drawn(saved(image, "PNG")).astype(int) - PAGE).max() < 3


def test_a_photograph_is_drawn_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned clockwise
    data = saved(Image.fromarray(PAGE), "JPEG", exif=exif)
    assert drawn(data).shape == (90, 60)


def test_a_tiff_has_pages_and_a_moving_gif_is_its_first_picture() -> None:
    other = 255 - PAGE
    data = scanning.bound([PAGE, other], "TIFF")
    assert np.abs(drawn(data, 2).astype(int) - other).max() < 3
    frames = [Image.fromarray(page) for page in (PAGE, other)]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert len(picture.makers("a.gif", moving, LIMITS)) == 2
    with pytest.raises(DocumentError, match="超过 1 页"):
        picture.makers("a.tif", data, replace(LIMITS, scan_pages=1))
    picture.makers("a.gif", moving, replace(LIMITS, scan_pages=1))


def bomb() -> bytes:
    """A PNG that says it has nine hundred million pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(3_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    data = bomb()
    tracemalloc.start()
    (refused,) = open_documents("a.png", data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refused, DocumentError)
    assert "4000 万像素" in str(refused)
    assert peak < 8_000_000


def test_a_blank_page_says_that_there_was_nothing_to_read() -> None:
    (refused,) = open_documents("a.png", scanning.picture(np.full((400, 300), 255, np.uint8)))
    assert isinstance(refused, DocumentError)
    assert "没有认出文字" in str(refused)


def ends_well(data: bytes) -> bool:
    try:
        return drawn(data).size <= LIMITS.pixels
    except DocumentError as refused:
        return "\n" not in str(refused)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "BMP", "GIF", "TIFF"])
def test_torn_and_muddled_pictures_are_refused_in_one_sentence(form: str) -> None:
    whole = scanning.picture(PAGE, form)
    chance = random.Random(form)
    torn = [whole[: len(whole) * eighth // 8] for eighth in range(1, 8)]
    muddled = []
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(4):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        muddled.append(bytes(data))
    for data in (*torn, *muddled):
        assert ends_well(data)
