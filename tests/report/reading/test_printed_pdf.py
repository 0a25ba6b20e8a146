"""印出的数不改 — figures printed plainly on a page are read as printed, whatever the sums say (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition, form
from gongkai.report.reading import read_document
from tests.documents import make

BLANK = form(Edition.E2021)
TOTAL = "applications.received.total"
MARKED = (State.DOUBTFUL, State.ABSENT)
ENDS = (390, 420, 450, 480, 510, 536, 555)
"""Where on the page the numbers of 表三 end: the last two columns stand so near that wide numbers nearly touch."""


def figures() -> dict[str, Value]:
    """Many applications, so that every row of sums has three digits or more."""
    values: dict[str, Value] = {address: 0 for address in BLANK.addresses}
    for at, column in enumerate(BLANK.table("applications")[0].addresses):
        applicant = column.rpartition(".")[2]
        count = 201 + 7 * at if at < 6 else 6 * 201 + 7 * 15
        for row in ("received", "granted", "handled_total"):
            values[f"applications.{row}.{applicant}"] = count
    return values


def paper(values: Mapping[str, Value], broken: Sequence[str] = (), below: Sequence[str] = (), head: str = "") -> bytes:
    """A page without ruling lines, each number set to end at its column; the first number of the rows that are
    `broken` goes on in the line below. `below`: what a second page shows."""
    page, high = [], 820.0

    def line(text: str, numbers: tuple[str, ...] = (), ends: tuple[int, ...] = ()) -> None:
        nonlocal high
        high -= 13
        page.append(make._shown(40, high, text))
        for number, end in zip(numbers, ends, strict=True):
            page.append(make._shown(end - 4 * len(number), high, number))

    if head:
        line(head)
    line("青石县人民政府2023年政府信息公开工作年度报告")
    line("三、收到和处理政府信息公开申请情况")
    line("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）")
    for row in BLANK.table("applications"):
        shown = tuple(str(values[address]) for address in row.addresses)
        if row.id in broken:
            line(row.label, (shown[0][:-1], *shown[1:]), ENDS)
            line(" ", (shown[0][-1],), ENDS[:1])
        else:
            line(row.label, shown, ENDS)
    return make.pdf_file([" ".join(part).encode() for part in (page, below) if part])


def read(data: bytes, name: str = "年报.pdf") -> AnnualReport:
    (document,) = open_documents(name, data)
    assert isinstance(document, Document), document
    return read_document(document)


@pytest.mark.parametrize("off", [-1, 0, 1, 10])
@pytest.mark.parametrize("row", ["received", "handled_total"])
def test_a_printed_total_that_does_not_add_up_is_read_as_printed(row: str, off: int) -> None:
    values = figures()
    printed = int(values[f"applications.{row}.total"] or 0) + off
    found = read(paper({**values, f"applications.{row}.total": printed}))
    assert found.figures[f"applications.{row}.total"] == printed
    assert found.states.get(f"applications.{row}.total") is None or not off


def test_a_number_broken_in_a_narrow_cell_is_whole_or_marked() -> None:
    values = {**figures(), "applications.granted.total": 1}  # a fault of the report's own
    found = read(paper(values, broken=("received", "handled_total")))
    for row in BLANK.table("applications"):
        for address in row.addresses:
            assert found.figures[address] == values[address] or found.states.get(address) in MARKED, address


def test_a_number_of_remedies_broken_in_its_cell_is_marked() -> None:
    page = [make._shown(40, 800, "青石县人民政府2023年政府信息公开工作年度报告")]
    page.append(make._shown(40, 780, "四、政府信息公开行政复议、行政诉讼情况"))
    for at, count in enumerate([1, 12, 3, 0, 16, *[0] * 10]):
        page += [make._shown(40 + 30 * at, 740 - 12 * line, digit) for line, digit in enumerate(str(count))]
    page.append(make._shown(40, 700, "五、存在的主要问题及改进情况"))
    found = read(paper(figures(), below=page))
    assert found.states["remedies.reconsideration.corrected"] in MARKED


def test_the_running_head_of_another_report_names_no_body() -> None:
    head = "云岭市人民政府办公室2019年政府信息公开工作年度报告"
    below = [make._shown(40, 800, head), make._shown(40, 780, "五、存在的主要问题及改进情况")]
    found = read(paper(figures(), head=head, below=below))
    assert (found.agency, found.year) == ("青石县人民政府", 2023)
