"""分隔的文本 — csv to its rows: a quote that is not closed, or that would take in whole rows, is a sign of its own.

A cell may hold line ends, as RFC 4180 has it: then its last quote stands before a separator or a line end.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

_SEPARATORS, _FULL_WIDTH = ",;\t|", "，；"
_SAID = re.compile(r"sep=([^\r\n])\r?\n", re.IGNORECASE)
_SAMPLE = 10_000
_LINE_END = re.compile(r"\r\n|\r|\n")
_SAMPLE_LINES = 1_000
_KEPT = re.compile(r"""="((?:[^"]|"")*)"|'([+-]?[0-9][0-9Xx.,:/年月日时分秒号%\s-]*)""")
_FEWEST_CELLS = 3
"""Cells of a row by which it is known within a cell: a sentence with one comma is no row of two."""


class Record(NamedTuple):
    """一行 — its cells, its first line in the file, and whether a quote was kept as written as it has no partner."""

    cells: list[str]
    line: int
    is_torn: bool


def separated(text: str) -> tuple[str, str]:
    """分隔符和正文 — the sign between the cells, as the first line says (`sep=;`) or as most lines have it."""
    if said := _SAID.match(text):
        return said[1], text[said.end() :]
    lines = text[:_SAMPLE].splitlines()
    # Full-width signs are those of sentences, and part cells only where no others do.
    counts = {sign: sum(line.count(sign) for line in lines) for sign in _SEPARATORS + _FULL_WIDTH}
    return max(_SEPARATORS if any(map(counts.get, _SEPARATORS)) else _FULL_WIDTH, key=counts.__getitem__), text


def records(text: str, separator: str) -> Iterator[Record]:
    """各行 — of a text whose cells are parted by `separator`; a blank line has no cells (条例 第五十条)."""
    yield from _Reader(text, separator).records()


def plain_cell(text: str) -> str:
    """单元格的字 — what a spreadsheet shows of a cell that is kept as text: 12 of `="12"` and of `'12`."""
    text = text.strip(" \t\r\n\x00")
    if text.startswith(("=", "'")) and (found := _KEPT.fullmatch(text)):
        return (found[2] or (found[1] or "").replace('""', '"')).strip(" \t\r\n\x00")
    return text


class _Reader:
    def __init__(self, text: str, separator: str) -> None:
        self._text, self._separator = text, separator
        self._is_torn = False
        self._width: int | None = None
        self._quoted, self._loose, self._bare = _patterns(separator)

    def records(self) -> Iterator[Record]:
        text, at, line = self._text, 0, 1
        while at < len(text):
            found = _LINE_END.search(text, at)
            end = found.start() if found else len(text)
            self._is_torn = False
            if text.find('"', at, end) < 0:
                cells, stop = (text[at:end].split(self._separator) if end > at else []), end
            else:
                cells, stop = self._cells(at)
            yield Record(cells, line, self._is_torn)
            if stop > end:
                line += sum(1 for _ in _LINE_END.finditer(text, at, stop))
            after = _LINE_END.match(text, stop)
            at = after.end() if after else len(text)
            line += 1

    def _cells(self, at: int) -> tuple[list[str], int]:
        """The cells of the row that begins here, and where it ends."""
        cells = []
        while True:
            cell, at = self._cell(at)
            cells.append(cell)
            if self._text[at : at + 1] != self._separator:
                return cells, at
            at += 1

    def _cell(self, at: int) -> tuple[str, int]:
        if self._text.startswith('"', at):
            found = self._quoted.match(self._text, at)
            if found and not self._takes_rows(at, found.end()):
                return found[1].replace('""', '"'), found.end()
            # Spreadsheet programs take "甲"乙 for 甲乙.
            if not found and (found := self._loose.match(self._text, at)):
                return found[1].replace('""', '"') + found[2], found.end()
            self._is_torn = True
        bare = self._bare.match(self._text, at)
        assert bare
        return bare[0], bare.end()

    def _takes_rows(self, first: int, last: int) -> bool:
        """Whether the lines that a cell would run over are rows of the table: the first, and half of those after it."""
        if not _LINE_END.search(self._text, first, last):
            return False
        if self._width is None:
            self._width = self._usual_width()
        if not self._width:
            return False
        start = max(self._text.rfind("\n", 0, first), self._text.rfind("\r", 0, first)) + 1
        end = _LINE_END.search(self._text, last)
        first_line, *others = _LINE_END.split(self._text[start : end.start() if end else len(self._text)])
        after = [line for line in others if line.strip()]
        return self._is_row(first_line) and sum(map(self._is_row, after)) * 2 >= len(after)

    def _is_row(self, line: str) -> bool:
        return self._count(line) == self._width

    def _count(self, line: str) -> int:
        return len(next(records(line, self._separator)).cells) if line else 0

    def _usual_width(self) -> int:
        """How many cells most lines have that are whole by themselves; 0 where none has enough of them to tell."""
        lines = _LINE_END.split(self._text, _SAMPLE_LINES)[:_SAMPLE_LINES]
        counts = Counter(self._count(line) for line in lines if line.count('"') % 2 == 0)
        known = {count: times for count, times in counts.items() if count >= _FEWEST_CELLS}
        return max(known, key=lambda count: (known[count], count), default=0)


@cache
def _patterns(separator: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A quoted cell as the rule has it; one whose words go on behind its quote, on one line; one without quotes."""
    sign = re.escape(separator)
    return (
        re.compile(rf'"((?>(?:[^"]|"")*))"(?=[{sign}\r\n]|\Z)'),
        re.compile(rf'"((?>(?:[^"\r\n]|"")*))"([^{sign}\r\n]*)'),
        re.compile(rf"[^{sign}\r\n]*"),
    )
