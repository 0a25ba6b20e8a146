"""账号是谁的 — an account without a check digit blocks if a person is said to hold it (个人信息保护法 第二十八条)."""

from __future__ import annotations

import pytest

from gongkai.text.personal_data import find

NUMBER = "605612345678901234"
PERSONS = [
    "户名：王建军，账号：{}",
    "户名 李红 开户行 农行云岫支行 账号 {}",
    "收款人王建军，账号{}",
    "领款人：李红；折号：{}",
    "王建军 卡（折）号：{}",
    "王建军，农业银行，一卡（折）通号 {}",
    "1.张秀兰，账/卡号：{}",
    "账号{}（李红）",
    "王建军的社保卡号为{}",
    "补助对象 李红 惠农卡折号 {}",
    "欧阳明（账卡号{}）",
    "持折人为赵国强，存折：{}",
]
"""A holder, in the words of lists and notices."""
OTHERS = [
    "户名：云岫县财政局 账号：{}",
    "收款单位：云岫县第一人民医院，账号{}",
    "联系人：王建军，账号：{}",
    "开户行：农行云岫支行 账号：{}",
    "投标保证金账号：{} 王科长",
    "王家村账号{}",
    "黄河公司 账号 {}",
    "高新区 账号 {}",
    "户名：云岫县某某工程有限公司，账号{}，联系人王建军",
    "2025年王庄小学账号：{}",
    "收费票据编号 {} 王建军",
]
"""An office, a firm, or nobody said to hold it."""


@pytest.mark.parametrize("line", PERSONS)
def test_the_account_of_a_person_blocks(line: str) -> None:
    text = f"补贴发放情况\n{line.format(NUMBER)}\n"
    assert [(hit.text, hit.severity.value) for hit in find(text)] == [(NUMBER, "block")]


@pytest.mark.parametrize("line", OTHERS)
def test_that_of_an_office_does_not(line: str) -> None:
    text = f"缴款办法\n{line.format(NUMBER)}\n"
    assert "block" not in [hit.severity.value for hit in find(text)]


@pytest.mark.parametrize(
    "label",
    [
        "卡（折）号",
        "卡(折)号",
        "账（卡）号",
        "账/卡号",
        "卡折号",
        "一卡（折）通",
        "一折通号",
        "存折账号",
        "折号",
        "惠农卡",
    ],
)
def test_a_label_put_together_of_parts_is_asked_about(label: str) -> None:
    assert [hit.kind for hit in find(f"{label}：{NUMBER}")] == ["bank_card"]
