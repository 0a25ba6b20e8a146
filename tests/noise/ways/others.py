"""表的样子 — 表二、表四 and the whole report: turned, doubled, with another year beside, in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from gongkai.report.form import Edition
from tests.noise.printed import Block, Cell, Line, Part, Printed, Row, Table
from tests.noise.ways import layout
from tests.noise.ways.shapes import ALL, again, head, other, tables


def _of_other(name: str, table: str, caption: str, *, front: bool) -> None:
    def doubled(report: Printed, random: Random) -> Printed:
        one = again(report, random, agency=report.agency, year=report.year - 1)
        held = next(held for held in one.tables if held.name == table)
        words = Line(caption.format(year=report.year - 1), "caption", 3)

        def both(own: Table) -> list[Block]:
            return [words, held, Line(f"{report.year}年：", "caption", 3), own] if front else [own, words, held]

        return tables(report, table, both)

    doubled.__name__ = name
    layout(*ALL)(doubled)


_of_other("third_of_last_year_first", "applications", "{year}年：", front=True)
_of_other("third_of_districts_behind", "applications", "附：所属单位汇总表", front=False)
_of_other("remedies_of_last_year_first", "remedies", "{year}年：", front=True)
_of_other("remedies_of_last_year_behind", "remedies", "上年情况", front=False)
_of_other("second_of_last_year_first", "proactive", "{year}年：", front=True)
_of_other("second_of_last_year_behind", "proactive", "去年同期", front=False)


@layout(*ALL)
def remedies_stood(report: Printed, random: Random) -> Printed:
    """表四竖着排: 一行一个结果."""
    del random

    def stand(table: Table) -> Table:
        kinds = ("行政复议", "未经复议直接起诉", "复议后起诉")
        names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
        values = table.rows[-1].values
        rows = [
            Row((Cell(kinds[at // 5]), Cell(names[at % 5]), value), f"remedy{at}") for at, value in enumerate(values)
        ]
        return replace(table, rows=(Row((head("类别"), head("结果"), head("件数"))), *rows))

    return report.each_table(stand, "remedies")


def _by_kind(name: str, order: Sequence[int], results: Sequence[int]) -> None:
    def rows(report: Printed, random: Random) -> Printed:
        del random
        kinds = ("行政复议", "未经复议直接起诉", "复议后起诉")
        names = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

        def stand(table: Table) -> Table:
            values = table.rows[-1].values
            body = [Row((Cell(kinds[k]), *(values[5 * k + at] for at in results)), f"r{k}") for k in order]
            return replace(table, rows=(Row((head("类别"), *(head(names[at]) for at in results))), *body))

        return report.each_table(stand, "remedies")

    rows.__name__ = name
    layout(*ALL)(rows)


_by_kind("remedies_by_kind", (0, 1, 2), (0, 1, 2, 3, 4))
_by_kind("remedies_by_kind_moved", (2, 1, 0), (0, 1, 2, 3, 4))
_by_kind("remedies_total_first", (0, 1, 2), (4, 0, 1, 2, 3))
_by_kind("remedies_results_moved", (1, 0, 2), (1, 0, 3, 2, 4))


@layout(*ALL)
def remedies_two_years(report: Printed, random: Random) -> Printed:
    """表四两行: 上年, 本年."""

    def add(table: Table) -> Table:
        last = table.rows[-1]
        old = Row(tuple(other(cell, random) for cell in last.cells), "old")
        rows = [
            row._replace(cells=(head("年度") if at == 0 else head(""), *row.cells))
            for at, row in enumerate(table.rows[:-1])
        ]
        return replace(
            table,
            rows=(
                *rows,
                old._replace(cells=(Cell("上年"), *old.cells)),
                last._replace(cells=(Cell("本年"), *last.cells)),
            ),
        )

    return report.each_table(add, "remedies")


@layout(*ALL, editions=[Edition.E2021])
def second_years_beside(report: Printed, random: Random) -> Printed:
    """表二每栏分上年、本年."""

    def add(table: Table) -> Table:
        rows = []
        for row in table.rows:
            values = row.values
            if not values:
                rows.append(
                    row._replace(
                        cells=tuple(
                            c._replace(columns=c.columns * 2) if at or len(row.cells) == 1 else c
                            for at, c in enumerate(row.cells)
                        )
                    )
                )
                if len(row.cells) > 1:
                    rows.append(Row((head(""), *(head(t, c.columns) for c in row.cells[1:] for t in ("上年", "本年")))))
                continue
            beside = [one for value in values for one in (other(value, random), value)]
            rows.append(row._replace(cells=(row.cells[0], *beside)))
        return replace(table, rows=tuple(rows))

    return report.each_table(add, "proactive")


@layout(*ALL)
def second_moved(report: Printed, random: Random) -> Printed:
    """表二三栏换了先后."""
    order = random.sample(range(3), 3)

    def move(row: Row) -> Row:
        if len(row.cells) != 4:
            return row
        return row._replace(cells=(row.cells[0], *(row.cells[1 + at] for at in order)))

    return report.each_row(move, "proactive")


@layout(*ALL)
def second_turned(report: Printed, random: Random) -> Printed:
    """表二一行一数."""
    del random

    def flat(table: Table) -> Table:
        rows: list[Row] = [Row((head("事项"), head("指标"), head("数量")))]
        names: tuple[Cell, ...] = ()
        for row in table.rows:
            if not row.line:
                names = row.cells[1:] if len(row.cells) > 1 else names
                continue
            rows += [
                Row((row.cells[0], Cell(name.text), value._replace(columns=1)), row.line)
                for name, value in zip(names, row.values, strict=False)
            ]
        return replace(table, rows=tuple(rows))

    return report.each_table(flat, "proactive")


@layout(*ALL)
def tables_in_other_order(report: Printed, random: Random) -> Printed:
    """三张表的先后换了, 表四在表三前."""
    del random
    held = {table.name: table for table in report.tables}
    turn = {"applications": "remedies", "remedies": "applications"}
    return report.with_blocks(
        tuple(held[turn.get(b.name, b.name)] if isinstance(b, Table) and b.name else b for b in report.blocks)
    )


@layout(*ALL)
def tables_at_end(report: Printed, random: Random) -> Printed:
    """三张表都附在文末."""
    del random
    held = tuple(block for block in report.blocks if isinstance(block, Table))
    return report.with_blocks((*(block for block in report.blocks if not isinstance(block, Table)), *held))


@layout(*ALL)
def sample_form_first(report: Printed, random: Random) -> Printed:
    """前面先有一张填了样数的样表."""
    del random
    sample = report.each_cell(lambda cell: cell._replace(text="1"), Part.VALUE)
    words = Line("（样表，仅供参考）", "caption", 0)
    return report.with_blocks((report.blocks[0], words, *sample.tables, *report.blocks[1:]))
