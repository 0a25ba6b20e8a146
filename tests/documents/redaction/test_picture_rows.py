"""一行的图片 — a number over several pictures, or in one that the page turns or stretches, is read (条例 第十五条)."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents import redaction
from gongkai.documents.redaction import Decisions
from gongkai.documents.redaction.values import NotSeenError
from tests.documents.redaction.word_made import SEEN, Part, docx, p, row, run, table
from tests.text import persons

pytest.importorskip("PIL")
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

from gongkai.documents.redaction.picture_rows import laid_pictures
from gongkai.documents.showing.drawings import Laid

HIGH = 100
_PIC = (
    "<w:r><w:drawing><wp:inline><wp:extent cx='{cx}' cy='{cy}'/><wp:docPr id='1' name='n'/><a:graphic><a:graphicData"
    " uri='http://schemas.openxmlformats.org/drawingml/2006/picture'>"
    "<pic:pic xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture'>"
    "<pic:blipFill><a:blip r:embed='{key}'/></pic:blipFill><pic:spPr><a:xfrm {more}><a:ext cx='{cx}' cy='{cy}'/>"
    "</a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def drawn(words: str, wide: int = 0) -> Image.Image:
    font = ImageFont.load_default(60)
    image = Image.new("RGB", (wide or int(font.getlength(words)) + 24, HIGH), "white")
    ImageDraw.Draw(image).text((12, 14), words, "black", font)
    return image


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def shown(images: list[Image.Image], lay: Callable[[list[str]], str], *, more: str = "", size: float = 1) -> bytes:
    """A docx with pictures; `size`: how high they are shown, as a share of what they are."""
    media = [Part(f"media/i{at}.png", png(image), "image") for at, image in enumerate(images)]
    placed = [
        _PIC.format(cx=image.width * 9525, cy=int(image.height * 9525 * size), key=f"p{at}", more=more)
        for at, image in enumerate(images, 1)
    ]
    return docx(SEEN + lay(placed), *media)


def in_a_line(pictures: list[str]) -> str:
    return p(*pictures)


def in_lines(pictures: list[str]) -> str:
    return "".join(map(p, pictures))


def in_cells(pictures: list[str]) -> str:
    return table(row(*map(p, pictures)))


def _digits(number: str) -> list[Image.Image]:
    return [drawn(sign, 60) for sign in number]


WAYS: dict[str, Callable[[str], bytes]] = {
    "two halves": lambda n: shown([drawn(n[:10]), drawn(n[10:])], in_a_line),
    "one digit each": lambda n: shown(_digits(n), in_a_line),
    "one digit a cell": lambda n: shown(_digits(n), in_cells),
    "one digit a paragraph": lambda n: shown(_digits(n), in_lines),
    "flipped": lambda n: shown([ImageOps.mirror(drawn(n))], in_a_line, more="flipH='1'"),
    "upside down": lambda n: shown([ImageOps.flip(drawn(n))], in_a_line, more="flipV='1'"),
    "squashed": lambda n: shown([drawn(n).resize((700, 16))], in_a_line, size=6),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_number_over_pictures_is_read_and_covered(way: str) -> None:
    pytest.importorskip("rapidocr")
    rng = random.Random(way)
    number = next(number for _ in range(99) if (number := persons.identity(rng)).isdecimal())
    data = WAYS[way](number)
    seen = redaction.inspect("图.docx", data)
    assert "identity" in [found.hit.kind for found in seen.hits if found.hit.severity == "block"]
    copy = redaction.masked("图.docx", data, Decisions())
    assert not [found for found in redaction.inspect("图.docx", copy).hits if found.hit.severity == "block"]


def test_a_number_over_pictures_of_a_sheet() -> None:
    pytest.importorskip("rapidocr")
    book = openpyxl.Workbook()
    for at, image in enumerate(_digits("110101199003078515")):
        book.active.add_image(openpyxl.drawing.image.Image(io.BytesIO(png(image))), f"{chr(65 + at)}3")
    out = io.BytesIO()
    book.save(out)
    seen = redaction.inspect("图.xlsx", out.getvalue())
    assert seen.is_blocked
    copy = redaction.masked("图.xlsx", out.getvalue(), Decisions())
    assert not [found for found in redaction.inspect("图.xlsx", copy).hits if found.hit.severity == "block"]


def test_small_pictures_in_a_row_that_say_nothing_are_told() -> None:
    pytest.importorskip("rapidocr")
    blobs = [Image.new("RGB", (40, 40), (at * 40, 90, 90)) for at in range(6)]
    seen = redaction.inspect("图.docx", shown(blobs, in_a_line))
    assert ["没有认出来" in str(error) for error in seen.unread] == [True]
    assert all(isinstance(error, NotSeenError) for error in seen.unread)


def test_a_few_words_between_part_a_row() -> None:
    data = shown(_digits("12"), lambda pictures: p(pictures[0], run("和"), pictures[1]))
    assert not redaction.inspect("图.docx", data, pictures=False).unread


@given(st.lists(st.integers(1, 90), min_size=2, max_size=12), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_picture_that_was_cut_is_whole_again(widths: list[int], flip: bool) -> None:
    whole = Image.effect_noise((sum(widths), HIGH), 90).convert("RGB")
    pieces, at = {}, 0
    for number, wide in enumerate(widths):
        piece = whole.crop((at, 0, at + wide, HIGH))
        pieces[f"{number}.png"] = png(ImageOps.mirror(piece) if flip else piece)
        at += wide
    covered: dict[str, bytes] = {}
    rows = [[Laid(name, flipped=(flip, False)) for name in pieces]]
    (made,) = laid_pictures("图.docx", rows, pieces.__getitem__, covered.__setitem__)
    image = Image.open(io.BytesIO(made.data))
    left, top = (image.width - whole.width) // 2, (image.height - HIGH) // 2
    again = image.crop((left, top, left + whole.width, top + HIGH))
    assert ImageChops.difference(again, whole).getbbox() is None
    made.replace(b"")
    assert set(covered) == set(pieces)


def test_large_pictures_side_by_side_are_read_alone() -> None:
    photos = {name: png(Image.new("RGB", (400, 300), name)) for name in ("red", "blue")}
    assert (
        list(laid_pictures("图.docx", [[Laid(name) for name in photos]], photos.__getitem__, photos.__setitem__)) == []
    )
