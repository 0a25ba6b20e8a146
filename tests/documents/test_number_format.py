"""数字格式 — what a spreadsheet shows for a value, LibreOffice as the judge of what it can judge (条例 第十七条)."""

from __future__ import annotations

import csv
import io
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.libreoffice import program
from gongkai.documents.number_format import BUILT_IN, rendered

NEW_YEAR, NOON = 45292, 45625.5

SHOWN: list[tuple[str, float | str, str]] = [
    # 常规
    ("General", 0, "0"),
    ("General", 3.0, "3"),
    ("General", -3.5, "-3.5"),
    ("General", 0.1, "0.1"),
    ("General", 12345678901, "12345678901"),
    ("General", 123456789012, "1.23457E+11"),
    ("General", 110101199003078515, "1.10101E+17"),
    ("General", "张某", "张某"),
    ('General"元"', 12, "12元"),
    ('"约"General', 12.5, "约12.5"),
    # 占位
    ("0", 12.5, "13"),
    ("0", 0.4, "0"),
    ("0", 2.5, "3"),
    ("0", -2.5, "-3"),
    ("0.00", 1.005, "1.01"),
    ("0.00", 1e-9, "0.00"),
    ("#", 0, ""),
    ("#.##", 0.5, ".5"),
    ("#.00", 0.5, ".50"),
    ("0.##", 3, "3."),
    ("0.0#", 1.25, "1.25"),
    ("0.0#", 1, "1.0"),
    ("00000", 42, "00042"),
    ("000000000000000000", 42, "000000000000000042"),
    ("0000-00-00", 19900307, "1990-03-07"),
    ("000-0000-0000", 13800138000, "138-0013-8000"),
    ("(0000) 000-0000", 3735551234, "(0373) 555-1234"),
    ('"第"0"号"', 7, "第7号"),
    ("?0", 5, " 5"),
    ("0.0?", 1.5, "1.5 "),
    ("#0.0", 12, "12.0"),
    # 分组与缩放
    ("#,##0", 1234567, "1,234,567"),
    ("#,##0", 123, "123"),
    ("#,##0", -1234, "-1,234"),
    ("#,##0.00", 1234.5, "1,234.50"),
    ("0,000", 12, "0,012"),
    ("#,##0,", 1234567, "1,235"),
    ("#,##0,,", 123456789, "123"),
    ("0.00,", 12345, "12.35"),
    ("0.0,,", 12345678, "12.3"),
    ('0!.0,"万"', 12345, "1.2万"),
    ('0\\.0,"万元"', 123456, "12.3万元"),
    ('#,##0.00"元"', 1234.5, "1,234.50元"),
    ("¥#,##0.00", 99.9, "¥99.90"),
    ("[$¥-804]#,##0.00", 99.9, "¥99.90"),
    ("[$-804]0.0", 1.25, "1.3"),
    ("[$€-2] 0", 3, "€ 3"),
    # 百分数与科学记数
    ("0%", 0.256, "26%"),
    ("0.00%", 0.1234, "12.34%"),
    ("%0", 0.5, "%50"),
    ("0.00E+00", 12345, "1.23E+04"),
    ("0.00E+00", 0.00012, "1.20E-04"),
    ("0E-0", 1200, "1E3"),
    ("##0.0E+0", 12345, "12.3E+3"),
    ("0.00E+00", 0, "0.00E+00"),
    ("0.0E+0", 99.99, "1.0E+2"),
    # 分数
    ("# ?/?", 5.25, "5 1/4"),
    ("# ??/??", 0.3333333333, "  1/3 "),
    ("# ??/16", 1.3125, "1  5/16"),
    ("?/?", 1.5, "3/2"),
    ("# ?/?", 2, "2    "),
    # 各节
    ("0;-0;;@", 0, ""),
    ("0;-0;;@", -4, "-4"),
    ("0;-0;;@", "甲", "甲"),
    ("0;(0)", -5, "(5)"),
    ("0.0;[Red]0.0", -5.25, "5.3"),
    ('"正"0;"负"0;"零"', 0, "零"),
    ('"正"0;"负"0;"零";"字"@', "甲", "字甲"),
    (";;;", 5, ""),
    (";;;", "甲", ""),
    (";;;@", 5, ""),
    ("0;;", -1, ""),
    ("@", 5, "5"),
    ('"编号"@', "A1", "编号A1"),
    ("0;0;0", "甲", "甲"),
    ("[Red]0", 3, "3"),
    ("[红色]0", 3, "3"),
    ("[Color10]0", 3, "3"),
    ('[>=10000]0.0,"千";0', 12345, "12.3千"),
    ('[>=10000]0.0,"千";0', 123, "123"),
    ('[=1]"是";[=0]"否";0', 1, "是"),
    ('[=1]"是";[=0]"否";0', 0, "否"),
    ('[=1]"是";[=0]"否";0', 7, "7"),
    ('[<60]"不及格";[<90]"及格";"优"', 95, "优"),
    # 字面
    ('"11010119900307"0000', 8515, "110101199003078515"),
    ('"110101199003078515"', 1, "110101199003078515"),
    ("\\1\\3\\80", 5, "1385"),
    ("0_)", 5, "5 "),
    ("_(0_)", 5, " 5 "),
    ("* 0", 5, "5"),
    ("0* ", 5, "5"),
    ("#,##0_);(#,##0)", -1234, "(1,234)"),
    ("0亩", 5, "5亩"),
    ("0 人", 5, "5 人"),
    # 日期
    ("yyyy-mm-dd", NEW_YEAR, "2024-01-01"),
    ("yyyy/m/d", NEW_YEAR, "2024/1/1"),
    ('yyyy"年"m"月"d"日"', NOON, "2024年11月29日"),
    ("yy.mm.dd", NOON, "24.11.29"),
    ("d-mmm-yy", NOON, "29-Nov-24"),
    ("mmmm d", NOON, "November 29"),
    ("dddd", NOON, "Friday"),
    ("ddd", NOON, "Fri"),
    ("aaaa", NOON, "星期五"),
    ("[$-804]dddd", NOON, "星期五"),
    ("yyyy-mm-dd hh:mm", NOON, "2024-11-29 12:00"),
    ("h:mm AM/PM", NOON, "12:00 PM"),
    ("h:mm AM/PM", 0.25, "6:00 AM"),
    ("上午/下午h:mm", 0.75, "下午6:00"),
    ("hh:mm:ss", 0.5001, "12:00:09"),
    ("mm:ss", 0.01, "14:24"),
    ("mm:ss.0", 0.00123, "01:46.3"),
    ("[h]:mm", 1.5, "36:00"),
    ("[mm]:ss", 0.5, "720:00"),
    ("[s]", 0.001, "86"),
    ('h"时"mm"分"', 0.75, "18时00分"),
    ("yyyy/mm/dd", 1, "1900/01/01"),
    ("yyyy-mm-dd", 61, "1900-03-01"),
    ("m/d", 0, "1/0"),
    # 中文数字
    ("[DBNum1]General", 123, "一百二十三"),
    ("[DBNum1]General", 1005, "一千〇五"),
    ("[DBNum1]0", 2024, "二〇二四"),
    ("[DBNum1]0", 13800138000, "一三八〇〇一三八〇〇〇"),
    ("[DBNum2]General", 1020304, "壹佰零贰万零叁佰零肆"),
    ('[DBNum2]General"元整"', 300, "叁佰元整"),
    ("[DBNum2]0", 305, "叁零伍"),
    ("[DBNum1][$-804]0", 2024, "二〇二四"),
    ("[DBNum2][$-804]0", 305, "叁零伍"),
    ("[DBNum1][$-804]General", 123, "一百二十三"),
    ("[DBNum2][$-804]General", 10300, "壹万零叁佰"),
    ("[$-804]yyyy-mm-dd", 60, "1900-02-29"),
    ("[DBNum3]0", 120, "".join(chr(0xFF10 + at) for at in (1, 2, 0))),
    ('[DBNum1]yyyy"年"m"月"d"日"', NOON, "二〇二四年十一月二十九日"),
    ('[DBNum1][$-804]yyyy"年"m"月"', NEW_YEAR, "二〇二四年一月"),
]
ALONE = {
    # LibreOffice shows a number without a format to ten places, and its fractions, blanks and fillings are its own.
    *("General", "@", "0E-0", "# ?/?", "# ??/??", "# ??/16", "?/?", "* 0", "0* ", "[红色]0", '[DBNum2]General"元整"'),
    # Under a nought Excel writes digit by digit, under General by places; LibreOffice always by places.
    *("[DBNum1]0", "[DBNum2]0", "[DBNum3]0", "[DBNum1][$-804]0", "[DBNum2][$-804]0", '[DBNum1]yyyy"年"m"月"d"日"'),
    # It cuts seconds off where others round, and has no 29 February 1900.
    *("hh:mm:ss", "[$-804]yyyy-mm-dd", "yyyy/mm/dd"),
    # The first days of 1900, sections for text, and the year that ends in a nought are counted differently there.
    *("m/d", "?0", "0.0?", "0.##", '0!.0,"万"', "aaaa", "上午/下午h:mm", "[DBNum1]General", "[DBNum2]General", "%0"),
}
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
UNKNOWN = ["[$-411]ggge", "0x", "b2yyyy", "[NatNum4]0", "0;0;0;0;0", "[>a]0", "yyyy0"]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_a_value_is_shown_as_its_format_asks(code: str, value: float | str, shown: str) -> None:
    assert rendered(value, code) == shown


@pytest.mark.parametrize("code", UNKNOWN)
def test_what_is_not_understood_is_not_guessed(code: str) -> None:
    assert rendered(3, code) is None


@pytest.mark.parametrize("value", [-1, 2958466, float("nan"), float("inf"), Decimal("1e999")])
def test_what_is_no_date_is_not_guessed(value: float) -> None:
    assert rendered(value, "yyyy-mm-dd") is None


def test_days_may_be_counted_from_1904() -> None:
    assert rendered(0, "yyyy-mm-dd", from_1904=True) == "1904-01-01"
    assert rendered(2957003, "yyyy-mm-dd", from_1904=True) == "9999-12-31"


@pytest.mark.parametrize("value", [2957003.9999999999, 2957004, 2958465, 2958465.99999999, 1e12])
def test_days_after_the_last_one_from_1904_are_not_guessed(value: float) -> None:
    assert rendered(value, "yyyy-mm-dd", from_1904=True) is None
    assert rendered(value, "[h]:mm:ss", from_1904=True) is None


def test_all_formats_that_come_with_the_program_are_understood() -> None:
    assert [number for number, code in BUILT_IN.items() if rendered(12.5, code) is None] == []


@given(st.text(alphabet='0#?.,%;@"\\_*[]/Eymdhs ¥元-+:万<>=19', max_size=30), st.floats(-1e12, 1e12))
def test_any_format_ends_in_a_text_or_in_nothing(code: str, value: float) -> None:
    assert isinstance(rendered(value, code), (str, type(None)))


@given(st.integers(0, 10**15 - 1))
def test_a_format_of_noughts_pads_and_grouping_keeps_the_digits(value: int) -> None:
    assert rendered(value, "0" * 18) == str(value).zfill(18)
    assert rendered(value, "#,##0") == f"{value:,}"


def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    if program() is None:
        pytest.skip("没有 LibreOffice")
    judged = [(code, value, shown) for code, value, shown in SHOWN if code not in ALONE and not isinstance(value, str)]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, (code, value, _) in enumerate(judged):
            page.write_number(at, 0, value, book.add_format({"num_format": code}))
    (tmp_path / "a.xlsx").write_bytes(out.getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    asked = ["--headless", "--convert-to", AS_SHOWN, "--outdir", str(tmp_path), str(tmp_path / "a.xlsx")]
    subprocess.run([str(program()), profile, *asked], check=True, capture_output=True, timeout=300)
    text = (tmp_path / "a.csv").read_text(encoding="utf-8")
    there = [row[0] if row else "" for row in csv.reader(io.StringIO(text))]
    there += [""] * (len(judged) - len(there))
    other = {
        code: (ours.strip(), theirs)
        for (code, _, ours), theirs in zip(judged, there, strict=True)
        if ours.strip() != theirs.strip()
    }
    assert other == {}
