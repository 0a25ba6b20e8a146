"""卡（折）号 — headings of passbooks however they are put together, and what only looks like one (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.text.personal_data import find_in_grid

_NUMBERS = ["605610010210045678", "60561001021234", "605610010210"]
_WORDS = """
卡（折）号
卡(折)号
账（卡）号
帐(卡)号
卡（账）号
折号
折号码
卡折号
折（卡）号
卡/折号
账/卡号
存折号
存（折）号
一折通
一折通号
一折通号码
一卡（折）通
一卡（折）通号
一卡（折）通账号
一折（卡）通
一本通
账户（折）号
账户（卡）号
卡、折号
卡或折号
【卡折】号
卡（折）号：
卡（折）号（必填）
""".strip().split("\n")
_MORE = """
工资折
惠农折
粮补折
社保折
银行折
银行存折
惠农一卡通（折）
折
一折（卡）通账户
""".strip().split("\n")
_BEFORE = ("", "惠农", "工资", "银行", "享受补贴")
_HEADS = [*(f"{before}{word}" for before in _BEFORE for word in _WORDS), *_MORE]
_OTHERS = """
文号
编号
凭证号
发票号
折款金额
一折通金额
一折通发放额
折旧额
折旧编号
打折号
折扣率
折算面积
折合标准亩
折号凭证号
金额
批次编号
发放文号
票据号
折页数
对折编号
折标系数
户数
曲折度
""".strip().split("\n")


def _severities(head: str, number: str) -> list[str]:
    rows = [["姓名", head, "村"], ["王建军", number, "李庄村"], ["李秀兰", number, "王庄村"]]
    return [str(one.hit.severity) for one in find_in_grid(rows) if one.hit.kind == "bank_card"]


@pytest.mark.parametrize("head", _HEADS)
def test_the_number_of_a_passbook_blocks_without_a_check_digit(head: str) -> None:
    for number in (*_NUMBERS, "6056 1001 0210 045678", "605610010210045678123"):
        assert _severities(head, number) == ["block", "block"], number


@pytest.mark.parametrize("head", ["卡（折）号", "一折通", "惠农折号"])
def test_what_is_no_number_of_a_passbook_stays_quiet(head: str) -> None:
    for text in (
        "500",
        "1000.00",
        "未办理",
        "邮储银行",
        "20261201",
        "6056****5678",
        "见附件12",
        "605610010210045678901234",
    ):
        assert _severities(head, text) == [], text


@pytest.mark.parametrize("head", _OTHERS)
def test_other_headings_say_nothing_of_passbooks(head: str) -> None:
    for number in _NUMBERS:
        assert _severities(head, number) == [], number


def test_an_office_that_holds_the_account_is_asked_about() -> None:
    rows = [["户名", "卡（折）号", "金额"], ["云岫县财政局", _NUMBERS[0], "500"]]
    assert "block" not in [str(one.hit.severity) for one in find_in_grid(rows)]
