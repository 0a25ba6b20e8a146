"""像示例、合计、说明的行 — one that has all of a case is named alone, and is never left out among others (第五十条)."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.documents.columns import Reading
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Ledger
from gongkai.report.ledger.spreadsheet import from_file

TODAY = date(2026, 11, 30)
HEADS = "编号,申请人类别,收到日期,答复日期,办理结果"
WHOLE = "自然人,2026-03-02,2026-03-20,予以公开"


def _read(*rows: str) -> tuple[Ledger, Reading]:
    data = "\n".join((HEADS, *rows)).encode()
    return from_file("a.csv", data, today=TODAY, calendar=Calendar.load())


def _left_out(reading: Reading) -> list[tuple[int, str]]:
    return [(each.row, each.why) for each in reading.skipped]


@pytest.mark.parametrize(
    "number", ["示例中学申请", "样例1", "例如3", "小计2026", "合计", "注：3", "说明", "填表人", "001（样例）"]
)
def test_a_whole_row_with_such_a_number_is_named_alone(number: str) -> None:
    ledger, reading = _read(f"1,{WHOLE}", f"{number},{WHOLE}")
    assert [(each.id, each.row, each.column) for each in ledger.stopped] == [(number, 3, "A")]
    assert "看不出是一件，还是示例、合计、说明" in ledger.stopped[0].template
    assert not _left_out(reading)
    assert len(ledger.requests) == 1


def test_such_a_row_that_is_late_is_named_as_late() -> None:
    ledger, _ = _read(f"1,{WHOLE}", "示例中学申请,自然人,2026-03-02,2026-05-20,予以公开")
    assert [*ledger.judged] == [("", 3)]


@pytest.mark.parametrize("number", ["示例", "（示例）2026-000", "样例1"])
def test_a_sample_over_the_first_case_is_a_sample(number: str) -> None:
    ledger, reading = _read(f"{number},{WHOLE}", f"1,{WHOLE}")
    assert not ledger.stopped
    assert _left_out(reading) == [(2, "sample")]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("合计,20件,,18件,", "total"),
        ("小计,自然人3件,3月,,", "total"),
        ("注：2026-03-02以前的不计,,,,", "note"),
        ("说明,自然人,同上,,", "note"),
        ("示例,自然人,2026-01-01的样子,,", "sample"),
    ],
)
def test_a_row_without_the_day_of_a_case_is_none(row: str, why: str) -> None:
    ledger, reading = _read(f"1,{WHOLE}", row)
    assert not ledger.stopped
    assert _left_out(reading) == [(3, why)]
