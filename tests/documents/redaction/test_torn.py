"""断开的号码 — parts in a narrow column, over pages, in fields, bookmarks and labels are one number (条例 第十五条)."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Sequence

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from gongkai.documents import redaction
from gongkai.documents.redaction.editor import shown
from gongkai.documents.redaction.places import Place
from gongkai.documents.redaction.torn import Block, below, over_pages
from gongkai.text.personal_data import find
from gongkai.text.personal_data.signs import bare
from tests.text import persons

NOTICE = "Notice of public subsidy for village residents"
Change = Callable[[pikepdf.Pdf], None]


def words(text: str, x: float = 72, y: float = 740, size: float = 12) -> str:
    return f"BT /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def pdf(*pages: str, change: Change | None = None) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as file:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
        for content in pages:
            page = file.add_blank_page(page_size=(595, 842))
            page.obj.Resources = Dictionary(Font=Dictionary(F=font))
            page.obj.Contents = file.make_stream((words(NOTICE) + content).encode())
        if change is not None:
            change(file)
        file.save(out)
    return out.getvalue()


def number(seed: int) -> str:
    return persons.identity(random.Random(seed))


def found_in(data: bytes) -> set[str]:
    hits = redaction.inspect("a.pdf", data, pictures=False).hits
    return {bare(found.hit.text) for found in hits if found.hit.severity == "block"}


def copied(data: bytes) -> str:
    """What a copy says, page by page, blanks left out."""
    document = pypdfium2.PdfDocument(redaction.masked("a.pdf", data, pictures=False))
    return " ".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_what_the_file_says_in_one_go_is_told_once() -> None:
    whole = number(8)
    drawn = "".join(words(part, 200, 655 - 14 * at) for at, part in enumerate((whole[:12], whole[12:])))
    data = pdf(drawn + words("Zhang", 72, 655) + words("village one", 330, 655) + words("two", 330, 641))
    hits = redaction.inspect("a.pdf", data, pictures=False).hits
    assert [bare(found.hit.text) for found in hits] == [whole]


def column(parts: Sequence[str], *, ruled: bool = False, below_it: float = 14, x: float = 200) -> str:
    """A row of a table with a name, a number over several lines, and an address of as many lines."""
    drawn = words("Zhang", 72, 655)
    for at, part in enumerate(parts):
        drawn += words(part, x, 655 - below_it * at) + words(
            f"village {['one', 'two', 'three'][at]}", 330, 655 - 14 * at
        )
    if ruled:
        drawn += "".join(f"{at} 560 m {at} 680 l S " for at in (66, 190, 320, 480))
        drawn += "".join(f"66 {at} m 480 {at} l S " for at in (560, 600, 680))
    return drawn


@pytest.mark.parametrize("ruled", [False, True])
@pytest.mark.parametrize("cut", [(12,), (9,), (6, 12)])
def test_a_number_in_a_narrow_column_is_one(ruled: bool, cut: tuple[int, ...]) -> None:
    whole = number(1)
    parts = [whole[start:end] for start, end in zip((0, *cut), (*cut, 18), strict=True)]
    data = pdf(column(parts, ruled=ruled))
    assert whole in found_in(data)
    assert parts[-2][3:] not in copied(data)


def test_a_telephone_of_one_cell_is_one() -> None:
    data = pdf(column(["13800", "138000"], ruled=True))
    assert "13800138000" in found_in(data)
    assert "138000" not in copied(data)


def by_lines(parts: Sequence[str], *, head: str = "", left: str = "", pitch: int = 14) -> str:
    """The same without rules, drawn line by line, as programs do; `left`: a name that goes on, too."""
    drawn = words("Name", 72, 690) + words(head, 200, 690) + words("Amount", 330, 690)
    for at, part in enumerate(parts):
        y = 660 - pitch * at
        drawn += words(left if at else "Zhang", 72, y) if left or not at else ""
        drawn += words(part, 200, y) + ("" if at else words("300.00", 330, y))
    return drawn


@pytest.mark.parametrize(
    "parts", [["1380013", "8000"], ["138", "00138000"], ["138", "0013", "8000"], ["138001380", "00"]]
)
@pytest.mark.parametrize("left", ["", "Wei"])
@pytest.mark.parametrize("pitch", [13, 18])
def test_a_telephone_in_a_column_without_rules_is_one(parts: list[str], left: str, pitch: int) -> None:
    data = pdf(by_lines(parts, head="Mobile", left=left, pitch=pitch))
    assert "13800138000" in found_in(data)
    assert "****" in copied(data)


@pytest.mark.parametrize("head", ["Phone calls", "Amount", "Mobile users"])
def test_figures_below_another_head_are_no_telephone(head: str) -> None:
    assert found_in(pdf(by_lines(["1380013", "8000"], head=head, left="Wei"))) == set()


def test_amounts_below_each_other_are_no_telephone() -> None:
    drawn = "".join(
        words(f"Town {at}", 72, 655 - 24 * at) + words(amount, 200, 655 - 24 * at) + words("yuan", 330, 655 - 24 * at)
        for at, amount in enumerate(["1380013", "8000", "13800", "138000", "138", "0013", "8000"])
    )
    assert found_in(pdf(drawn)) == set()


def fields(values: Sequence[str], *, drawn: bool, places: Sequence[int] | None = None) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        font = file.pages[0].obj.Resources.Font
        made = []
        for at, value in enumerate(values):
            left = 72 + 20 * (places[at] if places else at)
            field = Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=4, Rect=Array([left, 600, left + 18, 620])
            )
            field.T, field.V = pikepdf.String(f"f{at}"), pikepdf.String(value)
            field.DA = pikepdf.String("/F 12 Tf 0 g")
            if drawn:
                look = file.make_stream(f"BT /F 12 Tf 4 5 Td ({value}) Tj ET".encode())
                look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 18, 20])
                look.Resources = Dictionary(Font=font)
                field.AP = Dictionary(N=look)
            made.append(file.make_indirect(field))
        file.Root.AcroForm = file.make_indirect(Dictionary(Fields=Array(made), DR=Dictionary(Font=font)))
        file.pages[0].obj.Annots = Array(made)

    return change


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("order", ["kept", "mixed"])
def test_fields_of_a_form_are_read_in_the_order_of_their_places(drawn: bool, order: str) -> None:
    whole = number(2)
    places = list(range(18))
    if order == "mixed":
        random.Random(3).shuffle(places)
    data = pdf("", change=fields([whole[place] for place in places], drawn=drawn, places=places))
    assert whole in found_in(data)
    copy = redaction.masked("a.pdf", data, pictures=False)
    picture = pypdfium2.PdfDocument(copy)[0].render(scale=2).to_pil().convert("L")
    # Where the middle figures stood nothing is left but black, or nothing at all.
    shades = {shade for at in range(4, 13) for shade in _shades(picture, 72 + 20 * at)}
    assert len(shades) == 1


def _shades(picture: object, left: int) -> set[int]:
    cut = picture.crop((2 * left + 8, 2 * (842 - 616), 2 * left + 28, 2 * (842 - 604)))  # type: ignore[attr-defined]
    return {round(shade / 128) for shade in cut.get_flattened_data()}


def outline(titles: Sequence[str]) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        with file.open_outline() as made:
            made.root.extend(pikepdf.OutlineItem(title, 0) for title in titles)

    return change


def label(prefix: str, first: int | None) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        made = Dictionary(P=pikepdf.String(prefix))
        if first is not None:
            made.S, made.St = Name.D, first
        file.Root.PageLabels = Dictionary(Nums=Array([0, made]))

    return change


@pytest.mark.parametrize("titles", [["138", "0013", "8000"], list("13800138000"), ["1380013", "8000"]])
def test_bookmarks_are_read_one_after_another(titles: list[str]) -> None:
    assert "13800138000" in found_in(pdf("", change=outline(titles)))


def choice(values: Sequence[str], *, is_pair: bool) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        offered = [
            Array([pikepdf.String("x"), pikepdf.String(one)]) if is_pair else pikepdf.String(one) for one in values
        ]
        field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Ch, Rect=Array([72, 600, 190, 620]))
        field.Opt, field.T = Array(offered), pikepdf.String("x")
        file.pages[0].obj.Annots = Array([file.make_indirect(field)])

    return change


def described(texts: Sequence[str], key: str) -> Change:
    def change(file: pikepdf.Pdf) -> None:
        made = [file.make_indirect(Dictionary({"/S": Name.Figure, key: pikepdf.String(text)})) for text in texts]
        file.Root.StructTreeRoot = file.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array(made)))

    return change


def replaced(texts: Sequence[str]) -> str:
    return "".join(
        f"/Span <</ActualText ({text})>> BDC {words('ok', 72, 700 - 20 * at)} EMC " for at, text in enumerate(texts)
    )


@pytest.mark.parametrize("pieces", [["138", "0013", "8000"], ["1380", "0138000"], list("13800138000")])
def test_what_is_said_instead_of_the_page_is_read_one_after_another(pieces: list[str]) -> None:
    assert "13800138000" in found_in(pdf(replaced(pieces)))
    for key in ("/ActualText", "/Alt", "/E"):
        assert "13800138000" in found_in(pdf("", change=described(pieces, key)))
    for is_pair in (False, True):
        assert "13800138000" in found_in(pdf("", change=choice(pieces, is_pair=is_pair)))


def test_figures_of_a_table_said_once_more_are_no_telephone() -> None:
    figures = ["1380", "0138000", "25", "13", "800138000"]
    assert found_in(pdf(replaced(figures))) == set()
    assert found_in(pdf("", change=choice(figures, is_pair=True))) == set()


@pytest.mark.parametrize(("prefix", "first"), [("13800138000", None), ("1380013", 8000)])
def test_labels_of_pages_are_read_as_a_reader_shows_them(prefix: str, first: int | None) -> None:
    data = pdf("", change=label(prefix, first))
    assert "13800138000" in found_in(data)
    assert b"1380013" not in redaction.masked("a.pdf", data, pictures=False)


FOOT = words("- {} -", 290, 30, 9)


@pytest.mark.parametrize("foot", ["", FOOT])
@pytest.mark.parametrize("cut", [12, 6, 17])
def test_a_number_goes_on_on_the_next_page(foot: str, cut: int) -> None:
    whole = number(4)
    one = words("Zhang", 72, 60) + words(whole[:cut], 200, 60) + words("village", 330, 60)
    other = words(whole[cut:], 200, 700) + words("one", 330, 700) + words("Li", 72, 660)
    data = pdf(one + foot.format(1), other + foot.format(2))
    assert whole in found_in(data)
    assert whole[:cut][3:] not in copied(data).split()[0]


@pytest.mark.parametrize(
    "pages",
    [
        [words(figure, 280, 420, 60) for figure in "13800138000"],
        [words("138", 500, 30), words("0013", 72, 800), words("8000", 72, 800)],
        [words("Phone 1380013", 72, 60), words("8000 for all", 72, 700)],
        [words("Phone 13800", 72, 60) + FOOT.format(1), words("138000 for all", 72, 700) + FOOT.format(2)],
    ],
)
def test_a_telephone_over_pages_is_one(pages: list[str]) -> None:
    data = pdf(*pages)
    assert "13800138000" in found_in(data)
    assert "0013" not in copied(data)


def test_cells_of_statistics_over_pages_are_no_telephone() -> None:
    rng = random.Random(6)
    pages = [
        "".join(
            words(str(rng.randrange(1_300_000, 2_000_000)), 72, 700 - 14 * line)
            + words(str(rng.randrange(1_000, 9_999)), 200, 700 - 14 * line)
            + words(str(rng.randrange(130, 200)), 300, 700 - 14 * line)
            for line in range(48)
        )
        for _ in range(5)
    ]
    assert found_in(pdf(*pages)) == set()


def sheet(rows: Sequence[Sequence[str]]) -> str:
    return "".join(
        words(text, 72 + 150 * at, 700 - 16 * line) for line, row in enumerate(rows) for at, text in enumerate(row)
    )


@pytest.mark.parametrize("between", [0, 1, 2])
@pytest.mark.parametrize("cut", [(6, 14), (6, 10), (12,), (14,), (3,)])
def test_rows_of_a_wide_sheet_go_on_at_the_same_height_of_another_page(cut: tuple[int, ...], between: int) -> None:
    whole, names = number(11), ["Zhang", "Li", "Wang", "Zhao"]
    parts = [whole[one:other] for one, other in zip((0, *cut), (*cut, 18), strict=True)]
    first = sheet([["Name", "Number"], *([name, *parts[:-1]] if name == "Wang" else [name, "-"] for name in names)])
    then = sheet([["Rest", "Town"], *([parts[-1] if name == "Wang" else "-", "East"] for name in names)])
    data = pdf(first, *[sheet([["Name", "None"]])] * between, then)
    assert whole in found_in(data)
    assert parts[-1][:-4] == "" or parts[-1][:-4] not in copied(data)


def test_numbers_at_one_height_of_many_pages_are_none() -> None:
    rng = random.Random(8)
    rows = [[str(rng.randrange(10**size, 10 ** (size + 1))) for size in (7, 5, 2, 5)] for _ in range(40)]
    assert found_in(pdf(*(sheet(rng.sample(rows, 40)) for _ in range(20)))) == set()


def test_boxes_of_a_figure_each_in_two_rows_are_one() -> None:
    whole = number(7)
    drawn = ""
    for down, (label, part) in enumerate((("ID", whole[:9]), ("No.", whole[9:]))):
        drawn += words(label, 60, 600 - 24 * down)
        drawn += "".join(words(figure, 100 + 28 * at, 600 - 24 * down) for at, figure in enumerate(part))
    data = pdf(drawn)
    assert whole in found_in(data)
    assert whole[3:9] not in copied(data)


def test_numbers_of_pages_are_no_number() -> None:
    pages = [words(f"{at}", 290, 30) + words(f"{at * 1379}", 200, 60) for at in range(1, 30)]
    assert found_in(pdf(*pages)) == set()


def test_figures_on_a_bow_are_one_number() -> None:
    whole = number(5)
    drawn = ""
    for at, figure in enumerate(whole):
        angle = math.pi * (1 - at / 17)
        turn = angle - math.pi / 2
        across, down = math.cos(turn), math.sin(turn)
        place = f"{300 + 180 * math.cos(angle):.1f} {300 + 180 * math.sin(angle):.1f}"
        drawn += f"BT /F 20 Tf {across:.3f} {down:.3f} {-down:.3f} {across:.3f} {place} Tm ({figure}) Tj ET\n"
    data = pdf(drawn)
    assert whole in found_in(data)
    assert whole[4:10] not in copied(data)


def block(text: str, left: float, top: float, high: float = 10) -> Block:
    return Block(shown(Place(), text), (left, top, left + 6.0 * len(text), top + high))


@given(
    st.integers(0, 999),
    st.integers(4, 15),
    st.floats(0.5, 40),
    st.floats(0, 1.1),
    st.lists(st.sampled_from(["东风村", "三组", "12", "男"]), max_size=3),
)
def test_whatever_stands_beside_it_a_column_is_read_down(
    seed: int, cut: int, scale: float, gap: float, beside: list[str]
) -> None:
    whole = number(seed)
    cells = [block(whole[:cut], 200, 0), block(whole[cut:], 200, 10 + 10 * gap)]
    cells += [block(text, 400 + 60 * at, (10 + 10 * gap) * (at % 2)) for at, text in enumerate([*beside, "村"])]
    cells = [Block(one.slot, tuple(edge * scale for edge in one.box)) for one in cells]  # type: ignore[arg-type]
    assert any(
        bare(hit.text) == whole and (slot.only is None or slot.only(hit))
        for slot in below(cells)
        for hit in find(slot.text)
    )


def test_pages_full_of_figures_are_not_tried_one_with_another() -> None:
    pages = [
        [block(f"{7919 * at % 99991:09d}", 70.0 * column, 14.0 * line) for column in range(8) for line in range(40)]
        for at in range(60)
    ]
    assert sum(1 for _ in over_pages(pages)) < 500
