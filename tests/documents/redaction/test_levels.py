"""密级在表格里 — levels in a first cell and below their head; counts of levels are none (条例 第十四条)."""

from __future__ import annotations

from io import BytesIO

import docx
import openpyxl
import pytest

from gongkai.documents.redaction import inspect


def told(name: str, data: bytes) -> list[str]:
    return [found.hit.text for found in inspect(name, data, pictures=False).hits if found.hit.kind == "secrecy"]


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize("cells", [("机密", "000012"), ("机密 特急", ""), ("", "秘密"), ("特急", "机密")])
def test_the_marks_of_a_first_page_may_stand_in_a_table(cells: tuple[str, str]) -> None:
    made, paper = BytesIO(), docx.Document()
    table = paper.add_table(1, 2)
    for at, text in enumerate(cells):
        table.cell(0, at).text = text
    paper.add_paragraph("云岫县人民政府文件")
    paper.save(made)
    assert len(told("通知.docx", made.getvalue())) == 1


def test_a_list_of_papers_with_their_levels_is_asked_about() -> None:
    rows = [["序号", "文件名", "密级"], [1, "甲通知", "机密"], [2, "乙通知", "秘密"], [3, "丙通知", "无"]]
    assert told("目录.xlsx", sheet(*rows)) == ["机密", "秘密"]


@pytest.mark.parametrize(
    "rows",
    [
        [["密级", "件数"], ["绝密", 1], ["机密", 2], ["秘密", 3]],
        [["项目", "绝密", "机密", "秘密"], ["件数", 1, 2, 3]],
        [["信息类别", "件数"], ["公开", 2], ["秘密", 1]],
    ],
)
def test_counts_of_levels_are_no_marks(rows: list[list[object]]) -> None:
    assert told("统计.xlsx", sheet(*rows)) == []


@pytest.mark.parametrize(
    "name", ["机密.txt", "【机密】防汛方案.txt", "防汛方案（内部资料）.txt", "机密-防汛方案.txt", "防汛方案.机密★1年"]
)
def test_a_mark_in_the_name_of_a_file_is_one(name: str) -> None:
    assert len(told(name, "通知".encode())) == 1


def test_the_names_of_other_files_have_none() -> None:
    for name in ("保密工作总结.txt", "秘密花园.txt", "内部控制制度.txt"):
        assert told(name, "通知".encode()) == []
