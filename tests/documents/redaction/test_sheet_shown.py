"""表格给人看什么 — each cell with its reason, and formulas that can be worked out (条例 第十七条)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.redaction import GUARD_LIMITS
from gongkai.documents.redaction.sheet_frame import is_clean_link
from gongkai.documents.redaction.sheet_headers import shown_header, written_header
from gongkai.documents.redaction.sheet_look import allowed_code
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.formulas import Value, worked_out
from gongkai.documents.showing.sheet import Shown, View
from gongkai.documents.showing.workbook import Book
from tests.documents.redaction.sheet_ways import HIDDEN, SEEN
from tests.documents.redaction.workbooks import ROWS, N, row, styles, text, workbook

REASONS = {
    "隐藏的表": Why.SHEET,
    "深藏的表": Why.SHEET,
    "隐藏的行": Why.ROW,
    "高为零的行": Why.ROW,
    "高半点的行": Why.ROW,
    "缺省行高为零": Why.ROW,
    "隐藏的列": Why.COLUMN,
    "宽为零的列": Why.COLUMN,
    "三个分号": Why.FORMAT,
    "只显示文字的格式": Why.FORMAT,
    "空格格式": Why.FORMAT,
    "白字": Why.COLOUR,
    "近乎白字": Why.COLOUR,
    "主题白字": Why.COLOUR,
    "主题浅色字": Why.COLOUR,
    "索引白字": Why.COLOUR,
    "黑底黑字": Why.COLOUR,
    "红底红字": Why.COLOUR,
    "一号字": Why.SIZE,
    "合并区里盖住": Why.COVERED,
}


def cells(data: bytes) -> list[Shown]:
    book = Book("表.xlsx", data, GUARD_LIMITS)
    return [one for page in book.pages for _, row in View(book).rows(page) for one in row]


@pytest.mark.parametrize("way", REASONS)
def test_a_hidden_cell_says_why(way: str) -> None:
    (one,) = [one for one in cells(HIDDEN[way]()) if N in one.text or one.cell.text == N]
    assert (one.how, one.why) == (How.HIDDEN, REASONS[way])


def test_struck_and_raised_are_told_apart() -> None:
    assert [one.how for one in cells(SEEN["划掉的字"]()) if one.text == N] == [How.STRUCK]
    raised = '<c r="A2" t="inlineStr"><is><r><rPr><vertAlign val="superscript"/></rPr><t>注1</t></r></is></c>'
    assert [one.run for one in cells(workbook(ROWS + row(2, raised)))][-1] == ("注1", How.RAISED, None)


def test_white_letters_where_conditions_or_tables_paint_the_ground_are_seen() -> None:
    look = styles(
        fonts='<font><sz val="11"/><color rgb="FFFFFFFF"/></font>', xfs='<xf numFmtId="0" fontId="1" fillId="0"/>'
    )
    after = '<conditionalFormatting sqref="A2:B9"><cfRule type="duplicateValues"/></conditionalFormatting>'
    data = workbook(ROWS + row(2, text("A2", "白", ' s="1"') + text("C2", "白", ' s="1"')), after=after, look=look)
    assert [one.how for one in cells(data)][2:] == [How.SEEN, How.HIDDEN]


KNOWN: dict[tuple[str, int, int], Value] = {("", 1, 1): "甲", ("", 2, 1): Decimal(3), ("", 3, 1): Decimal("4.5")}
RESULTS: list[tuple[str, Value | None]] = [
    ('"410725"&"199003071238"', "410725199003071238"),
    ("410725&199003071238", "410725199003071238"),
    ('CONCATENATE(A1,"-",A2)', "甲-3"),
    ('_xlfn.CONCAT(A1:A3,"乙")', "甲34.5乙"),
    ('_xlfn.TEXTJOIN("",TRUE,A1,A2)', "甲3"),
    ('TEXT(A2,"000")&A1', "003甲"),
    ('REPT("1",3)', "111"),
    ('MID("xx138xx",3,3)', "138"),
    ('LEFT("1380")&RIGHT("0138",2)', "138"),
    ('SUBSTITUTE("4-1-0","-","")', "410"),
    ("CHAR(49)&CHAR(51)", "13"),
    ('UPPER("x")', "X"),
    ('HYPERLINK("tel:1","请拨")', "请拨"),
    ("SUM(A2:A3)*2", Decimal(15)),
    ("SUM(A2,A3,1)", Decimal("8.5")),
    ("ROUND(A3/2,1)", Decimal("2.3")),
    ("-A2%", Decimal("-0.03")),
    ("(1+2)*3-4/2", Decimal(7)),
    ("A9", None),
    ("VLOOKUP(A1,A:B,2,0)", None),
    ("SUM(A1:XFD1048576)", None),
    ('REPT("1",99999)', None),
    ("1/0", None),
    ("((((((((", None),
    ("", None),
    ('"没有关上', None),
    ("9E999*9E999&1", None),
]


@pytest.mark.parametrize(("formula", "result"), RESULTS)
def test_plain_formulas_are_worked_out_and_others_are_not(formula: str, result: Value | None) -> None:
    assert worked_out(formula, lambda *place: KNOWN.get(place)) == result


@given(st.text(alphabet="A1:$&\"+-*/^(),% SUMTEXTREPT'!9.E", max_size=40))
def test_any_formula_ends(formula: str) -> None:
    worked_out(formula, lambda *_: "1")


def test_formulas_that_ask_for_each_other_end() -> None:
    rows = row(1, '<c r="A1"><f>B1&amp;"x"</f></c><c r="B1"><f>A1&amp;"y"</f></c>')
    assert [one.is_sure for one in cells(workbook(rows))] == [False, False]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("#,##0.00", True),
        ('0.0"万元"', True),
        ('yyyy"年"m"月"d"日"', True),
        ("[Red]0;[Blue]-0", True),
        ('"410725"0', False),
        ("\\1\\30", False),
        ('0;"张某某的身份证号码是下面这一个"', False),
        ("[=13800138000]0", False),
        ('"一三八〇〇一三八"0', False),
        ("ggge", False),
    ],
)
def test_a_number_format_is_kept_only_if_it_holds_no_number(code: str, kept: bool) -> None:
    assert (allowed_code(code) is not None) is kept


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://www.gov.cn/zhengce/2024.htm", True),
        ("http://example.gov.cn/?id=3", True),
        ("https://user:secret@www.gov.cn/", False),
        (f"https://www.gov.cn/{N}", False),
        (f"https://www.gov.cn/?t=%34{N[1:]}", False),
        ("mailto:a@example.cn", False),
        ("file:///d:/a.xlsx", False),
        ("javascript:alert(1)", False),
        ("\\\\server\\share", False),
        ("https://[", False),
    ],
)
def test_only_clean_addresses_of_the_web_are_kept(address: str, clean: bool) -> None:
    assert is_clean_link(address) is clean


@pytest.mark.parametrize(
    ("code", "sides"),
    [
        ("&L左&C中&R右", {"left": "左", "center": "中", "right": "右"}),
        ("没有代码", {"center": "没有代码"}),
        ('&C&"黑体,加粗"&14&K00-014标题', {"center": "标题"}),
        ("&C第 &P 页，共 &N 页", {"center": "第 &P 页，共 &N 页"}),
        ("&R&F&Z&D&T&G", {}),
        ("&C甲&&乙", {"center": "甲\uff06乙"}),
    ],
)
def test_headers_are_read_as_they_are_shown(code: str, sides: dict[str, str]) -> None:
    assert shown_header(code) == sides
    assert shown_header(written_header(sides)) == sides
