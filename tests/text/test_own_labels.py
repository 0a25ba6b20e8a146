"""号码自己的标签 — the label right before a number decides over the heading far above its column (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.text.personal_data import find, find_in_grid, find_in_markup

_MOBILE, _IDENTITY = "13800138000", "110101199003078515"
_TABLE = [["序号", "姓名", "村"], ["1", "张明", "李庄村"], ["2", "李秀兰", "王庄村"]]
_FIGURES = ["500", "600"]
_MONEY = """
金额
金额（元）
补助金额
面积
面积（亩）
预算
合计
月补助标准（元）
产量（吨）
投资万元
工资
编号
准考证号
合同编号
""".strip().split("\n")
_LABELS = """
联系电话：
电话：
手机：
手机号码：
联系方式:
联系电话
手机号
电话
手机
移动电话：
电话（手机）：
联系人电话：
办理人手机号码为：
""".strip().split("\n")


def _listed(head: str, foot: list[str]) -> list[list[str]]:
    table = [[*row, last] for row, last in zip(_TABLE, [head, *_FIGURES], strict=True)]
    return [*table, foot]


def _severities(grid: list[list[str]]) -> list[str]:
    return [str(one.hit.severity) for one in find_in_grid(grid)]


@pytest.mark.parametrize("head", _MONEY)
@pytest.mark.parametrize("label", _LABELS)
def test_the_foot_of_a_list_names_its_telephone(head: str, label: str) -> None:
    for foot in (
        ["填表人：王建军", "", label, _MOBILE],
        ["填表人：", "王建军", label, _MOBILE],
        ["经办人：王建军", label, "", _MOBILE],
        ["", "", "", f"{label}{_MOBILE}"],
    ):
        assert "block" in _severities(_listed(head, foot)), foot


@pytest.mark.parametrize("head", ["金额", "编号", "凭证号", "合同编号"])
@pytest.mark.parametrize("label", ["身份证号：", "身份证号码", "医保编号：", "社保编号"])
def test_it_names_its_identity_number(head: str, label: str) -> None:
    assert _severities(_listed(head, ["领款人：", "王建军", label, _IDENTITY])) == ["block"]


def test_the_row_above_within_the_block_names_it() -> None:
    table = _listed("金额（元）", ["合计", "", "", "1100"])
    assert _severities([*table, [""] * 4, ["填表人", "", "", "联系电话"], ["王建军", "", "", _MOBILE]]) == ["block"]


@pytest.mark.parametrize(
    "row",
    [
        ["1", "家电", "手机", "18598214320"],
        ["2", "通信", "移动电话", "18598214320"],
        ["3", "通信费", "电话费", "18598214320"],
        ["4", "李庄村", "合计", "18598214320"],
        ["5", "监督", "监督电话：", "18598214320"],
        ["6", "业务", "办公电话", "18598214320"],
        ["7", "单位", "手机（万元）", "18598214320"],
    ],
)
@pytest.mark.parametrize("head", ["金额（元）", "产值（万元）", "预算"])
def test_what_a_row_counts_is_no_label(head: str, row: list[str]) -> None:
    assert "block" not in _severities([["序号", "类别", "品名", head], ["1", "家电", "彩电", "500"], row])


def test_tables_of_texts_and_pages_say_the_same() -> None:
    rows = _listed("金额（元）", ["填表人：王建军", "", "联系电话：", _MOBILE])
    lines = {"\t": "\n".join("\t".join(row) for row in rows), "|": "\n".join(f"|{'|'.join(row)}|" for row in rows)}
    for text in lines.values():
        assert [str(hit.severity) for hit in find(text)] == ["block"]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    assert [str(hit.severity) for hit in find_in_markup(f"<table>{cells}</table>")] == ["block"]


@pytest.mark.parametrize("label", ["医保编号", "社保编号：", "医疗保险编号", "社会保障编号:", "社保号 ", "参保编号："])
def test_the_number_of_an_insurance_is_an_identity_number(label: str) -> None:
    assert [str(hit.severity) for hit in find(f"王建军，{label}{_IDENTITY}。")] == ["block"]


@pytest.mark.parametrize(
    "text",
    [
        "单位社保编号：410725000123",
        "医保编号见附件。",
        "参保编号 00123456",
        "社保号段 1000-2000",
        "医疗保险编号规则（试行）",
        "设备编号：110101000000000001",
    ],
)
def test_other_numbers_of_insurances_stay_quiet(text: str) -> None:
    assert find(text) == []
