"""印年报 — figures to a report as the official form prints it: title, six sections, three tables (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from gongkai.report.figures import Value
from gongkai.report.form import Edition, Form, Line
from tests.noise.printed import Block, Cell, Part, Printed, Row, Table
from tests.noise.printed import Line as Text

AGENCIES = (
    "青石县人民政府",
    "白沙区住房和城乡建设局",
    "柳溪镇人民政府",
    "沭阳县发展和改革局",
    "云岭市人民政府办公室",
    "河湾乡人民政府",
)
BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"


def printed(random: Random, blank: Form, figures: Mapping[str, Value], format_: str) -> Printed:
    """印年报 — one plain report, no noise in it."""
    agency = random.choice(AGENCIES)
    year = random.choice((2019, 2020) if blank.edition is Edition.E2019 else (2021, 2022, 2023, 2024, 2025))
    shown = {address: show(value) for address, value in figures.items()}
    blocks = tuple(_blocks(random, blank, shown, agency, year))
    return Printed(blank, format_, agency, year, dict(figures), blocks)


def show(value: Value) -> str:
    """印出的数 — how a figure is printed when nothing is odd."""
    return "" if value is None else format(value, "f") if not isinstance(value, int) else str(value)


def _blocks(random: Random, blank: Form, shown: Mapping[str, str], agency: str, year: int) -> Iterator[Block]:
    yield Text(f"{agency}{year}年政府信息公开工作年度报告", "title")
    yield Text(
        f"本报告根据《中华人民共和国政府信息公开条例》编制。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        "如有疑问，请与本机关办公室联系（电话：0000-1234567）。",
        "preface",
    )
    tables = {2: proactive(blank, shown), 3: applications(blank, shown), 4: remedies(blank, shown)}
    prose = {
        1: _overview(random, shown, year),
        5: (
            "对照群众期盼，答复文书的规范程度还有差距。",
            f"{year + 1}年，我们将逐件复盘、补齐短板，并组织2期业务培训。",
        ),
        6: (f"{year}年，本机关收取信息处理费0元。无其他需要报告的事项。",),
    }
    for number, heading in enumerate(blank.headings, 1):
        yield Text(f"{'一二三四五六'[number - 1]}、{heading}", "heading", number)
        for text in prose.get(number, ()):
            yield Text(text, "prose", number)
        if number in tables:
            yield tables[number]
    yield Text(agency, "signature", 6)
    yield Text(f"{year + 1}年1月{random.randint(4, 28)}日", "signature", 6)


def _overview(random: Random, shown: Mapping[str, str], year: int) -> Iterator[str]:
    received, closed = shown["applications.received.total"], shown["applications.handled_total.total"]
    yield f"（一）主动公开。{year}年，通过门户网站公开各类信息{random.randint(20, 3000)}条。"
    yield f"（二）依申请公开。全年新收政府信息公开申请{received}件，办结{closed}件，均按期答复。"
    yield "（三）政府信息管理。坚持先审查、后公开，逐件确定公开属性。"
    yield f"（四）平台建设。维护政务新媒体账号{random.randint(1, 9)}个，更新栏目{random.randint(1, 20)}个。"
    yield "（五）监督保障。把信息公开列入年度考核，组织业务培训2次，无责任追究情形。"


def _value(address: str, shown: Mapping[str, str], columns: int = 1) -> Cell:
    return Cell(shown[address], columns, 1, Part.VALUE, address)


def _heading(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, columns, rows, Part.HEADING)


def proactive(blank: Form, shown: Mapping[str, str]) -> Table:
    """表二 — four columns; where a block has fewer, its last columns are merged."""
    rows: list[Row] = []
    item = None
    for line in blank.table("proactive"):
        widths = _widths(len(line.columns))
        if line.item != item:
            item = line.item
            rows.append(Row((_heading(str(item), 4),)))
            headings = (_heading(c.label, w) for c, w in zip(line.columns, widths, strict=True))
            rows.append(Row((_heading("信息内容"), *headings)))
        values = (_value(a, shown, w) for a, w in zip(line.addresses, widths, strict=True))
        rows.append(Row((Cell(line.label), *values), line.id))
    return Table("proactive", tuple(rows))


def _widths(count: int) -> tuple[int, ...]:
    return {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[count]


def applications(blank: Form, shown: Mapping[str, str]) -> Table:
    """表三 — three columns of labels and seven of figures, under three rows of headings."""
    lines = blank.table("applications")
    first, *organisations, total = lines[0].columns
    rows = [
        Row((_heading(BALANCE, 3, 3), _heading("申请人情况", 7))),
        Row((_heading(first.label, 1, 2), _heading("法人或其他组织", 5), _heading(total.label, 1, 2))),
        Row(tuple(_heading(column.label) for column in organisations)),
    ]
    inside = [line for line in lines if line.result or line.id == "handled_total"]
    for line in lines:
        labels = tuple(_labels(line, lines, inside))
        rows.append(Row((*labels, *(_value(address, shown) for address in line.addresses)), line.id))
    return Table("applications", tuple(rows))


def _labels(line: Line, lines: tuple[Line, ...], inside: list[Line]) -> Iterator[Cell]:
    if line not in inside:
        yield Cell(line.label, 3)
        return
    if line is inside[0]:
        yield Cell(RESULTS, 1, len(inside), Part.GROUP)
    if line.group is None:
        yield Cell(line.label, 2)
        return
    group = [other for other in lines if other.group == line.group]
    if line is group[0]:
        yield Cell(line.group, 1, len(group), Part.GROUP)
    yield Cell(line.label)


def remedies(blank: Form, shown: Mapping[str, str]) -> Table:
    """表四 — fifteen columns of figures in one row, no label beside them."""
    review, *suits = blank.table("remedies")
    results = tuple(column.label for column in review.columns)
    return Table(
        "remedies",
        (
            Row((_heading("行政复议", 5), _heading("行政诉讼", 10))),
            Row((*(_heading(r, 1, 2) for r in results), *(_heading(suit.label, 5) for suit in suits))),
            Row(tuple(_heading(r) for _ in suits for r in results)),
            Row(tuple(_value(a, shown) for line in (review, *suits) for a in line.addresses), "remedies"),
        ),
    )
