"""出生日期和其他写明的个人信息 — whole birthdays, old identity numbers, papers, accounts and houses of persons."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import dates

from gongkai.documents.redaction.editor import Table, shown
from gongkai.documents.redaction.places import Place
from gongkai.documents.redaction.searching import in_parts
from gongkai.documents.redaction.values import Options
from gongkai.text.personal_data import find, find_in_grid

DAYS = dates(date(1930, 1, 1), date(2015, 12, 31))
_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
_ONES = ("", *"一二三四五六七八九")


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return f"{'' if tens < 2 else _ONES[tens]}{'十' if tens else ''}{_ONES[ones]}"


WRITTEN = {
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "points": lambda day: f"{day:%Y.%m.%d}",
    "hyphens": lambda day: f"{day:%Y-%m-%d}",
    "strokes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "numerals": lambda day: f"{str(day.year).translate(_CHINESE)}年{_numeral(day.month)}月{_numeral(day.day)}日",
}
SAID = (
    "张某，男，{}出生，农民",
    "出生日期：{}",
    "出生年月日为{}。",
    "李某（{}生）",
    "王某生于{}",
    "{}出生于云岫县",
    "生日 {}",
)
RULES = (
    "凡在{}前出生的儿童",
    "{}以后出生的子女",
    "{}（含）前出生",
    "出生于{}以前的人员",
    "自{}生效",
    "{}生产的批次",
    "问题产生于{}",
    "学生{}报到",
    "{}发生",
    "2001年9月1日至{}出生的儿童",
)


@given(DAYS, st.sampled_from(sorted(WRITTEN)), st.sampled_from(SAID))
def test_a_whole_birthday_is_asked_about(day: date, way: str, said: str) -> None:
    printed = WRITTEN[way](day)
    (found,) = find(said.format(printed))
    assert (found.kind, found.severity, found.text) == ("birthday", "warn", printed)
    assert not any(sign.isalnum() for sign in found.mask or "")


@given(DAYS, st.sampled_from(sorted(WRITTEN)), st.sampled_from(RULES))
def test_a_day_of_a_rule_is_nobodys_birthday(day: date, way: str, said: str) -> None:
    assert not find(said.format(WRITTEN[way](day)))


@given(DAYS, st.sampled_from(sorted(WRITTEN)))
def test_a_day_behind_the_sex_of_a_person_is_asked_about_where_it_can_be_a_birthday(day: date, way: str) -> None:
    found = [(each.kind, each.text) for each in find(f"陈某，男，{WRITTEN[way](day)}，汉族，住城关镇")]
    assert found == ([("birthday", WRITTEN[way](day))] if day.year < 2010 else [])
    assert not find(f"共3人，男2人，女1人，{WRITTEN[way](day)}报到")


@given(DAYS, st.sampled_from(["出生日期", "出生年月日", "生日", "出生年月"]))
def test_a_column_of_birthdays_beside_names_is_asked_about(day: date, header: str) -> None:
    for printed in (f"{day:%Y-%m-%d}", f"{day:%Y%m%d}", f"{day:%y.}{day.month}.{day.day}"):
        (found,) = find_in_grid([["姓名", header, "补助"], ["张某", printed, "300"]])
        assert (found.column, found.hit.kind, found.hit.severity) == (2, "birthday", "warn")
    assert not find_in_grid([["姓名", header, "补助"], ["张某", f"{day:%Y.%m}", "300"]])
    assert not find_in_grid([["地区", header, "补助"], ["云岫", f"{day:%Y-%m-%d}", "300"]])


def test_a_birthday_hides_no_number_of_which_it_is_a_part() -> None:
    tables = [_table("姓名,号码", "张某,410725"), _table("姓名,出生日期", "李某,1990-03-07", "王某,1238")]
    blocked = [found.hit.text for found, _ in in_parts(tables, Options()) if found.hit.severity == "block"]
    assert blocked == ["410725", "1990-03-07", "1238"]


def _table(*rows: str) -> Table:
    return Table([[shown(Place(), cell) for cell in row.split(",")] for row in rows])


@pytest.mark.parametrize(
    ("text", "kind", "severity"),
    [
        ("张某，身份证号：330102660218341", "identity", "block"),
        ("张某，身份证 330102 660218 341", "identity", "block"),
        ("张某 330102-660218-341", "identity_unsure", "warn"),
        ("张某 3301 0266 0218 341", "identity_unsure", "warn"),
        ("3301 0266 0218 341 22 18", None, None),
        ("护照号码 E 1234 5678", "passport", "block"),
        ("护照E-12345678", "passport", "block"),
        ("护照号：E－1234－5678", "passport", "block"),
        ("Passport No. E 1234 5678", "passport", "block"),
        ("持 G 12345678 护照入境", "passport", "block"),
        ("持E12345678号的普通护照", "passport", "block"),
        ("护照 No 2024-01-15", None, None),
        ("往来港澳通行证 CA1234567", "permit", "block"),
        ("通行证申请 2024-01-15", None, None),
        ("银行卡号：6228 4800 1234 5678 901", "bank_card", "warn"),
        ("存折号 01-123456789012345", "bank_card", "warn"),
        ("开户行：农商行 账号：101001234567890", "bank_card", "warn"),
        ("户名：云岫县财政局，开户行：农商行，账号：101001234567890", None, None),
        ("账户余额12345678901234元", None, None),
        ("张某，住阳光花园3号楼2单元1102", "address", "warn"),
        ("李四 住所地云岫县东大街甲12号", "address", "warn"),
        ("张三,河湾镇柳林村二十五号", "address", "warn"),
        ("被征收人张某，房屋坐落于东关街七十二号，建筑面积88平方米", "address", "warn"),
        ("项目坐落于人民路18号", None, None),
        ("张店区，柳泉路18号", None, None),
        ("王村镇，人民路18号", None, None),
        ("会议地点,人民路18号", None, None),
    ],
)
def test_what_names_a_person_is_said(text: str, kind: str | None, severity: str | None) -> None:
    assert [(hit.kind, hit.severity) for hit in find(text)] == ([(kind, severity)] if kind else [])


@pytest.mark.parametrize(
    ("header", "cell", "kind"),
    [
        ("mobile", "13800138000.0", "mobile"),
        ("tel", "13800138000.00", "mobile"),
        ("Phone_Number", "13800138000.0", "mobile"),
        ("lxdh", "13800138000.0", "mobile"),
        ("id_no", "330102660218341", "identity"),
        ("IDCARD", "330102660218341.0", "identity"),
        ("cert_no", "110101199003078510", "identity"),
        ("sfzh", "11010119900307851X", "identity"),
        ("bank_card", "6228480012345678901", "bank_card"),
        ("tel", "0371-65432100", None),
        ("phone", "65432100", None),
        ("id", "20240112", None),
        ("cert_no", "豫A-2024-000123", None),
        ("card_no", "A-000123", None),
    ],
)
def test_a_word_of_a_program_says_what_a_cell_of_its_shape_is(header: str, cell: str, kind: str | None) -> None:
    found = find_in_grid([["name", header], ["Zhang", cell]])
    assert [(one.column, one.hit.kind, one.hit.severity) for one in found] == ([(2, kind, "block")] if kind else [])


@pytest.mark.parametrize("label", ["id_no", "idCard", "ID card number", "cert_no", "certificate_no", "sfzh", "zjhm"])
def test_a_word_of_a_program_before_an_old_identity_number_blocks(label: str) -> None:
    assert [(hit.kind, hit.severity) for hit in find(f'{{"{label}": 330102660218341}}')] == [("identity", "block")]
    assert [hit.severity for hit in find('{"id": 330102660218341}')] == ["warn"]
