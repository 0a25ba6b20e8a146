"""What the words over a column and beside a number say: amounts, things, accounts of firms (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.text.personal_data import find, find_in_grid

_AMOUNT, _MOBILE = "18598214320", "13800138000"
_IDENTITY, _CARD = "110101199003078515", "6222021234567890128"


def _severities(grid: list[list[str]]) -> list[str]:
    return [str(one.hit.severity) for one in find_in_grid(grid)]


@pytest.mark.parametrize(
    "header",
    [
        "预算数（元）",
        "2025年决算数(元)",
        "金额（单位：万元）",
        "面积（亩）",
        "补偿（元/亩）",
        "建筑面积（平方米）",
        "产量（吨）",
        "账户余额（元）",
        "投资万元",
        "面积/亩",
    ],
)
def test_under_a_unit_eleven_digits_are_a_figure(header: str) -> None:
    for figure in (_AMOUNT, f"{_AMOUNT}.00", f"-{_AMOUNT}", f" {_AMOUNT} "):
        assert _severities([["科目", header], ["城乡社区", figure]]) == []


@pytest.mark.parametrize("header", ["预算数", "上年数", "期末余额", "收入合计", "年初数", "资产", "账户余额"])
def test_under_a_word_of_amounts_a_person_looks(header: str) -> None:
    assert _severities([["科目", header], ["城乡社区", _AMOUNT]]) == ["warn"]


@pytest.mark.parametrize(
    "header",
    [
        "手机",
        "联系电话",
        "联系方式（元）",
        "电话（万元）",
        "收入户联系人",
        "备注",
        "",
        "号码",
        "2026",
        "科目",
    ],
)
def test_a_telephone_under_other_words_blocks(header: str) -> None:
    assert _severities([["科目", "金额（元）", header], ["城乡社区", "3", _MOBILE]]) == ["block"]


@pytest.mark.parametrize(
    "written", ["138-0013-8000", "138 0013 8000", f"张三{_MOBILE}", f"{_MOBILE}（手机）", f"电话{_MOBILE}"]
)
def test_a_telephone_that_is_written_as_one_blocks_under_money(written: str) -> None:
    assert "block" in _severities([["科目", "金额（元）"], ["城乡社区", written]])


def test_money_of_persons_is_left_to_a_person() -> None:
    for header in ("姓名", "领取人", "村民"):
        assert _severities([[header, "金额（元）"], ["张某", _MOBILE]]) == ["warn"]


def test_the_unit_of_a_table_counts_for_its_figures() -> None:
    head = [["单位：元", "", ""], ["科目", "甲镇", "备注"]]
    assert _severities([*head, ["城乡社区", _AMOUNT, ""]]) == []
    assert _severities([["全县财政（万元）"] * 3, *head[1:], ["城乡社区", _AMOUNT, ""]]) == []
    assert _severities([["编制单位：某局", "", "金额单位：元"], *head[1:], ["城乡社区", _AMOUNT, ""]]) == []
    assert _severities([*head, ["城乡社区", "3", _MOBILE]]) == ["block"]
    assert (
        _severities([["单位：元", "", ""], ["科目", "联系电话", ""], ["城乡社区", _MOBILE, _MOBILE]]) == ["block"] * 2
    )
    assert _severities([["单位：元", ""], ["姓名", "甲镇"], ["张某", _MOBILE]]) == ["block"]
    assert _severities([["单位：县财政局", ""], ["科目", "甲镇"], ["城乡社区", _AMOUNT]]) == ["block"]


def test_a_unit_speaks_up_to_the_next_headers() -> None:
    money = [["单位：元", ""], ["科目", "甲镇（元）"], ["城乡社区", _AMOUNT]]
    assert _severities([*money, ["村", "号码"], ["甲村", _MOBILE]]) == ["block"]
    assert _severities([*money, ["村", "乙镇"], ["甲村", _MOBILE]]) == ["block"]
    assert _severities([*money, ["", "联系电话"], ["甲村", _MOBILE]]) == ["block"]
    assert _severities([*money, ["二、农林水", ""], ["农业", _AMOUNT]]) == []
    assert _severities([*money, ["其他1", "—"], ["农业", _AMOUNT]]) == []
    assert _severities([["科目", "金额（元）"], ["", "甲镇"], ["城乡社区", _AMOUNT]]) == []


def test_a_label_left_of_a_figure_counts() -> None:
    assert _severities([["债务余额（元）", _AMOUNT]]) == []
    assert _severities([["债务余额", _AMOUNT]]) == ["warn"]
    assert _severities([["债务余额（元）", "张三", _MOBILE]]) == ["block"]
    assert _severities([["联系人（元）", _MOBILE]]) == ["block"]


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("债务余额（元）：15912345678", []),
        ("建筑面积(㎡) 15912345678", []),
        ("单价（元/吨）为15912345678", []),
        ("预算收入 13812345678", ["warn"]),
        ("资产合计：13812345678", ["warn"]),
        ("一般公共预算支出13812345678", ["warn"]),
        ("手机（元）：15912345678", ["block"]),
        ("补贴（元）张三 15912345678", ["block"]),
        ("收入证明，张三 15912345678", ["block"]),
        ("张三补助500（元） 15912345678", ["block"]),
        ("金额（元）\n15912345678", ["block"]),
        ("（元）联系电话15912345678", ["block"]),
    ],
)
def test_a_unit_in_brackets_before_a_number(text: str, severities: list[str]) -> None:
    assert [str(one.severity) for one in find(text)] == severities


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("电子监管号：4501232026B71272", ["warn"]),
        ("4501232026B71272", ["warn"]),
        ("卡号4501232026B71272", ["block"]),
        ("622202I23456789O128", ["block"]),
    ],
)
def test_a_card_of_rare_disguises_needs_its_label(text: str, severities: list[str]) -> None:
    assert [str(one.severity) for one in find(text)] == severities


@pytest.mark.parametrize(
    "header", ["收件编号", "转办件编号", "立案编号", "档案号", "业务流水号", "受理号", "电子监管号", "案号"]
)
def test_a_number_of_a_case_is_no_persons(header: str) -> None:
    assert _severities([["事项", header], ["办证", _IDENTITY]]) == ["warn"]
    assert _severities([["事项", header], ["办证", f"{_IDENTITY}3"]]) == []
    assert [str(one.severity) for one in find(f"{header}：{_IDENTITY}")] == ["warn"]
    assert find(f"{header}：{_IDENTITY}3") == []


@pytest.mark.parametrize("header", ["身份证编号", "证件号", "公民身份号码", "身份证流水号"])
def test_a_label_of_identity_keeps_the_block(header: str) -> None:
    for number in (_IDENTITY, f"{_IDENTITY}3"):
        assert "block" in _severities([["事项", header], ["办证", number]])
        assert "block" in [str(one.severity) for one in find(f"{header}：{number}")]
    assert _severities([["事项", "卡号编号"], ["办证", _CARD]]) == ["block"]


def test_nineteen_digits_without_a_label_are_unsure() -> None:
    assert [(str(one.kind), str(one.severity)) for one in find(f"见{_IDENTITY}3。")] == [("identity_unsure", "warn")]
    assert [str(one.severity) for one in find(f"{_IDENTITY}{_MOBILE}")] == ["block", "block"]


def test_a_column_of_nothing_but_identity_numbers_blocks_whatever_it_is_called() -> None:
    numbers = ["110101199003078515", "11010519491231002X", "410725199003071238"]
    assert _severities([["姓名", "编号"], *(["张某", one] for one in numbers)]) == ["block"] * 3
    assert _severities([["姓名", "编号"], *(["张某", one] for one in numbers[:2])]) == ["block"] * 2
    cases = [["办证", f"41072520260{at:07}"] for at in range(1_000_001, 1_000_008)]
    assert "block" not in _severities([["事项", "编号"], *cases, ["办证", numbers[0]]])


def test_the_account_of_a_firm_in_a_column_of_names() -> None:
    def severities(*names: str, remark: str = "对公账户") -> list[str]:
        rows = [[name, "甲村", _CARD, remark] for name in names]
        return _severities([["姓名", "村", "账号", "备注"], *rows])

    assert severities("示范县甲村合作社", "某某农业公司", "青山村村委会") == ["warn"] * 3
    assert severities("示范县甲村合作社", "张某") == ["block"] * 2
    assert severities("示范县甲村合作社", remark="") == ["block"]
    assert severities("王建社") == ["block"]
    assert severities("示范县甲村合作社", remark="对公账户已注销，改打本人") == ["block"]


@pytest.mark.parametrize("label", ["合计", "预算收入", "总计"])
def test_the_label_of_a_row_says_nothing_of_what_stands_below_it(label: str) -> None:
    rows = [["项目", "上年"], ["受理", "120"], [label, "238"], ["", ""], ["13800138000", ""]]
    assert [str(each.hit.severity) for each in find_in_grid(rows)] == ["block"]


def test_letters_before_digits_under_a_heading_of_codes_make_a_code() -> None:
    """A reservoir is known by a letter and eleven digits, of which many begin like a telephone."""
    rows = [["水库名称", "水库代码"], ["东风水库", "F14500535752"], ["红旗水库", "F14500535753"]]
    assert find_in_grid(rows) == []
    assert find("东风水库，水库代码：F14500535752，小（2）型。") == []
    for rows in (
        [["姓名", "水库代码"], ["张三", "14500535752"]],
        [["水库名称", "电话"], ["东风水库", "F14500535752"]],
        [["水库名称", "水库代码"], ["东风水库", "F14500535752 张三 13800138000"]],
    ):
        assert find_in_grid(rows), rows
    assert find("电话：F14500535752")


@pytest.mark.parametrize("word", ["流域面积", "总库容", "年产量", "常住人口"])
def test_a_figure_without_its_unit_is_asked_about(word: str) -> None:
    assert [str(one.hit.severity) for one in find_in_grid([["水库", word], ["东风", "13800138000"]])] == ["warn"]
    assert [str(one.severity) for one in find(f"{word} 13800138000")] == ["warn"]


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("示范县东风村", None),
        ("示范乡东风村三组", None),
        ("示范镇十八号村", None),
        ("示范镇三户屯", None),
        ("示范乡东风村三组12号", "示范乡东风村三组***"),
        ("幸福小区3号楼2单元501室", "幸福小区**********"),
        ("幸福小区3-2-501", "幸福小区*******"),
        ("幸福小区 501", "幸福小区 ***"),
        ("人民路甲12号", "人民路****"),
        ("人民路十二号", "人民路***"),
    ],
)
def test_an_address_is_one_from_the_door_on(address: str, masked: str | None) -> None:
    found = find_in_grid([["姓名", "住址"], ["张三", address]])
    assert [(str(one.hit.severity), one.hit.mask) for one in found] == ([("warn", masked)] if masked else [])


def test_a_home_in_a_village_is_no_door() -> None:
    assert find("张三，家住示范乡东风村三组。") == []
    assert [one.mask for one in find("张三，家住示范乡东风村三组12号。")] == ["示范乡东风村三组***"]


@pytest.mark.parametrize("head", ["统一社会信用代码", "行政相对人代码（统一社会信用代码）", "纳税人识别号", "税号"])
def test_a_person_in_the_column_of_firms_blocks_and_the_firms_stay(head: str) -> None:
    """The check digit of a firm's code tells it from the number of a person."""
    grid = [["序号", "行政相对人名称", head, "处罚内容"], ["1", "云岫某公司", "91350100M000100Y43", "警告"]]
    assert find_in_grid(grid) == []
    (one,) = find_in_grid([*grid, ["2", "王某", "110101199003078515", "罚款五百元"]])
    assert (one.row, one.column, str(one.hit.severity)) == (3, 3, "block")


@pytest.mark.parametrize("head", ["账户", "账户号码", "收款账户", "发放账户", "惠农账户", "打卡账户", "信用社账户"])
def test_accounts_without_a_check_digit_are_those_of_persons_below_such_heads(head: str) -> None:
    rows = [["1", "张某", "6056100012345678901", "柳树村"], ["2", "李某", "6056100012345678902", "柳树村"]]
    assert [str(one.hit.severity) for one in find_in_grid([["序号", "姓名", head, "村"], *rows])] == ["block", "block"]
    assert find_in_grid([["序号", "姓名", f"{head}余额（元）", "村"], *(["1", "张某", "1234.00", "柳树村"],)]) == []


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["村", "账户户名", "账号"], ["柳树村", "柳树村股份经济合作社", _CARD]),
        (["单位", "开户名称", "户名", "银行账号"], ["甲", "云岫县第一中学", "云岫县第一中学", _CARD]),
        (["收款单位", "开户行", "账号"], ["云岫某建筑有限公司", "农商行", _CARD]),
    ],
)
def test_the_account_of_an_office_that_is_named_as_its_holder_is_left_to_a_person(
    heads: list[str], row: list[str]
) -> None:
    assert _severities([heads, row]) == ["warn"]
    person = [
        "张某" if text in ("柳树村股份经济合作社", "云岫县第一中学", "云岫某建筑有限公司") else text for text in row
    ]
    assert _severities([heads, person]) == ["block"]


def test_a_person_beside_an_office_holds_the_account() -> None:
    for heads in (["姓名", "单位名称", "账号"], ["姓名", "收款单位", "账号"], ["职工", "开户单位", "卡号"]):
        assert _severities([heads, ["张某", "云岫县民政局", _CARD]]) == ["block"]
