"""表二的栏 — columns are known by their names, not by their places; what a blank has torn is marked (条例 第二十条)."""

from __future__ import annotations

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, form
from gongkai.report.reading import read_document
from tests.documents import make

GRIDS = ("html", "csv", "xlsx", "docx", "pdf")
RIGHT = {"made": 3, "repealed": 1, "in_force": 12}
NAMES = {"made": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
LAST = "上年现行有效件数"
MARKED = (State.DOUBTFUL, State.ABSENT)


def read(table: list[list[make.Cell]], format_: str) -> AnnualReport:
    rows: list[list[make.Cell]] = [
        [line.label, *[str(n + 1)] * 6, str(6 * (n + 1))]
        for n, line in enumerate(form(Edition.E2021).table("applications"))
    ]
    blocks: list[make.Block] = [
        "青石县人民政府2023年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        table,
        "三、收到和处理政府信息公开申请情况",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        rows,
    ]
    (document,) = open_documents(make.name(format_), make.render(blocks, format_))
    assert isinstance(document, Document), document
    return read_document(document)


def table(columns: list[str], values: list[str], fee: str = "8.5") -> list[list[make.Cell]]:
    wide = len(columns) + 1
    return [
        [("第二十条第（一）项", wide, 1)],
        ["信息内容", *columns],
        ["规章", *["0"] * len(columns)],
        ["行政规范性文件", *values],
        [("第二十条第（八）项", wide, 1)],
        ["信息内容", ("本年收费金额（单位：万元）", wide - 1, 1)],
        ["行政事业性收费", (fee, wide - 1, 1)],
    ]


def figures(report: AnnualReport) -> dict[str, object]:
    return {column: report.figures[f"proactive.normative_documents.{column}"] for column in RIGHT}


@pytest.mark.parametrize("format_", GRIDS)
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_column_of_last_year_beside_this_years_is_not_read(format_: str, at: int) -> None:
    columns, values = list(NAMES.values()), [str(value) for value in RIGHT.values()]
    report = read(table([*columns[:at], LAST, *columns[at:]], [*values[:at], "11", *values[at:]]), format_)
    assert figures(report) == RIGHT
    assert not [a for a in report.states if a.startswith("proactive.normative")]


@pytest.mark.parametrize("format_", GRIDS)
@pytest.mark.parametrize(("at", "name"), [(3, "其中：本级现行有效件数"), (1, "其中：联合制发件数")])
def test_a_part_of_a_column_is_not_read_for_the_column(format_: str, at: int, name: str) -> None:
    columns, values = list(NAMES.values()), [str(value) for value in RIGHT.values()]
    report = read(table([*columns[:at], name, *columns[at:]], [*values[:at], "2", *values[at:]]), format_)
    for column, value in figures(report).items():
        assert value == RIGHT[column] or report.states.get(f"proactive.normative_documents.{column}") in MARKED


@pytest.mark.parametrize("format_", GRIDS)
@pytest.mark.parametrize("order", [("in_force", "made", "repealed"), ("made", "in_force", "repealed")])
def test_columns_in_another_order_are_read_by_their_names(format_: str, order: tuple[str, ...]) -> None:
    report = read(table([NAMES[c] for c in order], [str(RIGHT[c]) for c in order]), format_)
    assert figures(report) == RIGHT


@pytest.mark.parametrize("order", [("in_force", "made", "repealed"), ("made", "in_force", "repealed")])
def test_in_lines_of_text_another_order_is_marked(order: tuple[str, ...]) -> None:
    report = read(table([NAMES[c] for c in order], [str(RIGHT[c]) for c in order]), "txt-tabs")
    for column, value in figures(report).items():
        assert value == RIGHT[column] or report.states[f"proactive.normative_documents.{column}"] in MARKED


@pytest.mark.parametrize("format_", ["html", "docx", "pdf"])
def test_an_amount_torn_by_a_blank_is_whole_or_marked(format_: str) -> None:
    report = read(table(list(NAMES.values()), ["3", "1", "12"], "25. 10"), format_)
    (fee,) = (a for a in report.form.addresses if a.startswith("proactive.fees"))
    assert str(report.figures[fee]) == "25.10" or report.states.get(fee) in MARKED
