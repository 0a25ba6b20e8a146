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
from gongkai.report.reading.numbers import Kind, Token, read_cell
from gongkai.text.folding import squeeze


class Strip(NamedTuple):
    """行带 — `label`: folded text without spaces; `tokens`: the cells beside it; `columns`: their grid columns, none
    for a line of
    text; `exact`: those columns are the format's own; `words`: the separate label cells with their columns;
    `numbers`: how many cells hold a number. Of a line of text also the
    `text` as it is, the `whole` of it folded like the label, and whether it is `loose` (see Paragraph)."""

    label: str
    tokens: tuple[Token, ...] = ()
    columns: tuple[int, ...] = ()
    exact: bool = False
    words: tuple[tuple[str, int, int], ...] = ()
    page: int | None = None
    table: int | None = None
    row: int | None = None
    line: int | None = None
    numbers: int = 0
    text: str = ""
    whole: str = ""
    loose: bool = False

    def place(self, index: int) -> Place:
        """出处 — where the cell `index` stands (interchange `--places`)."""
        return Place(
            page=self.page,
            table=self.table,
            row=self.row,
            column=self.columns[index] if self.columns else None,
            line=self.line,
            printed=self.tokens[index].printed,
        )


_PAGE_NUMBER = re.compile(r"[-—–·~]+\d{1,4}[-—–·~]+|第\d{1,4}页(?:[,，]?共\d{1,4}页)?")
_DIGIT = re.compile(r"[0-9０-９oO无零]")
_FUSED = 3  # so many numbers in one cell are cells run together, not a number torn apart
_RUN = 3  # so many numbers inside a line are a row of a table, not words


def strips(view: View) -> list[Strip]:
    """行带 — every row and line of a view, in reading order; page numbers are left out."""
    stream: list[Strip] = []
    for block in view.blocks:
        if isinstance(block, Grid):
            stream.extend(_row(block, row, number) for number, row in enumerate(block.rows, 1))
        else:
            stream.extend(_lines(block))
    return stream


def _row(grid: Grid, row: Row, number: int) -> Strip:
    cells = row.cells
    tokens = [read_cell(cell.text) for cell in cells]
    if any([token.weak for token in tokens]):
        cells = _split(cells, tokens)
        tokens = [read_cell(cell.text) for cell in cells]
    kinds = tuple([token.kind for token in tokens])
    start, end = _beside(kinds)
    columns = tuple([cell.column for cell in cells[start:end]])
    words = tuple(
        [
            (token.word, cell.column, cell.columns)
            for cell, token in zip(cells[:start] + cells[end:], tokens[:start] + tokens[end:], strict=True)
            if token.kind is not Kind.BLANK
        ]
    )
    return Strip(
        words[0][0] if len(words) == 1 else "".join([word for word, _, _ in words]),
        tuple(tokens[start:end]),
        columns,
        # Two cells of a row in one column: the ruling lines were misread, and what stands under what is anybody's
        # guess.
        grid.exact and len(set(columns)) == len(columns),
        words,
        row.page,
        grid.number,
        number,
        row.line,
        kinds[start:end].count(Kind.NUMBER),
    )


def _split(cells: tuple[Cell, ...], tokens: Sequence[Token]) -> tuple[Cell, ...]:
    """One cell that holds a run of numbers is many cells that a converter ran together."""
    split: list[Cell] = []
    for cell, token in zip(cells, tokens, strict=True):
        parts = cell.text.split() if token.weak else []
        if len(parts) >= _FUSED and all(read_cell(part).kind is Kind.NUMBER for part in parts):
            split += [Cell(part, cell.column + index) for index, part in enumerate(parts)]
        else:
            split.append(cell)
    return tuple(split)


@lru_cache(maxsize=4096)
def _beside(kinds: tuple[Kind, ...]) -> tuple[int, int]:
    """From where to where the cells of figures stand: after the label, or before it where that is where the numbers
    are."""
    texts = [index for index, kind in enumerate(kinds) if kind is Kind.TEXT]
    if not texts:
        return 0, len(kinds)
    before = kinds[: texts[0]].count(Kind.NUMBER)
    if Kind.NUMBER not in kinds[texts[0] :]:
        return (0, texts[0]) if before else (texts[-1] + 1, len(kinds))
    first = kinds.index(Kind.NUMBER, texts[0])
    if before > kinds[first:].count(Kind.NUMBER):
        return 0, texts[0]
    start = first
    while kinds[start - 1] is Kind.BLANK:
        start -= 1
    end = len(kinds)
    while kinds[end - 1] is Kind.TEXT:
        end -= 1
    return start, end


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
            page=block.page,
            line=line,
            numbers=_count(tokens),
            text=text,
            whole=whole,
            loose=block.loose,
        )


def _line(text: str, label: str) -> tuple[str, tuple[Token, ...]]:
    """The label of a line and its cells: a run of numbers at its end, or a long run at its start or inside."""
    parts = text.replace("|", " ").replace("\u3000", " ").split()
    tokens = [read_cell(part) for part in parts]
    # A numeral spelled out in a line (三 of 三、本年度办理结果, set vertically) is a word; in a cell of its own it
    # may be a figure.
    figures = [t.kind is not Kind.TEXT and (not t.weak or t.printed[:1].isdigit() or t.printed in "oO") for t in tokens]
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
