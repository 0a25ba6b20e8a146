"""并案的期限 — what is merged is never called late where what it went into is not, or where nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Ledger, Line, from_json
from gongkai.report.ledger.spreadsheet import from_file

TODAY = date(2026, 11, 30)
HEADS = "编号,申请人类别,收到日期,延期告知日期,延长工作日,答复日期,办理结果,并入编号,备注"
INTO_2 = "1,自然人,2026-03-02,,,2026-03-05,并案,2,"


def _ledger(*rows: str) -> Ledger:
    data = "\n".join((HEADS, *rows)).encode()
    return from_file("a.csv", data, today=TODAY, calendar=Calendar.load())[0]


def _lines(ledger: Ledger) -> dict[str, Line]:
    return {each.course.id: each for each in ledger.lines(Calendar.load(), Settings(), TODAY)}


def _is_accused(line: Line) -> bool:
    return line.is_sure and (Mark.ANSWERED_LATE in line.course.marks or line.course.is_overdue(TODAY))


@pytest.mark.parametrize(
    ("host", "said"),
    [
        (
            "2,自然人,2026-03-02,2026-03-20,20,2026-04-20,予以公开,,",
            "那一件 2026-04-20 答复，没有逾期；这一件自己的",
        ),
        ("2,自然人,2026-03-02,,,,,,已电话告知延期至2026-12-31", "那一件看不出是否逾期"),
        ("2,自然人,2026-11-20,,,,,,", "不能并入"),
    ],
)
def test_a_merged_one_is_asked_about_where_the_other_is_not_late(host: str, said: str) -> None:
    line = _lines(_ledger(INTO_2, host))["1"]
    assert not _is_accused(line)
    assert any(said in each.template.format(**each.values) for each in line.refused)


def test_a_merged_one_is_late_with_the_other_and_in_time_with_it() -> None:
    late = _lines(_ledger(INTO_2, "2,自然人,2026-03-02,,,2026-04-20,予以公开,,"))
    assert _is_accused(late["1"])
    assert _is_accused(late["2"])
    still_open = _lines(_ledger(INTO_2, "2,自然人,2026-03-02,,,,,,"))
    assert _is_accused(still_open["1"])
    assert _is_accused(still_open["2"])
    in_time = _lines(_ledger(INTO_2, "2,自然人,2026-03-02,,,2026-03-20,予以公开,,"))["1"]
    assert in_time.is_sure
    assert not in_time.refused


def test_what_goes_through_several_is_judged_by_the_last() -> None:
    rows = (INTO_2, "2,自然人,2026-03-02,,,2026-03-05,并案,3,", "3,自然人,2026-03-02,,,,,,已电话告知延期")
    found = _lines(_ledger(*rows))
    assert not any(map(_is_accused, found.values()))
    assert all(each.refused for each in found.values())


def test_of_a_circle_nobody_can_tell() -> None:
    merged = [
        {
            "id": number,
            "applicant": "natural_person",
            "acts": [
                {"act": "register", "on": "2026-03-02", "channel": "in_person"},
                {"act": "merge", "on": "2026-03-05", "into": into},
            ],
        }
        for number, into in (("a", "b"), ("b", "c"), ("c", "a"))
    ]
    found = _lines(from_json({"format": "gongkai.ledger/1", "requests": merged}, today=TODAY))
    assert not any(map(_is_accused, found.values()))
    assert all(each.refused for each in found.values())


@pytest.mark.parametrize("row", ["1,自然人,2026-03-02,,,2026-04-20,并案,,", "1,外星人,2026-03-02,,,2026-04-20,并案,2,"])
def test_a_merged_row_that_is_stopped_has_no_verdict(row: str) -> None:
    ledger = _ledger(row, "2,自然人,2026-03-02,,,2026-03-20,予以公开,,")
    assert not ledger.judged
    assert any("看不出这一件是否逾期" in each.template for each in ledger.stopped)
