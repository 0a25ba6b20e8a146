"""报告名头 — whose report, of which year, signed and published when, however the title is put (条例
第四十九条、第五十条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.report.reading.identity import Identity, identify
from gongkai.text.folding import squeeze

AGENCIES = (
    "青石县人民政府",
    "白沙区住房和城乡建设局",
    "云岭市人民政府办公室",
    "河湾乡人民政府",
    "柳溪街道办事处",
    "青石经济开发区管委会",
    "白沙区政务服务和大数据管理局",
)
TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{year}年度{agency}政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开年度报告",
    "{agency}{year}年度政府信息公开工作报告",
    "{agency}{year}年政府信息公开工作年报",
    "{agency}{year}年度政府信息公开年报",
    "{agency}{year}年信息公开年报",
    "{agency}{year}年政府信息公开工作总结",
    "{agency} {year} 年 政府信息公开 工作年度报告",
    "{agency}20{year}年政府信息公开工作年度报告",  # 202023年
    "{year}{agency}{year}年度政府信息公开工作年度报告",
    "《{agency}{year}年政府信息公开工作年度报告》",
    "# {agency}{year}年政府信息公开工作年度报告",
    "**{agency}{year}年政府信息公开工作年度报告**",
    "{agency}{year}年政府信息公开工作年度报告（修订版）",
    "标题：{agency}{year}年政府信息公开工作年度报告",
    "关于{agency}{year}年政府信息公开工作年度报告的公示",
)
NAVIGATION = (
    "首页",
    "走进青石",
    "办事服务",
    "当前位置：首页 > 政府信息公开年报",
    "【字体：大 中 小】",
    "索引号：Q01/2023-7",
)
BODY = ("一、总体情况", "本机关2019年起编制目录，全年公开信息320条。", "六、其他需要报告的事项", "无。")
agencies, years = st.sampled_from(AGENCIES), st.integers(2019, 2029)
SPELLED = ("〇一二三四五六七八九", "○一二三四五六七八九", "零一二三四五六七八九")
DATES = (
    "{0.year}年{0.month}月{0.day}日",
    "{0.year} 年 {0.month} 月 {0.day} 日",
    "{0:%Y-%m-%d}",
    "{0.year}.{0.month}.{0.day}",
)


def of(*lines: str, words: tuple[str, ...] = ()) -> Identity:
    return identify([squeeze(line) for line in lines], [squeeze(word) for word in words])


def spelled(number: int, digits: str = SPELLED[0]) -> str:
    return "".join(digits[int(digit)] for digit in str(number))


def spelled_day(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("", "十", "二十", "三十")[tens] + ("" if tens and not ones else "〇一二三四五六七八九"[ones])


@given(agencies, years, st.sampled_from(TITLES), st.lists(st.sampled_from(NAVIGATION), max_size=4))
@settings(max_examples=300)
def test_agency_and_year_are_those_of_the_title(agency: str, year: int, title: str, before: list[str]) -> None:
    found = of(*before, title.format(agency=agency, year=year), *BODY)
    assert (found.agency, found.year) == (agency, year)
    assert found.title is not None
    assert agency in found.title


@given(agencies, years, st.sampled_from(SPELLED), st.sampled_from(["年", "年度"]))
def test_a_year_may_be_spelled_out(agency: str, year: int, digits: str, word: str) -> None:
    found = of(f"{agency}{spelled(year, digits)}{word}政府信息公开工作年度报告", *BODY)
    assert (found.agency, found.year) == (agency, year)


@given(agencies, years, st.lists(st.sampled_from(NAVIGATION), max_size=3), st.data())
@settings(max_examples=300)
def test_a_title_may_be_cut_over_lines_after_the_name(
    agency: str, year: int, before: list[str], data: st.DataObject
) -> None:
    title = f"{agency}{year}年政府信息公开工作年度报告"
    cuts = sorted(data.draw(st.sets(st.integers(len(agency), len(title) - 1), min_size=1, max_size=3)))
    pieces = [title[start:end] for start, end in zip([0, *cuts], [*cuts, len(title)], strict=True)]
    found = of(*before, *pieces, *BODY)
    assert (found.agency, found.year, found.title) == (agency, year, title)


@given(agencies, years, st.data())
def test_a_title_that_begins_with_the_year_may_be_cut_anywhere(agency: str, year: int, data: st.DataObject) -> None:
    title = f"{year}年{agency}政府信息公开工作年度报告"
    cut = data.draw(st.integers(1, len(title) - 1))
    found = of(title[:cut], title[cut:], *BODY)
    assert (found.agency, found.year) == (agency, year)


@given(agencies, years)
def test_a_title_may_stand_in_a_table(agency: str, year: int) -> None:
    title = f"{agency}{year}年政府信息公开工作年度报告"
    found = of(*BODY, words=("名称", title, "发布日期", f"{year + 1}-01-20"))
    assert (found.agency, found.year, found.title) == (agency, year, title)
    assert found.published_on == f"{year + 1}-01-20"


@given(agencies, years)
def test_who_signs_is_the_agency_where_the_title_names_none(agency: str, year: int) -> None:
    found = of(f"{year}年政府信息公开工作年度报告", *BODY, agency, f"{year + 1}年1月9日")
    assert (found.agency, found.year) == (agency, year)


@given(years)
def test_without_a_title_the_year_is_that_of_the_period(year: int) -> None:
    period = f"本报告依照2019年修订的条例编制，统计期限自{year}年1月1日起至{year}年12月31日止。"
    found = of("政府信息公开", period, *BODY)
    assert (found.year, found.title) == (year, None)


@pytest.mark.parametrize(
    "line",
    [
        "全年公开信息三百二十条。",
        "青石县人民政府2023年法治政府建设年度报告",
        "根据2022年政府信息公开工作年度报告中列出的问题，我们逐条整改，并在本年内办结了全部事项，群众较为满意。",
    ],
)
def test_other_lines_are_no_title(line: str) -> None:
    assert of(line).title is None
    assert of(line).agency is None


@given(agencies, years, st.integers(0, 200), st.sampled_from([*DATES, "spelled"]), st.sampled_from(["", "\n", " "]))
@settings(max_examples=150)
def test_the_date_under_the_report_is_its_signature(agency: str, year: int, days: int, way: str, gap: str) -> None:
    day = date(year + 1, 1, 1) + timedelta(days)
    if way == "spelled":
        written = f"{spelled(day.year)}年{spelled_day(day.month)}月{spelled_day(day.day)}日"
    else:
        written = way.format(day)
    title = f"{agency}{year}年政府信息公开工作年度报告"
    ending = f"{agency}{gap}{written}".split("\n")
    assert of(title, *BODY, *ending).signed_on == day.isoformat()
    assert of(title, f"（{written}）", *BODY).signed_on == day.isoformat()


@given(years, st.integers(1, 28))
def test_a_date_in_a_sentence_or_before_the_year_is_no_signature(year: int, day: int) -> None:
    title = f"青石县人民政府{year}年政府信息公开工作年度报告"
    for line in (f"{year + 1}年1月{day}日，本机关召开了年度工作会议。", f"{year - 1}年1月{day}日"):
        assert of(title, *BODY, line).signed_on is None


@given(
    years,
    st.integers(1, 28),
    st.sampled_from(["发布日期：", "发布时间:", "公开日期： ", "发文日期："]),
    st.booleans(),
    st.data(),
)
def test_the_date_of_publication_is_the_one_so_called(
    year: int, day: int, label: str, below: bool, data: st.DataObject
) -> None:
    title = f"青石县人民政府{year}年政府信息公开工作年度报告"
    written = data.draw(st.sampled_from([f"{year + 1}-01-{day:02}", f"{year + 1}年1月{day}日 09:30"]))
    found = of(*([label, written] if below else [f"{label}{written} 来源：县政府办"]), title, *BODY)
    assert found.published_on == f"{year + 1}-01-{day:02}"
    assert below or found.signed_on is None


def test_without_a_date_there_is_none() -> None:
    found = of("青石县人民政府2023年政府信息公开工作年度报告", *BODY)
    assert (found.signed_on, found.published_on) == (None, None)
    assert identify([], []) == Identity(None, None, None, None, None)


@given(st.lists(st.text("青石县人民政府2023年信息公开工作度报告（）《》#*日月发布期：-. ", max_size=40), max_size=12))
@settings(max_examples=200)
def test_any_lines_have_an_identity_or_none(lines: list[str]) -> None:
    found = of(*lines, words=tuple(lines))
    assert found.year is None or 2000 <= found.year <= 2099
    assert found.title is None or found.year is not None
    for day in (found.signed_on, found.published_on):
        assert day is None or date.fromisoformat(day)
