"""版式文件的检查和副本 — a number is found in whatever way a page holds it, and no copy holds it (条例 第十五条)."""

from __future__ import annotations

import io
import os
import random
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from gongkai.documents import redaction
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import Decisions, inspect, masked, public_copy
from gongkai.text.hit import Severity
from gongkai.text.personal_data.signs import bare
from tests.conftest import shared_file
from tests.documents import make
from tests.documents.pdf_tricks import HIGH, WAYS, Way, made
from tests.text import persons

NUMBER = "11010519491231002X"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
long = pytest.mark.skipif(not os.environ.get("GONGKAI_LONG"), reason="要好些分钟，见 GONGKAI_LONG")


def everything(data: bytes) -> Iterator[bytes]:
    """Every byte of a file, and of whatever in it can be unpacked, by nothing that the house wrote."""
    yield data
    with pikepdf.open(io.BytesIO(data)) as file:
        for thing in file.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.read_raw_bytes()
                try:
                    yield thing.read_bytes()
                except pikepdf.PdfError:
                    continue


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def found_in(data: bytes, **more: bool) -> set[str]:
    return {bare(found.hit.text) for found in inspect("a.pdf", data, **{"pictures": False, **more}).hits}


@pytest.fixture(scope="module")
def tricky() -> tuple[bytes, tuple[str, ...]]:
    rng = random.Random(8)
    numbers = tuple(persons.identity(rng) for _ in WAYS)
    return made(WAYS, numbers), numbers


def test_a_number_is_found_in_whatever_way_a_page_holds_it(tricky: tuple[bytes, tuple[str, ...]]) -> None:
    data, numbers = tricky
    found = found_in(data)
    assert [way.name for way, number in zip(WAYS, numbers, strict=True) if number not in found] == []


def test_a_masked_copy_holds_none_of_them(tricky: tuple[bytes, tuple[str, ...]]) -> None:
    data, numbers = tricky
    copy = masked("a.pdf", data, pictures=False)
    whole = b"\n".join(everything(copy))
    assert [way.name for way, number in zip(WAYS, numbers, strict=True) if number.encode() in whole] == []
    said = "".join(text_of(copy).split())
    assert [number for number in numbers if number in said or number[3:-4] in said] == []
    assert found_in(copy) == set()


def test_a_public_copy_says_what_is_seen_and_nothing_else(tricky: tuple[bytes, tuple[str, ...]]) -> None:
    data, numbers = tricky
    copy = pypdfium2.PdfDocument(public_copy("a.pdf", data))
    for at, (way, number) in enumerate(zip(WAYS, numbers, strict=True)):
        said = "".join(copy[at].get_textpage().get_text_range().split())
        assert sorted(said) == (sorted(number) if way.seen else []), way.name


def test_a_copy_looks_like_the_original(tricky: tuple[bytes, tuple[str, ...]]) -> None:
    data, _ = tricky
    copy, given = pypdfium2.PdfDocument(public_copy("a.pdf", data)), pypdfium2.PdfDocument(data)
    for at, way in enumerate(WAYS):
        one, other = (file[at].render(scale=2).to_pil().convert("L") for file in (copy, given))
        assert one.size == other.size
        smooth = [page.resize((72, 84), Image.Resampling.BOX) for page in (one, other)]
        assert ImageChops.difference(*smooth).getextrema()[1] < 60, way.name


def test_the_same_file_gives_the_same_copy(tricky: tuple[bytes, tuple[str, ...]]) -> None:
    data = made(WAYS[:6], (NUMBER,) * 6)
    copy = public_copy("a.pdf", data)
    assert public_copy("a.pdf", data) == copy
    assert text_of(public_copy("a.pdf", copy)) == text_of(copy)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages_are_copied_as_they_are_seen(rotate: int) -> None:
    blocks: list[make.Block] = [f"经办人{NUMBER}，云岫县政务公开办公室。", [["序号", "姓名"], ["1", "张某"]]]
    data = make.pdf(blocks, rotate=rotate)
    copy = public_copy("a.pdf", data)
    assert pypdfium2.PdfDocument(copy)[0].get_size() == pypdfium2.PdfDocument(data)[0].get_size()
    assert "".join(text_of(copy).split()) == "".join(text_of(data).split())
    assert NUMBER not in text_of(masked("a.pdf", data, pictures=False))


def with_parts(number: str) -> dict[str, bytes]:
    """One thing beside the pages in each file."""
    plain = make.pdf(["云岫县公告"])

    def changed(change: str) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(plain)) as file:
            page, note = file.pages[0].obj, pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[10, 10, 90, 30])
            if change == "attachment":
                file.attachments["名单.csv"] = f"姓名,电话\n周某,{number}\n".encode()
            elif change == "packed attachment":
                file.attachments["a.bin"] = zlib.compress(f"x{number}".encode("utf-16-le"))
            elif change == "stray stream":
                file.Root.Stray = file.make_stream(f"<a>{number}</a>".encode())
            elif change == "stray object":
                file.Root.Stray = file.make_indirect(pikepdf.Array([pikepdf.String(number)]))
            elif change == "name":
                file.Root.Stray = pikepdf.Name(f"/N{number}")
            elif change == "link":
                note.Subtype, note.A = pikepdf.Name.Link, pikepdf.Dictionary(S=pikepdf.Name.URI, URI=f"tel:{number}")
            elif change == "web link":
                address = f"https://example.cn/?id={number}"
                note.Subtype, note.A = pikepdf.Name.Link, pikepdf.Dictionary(S=pikepdf.Name.URI, URI=address)
            elif change == "field":
                note.Subtype, note.FT = pikepdf.Name.Widget, pikepdf.Name.Tx
                note.Parent = file.make_indirect(pikepdf.Dictionary(V=pikepdf.String(number)))
            elif change == "script":
                file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"var a='{number}'")
            elif change == "piece":
                page.PieceInfo = pikepdf.Dictionary(A=pikepdf.Dictionary(Private=pikepdf.String(number)))
            if "/Subtype" in note:
                page.Annots = pikepdf.Array([file.make_indirect(note)])
            file.save(out)
        return out.getvalue()

    names = ("attachment", "packed attachment", "stray stream", "stray object", "name", "link", "web link", "field")
    made = {name: changed(name) for name in (*names, "script", "piece")}
    made["comment"] = plain.replace(b"\n", b"\n% " + number.encode() + b"\n", 1)
    made["behind the end"] = plain + b"\n" + number.encode()
    made["older revision"] = made["script"] + b"\n" + plain
    return made


@pytest.mark.parametrize("name", sorted(with_parts(NUMBER)))
def test_what_stands_beside_the_pages_is_found_and_not_copied(name: str) -> None:
    data = with_parts(NUMBER)[name]
    seen = inspect("a.pdf", data, pictures=False)
    assert seen.is_blocked
    assert NUMBER not in str(seen.to_json())
    if name != "older revision":
        copy = public_copy("a.pdf", data)
        assert not any(NUMBER.encode() in part for part in everything(copy))
        assert "云岫县公告" in text_of(copy)


def test_where_a_drawing_goes_is_no_telephone() -> None:
    # Glyphs that a browser prints as drawings: places of many decimals, a blank between.
    steps = (
        b"1000 0 84 -896 916 136 d1\n177.44543 -434.11087 m\n194.33525 -839 l\n138.001 380.00 139.5 139 138 138 c\nh f"
    )
    for extra, blocks in ((b"", False), (f"\n% {NUMBER}\n".encode(), True), (f"\n({NUMBER}) pop\n".encode(), True)):
        out = io.BytesIO()
        with pikepdf.new() as file:
            file.add_blank_page(page_size=(300, 300))
            file.Root.Glyph = file.make_stream(steps + extra)
            file.save(out)
        assert inspect("a.pdf", out.getvalue(), pictures=False).is_blocked is blocks


def test_a_clean_link_stays_where_it_was() -> None:
    with pikepdf.open(io.BytesIO(make.pdf(["云岫县公告"]))) as file:
        action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.gov.cn/")
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[10, 20, 90, 40], A=action)
        file.pages[0].obj.Annots = pikepdf.Array([file.make_indirect(note)])
        out = io.BytesIO()
        file.save(out)
    with pikepdf.open(io.BytesIO(public_copy("a.pdf", out.getvalue()))) as copy:
        (link,) = copy.pages[0].obj.Annots
        assert str(link.A.URI) == "https://www.gov.cn/"
        assert [round(float(edge)) for edge in link.Rect] == [10, 20, 90, 40]
        assert "/Info" not in copy.trailer
        assert set(copy.Root.keys()) == {"/Lang", "/Pages", "/Type"}


def scanned(words: str, typed: str = "") -> bytes:
    """A page that is a picture of words, with something typed on it."""
    picture = Image.new("L", (1240, 400), 255)
    ImageDraw.Draw(picture).text((90, 160), words, fill=20, font=ImageFont.truetype(FONT, 44))
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=150)
    if typed:
        with pikepdf.open(io.BytesIO(out.getvalue())) as file:
            page = file.pages[0]
            page.obj.Resources.Font = pikepdf.Dictionary(
                A=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                )
            )
            page.contents_add(file.make_stream(f"BT /A 9 Tf 200 20 Td ({typed}) Tj ET".encode()))
            out = io.BytesIO()
            file.save(out)
    return out.getvalue()


def test_a_picture_on_a_page_with_text_is_not_passed_over() -> None:
    """Where nobody reads pictures, such a page is said to be unread, and that blocks."""
    seen = inspect("a.pdf", scanned(NUMBER, "- 1 -"), pictures=False)
    assert [error for error in seen.unread if "扫描" in str(error)]
    assert seen.is_blocked
    assert inspect("a.pdf", make.pdf(["云岫县公告", [["序号", "姓名"], ["1", "张某"]]]), pictures=False).unread == ()


def test_a_scan_with_typed_text_is_read_and_its_line_blackened() -> None:
    pytest.importorskip("rapidocr")
    data = scanned(f"ID {NUMBER}", "- 1 -")
    found, note = inspect("a.pdf", data).hits
    assert (found.hit.text, found.place.page, note.hit.severity) == (NUMBER, 1, Severity.NOTE)
    copy = masked("a.pdf", data)
    assert {found.hit.severity for found in inspect("a.pdf", copy).hits} == {Severity.NOTE}
    assert "- 1 -" in text_of(copy)
    kept = masked("a.pdf", data, Decisions(keep={found.key}))
    assert NUMBER in {hit.hit.text for hit in inspect("a.pdf", kept).hits}


@pytest.mark.parametrize("name", ["p-attach.pdf", "p-scan+pagenumber.pdf"])
def test_the_shared_cases_block_and_their_copies_are_clean(name: str) -> None:
    data = shared_file(f"cases/guard/{name}").read_bytes()
    assert inspect(name, data).is_blocked
    assert not any(b"110101199003078515" in part for part in everything(masked(name, data)))


@pytest.mark.parametrize("name", ["hongze-district-2023", "hongze-district-2024"])
def test_a_real_report_reads_the_same_from_its_copy(name: str) -> None:
    data = shared_file(f"corpus/{name}.pdf").read_bytes()
    copy = public_copy(f"{name}.pdf", data)
    assert len(copy) < 3 * len(data)
    # Upright words beside level ones are put in another order by whoever takes text out.
    assert kept(data) >= 0.995
    grids = [
        [[row.texts for row in block.rows] for block in list(document.views())[-1].blocks if hasattr(block, "rows")]
        for document in (*open_documents("a.pdf", data), *open_documents("a.pdf", copy))
    ]
    assert grids[0] == grids[1]


def generated(seed: int) -> bytes:
    """Prose and tables, ruled or not, in sizes and turns of all kinds."""
    rng = random.Random(seed)
    signs = "云岫县政府信息公开工作年度报告主动依申请答复办理数量（一）、。，0123456789％ABCabc〔2026〕号"
    blocks: list[make.Block] = []
    for _ in range(rng.randrange(3, 9)):
        blocks.append("".join(rng.choices(signs, k=rng.randrange(5, 160))))
        if rng.random() < 0.4:
            wide = rng.randrange(2, 7)
            blocks.append([["".join(rng.choices(signs, k=rng.randrange(1, 5))) for _ in range(wide)] for _ in range(5)])
    return make.pdf(blocks, rule=rng.random() < 0.7, rotate=rng.choice((0, 0, 0, 90)))


def kept(data: bytes) -> float:
    """The share of visible characters that the copy says in the same order."""
    given, said = ("".join(text_of(one).split()) for one in (data, public_copy("a.pdf", data)))
    same = sum(block.size for block in SequenceMatcher(None, given, said, autojunk=False).get_matching_blocks())
    return same / max(1, len(given))


@pytest.mark.parametrize("seed", range(3))
def test_nearly_every_sign_is_kept_in_its_order(seed: int) -> None:
    assert kept(generated(seed)) >= 0.99


@long
def test_nearly_every_sign_is_kept_in_forty_files() -> None:
    shares = [kept(generated(seed)) for seed in range(100, 140)]
    sys.stdout.write(f"kept: least {min(shares):.4f}, mean {sum(shares) / len(shares):.4f}\n")
    assert min(shares) >= 0.99


MOBILE = "13800138000"


def drawn(content: str, *, led_to: bool = True) -> bytes:
    """A page with this content, or a file with a stream of it to which nothing leads."""
    data = made((Way("content", True, lambda _: content if led_to else ""),), ("-",))
    if led_to:
        return data
    with pikepdf.open(io.BytesIO(data)) as file:
        file.Root.Stray = file.make_stream(content.encode())
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def placed(words: Iterable[str], step: float, *, size: float = 9, box: str = "") -> str:
    """Words in a row, each so far from the one before."""
    return " ".join(
        f"{box.format(38 + step * at)} BT /A {size} Tf {40 + step * at} 300 Td ({word}) Tj ET"
        for at, word in enumerate(words)
    )


def blocked(data: bytes) -> set[str]:
    hits = inspect("a.pdf", data, pictures=False).hits
    return {bare(found.hit.text) for found in hits if found.hit.severity is Severity.BLOCK}


FIGURES = {
    "three cells": placed(("138", "0013", "8000"), 40),
    "narrow ruled cells": placed(("138", "0013", "8000"), 24, box="{} 296 24 14 re S"),
    "two full cells": placed(("138001", "38000"), 32, box="{} 296 32 14 re S"),
    "a digit a cell": placed(MOBILE, 28, box="{} 296 28 14 re S"),
    "words drawn between cells": " BT /A 9 Tf 40 280 Td (Tel) Tj ET ".join(
        f"BT /A 9 Tf {40 + 40 * at} 300 Td ({word}) Tj ET" for at, word in enumerate(("138", "0013", "8000"))
    ),
    "one array": f"BT /A 9 Tf 40 300 Td [{' -2000 '.join(f'({part})' for part in ('138', '0013', '8000'))}] TJ ET",
    "rows of a digit": " ".join(f"BT /A 9 Tf 300 {390 - 20 * at} Td ({sign}) Tj ET" for at, sign in enumerate(MOBILE)),
    "an amount in two fonts": f"BT /A 12 Tf 40 300 Td ({MOBILE}) Tj /W 12 Tf <5143> Tj ET",
}


@pytest.mark.parametrize("name", FIGURES)
def test_figures_that_stand_apart_are_not_one_number(name: str) -> None:
    assert blocked(drawn(FIGURES[name])) == set()


def test_figures_in_the_mark_of_a_file_are_no_number() -> None:
    """Two digests end every file (ISO 32000-1, 14.4): eleven of their signs may all be figures."""
    data = drawn(FIGURES["three cells"])
    marked = re.sub(rb"(?<=<)[0-9a-f]{32}(?=>)", b"9cf16280710033cd4e0f123456789abc", data)
    assert marked != data
    assert blocked(marked) == set()


NUMBERS = {
    "words drawn between": (
        "BT /A 9 Tf 40 300 Td (13800138) Tj ET BT /A 9 Tf 40 280 Td (Tel) Tj ET BT /A 9 Tf 80 300 Td (000) Tj ET",
        MOBILE,
    ),
    "blanks": ("BT /A 9 Tf 40 300 Td (138 0013 8000) Tj ET", MOBILE),
    "kerns for blanks": ("BT /A 9 Tf 40 300 Td [(138) -300 (0013) -300 (8000)] TJ ET", MOBILE),
    "boxes of a digit": (placed(MOBILE, 14, box="{} 296 14 14 re S"), MOBILE),
    "a digit a cell": (placed(NUMBER, 17, box="{} 296 17 14 re S"), NUMBER),
    "three cells": (placed((NUMBER[:6], NUMBER[6:14], NUMBER[14:]), 90), NUMBER),
    "two ruled cells": (placed((NUMBER[:9], NUMBER[9:]), 60, box="{} 296 60 14 re S"), NUMBER),
    "rows of a digit": (
        " ".join(f"BT /A 9 Tf 300 {400 - 20 * at} Td ({sign}) Tj ET" for at, sign in enumerate(NUMBER)),
        NUMBER,
    ),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_parts_of_one_number_are_read_together(name: str) -> None:
    content, number = NUMBERS[name]
    assert blocked(drawn(content)) == {number}


@pytest.mark.parametrize(("size", "wide", "down"), [(5, 7, 1.5), (5, 9, -1.5), (5, 6, -1.5), (9, 9, 0)])
def test_a_line_that_is_broken_where_the_font_changes_is_one_line(size: int, wide: int, down: float) -> None:
    """Programs draw 1990 and 年 in two fonts; a reader of the file may take each for a line."""
    signs, at = [f"BT /A {size} Tf 40 300 Td (110101) Tj 80 0 Td (1990) Tj ET"], 120 + size * 2.3
    for sign in ("5e74", "3", "6708", "7", "65e5"):
        is_digit = len(sign) == 1
        font, y, drawn_as = (f"/A {size}", 300.0, f"({sign})") if is_digit else (f"/W {wide}", 300 - down, f"<{sign}>")
        signs.append(f"BT {font} Tf {at:.1f} {y} Td {drawn_as} Tj ET")
        at += size * 0.7 if is_digit else wide * 1.1
    data = drawn(" ".join([*signs, f"BT /A {size} Tf 230 300 Td (8515) Tj ET"]))
    assert {hit.replace("\t", "") for hit in blocked(data)} == {"1101011990年3月7日8515"}
    assert not blocked(masked("a.pdf", data))


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way.seen and way.name in ("hex", "array", "signs", "two lines")]
)
def test_a_number_in_a_stream_that_no_page_draws_is_found(way: Way) -> None:
    assert blocked(drawn(way.draw(NUMBER), led_to=False)) == {NUMBER}


def test_signs_that_only_a_page_explains_are_a_picture() -> None:
    """A font whose glyphs draw digits and say letters: a copy shows them and does not take them for text."""
    with pikepdf.open(io.BytesIO(made(WAYS[:1], (NUMBER,)))) as file:
        page = file.pages[0].obj
        glyphs = {f"/g{at}": f"600 0 d0 BT /A 1000 Tf ({at}) Tj ET" for at in range(10)}
        names = [pikepdf.Name(name) for name in glyphs]
        page.Resources.Font.B = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 1000, 1000],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(A=page.Resources.Font.A)),
            CharProcs=pikepdf.Dictionary({name: file.make_stream(draw.encode()) for name, draw in glyphs.items()}),
            Encoding=pikepdf.Dictionary(Differences=pikepdf.Array([97, *names])),
            FirstChar=97,
            LastChar=106,
            Widths=[600] * 10,
        )
        words = "".join(chr(97 + int(sign)) for sign in MOBILE)
        page.Contents = file.make_stream(f"BT /B 20 Tf 40 300 Td ({words}) Tj ET".encode())
        out = io.BytesIO()
        file.save(out)
    assert inspect("a.pdf", out.getvalue(), pictures=False).unread
    copy = public_copy("a.pdf", out.getvalue())
    assert text_of(copy).strip() == ""
    dots = pypdfium2.PdfDocument(copy)[0].render().to_pil().convert("L")
    assert dots.getextrema()[0] < 100


def test_a_locked_or_torn_file_ends_in_a_sentence() -> None:
    data = made(WAYS[:1], (NUMBER,))
    for torn in (data[: len(data) // 2], data[:200], b"%PDF-1.7\n" + b"\xff" * 400):
        assert redaction.inspect("a.pdf", torn, pictures=False).unread


def test_hits_are_of_severity_block() -> None:
    assert {found.hit.severity for found in inspect("a.pdf", made(WAYS[:1], (NUMBER,)), pictures=False).hits} == {
        Severity.BLOCK
    }
    assert HIGH
