"""分栏的样子 — a workbook of sheets of rows, read by the layouts of the ledger."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date

import openpyxl

from gongkai.documents.columns import Reading, read
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.report.ledger.layouts import layouts

HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果"]
DONE = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]
TODAY = date(2026, 11, 30)


def read_sheets(sheets: Mapping[str, Sequence[Sequence[object]]], *, name: str = "") -> Reading:
    """读几张工作表 — as an office keeps them."""
    book = openpyxl.Workbook()
    for page in book.worksheets:
        book.remove(page)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    data = io.BytesIO()
    book.save(data)
    (document,) = open_documents("台账.xlsx", data.getvalue(), limits=LIMITS)
    return read(next(document.views()), layouts(), today=TODAY, name=name)


def read_rows(*rows: Sequence[object], name: str = "") -> Reading:
    """读一张工作表 — of rows."""
    return read_sheets({"台账": rows}, name=name)
