"""图片里的字 — a machine reads them in more ways than one, and a file says that a machine has read (条例 第十七条)."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("PIL")
from PIL import Image, ImageDraw, ImageFont, ImageOps

from gongkai.documents import redaction
from gongkai.documents.redaction import pdf as pdf_module
from gongkai.documents.redaction import pictured
from gongkai.documents.redaction.looking import PICTURE, label, look
from gongkai.documents.redaction.pictured import Line, holding
from gongkai.documents.redaction.places import Place
from gongkai.text.hit import Severity
from gongkai.text.personal_data import find
from gongkai.text.personal_data.signs import bare
from tests.documents import make
from tests.text import persons

Rows = Sequence[Sequence[str]]


def number(seed: int) -> str:
    return persons.identity(random.Random(seed))


def table(rows: Rows, *, ruled: bool = True, wide: int = 300, high: int = 110) -> Image.Image:
    """A table of cells; a line end in a cell is one in the picture."""
    image = Image.new("RGB", (40 + wide * len(rows[0]), 40 + high * len(rows)), "white")
    brush, font = ImageDraw.Draw(image), ImageFont.load_default(28)
    for down, row in enumerate(rows):
        for across, text in enumerate(row):
            left, top = 20 + across * wide, 20 + down * high
            if ruled:
                brush.rectangle((left, top, left + wide, top + high), outline="black", width=2)
            brush.multiline_text((left + 20, top + 16), text, "black", font)
    return image


def png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def hits(name: str, data: bytes) -> list[tuple[str, str]]:
    return [(str(found.hit.kind), bare(found.hit.text)) for found in redaction.inspect(name, data).hits]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_number_in_a_narrow_cell_of_a_picture_is_read_on_below(ruled: bool) -> None:
    pytest.importorskip("rapidocr")
    whole = number(1)
    rows = [["Name", "Number", "Village"], ["Zhang", f"{whole[:12]}\n{whole[12:]}", "Dongfeng\ngroup three"]]
    data = png(table(rows, ruled=ruled))
    assert ("identity", whole) in hits("a.png", data)
    shades = Image.open(io.BytesIO(redaction.masked("a.png", data))).convert("L").getextrema()
    assert shades[0] == shades[1]


@pytest.mark.parametrize("turn", [ImageOps.mirror, ImageOps.flip, lambda image: image.rotate(180)])
def test_a_picture_laid_the_wrong_way_is_read(turn: object) -> None:
    pytest.importorskip("rapidocr")
    whole = number(2)
    image = Image.new("RGB", (560, 90), "white")
    ImageDraw.Draw(image).text((20, 20), whole, "black", ImageFont.load_default(44))
    assert ("identity", whole) in hits("a.png", png(turn(image)))  # type: ignore[operator]


UPSIDE_DOWN = str.maketrans("0123456789", "012Eh59L86")


@given(st.integers(0, 500))
def test_what_a_display_says_upside_down_is_turned(seed: int) -> None:
    whole = number(seed)
    if whole.endswith("X"):
        return
    line = _line(whole[::-1].translate(UPSIDE_DOWN), (0, 0, 100, 10))
    slots = list(pictured.further([line], Place()))
    assert any(bare(hit.text) == whole for slot in slots for hit in find(slot.text))
    assert holding([line]) == [line]


def _line(text: str, box: tuple[float, float, float, float]) -> Line:
    return Line(text, 1, box, 1.0, ((text, box),))


def test_lines_that_hold_parts_of_a_number_are_told() -> None:
    whole, other = number(4), number(5)
    words = (
        ("张三", (0.0, 0.0, 40.0, 20.0)),
        (whole[:12], (100.0, 0.0, 220.0, 20.0)),
        ("村", (300.0, 0.0, 320.0, 20.0)),
    )
    upper = Line(" ".join(text for text, _ in words), 1, (0, 0, 320, 20), 1.0, words)
    lower = Line(f"{whole[12:]} 三组", 1, (100, 24, 340, 44), 1.0, ((whole[12:], (100.0, 24.0, 160.0, 44.0)),))
    alone = _line(other, (0, 200, 180, 220))
    last = _line("以上", (0, 300, 180, 320))
    assert holding([upper, lower, alone, last]) == [alone, upper, lower]
    assert holding([last]) is None
    begins, ends = _line(f"号码{other[:9]}", (0, 400, 180, 420)), _line(other[9:], (500, 600, 600, 620))
    assert holding([alone, begins, ends]) is None


def test_a_long_row_of_chinese_figures_that_is_no_number_is_for_a_person() -> None:
    def told(text: str) -> list[str]:
        return [str(error) for error in pictured.misread("a.png", "a.png", [_line(text, (0, 0, 100, 10))])]

    assert "汉字数字" in told("一〇一〇一一九九〇〇三〇七八五一五")[0]
    assert told("二〇二六年一月二十三日") == told("一三八〇〇一三八〇〇〇") == []


@pytest.fixture(scope="module")
def house() -> bytes:
    """A picture with nothing written on it."""
    image = Image.new("RGB", (200, 160), "white")
    ImageDraw.Draw(image).polygon([(20, 80), (100, 10), (180, 80)], fill="darkred")
    return png(image)


def files(picture: bytes) -> dict[str, bytes]:
    import base64

    import docx
    import openpyxl
    from openpyxl.drawing.image import Image as Placed

    made = {"图.png": picture}
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("公示。")
    document.add_picture(io.BytesIO(picture))
    document.save(out)
    made["图.docx"] = out.getvalue()
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.add_image(Placed(io.BytesIO(picture)), "B2")
    book.save(out)
    made["图.xlsx"] = out.getvalue()
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).save(out, "PDF")
    made["图.pdf"] = out.getvalue()
    source = base64.b64encode(picture).decode()
    made["图.html"] = f"<!doctype html><meta charset=utf-8><p>公示。<img src='data:image/png;base64,{source}'>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("里面/图.png", picture)
    made["图.zip"] = out.getvalue()
    return made


@pytest.mark.parametrize("suffix", ["png", "docx", "xlsx", "pdf", "html", "zip"])
def test_a_file_says_that_its_pictures_were_read_by_machine(suffix: str, house: bytes) -> None:
    pytest.importorskip("rapidocr")
    name = f"图.{suffix}"
    seen = redaction.inspect(name, files(house)[name])
    (note,) = (found for found in seen.hits if found.hit.kind == PICTURE)
    assert (note.hit.severity, note.hit.values["count"]) == (Severity.NOTE, 1)
    assert not seen.is_blocked
    assert "图片" in str(note.place.sentence) or "页" in str(note.place.sentence)
    assert label(PICTURE) == "图片里的字"
    assert [noticed.hit.kind for noticed in look({}, files={name: seen}).hits].count(PICTURE) == 1
    assert {hit["kind"] for hit in seen.to_json()["hits"]} == {PICTURE}


def test_a_file_without_pictures_says_nothing_of_them() -> None:
    for name, data in (("a.txt", "公示。".encode()), ("a.pdf", make.pdf(["公示", [["序号", "姓名"], ["1", "张某"]]]))):
        assert PICTURE not in {found.hit.kind for found in redaction.inspect(name, data).hits}


def test_a_pdf_whose_fonts_nobody_has_seen_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "find_spec", lambda _: None)
    (note,) = redaction.inspect("a.pdf", make.pdf(["公示。"])).hits
    assert (note.hit.kind, note.hit.severity, note.hit.values) == (PICTURE, Severity.NOTE, {"pages": 1})


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF"])
def test_a_picture_behind_the_end_of_a_picture_is_read(form: str) -> None:
    pytest.importorskip("rapidocr")
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "lightblue").save(out, format=form)
    shows = png(table([["Number", number(3)]]))
    data = out.getvalue() + b"\0" * 7 + shows
    assert ("identity", number(3)) in hits("a.jpg", data)
    assert shows not in redaction.masked("a.jpg", data)
    assert redaction.inspect("a.jpg", out.getvalue() + b"\0" * 7 + b"PK\3\4 torn").unread


def test_pictures_one_behind_the_other_end_in_a_sentence() -> None:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "lightblue").save(out, format="JPEG")
    seen = redaction.inspect("a.jpg", out.getvalue() * 9)
    assert len(seen.unread) == 1
