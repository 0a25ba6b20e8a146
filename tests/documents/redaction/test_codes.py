"""二维码 — those that are small, light, linked or of a Chinese program are read or said not to be (条例 第十七条)."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import pytest

pytest.importorskip("cv2")
pytest.importorskip("rapidocr")
import segno
from PIL import Image, ImageOps

from gongkai.documents.redaction import inspect
from gongkai.documents.scan_codes import _words
from tests.text import persons

NUMBER = persons.identity(random.Random(7))


def code(text: str | bytes, dots: int = 6) -> Image.Image:
    out = io.BytesIO()
    segno.make_qr(text, encoding=None if isinstance(text, bytes) else "utf-8").save(out, kind="png", scale=dots)
    return Image.open(out).convert("L")


def on_a_page(small: Image.Image) -> Image.Image:
    page = Image.new("L", (1_200, 1_600), 255)
    page.paste(small, (500, 700))
    return page


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


READ: dict[str, Callable[[], Image.Image]] = {
    "plain": lambda: code(NUMBER),
    "light on dark": lambda: ImageOps.invert(code(NUMBER)),
    "small on a page": lambda: on_a_page(code(NUMBER, 2)),
    "small and light on dark": lambda: ImageOps.invert(on_a_page(code(NUMBER, 2))),
    "in Chinese": lambda: code(f"张三的身份证号 {NUMBER}"),
    "by a Chinese program": lambda: code(f"张三的身份证号 {NUMBER}".encode("gb18030")),
}


@pytest.mark.parametrize("way", READ)
def test_a_code_is_read(way: str) -> None:
    found = inspect("码.png", png(READ[way]()))
    assert [str(one.hit.kind) for one in found.hits if one.hit.severity == "block"] == ["identity"]
    assert not found.unread


def test_linked_codes_are_read_or_said_to_be_unread() -> None:
    """A text of two codes is cut within a sign."""
    text = f"张三的办件查询凭证，请出示给窗口，身份证号 {NUMBER} 手机 13800138000"
    linked = segno.make_sequence(text, symbol_count=2, encoding="utf-8")
    wide = Image.new("L", (1_000, 500), 255)
    for at, one in enumerate(linked):
        out = io.BytesIO()
        one.save(out, kind="png", scale=6)
        wide.paste(Image.open(out).convert("L"), (20 + at * 500, 50))
    found = inspect("码.png", png(wide))
    assert found.is_blocked
    assert "中断" not in "".join(map(str, found.unread))


@pytest.mark.parametrize(
    ("said", "words"),
    [("身份证".encode(), "身份证"), ("身份证".encode("gb18030"), "身份证"), (b"1101\xff\xff", "1101\ufffd\ufffd")],
)
def test_bytes_of_any_program_are_words(said: bytes, words: str) -> None:
    assert _words(said) == words


def test_a_page_without_a_code_has_none() -> None:
    assert not inspect("页.png", png(on_a_page(Image.linear_gradient("L")))).unread
