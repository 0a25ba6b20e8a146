"""空行 — rows of a table whose every figure was left blank, and which a sheet therefore shows as a line of text
(年报表三)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.document import Cell, Grid, Row
from gongkai.report.reading.applications import WIDTH
from gongkai.report.reading.labels import application_rows
from gongkai.report.reading.strips import Strip, row_strip


def with_blank_rows(stream: Sequence[Strip]) -> list[Strip]:
    """空行归表 — a line that is nothing but the name of a row, next to a row of an exact grid, is a row of blank
    cells."""
    found = list(stream)
    for at, strip in enumerate(stream):
        if strip.table is None and not strip.tokens and strip.line is not None and len(strip.label) < _SENTENCE:
            beside = [other for other in (*stream[at + 1 : at + 2], *found[max(at - 1, 0) : at]) if _is_row(other)]
            named = application_rows(strip.label)
            near = [other for other in beside if other.row and abs((other.row.line or 0) - strip.line) == 1]
            if len(named) == 1 and near and all(application_rows(other.label) != named for other in near):
                found[at] = _blank(strip, near[0])
    return found


_SENTENCE = 60


def _is_row(strip: Strip) -> bool:
    return strip.exact and len(strip.tokens) >= WIDTH and len(application_rows(strip.label)) == 1


def _blank(strip: Strip, beside: Strip) -> Strip:
    assert beside.row is not None
    assert beside.table is not None
    columns = [column for column, _, _ in beside.row.spans[beside.at :]]
    row = Row.of([Cell(strip.text.strip(), 1), *(Cell("", column) for column in columns)], strip.line)
    return row_strip(Grid((row,), beside.table, exact=True), row, 0)
