"""副本里的行 — the lines of a dense table are lines in its copy, to be selected and searched (条例 第十五条)."""

from __future__ import annotations

import random

import pypdfium2
import pytest
from PIL import ImageChops, ImageFilter

from gongkai.documents.redaction import masked, public_copy
from tests.documents import make

NUMBER = "110101199003078515"


def dense(rows: list[list[str]], *, rotate: int = 0) -> bytes:
    """A page of small figures, rows close together and columns apart, each figure drawn for itself."""
    drawn = [
        f"BT /F1 7 Tf {20 + 60 * column} {780 - 10 * row} Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return make.pdf_file(["\n".join(drawn).encode()], rotate)


def lines_of(data: bytes) -> list[list[str]]:
    text = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    return [line.split() for line in text.splitlines()]


def figures(seed: int) -> list[list[str]]:
    rng = random.Random(seed)
    return [[str(rng.randrange(10, 9999)) for _ in range(8)] for _ in range(24)]


@pytest.mark.parametrize(("seed", "rotate"), [(1, 0), (2, 0), (3, 90), (4, 180), (5, 270)])
def test_the_rows_of_a_dense_table_are_the_lines_of_its_copy(seed: int, rotate: int) -> None:
    rows = figures(seed)
    assert lines_of(public_copy("a.pdf", dense(rows, rotate=rotate))) == rows


def test_what_is_drawn_stays_in_its_place() -> None:
    data = dense(figures(6))
    given, copied = (
        pypdfium2.PdfDocument(one)[0].render(scale=3).to_pil().convert("L")
        for one in (data, public_copy("a.pdf", data))
    )
    # Ink of the one where, within two dots, the other has none.
    for one, other in ((given, copied), (copied, given)):
        stray = ImageChops.subtract(other.filter(ImageFilter.MinFilter(5)), one)
        assert sum(stray.histogram()[129:]) < 20, "more than a few hairlines"
    assert ImageChops.invert(copied).getbbox() is not None


def test_a_masked_number_is_one_word_of_its_line() -> None:
    rows = [["序号", "证件", "数量"], ["1", NUMBER, "22"], ["2", "无", "31"]]
    copy = lines_of(masked("a.pdf", dense([[*row[:1], "", "", *row[1:2], "", "", "", *row[2:]] for row in rows])))
    assert copy[1] == ["1", f"110{'*' * 11}8515", "22"]
