"""三张表 — 表二、表三、表四 as the form prints them, with its merged headings and names (条例 第五十条第二款)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gongkai.documents.writing.manuscript import Cell, Role, Table
from gongkai.report.figures import AnnualReport, Value
from gongkai.report.form import Column, Line

BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
CAPTIONS = {
    "proactive": "表二　主动公开",
    "applications": "表三　依申请公开",
    "remedies": "表四　复议诉讼",
}
"""表名 — so short that nobody takes one for a sentence of the report."""

_UNKNOWN = "unknown"
_SPREAD = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}
"""How many grid columns each column of a block of 表二 takes: the last ones are merged."""


def printed(value: Value) -> str:
    """印出的数 — a figure as it is printed; nothing for a blank."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else format(value, "f")


def proactive(report: AnnualReport) -> Table:
    """表二 — each item of 第二十条 has its own headings over its rows.

    Names take two grid columns: in a sheet, a row of blanks whose name takes one would look like a line of text.
    """
    rows: list[tuple[Cell, ...]] = []
    item = None
    for line in report.form.table("proactive"):
        spread = _SPREAD[len(line.columns)]
        if line.item != item:
            item = line.item
            rows.append((Cell(item or "", Role.COLUMNS, 5),))
            heads = (Cell(_headed(report, line, c), Role.COLUMN, n) for c, n in zip(line.columns, spread, strict=True))
            rows.append((Cell("信息内容", Role.COLUMN, 2), *heads))
        figures = (Cell(printed(report.figures[a]), columns=n) for a, n in zip(line.addresses, spread, strict=True))
        rows.append((Cell(line.label, Role.ROW, 2), *figures))
    return Table(CAPTIONS["proactive"], (24, 24, 36, 36, 36), tuple(rows))


def _headed(report: AnnualReport, line: Line, column: Column) -> str:
    """The heading with the unit that its figures are known to be in: a unit that nobody printed is not made up."""
    if column.unit is None:
        return column.label
    values = {a: report.figures[a] for a, c in zip(line.addresses, line.columns, strict=True) if c.id == column.id}
    name, _, _ = column.label.partition("（")
    if any(report.units.get(address) == _UNKNOWN for address in values):
        return name
    return f"{name}（单位：{column.unit}）" if any(values.values()) else column.label


def applications(report: AnnualReport) -> Table:
    """表三 — three columns of names and seven of figures, under three rows of headings."""
    lines = report.form.table("applications")
    first, *organisations, total = lines[0].columns
    rows: list[tuple[Cell, ...]] = [
        (Cell(BALANCE, Role.COLUMN, 3, 3), Cell("申请人情况", Role.COLUMNS, 7)),
        (
            Cell(first.label, Role.COLUMN, 1, 2),
            Cell("法人或其他组织", Role.COLUMNS, len(organisations)),
            Cell(total.label, Role.COLUMN, 1, 2),
        ),
        tuple(Cell(column.label, Role.COLUMN) for column in organisations),
    ]
    inside = [line for line in lines if line.result or line.id == "handled_total"]
    for line in lines:
        figures = (Cell(printed(report.figures[address])) for address in line.addresses)
        rows.append((*_names(line, inside), *figures))
    return Table(CAPTIONS["applications"], (10, 24, 41.5, *[11.5] * 7), tuple(rows), heads=3)


def _names(line: Line, inside: list[Line]) -> Iterator[Cell]:
    if line not in inside:
        yield Cell(line.label, Role.ROW, 3)
        return
    if line is inside[0]:
        yield Cell(RESULTS, Role.ROWS, 1, len(inside))
    if line.group is None:
        yield Cell(line.label, Role.ROW, 2)
        return
    group = [other for other in inside if other.group == line.group]
    if line is group[0]:
        yield Cell(line.group, Role.ROWS, 1, len(group))
    yield Cell(line.label, Role.ROW)


def remedies(report: AnnualReport) -> Table:
    """表四 — fifteen columns of figures in one row, under three rows of headings."""
    review, *suits = report.form.table("remedies")
    results = tuple(column.label for column in review.columns)
    return Table(
        CAPTIONS["remedies"],
        (10.4,) * 15,
        (
            (Cell("行政复议", Role.COLUMNS, 5), Cell("行政诉讼", Role.COLUMNS, 10)),
            (
                *(Cell(result, Role.COLUMN, 1, 2) for result in results),
                *(Cell(suit.label, Role.COLUMNS, 5) for suit in suits),
            ),
            tuple(Cell(result, Role.COLUMN) for _ in suits for result in results),
            tuple(Cell(printed(report.figures[a])) for line in (review, *suits) for a in line.addresses),
        ),
        heads=3,
    )


TABLES: dict[int, tuple[str, Callable[[AnnualReport], Table]]] = {
    2: ("proactive", proactive),
    3: ("applications", applications),
    4: ("remedies", remedies),
}
"""三张表 — by the number of the part that they stand in."""
