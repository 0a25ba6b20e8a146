"""印出的年报 — a report as it stands on paper: lines and tables whose cells know which figure they print.

A noise maps one `Printed` to another. The figures stay what they are; `fates` says which of them the paper no longer
shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form


class Fate(StrEnum):
    """数据在纸上的下落 — blank: the cell is there and empty; gone: the figure is not printed, or torn."""

    BLANK = "blank"
    GONE = "gone"


class Part(StrEnum):
    """单元格的用处 — heading of columns, label of a row, group over labels, value."""

    HEADING = "heading"
    LABEL = "label"
    GROUP = "group"
    VALUE = "value"


class Order(StrEnum):
    """数字与项目名称的先后 — where the values of a row stand beside a long label, in lines of text."""

    AFTER = "after"
    BELOW = "below"
    BETWEEN = "between"
    BEFORE = "before"


class Cell(NamedTuple):
    """单元格 — `address`: of the figure printed in it; `columns`, `rows`: what it spans."""

    text: str
    columns: int = 1
    rows: int = 1
    part: Part = Part.LABEL
    address: str = ""

    @property
    def line(self) -> str:
        """项 — the id of the form's line that the figure belongs to."""
        return self.address.partition(".")[2].rpartition(".")[0]

    @property
    def column(self) -> str:
        """栏 — the id of the column that the figure belongs to."""
        return self.address.rpartition(".")[2]


class Row(NamedTuple):
    """表格行 — `line`: id of the form's line that it prints, empty for headings."""

    cells: tuple[Cell, ...]
    line: str = ""
    order: Order = Order.AFTER

    @property
    def values(self) -> tuple[Cell, ...]:
        """数字格 — the cells that print figures."""
        return tuple(cell for cell in self.cells if cell.part is Part.VALUE)


@dataclass(frozen=True, slots=True)
class Table:
    """表格 — `name`: proactive, applications, remedies, or empty for a table that is none of the three."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """文字行 — `kind`: title, preface, heading, prose, page, note, caption; `section` from 1, 0 before the first."""

    text: str
    kind: str = "prose"
    section: int = 0


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Printed:
    """印出的年报 — what is true (`figures`), what is on paper (`blocks`), and what happened to it (`did`, `fates`)."""

    form: Form
    format: str
    agency: str
    year: int
    figures: Mapping[str, Value]
    blocks: tuple[Block, ...]
    fates: Mapping[str, Fate] = field(default_factory=dict)
    did: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition:
        """格式版本 — the edition of the form that was printed."""
        return self.form.edition

    @property
    def tables(self) -> Iterator[Table]:
        """表格 — every table, in order."""
        return (block for block in self.blocks if isinstance(block, Table))

    def lose(self, addresses: tuple[str, ...], fate: Fate = Fate.GONE) -> Printed:
        """不再印出 — these figures are blank or gone; what is gone stays gone."""
        return replace(
            self, fates={**dict.fromkeys(addresses, fate), **{a: f for a, f in self.fates.items() if f is Fate.GONE}}
        )

    def with_blocks(self, blocks: Iterator[Block] | tuple[Block, ...]) -> Printed:
        """换内容 — the same report with other blocks."""
        return replace(self, blocks=tuple(blocks))

    def each_table(self, change: Callable[[Table], Table], name: str | None = None) -> Printed:
        """逐表 — change every table, or every one of a name."""
        return self.with_blocks(
            change(block) if isinstance(block, Table) and name in (None, block.name) else block for block in self.blocks
        )

    def each_row(self, change: Callable[[Row], Row], name: str | None = None) -> Printed:
        """逐行 — change every row of every table, or of those of a name."""
        return self.each_table(lambda table: replace(table, rows=tuple(map(change, table.rows))), name)

    def each_cell(self, change: Callable[[Cell], Cell], *parts: Part, name: str | None = None) -> Printed:
        """逐格 — change the cells of these parts; statutory tables only, unless a name says otherwise."""

        def in_row(row: Row) -> Row:
            return row._replace(cells=tuple(change(c) if c.part in (parts or Part) else c for c in row.cells))

        def in_table(table: Table) -> Table:
            return replace(table, rows=tuple(map(in_row, table.rows))) if table.name else table

        return self.each_table(in_table, name)

    def each_line(self, change: Callable[[Line], Line], *kinds: str) -> Printed:
        """逐段 — change the lines of these kinds."""
        return self.with_blocks(
            change(block) if isinstance(block, Line) and block.kind in kinds else block for block in self.blocks
        )

    def texts(self, change: Callable[[str], str], *parts: Part) -> Printed:
        """改字 — change the text of the cells of these parts and, where headings are among them, of the lines."""
        changed = self.each_cell(lambda cell: cell._replace(text=change(cell.text)), *parts)
        kinds = ("title", "heading", "prose", "preface", "caption") if Part.HEADING in parts else ()
        return changed.each_line(lambda line: replace(line, text=change(line.text)), *kinds)


def starts(rows: tuple[Row, ...]) -> list[list[int]]:
    """起始列 — the grid column at which each cell of each row starts, spans from above counted."""
    taken: dict[tuple[int, int], bool] = {}
    result = []
    for index, row in enumerate(rows):
        at, columns = 0, []
        for cell in row.cells:
            while (index, at) in taken:
                at += 1
            columns.append(at)
            for below in range(cell.rows):
                for across in range(cell.columns):
                    taken[index + below, at + across] = True
            at += cell.columns
        result.append(columns)
    return result


def split(table: Table, at: int, *, repeat: bool = False) -> tuple[Table, Table]:
    """断开 — the table in two before row `at`; a cell that spans the cut goes on empty, or with its text repeated."""
    columns = starts(table.rows)
    upper = [
        row._replace(cells=tuple(_cut(cell, index, at) for cell in row.cells))
        for index, row in enumerate(table.rows[:at])
    ]
    lower = list(table.rows[at:])
    spanning = [
        (column, cell._replace(text=cell.text if repeat else "", rows=cell.rows - (at - index)))
        for index, row in enumerate(table.rows[:at])
        for column, cell in zip(columns[index], row.cells, strict=True)
        if index + cell.rows > at
    ]
    if lower and spanning:
        own = list(zip(columns[at], lower[0].cells, strict=True))
        merged = sorted([*spanning, *own], key=lambda pair: pair[0])
        lower[0] = lower[0]._replace(cells=tuple(cell for _, cell in merged))
    return replace(table, rows=tuple(upper)), replace(table, rows=tuple(lower))


def _cut(cell: Cell, index: int, at: int) -> Cell:
    return cell._replace(rows=min(cell.rows, at - index))
