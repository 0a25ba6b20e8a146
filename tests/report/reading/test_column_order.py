"""栏的次序 — in copies that are text the columns are known by their names, wherever these stand; where they cannot be
told, nothing of the table is plain (年报表三、表四)."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, form
from gongkai.report.reading import read_document

BLANK = form(Edition.E2021)
NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
TURNED = (0, 5, 4, 3, 2, 1, 6)
TOTAL_FIRST = (6, 0, 1, 2, 3, 4, 5)
MARKED = (State.DOUBTFUL, State.ABSENT)
NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def values() -> dict[str, list[int]]:
    """A balanced 表三 in which every column says something else."""
    rows = [line.id for line in BLANK.table("applications")]
    told = {row: [0] * 7 for row in rows}
    for row in ("received", "granted", "handled_total"):
        told[row] = [20, 1, 2, 3, 4, 5, 35]
    return told


def in_order(row: Sequence[int], order: Sequence[int]) -> list[str]:
    return [str(row[column]) for column in order]


def read(text: str, suffix: str) -> AnnualReport:
    (document,) = open_documents(f"年报.{suffix}", text.encode())
    assert isinstance(document, Document), document
    return read_document(document)


def page(table: Sequence[str]) -> str:
    title = "青石县人民政府2023年政府信息公开工作年度报告"
    return "\n".join([title, "", "三、收到和处理政府信息公开申请情况", "", *table, ""])


def check(report: AnnualReport, *, is_plain: bool) -> None:
    wrong = {}
    for row, numbers in values().items():
        for column, right in zip(BLANK.table("applications")[0].columns, numbers, strict=True):
            address = f"applications.{row}.{column.id}"
            if report.states.get(address) not in MARKED and report.figures[address] != right:
                wrong[address] = report.figures[address]
    assert wrong == {}
    marked = [a for a, state in report.states.items() if a.startswith("applications.") and state in MARKED]
    assert bool(marked) is not is_plain


def cells(order: Sequence[int], *, is_grouped: bool = True) -> list[str]:
    """Each cell on a line of its own, as a program gives the text of a page."""
    names = [NAMES[column] for column in order]
    outer = [NAMES[column] for column in order if column in (0, 6)]
    if is_grouped:
        inner = [NAMES[column] for column in order if column not in (0, 6)]
        names = [outer[0], "法人或其他组织", *outer[1:], *inner]
    told = [NOTE, "申请人情况", *names]
    for line in BLANK.table("applications"):
        told += [line.label, *in_order(values()[line.id], order)]
    return told


@pytest.mark.parametrize("is_grouped", [True, False])
def test_one_cell_a_line_is_put_under_its_names(is_grouped: bool) -> None:
    check(read(page(cells(TURNED, is_grouped=is_grouped)), "txt"), is_plain=True)


def test_natural_persons_may_stand_behind_the_organisations() -> None:
    check(read(page(cells((1, 2, 3, 4, 5, 0, 6), is_grouped=False)), "txt"), is_plain=True)


def test_a_run_that_has_lost_a_cell_is_in_doubt() -> None:
    lines = cells(TURNED)
    lines.pop(lines.index("（一）予以公开") + 2 if "（一）予以公开" in lines else -3)
    check(read(page(lines), "txt"), is_plain=False)


def test_a_total_that_may_stand_first_is_left_to_the_sums() -> None:
    lines = [NOTE, "申请人情况", "总", "计", "自然", "人", "法人或其他组织", "商业", "企业", "科研", "机构"]
    lines += ["社会公益", "组织", "法律服务", "机构", "其", "他"]
    for order, is_plain in ((TOTAL_FIRST, False), (range(7), True)):
        rows = [" ".join([line.label, *in_order(values()[line.id], order)]) for line in BLANK.table("applications")]
        check(read(page([*lines, *rows]), "txt"), is_plain=is_plain)


def piped(rows: Sequence[Sequence[str]]) -> list[str]:
    told = ["| " + " | ".join(row) + " |" for row in rows]
    return [told[0], "|" + "---|" * len(rows[0]), *told[1:], ""]


@pytest.mark.parametrize("order", [TURNED, TOTAL_FIRST])
def test_a_data_frame_with_numbered_rows_has_its_heading_in_its_rows(order: Sequence[int]) -> None:
    names = [[NOTE, *["申请人情况"] * 7], [NOTE, *[NAMES[column] for column in order]]]
    rows = [[line.label, *in_order(values()[line.id], order)] for line in BLANK.table("applications")]
    numbered = [[str(at), *row] for at, row in enumerate([*names, *rows])]
    check(read(page(piped([["", *map(str, range(8))], *numbered])), "md"), is_plain=True)


@pytest.mark.parametrize("cut", [2, 9, 20])
def test_a_table_without_a_heading_goes_on_under_that_of_the_first(cut: int) -> None:
    heading = [NOTE, *[NAMES[column] for column in TURNED]]
    rows = [[line.label, *in_order(values()[line.id], TURNED)] for line in BLANK.table("applications")]
    check(read(page([*piped([heading, *rows[:cut]]), *piped(rows[cut:])]), "md"), is_plain=True)


def test_litigation_before_review_is_seen_though_the_results_are_torn() -> None:
    torn = [*"结结其尚总果果他未计维纠结审持正果结"]
    heading = ["行政诉讼", "行政复议", "未经复议直接起诉", "复议后起诉", *torn, *torn, *torn]
    figures = ["3", "0", "0", "0", "3", "0", "5", "0", "0", "5", "1", "0", "0", "0", "1"]
    told = [*cells(range(7)), "四、政府信息公开行政复议、行政诉讼情况", *heading, *figures]
    report = read(page(told), "txt")
    assert {report.states.get(address) for address in BLANK.addresses_of("remedies")} == {State.DOUBTFUL}


def test_of_two_tables_a_row_found_once_may_be_of_either() -> None:
    """Last year's table is printed first; one row of this year's has lost its name."""
    lines = BLANK.table("applications")
    last = [" ".join([line.label, *in_order([1, 0, 0, 0, 0, 0, 1], range(7))]) for line in lines]
    this = [" ".join([line.label, *in_order(values()[line.id], range(7))]) for line in lines if line.id != "granted"]
    check(read(page([NOTE, "自然人 " + " ".join(NAMES[1:]), *last, *this]), "txt"), is_plain=False)
