"""栏名的噪声 — columns in another order, with others between them, and words beside a figure that are none of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.noise.noises import noise
from tests.noise.printed import Cell, Part, Printed, Row, Table
from tests.noise.rendering import COUNTED, GRIDS, LOOSE, UNSEEN, UNSEEN_END, UNSEEN_WAYS

_HEADS = 3  # rows of headings over 表三 and 表四
_LABELS = 3  # columns of labels beside the figures of 表三
_RESULTS = 5


def _rows(report: Printed, name: str, change: Callable[[int, Row], Row]) -> Printed:
    """Change every row of the whole tables of a name, by its number."""

    def each(table: Table) -> Table:
        if not _is_whole(table):
            return table
        return replace(table, rows=tuple(change(number, row) for number, row in enumerate(table.rows)))

    if sum(table.name == name for table in report.tables) != 1:
        return report  # what another noise has cut off has no names any more
    return report.each_table(each, name)


def _is_whole(table: Table) -> bool:
    """Whether the table still has its three rows of headings, and every row of figures all of its cells."""
    width = {"applications": 7, "remedies": 15}.get(table.name, 0)
    head, body = table.rows[:_HEADS], table.rows[_HEADS:]
    return (
        all(not row.line for row in head)
        and all(row.line and len(row.values) == width for row in body)
        and bool(body)
        and [len(row.cells) for row in head] == ([2, 3, 5] if table.name == "applications" else [2, 7, 10])
    )


def _with_values(row: Row, values: tuple[Cell, ...]) -> Row:
    return row._replace(cells=(*(cell for cell in row.cells if cell.part is not Part.VALUE), *values))


@noise("headings", formats=GRIDS | COUNTED | LOOSE, late=True)
def organisations_reordered(report: Printed, random: Random) -> Printed:
    """法人或其他组织的五栏换了先后，连同栏名."""
    order = random.sample(range(5), 5)

    def change(number: int, row: Row) -> Row:
        if number < _HEADS - 1:
            return row
        if number == _HEADS - 1:
            return row._replace(cells=tuple(row.cells[at] for at in order))
        values = list(row.values)
        places = [at for at, cell in enumerate(values) if cell.column not in ("natural_person", "total")]
        moved = [values[places[at]] for at in order]
        for place, cell in zip(places, moved, strict=True):
            values[place] = cell
        return _with_values(row, tuple(values))

    return _rows(report, "applications", change)


@noise("headings", formats=GRIDS | COUNTED | LOOSE, late=True)
def total_first(report: Printed, _: Random) -> Printed:
    """总计一栏在最前."""

    def change(number: int, row: Row) -> Row:
        if number == 1:
            return row._replace(cells=(row.cells[-1], *row.cells[:-1]))
        return row if number < _HEADS else _with_values(row, (row.values[-1], *row.values[:-1]))

    return _rows(report, "applications", change)


@noise("headings", formats=GRIDS)
def rows_counted(report: Printed, random: Random) -> Printed:
    """数字前面有一栏“行次”."""
    start = random.choice((1, 1, 10))

    def change(number: int, row: Row) -> Row:
        if number == 0:
            return row._replace(cells=(row.cells[0], Cell("行次", 1, _HEADS, Part.HEADING), *row.cells[1:]))
        if number < _HEADS:
            return row
        return _with_values(row, (Cell(str(start + number - _HEADS)), *row.values))

    return _rows(report, "applications", change)


@noise("headings", formats=GRIDS)
def subtotal_column(report: Printed, _: Random) -> Printed:
    """法人或其他组织里多一栏“小计”."""

    def change(number: int, row: Row) -> Row:
        if number == 0:
            return row._replace(cells=(row.cells[0], row.cells[1]._replace(columns=8)))
        if number == 1:
            return row._replace(cells=(row.cells[0], row.cells[1]._replace(columns=6), row.cells[2]))
        if number == _HEADS - 1:
            return row._replace(cells=(*row.cells, Cell("小计", part=Part.HEADING)))
        *parts, total = row.values
        counts = [int(cell.text) if cell.text.isdecimal() else 0 for cell in parts[1:]]
        return _with_values(row, (*parts, Cell(str(sum(counts))), total))

    return _rows(report, "applications", change)


@noise("headings", formats=GRIDS)
def columns_counted(report: Printed, random: Random) -> Printed:
    """表头下面有一行“栏次”."""
    name = random.choice(("applications", "remedies"))
    width, labels = (7, (Cell("栏次", _LABELS),)) if name == "applications" else (15, ())

    def each(table: Table) -> Table:
        if not _is_whole(table):
            return table
        counted = Row((*labels, *(Cell(str(at + 1)) for at in range(width))))
        return replace(table, rows=(*table.rows[:_HEADS], counted, *table.rows[_HEADS:]))

    return report.each_table(each, name)


@noise("headings", formats=GRIDS | COUNTED | LOOSE, late=True)
def litigation_first(report: Printed, _: Random) -> Printed:
    """表四先印行政诉讼，后印行政复议."""

    def change(number: int, row: Row) -> Row:
        if number == 0:
            return row._replace(cells=row.cells[::-1])
        if number == 1:
            return row._replace(cells=(*row.cells[_RESULTS:], *row.cells[:_RESULTS]))
        return row if number < _HEADS else _with_values(row, (*row.values[_RESULTS:], *row.values[:_RESULTS]))

    return _rows(report, "remedies", change)


@noise("headings", formats=("html",))
def unseen_digits(report: Printed, random: Random) -> Printed:
    """数字旁边有划掉的、藏起来的、上标的数字."""
    share = random.choice((0.05, 0.3))

    def change(cell: Cell) -> Cell:
        if not cell.text.isdecimal() or random.random() >= share:
            return cell
        way, digit = random.randrange(len(UNSEEN_WAYS)), random.randint(1, 9)
        mark = f"{UNSEEN}{way}:{digit}{UNSEEN_END}"
        return cell._replace(
            text=cell.text + mark if "sup" in UNSEEN_WAYS[way] or random.random() < 0.5 else mark + cell.text
        )

    return report.each_cell(change, Part.VALUE)
