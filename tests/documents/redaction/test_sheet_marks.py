"""表格文件里的标志 — in its properties, its remarks and its header, however short they are (条例 第十四条)."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

from gongkai.documents.redaction import inspect

MARKS = ("机密", "机密★1年", "密级：机密", "内部资料 注意保存", "此件不公开")


def _property(name: str) -> Callable[[openpyxl.Workbook, str], None]:
    return lambda book, mark: setattr(book.properties, name, mark)


def _added(book: openpyxl.Workbook, mark: str) -> None:
    book.custom_doc_props.append(StringProperty(name="备注", value=mark))


def _remark(book: openpyxl.Workbook, mark: str) -> None:
    book.active["A1"].comment = Comment(mark, "甲")


def _header(book: openpyxl.Workbook, mark: str) -> None:
    book.active.oddHeader.center.text = mark


PLACES = {
    "title": _property("title"),
    "subject": _property("subject"),
    "keywords": _property("keywords"),
    "category": _property("category"),
    "description": _property("description"),
    "status": _property("contentStatus"),
    "added": _added,
    "remark": _remark,
    "header": _header,
}


def _book(mark: str, place: str) -> bytes:
    book = openpyxl.Workbook()
    for row in (["物资", "数量"], ["沙袋", 500]):
        book.active.append(row)
    PLACES[place](book, mark)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("place", PLACES)
def test_a_mark_beside_the_cells_blocks(place: str, mark: str) -> None:
    assert inspect("物资.xlsx", _book(mark, place)).is_blocked


@pytest.mark.parametrize("place", PLACES)
def test_what_only_speaks_of_secrecy_does_not(place: str) -> None:
    assert not inspect("物资.xlsx", _book("保密自查", place)).is_blocked
