"""号码存成数 — a number that a cell keeps is looked at whatever its format makes of it (条例 第十五条)."""

from __future__ import annotations

from functools import partial

import pytest

from gongkai.documents import redaction
from gongkai.documents.redaction import Decisions
from tests.documents.redaction.workbooks import inflated, row, styles, text, workbook

MOBILE = "13800138000"
FORMATS = (
    *("[DBNum1]General", "[DBNum1][$-804]General", "[DBNum2][$-804]General", "[DBNum3][$-804]General"),
    *("[DBNum1][$-804]0", "[DBNum3][$-804]0", "0,,", "#,##0,,", '0.0,,"百万"', "0.00E+00", "##0.0E+0", "yyyy"),
    *("_-* #,##0_-", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "#,##0.00_);(#,##0.00)", "# ?/?", "#,##0"),
    *('0"x"0000"y"0000', '"略"', ';;;"见附件"', '[>1]"大"', "0.0", "00000000000000", "000-0000-0000"),
)
MONEY = ("#,##0", "#,##0.00", "_ * #,##0_ ", "[DBNum2][$-804]General", '0"."0,"万"')
masked = partial(redaction.masked, pictures=False)
inspect = partial(redaction.inspect, pictures=False)


def one_cell(code: str, heading: str = "", number: str = MOBILE) -> bytes:
    """A number in the format, under a heading."""
    written = code.replace("&", "&amp;").replace('"', "&quot;").replace(">", "&gt;")
    look = styles(f'<numFmt numFmtId="170" formatCode="{written}"/>', xfs='<xf numFmtId="170" fontId="0" fillId="0"/>')
    over = row(1, text("A1", heading)) if heading else ""
    return workbook(over + row(2, f'<c r="A2" s="1"><v>{number}</v></c>'), look=look)


@pytest.mark.parametrize("code", FORMATS)
def test_a_kept_number_blocks_and_is_in_no_copy(code: str) -> None:
    data = one_cell(code)
    assert inspect("表.xlsx", data).is_blocked
    copy = masked("表.xlsx", data, Decisions())
    assert MOBILE.encode() not in inflated(copy)
    assert not inspect("表.xlsx", copy).is_blocked


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("[DBNum1][$-804]General", "一百三******三万八千"),
        ("[DBNum3][$-804]General", "138****8000"),
        ('0"x"0000"y"0000', "138****8000"),
    ],
)
def test_the_copy_masks_what_shows_the_whole_number(code: str, shown: str) -> None:
    assert shown.encode() in inflated(masked("表.xlsx", one_cell(code), Decisions()))


@pytest.mark.parametrize("code", MONEY)
@pytest.mark.parametrize("heading", ["金额（元）", "本年预算", "2024 年（单位：元）"])
def test_amounts_of_money_are_no_numbers_of_persons(code: str, heading: str) -> None:
    assert not inspect("表.xlsx", one_cell(code, heading)).is_blocked


@pytest.mark.parametrize("code", ['"¥"#,##0.00', "[$¥-804]#,##0", '0"元"', "[$$-409]#,##0"])
def test_a_currency_says_that_it_is_money(code: str) -> None:
    assert not inspect("表.xlsx", one_cell(code)).is_blocked


@pytest.mark.parametrize("heading", ["联系电话", "手机号"])
def test_a_sheet_in_yuan_may_have_a_column_of_telephones(heading: str) -> None:
    assert inspect("表.xlsx", one_cell("#,##0", heading)).is_blocked
    rows = row(1, text("A1", "单位：元")) + row(2, text("A2", heading)) + row(3, f'<c r="A3" s="1"><v>{MOBILE}</v></c>')
    look = styles(xfs='<xf numFmtId="3" fontId="0" fillId="0"/>')
    assert inspect("表.xlsx", workbook(rows, look=look)).is_blocked


@pytest.mark.parametrize("number", ["5.110101199003078515", "110101199003078515.0", "1.101011990030785150E17"])
def test_more_digits_than_a_program_writes_are_looked_at(number: str) -> None:
    assert inspect("表.xlsx", one_cell("0.00", number=number)).is_blocked


def test_numbers_that_were_worked_out_are_no_cards() -> None:
    for at in range(1, 400):
        assert not inspect("表.xlsx", one_cell("0.00", number=repr(at * 7919 / 13))).is_blocked
