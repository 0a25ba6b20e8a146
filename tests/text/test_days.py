"""写明的日子 — a number with its birthday written as a day is one number, in a line and over cells (条例 第十五条)."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.redaction import inspect, masked
from gongkai.text.personal_data import find, find_in_grid
from tests.text import persons

_CHINESE = "〇一二三四五六七八九"


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十") + (_CHINESE[ones] if ones else "")


def _written(year: int, month: int, day: int) -> list[str]:
    iso, slashed = f"{year}-{month:02}-{day:02}", f"{year}/{month}/{day}"
    return [
        iso,
        slashed,
        *(
            f"{iso}{time}"
            for time in (" 00:00:00", " 00:00", "T00:00:00", "T00:00:00.000Z", "T00:00:00+08:00", " 8:30")
        ),
        *(f"{slashed}{time}" for time in (" 0:00:00", " 0:00", " 上午12:00", " 12:00:00 AM")),
        f"{year}年{month}月{day}日",
        f"{year}年{month:02}月{day:02}日 0时0分",
        f"{year}.{month}.{day}",
        f"{year}年{month}月{day}日 0:00".translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}),
        f"{''.join(_CHINESE[int(sign)] for sign in str(year))}年{_chinese(month)}月{_chinese(day)}日",
    ]


def _parts(seed: int) -> tuple[str, list[str], str]:
    number = persons.identity(random.Random(seed))
    return number[:6], _written(int(number[6:10]), int(number[10:12]), int(number[12:14])), number[14:]


@given(persons.seeds, st.sampled_from([" ", "\t", "，", ",", ""]), st.booleans())
def test_a_number_with_its_day_is_found_in_a_line(seed: int, mark: str, is_torn: bool) -> None:
    region, days, end = _parts(seed)
    for torn in (region, f"{region[:4]} {region[4:]}", f"{region[:2]} {region[2:4]} {region[4:]}")[
        : 3 if is_torn else 1
    ]:
        for day in days:
            if not mark and not day.endswith("日"):
                continue
            written = f"{torn}{mark}{day}{mark}{end}"
            (hit,) = [one for one in find(f"张某，{written}。") if one.severity == "block"]
            assert (hit.kind, hit.text) == ("identity", written)


def _as_programs_show(year: int, month: int, day: int) -> list[str]:
    english = date(year, month, day).strftime
    slashed = [
        f"{month}/{day}/{year}",
        f"{day}/{month}/{year}",
        f"{month:02}-{day:02}-{year}",
        f"{day:02}.{month:02}.{year}",
    ]
    return [
        *slashed,
        *(f"{one}{time}" for one in slashed for time in (" 0:00", " 12:00:00 AM", " 00:00:00")),
        *(f"{year}{month:02}{day:02}{time}" for time in (" 00:00:00", " 0:00", "T000000", "T00:00:00Z")),
        *(f"{one}/{two}/{year % 100:02}" for one, two in ((month, day), (day, month))),
        f"{year % 100:02}-{month:02}-{day:02}",
        *(english(form) for form in ("%d %b %Y", "%d-%b-%y", "%d-%b-%Y", "%B %d, %Y", "%b %d %Y", "%d %B %Y")),
        english("%a %b %d %Y 00:00:00 GMT+0800"),
        f"{day} {english('%b %Y')}",
        f"{year}年{month}月{day}日 星期三",
        f"星期日 {year}年{month}月{day}日",
    ]


@given(persons.seeds)
def test_a_day_as_other_programs_show_it_is_a_part_of_a_number_over_cells(seed: int) -> None:
    number = persons.identity(random.Random(seed))
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    serial = (date(year, month, day) - date(1899, 12, 30)).days
    days = [*_as_programs_show(year, month, day), str(serial), f"{serial}.0"]
    for written in days:
        rows = [["姓名", "行政区划", "出生日期", "顺序码"], ["张三", number[:6], written, number[14:]]]
        hits = [found.hit for found in find_in_grid(rows)]
        assert [(hit.kind, hit.severity) for hit in hits] == [("identity", "block")] * 3, written
        assert (hits[1].text, hits[1].mask) == (written, "*" * len(written))
        upright = [["行政区划", "出生日期", "顺序码"], [number[:6], written, number[14:]]]
        assert len(find_in_grid(list(zip(*upright, strict=True)))) == 3, written


@given(persons.seeds)
def test_a_number_with_its_day_last_or_without_marks_is_found_in_a_line(seed: int) -> None:
    number = persons.identity(random.Random(seed))
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    for one in (
        f"{month}/{day}/{year}",
        f"{day}-{month}-{year}",
        f"{month:02}.{day:02}.{year}",
        f"{day}/{month}/{year} 0:00",
    ):
        written = f"{number[:6]} {one} {number[14:]}"
        assert [(hit.text, hit.severity) for hit in find(f"张某，{written}。")] == [(written, "block")]
    written = f"{number[:6]} {number[6:14]} 00:00:00 {number[14:]}"
    assert [(hit.text, hit.severity) for hit in find(f"张某，{written}。")] == [(written, "block")]


@pytest.mark.parametrize("word", ["年", "金额", "编号", "日期"])
def test_a_count_of_days_is_a_birthday_only_below_its_header(word: str) -> None:
    rows = [["单位", "行政区划", word, "件数"], ["县政府办", "110101", "32939", "8515"]]
    assert find_in_grid(rows) == []


@pytest.mark.parametrize("day", ["3/7/1990", "7 Mar 1990", "19900307 00:00:00", "90-03-07", "32939"])
def test_a_day_beside_other_figures_is_no_part_of_a_number(day: str) -> None:
    for region, end in (
        ("110101", "8516"),
        ("道路", "8515"),
        ("110101", "项目"),
        ("990101", "8515"),
        ("1101.01", "8515"),
    ):
        rows = [["项目", "代码", "出生日期", "数量"], ["桥", region, day, end], ["路", "410725", "3/7/2024", "12"]]
        assert find_in_grid(rows) == []
        assert find(f"发布于 {region} {day} {end} 件") == []


@pytest.mark.parametrize("name", ["名单.csv", "名单.json"])
@pytest.mark.parametrize("day", ["3/7/1990", "7 Mar 1990", "19900307 00:00:00", "07-Mar-90", "32939"])
def test_a_copy_hides_the_day_as_another_program_shows_it(name: str, day: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["姓名", "地区码", "出生日期", "顺序码"], ["张三", "110101", day, "8515"]])
    listed = json.dumps([{"姓名": "张三", "地区码": "110101", "出生日期": day, "顺序码": "8515"}])
    data = text.getvalue().encode() if name.endswith("csv") else listed.encode()
    assert [found.hit.severity for found in inspect(name, data).hits] == ["block"] * 3
    copy = masked(name, data)
    assert day.encode() not in copy
    assert not inspect(name, copy).hits


@given(persons.seeds)
def test_a_number_with_its_day_is_found_over_cells(seed: int) -> None:
    region, days, end = _parts(seed)
    for day in days:
        rows = [["姓名", "行政区划", "出生日期", "顺序码"], ["张三", region, day, end]]
        hits = [found.hit for found in find_in_grid(rows)]
        assert [(hit.kind, hit.severity) for hit in hits] == [("identity", "block")] * 3, day
        # The day is hidden to its last sign.
        assert not any(map(str.isdecimal, (hits[1].mask or "")[-1:]))


@pytest.mark.parametrize("day", ["1990-03-07 00:00:00", "1990/3/7 0:00:00", "1990-03-07T00:00:00"])
def test_files_that_programs_write_tell_it_and_a_copy_hides_it(day: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([["姓名", "地区码", "出生日期", "顺序码"], ["张三", "110101", day, "8515"]])
    listed = json.dumps([{"name": "张三", "area": "110101", "birth": day, "seq": "8515"}])
    for name, data in (("名单.csv", text.getvalue().encode()), ("名单.json", listed.encode())):
        assert [found.hit.kind for found in inspect(name, data).hits if found.hit.severity == "block"] == [
            "identity"
        ] * 3
        copy = masked(name, data)
        assert b"110101" not in copy
        assert b"1990" not in copy
        assert not inspect(name, copy).hits


@pytest.mark.parametrize(
    "text",
    [
        "第 1101 01 1990年3月7日 8516",
        "发布于 2024 10 11 1990年3月7日 8514 件",
        "1990-03-07 00:00:00 8515",
        "110101 1990-03-07 00:00:00 08:15",
    ],
)
def test_other_figures_beside_a_day_are_no_number(text: str) -> None:
    assert find(text) == []
