"""取用工作簿 — figures come as their cells show them, and what is hidden does not come (条例 第十二条)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import DataBarRule, IconSetRule, Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from gongkai.documents.document import Document, DocumentError, Grid
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import inspect
from gongkai.documents.showing.signs import NO_TEXT
from tests.documents.redaction.workbooks import row, text, workbook
from tests.documents.taking.taking_as import as_lines, book, bytes_of


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.125, "0.0%", "12.5%"),
        (7, "000000", "000007"),
        (1234567.5, '#,##0.00"元"', "1,234,567.50元"),
        (123, "[DBNum2]General", "壹佰贰拾叁"),
        (date(2026, 3, 1), 'yyyy"年"m"月"d"日"', "2026年3月1日"),
        (0.5, "# ?/?", "1/2"),
        (True, "General", "TRUE"),
        ("00123", "General", "00123"),
        (110101199003078000, "0", "110101199003078000"),
        (-5, "0_);[Red](0)", "(5)"),
        (-0.001, "0.00;[Red]0.00", "0.00"),
        (5, "0.00;[Red]0.00", "5.00"),
        (-5, "0;0", "5"),
        (date(2026, 3, 1), "[$-404]e/m/d", "115/3/1"),
    ],
)
def test_a_figure_comes_as_its_cell_shows_it(value: object, code: str, shown: str) -> None:
    lines, said = as_lines("表.xlsx", bytes_of(book([("项目", "General"), (value, code)])))
    assert lines == [f"项目|{shown}"]
    assert said == {}


def test_what_a_format_shows_is_said_where_it_is_not_known() -> None:
    made = book([("项目", "General"), (44000, '[$-411]ggge"年"')], [("项目", "General"), (123456789, "#,##0.00")])
    made.active.column_dimensions["B"].width = 6  # type: ignore[union-attr]
    assert as_lines("表.xlsx", bytes_of(made)) == (["项目|44000", "项目|123,456,789.00"], {"format": 1, "narrow": 1})


def test_a_day_before_all_days_and_what_a_format_does_not_show_are_said() -> None:
    made = book(
        [("项目", "General"), (-1, "yyyy-mm-dd")], [("合计", "General"), (0, "0;-0;;@")], [("藏", ";;;"), (5, "0")]
    )
    assert as_lines("表.xlsx", bytes_of(made)) == (["项目|-1", "合计|", "|5"], {"format": 1, "hidden": 1})


def test_hidden_rows_columns_and_sheets_do_not_come_nor_leave_gaps() -> None:
    made = book(*([(f"甲{at}", "General"), (at, "General"), (at * 10, "General")] for at in range(1, 5)))
    page = made.active
    assert page is not None
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    made.create_sheet("底稿").append(["底稿里的话"])
    made["底稿"].sheet_state = "hidden"
    lines, said = as_lines("表.xlsx", bytes_of(made))
    assert lines == ["甲1|10", "甲3|30", "甲4|40"]
    assert set(said) == {"hidden"}


def test_of_several_sheets_each_stands_under_its_name() -> None:
    made = book([("甲", "General"), (1, "General")])
    made.active.title = "收入"  # type: ignore[union-attr]
    made.create_sheet("支出").append(["乙", 2])
    made.create_sheet("空表")
    assert as_lines("表.xlsx", bytes_of(made))[0] == ["收入", "甲|1", "支出", "乙|2"]


def test_struck_words_of_a_cell_are_left_out_and_raised_ones_stay_raised() -> None:
    up, struck = InlineFont(vertAlign="superscript"), InlineFont(strike=True)
    words = CellRichText("10", TextBlock(up, "3"), "平方米", TextBlock(struck, "旧"))
    lines, said = as_lines("表.xlsx", bytes_of(book([("面积", "General"), (words, "General")])))
    assert lines == ["面积|10³平方米"]
    assert said == {"struck": 1}


def test_a_merged_cell_stays_merged_and_a_formula_is_worked_out_or_said() -> None:
    cells = text("A1", "合计") + text("D1", "旁") + '<c r="E1"><f>VLOOKUP(A1,X:Y,2)</f></c><c r="F1"><f>1+2</f></c>'
    merged = '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>'
    lines, said = as_lines("表.xlsx", workbook(row(1, cells) + row(2, text("D2", "下")), after=merged))
    assert lines == ["合计|旁||3", "下||"]
    assert said == {"uncomputed": 1}


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0.00;[Red]0.00", "-5.00"), ("#,##0;[红色]#,##0", "-5"), ("[Blue]0;0", "-5"), ("0;[Red]减0", "减5")],
)
def test_a_sign_that_only_a_colour_tells_is_written(code: str, shown: str) -> None:
    lines, said = as_lines("表.xlsx", bytes_of(book([("项目", "General"), (-5, code)])))
    assert lines == [f"项目|{shown}"]
    assert said == ({"coloured": 1} if shown.startswith("-") else {})


def test_nought_below_nought_is_nought() -> None:
    cells = text("A1", "项目") + '<c r="B1"><v>-0.0</v></c><c r="C1"><v>-0</v></c>'
    assert as_lines("表.xlsx", workbook(row(1, cells)))[0] == ["项目|0|0"]


WHOLE = [["标题"], ["项目", "去年"], ["一、甲"], ["乙", "1"], ["丙"], ["丁", "2"], ["总计"]]


def in_both_kinds(rows: list[list[str]]) -> Iterator[list[str]]:
    """同一张表 — as lines, of an xlsx and of a csv."""
    made = book(*([(words, "General") for words in words_of_row] for words_of_row in rows))
    wide = max(map(len, rows))
    csv = "\n".join(",".join([*each, *[""] * (wide - len(each))]) for each in rows)
    yield as_lines("表.xlsx", bytes_of(made))[0]
    yield as_lines("表.csv", csv.encode())[0]


def test_a_row_of_one_filled_cell_keeps_its_table_together() -> None:
    for lines in in_both_kinds(WHOLE):
        assert lines == ["标题", "项目|去年", "一、甲|", "乙|1", "丙|", "丁|2", "总计|"]


def test_a_blank_row_ends_a_table_and_so_does_a_note_behind_it() -> None:
    for lines in in_both_kinds([*WHOLE[1:4], [""], ["第二张表"], ["戊", "3"], ["注：不含本级"]]):
        assert lines == ["项目|去年", "一、甲|", "乙|1", "第二张表", "戊|3", "注：不含本级"]


@pytest.mark.parametrize("gone", ["sheet1.xml", "sheet2.xml"])
def test_a_workbook_of_which_a_sheet_is_missing_is_refused_everywhere(gone: str) -> None:
    made = book([("项目", "General"), (1, "0")])
    made.create_sheet("附表").append(["合计", 2])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bytes_of(made))) as whole, zipfile.ZipFile(out, "w") as part:
        for info in whole.infolist():
            if not info.filename.endswith(gone):
                part.writestr(info, whole.read(info))
    sheet = made.sheetnames[0] if gone == "sheet1.xml" else "附表"
    (read,) = open_documents("表.xlsx", out.getvalue())
    assert isinstance(read, DocumentError)
    assert f"缺了工作表“{sheet}”的内容" in str(read)
    found = inspect("表.xlsx", out.getvalue())
    assert [f"缺了工作表“{sheet}”的内容" in str(each) for each in found.unread] == [True]


HEAD = (("项目", "General"), ("数", "General"))


def under(code: str, rule: str) -> bytes:
    """有条件格式的表 — 888 and 7 under one rule that shows numbers in another format."""
    made = book(HEAD, [("甲", "General"), (888, "0")], [("乙", "General"), (7, "0")])
    page = made.active
    assert page is not None
    look = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=code))
    kinds = {
        "above": Rule(type="cellIs", operator="greaterThan", formula=["100"], dxf=look),
        "among": Rule(type="cellIs", operator="between", formula=["5", "9"], dxf=look),
        "formula": Rule(type="expression", formula=["ISNUMBER($B2)"], dxf=look),
        "icons": IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False),
        "bar": DataBarRule("min", None, "max", None, color="638EC6", showValue=False),
        "both": IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=True),
    }
    page.conditional_formatting.add("B2:B3", kinds[rule])
    return bytes_of(made)


@pytest.mark.parametrize(
    ("rule", "shown", "said", "read"),
    [
        ("above", ["888.0万", "7"], {}, ["888.0万", "7"]),
        ("among", ["888", "7.0万"], {}, ["888", "7.0万"]),
        ("formula", ["888", "7"], {"format": 2}, [NO_TEXT, NO_TEXT]),
        ("icons", ["", ""], {"drawn": 2}, [NO_TEXT, NO_TEXT]),
        ("bar", ["", ""], {"drawn": 2}, [NO_TEXT, NO_TEXT]),
        ("both", ["888", "7"], {}, ["888", "7"]),
    ],
)
def test_what_a_condition_shows_comes_or_is_said(rule: str, shown: list[str], said: object, read: list[str]) -> None:
    data = under('0.0"万"', rule)
    assert as_lines("表.xlsx", data) == (["项目|数", f"甲|{shown[0]}", f"乙|{shown[1]}"], said)
    assert as_read(data) == ["项目|数", f"甲|{read[0]}", f"乙|{read[1]}"]


def test_noughts_that_a_sheet_does_not_show_are_blanks() -> None:
    made = book(HEAD, [("甲", "General"), (0, "0")], [("乙", "General"), (0.4, "0")], [("丙", "General"), ("0", "@")])
    made.active.sheet_view.showZeros = False  # type: ignore[union-attr]
    assert as_lines("表.xlsx", bytes_of(made)) == (["项目|数", "甲|", "乙|0", "丙|0"], {})
    assert as_read(bytes_of(made)) == ["项目|数", "乙|0", "丙|0"]


def as_read(data: bytes) -> list[str]:
    """读年报所见 — the lines of the view that shows a sheet as a reader sees it."""
    (opened,) = open_documents("表.xlsx", data)
    assert isinstance(opened, Document)
    view = next(view for view in opened.views() if view.name == "structure")
    return ["|".join(row.texts) for block in view.blocks if isinstance(block, Grid) for row in block.rows]
