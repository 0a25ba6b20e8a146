"""文稿 — what is to be written: styled paragraphs, and tables whose merged cells say what they are.

A manuscript knows no file format, and no annual report. Every writer takes the same manuscript.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Style(StrEnum):
    """段落样式 — what a paragraph is, which decides its face, size and place (GB/T 9704—2012).

    `title` 标题 · `heading` 一级标题 · `subheading` 二级标题 · `body` 正文 · `note` 注 · `signature` 落款.
    """

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    NOTE = "note"
    SIGNATURE = "signature"


class Role(StrEnum):
    """单元格的作用 — what a cell is to those who hear a table read out: the `scope` of a heading, or data.

    `col` 栏名 · `colgroup` 几栏的总名 · `row` 项名 · `rowgroup` 几项的总名 · `data` 数 · `text` 文字.
    """

    COLUMN = "col"
    COLUMNS = "colgroup"
    ROW = "row"
    ROWS = "rowgroup"
    DATA = "data"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Text:
    """段落 — one paragraph; a line end in it is one on paper."""

    text: str
    style: Style = Style.BODY


class Cell(NamedTuple):
    """单元格 — text, what it is, and how many grid columns and rows it covers."""

    text: str
    role: Role = Role.DATA
    columns: int = 1
    rows: int = 1

    @property
    def is_heading(self) -> bool:
        """是不是栏名或项名 — whether the cell names others."""
        return self.role not in (Role.DATA, Role.TEXT)


class Placed(NamedTuple):
    """排好的单元格 — a cell with the grid column and row in which it begins, from 0."""

    row: int
    column: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class Table:
    """表格 — rows of cells, each at the first place that no cell from above covers.

    `caption`: what it is called; `widths`: of the grid columns, in millimetres of a page 156 wide; `heads`: how many
    rows at the top name the columns.
    """

    caption: str
    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    heads: int = 0

    def placed(self) -> Iterator[Placed]:
        """排单元格 — every cell with its place, row by row."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
                yield Placed(row, column, cell)
                column += cell.columns

    def width(self, place: Placed) -> float:
        """格宽 — how wide a cell is, in millimetres."""
        return sum(self.widths[place.column : place.column + place.cell.columns])


Block = Text | Table


@dataclass(frozen=True, slots=True)
class Manuscript:
    """文稿 — title and author for the file's properties, and the blocks in order."""

    title: str
    author: str
    blocks: tuple[Block, ...]


class WritingError(Exception):
    """写不出文件 — why a manuscript could not be written, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values
