"""空白台账 — an xlsx to start from, with hints, lists to choose from and a sample line (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.columns.layouts import Column, Kind, Layout
from gongkai.documents.writing.ledger import Column as Written
from gongkai.documents.writing.ledger import Page, write
from gongkai.report.ledger.layouts import REMEDIES, layouts, words

NAMES = {"requests": "申请", REMEDIES: "复议诉讼"}
SAMPLES = {
    "requests": {
        "id": "示例",
        "applicant": "自然人",
        "year": "2026",
        "channel": "当面提交",
        "received_on": "2026-03-02",
        "answered_on": "2026-03-20",
        "answer": "予以公开",
        "state": "已办结",
        "handler": "办公室",
    },
    REMEDIES: {
        "id": "示例",
        "kind": "行政复议",
        "request": "2026-001",
        "filed_on": "2026-05-06",
        "is_original_actor": "是",
    },
}
HINTS = {
    Kind.DATE: "写成 2026-03-05 的样子，还没有的留空",
    Kind.CHOICE: "从列表里选，还没有的留空",
    Kind.NUMBER: "只写数字",
    Kind.TEXT: "",
}
_LEFT_OUT = {"year"}


def blank_ledger() -> bytes:
    """空白台账 — xlsx with a sheet of requests and one of remedies (条例 第五十条)."""
    return write([_page(layout) for layout in layouts() if layout.name in NAMES])


def _page(layout: Layout) -> Page:
    columns = [column for column in layout.columns if column.name not in _LEFT_OUT]
    sample = SAMPLES[layout.name]
    written = [
        Written(
            column.label,
            max(12, 2 * len(column.label) + 2),
            choices=tuple(_usual(column)) if column.kind is not Kind.NUMBER else (),
            hint=("必填。" if column.name in layout.required else "") + HINTS[column.kind],
            is_date=column.kind is Kind.DATE,
        )
        for column in columns
    ]
    return Page(NAMES[layout.name], written, [[sample.get(column.name) for column in columns]])


def _usual(column: Column) -> Iterator[str]:
    """The usual word of each choice, in the order of the form."""
    seen: set[str] = set()
    for word, value in words(column.name).items():
        if value and value not in seen:
            seen.add(value)
            yield word
