"""年份 — days without a year are of that of the title, unless it is the year of a rule or rows are carried over."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gongkai.documents.columns import Reading
from gongkai.documents.columns.years import Year, year_of
from tests.documents.columns.lists import HEADS, read_rows

DAYS = ["自然人", "3月2日", "3月20日", "予以公开"]


def years(found: Reading) -> dict[object, int | None]:
    """By number the year of receipt; None where its cell stopped."""
    return {each.values["id"]: day.year if (day := each.values.get("received_on")) else None for each in found.entries}


@pytest.mark.parametrize(
    "title",
    [
        *("附件3（2021年修订）依申请公开台账", "台账（2021年版）", "《2021年登记办法》附表", "函〔2021〕30号附件"),
        *("依申请公开台账（2019年5月第2次修订）", "登记表 2021年印制", "2021年格式台账"),
        *("台账（2025年以来）", "跨年台账2026年", "2026年台账（含上年结转）", "2025年、2026年台账"),
    ],
)
def test_the_year_of_a_rule_or_of_several_is_none_of_the_days(title: str) -> None:
    found = read_rows([title], HEADS, ["1", *DAYS])
    assert {(each.name, each.template) for each in found.entries[0].wrong} == {
        (name, "“{found}”没有年份，请写成 2026-03-05 的样子，或者加一栏“年份”")
        for name in ("received_on", "answered_on")
    }
    assert not found.lent


@pytest.mark.parametrize(
    ("titles", "year"),
    [
        (["2026年度台账（2021年修订）"], Year(2026, "title")),
        (["附件3（2021年修订）", "二〇二六年依申请公开台账"], Year(2026, "title")),
        (["2026年第一季度办理情况（国办公开办函〔2021〕30号）"], Year(2026, "title")),
        (["云林县2026年台账"], Year(2026, "title")),
    ],
)
def test_the_year_of_the_list_beside_it_counts(titles: Sequence[str], year: Year) -> None:
    assert year_of(titles, "台账") == year


@pytest.mark.parametrize(
    "words", ["上年结转", "一、上年度结转件", "去年遗留", "2025年结转", "（2025年）", "往年未办结"]
)
def test_days_without_a_year_below_rows_carried_over_stop_and_go_on_after_them(words: str) -> None:
    rows = ["2026年度台账"], HEADS, [words], ["1", *DAYS], ["本年新收"], ["2", *DAYS], ["2026年二季度"], ["3", *DAYS]
    assert years(read_rows(*rows)) == {"1": None, "2": 2026, "3": 2026}


def test_a_day_with_its_year_below_rows_carried_over_is_read() -> None:
    rows = ["2026年度台账"], HEADS, ["上年结转"], ["1", "自然人", "2025-12-20", "2026-01-05", "予以公开"]
    assert years(read_rows(*rows)) == {"1": 2025}


def test_heads_printed_again_below_a_part_go_on_with_the_year_of_the_title() -> None:
    rows = (
        ["2026年度台账"],
        HEADS,
        ["1", *DAYS],
        ["二、本年新收"],
        HEADS,
        ["2", *DAYS],
        ["三、上年结转"],
        HEADS,
        ["3", *DAYS],
    )
    assert years(read_rows(*rows)) == {"1": 2026, "2": 2026, "3": None}
    again = ["2025年"], HEADS, ["1", *DAYS], ["2026年"], HEADS, ["2", *DAYS]
    assert years(read_rows(*again)) == {"1": 2025, "2": 2026}


@pytest.mark.parametrize(
    ("text", "year"), [("21/5/26", None), ("21.05.26", None), ("26/5/21", 2026), ("25-12-21", 2025)]
)
def test_a_short_date_whose_last_part_is_the_year_of_the_list_is_asked_about(text: str, year: int | None) -> None:
    found = read_rows(["2026年台账"], HEADS, ["1", "自然人", text, "", ""])
    assert years(found) == {"1": year}
