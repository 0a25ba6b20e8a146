"""数量单位 — a number with a unit is an amount; a word that only begins with the sign of a unit makes none."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.text.personal_data import find
from gongkai.text.personal_data.kinds import DATA
from tests.text import persons

UNITS = DATA["about"]["units"]
_WORDS = (
    "元旦 元宵 元月 元老 元件 元氏县 元素 元帅 元首 元勋 元年 元配 元凶 元气 元朝 元代 元曲 元日 "
    "元音 元谋县 元江县 元阳县 元宝区 元坝镇 元和街道 元村镇 元山村 元庆 元芳 元通镇 元一社区 千元机 "
    "万元户 亿元镇 美元素 吨位 吨粮田 吨袋 吨包 吨数 亩产 亩均 亩数 亩头村 公里长 公里桩 公里数 "
    "公里处 公里碑 千米高 千米跑 平方米数 立方米数 公顷级 千瓦级 千瓦数 公斤级 公斤数 千克级 株洲籍 "
    "株洲市 株距 株高 株式会社 人次数 字节跳动 字节数 万度村 kWh表 m2区"
)
WORDS = _WORDS.split()
AFTER = [
    "",
    "。",
    "，",
    "\n",
    "）",
    "；",
    " 整",
    "整",
    "以上",
    "左右",
    "每年",
    "的",
    "人民币",
    "/年",
    "、2吨",
    "和3000元",
    "（大写）",
    "用于道路",
    "为历年最高",
    "由市财政承担",
    "创历史新高",
]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("before", ["张三{}", "张三 {}", "{}", "李某（{}"])
def test_a_word_that_begins_with_a_unit_hides_no_telephone(before: str, word: str) -> None:
    for number in ("13800138000", "138 0013 8000", "138-0013-8000"):
        for blank in ("", " "):
            (found,) = find(f"{before.format(number)}{blank}{word}值班")
            assert (found.kind, found.severity, found.text) == ("mobile", "block", number)


@given(st.sampled_from(WORDS), persons.seeds, st.sampled_from([persons.identity, persons.card]))
def test_no_unit_makes_an_amount_of_a_checked_number(word: str, seed: int, maker: object) -> None:
    number = maker(random.Random(seed))  # type: ignore[operator]
    assert [(found.text, found.severity) for found in find(f"张三{number}{word}")] == [(number, "block")]


@pytest.mark.parametrize("after", AFTER)
@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_that_ends_makes_an_amount(unit: str, after: str) -> None:
    assert find(f"全年13800138000{unit}{after}") == []
    assert find(f"全年13800138000.50{unit}{after}") == []


@pytest.mark.parametrize("unit", UNITS)
def test_a_sign_that_is_not_seen_ends_no_unit(unit: str) -> None:
    assert [found.severity for found in find(f"张三13800138000{unit}\u200b旦值班")] == ["block"]


def test_a_name_of_an_account_is_no_amount_either() -> None:
    assert [found.kind for found in find("QQ号：12345678元旦快乐")] == ["account"]
    assert find("QQ号：12345678元。") == []


_TORN = (
    "元旦 元宵 元月1日 元月上旬 元月值 元帅 元勋 元氏县 元谋县 元坝镇 吨粮田 吨袋 亩头村 公里碑 株洲市 "
    "株式会社 字节跳动"
)
_FREE = (
    "同比增长 其中：省级 月均 月度计划 首期款 年末数 件数 旦增家 旦正村 洲际酒店 袋装水泥 产量 产值 位于 均价 "
    "人均 项目 合计 配套 老旧小区 素质提升 气象站 代建 江南 村级 宝钢 桩号 处置 头寸 数据 户均"
)


@pytest.mark.parametrize("gap", [" ", "\n", " \n", "\u3000", "\r\n", " \u200b", "\t"])
@pytest.mark.parametrize("before", ["", " "])
def test_a_blank_in_a_word_that_begins_with_a_unit_hides_no_telephone(gap: str, before: str) -> None:
    for word in _TORN.split():
        unit = max((unit for unit in UNITS if word.startswith(unit)), key=len)
        for number in ("13800138000", "138 0013 8000"):
            text = f"张三{number}{before}{unit}{gap}{word.removeprefix(unit)}值班"
            assert [(found.text, found.severity) for found in find(text)] == [(number, "block")], text


@pytest.mark.parametrize("after", _FREE.split())
@pytest.mark.parametrize("gap", [" ", "\n", "\u3000", "\t"])
def test_words_behind_a_unit_and_a_blank_leave_it_a_unit(gap: str, after: str) -> None:
    for unit in ("元", "万元", "吨", "亩", "公里", "株", "字节"):
        assert find(f"全年13800138000 {unit}{gap}{after}") == []
        assert find(f"全年13800138000{unit}{gap}{after}") == []


def test_a_name_of_an_account_before_a_torn_word_is_no_amount() -> None:
    assert [found.kind for found in find("QQ号：12345678元\n旦快乐")] == ["account"]


@pytest.mark.parametrize("label", ["手机：", "联系电话：", "tel:", '{"tel":', "手机号为"])
@pytest.mark.parametrize("noughts", [".0", ".00"])
def test_a_telephone_that_a_program_took_for_a_figure_blocks(label: str, noughts: str) -> None:
    assert [hit.severity for hit in find(f"{label}13800138000{noughts}")] == ["block"]
    assert [hit.severity for hit in find(f"支出13800138000{noughts}")] == ["warn"]
