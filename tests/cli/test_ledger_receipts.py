"""更早的收到日期 — by an earlier receipt a row is late, of the year before, or due sooner (条例 第三十一条)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

RECEIPTS = ("收信日期", "收信时间", "收函日期", "来访日期", "信访局转来日期", "邮件签收日期", "窗口收件日期")
"""Heads of a receipt that no list of columns has."""
IN_TIME = ["件1", "自然人", "2026-03-06", "2026-04-02", "予以公开"]


@pytest.mark.parametrize("head", [*RECEIPTS, "报送日期"])
def test_an_earlier_day_under_any_head_by_which_it_is_late_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    out, err = told(capsys, office(tmp_path, [*IN_TIME, "2026-03-02"], heads=[*HEADS, head]))
    assert f"“{head}”写着“2026-03-02”，比计算用的收到日期 2026-03-06 早；从那一天算，期限到 2026-03-30，已经逾期" in err
    assert "件1：期限到" not in out


@pytest.mark.parametrize(
    "head", ["出生日期", "文件形成日期", "合同签订日期", "行政处罚日期", "补正告知书落款", "第三方营业执照日期"]
)
def test_days_of_other_things_are_no_receipt(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str) -> None:
    _, err = told(capsys, office(tmp_path, [*IN_TIME, "2026-03-02"], heads=[*HEADS, head]))
    assert "比计算用的收到日期" not in err


@pytest.mark.parametrize("head", RECEIPTS)
@pytest.mark.parametrize("answered", ["2026-01-20", "2026-03-20"])
def test_a_receipt_in_the_year_before_is_asked_about_and_leaves_lateness_as_it_is(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, answered: str
) -> None:
    path = office(tmp_path, ["件1", "自然人", "2026-01-05", answered, "予以公开", "2025-12-30"], heads=[*HEADS, head])
    _, err = told(capsys, path)
    assert f"“{head}”写着“2025-12-30”，比计算用的收到日期 2026-01-05 早；那一天收到的是 2025 年的申请，请核对" in err
    assert "不判断" not in err
    line, last = lines(capsys, path)
    assert bool(line["late_workdays"]) is (answered == "2026-03-20")
    assert last["figures"]["applications.received.total"] == 1


@pytest.mark.parametrize("head", RECEIPTS)
def test_an_open_request_that_may_be_due_sooner_is_told_with_both_days(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    rows = [
        ["件1", "自然人", "2026-11-20", None, None, "2026-11-18"],
        ["件2", "自然人", "2026-11-20", None, None, None],
    ]
    out, err = told(capsys, office(tmp_path, *rows, heads=[*HEADS, head]))
    assert f"“{head}”写着“2026-11-18”，比计算用的收到日期 2026-11-20 早；从那一天算，期限到 2026-12-16，请核对" in err
    assert err.count("比计算用的收到日期") == 1
    assert "件1：到 2026-12-18 答复" in out
