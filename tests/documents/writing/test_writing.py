"""写文件 — what any manuscript keeps in any format: text as text, figures as figures, headings with their scope."""

from __future__ import annotations

import io
import zipfile
from importlib import import_module

import docx
import openpyxl
import pypdfium2
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from gongkai.documents.document import Document, Grid, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.documents.writing import FORMATS, write
from gongkai.documents.writing.look import cell_size, is_kept_together, table_size
from gongkai.documents.writing.manuscript import Cell, Manuscript, Placed, Role, Style, Table, Text, WritingError
from tests.documents import make

STRUCTURED = ("docx", "html", "xlsx")
HEADS = (
    (Cell("项", Role.COLUMN, 1, 2), Cell("申请人", Role.COLUMNS, 2)),
    (Cell("自然人", Role.COLUMN), Cell("其他", Role.COLUMN)),
)
TABLE = Table(
    "甲表",
    (52, 52, 52),
    (*HEADS, (Cell("新收", Role.ROW), Cell("12"), Cell("")), (Cell("结转", Role.ROW), Cell("0"), Cell("3.5"))),
    heads=2,
)
# Marks that some format would read as its own: formulas, tags, emphasis, links, lists, headings, entities.
RISKY = st.text("=+-@\"'&<>#*_`[]()\\!~:/1.、。 甲乙丙abc", min_size=1, max_size=30)
SENTENCES = RISKY.map(lambda text: "文" + " ".join(text.split()) + "。")
STARTS = st.sampled_from(
    ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "# 题", "> 引", "1. 项", "- 项", "```", "http://a.cn", "---"]
)


def manuscript(*blocks: Text | Table) -> Manuscript:
    return Manuscript("题目", "某机关", blocks)


def reopened(data: bytes, suffix: str) -> Document:
    (document,) = open_documents(f"文件.{suffix}", data)
    assert isinstance(document, Document), document
    return document


def paragraphs(data: bytes, suffix: str) -> list[str]:
    view = next(reopened(data, suffix).views())
    return [block.text for block in view.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("suffix", ["docx", "html", "xlsx", "md"])
@settings(max_examples=40, deadline=None)
@given(texts=st.lists(SENTENCES, min_size=1, max_size=4))
def test_a_sentence_comes_back_as_it_was_written(suffix: str, texts: list[str]) -> None:
    assert paragraphs(write(manuscript(*map(Text, texts)), suffix), suffix) == texts


@pytest.mark.parametrize("suffix", ["docx", "html", "md"])
@given(text=STARTS)
def test_a_sentence_may_begin_with_any_mark(suffix: str, text: str) -> None:
    if "|" not in text:
        assert paragraphs(write(manuscript(Text(text)), suffix), suffix) == [text]


@given(text=STARTS | RISKY.filter(str.strip))
def test_text_is_never_a_formula_or_a_link_of_a_sheet(text: str) -> None:
    table = Table("表", (78, 78), ((Cell(text, Role.ROW), Cell(text, Role.TEXT)),))
    book = openpyxl.load_workbook(io.BytesIO(write(manuscript(Text(text), table), "xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize(
    ("printed", "kind", "value"),
    [
        ("0", "n", 0),
        ("-12", "n", -12),
        ("144.4399", "n", 144.4399),
        ("1.50", "s", "1.50"),
        ("007", "s", "007"),
        ("1234567890123456789", "s", "1234567890123456789"),
        ("22（其中修订16件）", "s", "22（其中修订16件）"),
    ],
)
def test_a_figure_of_a_sheet_keeps_every_digit(printed: str, kind: str, value: object) -> None:
    table = Table("表", (78, 78), ((Cell("项", Role.ROW), Cell(printed)),))
    book = openpyxl.load_workbook(io.BytesIO(write(manuscript(table), "xlsx")))
    cell = next(iter(book))["B1"]
    assert (cell.data_type, cell.value) == (kind, value)


@pytest.mark.parametrize("suffix", STRUCTURED)
def test_merged_cells_stay_merged_and_blanks_blank(suffix: str) -> None:
    view = next(reopened(write(manuscript(Text("前文。"), TABLE, Text("后文。")), suffix), suffix).views())
    (grid,) = (block for block in view.blocks if isinstance(block, Grid))
    wanted = [[(cell.text, cell.columns, cell.rows) for cell in row] for row in TABLE.rows]
    assert [[(cell.text, cell.columns, cell.rows) for cell in row.cells] for row in grid.rows] == wanted


def test_rows_and_columns_of_markdown_have_one_name_each() -> None:
    whole = Table("甲表", TABLE.widths, (*TABLE.rows[:2], (Cell("新收", Role.ROW), Cell("12"), Cell("7"))), heads=2)
    lines = write(manuscript(whole), "md").decode().splitlines()
    assert lines == ["| 项 | 申请人 / 自然人 | 申请人 / 其他 |", "| --- | --- | --- |", "| 新收 | 12 | 7 |"]
    assert "<table>" in write(manuscript(TABLE), "md").decode()


def test_a_web_page_can_be_heard() -> None:
    page = html.document_fromstring(
        write(manuscript(Text("题", Style.TITLE), Text("一、", Style.HEADING), TABLE), "html")
    )
    assert page.get("lang") == "zh-CN"
    assert [element.text for element in page.iter("h1", "h2", "caption", "title")] == ["题目", "题", "一、", "甲表"]
    assert {th.text: th.get("scope") for th in page.iter("th")} == {
        "项": "col",
        "申请人": "colgroup",
        "自然人": "col",
        "其他": "col",
        "新收": "row",
        "结转": "row",
    }
    assert len(list(page.iter("thead"))) == len(list(page.iter("main"))) == 1
    assert not list(page.iter("script"))
    assert not [name for element in page.iter() for name in element.attrib if name.startswith("on")]
    assert (region := page.find(".//div[@role='region']")) is not None
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "甲表")


def test_a_word_file_is_laid_out_as_the_standard_has_it() -> None:
    blocks = (
        Text("标题", Style.TITLE),
        Text("一、情况", Style.HEADING),
        Text("（一）甲", Style.SUBHEADING),
        Text("正文。"),
    )
    document = docx.Document(io.BytesIO(write(manuscript(*blocks, TABLE, Text("落款", Style.SIGNATURE)), "docx")))
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    faces = {}
    for paragraph in document.paragraphs:
        fonts = paragraph.style.element.rPr.find(qn("w:rFonts"))
        faces[paragraph.text] = (fonts.get(qn("w:eastAsia")), paragraph.style.font.size.pt)
    assert faces["标题"] == ("方正小标宋简体", 22)
    assert faces["一、情况"] == ("黑体", 16)
    assert faces["（一）甲"] == ("楷体_GB2312", 16)
    assert faces["正文。"] == faces["落款"] == ("仿宋_GB2312", 16)
    assert all(" PAGE " in footer._element.xml for footer in (section.footer, section.even_page_footer))
    rows = document.tables[0].rows
    assert ["w:tblHeader" in row._tr.xml for row in rows] == [True, True, False, False]
    assert document.core_properties.title == "题目"


def test_a_word_file_says_what_may_stand_in_for_faces_that_are_not_there() -> None:
    with zipfile.ZipFile(io.BytesIO(write(manuscript(Text("文")), "docx"))) as packed:
        fonts = packed.read("word/fontTable.xml").decode()
        assert "docProps/thumbnail.jpeg" not in packed.namelist()
    assert '<w:font w:name="仿宋_GB2312"><w:altName w:val="FangSong_GB2312,仿宋' in fonts


def test_a_long_table_names_its_columns_on_every_page() -> None:
    rows = tuple((Cell(f"{number}项", Role.ROW), Cell("1"), Cell("2")) for number in range(80))
    long = Table("长表", (52, 52, 52), (*HEADS, *rows), heads=2)
    assert not is_kept_together(long)
    assert is_kept_together(TABLE)
    pages = pypdfium2.PdfDocument(write(manuscript(long), "pdf"))
    texts = [page.get_textpage().get_text_range() for page in pages]
    assert len(texts) > 1
    assert all("申请人" in text and "自然人" in text for text in texts)
    assert [f"— {number} —" in text for number, text in enumerate(texts, 1)] == [True] * len(texts)


@given(digits=st.integers(1, 15), width=st.floats(8, 60))
def test_a_figure_stays_on_its_line(digits: int, width: float) -> None:
    table = Table("表", (width, 156 - width), ((Cell("9" * digits), Cell("项", Role.ROW)),))
    size = cell_size(table, Placed(0, 0, table.rows[0][0]))
    assert 0 < size <= table_size(table)
    assert digits * size * 0.5 <= (width - 1) * 72 / 25.4


def test_a_missing_typesetter_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name="typst" if name.endswith("typeset") else name)

    monkeypatch.setattr("gongkai.documents.writing.import_module", absent)
    with pytest.raises(WritingError, match=r"gongkai\[typeset\]"):
        write(manuscript(), "pdf")
    with pytest.raises(ModuleNotFoundError):
        write(manuscript(), "docx")


def test_a_machine_without_chinese_faces_is_told_which_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    typeset = import_module("gongkai.documents.writing.typeset")
    monkeypatch.setattr(typeset, "_known_faces", lambda: frozenset({"DejaVu Sans"}))
    with pytest.raises(WritingError, match="没有中文字体"):
        write(manuscript(), "pdf")


@pytest.mark.parametrize("suffix", FORMATS)
def test_signs_that_no_file_may_hold_do_no_harm(suffix: str) -> None:
    data = write(
        manuscript(
            Text("甲\x00\x0b乙\ufffe\x85\ud800😀𠮷。"), Table("表", (78, 78), ((Cell("\x01", Role.ROW), Cell("1")),))
        ),
        suffix,
    )
    assert "甲" in "".join(paragraphs(data, suffix))


def test_the_same_table_is_laid_out_as_everywhere() -> None:
    table = [[(cell.text, cell.columns, cell.rows) for cell in row] for row in TABLE.rows]
    placed = [(p.row, p.column, p.cell.rows, p.cell.columns, p.cell.text) for p in TABLE.placed()]
    assert placed == make.placed(table)
