"""单元格 — a table that is given out is read, not run, by the program that opens it (条例 第二十四条)."""

from __future__ import annotations

import csv
import re
from io import StringIO

from gongkai.documents.separated import records, separated

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_FIGURE = re.compile(r"[+-]?[\d.,\s]*%?")


def harmless(text: str) -> str:
    """不成公式 — words that a program would run have an apostrophe before them."""
    return f"'{text}" if text.startswith(_RUN) else text


def harmless_table(data: bytes) -> bytes:
    """不成公式的表格 — of one in UTF-8 with a mark; a figure stays with its sign. Nothing to run: the same bytes."""
    separator, text = separated(data.decode("utf-8-sig"))
    rows = [record.cells for record in records(text, separator)]
    safe = [[cell if _FIGURE.fullmatch(cell) else harmless(cell) for cell in row] for row in rows]
    if safe == rows:
        return data
    out = StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(safe)
    return out.getvalue().encode("utf-8-sig")
