"""认不出时的话 — heads that are proposed for a column, and two tables side by side."""

from __future__ import annotations

import pytest

from gongkai.documents.columns.heads import ColumnsError
from gongkai.documents.columns.hints import hints
from gongkai.report.ledger.layouts import layouts
from tests.documents.columns.lists import DONE, HEADS, read_rows


@pytest.mark.parametrize("planned", ["拟答复日期", "签发日期", "计划答复日期", "拟稿时间", "审批日期", "送审日期"])
def test_a_day_before_the_answer_is_not_proposed_as_its_day(planned: str) -> None:
    reading = read_rows(["编号", "申请人类别", "收到日期", planned, "寄出日期"], ["1", *DONE])
    layout = next(each for each in layouts() if each.name == "requests")
    samples = {planned: ["2026-03-19"], "寄出日期": ["2026-03-20"]}
    assert hints(reading.heads[0], layout, ["answered_on"], samples) == {"answered_on": "寄出日期"}


@pytest.mark.parametrize("gap", [[], [None], [None, "备注", None]])
def test_of_two_tables_side_by_side_both_are_named(gap: list[str | None]) -> None:
    with pytest.raises(ColumnsError) as caught:
        read_rows([*HEADS, *gap, *HEADS], ["1", *DONE, *([None] * len(gap)), "2", *DONE])
    right = "FGHI"[len(gap)]
    assert f"左右并排着 2 张表，从 A、{right} 列起各有一套表头" in str(caught.value)
    assert "移到左边的下面，或者各放一张工作表" in str(caught.value)


def test_one_head_that_stands_twice_is_no_second_table() -> None:
    with pytest.raises(ColumnsError, match="都像是“收到日期”，分别在 C、F 列"):
        read_rows([*HEADS, "收到日期"], ["1", *DONE, "2026-03-02"])
