"""汇总年报 — a total is the sum of what was read, and names what was not (条例 第四十九条、第五十条)."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Document, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.report.equations import Balance, evaluate
from gongkai.report.figures import AnnualReport, State, Value
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.total import FORMATS, Left, TotalError, total, write_total
from tests.conftest import RealReport
from tests.noise.balanced import SHAPES
from tests.report.balanced import balanced_reports, report_of
from tests.report.written import read_back

ROW, FEES, TOTAL = "applications.granted.business", "proactive.fees.amount", "applications.granted.total"
NEW = form(Edition.E2021)


def named(agency: str, report: AnnualReport, year: int | None = 2023) -> AnnualReport:
    return replace(report, agency=agency, year=year, source=f"{agency}.docx")


def counted(count: int) -> dict[str, Value]:
    """So many requests of businesses, all granted: figures that balance."""
    rows = ("received", "granted", "handled_total")
    return {f"applications.{row}.{column}": count for row in rows for column in ("business", "total")}


def some(count: int) -> list[AnnualReport]:
    return [named(f"{n}局", report_of(NEW, counted(n + 1))) for n in range(count)]


@settings(max_examples=40, deadline=None)
@given(st.lists(balanced_reports(blanks=False), min_size=1, max_size=5))
def test_a_total_of_balanced_reports_balances(reports: list[AnnualReport]) -> None:
    added = total(reports)
    assert {verdict.balance for verdict in evaluate(added.report)} == {Balance.HOLDS}
    assert added.is_certain


@settings(max_examples=40, deadline=None)
@given(st.lists(balanced_reports(), min_size=1, max_size=5))
def test_every_sum_is_the_sum_of_its_parts(reports: list[AnnualReport]) -> None:
    for address, s in total(reports).sums.items():
        assert len(s.parts) == len(reports), address
        assert s.value == (sum(p for p in s.parts if p is not None) if any(p is not None for p in s.parts) else None)
        assert {n for n, part in enumerate(s.parts) if part is None} == set(s.left)


@settings(max_examples=40, deadline=None)
@given(st.lists(balanced_reports(), min_size=2, max_size=4), st.randoms())
def test_the_order_of_the_files_does_not_matter(reports: list[AnnualReport], random: object) -> None:
    turned = reports[::-1]
    assert {a: s.value for a, s in total(reports).sums.items()} == {a: s.value for a, s in total(turned).sums.items()}


@pytest.mark.parametrize(
    ("state", "value", "left", "found", "whole"),
    [
        (State.BLANK, None, Left.BLANK, 3, None),
        (State.ABSENT, None, Left.ABSENT, 3, State.DOUBTFUL),
        (State.DOUBTFUL, 9, Left.DOUBTFUL, 12, State.DOUBTFUL),
        (State.INFERRED, 9, None, 12, None),
    ],
)
def test_what_was_not_plainly_read_is_named(
    state: State, value: int | None, left: Left | None, found: int, whole: State | None
) -> None:
    odd = replace(named("丙局", report_of(NEW, {})), states={ROW: state})
    odd = replace(odd, figures={**odd.figures, **counted(value or 0), ROW: value})
    added = total([*some(2), odd])
    assert (added.sums[ROW].value, added.sums[ROW].state) == (found, whole)
    assert added.left(2) == ({left: (ROW,)} if left else {})
    assert added.is_certain is (left in (None, Left.BLANK))
    (document,) = open_documents("汇总.docx", write_total(added, "docx"))
    assert isinstance(document, Document)
    told = [b.text for view in document.views() for b in view.blocks if isinstance(b, Paragraph)]
    assert any(text.startswith("丙局：表三“（一）予以公开”行“商业企业”栏") for text in told) is (left is not None)


def test_where_nobody_filled_it_in_the_total_is_blank_and_where_nobody_can_be_read_it_is_absent() -> None:
    for state in (State.BLANK, State.ABSENT):
        reports = [replace(r, figures={**r.figures, ROW: None}, states={ROW: state}) for r in some(2)]
        assert total(reports).sums[ROW][:2] == (None, state)


def test_money_of_an_unknown_unit_is_never_added() -> None:
    known, unknown = (named(f"{n}局", report_of(NEW, {FEES: Decimal("1.25")})) for n in (1, 2))
    added = total([known, replace(unknown, units={FEES: "unknown"})])
    assert (added.sums[FEES].value, added.sums[FEES].state) == (Decimal("1.25"), State.DOUBTFUL)
    assert added.left(1) == {Left.UNIT: (FEES,)}
    assert total([known, unknown]).sums[FEES].value == Decimal("2.50")


def test_different_years_are_refused_by_name() -> None:
    with pytest.raises(TotalError, match=r"甲局\.docx 是 2022 年度，乙局\.docx 是 2023 年度"):
        total([named("乙局", report_of(NEW, {})), named("甲局", report_of(NEW, {}), 2022)])
    with pytest.raises(TotalError):
        total([])


def test_the_same_body_twice_is_a_warning() -> None:
    (one, other) = some(2)
    assert total([one, other]).findings == ()
    (finding,) = total([one, other, replace(one, source="又一份.pdf", title="年报")]).findings
    assert finding.rule == "structure.same_body_twice"
    assert "0局有 2 份年报（0局.docx、又一份.pdf）" in finding.message
    (finding,) = total([one, replace(other, year=None)]).findings
    assert finding.rule == "structure.year_unknown"


@pytest.mark.parametrize("second", SHAPES)
@pytest.mark.parametrize("first", SHAPES)
def test_editions_and_shapes_are_added_on_the_level_they_share(
    first: tuple[Edition, OtherHandling], second: tuple[Edition, OtherHandling]
) -> None:
    reports = []
    for shape in (first, second):
        of = form(*shape)
        row = next(line.id for line in of.table("applications") if line.id.startswith("other_handling"))
        figures = {f"applications.{row}.business": 2, "proactive.licensing.decisions": 3}
        reports.append(named(f"{len(reports)}局", report_of(of, figures)))
    added = total(reports)
    assert added.sums["proactive.licensing.decisions"].value == 6
    assert sum(int(s.value or 0) for a, s in added.sums.items() if a.startswith("applications.other")) == 4
    assert bool(added.apart) is (first[0] != second[0])
    assert added.report.other_handling is (first[1] if first == second else OtherHandling.ROW)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
@settings(max_examples=5, deadline=None)
@given(reports=st.lists(balanced_reports(blanks=False), min_size=1, max_size=3))
def test_a_written_total_reads_back_figure_for_figure(suffix: str, reports: list[AnnualReport]) -> None:
    added = total([named(f"{n}局", report) for n, report in enumerate(reports)])
    read = read_back(write_total(added, suffix), suffix)
    assert {a: read.figures[a] for a in added.sums} == {a: s.value for a, s in added.sums.items()}


def test_the_sheet_has_every_part_as_a_number() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_total(total(some(3)), "xlsx")))
    rows = [[cell.value for cell in row] for row in book["各单位数据"].iter_rows()]
    assert ["表", "项", "栏", "合计", "0局", "1局", "2局"] in rows
    assert ["表三", "（一）予以公开", "商业企业", 6, 1, 2, 3] in rows


def test_json_lists_parts_and_what_was_left_out() -> None:
    one, other = some(2)
    blank = replace(other, figures={**report_of(NEW, {}).figures, ROW: None}, states={ROW: State.BLANK})
    data = json.loads(write_total(total([one, blank]), "json"))
    assert data["format"] == "gongkai.total/1"
    assert (data["figures"][ROW], data["parts"][ROW], data["left"]) == (
        1,
        [1, None],
        {ROW: [{"report": 1, "kind": "blank"}]},
    )
    assert [report["agency"] for report in data["reports"]] == ["0局", "1局"]


def test_real_reports_of_one_year_add_up(real_reports: list[RealReport]) -> None:
    reports = [
        named(r.name, read_back(r.path.read_bytes(), r.path.suffix[1:]), 2021)
        for r in real_reports
        if r.expected["year"] == 2021
    ]
    added = total(reports)
    assert len(reports) == 3
    expected = sum(
        r.expected["figures"]["applications.received.total"] for r in real_reports if r.expected["year"] == 2021
    )
    assert added.sums["applications.received.total"].value == expected
    assert all(write_total(added, suffix) for suffix in FORMATS)


def with_error(report: AnnualReport) -> AnnualReport:
    """The same, with a total that its row does not come to."""
    return replace(report, figures={**report.figures, TOTAL: 99})


def text_of(data: bytes, suffix: str) -> str:
    (document,) = open_documents(f"汇总.{suffix}", data)
    assert isinstance(document, Document)
    blocks = next(document.views()).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_a_report_with_errors_is_named_before_the_sums(suffix: str) -> None:
    sound, wrong = (named(body, report_of(NEW, {TOTAL: 0})) for body in ("甲局", "乙局"))
    added = total([sound, with_error(wrong)])
    (finding,) = added.findings
    assert (finding.rule, added.errors, added.is_certain) == ("structure.report_has_errors", (0, 1), False)
    assert TOTAL in finding.figures
    assert added.sums[TOTAL].left == {1: Left.ERROR}
    assert added.sums[TOTAL].value == 99
    data = write_total(added, suffix)
    text = text_of(data, suffix)
    assert "甲局、乙局（有 1 处错误）" in text
    assert "数据齐全" not in text
    assert text.index("乙局的年报（乙局.docx）还有 1 处错误") < text.index("五、说明")
    assert read_back(data, suffix).figures[TOTAL] == 99


def test_the_sheet_marks_the_row_of_a_wrong_figure() -> None:
    added = total([named("甲局", report_of(NEW, {})), with_error(named("乙局", report_of(NEW, {})))])
    book = openpyxl.load_workbook(io.BytesIO(write_total(added, "xlsx")))
    rows = [[cell.value for cell in row] for row in book["各单位数据"].iter_rows()]
    assert ["表", "项", "栏", "合计", "甲局", "乙局", "说明"] in rows
    assert ["表三", "（一）予以公开", "总计", 99, 0, 99, "乙局有错误"] in rows


def test_a_file_given_twice_counts_once() -> None:
    one, other = (replace(report, title="年度报告") for report in some(2))
    added = total([one, replace(one, source="副本.docx"), other])
    assert (len(added.reports), added.repeated) == (2, (("副本.docx", "0局.docx"),))
    assert added.sums[ROW].value == 1 + 2
    (finding,) = added.findings
    assert finding.message == "副本.docx与0局.docx完全相同，只计一次。"
    changed = replace(one, source="又一份.docx", signed_on="2024-01-09")
    assert [f.rule for f in total([one, changed]).findings] == ["structure.same_body_twice"]


def test_figures_without_a_name_may_be_the_same() -> None:
    nameless = replace(report_of(NEW, {}), year=2023)
    assert len(total([nameless, nameless]).reports) == 2
