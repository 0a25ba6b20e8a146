"""画出来的字 — a font may draw figures under other names: the page is looked at, not its text (条例 第十五条)."""

from __future__ import annotations

import io
import random

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageDraw, ImageFont

from gongkai.documents.redaction import inspect, masked
from gongkai.text.hit import Severity
from gongkai.text.personal_data import find
from gongkai.text.personal_data.signs import bare
from tests.text import persons

_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FACES = tuple(
    f"{family}{style}"
    for family, styles in {
        "Helvetica": ("", "-Bold", "-Oblique", "-BoldOblique"),
        "Times": ("-Roman", "-Bold", "-Italic", "-BoldItalic"),
        "Courier": ("", "-Bold", "-Oblique", "-BoldOblique"),
    }.items()
    for style in styles
)
_WORDS = (
    "In 2024 the office took 1,089 requests, of which 1,066 (97.89%) were answered by 2024-12-31.",
    "Tel. 0517-87222156 and 87229980; post code 223100; http://www.example.cn/col/13712_538291.htm",
    "Project JSZC-320829-HZQX-G2024-0017, account 3208260101 2010000012 3456, amount 12,345,678.90",
    "2021/2022/2023/2024; 10 x 20 x 30; bobbing, gagging, zigzag, Illinois, BOOK SOS ZZTOP, 8B and 6b and 9g",
)


def drawn(content: str, font: dict[str, object] | None = None, face: str = "Helvetica") -> bytes:
    """A page of one font."""
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(595, 842))
        entries = {"Type": Name.Font, "Subtype": Name.Type1, "BaseFont": Name(f"/{face}"), **(font or {})}
        if "ToUnicode" in entries:
            entries["ToUnicode"] = file.make_stream(str(entries["ToUnicode"]).encode())
        page.obj.Resources = Dictionary(Font=Dictionary(F=file.make_indirect(Dictionary(**entries))))
        page.obj.Contents = Stream(file, content.encode("latin-1"))
        out = io.BytesIO()
        file.save(out)
        return out.getvalue()


def renamed(
    number: str, names: dict[str, str], *, each: bool = False, turn: str = "1 0 0 1", face: str = "Times-Bold"
) -> bytes:
    """A page that shows a number; its text says other signs, and so do its codes."""
    codes = {figure: 0x41 + at for at, figure in enumerate("0123456789X")}
    pairs = "".join(
        f"<{codes[figure]:02x}> <{names.get(figure, figure).encode('utf-16-be').hex()}>" for figure in codes
    )
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        f" 11 beginbfchar {pairs} endbfchar endcmap end"
    )
    encoding = Dictionary(Type=Name.Encoding, Differences=Array([0x41, *(Name(f"/{name}") for name in _NAMES), Name.X]))
    text = "".join(chr(codes[sign]) for sign in number)
    shown = " ".join(f"({sign}) Tj" for sign in text) if each else f"({text}) Tj"
    return drawn(f"BT /F 14 Tf {turn} 200 500 Tm {shown} ET", {"Encoding": encoding, "ToUnicode": table}, face)


def numbered(shown: str, codes: str) -> bytes:
    """A page that shows a number and says so; the codes of its figures are other figures."""
    order = dict(zip(codes, shown, strict=True))
    pairs = "".join(f"<{ord(code):02x}> <{ord(sign):04x}>" for code, sign in order.items())
    table = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        f" {len(order)} beginbfchar {pairs} endbfchar endcmap end"
    )
    places = [entry for code, sign in sorted(order.items()) for entry in (ord(code), Name(f"/{_NAMES[int(sign)]}"))]
    encoding = Dictionary(Type=Name.Encoding, Differences=Array(places))
    return drawn(f"BT /F 14 Tf 60 500 Td ({codes}) Tj ET", {"Encoding": encoding, "ToUnicode": table})


def found_in(data: bytes) -> set[str]:
    return {bare(found.hit.text) for found in inspect("a.pdf", data).hits if found.hit.severity is Severity.BLOCK}


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    lies=st.sets(st.sampled_from("0123456789"), min_size=1),
    names=st.permutations("甲乙由申田电男界abcdefghijk"),
    each=st.booleans(),
    face=st.sampled_from(_FACES),
)
def test_figures_under_other_names_are_found_and_no_copy_shows_them(
    seed: int, lies: set[str], names: list[str], each: bool, face: str
) -> None:
    number = persons.identity(random.Random(seed))
    told = dict(zip(sorted(lies & set(number)) or [number[0]], names, strict=False))
    data = renamed(number, told, each=each, face=face)
    assert number in found_in(data)
    copy = masked("a.pdf", data)
    assert not found_in(copy)
    assert not set(pypdfium2.PdfDocument(copy)[0].get_textpage().get_text_range()) & set(told.values())


@pytest.mark.parametrize("turn", ["0 1 -1 0", "0 -1 1 0", "0.866 0.5 -0.5 0.866"])
def test_a_turned_line_is_no_hiding_place(turn: str) -> None:
    number = "110101199003078515"
    assert number in found_in(renamed(number, {"0": "甲", "1": "乙"}, turn=turn))


def test_figures_under_the_names_of_others_are_found() -> None:
    number = "110101199003078515"
    assert number in found_in(renamed(number, {"0": "1", "1": "2", "9": "7", "3": "4"}))


def test_honest_pages_stay_text_in_every_face() -> None:
    lines = " ".join("({})'".format(line.replace("(", "\\(").replace(")", "\\)")) for line in _WORDS)
    with pikepdf.new() as file:
        for face in _FACES:
            with pikepdf.open(io.BytesIO(drawn(f"BT /F 8 Tf 18 TL 40 700 Td {lines} ET", face=face))) as one:
                file.pages.extend(one.pages)
        out = io.BytesIO()
        file.save(out)
    seen = inspect("a.pdf", out.getvalue())
    assert not seen.lost
    assert not seen.hidden


def test_codes_of_a_font_are_no_number() -> None:
    shown, codes = "05090236040", "16171348191"
    assert find(codes)
    assert not find(shown)
    assert not found_in(numbered(shown, codes))


_SEGMENTS = {
    **{"0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc"},
    **{"8": "abcdefg", "9": "abcdfg", "X": "bcefg"},
}


def in_strokes(number: str, high: float, *, filled: bool) -> str:
    """Figures of seven strokes: lines, or boxes that are filled."""
    wide, thick = high * 0.55, high / 10
    content = []
    for at, sign in enumerate(number):
        left, right = 40 + at * wide * 1.6, 40 + at * wide * 1.6 + wide
        low, middle, top = 500.0, 500 + high / 2, 500 + high
        ends = {"a": (left, top, right, top), "g": (left, middle, right, middle), "d": (left, low, right, low)}
        ends |= {"f": (left, middle, left, top), "b": (right, middle, right, top)}
        ends |= {"e": (left, low, left, middle), "c": (right, low, right, middle)}
        for x, y, to_x, to_y in (ends[segment] for segment in _SEGMENTS[sign]):
            if filled:
                content.append(f"{x - thick / 2} {y - thick / 2} {to_x - x + thick} {to_y - y + thick} re f")
            else:
                content.append(f"{thick} w {x} {y} m {to_x} {to_y} l S")
    return " ".join(content)


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("high", [9, 14, 20])
def test_figures_drawn_as_lines_and_areas_are_found_or_said_to_be_unread(high: float, filled: bool) -> None:
    number = "110101199003078515"
    data = drawn(f"BT /F 12 Tf 40 700 Td (Notice of the office) Tj ET {in_strokes(number, high, filled=filled)}")
    seen = inspect("a.pdf", data)
    assert number in found_in(data) or "用线条画出来的字" in str(seen.unread[0])


def test_no_copy_draws_the_lines_of_a_number_again() -> None:
    number = "110101199003078515"
    data = drawn(in_strokes(number, 14, filled=False))
    assert number in found_in(data)
    assert not inspect("a.pdf", masked("a.pdf", data)).is_blocked


_LEVEL_IN_STROKES = (
    *([(5, 70), (45, 70)], [(25, 95), (25, 5)], [(25, 65), (5, 35)], [(25, 60), (42, 42)], [(55, 85), (45, 8)]),
    *([(55, 85), (80, 85)], [(80, 85), (97, 12)], [(160, 98), (160, 88)], [(135, 70), (130, 55)]),
    *(
        [(145, 68), (148, 52), (178, 58)],
        [(182, 72), (140, 48)],
        [(130, 30), (130, 8), (190, 8)],
        [(190, 30), (190, 8)],
    ),
)
"""机密, as a plotter would draw it."""


@pytest.mark.parametrize("size", [60, 200])
@pytest.mark.parametrize("turn", ["1 0 0 1", ".7 .7 -.7 .7"])
def test_a_watermark_drawn_with_lines_is_found_or_said_to_be_unread(size: float, turn: str) -> None:
    paths = (
        " ".join(f"{x * size / 100:.1f} {y * size / 100:.1f} {'l' if at else 'm'}" for at, (x, y) in enumerate(stroke))
        for stroke in _LEVEL_IN_STROKES
    )
    strokes = " ".join(f"{path} S" for path in paths)
    data = drawn(f"BT /F 12 Tf 40 700 Td (Notice of the office) Tj ET q .6 G 4 w {turn} 150 300 cm {strokes} Q")
    assert inspect("a.pdf", data).is_blocked or inspect("a.pdf", data).unread


def test_charts_and_the_boxes_of_procedures_are_no_watermark() -> None:
    diamonds = " ".join(f"{x} 400 m {x + 30} 420 l {x} 440 l {x - 30} 420 l h S" for x in range(80, 560, 70))
    arrows = " ".join(f"{x} 380 m {x} 340 l S {x - 3} 344 m {x} 340 l {x + 3} 344 l S" for x in (150, 430))
    curve = " ".join(f"{40 + at * 20} {200 + at * at % 70} {'l' if at else 'm'}" for at in range(26)) + " S"
    data = drawn(f".5 w {diamonds} {arrows} {curve} BT /F 9 Tf 72 404 Td (1,089) Tj ET")
    seen = inspect("a.pdf", data)
    assert (seen.hits, seen.unread) == ((), ())


def test_the_lines_of_tables_are_no_writing() -> None:
    rows = range(400, 720, 16)
    lines = " ".join(f"40 {y} m 560 {y} l S" for y in rows)
    walls = " ".join(f"{x} {rows[0]} m {x} {rows[-1]} l S" for x in (40, 70, 100, 240, 330, 420, 560))
    boxes = " ".join(f"{x} {y} 30 16 re S" for x in range(40, 560, 30) for y in (300, 340))
    data = drawn(f".5 w {lines} {walls} {boxes} BT /F 9 Tf 72 404 Td (1,089) Tj ET")
    seen = inspect("a.pdf", data)
    assert (seen.hits, seen.unread) == ((), ())


def test_a_picture_that_goes_as_a_whole_is_said_to() -> None:
    picture, out = Image.new("RGB", (700, 90), "white"), io.BytesIO()
    ImageDraw.Draw(picture).text((20, 20), "110101199003078515", "black", ImageFont.load_default(size=40))
    picture.save(out, "PNG")
    seen = inspect("a.png", out.getvalue())
    assert [str(one) for one in seen.lost] == ["图片 a.png 里有要隐去的内容：副本里整幅遮成灰色"]
    copy = masked("a.png", out.getvalue())
    assert Image.open(io.BytesIO(copy)).convert("L").getextrema()[0] > 150
    assert not inspect("a.png", copy).lost
