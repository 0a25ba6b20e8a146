"""序号和注码 — a sign that numbers an item or ends a word is no digit of the number beside it (条例 第十五条)."""

from __future__ import annotations

import pytest

from gongkai.text.hit import Severity
from gongkai.text.personal_data import find, find_in_grid
from gongkai.text.personal_data.signs import bare

MOBILE, IDENTITY, CARD = "13800138000", "110101199003078515", "6222021234567890128"
MARKS = "①⑴⒈❶㈠㊀Ⅰⅰ¹②²⑵"


def blocked(text: str) -> set[str]:
    return {bare(hit.text) for hit in find(text) if hit.severity is Severity.BLOCK}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("number", [MOBILE, IDENTITY, CARD, "138 0013 8000", "138-0013-8000"])
def test_a_mark_that_touches_a_number_hides_nothing(mark: str, number: str) -> None:
    for text in (f"{mark}{number}", f"{number}{mark}", f"联系人：{mark}{number}；", f"手机{number}{mark}。"):
        assert blocked(text) == {bare(number)}, text
    assert blocked(f"{mark}张三{number}②李四13900139000") == {bare(number), "13900139000"}


def test_circled_digits_are_a_number_all_the_same() -> None:
    assert len(blocked("①③⑧⓪⓪①③⑧⓪⓪⓪")) == 1
    assert len(blocked("13800①38000")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "张三一三八〇〇一三八〇〇〇",
        "王五一三八零零一三八零零零",
        "张三壹叁捌零零壹叁捌零零零",
        "张三幺三八零零幺三八零零零",
        "之一一三八〇〇一三八〇〇〇",
        "一三八〇〇一三八〇〇〇一月",
        "李娜一三八〇〇一三八〇〇〇",
        "电话一三八〇〇一三八〇〇〇二〇二六年",
    ],
)
def test_a_word_that_ends_in_a_numeral_hides_no_telephone_in_chinese_signs(text: str) -> None:
    assert [hit.severity for hit in find(text)] == [Severity.BLOCK]


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        ([["姓名", "职务", "办公电话"], ["张三", "局长", "0712-2345678"]], None),
        ([["姓名", "科室电话"], ["李四", "2345678"]], None),
        ([["姓名", "值班手机"], ["张三", MOBILE]], Severity.WARN),
        ([["班组", "值班电话"], ["一组", MOBILE]], Severity.WARN),
        ([["姓名", "职务", "联系电话"], ["张三", "局长", "0712-2345678"]], Severity.WARN),
        ([["姓名", "职务", "联系电话"], ["张三", "局长", MOBILE]], Severity.BLOCK),
        ([["姓名", "联系电话"], ["张三", "0712-2345678"]], Severity.BLOCK),
        ([["姓名", "住宅电话"], ["张三", "2345678"]], Severity.BLOCK),
    ],
)
def test_the_telephones_of_an_office_are_told_from_those_of_persons(
    rows: list[list[str]], severity: Severity | None
) -> None:
    assert [one.hit.severity for one in find_in_grid(rows)] == ([severity] if severity else [])


def test_the_approval_of_a_medicine_is_no_permit() -> None:
    assert find("批准文号：国药准字H20117405") == []
    assert find("通行证H20117405") != []


@pytest.mark.parametrize(
    "text", ["1380013800013900139000", "138001380002026年1月", "138001380002026-01-01", "2026010113800138000"]
)
def test_where_the_end_of_a_line_was_lost_a_person_is_asked(text: str) -> None:
    assert [hit.severity for hit in find(text)] == [Severity.WARN]


@pytest.mark.parametrize("tag", ["0\x82\x01", "1\x0b0", "0\u2021", "0\ufffd"])
def test_a_name_in_a_certificate_ends_where_the_next_part_begins(tag: str) -> None:
    """After 张三 110101… the bytes of X.690 go on with one that looks like a digit."""
    assert blocked(f"\x06\x03U\x04\x03\x0c\x19张三 {IDENTITY}{tag}")
    assert not blocked(f"办件编号 {IDENTITY}0，已办结")
