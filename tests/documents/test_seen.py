"""所见的数 — what a person does not see in a cell is no part of its figure, what he does see is (条例 第五十条)."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.signs import NO_TEXT
from gongkai.report.reading.numbers import Kind, read_cell
from tests.documents import tables, zoo
from tests.documents.test_web_page import read as read_page
from tests.documents.test_word import p, read, tbl

HIDING = (
    *("<del>{}</del>", "<s>{}</s>", "<strike>{}</strike>", "<span style='text-decoration:line-through'>{}</span>"),
    *("<span style='display:none'>{}</span>", "<span hidden>{}</span>", "<span style='visibility:hidden'>{}</span>"),
    *("<span style='font-size:0'>{}</span>", "<font color=white>{}</font>", "<span style='color:#fff'>{}</span>"),
    *("<span class=x>{}</span>", "<span style='opacity:0'>{}</span>", "<i style='text-indent:-999px'>{}</i>"),
    *("<span style='position:absolute;left:-9999px'>{}</span>", "<noscript>{}</noscript>"),
    "<span style='color:transparent'>{}</span>",
)
SHOWING = (
    *("<input value={}>", "<input type=number value={}>", "<textarea>{}</textarea>", "<b>{}</b>", "<u>{}</u>"),
    *("<select><option>7<option selected>{}</select>", "<span style='color:#333'>{}</span>"),
    *("<span style='background:#036;color:#fff'>{}</span>", "<span class=y>{}</span>", "<ins>{}</ins>"),
    *(
        "<span style='visibility:hidden'>9<i style='visibility:visible'>{}</i></span>",
        "<em style='font-size:12px'>{}</em>",
    ),
)
DRAWN = ("<img src=a.png alt=12>", "<script>document.write(12)</script>", "<svg><rect/></svg>", "<canvas></canvas>")
STYLES = "<style>.x{display:none} .y{display:none} td .y{display:inline}</style>"


def cell_of_page(inside: str) -> str:
    (((first, second),),) = read_page(f"{STYLES}<table><tr><td>规章</td><td>{inside}</td></tr></table>")
    assert first == "规章"
    return second


@pytest.mark.parametrize("way", HIDING)
def test_what_a_page_does_not_show_is_no_part_of_a_figure(way: str) -> None:
    assert cell_of_page(f"{way.format(30)}12") == "12"
    assert cell_of_page(f"12{way.format(30)}") == "12"
    assert read_page(f"{STYLES}<p>共{way.format(30)}12件</p>") == ["共12件"]


@pytest.mark.parametrize("way", SHOWING)
def test_what_a_page_shows_is_the_figure(way: str) -> None:
    assert cell_of_page(way.format(12)) == "12"


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_drawn_cell_is_not_blank(drawn: str) -> None:
    assert cell_of_page(drawn) == NO_TEXT
    assert cell_of_page(f"12{drawn}") == "12"
    assert read_cell(NO_TEXT).kind is Kind.TEXT


def test_a_spacer_leaves_a_cell_blank() -> None:
    assert cell_of_page("<img src=blank.gif width=1 height=1>") == ""


def test_a_page_that_hides_all_of_itself_is_shown_by_a_program() -> None:
    assert read_page("<style>body{visibility:hidden}</style><body><p>甲</p></body>") == ["甲"]


@pytest.mark.parametrize("tag", ["sup", "sub", "span style='vertical-align:super'"])
def test_a_raised_sign_stays_one(tag: str) -> None:
    cell = cell_of_page(f"12<{tag}>1</{tag.partition(' ')[0]}>")
    assert cell in ("12¹", "12₁")
    assert (read_cell(cell).kind, read_cell(cell).whole) == (Kind.NUMBER, 12)


SHEETS = (
    *("@media all{.x{display:none}}", "@media screen{.x{color:#fff}}", "td{& .x{display:none}}", "td{.x{opacity:0}}"),
    "td{color:#000;& .x{display:none}}",
)
DOUBTFUL = (
    *("@supports (display:grid){.x{display:none}}", "@media (min-width:9px){.x{display:none}}", ".x{color:var(--y)}"),
    *(".x{color:Canvas}", ".x{color:ivory}", ".x{vertical-align:text-top;font-size:60%}", ".x{vertical-align:6px}"),
    *(".x{position:relative;top:-5px}", ".x{vertical-align:30%}", ".x{font-variant-position:super}"),
    *(
        ".x{translate:0 -9px}",
        ".x{font-size:calc(1px*0)}",
        ".x{unheard-of:1}",
        ".x{margin-left:-1em}",
        ".x{float:left}",
    ),
)
CLEAR = (
    *(".x{font-family:宋体;mso-spacerun:yes}", ".x{color:#333;font-size:12px}", "@media print{.x{display:none}}"),
    *(
        ".x:hover{display:none}",
        ".x{letter-spacing:1px;line-height:2}",
        ".y{color:var(--y)}",
        ".x{vertical-align:middle}",
    ),
)


def styled(css: str, inside: str) -> str:
    (((first, second),),) = read_page(f"<style>{css}</style><table><tr><td>规章</td><td>{inside}</td></tr></table>")
    assert first == "规章"
    return second


@pytest.mark.parametrize("css", SHEETS)
def test_a_rule_within_a_rule_hides_as_any_other(css: str) -> None:
    assert styled(css, "<i class=x>4</i>12") == "12"


@pytest.mark.parametrize("css", DOUBTFUL)
def test_digits_of_which_a_style_is_not_understood_are_set_apart(css: str) -> None:
    for inside in ("<i class=x>4</i>12", "12<i class=x>4</i>", "<b><i class=x>4</i></b>12"):
        assert read_cell(styled(css, inside)).weak, inside
    assert styled(css, "<i class=x>12</i>") in ("12", "")


@pytest.mark.parametrize("css", CLEAR)
def test_digits_of_which_every_style_is_understood_are_one_number(css: str) -> None:
    assert styled(css, "<i class=x>4</i>12") == "412"


def test_digits_styled_by_a_sheet_that_lies_elsewhere_are_set_apart() -> None:
    linked = "<link rel=stylesheet href=a.css><table><tr><td>规章</td><td>{}</td></tr></table>"
    for inside, cell in (("<i class=x>4</i>12", "4 12"), ("<i>4</i>12", "412"), ("<p class=x>412</p>", "412")):
        assert read_page(linked.format(inside)) == [[["规章", cell]]]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


STYLED = (
    '<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="s"><w:rPr><w:strike/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    "properties",
    [
        *("<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:rStyle w:val="h"/>', '<w:rStyle w:val="s"/>'),
        *('<w:color w:val="FFFFFF"/>', '<w:sz w:val="1"/>'),
    ],
)
def test_what_a_word_document_does_not_show_is_no_part_of_a_figure(properties: str) -> None:
    body = tbl([p("规章"), f"<w:p>{run('30', properties)}{run('12')}</w:p>"])
    assert read(body, styles=STYLED) == [[["规章", "12"]]]


def test_raised_signs_of_a_word_document() -> None:
    up, down = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
    cells = [f"<w:p>{run('12')}{run('1', up)}</w:p>", f"<w:p>{run('CO')}{run('2', down)}</w:p>"]
    assert read(tbl([*cells, f"<w:p>{run('12')}{run('注', up)}</w:p>"])) == [[["12¹", "CO₂", "12^(注)"]]]


def test_digits_that_stand_higher_than_others_are_set_apart() -> None:
    high = '<w:position w:val="10"/>'
    cells = [f"<w:p>{run('12')}{run('1', high)}</w:p>", f"<w:p>{run('1', high)}{run('2', high)}</w:p>"]
    assert read(tbl([*cells, f"<w:p>{run('共')}{run('12', high)}</w:p>"])) == [[["12 1", "12", "共12"]]]


def test_a_box_a_list_number_and_a_picture_in_a_cell() -> None:
    boxed = f"<w:p><w:r><w:pict><w:txbxContent>{p('12')}</w:txbxContent></w:pict></w:r></w:p>"
    listed = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="73"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    pictured = "<w:p><w:r><w:drawing/></w:r></w:p>"
    field = '<w:p><w:fldSimple w:instr=" =SUM(LEFT) "/></w:p>'
    body = tbl([p("规章"), boxed, listed, pictured, field, p("")])
    assert read(body, numbering) == [[["规章", "12", "73", NO_TEXT, NO_TEXT, ""]]]


def shown(book: openpyxl.Workbook, result: str = "") -> list[list[str]]:
    """`result`: kept for every formula of the sheet."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as package:
        written = package.read("xl/worksheets/sheet1.xml")
    sheet = re.sub(rb"<v ?/>|<v></v>", b"<v>%b</v>" % result.encode(), written) if result else written
    (document,) = open_documents("a.xlsx", zoo.zipped({"xl/worksheets/sheet1.xml": sheet}, out.getvalue()))
    assert isinstance(document, Document), document
    (view,) = document.seen_views()
    (grid,) = tables.grids(view)
    return tables.texts(grid)


def test_a_sheet_is_read_as_it_is_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["收费", 2224000, 7, 0.125, 0, 5, "=A1", "#REF!"])
    for column, code in (("B", "0!.0,"), ("C", "000"), ("D", "0.0%"), ("E", '0;-0;"无"'), ("F", ";;;")):
        sheet[f"{column}1"].number_format = code
    assert shown(book) == [["收费", "222.4", "007", "12.5%", "无", "", NO_TEXT, NO_TEXT]]


def test_hidden_rows_and_columns_and_struck_words_of_a_sheet_are_no_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["规章", 1, 2, 3], ["藏", 4, 5, 6], ["许可", 7, 8, 9]):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    sheet["B1"] = CellRichText(TextBlock(InlineFont(strike=True), "30"), TextBlock(InlineFont(), "12"))
    sheet["D1"].font = Font(strike=True)
    sheet["D3"] = CellRichText(TextBlock(InlineFont(), "9"), TextBlock(InlineFont(vertAlign="superscript"), "2"))
    assert shown(book) == [["规章", "12", ""], ["许可", "7", "9²"]]


def test_a_result_that_its_formula_contradicts_is_not_said() -> None:
    """Which of the two a reader sees depends on the program that opens the file."""
    book = openpyxl.Workbook()
    book.active.append(["合计", 3, 4, "=SUM(B1:C1)"])
    assert shown(book, "0") == [["合计", "3", "4", NO_TEXT]]
    assert shown(book, "7") == [["合计", "3", "4", "7"]]


@settings(deadline=None)
@given(st.text("12-n(²₂)[]^_注 a", max_size=6), st.booleans())
def test_what_is_raised_once_is_not_raised_again(text: str, is_low: bool) -> None:
    once = raised(text, is_low=is_low)
    assert raised(once, is_low=is_low) == once


def test_raised_words() -> None:
    assert [raised("3"), raised("-1"), raised("2", is_low=True), raised("注"), raised("[1]")] == [
        *("³", "⁻¹", "₂", "^(注)", "[1]")
    ]
