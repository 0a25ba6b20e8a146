"""行带 — the blocks of a view as one stream of strips: a label and the cells that stand beside it (年报表二至表四).

A strip is a row of a grid or a line of text. Which label belongs to which cells across strips is for the readers of
the tables to decide; here only one row or line is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.documents.document import Cell, Grid, Paragraph, Row, View
from gongkai.report.figures import Place
from gongkai.report.reading.numbers import UNSURE, Kind, Token, read_cell
from gongkai.text.folding import squeeze


class Strip(NamedTuple):
    """行带 — `label`: folded text without spaces; `tokens`: the cells beside it; `numbers`: how many of them hold a
    number; `is_sure`: each is plainly a count or blank; `heads`: the cells of the label. Of a row of a grid the
    number of its `table`, its number in the table, the `row` itself, where in it `tokens` begin (`at`), and whether
    the grid is exact. Of a line of text the `text` as it is, the `whole` of it folded like the label, and whether it
    is `loose` (see Paragraph); `seen`: its confidence. `picked`: which cells of the row, or of the run of numbers of
    the line, `tokens` are, where they do not simply follow one another."""

    label: str
    tokens: tuple[Token, ...] = ()
    numbers: int = 0
    is_sure: bool = False
    heads: tuple[Token, ...] = ()
    table: int | None = None
    number: int | None = None
    row: Row | None = None
    at: int = 0
    in_exact: bool = False
    page: int | None = None
    line: int | None = None
    text: str = ""
    whole: str = ""
    loose: bool = False
    seen: float | None = None
    picked: tuple[int, ...] = ()

    @property
    def _cells(self) -> Sequence[int]:
        """Which cells of the row the tokens are."""
        return self.picked or range(self.at, self.at + len(self.tokens))

    @property
    def columns(self) -> tuple[int, ...]:
        """栏 — the grid columns of `tokens`; none for a line of text."""
        spans = self.row.spans if self.row else ()
        return tuple([spans[index][0] for index in self._cells]) if spans else ()

    @property
    def exact(self) -> bool:
        """是否准 — whether the columns are the format's own.

        Two cells of a row in one column: the ruling lines were misread, and what stands under what is anybody's guess.
        """
        if not self.in_exact or self.row is None:
            return False
        return len(set(self.columns)) == len(self.tokens)

    @property
    def words(self) -> list[tuple[str, int, int]]:
        """栏名 — the words of each cell of the label, its grid column, and how many it covers; none where cells were
        picked by the headings over them."""
        if self.picked:
            return []
        spans = self.row.spans if self.row else ()
        beside = spans[: self.at] + spans[self.at + len(self.tokens) :]
        heads = zip(self.heads, beside, strict=True)
        return [(token.word, column, columns) for token, (column, columns, _) in heads if token.kind is not Kind.BLANK]

    def confidence(self, index: int) -> float | None:
        """把握 — how surely the cell `index` was seen, from 0 to 1; None for what was not seen in a picture."""
        sure = self.row.confidences if self.row else ()
        return sure[self._cells[index]] if sure else self.seen

    def place(self, index: int) -> Place:
        """出处 — where the cell `index` stands (interchange `--places`)."""
        return Place(
            page=self.page,
            table=self.table,
            row=self.number,
            column=self.columns[index] if self.row else None,
            line=self.line,
            printed=self.tokens[index].printed,
        )


_PAGE_NUMBER = re.compile(r"[-—–·~]+\d{1,4}[-—–·~]+|第\d{1,4}页(?:[,，]?共\d{1,4}页)?")
_DIGIT = re.compile(r"[0-9０-９oO无零]")
_TORN_UNIT = re.compile(r"(?<=[0-9０-９])[ \t]+(?=(?:[万亿]?元|[万亿]?[件条份宗起项个次篇部]次?)(?:\s|$))")
_IN_BRACKETS = re.compile(r"[(（][^()（）\n]{1,40}[)）]")
_DIGITS = re.compile(r"[0-9０-９]")
_WORDED = 12
_FUSED = 3  # so many numbers in one cell are cells run together, not a number torn apart
_RUN = 3  # so many numbers inside a line are a row of a table, not words


def strips(view: View) -> list[Strip]:
    """行带 — every row and line of a view, in reading order; page numbers are left out."""
    stream: list[Strip] = []
    for block in view.blocks:
        if isinstance(block, Grid):
            stream.extend(row_strip(block, row, number) for number, row in enumerate(block.rows, 1))
        else:
            stream.extend(_lines(block))
    return stream


def row_strip(grid: Grid, row: Row, number: int) -> Strip:
    """一行 — a row of a grid as a strip."""
    tokens = tuple(map(read_cell, row.texts))
    signs = "".join([token.sign for token in tokens])
    if UNSURE in signs:
        row = _split(row, tokens)
        tokens = tuple(map(read_cell, row.texts))
        signs = "".join([token.sign for token in tokens])
    start, end, numbers, is_sure = _beside(signs)
    heads = tokens[:start] + tokens[end:]
    return Strip(
        heads[0].word if len(heads) == 1 else "".join([head.word for head in heads if head.kind is not Kind.BLANK]),
        tokens[start:end],
        numbers,
        is_sure,
        heads,
        grid.number,
        number,
        row,
        start,
        grid.exact,
        row.page,
        row.line,
    )


def _split(row: Row, tokens: tuple[Token, ...]) -> Row:
    """One cell that holds a run of numbers is many cells that a converter ran together."""
    split: list[Cell] = []
    sure = row.confidences and (min(row.confidences),)
    for cell, token in zip(row.cells, tokens, strict=True):
        parts = cell.text.split() if token.weak else []
        if len(parts) >= _FUSED and all(read_cell(part).kind is Kind.NUMBER for part in parts):
            split += [Cell(part, cell.column + index) for index, part in enumerate(parts)]
        else:
            split.append(cell)
    return Row.of(split, row.line, row.page, sure * len(split))


@lru_cache(maxsize=4096)
def _beside(signs: str) -> tuple[int, int, int, bool]:
    """From where to where the cells of figures stand, how many numbers are among them, and whether each is plainly a
    count or blank: after the label, or before it where that is where the numbers are."""
    plain = signs.replace(UNSURE, Kind.NUMBER)
    start, end = _bounds(plain)
    is_sure = UNSURE not in signs[start:end] and Kind.TEXT not in signs[start:end]
    return start, end, plain.count(Kind.NUMBER, start, end), is_sure


def _bounds(signs: str) -> tuple[int, int]:
    label = signs.find(Kind.TEXT)
    if label < 0:
        return 0, len(signs)
    before = signs.count(Kind.NUMBER, 0, label)
    first = signs.find(Kind.NUMBER, label)
    if first < 0:
        return (0, label) if before else (signs.rindex(Kind.TEXT) + 1, len(signs))
    if before > signs.count(Kind.NUMBER, first):
        return 0, label
    return len(signs[:first].rstrip(Kind.BLANK)), len(signs.rstrip(Kind.TEXT))


def _lines(block: Paragraph) -> Iterator[Strip]:
    for offset, text in enumerate(block.text.split("\n")):
        whole = label = squeeze(text)
        if not label or _PAGE_NUMBER.fullmatch(label):
            continue
        line = None if block.line is None else block.line + offset
        tokens: tuple[Token, ...] = ()
        if _DIGIT.search(text) or len(label) <= _RUN:
            label, tokens = _line(text, label)
        yield Strip(
            label,
            tokens,
            _count(tokens),
            page=block.page,
            line=line,
            text=text,
            whole=whole,
            loose=block.loose,
            seen=block.confidence,
        )


def _line(text: str, label: str) -> tuple[str, tuple[Token, ...]]:
    """The label of a line and its cells: a run of numbers at its end, or a long run at its start or inside."""
    parts = _TORN_UNIT.sub("", _IN_BRACKETS.sub(_closed, text.replace("|", " ").replace("\u3000", " "))).split()
    tokens = [read_cell(part) for part in parts]
    # A numeral spelled out in a line (三 of 三、本年度办理结果, set vertically) is a word; in a cell of its own it
    # may be a figure.
    figures = [t.kind is not Kind.TEXT and (not t.weak or t.printed[:1].isdigit() or t.printed in "oO") for t in tokens]
    for i in range(1, len(parts) - 1):
        # Among figures, digits with words are a figure that cannot be read.
        if len(parts[i]) <= _WORDED and figures[i - 1] and figures[i + 1] and _DIGITS.search(parts[i]):
            figures[i] = True
    end = len(parts)
    start = end
    while start and figures[start - 1]:
        start -= 1
    if start == end:
        start, end = _longest_run(figures)
        if end - start < _RUN:
            return label, ()
    if not any(token.kind is Kind.NUMBER for token in tokens[start:end]) and end - start < _RUN:
        return label, ()
    return squeeze("".join(parts[:start] + parts[end:])), tuple(tokens[start:end])


def _closed(found: re.Match[str]) -> str:
    return "".join(found[0].split())


def _longest_run(figures: list[bool]) -> tuple[int, int]:
    best = (0, 0)
    start = 0
    for index, is_figure in enumerate([*figures, False]):
        if not is_figure:
            if index - start > best[1] - best[0]:
                best = (start, index)
            start = index + 1
    return best


def _count(tokens: Sequence[Token]) -> int:
    return sum([token.kind is Kind.NUMBER for token in tokens])
