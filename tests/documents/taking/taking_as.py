"""取用的样子 — what is taken of a file as lines, its cells between strokes, and what is said to be otherwise."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from gongkai.documents.document import Document, Grid
from gongkai.documents.opening import open_documents
from gongkai.documents.taking import taken


def as_lines(name: str, data: bytes) -> tuple[list[str], dict[str, int]]:
    """一行一段 — the lines, and the counts that are not nought."""
    opened = next(open_documents(name, data))
    assert isinstance(opened, Document), opened
    view, counts, *_ = taken(name, data, opened)
    lines: list[str] = []
    for block in view.blocks:
        lines += ["|".join(row.texts) for row in block.rows] if isinstance(block, Grid) else [block.text]
    return lines, {name: count for name, count in counts.items() if count}


def book(*rows: Sequence[tuple[object, str]]) -> Workbook:
    """工作簿 — rows of values with their number formats."""
    made = Workbook()
    page = made.active
    assert page is not None
    page.column_dimensions["A"].width = page.column_dimensions["B"].width = 40
    for at, row in enumerate(rows, 1):
        for column, (value, code) in enumerate(row, 1):
            page.cell(at, column, value).number_format = code
    return made


def bytes_of(made: Workbook) -> bytes:
    """文件的字节."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
