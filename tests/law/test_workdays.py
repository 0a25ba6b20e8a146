"""工作日 — the table agrees with two independent calendars on every day, and says where it ends (放假办法)."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import DataError, LawError
from gongkai.law.workdays import DAY, MOST_WORKDAYS, Break, Calendar, DayKind, MakeUp, Year

CALENDAR = Calendar.load()
ANNOUNCED = [CALENDAR.first_on + DAY * n for n in range((CALENDAR.announced_until - CALENDAR.first_on).days + 1)]
days = st.sampled_from(ANNOUNCED)

NEXT = """
[[year]]
year = 2027
notices = ["国办发明电〔2026〕0号"]
off = [{ name = "元旦", from = 2027-01-01, to = 2027-01-03 }]
work = [{ name = "元旦", on = 2027-01-09 }]
"""


def test_every_announced_day_agrees_with_two_independent_calendars() -> None:
    official = holidays.country_holidays("CN", years=range(2019, 2027))
    for day in ANNOUNCED:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day) == official.is_working_day(day), day


def test_the_table_covers_2019_to_2026_and_names_a_notice_for_each() -> None:
    assert (CALENDAR.first_on, CALENDAR.announced_until) == (date(2019, 1, 1), date(2026, 12, 31))
    assert all(CALENDAR.notices(day) for day in ANNOUNCED if CALENDAR.kind(day) is DayKind.HOLIDAY)
    assert CALENDAR.notices(date(2022, 12, 31)) == ("国办发明电〔2022〕16号",)
    assert CALENDAR.notices(date(2026, 11, 28)) == ()


@given(days, st.integers(0, 300))
def test_adding_workdays_is_counting_them(day: date, workdays: int) -> None:
    end = CALENDAR.add_workdays(day, workdays)
    assert CALENDAR.workdays_between(day + DAY, end) == workdays
    assert end == day or CALENDAR.is_workday(end)


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_counting_twice_is_counting_the_sum(day: date, first: int, second: int) -> None:
    assert CALENDAR.add_workdays(CALENDAR.add_workdays(day, first), second) == CALENDAR.add_workdays(
        day, first + second
    )


@pytest.mark.parametrize("workdays", [-1, MOST_WORKDAYS + 1])
def test_absurd_numbers_of_workdays_are_refused(workdays: int) -> None:
    with pytest.raises(LawError, match="工作日数"):
        CALENDAR.add_workdays(date(2025, 1, 1), workdays)


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2100, 1, 1), date.min, date.max])
def test_days_outside_the_calendar_are_refused(day: date) -> None:
    with pytest.raises(LawError, match=str(day)):
        CALENDAR.kind(day)


@pytest.mark.parametrize("suffix", ["toml", "json"])
def test_a_year_is_imported_from_a_file_and_the_calendar_that_ships_stays_as_it_is(tmp_path: Path, suffix: str) -> None:
    row = {
        "year": 2027,
        "notices": ["国办发明电〔2026〕0号"],
        "off": [{"name": "元旦", "from": "2027-01-01", "to": "2027-01-03"}],
        "work": [{"name": "元旦", "on": "2027-01-09"}],
    }
    path = tmp_path / f"2027.{suffix}"
    path.write_text(NEXT if suffix == "toml" else json.dumps({"year": [row]}), encoding="utf-8")
    imported = Calendar.load(path)
    assert imported.kind(date(2027, 1, 1)) is DayKind.HOLIDAY
    assert imported.kind(date(2027, 1, 9)) is DayKind.MAKE_UP
    assert imported.announced_until == date(2027, 12, 31)
    assert CALENDAR.kind(date(2027, 1, 9)) is DayKind.WEEKEND
    assert Calendar.load().announced_until == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2027-01-09", "2027-01-02", "既放假又上班"),
        ("2027-01-09", "2027-01-08", "不是周末"),
        ("2027-01-09", "2026-11-28", "不在 2027 年"),
        ("to = 2027-01-03", "to = 2026-12-31", "先后或长短不对"),
        ("to = 2027-01-03", "to = 2027-10-03", "先后或长短不对"),
        ("year = 2027", "year = 2028", "先导入 2027 年"),
        ("2027-01-09", "2027-13-09", "看不懂"),
        ("notices", "notes", "看不懂"),
        ("[[year]]", "[year", "看不懂"),
        (NEXT, "", "看不懂"),
    ],
)
def test_a_file_that_cannot_be_right_is_refused_with_the_entry(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "2027.toml"
    text = NEXT.replace(old, new)
    assert text != NEXT
    if "2028" in new:
        text = text.replace("2027-", "2028-")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        Calendar.load(path)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000, b'{"year": [{"year": 1e999}]}', b" " * 2_000_000])
def test_hostile_files_end_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "2027.json"
    path.write_bytes(data)
    with pytest.raises(DataError, match="太大" if len(data) > 1_000_000 else "看不懂"):
        Calendar.load(path)
    with pytest.raises(DataError, match="打不开"):
        Calendar.load(tmp_path)


def test_a_year_can_be_replaced_but_not_left_out() -> None:
    amended = Year(2026, ("更正",), (Break("元旦", date(2026, 1, 5), date(2026, 1, 5)),), ())
    assert CALENDAR.with_year(amended).kind(date(2026, 1, 5)) is DayKind.HOLIDAY
    with pytest.raises(DataError, match="先导入 2027 年"):
        CALENDAR.with_year(Year(2030, ("通知",), (), (MakeUp("元旦", date(2030, 1, 5)),)))
    with pytest.raises(DataError, match="不能缺年份"):
        Calendar(CALENDAR.years[::2])


def test_a_year_without_a_notice_has_its_statutory_days_off() -> None:
    for year in range(2027, 2051):
        known = holidays.country_holidays("CN", years=[year], language="zh_CN")
        expected = {day for day, names in known.items() if any("补假" not in name for name in names.split("; "))}
        found = {date(year, 1, 1) + DAY * n for n in range(366)}
        assert {day for day in found if day.year == year and CALENDAR.kind(day) is DayKind.HOLIDAY} == expected
    assert CALENDAR.add_workdays(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert CALENDAR.notices(date(2027, 1, 1)) == ("国务院令第795号",)


def test_a_notice_takes_the_place_of_the_statutory_days() -> None:
    announced = CALENDAR.with_year(Year(2027, ("示例",), (), ()))
    assert announced.is_workday(date(2027, 1, 1))
    assert not announced.is_workday(date(2028, 5, 1))
