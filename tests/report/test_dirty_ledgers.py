"""脏台账 — every kind of dirt, alone and together: read as the truth has it, or its cells named (条例 第五十条)."""

from __future__ import annotations

import contextlib
import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.columns.values import CellError, read_date
from gongkai.documents.document import DocumentError
from gongkai.report.ledger import Ledger, LedgerError, Stopped
from gongkai.report.ledger.spreadsheet import from_file
from tests.report import dirty_ledgers as dirty


def read_truth(ledger: Ledger) -> dirty.Truth:
    found: dirty.Truth = {}
    for request in ledger.requests:
        acts = [
            (f"{act.kind.value} {act.answer.value}" if act.answer else act.kind.value, act.on) for act in request.acts
        ]
        found[request.id] = request.applicant.value, tuple(acts)
    return found


def check(sheet: dirty.Sheet, true: dirty.Truth, data: bytes, name: str = "a.xlsx") -> None:
    ledger, _ = from_file(name, data)
    said = [each.template.format(**each.values) for each in ledger.stopped]
    assert {each.id for each in ledger.stopped} == sheet.stopped, said
    assert read_truth(ledger) == {number: case for number, case in true.items() if number not in sheet.stopped}


@pytest.mark.parametrize("kind", dirty.READABLE)
def test_a_kind_of_dirt_is_read(kind: str) -> None:
    for seed in range(3):
        sheet = dirty.clean(seed)
        true = dirty.truth(sheet)
        dirty.READABLE[kind](sheet)
        check(sheet, true, dirty.workbook(sheet))


@pytest.mark.parametrize("kind", dirty.UNREADABLE)
def test_what_cannot_be_read_is_named_and_stops_its_row(kind: str) -> None:
    sheet = dirty.clean(5)
    true = dirty.truth(sheet)
    dirty.spoil(sheet, kind, 4)
    check(sheet, true, dirty.workbook(sheet))
    ledger, _ = from_file("a.xlsx", dirty.workbook(sheet))
    (stopped,) = ledger.stopped
    assert (stopped.sheet, stopped.row) == ("第1册", 6)
    assert dirty.HEADS[ord(stopped.column) - 65] == dirty.UNREADABLE[kind][0]


SAME_CELLS = [
    {"points", "slashes", "characters", "numerals", "serials", "six figures", "eight figures", "hours"}
    | {"weekdays", "short years", "full width", "days without a year"},
    {"items", "a path", "the same as above"},
    {"merged down", "heads again", "two sheets"},
    {"the same as above", "two sheets"},
    {"heads in two rows", "other heads", "merged down", "columns in another order", "words for nothing"},
]
"""Kinds that dirty the same cells: one of each group at a time."""


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.sets(st.sampled_from(sorted(dirty.READABLE)), min_size=2, max_size=9),
    st.dictionaries(st.integers(0, 11), st.sampled_from(sorted(dirty.UNREADABLE)), max_size=3),
)
def test_kinds_of_dirt_together_are_read_or_named(seed: int, kinds: set[str], wrong: dict[int, str]) -> None:
    for group in SAME_CELLS:
        for extra in sorted(kinds & group)[1:]:
            kinds.discard(extra)
    sheet = dirty.clean(seed)
    true = dirty.truth(sheet)
    if "days without a year" in kinds:
        wrong = {at: kind for at, kind in wrong.items() if kind != "no year"}
    if kinds & {"heads in two rows", "other heads", "the same as above"}:
        wrong = {}
    for kind in dirty.READABLE:
        if kind in kinds and kind != "other heads" and kind != "heads in two rows":
            dirty.READABLE[kind](sheet)
    for at, kind in wrong.items():
        dirty.spoil(sheet, kind, at)
    for kind in kinds & {"other heads", "heads in two rows"}:
        dirty.READABLE[kind](sheet)
    check(sheet, true, dirty.workbook(sheet))


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8-sig", ","), ("gb18030", ","), ("utf-8", ";"), ("utf-16", "\t")])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str, sign: str) -> None:
    sheet = dirty.clean(3)
    true = dirty.truth(sheet)
    dirty.READABLE["characters"](sheet)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign)
    writer.writerows([sheet.heads, *([row.get(head, "") for head in sheet.heads] for row in sheet.rows)])
    check(sheet, true, out.getvalue().encode(encoding), "a.csv")


def test_a_hundred_strange_files_are_refused_in_a_sentence_or_read() -> None:
    for name, data in dirty.strange(100):
        stopped: tuple[Stopped, ...] = ()
        with contextlib.suppress(LedgerError, DocumentError):
            stopped = from_file(name, data)[0].stopped
        for each in stopped:
            assert each.template.format(**each.values)


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_an_act_a_row_is_read_and_a_wrong_act_stops_itself() -> None:
    data = book(
        ["编号", "申请人类别", "办理行为", "日期", "接收渠道", "工作日", "答复种类"],
        ["A", "自然人", "登记申请", "2026-03-02", "当面提交"],
        ["A", None, "告知延长答复", "2026-03-20", None, "15个工作日"],
        ["A", None, "飞行", "2026-03-21"],
        ["A", None, "送达答复", "2026-04-01", None, None, "部分公开"],
        ["B", "猫", "登记申请", "2026-03-02"],
    )
    ledger, _ = from_file("a.xlsx", data)
    assert [(each.id, [act.kind.value for act in each.acts]) for each in ledger.requests] == [
        ("A", ["register", "extend", "deliver"])
    ]
    assert [(each.place["row"], each.place["column"]) for each in ledger.unreadable["A"]] == [(4, "C")]
    assert {each.id for each in ledger.stopped} == {"B"}


def test_remedies_stand_on_a_sheet_of_their_own() -> None:
    data = book(
        ["编号", "申请人类别", "收到日期"],
        ["A", "自然人", "2026-03-02"],
        [],
        ["案号", "案件类别", "受理日期", "结案日期", "案件结果"],
        ["R1", "行政复议", "2026.5.6", "2026.7.1", "维持"],
        ["R2", "行政诉讼", "2026.5.6"],
    )
    ledger, _ = from_file("a.xlsx", data)
    assert [(each.id, each.first.kind.value, each.first.ending) for each in ledger.remedies] == [
        ("R1", "reconsideration", "upheld")
    ]
    assert [(each.id, each.row, each.column) for each in ledger.stopped] == [("R2", 6, "B")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (["A", "自然人", "2026-03-02", "2026-03-20", None, None], "E"),
        (["A", "自然人", "2026-03-02", None, "予以公开", None], "D"),
        (["A", "自然人", "2026-03-02", None, None, "已办结"], "D"),
        (["A", "自然人", "2026-03-02", "2026-03-20", "予以公开", "办理中"], "F"),
        ([None, "自然人", "2026-03-02", None, None, None], "A"),
    ],
)
def test_cells_that_contradict_each_other_stop_the_row(row: list[object], column: str) -> None:
    ledger, _ = from_file("a.xlsx", book(["编号", "申请人类别", "收到日期", "答复日期", "办理结果", "办理状态"], row))
    assert [(each.row, each.column) for each in ledger.stopped] == [(2, column)]
    assert not ledger.requests


def test_a_group_over_a_head_is_not_overlooked() -> None:
    """收到日期 under 征求意见 is the day of a third party, not that of the request."""
    rows = [
        ["编号", "申请人类别", "征求意见", None],
        [None, None, "发函日期", "收到日期"],
        ["A", "公民", "2026.3.2", "2026.3.4"],
    ]
    for merged in (["C1:D1"], ["A1:A2", "B1:B2", "C1:D1"], []):
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        for each in merged:
            made.active.merge_cells(each)
        out = io.BytesIO()
        made.save(out)
        with pytest.raises(LedgerError, match="收到日期"):
            from_file("a.xlsx", out.getvalue())


def test_a_formula_without_a_value_is_not_taken_for_a_blank() -> None:
    data = book(["编号", "申请人类别", "收到日期", "答复日期", "办理结果"], ["A", "公民", "2026-03-02", "=C2+10", None])
    (stopped,) = from_file("a.xlsx", data)[0].stopped
    assert (stopped.row, stopped.column) == (2, "D")
    assert "公式" in stopped.template


def test_notes_on_the_state_decide_nothing() -> None:
    ledger, _ = from_file(
        "a.xlsx", book(["编号", "申请人类别", "收到日期", "办理情况"], ["A", "公民", "2026-03-02", "已转交法规科"])
    )
    assert [each.id for each in ledger.requests] == ["A"]


def test_a_number_used_twice_stops_the_second_row() -> None:
    heads, row = ["编号", "申请人类别", "收到日期"], ["A", "自然人", "2026-03-02"]
    ledger, _ = from_file("a.xlsx", book(heads, row, ["A", "自然人", "2026-03-03"]))
    assert len(ledger.requests) == 1
    assert [each.row for each in ledger.stopped] == [3]
    ledger, reading = from_file("a.xlsx", book(heads, row, row))
    assert (len(ledger.requests), ledger.stopped) == (1, ())
    assert [(each.row, each.why) for each in reading.skipped] == [(3, "repeated")]


def test_heads_of_two_meanings_are_asked_about_and_given() -> None:
    rows = [
        ["编号", "申请人类别", "收到日期", "甲日期", "收到日期"],
        ["A", "自然人", "2026-03-02", "2026-03-04", "2026-03-03"],
    ]
    with pytest.raises(LedgerError, match="--columns"):
        from_file("a.xlsx", book(*rows))
    ledger, _ = from_file("a.xlsx", book(*rows), {"收到日期": "甲日期"})
    assert ledger.requests[0].acts[0].on.isoformat() == "2026-03-04"
    for heads in ({"收到日期": "乙日期"}, {"天气": "甲日期"}):
        with pytest.raises(LedgerError):
            from_file("a.xlsx", book(*rows), heads)


@pytest.mark.parametrize(
    "text", ["10/11/12", "3-4-26", "2026.3.5（拟）", "2026.3", "1900-01-00", "46083年", "正月初五", "是"]
)
def test_a_day_that_is_not_certain_is_not_guessed(text: str) -> None:
    with pytest.raises(CellError):
        read_date(text, 2026)


def test_long_numbers_are_not_repeated() -> None:
    row = ["A", "自然人", "13800001234 110101199003071234"]
    ledger, _ = from_file("a.xlsx", book(["编号", "申请人类别", "收到日期"], row))
    (stopped,) = ledger.stopped
    said = stopped.template.format(**stopped.values)
    assert "3800001234" not in said
    assert "19900307" not in said


def test_what_stands_in_a_sheet_without_heads_is_not_repeated() -> None:
    with pytest.raises(LedgerError) as caught:
        from_file("a.xlsx", book(["A", "某某甲", "自然人", "2026-03-02"], ["B", "某某乙", "公民", "2026-03-03"]))
    assert "某某" not in str(caught.value)
    with pytest.raises(LedgerError) as caught:
        from_file("a.xlsx", book(["编号", "姓名", "收到日期"], ["A", "某某甲", "2026-03-02"]))
    assert "姓名" in str(caught.value)
    assert "某某" not in str(caught.value)
