"""别的次序 — a number over cells that are read backwards, to and fro, over headers and sheets (条例 第十五条)."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl
import openpyxl.drawing.image
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image

from gongkai.documents import redaction
from gongkai.documents.redaction import Decisions
from tests.documents.redaction.word_made import docx, p, row, run, table
from tests.text import persons

NUMBER = "110101199003078515"
Fill = Callable[[openpyxl.Workbook, Worksheet, str], None]


def made(fill: Fill, number: str = NUMBER) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "项目"
    fill(book, sheet, number)
    book.properties.creator = ""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def backwards(_: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    for at, sign in enumerate(number):
        sheet.cell(2, len(number) - at, sign)


def from_the_right(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet.sheet_view.rightToLeft = True
    for at, part in enumerate((number[:6], number[6:14], number[14:])):
        sheet.cell(2, 3 - at, part)


def to_and_fro(first: int) -> Fill:
    def fill(_: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
        for at, sign in enumerate(number):
            row, column = divmod(at, 6)
            sheet.cell(2 + row, 6 - column if row % 2 == first else 1 + column, sign)

    return fill


def in_the_header(_: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet.oddHeader.left.text, sheet.oddHeader.center.text = number[:6], number[6:14]
    sheet.oddHeader.right.text = number[14:]


def over_two_sheets(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet["A1"] = number[:9]
    book.create_sheet("乙")["A1"] = number[9:]


def from_the_end_to_the_beginning(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet["A2"], sheet["A9"] = "甲", number[:9]
    after = book.create_sheet("乙")
    after["A1"], after["A2"] = number[9:], "丙"


def in_the_names(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet.title = number[:6]
    for name in (number[6:14], number[14:]):
        book.create_sheet(name)


def in_tags(_: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet["A2"] = f"<p>{number[:5]}<b>{number[5:]}</b></p>"


def in_a_grid(place: Callable[[int], tuple[int, int]]) -> Fill:
    def fill(_: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
        for at, sign in enumerate(number):
            row, column = place(at)
            sheet.cell(2 + row, 1 + column, sign)

    return fill


def on_many_sheets(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
    sheet["A1"] = number[0]
    for at, sign in enumerate(number[1:]):
        book.create_sheet(f"表{at}")["A1"] = sign


WAYS: dict[str, Fill] = {
    "two rows by turns": in_a_grid(lambda at: (at % 2, at)),
    "columns of six": in_a_grid(lambda at: (at % 6, at // 6)),
    "lines of six, backwards": in_a_grid(lambda at: ((17 - at) // 6, (17 - at) % 6)),
    "many sheets": on_many_sheets,
    "tags": in_tags,
    "backwards": backwards,
    "from the right": from_the_right,
    "to and fro": to_and_fro(1),
    "fro and to": to_and_fro(0),
    "header": in_the_header,
    "two sheets": over_two_sheets,
    "end and beginning": from_the_end_to_the_beginning,
    "names of sheets": in_the_names,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [NUMBER, persons.identity(random.Random(5)), "11010519491231002X"])
def test_a_number_in_another_order_blocks_and_is_masked(way: str, number: str) -> None:
    data = made(WAYS[way], number)
    seen = redaction.inspect("表.xlsx", data, pictures=False)
    assert [found for found in seen.hits if found.hit.severity == "block"]
    copy = redaction.masked("表.xlsx", data, Decisions(), pictures=False)
    assert not redaction.inspect("表.xlsx", copy, pictures=False).is_blocked


@given(st.integers(0, 2**32))
@settings(max_examples=15, deadline=None)
def test_a_table_of_counts_is_no_number(seed: int) -> None:
    rng = random.Random(seed)

    def counts(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
        for at in range(30):
            sheet.append([rng.randrange(10) for _ in range(11)] if at % 3 else [rng.randrange(10**4) for _ in range(7)])

    assert not redaction.inspect("表.xlsx", made(counts), pictures=False).is_blocked


def coloured(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
    rule = CellIsRule(operator="greaterThan", formula=["5"], fill=PatternFill("solid", bgColor="FFFF0000"))
    sheet.conditional_formatting.add("A1:B9", rule)


def repeated(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
    sheet.print_title_rows = "1:2"


def bounded(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
    sheet.print_area = "A1:B2"


def reddened(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
    sheet["A1"] = -5
    sheet["A1"].number_format = "0_);[Red](0)"


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (coloured, "按条件变色"),
        (repeated, "每页重复的标题行"),
        (bounded, "打印区域"),
        (reddened, "由数字格式给出的颜色"),
    ],
)
def test_what_a_copy_loses_is_said(fill: Fill, said: str) -> None:
    assert [said in str(sentence) for sentence in redaction.inspect("表.xlsx", made(fill)).lost] == [True]
    assert not redaction.inspect("表.xlsx", made(lambda *_: None)).lost


@pytest.mark.parametrize("after", [1200, 900.5, "1200", 7])
def test_a_number_in_one_cell_is_told_there_alone(after: object) -> None:
    def list_of_persons(book: openpyxl.Workbook, sheet: Worksheet, number: str) -> None:
        sheet.append(["姓名", "身份证号", "村", "金额"])
        sheet.append(["张三", number, "东村", after])
        book.create_sheet("乙")["A1"] = 3500

    seen = redaction.inspect("名单.xlsx", made(list_of_persons), pictures=False)
    places = [found.place for found in seen.hits]
    assert [(place.row, place.column) for place in places] == [(3, 2)]


@pytest.mark.parametrize("way", ["docx", "csv"])
def test_a_number_in_one_cell_is_told_once_in_other_files(way: str) -> None:
    rows = [["姓名", "身份证号", "金额"], ["张三", NUMBER, "1200"], ["李四", "11010519491231002X", "900"]]
    if way == "csv":
        data = "\n".join(map(",".join, rows)).encode()
    else:
        data = docx(table(*(row(*(p(run(text)) for text in line)) for line in rows)))
    seen = redaction.inspect(f"名单.{way}", data, pictures=False)
    assert [(found.place.row, found.place.column) for found in seen.hits] == [(2, 2), (3, 2)]


def hidden_rows(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
    sheet["A2"] = "乙"
    sheet.row_dimensions[1].hidden = sheet.row_dimensions[2].hidden = True


@pytest.mark.parametrize(("fill", "is_empty"), [(hidden_rows, True), (bounded, False)])
def test_a_copy_in_which_nothing_is_to_be_seen_says_so(fill: Fill, is_empty: bool) -> None:
    said = [str(sentence) for sentence in redaction.inspect("表.xlsx", made(fill)).lost]
    assert any("副本是空的" in one for one in said) is is_empty


def test_a_picture_keeps_its_size_whatever_rows_and_columns_measure() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(picture, "PNG")

    def fill(_: openpyxl.Workbook, sheet: Worksheet, __: str) -> None:
        image = openpyxl.drawing.image.Image(picture)
        image.width, image.height = 600, 300
        sheet.add_image(image, "C3")

    copy = redaction.public_copy("图.xlsx", made(fill))
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        root = etree.fromstring(package.read("xl/drawings/drawing1.xml"))
    assert [dict(one.find("{*}ext").attrib) for one in root.iter("{*}oneCellAnchor")] == [
        {"cx": "5715000", "cy": "2857500"}
    ]
    assert not list(root.iter("{*}twoCellAnchor"))


@pytest.mark.parametrize("cuts", [(6, 14), (6, 10, 14), (9,)])
def test_a_number_in_the_same_cell_of_several_sheets_is_read_on(cuts: tuple[int, ...]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for at, (start, end) in enumerate(zip((0, *cuts), (*cuts, 18), strict=True)):
        sheet = book.create_sheet(f"表{at}")
        sheet["A1"], sheet["A2"], sheet["A3"] = "身份证号（分）", NUMBER[start:end], "合计"
    out = io.BytesIO()
    book.save(out)
    assert redaction.inspect("表.xlsx", out.getvalue()).is_blocked
    copy = redaction.masked("表.xlsx", out.getvalue())
    assert not redaction.inspect("表.xlsx", copy).is_blocked


def test_tables_of_one_form_are_no_number() -> None:
    book, rng = openpyxl.Workbook(), random.Random(5)
    book.remove(book.active)
    for at in range(12):
        sheet = book.create_sheet(f"{at + 1}月")
        for down in range(1, 60):
            for across in range(1, 12):
                sheet.cell(down, across, rng.randint(10_000, 9_999_999))
    out = io.BytesIO()
    book.save(out)
    assert not redaction.inspect("月报.xlsx", out.getvalue()).is_blocked
