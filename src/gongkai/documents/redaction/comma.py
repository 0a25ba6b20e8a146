"""逗号分隔的表格的改动 — cell by cell, and written anew from what the cells show (条例 第十五条)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

from gongkai.documents.decoding import decode
from gongkai.documents.limits import LIMITS, check_columns, check_rows
from gongkai.documents.redaction.editor import Editor, Slot, Table, written
from gongkai.documents.redaction.places import Place
from gongkai.documents.refusals import refusal
from gongkai.documents.separated import separated
from gongkai.documents.showing.formulas import worked_out
from gongkai.documents.showing.signs import shown_signs

# A cell may be as long as the file: what a file may cost is limited elsewhere.
csv.field_size_limit(LIMITS.file_bytes)
_QUOTED = re.compile(r'[0-9]"+[0-9xX]')


def _readings(text: str) -> Iterator[str]:
    """What else a cell says: without its quotes, and what a spreadsheet program makes of it if it is a formula."""
    if text.startswith("="):
        result = worked_out(text, lambda *_: None)
        yield from [result] if isinstance(result, str) else []
    elif _QUOTED.search(text):
        yield text.replace('"', "")


class Comma(Editor):
    """逗号分隔的表格 — whatever sign parts its cells (条例 第十五条)."""

    format = "csv"

    def _load(self, data: bytes) -> None:
        self._separator, text = separated(decode(self.source, data))
        self._rows: list[list[str]] = []
        try:
            for row in csv.reader(StringIO(text, newline=""), delimiter=self._separator):
                self._rows.append([shown_signs(cell) for cell in row])
                check_columns(self.source, len(row), self.limits)
                check_rows(self.source, len(self._rows), self.limits)
        except csv.Error:
            raise refusal("damaged", self.source) from None

    def parts(self) -> Iterator[Slot | Table]:
        """文字 — one table."""
        yield Table([[self._cell(at, column) for column in range(len(row))] for at, row in enumerate(self._rows)])
        for at, row in enumerate(self._rows):
            for column, text in enumerate(row):
                yield from (self._cell(at, column, reading) for reading in _readings(text))

    def _cell(self, at: int, column: int, reading: str | None = None) -> Slot:
        def write(text: str) -> None:
            self._rows[at][column] = text

        text = self._rows[at][column] if reading is None else reading
        return written(Place(grid="1", row=at + 1, column=column + 1), text, write)

    def drop(self, columns: Iterable[tuple[str, int]]) -> None:
        """删列."""
        for _, column in sorted(columns, key=lambda one: -one[1]):
            for row in self._rows:
                del row[column - 1 : column]

    def strip(self) -> None:
        """去除看不见的 — nothing to do: a copy is made from the cells."""

    def save(self) -> bytes:
        """写出 — UTF-8 with a mark, which spreadsheets want."""
        out = StringIO(newline="")
        csv.writer(out, delimiter=self._separator, lineterminator="\r\n").writerows(self._rows)
        return out.getvalue().encode("utf-8-sig")
