"""表三自己的写法 — results as the form prints them, with its numbers and groups, joined in whatever way."""

from __future__ import annotations

import re
from datetime import date

import pytest

from gongkai.documents.columns.values import CellError
from gongkai.documents.columns.words import read_choice
from gongkai.law.terms import Outcome
from gongkai.law.workdays import Calendar
from gongkai.report.form import Edition, Line, form
from gongkai.report.ledger.layouts import layouts
from gongkai.report.ledger.spreadsheet import from_file

COLUMN = layouts()[0].column("answer")
ROWS = [row for row in form(Edition.E2021).table("applications") if row.result and row.id in set(Outcome)]
ENDS = {
    "lapse_correction": "other_handling.correction_overdue",
    "lapse_payment": "other_handling.fee_overdue",
    "cease": "other_handling.other",
}
OTHER = ("-", "—", "/", " ", "")
"""其他 — how the last row may be joined: alone it may be a merger too."""
JOINED = ["-", "—", " - ", "/", "、", "：", " ", "", "\n"]


def _outcome(text: str) -> Outcome:
    answer = read_choice(text, COLUMN)
    assert answer
    return Outcome(ENDS.get(answer) or COLUMN.alike[answer])


@pytest.mark.parametrize(
    ("row", "sign"),
    [(row, sign) for row in ROWS for sign in (OTHER if row.id == "other_handling.other" else JOINED)],
)
def test_the_words_of_the_form_are_read_with_their_group(row: Line, sign: str) -> None:
    said = f"{row.group}{sign}{row.label}" if row.group else row.label
    assert _outcome(said) == row.id
    assert _outcome(re.sub(r"（[一二三四五六七]）", "", said)) == row.id


@pytest.mark.parametrize("said", ["告知查询途径", "告知查询方式", "已告知申请人查询途径"])
def test_ways_of_looking_up_may_be_of_two_kinds(said: str) -> None:
    with pytest.raises(CellError) as error:
        read_choice(said, COLUMN)
    assert "行政查询" in str(error.value)
    assert "主动公开" in str(error.value)


@pytest.mark.parametrize("head", ["答复方式及结果", "回复内容", "答复内容"])
@pytest.mark.parametrize("kind", ["身份", "申请人身份"])
def test_heads_of_results_and_of_applicants_are_known(head: str, kind: str) -> None:
    data = f"编号,{kind},收到日期,答复日期,{head}\n1,自然人,2026-03-02,2026-03-20,予以公开".encode()
    ledger = from_file("a.csv", data, today=date(2026, 11, 30), calendar=Calendar.load())[0]
    assert [each.id for each in ledger.requests] == ["1"]
    assert not ledger.stopped


@pytest.mark.parametrize("said", ["1", "（三）", "不公开4", "第三项"])
def test_numbers_alone_say_no_result(said: str) -> None:
    with pytest.raises(CellError):
        read_choice(said, COLUMN)
