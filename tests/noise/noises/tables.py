"""表格的噪声 — what happens to the three tables as tables: cut, split, padded, pierced."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

from gongkai.report.form import Edition, OtherHandling, form
from tests.noise.noises import noise
from tests.noise.printed import Block, Cell, Line, Part, Printed, Row, Table, split, starts
from tests.noise.printing import applications, show
from tests.noise.rendering import COUNTED, LOOSE

E2019, E2021 = (Edition.E2019,), (Edition.E2021,)
BREAKABLE = ("proactive", "applications")


def _each_block(report: Printed, change: Callable[[Table], Iterator[Block]], *names: str) -> Printed:
    return report.with_blocks(
        new
        for block in report.blocks
        for new in (change(block) if isinstance(block, Table) and block.name in names else (block,))
    )


def _once(report: Printed, random: Random, change: Callable[[Table], Iterator[Block]], *names: str) -> Printed:
    """Change one of the tables of these names."""
    tables = [table for table in report.tables if table.name in names]
    if not tables:
        return report
    chosen = random.choice(tables)
    return report.with_blocks(new for b in report.blocks for new in (change(chosen) if b is chosen else (b,)))


def _cuts(table: Table) -> list[int]:
    """Where a page may end: before any row of figures but the first."""
    return [index for index, row in enumerate(table.rows) if row.line and index][1:]


def _headings_above(table: Table, at: int) -> tuple[Row, ...]:
    """The rows of headings that a page repeats: of 表三 all, of 表二 those of the block."""
    if table.name == "applications":
        return tuple(row for row in table.rows[:at] if not row.line)
    above = [row for row in table.rows[:at] if not row.line and len(row.cells) > 1]
    return tuple(above[-1:])


@noise("tables")
def page_break(report: Printed, random: Random) -> Printed:
    """表二、表三中间断页，表头不重复."""

    def cut(table: Table) -> Iterator[Block]:
        if cuts := _cuts(table):
            yield from split(table, random.choice(cuts), repeat=random.random() < 0.3)
        else:
            yield table

    return _once(report, random, cut, *BREAKABLE)


@noise("tables")
def page_break_with_header(report: Printed, random: Random) -> Printed:
    """表二、表三中间断页，表头重复."""

    def cut(table: Table) -> Iterator[Block]:
        cuts = _cuts(table)
        if not cuts:
            yield table
            return
        at = random.choice(cuts)
        above, below = split(table, at, repeat=random.random() < 0.5)
        yield above
        yield replace(below, rows=(*_headings_above(table, at), *below.rows))

    return _once(report, random, cut, *BREAKABLE)


@noise("tables", formats=COUNTED | LOOSE | {"html"})
def page_number_inside(report: Printed, random: Random) -> Printed:
    """表中夹页码 "— 4 —"、"- 3 -"、单独的 "1"."""
    number = random.randint(1, 12)
    text = random.choice((f"— {number} —", f"- {number} -", str(number), f"第{number}页"))

    def cut(table: Table) -> Iterator[Block]:
        if not (cuts := _cuts(table)):
            yield table
            return
        above, below = split(table, random.choice(cuts))
        yield from (above, Line(text, "page"), below)

    return _once(report, random, cut, *BREAKABLE)


@noise("tables")
def remedies_without_header(report: Printed, random: Random) -> Printed:
    """表四只剩一行十五个数，没有表头."""

    def bare(table: Table) -> Iterator[Block]:
        yield replace(table, rows=tuple(row for row in table.rows if row.line))

    return _each_block(report, bare, "remedies")


@noise("tables")
def remedies_in_three(report: Printed, random: Random) -> Printed:
    """表四拆成三张小表."""
    captions = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    results = report.form.table("remedies")[0].columns

    def three(table: Table) -> Iterator[Block]:
        rows = [row for row in table.rows if row.line]
        if len(rows) != 1 or len(rows[0].cells) != 15:
            yield table
            return
        headings = Row(tuple(Cell(column.label, part=Part.HEADING) for column in results))
        for index, caption in enumerate(captions):
            yield Line(caption, "caption", 4)
            yield Table("remedies", (headings, Row(rows[0].cells[index * 5 : index * 5 + 5], "remedies")))

    return _each_block(report, three, "remedies")


def _own(row: Row) -> tuple[Cell, ...]:
    """A row without the group labels that span other rows: one label and its figures."""
    return tuple(cell._replace(columns=1, rows=1) for cell in row.cells if cell.part is not Part.GROUP)


@noise("tables")
def applications_in_many(report: Printed, random: Random) -> Printed:
    """表三拆成许多小表: one small table a group, columns named 数据1…数据6."""
    names = random.choice((("数据1", "数据2", "数据3", "数据4", "数据5", "数据6", "总计"), None))
    labels = names or tuple(column.label for column in report.form.table("applications")[0].columns)
    headings = Row(tuple(Cell(text, part=Part.HEADING) for text in ("类别", *labels)))

    def many(table: Table) -> Iterator[Block]:
        if any(len(row.values) != 7 for row in table.rows if row.line):
            yield table
            return
        small: list[Row] = []
        for row in table.rows:
            groups = [cell.text for cell in row.cells if cell.part is Part.GROUP and cell.text]
            if small and (groups or row.line in ("handled_total", "carried_out", "carried_in")):
                yield Table("applications", (headings, *small))
                small = []
            yield from (Line(text.replace("\n", ""), "caption", 3) for text in groups)
            if row.line:
                small.append(Row(_own(row), row.line))
        yield Table("applications", (headings, *small))

    return _each_block(report, many, "applications")


@noise("tables", formats=("md", "html", "docx"))
def wrong_header(report: Printed, random: Random) -> Printed:
    """断页后凭空生出错误表头: 项目 | 本年新收件数 | 上年结转件数 | 予以公开…"""
    texts = ("项目", "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "结转下年度", "总计")
    headings = Row(tuple(Cell(text, part=Part.HEADING) for text in texts))

    def cut(table: Table) -> Iterator[Block]:
        if not (cuts := _cuts(table)):
            yield table
            return
        above, below = split(table, random.choice(cuts))
        yield above
        yield replace(below, rows=(headings, *(Row(_own(row), row.line) for row in below.rows if row.line)))

    return _once(report, random, cut, "applications")


@noise("tables")
def table_as_image(report: Printed, random: Random) -> Printed:
    """表格是图片: nothing of one table can be read."""
    lost: list[str] = []

    def image(table: Table) -> Iterator[Block]:
        lost.extend(cell.address for row in table.rows for cell in row.values)
        yield Line(random.choice(("", "[图片]", "image1.png")), "image")

    changed = _once(report, random, image, "proactive", "applications", "remedies")
    return changed.lose(tuple(lost))


@noise("tables")
def other_documents_row(report: Printed, random: Random) -> Printed:
    """多出一行 “其他主动公开文件”."""

    def insert(table: Table) -> Table:
        at = next((i for i, row in enumerate(table.rows) if row.line == "normative_documents"), None)
        if at is None:
            return table
        cells = [Cell("其他主动公开文件"), *(Cell(str(random.randint(0, 999)), part=Part.LABEL) for _ in range(3))]
        return replace(table, rows=(*table.rows[: at + 1], Row(tuple(cells)), *table.rows[at + 1 :]))

    return report.each_table(insert, "proactive")


@noise("tables", editions=E2021, early=True)
def other_handling_in_one_row(report: Printed, random: Random) -> Printed:
    """2021 格式而（六）其他处理只有一行."""
    if report.form.other_handling is OtherHandling.ROW:
        return report
    single = form(report.edition, OtherHandling.ROW)
    parts = [line.addresses for line in report.form.lines if line.id.startswith("other_handling.")]
    (one,) = (line.addresses for line in single.lines if line.id == "other_handling")
    sums = {
        a: sum(report.figures[part] for part in column) for a, column in zip(one, zip(*parts, strict=True), strict=True)
    }
    figures = {address: sums.get(address, report.figures.get(address)) for address in single.addresses}
    shown = {address: show(value) for address, value in figures.items()}
    changed = replace(report, form=single, figures=figures)
    return changed.each_table(lambda _: applications(single, shown), "applications")


@noise("tables", editions=E2019, early=True)
def old_form_in_later_year(report: Printed, random: Random) -> Printed:
    """2022、2023 年仍用 2019 年格式."""
    old, new = report.year, random.choice((2022, 2023))

    def later(line: Line) -> Line:
        return replace(line, text=line.text.replace(str(old + 1), str(new + 1)).replace(str(old), str(new)))

    return replace(report.each_line(later, "title", "preface", "prose", "signature"), year=new)


@noise("tables")
def figures_before_table(report: Printed, random: Random) -> Printed:
    """标题与表格之间有一段数字."""
    received = show(report.figures["applications.received.total"])
    parts = f"其中自然人{random.randint(0, 99)}件，结转下年度{random.randint(0, 9)}件。"
    text = f"{report.year}年，共收到政府信息公开申请{received}件，{parts}"

    def before(table: Table) -> Iterator[Block]:
        yield Line(text, "prose", 3)
        yield table

    return _once(report, random, before, "applications")


@noise("tables")
def instruction_left(report: Printed, random: Random) -> Printed:
    """填报说明未删 “该部分以表格形式报告”."""

    def before(table: Table) -> Iterator[Block]:
        yield Line("（该部分以表格形式报告）", "prose")
        yield table

    return _each_block(report, before, "proactive", "applications", "remedies")


@noise("tables")
def metadata_table(report: Printed, random: Random) -> Printed:
    """法定表格之前有索引号、发布机构的信息表."""
    pairs = (
        ("名称", f"{report.agency}{report.year}年政府信息公开年度报告"),
        ("索引号", f"0143{random.randint(10000, 99999)}/{report.year + 1}-0000{random.randint(1, 9)}"),
        ("发布机构", report.agency),
        ("公开日期", f"{report.year + 1}-01-{random.randint(10, 28)}"),
    )
    return report.with_blocks((Table("", tuple(Row((Cell(key), Cell(value))) for key, value in pairs)), *report.blocks))


@noise("tables", formats=COUNTED)
def ragged_rows(report: Printed, random: Random) -> Printed:
    """制表符不齐，有的行从第一列开始: spans leave no empty cells behind them, or too few."""
    share = random.choice((0.0, 0.5, 1.0))

    def ragged(table: Table) -> Table:
        rows = []
        for row, places in zip(table.rows, starts(table.rows), strict=True):
            cells: list[Cell] = []
            at = 0
            for cell, place in zip(row.cells, places, strict=True):
                empty = 0 if row.line == "other_handling.other" else place - at
                cells += [Cell("", part=cell.part if not row.line else Part.LABEL)] * empty
                cells.append(cell._replace(columns=1, rows=1))
                fillers = cell.columns - 1 if cell.part is not Part.VALUE else 0
                cells += [Cell("", part=cell.part)] * (
                    fillers if random.random() >= share else random.randint(0, fillers)
                )
                at = place + cell.columns
            rows.append(row._replace(cells=tuple(cells)))
        return replace(table, rows=tuple(rows))

    return report.each_table(lambda table: ragged(table) if table.name else table)


@noise("tables", formats=("plain", "txt-tabs", "md"))
def bare_pipes(report: Printed, random: Random) -> Printed:
    """格与格之间只有 "|"."""
    bar = random.choice(("|", " | "))
    lost: list[str] = []

    def lines(table: Table) -> Iterator[Block]:
        for row in table.rows:
            lost.extend(cell.address for cell in row.values if not cell.text.strip())
            yield Line(bar.join(cell.text.replace("\n", "") for cell in row.cells), "row")

    return _once(report, random, lines, "proactive", "applications", "remedies").lose(tuple(lost))


@noise("tables")
def empty_trailing_columns(report: Printed, random: Random) -> Printed:
    """行尾多出空列."""
    count = random.randint(1, 3)

    def pad(row: Row) -> Row:
        last = row.cells[-1] if row.cells else Cell("")
        return row._replace(cells=(*row.cells, *[Cell("", part=last.part if not row.line else Part.LABEL)] * count))

    return report.each_table(lambda t: replace(t, rows=tuple(map(pad, t.rows))) if t.name else t)


@noise("tables", formats=("md", "html"))
def empty_columns_deleted(report: Printed, random: Random) -> Printed:
    """转换器删去一页上全空的列 (MinerU #3613): zeros left blank, whole columns of them deleted after a page break."""
    lost: list[str] = []

    def cut(table: Table) -> Iterator[Block]:
        if not (cuts := _cuts(table)):
            yield table
            return
        above, below = split(table, random.choice(cuts))
        values = [row.values for row in below.rows if len(row.values) == 7]
        empty = {i for i in range(7) if all(row[i].text.strip() in ("", "0") for row in values)}
        yield above
        yield replace(below, rows=tuple(row._replace(cells=tuple(_without(row, empty, lost))) for row in below.rows))

    return _once(report, random, cut, "applications").lose(tuple(lost))


def _without(row: Row, columns: set[int], lost: list[str]) -> Iterator[Cell]:
    gone = {row.values[index] for index in columns} if len(row.values) == 7 else set()
    lost.extend(cell.address for cell in gone)
    return (cell for cell in row.cells if cell not in gone)


@noise("tables")
def note_under_table(report: Printed, random: Random) -> Printed:
    """表下注 “注：含上年度结转数量”."""

    def after(table: Table) -> Iterator[Block]:
        yield table
        yield Line("注：行政复议、行政诉讼数量含上年度结转数量。", "note", 4)

    return _each_block(report, after, "remedies")
