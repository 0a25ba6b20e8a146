"""文中数字 — a number is found whole, once, with its value, wherever prose writes it."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gongkai.text.numerals import find_dates, find_numerals, parse_chinese

FIGURES = "零一二三四五六七八九"
NUMBERS = st.one_of(st.integers(0, 10**8), st.integers(0, 9999), st.sampled_from([10, 20, 105, 10010, 10**4, 10**8]))


def in_chinese(number: int) -> str:
    """Write place by place, each four places apart: another way than the reader's."""
    if not number:
        return "零"
    groups = [f"{number:012d}"[i : i + 4] for i in (0, 4, 8)]
    text = ""
    for group, name in zip(groups, ("亿", "万", ""), strict=True):
        for place, digit in zip(("千", "百", "十", ""), group, strict=True):
            if digit != "0":
                text += FIGURES[int(digit)] + place
            elif text and not text.endswith("零"):
                text += "零"
        if int(group):
            text = text.rstrip("零") + name
    text = text.rstrip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


@given(NUMBERS)
def test_a_written_number_is_read_back(number: int) -> None:
    written = in_chinese(number)
    assert parse_chinese(written) == number
    assert parse_chinese(written.replace("零", "〇")) == number
    if written.startswith("二") and len(written) > 1 and written[1] != "十":
        assert parse_chinese("两" + written[1:]) == number


@given(st.text(f"{FIGURES}十百千万亿两", min_size=1, max_size=12))
@example("一万五百")
@example("一零五")
@example("一千零二百")
@example("二十零")
@example("一百零十")
@example("百")
@example("三四")
@example("十十")
def test_what_nobody_writes_has_no_value(text: str) -> None:
    value = parse_chinese(text)
    if value is not None and not set(text) <= set(FIGURES):
        plain = text.replace("两", "二")
        written = in_chinese(value)
        assert plain in (written, "一" + written) or plain.replace("一十", "十") == written.replace("一十", "十")


@given(
    st.text(st.sampled_from("，。办结共含 其中（）的"), max_size=8),
    NUMBERS,
    st.sampled_from(["件", "条", "万元", "份"]),
)
def test_a_number_in_a_sentence_is_found_whole_and_once(words: str, number: int, unit: str) -> None:
    if unit == "万元":
        number = number % 9999 + 1
    for written in (str(number), f"{number:,}", in_chinese(number)):
        text = f"{words}：{written}{unit}{words}"
        (numeral,) = find_numerals(text)
        assert numeral.value == number * (10000 if unit == "万元" else 1)
        assert text[numeral.start :].startswith(written)
        assert numeral.unit == unit.removeprefix("万")
        assert (numeral.approximate, numeral.percent) == (False, False)


@given(st.decimals(0, 99999, places=2))
def test_decimals_and_percentages_keep_every_place(value: Decimal) -> None:
    for text in (f"占{value}%，", f"占百分之{value}，", f"占\u3000{value}％。"):
        (numeral,) = find_numerals(text)
        assert (numeral.value, numeral.percent) == (value, True)


@pytest.mark.parametrize(
    ("text", "value", "shown"),
    [
        ("206余件", "206", "206余"),
        ("近300条", "300", "300"),
        ("2000余条", "2000", "2000余"),
        ("3.2万余件", "32000", "3.2万"),
        ("2000余万元", "20000000", "2000余万"),
        ("十多件", "10", "十多"),
        ("500件以上", "500", "500"),
        ("超过三百篇", "300", "三百"),
    ],
)
def test_a_number_said_to_be_inexact_is_marked(text: str, value: str, shown: str) -> None:
    (numeral,) = find_numerals(text)
    assert (numeral.value, numeral.approximate) == (Decimal(value), True)
    assert text[numeral.start : numeral.end] == shown


NO_NUMBERS = """
一是加强统一领导 第二十条第（一）项 一、总体情况 一次性告知 几十件 “三安全一稳定” 十四五规划 2022年1月15日
三四件 进一步 万一 三公经费 逐一
"""


@pytest.mark.parametrize("text", NO_NUMBERS.split())
def test_what_only_looks_like_a_number_is_left(text: str) -> None:
    assert find_numerals(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("百分之十", "10"), ("百分之百", "100"), ("百分之三点五", "3.5"), ("百分之七十六", "76"), ("76.1％", "76.1")],
)
def test_percentages_in_words_are_read(text: str, value: str) -> None:
    assert [(numeral.value, numeral.percent) for numeral in find_numerals(text)] == [(Decimal(value), True)]


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(["", "自", "（", "：\u3000"]))
def test_a_date_is_read_in_every_way_of_writing_it(day: date, words: str) -> None:
    year = "".join(FIGURES[int(digit)] for digit in str(day.year)).replace("零", "〇")
    for written in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month:02} 月 {day.day} 日",
        f"{year}年{in_chinese(day.month)}月{in_chinese(day.day)}日",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
    ):
        text = f"{words}{written}起"
        (found,) = find_dates(text)
        assert found.value == day
        assert text[found.start : found.end] == written
        assert find_numerals(text) == []


@pytest.mark.parametrize("text", ["2022年2月30日", "2022-13-01", "2022年1月", "12022-01-01", "1.2022.1", "二〇二二年"])
def test_what_is_no_day_is_no_date(text: str) -> None:
    assert find_dates(text) == []


@settings(max_examples=200)
@given(st.text(st.sampled_from("百分之0123456789,. 一二十百千万亿零年月日-近余%件"), max_size=60))
def test_numerals_do_not_overlap_and_stand_in_order(text: str) -> None:
    spans = [(numeral.start, numeral.end) for numeral in find_numerals(text)]
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


PIECES = "1, 1,111 一 百分之 近 2022-1- 2022年1月 2022-01-01 1. 十 ."


@pytest.mark.parametrize("piece", ["1 ", *PIECES.split()])
def test_no_text_takes_long(piece: str) -> None:
    started = time.process_time()
    find_numerals(piece * 20_000)
    assert time.process_time() - started < 2
