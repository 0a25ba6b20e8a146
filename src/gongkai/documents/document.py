"""文档 — the values that every file becomes: blocks (paragraphs, grids) with places, in views.

A Document has one or more *views*: ever dearer readings of the same pages, made only when asked for. Nothing here
knows what an annual report is. All counts are from 1; `None` means "does not apply to this format".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """单元格 — one printed cell: its text as the file has it, and the grid columns and rows that it covers."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


class Row(NamedTuple):
    """表格行 — the cells that start in one row, left to right (a cell spanning from above is not repeated): their
    texts, and for each its (column, columns, rows). Most readers want the texts alone, so that cells are put together
    only when asked for. `confidences`: of a row that was seen in a picture, from 0 to 1 how surely each cell was."""

    texts: tuple[str, ...]
    spans: tuple[tuple[int, int, int], ...]
    line: int | None = None
    page: int | None = None
    confidences: tuple[float, ...] = ()

    @classmethod
    def of(
        cls,
        cells: Sequence[Cell],
        line: int | None = None,
        page: int | None = None,
        confidences: tuple[float, ...] = (),
    ) -> Row:
        """表格行 — the row of these cells."""
        return cls(tuple([cell.text for cell in cells]), tuple([cell[1:] for cell in cells]), line, page, confidences)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """单元格 — the cells, left to right."""
        return tuple([Cell(text, *span) for text, span in zip(self.texts, self.spans, strict=True)])


@dataclass(frozen=True, slots=True)
class Grid:
    """表格 — rows of cells. `exact`: the format itself says which column a cell is in (html, docx, xlsx, ruled pdf);
    otherwise columns were counted from separators or distances, and an empty cell proves nothing."""

    rows: tuple[Row, ...]
    number: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落 — one paragraph or, in views of lines, one line of text. `loose`: the line end is the page's, not the
    author's, so that the sentence may go on in the next block. `confidence`: of a line that was seen in a picture, from
    0 to 1 how surely it was."""

    text: str
    line: int | None = None
    page: int | None = None
    loose: bool = False
    confidence: float | None = None


Block = Paragraph | Grid


class Word(NamedTuple):
    """词 — text between blanks, or the cell of a table, and its box in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class PageLayout(NamedTuple):
    """页面排布 — width, height, and the words of each line; lines are counted as the blocks of the page count them.
    `straightening`: of a page that is a picture, the nine numbers that lay it straight (see `scan.picture`)."""

    width: float
    height: float
    lines: tuple[tuple[Word, ...], ...]
    straightening: tuple[float, ...] = ()


class SheetStart(NamedTuple):
    """工作表 — a sheet of a workbook: its name, the index of its first block, and whether the workbook hides it."""

    name: str
    block: int
    is_hidden: bool


KEPT = "kept"
"""照存的 — the name of a view of cells as a workbook keeps them, whatever of them is shown and how."""


@dataclass(frozen=True, slots=True)
class View:
    """视图 — one reading of the whole document, blocks in reading order. `name`: structure, kept, lines, words, ruled,
    seen, seen again. `seen`: by number, the pages that are pictures and were read by looking at them. `sheets`: of a
    workbook, in the order of its blocks; `uncomputed`: how many of its formulas have no value in the file, and so are
    blank. `torn`: of a csv, the rows with a quote that has no partner and is kept as written."""

    name: str
    blocks: tuple[Block, ...]
    seen: Mapping[int, PageLayout] = field(default_factory=dict)
    sheets: tuple[SheetStart, ...] = ()
    uncomputed: int = 0
    torn: tuple[int, ...] = ()


@dataclass(slots=True)
class Document:
    """文档 — one opened file, or with `part` one of several reports in it. `source` as given (a zip member:
    `archive.zip/inner/name.html`); `format` is the one sniffed (html, mht, txt, md, csv, docx, doc, xlsx, xls, pdf,
    ofd, json and others). `views()` yields them from cheap to dear, remembered."""

    source: str
    format: str
    makers: Sequence[Callable[[], View]]
    _made: list[View] = field(default_factory=list)
    part: str | None = None

    def views(self) -> Iterator[View]:
        """视图 — the views from cheap to dear; each is made once, when first asked for."""
        for index, make in enumerate(self.makers):
            if index == len(self._made):
                self._made.append(make())
            yield self._made[index]

    def seen_views(self) -> Iterator[View]:
        """所见的视图 — those of what a reader sees: of a workbook not the one that holds its cells as they are kept."""
        return (view for view in self.views() if view.name != KEPT or len(self.makers) == 1)

    @property
    def made(self) -> tuple[View, ...]:
        """已有的视图 — the views that were asked for so far; makes none."""
        return tuple(self._made)


class DocumentError(Exception):
    """文件读不了 — why a file could not be opened, in one sentence with named fields (`template.format(**values)`)."""

    def __init__(self, source: str, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.source, self.template, self.values = source, template, values


class PicturedError(Exception):
    """有扫描的页 — pages of a file are pictures (`numbers`); `lines` of text of its other pages are there already."""

    def __init__(self, numbers: Sequence[int], lines: Mapping[int, Sequence[Paragraph]]) -> None:
        super().__init__(numbers)
        self.numbers, self.lines = numbers, lines
