"""表头的意思 — birthdays, homes, certificates and things, by what stands over or before a cell (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.documents.redaction import inspect
from gongkai.text.personal_data import find, find_in_grid

_MOBILE = "13800138000"
_BIRTH_HEADS = ("csrq", "birth", "DOB", "date_of_birth", "birthDate", "生日", "出生", "出生年月", "出生年月（日）")
_DAYS = ("19850312", "1985-03-12", "1985.3.12", "85.3.12", "1985-03-12T00:00:00Z", "3/12/1985", "31118")


def kinds(grid: list[list[str]]) -> list[tuple[str, str]]:
    return [(str(one.hit.kind), str(one.hit.severity)) for one in find_in_grid(grid)]


def told(name: str, text: str) -> set[str]:
    return {str(found.hit.kind) for found in inspect(name, text.encode(), pictures=False).hits}


@pytest.mark.parametrize("head", _BIRTH_HEADS)
@pytest.mark.parametrize("day", _DAYS)
def test_a_birthday_is_asked_about_below_beside_and_behind_its_head(head: str, day: str) -> None:
    below = [["姓名", head], ["张某", day]]
    beside = [["姓名", "张某", head, day], ["性别", "男", "民族", "汉"]]
    in_english = [["name", head], ["Zhang", day]]
    assert kinds(below) == kinds(beside) == kinds(in_english) == [("birthday", "warn")]
    assert told("a.json", f'[{{"xm": "张某", "{head}": "{day}"}}]') == {"birthday"}


@pytest.mark.parametrize("head", ["csrq", "birth", "DOB", "date_of_birth"])
@pytest.mark.parametrize("day", ["19850312", "1985-03-12", "85.3.12", "12 Mar 1985"])
def test_a_field_of_a_program_says_a_birthday_in_any_file(head: str, day: str) -> None:
    assert told("a.txt", f"{head}: {day}\n") == {"birthday"}
    assert told("a.xml", f"<r><{head}>{day}</{head}></r>") == {"birthday"}
    assert told("a.html", f'<p>表</p><input name="{head}" value="{day}">') == {"birthday"}
    assert told("a.html", f'<p data-{head}="{day}">表</p>') == {"birthday"}


def test_a_birthday_in_two_figures_of_the_year_needs_its_label() -> None:
    assert [found.text for found in find("生日：85.3.12，出生日期 79年1月2日")] == ["85.3.12", "79年1月2日"]
    assert not find("版本 85.3.12，比分 85-3-12")


def test_what_counts_births_is_no_birthday() -> None:
    assert kinds([["地区", "出生", "死亡"], ["云岫县", "31118", "30211"]]) == []
    assert kinds([["姓名", "出生年月"], ["张某", "1985.03"], ["李某", "198503"]]) == []


HOMES = (
    "安居小区 12-3-402",
    "阳光家园12-3-402",
    "柳树村3组15号",
    "丽景湾A座1203",
    "和平小区5号楼2单元301",
    "建设路18号院3号楼201",
)


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("head", ["住址", "地址", "现住址", "户籍地", "家庭住址", "address", "jtzz"])
def test_a_home_is_asked_about_in_a_list_of_persons(home: str, head: str) -> None:
    assert kinds([["姓名", head], ["张某", home]]) == [("address", "warn")]


@pytest.mark.parametrize("home", HOMES[:4])
@pytest.mark.parametrize(
    "said",
    ["张三，{}。", "张三（男，{}）已领取", "张三 {}", "张三家住{}，", "住址：{}", "救助对象张三，男，58岁，住{}"],
)
def test_a_home_behind_a_name_or_a_label_is_asked_about(home: str, said: str) -> None:
    assert [str(found.kind) for found in find(said.format(home))] == ["address"]


@pytest.mark.parametrize(
    "said",
    [
        "建设单位位于安居小区 12-3-402",
        "王村3-4月份发放",
        "张三、云岫城2023-2024年度",
        "供水范围：阳光家园12-3，安居小区7栋",
    ],
)
def test_an_estate_without_a_person_is_nobodys_home(said: str) -> None:
    assert not find(said)


def test_an_address_of_an_office_stays() -> None:
    assert kinds([["姓名", "职务", "地址"], ["张某", "科长", "建设路18号3楼301室"]]) in ([], [("address", "warn")])
    assert kinds([["当事人", "地址"], ["云岫县某某商贸有限公司", "建设路18号"]]) == []


CERTIFICATES = (
    ("护照", "AB1234567", ("passport", "block")),
    ("外国护照", "712345678", ("passport", "block")),
    ("士官证", "南字第0123456号", ("officer", "block")),
    ("港澳通行证", "C12345678", ("permit", "block")),
    ("户口簿", "123456789", ("certificate", "warn")),
    ("其他", "X-123-99", ("certificate", "warn")),
)


@pytest.mark.parametrize("head", ["证件号码", "证件号", "有效证件号码", "证照号码", "zjhm", "id_no"])
@pytest.mark.parametrize(("paper", "number", "found"), CERTIFICATES)
def test_the_number_of_any_certificate_is_told(head: str, paper: str, number: str, found: tuple[str, str]) -> None:
    assert kinds([["姓名", "证件类型", head], ["张某", paper, number]]) == [found]
    assert told("a.json", f'{{"姓名": "张某", "证件类型": "{paper}", "{head}": "{number}"}}') >= {found[0]}


def test_what_is_no_certificate_of_a_person_is_not_asked_about() -> None:
    assert kinds([["姓名", "执法证件号"], ["张某", "16030012345"]]) == []
    assert kinds([["姓名", "身份证后六位"], ["张某", "078515"]]) == []
    assert kinds([["申请人", "证件类型", "证件号码"], ["某某公司", "营业执照", "410725000012345"]]) == []
    assert kinds([["项目", "证件号码"], ["道路", "123456789"]]) == []
    assert not find("执法证件号：1603001234")
    assert [str(found.kind) for found in find("证件号码：123456789")] == ["certificate"]


@pytest.mark.parametrize(
    "head",
    [
        "准考证号",
        "考号",
        "学号",
        "工号",
        "资产编号",
        "设备编号",
        "合同编号",
        "订单号",
        "固定资产编号",
        "学号（8位以上）",
    ],
)
def test_a_head_that_names_a_thing_leaves_no_telephone(head: str) -> None:
    rows = [["张某", _MOBILE], ["李某", "15912345678"]]
    assert kinds([["姓名", head], *rows]) == kinds([["序号", head], *rows]) == []
    assert told("a.csv", f"姓名,{head}\n张某,{_MOBILE}\n") == set()


@pytest.mark.parametrize("head", ["联系电话", "手机", "手机号", "大学号码", "电话编号", "学号/手机", "备注", "号码"])
def test_a_telephone_below_another_head_blocks(head: str) -> None:
    assert [severity for _, severity in kinds([["姓名", head], ["张某", _MOBILE]])] == ["block"]


def test_below_a_bare_number_a_person_looks() -> None:
    assert kinds([["姓名", "编号"], ["张某", _MOBILE]]) == [("mobile", "warn")]


@pytest.mark.parametrize(
    "written",
    ["110101/850312/123", "110101.850312.123", "110101/85/03/12/123", "11/01/01/85/03/12/123", "1101/0185/0312/123"],
)
def test_an_old_identity_number_is_told_however_it_is_parted(written: str) -> None:
    assert [str(found.kind) for found in find(f"张某 {written}")] == ["identity_unsure"]
    assert [(str(found.kind), str(found.severity)) for found in find(f"身份证号：{written}")] == [("identity", "block")]
