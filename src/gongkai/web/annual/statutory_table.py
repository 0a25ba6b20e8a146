"""法定表格 — the three tables of a report as rows of merged cells, as the form prints them (条例 第五十条第二款)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.report.form import Form, Line

BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
RESULTS = "三、本年度办理结果"
CAPTIONS = {
    "proactive": "表二　主动公开政府信息情况",
    "applications": "表三　收到和处理政府信息公开申请情况",
    "remedies": "表四　政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True, slots=True)
class Head:
    """表头格 — a printed label. `scope` as in HTML; `id` is what figures name it by."""

    id: str
    label: str
    columns: int = 1
    rows: int = 1
    scope: str = "col"
    kind: str = ""
    is_head: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """数据格 — the place of one figure; `headers`: the ids of the labels that speak of it."""

    address: str
    headers: str
    columns: int = 1
    is_total: bool = False
    is_head: bool = False


Row = tuple[Head | Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """表 — caption, the rows of its head and of its body, and how many columns its grid has."""

    name: str
    caption: str
    head: tuple[Row, ...]
    body: tuple[Row, ...]


def table(form: Form, name: str) -> Table:
    """表 — one of proactive 表二, applications 表三, remedies 表四, laid out as the form prints it (条例 第五十条)."""
    head, body = {"proactive": _proactive, "applications": _applications, "remedies": _remedies}[name](form)
    return Table(name, CAPTIONS[name], tuple(head), tuple(body))


def _proactive(form: Form) -> tuple[list[Row], list[Row]]:
    """Four columns; where a block has fewer, its last ones are merged."""
    body: list[Row] = []
    item = None
    for number, line in enumerate(form.table("proactive")):
        widths = {1: (3,), 2: (1, 2), 3: (1, 1, 1)}[len(line.columns)]
        if line.item != item:
            item, block = line.item, number
            body.append((Head(f"p{block}", str(item), 4, scope="colgroup", kind="band"),))
            heads = (
                Head(f"p{block}{column.id}", column.label, width)
                for column, width in zip(line.columns, widths, strict=True)
            )
            body.append((Head(f"p{block}what", "信息内容"), *heads))
        figures = (
            Figure(address, f"p{block} p{block}{column.id} p-{line.id}", width)
            for column, address, width in zip(line.columns, line.addresses, widths, strict=True)
        )
        body.append((Head(f"p-{line.id}", line.label, scope="row", kind="label"), *figures))
    return [], body


def _applications(form: Form) -> tuple[list[Row], list[Row]]:
    """Three columns of labels and seven of figures, under three rows of headings."""
    lines = form.table("applications")
    first, *organisations, total = lines[0].columns
    head: list[Row] = [
        (Head("a-balance", BALANCE, 3, 3, kind="hint"), Head("a-who", "申请人情况", 7, scope="colgroup")),
        (
            Head(f"a-{first.id}", first.label, rows=2),
            Head("a-organisations", "法人或其他组织", 5, scope="colgroup"),
            Head(f"a-{total.id}", total.label, rows=2),
        ),
        tuple(Head(f"a-{column.id}", column.label) for column in organisations),
    ]
    inside = [line for line in lines if line.result or line.id == "handled_total"]
    body: list[Row] = []
    for line in lines:
        labels = tuple(_labels(line, lines, inside))
        named = " ".join(_spoken(line, inside))
        figures = (
            Figure(address, f"a-{column.id} {named}", is_total=column is total or line.id == "handled_total")
            for column, address in zip(line.columns, line.addresses, strict=True)
        )
        body.append((*labels, *figures))
    return head, body


def _labels(line: Line, lines: tuple[Line, ...], inside: list[Line]) -> Iterator[Head]:
    own = f"a-{line.id.replace('.', '-')}"
    kind = "total" if line.id == "handled_total" else "label"
    if line not in inside:
        yield Head(own, line.label, 3, scope="row", kind=kind)
        return
    if line is inside[0]:
        yield Head("a-results", RESULTS, 1, len(inside), scope="rowgroup", kind="side")
    if line.group is None:
        yield Head(own, line.label, 2, scope="row", kind=kind)
        return
    group = [other for other in lines if other.group == line.group]
    if line is group[0]:
        yield Head(_group(line), line.group, 1, len(group), scope="rowgroup", kind="group")
    yield Head(own, line.label, scope="row", kind=kind)


def _spoken(line: Line, inside: list[Line]) -> Iterator[str]:
    if line in inside:
        yield "a-results"
    if line.group is not None:
        yield _group(line)
    yield f"a-{line.id.replace('.', '-')}"


def _group(line: Line) -> str:
    return f"a-group-{line.id.partition('.')[0]}"


def _remedies(form: Form) -> tuple[list[Row], list[Row]]:
    """Fifteen columns of figures in one row, no label beside them."""
    review, *suits = form.table("remedies")
    results = review.columns
    head: list[Row] = [
        (
            Head("r-review", review.label, 5, scope="colgroup"),
            Head("r-suits", str(suits[0].group), 10, scope="colgroup"),
        ),
        (
            *(Head(f"r-review-{c.id}", c.label, rows=2) for c in results),
            *(Head(f"r-{suit.id}", suit.label, 5, scope="colgroup") for suit in suits),
        ),
        tuple(Head(f"r-{suit.id}-{c.id}", c.label) for suit in suits for c in results),
    ]
    figures = [
        Figure(address, f"r-review r-review-{c.id}", is_total=c.id == "total")
        for c, address in zip(results, review.addresses, strict=True)
    ]
    for suit in suits:
        figures += [
            Figure(address, f"r-suits r-{suit.id} r-{suit.id}-{c.id}", is_total=c.id == "total")
            for c, address in zip(results, suit.addresses, strict=True)
        ]
    return head, [tuple(figures)]
