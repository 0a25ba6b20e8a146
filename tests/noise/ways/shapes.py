"""表的样子 — tables turned, split, doubled, with further rows and columns beside those of the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from tests.noise.balanced import balanced
from tests.noise.printed import Block, Cell, Line, Part, Printed, Row, Table, split
from tests.noise.printing import printed
from tests.noise.ways import layout

_GRIDS = ("html", "csv", "md", "txt-tabs", "docx", "xlsx")
ALL = (*_GRIDS, "plain", "pdf", "txt-lines")
_WIDTH = 7


def head(text: str, columns: int = 1, rows: int = 1) -> Cell:
    """栏名."""
    return Cell(text, columns, rows, Part.HEADING)


def other(cell: Cell, random: Random) -> Cell:
    """A number that belongs to something else."""
    return Cell(str(random.randint(1, 99)), cell.columns, cell.rows)


def _third(report: Printed, change: Callable[[Table], Table]) -> Printed:
    return report.each_table(change, "applications")


def _leaf_heads(table: Table) -> list[str]:
    first, organisations = table.rows[1].cells, table.rows[2].cells
    return [first[0].text, *(cell.text for cell in organisations), first[-1].text]


def _full_label(row: Row) -> str:
    return "".join(cell.text for cell in row.cells if cell.part is Part.LABEL)


def _rows(table: Table) -> list[Row]:
    return [row for row in table.rows if row.line]


def _flat(table: Table, names: Sequence[str], *, before: int = 0) -> Table:
    """The same table under one line of heads, its groups dropped."""
    top = Row((head("项目"), *(head("序号") for _ in range(before)), *map(head, names)))
    return replace(
        table, rows=(top, *(row._replace(cells=(Cell(_full_label(row)), *row.values)) for row in _rows(table)))
    )


@layout(*ALL)
def third_turned(report: Printed, random: Random) -> Printed:
    """表三转置 — applicants down the side, results across."""
    del random

    def turned(table: Table) -> Table:
        rows = _rows(table)
        top = Row((head("申请人"), *(head(_full_label(row)) for row in rows)))
        names = _leaf_heads(table)
        body = [Row((Cell(name), *(row.values[at] for row in rows)), "turned") for at, name in enumerate(names)]
        return replace(table, rows=(top, *body))

    return _third(report, turned)


@layout(*ALL)
def third_flat(report: Printed, random: Random) -> Printed:
    """表三一行表头."""
    del random
    return _third(report, lambda table: _flat(table, _leaf_heads(table)))


@layout(*ALL)
def third_short_heads(report: Printed, random: Random) -> Printed:
    """栏名简写."""
    del random
    return _third(report, lambda table: _flat(table, ("个人", "企业", "科研", "公益", "法律", "其他", "合计")))


@layout(*ALL)
def third_short_heads_moved(report: Printed, random: Random) -> Printed:
    """栏名简写而且换了先后."""
    order = random.sample(range(_WIDTH), _WIDTH)
    names = ("个人", "企业", "科研", "公益", "法律", "其他", "合计")
    return _third(report, lambda table: _moved(_flat(table, names), order))


def _moved(table: Table, order: Sequence[int]) -> Table:
    def move(row: Row) -> Row:
        cells = row.cells
        return row._replace(cells=(*cells[:-_WIDTH], *(cells[len(cells) - _WIDTH + at] for at in order)))

    return replace(table, rows=tuple(map(move, table.rows)))


@layout(*ALL)
def third_flat_moved(report: Printed, random: Random) -> Printed:
    """一行表头, 七栏换了先后."""
    order = random.sample(range(_WIDTH), _WIDTH)
    return _third(report, lambda table: _moved(_flat(table, _leaf_heads(table)), order))


@layout(*ALL)
def third_english_heads(report: Printed, random: Random) -> Printed:
    """栏名只有英文, 换了先后."""
    names = ("Natural person", "Business", "Research", "Public interest", "Legal service", "Other", "Total")
    order = random.sample(range(_WIDTH), _WIDTH)
    return _third(report, lambda table: _moved(_flat(table, names), order))


@layout(*ALL)
def third_two_tongues(report: Printed, random: Random) -> Printed:
    """栏名中英两行."""
    del random
    names = ("Natural person", "Business", "Research", "Public", "Legal", "Other", "Total")
    return _third(
        report,
        lambda table: _flat(table, [f"{a}\n{b}" for a, b in zip(_leaf_heads(table), names, strict=True)]),
    )


@layout(*ALL)
def third_no_heads(report: Printed, random: Random) -> Printed:
    """表三没有表头."""
    del random
    return _third(report, lambda table: replace(table, rows=tuple(_rows(table))))


@layout(*ALL)
def third_columns_in_two_tables(report: Printed, random: Random) -> Printed:
    """表三太宽, 左右拆成两张表."""
    at = random.randint(2, 5)

    def part(table: Table, first: int, last: int) -> Table:
        top = Row((head("项目"), *map(head, _leaf_heads(table)[first:last])))
        rows = [row._replace(cells=(Cell(_full_label(row)), *row.values[first:last])) for row in _rows(table)]
        return replace(table, rows=(top, *rows))

    return tables(report, "applications", lambda table: [part(table, 0, at), part(table, at, _WIDTH)])


def tables(report: Printed, name: str, change: Callable[[Table], list[Block]]) -> Printed:
    """换表 — blocks in the place of each table of a name."""
    blocks: list[Block] = []
    for block in report.blocks:
        blocks += change(block) if isinstance(block, Table) and block.name == name else [block]
    return report.with_blocks(tuple(blocks))


@layout(*ALL)
def third_in_three_tables(report: Printed, random: Random) -> Printed:
    """表三断成三张, 后两张没有表头, 七栏换了先后."""
    order = random.sample(range(_WIDTH), _WIDTH)

    def parts(table: Table) -> list[Block]:
        upper, rest = split(_moved(_flat(table, _leaf_heads(table)), order), 8)
        middle, lower = split(rest, 9)
        return [upper, middle, lower]

    return tables(report, "applications", parts)


@layout(*ALL)
def third_in_three_tables_with_words(report: Printed, random: Random) -> Printed:
    """表三断成三张, 中间有“续表”."""
    del random

    def parts(table: Table) -> list[Block]:
        upper, rest = split(_flat(table, _leaf_heads(table)), 7)
        middle, lower = split(rest, 9)
        return [upper, Line("续表", "caption", 3), middle, Line("续表", "caption", 3), lower]

    return tables(report, "applications", parts)


def _beside(name: str, title: str, cell: Callable[[Row, Random], str], *, front: bool = False) -> None:
    def beside(report: Printed, random: Random) -> Printed:
        def add(table: Table) -> Table:
            flat = _flat(table, _leaf_heads(table))
            rows = []
            for row in flat.rows:
                more = (head(title),) if not row.line else (Cell(cell(row, random)),)
                rows.append(row._replace(cells=(row.cells[0], *more, *row.cells[1:]) if front else (*row.cells, *more)))
            return replace(flat, rows=tuple(rows))

        return _third(report, add)

    beside.__name__ = name
    layout(*ALL)(beside)


_beside("third_share_behind", "占比", lambda row, random: f"{random.randint(0, 99)}%")
_beside("third_last_year_behind", "上年总计", lambda row, random: str(random.randint(0, 99)))
_beside("third_change_behind", "同比增减", lambda row, random: str(random.randint(-9, 99)))
_beside("third_last_year_front", "上年数", lambda row, random: str(random.randint(0, 99)), front=True)
_beside("third_code_front", "代码", lambda row, random: str(random.randint(100, 199)), front=True)
_beside("third_unit_front", "单位", lambda row, random: "件", front=True)
_beside("third_total_twice", "合计", lambda row, random: row.values[-1].text, front=True)
_beside("third_remark_behind", "备注", lambda row, random: random.choice(("", "", "含结转2件", "2")))
_beside("third_online_behind", "其中：网上申请", lambda row, random: str(random.randint(0, 9)))
_beside("third_nameless_behind", "", lambda row, random: str(random.randint(0, 9)))


def _below(name: str, label: str, *, each: bool) -> None:
    def below(report: Printed, random: Random) -> Printed:
        def add(table: Table) -> Table:
            flat = _flat(table, _leaf_heads(table))
            rows = []
            for row in flat.rows:
                rows.append(row)
                if row.line and (each or random.random() < 0.2):
                    rows.append(Row((Cell(label), *(other(value, random) for value in row.values)), "other"))
            return replace(flat, rows=tuple(rows))

        return _third(report, add)

    below.__name__ = name
    layout(*ALL)(below)


_below("third_last_year_below", "上年同期", each=True)
_below("third_subtotal_below", "小计", each=False)
_below("third_of_which_below", "其中：本级", each=False)
_below("third_nameless_below", "", each=False)


def _above(name: str, cells: Callable[[int], tuple[Cell, ...]], at: int) -> None:
    def above(report: Printed, random: Random) -> Printed:
        del random

        def add(table: Table) -> Table:
            width = sum(cell.columns for cell in table.rows[0].cells)
            return replace(table, rows=(*table.rows[:at], Row(cells(width)), *table.rows[at:]))

        return report.each_table(add, "applications")

    above.__name__ = name
    layout(*ALL)(above)


_above("head_unit", lambda width: (head("单位：件", width),), 0)
_above("head_title", lambda width: (head("表3", width),), 0)
_above("head_year", lambda width: (head("2020年度（单位：件次）", width),), 0)
_above("head_letters", lambda width: (head("甲", width - _WIDTH), *(head("ABCDEFG"[at]) for at in range(_WIDTH))), 3)
_above("head_brackets", lambda width: (head("", width - _WIDTH), *(head(f"({at + 1})") for at in range(_WIDTH))), 3)
_above(
    "head_formula",
    lambda width: (head("栏次", width - _WIDTH), *map(head, ["1", "2", "3", "4", "5", "6", "7=1+2+3+4+5+6"])),
    3,
)


@layout(*ALL)
def head_again_inside(report: Printed, random: Random) -> Printed:
    """表头在表中间又印一遍, 后一遍换了先后."""
    order = random.sample(range(_WIDTH), _WIDTH)

    def twice(table: Table) -> Table:
        flat = _flat(table, _leaf_heads(table))
        turned = _moved(flat, order)
        return replace(flat, rows=(*flat.rows[:9], turned.rows[0], *turned.rows[9:]))

    return _third(report, twice)


@layout(*ALL)
def rows_in_other_order(report: Printed, random: Random) -> Printed:
    """表三各行换了先后, 名称写全."""

    def mix(table: Table) -> Table:
        flat = _flat(table, _leaf_heads(table))
        body = list(flat.rows[1:])
        random.shuffle(body)
        return replace(flat, rows=(flat.rows[0], *body))

    return _third(report, mix)


@layout(*ALL)
def labels_without_numbers(report: Printed, random: Random) -> Printed:
    """各行名称不编号."""
    del random
    strip = "一二三四五六七八（）1234567890.、"
    return report.each_cell(lambda cell: cell._replace(text=cell.text.lstrip(strip)), Part.LABEL, name="applications")


@layout(*ALL)
def labels_renumbered(report: Printed, random: Random) -> Printed:
    """各行名称另编号."""
    count = iter(range(random.randint(1, 3), 60))
    return report.each_cell(
        lambda cell: cell._replace(text=f"{next(count)}）{cell.text.split('.')[-1]}"), Part.LABEL, name="applications"
    )


@layout("html", "docx", "xlsx")
def zeros_merged(report: Printed, random: Random) -> Printed:
    """法人或其他组织五栏都是零, 合并成一格."""
    del random

    def merge(row: Row) -> Row:
        if len(row.values) != _WIDTH or any(cell.text != "0" for cell in row.values[1:6]):
            return row
        values = row.values
        return row._replace(cells=(*row.cells[:-6], values[1]._replace(columns=5), values[6]))

    return report.each_row(merge, "applications")


@layout("html", "docx", "xlsx")
def equals_merged_down(report: Printed, random: Random) -> Printed:
    """上下两格同数, 合并成一格."""
    del random

    def merge(table: Table) -> Table:
        rows = list(table.rows)
        for at in range(3, len(rows) - 1):
            above, below = rows[at].cells[-1], rows[at + 1].cells[-1]
            if (
                above.text == below.text
                and above.rows == 1
                and len(rows[at].values) == len(rows[at + 1].values) == _WIDTH
            ):
                rows[at] = rows[at]._replace(cells=(*rows[at].cells[:-1], above._replace(rows=2)))
                rows[at + 1] = rows[at + 1]._replace(cells=rows[at + 1].cells[:-1])
        return replace(table, rows=tuple(rows))

    return _third(report, merge)


def again(report: Printed, random: Random, *, agency: str, year: int) -> Printed:
    """另一份 — a report of another body or year in the same form."""
    other = printed(random, report.form, balanced(random, report.form), report.format)
    return other.texts(lambda text: text.replace(other.agency, agency).replace(str(other.year), str(year)), *Part)


@layout(*ALL)
def two_agencies(report: Printed, random: Random) -> Printed:
    """一份文件里两个机关的年报."""
    one = again(report, random, agency="石鼓镇人民政府", year=report.year)
    return report.with_blocks((*report.blocks, *one.blocks))


@layout(*ALL)
def other_agency_first(report: Printed, random: Random) -> Printed:
    """另一个机关的年报在前."""
    one = again(report, random, agency="石鼓镇人民政府", year=report.year)
    return report.with_blocks((*one.blocks, *report.blocks))


@layout(*ALL)
def last_year_behind(report: Printed, random: Random) -> Printed:
    """去年的年报附在后面."""
    one = again(report, random, agency=report.agency, year=report.year - 1)
    return report.with_blocks((*report.blocks, *one.blocks))
