"""页面图像 — words stand where an independent reader finds them; the picture is that of the page."""

from __future__ import annotations

import struct
import zlib

import pdfplumber
import pytest

from gongkai.documents.document import DocumentError, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.documents.pdf_picture import layout, png
from tests.conftest import shared_file

REPORT = "corpus/hongze-district-2023.pdf"
PAGE = 4
NEAR = 3.0


def test_lines_are_those_of_the_reader() -> None:
    path = shared_file(REPORT)
    (document,) = open_documents(str(path))
    assert not isinstance(document, DocumentError)
    lines = layout("x", path.read_bytes(), PAGE).lines
    view = next(document.views())
    for block in view.blocks:
        if isinstance(block, Paragraph) and block.page == PAGE and block.line:
            assert "".join(word.text for word in lines[block.line - 1]) == "".join(block.text.split())


def test_words_stand_where_another_reader_finds_them() -> None:
    path = shared_file(REPORT)
    made = layout("x", path.read_bytes(), PAGE)
    numbers = [word for line in made.lines for word in line if word.text.isdigit()]
    with pdfplumber.open(path) as file:
        page = file.pages[PAGE - 1]
        assert (float(page.width), float(page.height)) == pytest.approx((made.width, made.height), abs=1)
        known = [word for word in page.extract_words() if word["text"].isdigit()]
    assert len(numbers) == len(known) > 50
    for word in numbers:
        across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        assert any(
            other["text"] == word.text
            and abs((other["x0"] + other["x1"]) / 2 - across) < NEAR
            and abs((other["top"] + other["bottom"]) / 2 - down) < 2 * NEAR
            for other in known
        ), word


def test_the_picture_is_a_png_in_the_proportions_of_the_page_with_ink_on_it() -> None:
    data = shared_file(REPORT).read_bytes()
    made, picture = layout("x", data, PAGE), png("x", data, PAGE)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width / height == pytest.approx(made.width / made.height, rel=0.01)
    body = zlib.decompress(picture[picture.index(b"IDAT") + 4 : picture.index(b"IEND") - 8])
    assert len(body) == height * (1 + 3 * width)
    word = next(word for line in made.lines for word in line if word.text == "10")
    scale = width / made.width
    row = int((word.top + word.bottom) / 2 * scale)
    inked = body[row * (1 + 3 * width) + 1 + 3 * int(word.left * scale) :][: 3 * int((word.right - word.left) * scale)]
    assert min(inked) < 128
    assert max(inked) == 255


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(DocumentError):
        layout("x", b"%PDF-1.7 nothing", 1)
