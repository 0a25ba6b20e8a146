"""副本留下什么 — cells, looks, pictures and order of workbooks as several programs write them (条例 第十七条)."""

from __future__ import annotations

import datetime
import io
import random
from itertools import starmap
from typing import Any, NamedTuple

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from PIL import Image

from gongkai.documents.document import Document
from gongkai.documents.number_format import rendered
from gongkai.documents.opening import open_documents
from gongkai.documents.redaction import inspect, public_copy
from gongkai.report.reading import read_document
from gongkai.report.writing import write_report
from tests.conftest import RealReport
from tests.documents.redaction.workbooks import inflated
from tests.report.written import read_back

SEEDS = range(30)
WORDS = (
    "低保金",
    "危房改造",
    "村民委员会",
    "（一）收到申请",
    "  前有空格",
    "第一行\n第二行",
    "=1+1",
    "@甲",
    "'零",
    "0012",
    "否",
    "—",
)
CODES = (
    "General",
    "0",
    "0.00",
    "#,##0",
    "#,##0.00",
    "0.00%",
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日"',
    '0.0"万元"',
    "[Red]0;-0",
    "@",
)
FONTS = ("宋体", "黑体", "仿宋_GB2312", "Arial")


class Look(NamedTuple):
    """一格的样子 — what an independent reader makes of it."""

    value: object
    shown: str | None
    bold: bool
    colour: object
    ground: object
    across: object
    wrapped: object


def is_alike(was: Look, now: Look) -> bool:
    """Whether a cell looks the same; a colour of the theme becomes a colour of its own."""
    return now == (was if isinstance(was.colour, str) else was._replace(colour=now.colour))


def picture(seed: int) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40 + seed % 7, 30), (seed * 7 % 256, 100, 50)).save(out, "PNG")
    out.seek(0)
    return out


def by_openpyxl(seed: int) -> bytes:
    rng = random.Random(seed)
    book = openpyxl.Workbook()
    for number in range(rng.randint(1, 3)):
        page: Any = book.worksheets[0] if not number else book.create_sheet()
        page.title = f"表{number}"
        for row in range(1, rng.randint(3, 25)):
            for column in range(1, rng.randint(2, 9)):
                cell = page.cell(
                    row, column, rng.choice((rng.choice(WORDS), rng.randrange(10**6) / 100, rng.randrange(99)))
                )
                if isinstance(cell.value, str):
                    cell.data_type = "s"
                cell.number_format = rng.choice(CODES)
                cell.font = Font(
                    name=rng.choice(FONTS), size=rng.choice((9, 11, 16)), bold=rng.random() < 0.3, color="FF333399"
                )
                cell.alignment = Alignment(
                    horizontal=rng.choice(("left", "center", None)), wrap_text=rng.random() < 0.3
                )
                if rng.random() < 0.2:
                    cell.fill = PatternFill("solid", fgColor="FFFFEE00")
                cell.border = Border(top=Side("thin"), left=Side("thin"))
        page.cell(1, 1).value = "标题"
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=3)
        page.column_dimensions["B"].width = 22
        page.row_dimensions[2].height = 31
        page.freeze_panes = "B2"
        page.page_setup.orientation = "landscape"
        page.oddHeader.center.text = "示范县"
        for at in range(rng.randint(0, 2)):
            page.add_image(openpyxl.drawing.image.Image(picture(seed + at)), f"J{3 + 5 * at}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(seed: int) -> bytes:
    rng = random.Random(seed)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(rng.randint(1, 3)):
            page = book.add_worksheet(f"表{number}")
            looks = [
                book.add_format(
                    {"num_format": code, "bold": rng.random() < 0.3, "font_color": "#333399", "align": "center"}
                )
                for code in CODES
            ]
            for row in range(rng.randint(3, 25)):
                for column in range(rng.randint(2, 9)):
                    look = rng.choice(looks)
                    if rng.random() < 0.5:
                        page.write_string(row, column, rng.choice(WORDS), look)
                    elif rng.random() < 0.2:
                        page.write_datetime(row, column, datetime.date(2024, 1, 1 + column), looks[6])
                    else:
                        page.write_number(row, column, rng.randrange(10**6) / 100, look)
            page.write_formula(30, 0, "=SUM(A1:A9)", looks[0], rng.randrange(1000))
            page.write_rich_string(31, 0, looks[0], "甲", looks[1], "乙", looks[0])
            page.write_boolean(32, 0, rng.random() < 0.5)
            page.write_url(33, 0, "https://www.gov.cn/", string="政府网")
            page.merge_range(34, 0, 35, 2, "合并", looks[0])
            page.insert_image(40, 1, "图.png", {"image_data": picture(seed)})
    return out.getvalue()


def looks(page: Any) -> list[Look]:
    found = []
    for row in page.iter_rows():
        for cell in row:
            if cell.value is None or not hasattr(cell, "font"):
                continue
            raw = (
                (cell.value.date() - datetime.date(1899, 12, 30)).days
                if isinstance(cell.value, datetime.datetime)
                else cell.value
            )
            shown = (
                rendered(raw, cell.number_format)
                if isinstance(raw, (int, float)) and not isinstance(raw, bool)
                else None
            )
            found.append(
                Look(
                    cell.value,
                    shown,
                    bool(cell.font.b),
                    cell.font.color.rgb if cell.font.color else None,
                    cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None,
                    cell.alignment.horizontal,
                    bool(cell.alignment.wrap_text),
                )
            )
    return found


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_cells_looks_pictures_and_order_are_kept(write: Any) -> None:
    cells = kept = 0
    for data in map(write, SEEDS):
        copy = public_copy("表.xlsx", data)
        before, after = (openpyxl.load_workbook(io.BytesIO(each), data_only=True) for each in (data, copy))
        assert after.sheetnames == before.sheetnames
        for one, other in zip(before.worksheets, after.worksheets, strict=True):
            was, now = looks(one), looks(other)
            assert [str(look.value) for look in now] == [str(look.value) for look in was]
            cells += len(was)
            kept += sum(starmap(is_alike, zip(was, now, strict=True)))
            assert sorted(map(str, other.merged_cells.ranges)) == sorted(map(str, one.merged_cells.ranges))
            assert (other.freeze_panes, other.page_setup.orientation) == (one.freeze_panes, one.page_setup.orientation)
            assert len(other._images) == len(one._images)
            assert [(image.anchor._from.row, image.anchor._from.col) for image in other._images] == [
                (image.anchor._from.row, image.anchor._from.col) for image in one._images
            ]
            assert other.oddHeader.center.text == one.oddHeader.center.text
        assert public_copy("表.xlsx", data) == copy
        assert not [thing for thing in inspect("表.xlsx", copy, pictures=False).hidden]
    assert kept / cells >= 0.99


def test_widths_and_heights_stay_about_what_they_were() -> None:
    data = by_openpyxl(3)
    before, after = (
        openpyxl.load_workbook(io.BytesIO(each)).worksheets[0] for each in (data, public_copy("表.xlsx", data))
    )
    assert abs(after.column_dimensions["B"].width - before.column_dimensions["B"].width) < 0.5
    assert abs(after.row_dimensions[2].height - before.row_dimensions[2].height) < 0.5


def test_days_that_are_counted_from_1904_stay_the_days_they_are() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    days = [datetime.datetime.fromisoformat(day) for day in ("2024-02-29", "2026-09-30T08:30")]
    for at, day in enumerate(days, 1):
        book.active.cell(at, 1, day)
    data = io.BytesIO()
    book.save(data)
    copy = openpyxl.load_workbook(io.BytesIO(public_copy("表.xlsx", data.getvalue()))).active
    assert [copy.cell(at, 1).value for at in (1, 2)] == days


def test_a_copy_of_a_copy_is_the_same() -> None:
    for seed in (1, 2, 3):
        copy = public_copy("表.xlsx", by_xlsxwriter(seed))
        again = public_copy("表.xlsx", copy)
        assert inflated(again) == inflated(copy)


def test_a_real_report_reads_the_same_from_its_copy(real_report: RealReport) -> None:
    (document,) = open_documents(str(real_report.path))
    assert isinstance(document, Document)
    data = write_report(read_document(document), "xlsx")
    read, copied = (read_back(each, "xlsx") for each in (data, public_copy("年报.xlsx", data)))
    assert copied.figures == read.figures
    assert copied.states == read.states
    assert copied.sections == read.sections
