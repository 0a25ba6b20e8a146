"""公用的手机 — a mobile of a duty desk is asked about, a person's blocks (条例 第十五条、第二十条)."""

from __future__ import annotations

import pytest

from gongkai.text.hit import Severity
from gongkai.text.personal_data import Kind, find, find_in_grid

NUMBER = "13912345678"
OFFICE = """
值班手机（公用）：
防汛值班电话（手机）：
公务手机：
办公手机：
举报手机：
应急值守手机
值班电话（手机）
值班室手机：
公用手机
投诉手机：
监督举报手机
应急值守电话（24小时）：
值班手机号码：
办公电话(手机)
""".strip("\n").split("\n")
OWN = """
值班电话（张三）：
值班人员手机：
工作手机：
个人手机：
局长手机：
手机：
办公室李四
值班电话：0371-65900000，手机：
""".strip("\n").split("\n")


@pytest.mark.parametrize("label", OFFICE)
def test_a_mobile_of_a_desk_is_asked_about(label: str) -> None:
    assert [(hit.kind, hit.severity) for hit in find(f"{label}{NUMBER}")] == [(Kind.MOBILE, Severity.WARN)]


@pytest.mark.parametrize("label", OWN)
def test_a_mobile_of_a_person_blocks(label: str) -> None:
    assert [(hit.kind, hit.severity) for hit in find(f"{label}{NUMBER}")] == [(Kind.MOBILE, Severity.BLOCK)]


def test_a_column_of_such_mobiles_is_asked_about() -> None:
    for head in ("值班手机", "公务手机", "举报手机（公用）"):
        hits = find_in_grid([["单位", head], ["水务局", NUMBER], ["气象局", "13800138000"]])
        assert {one.hit.severity for one in hits} == {Severity.WARN}, head


@pytest.mark.parametrize("text", ["62.124 255.255.255.0 60.10", "194.14.62.124 255.255.255.0 60.10.156.122"])
def test_addresses_of_computers_are_no_card(text: str) -> None:
    assert find(text) == []
