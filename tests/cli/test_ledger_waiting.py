"""台账里没有扣除的等待 — what a consultation does not take out of the period is said (条例 第三十二条、第三十三条)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, TODAY, office, told

CONSULTED = [*HEADS, "征求第三方意见日期", "第三方收到日期", "第三方意见日期"]
CAPPED = "等第三方的意见只扣到 2026-04-02（收到函以后第 15 个工作日），以后的没有扣除"


@pytest.mark.parametrize("opinion", [None, "2026-09-10"])
def test_a_third_party_is_waited_for_as_long_as_the_law_does(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, opinion: str | None
) -> None:
    answered = ["件1", "自然人", "2026-03-02", "2026-09-25", "予以公开", "2026-03-10", "2026-03-12", opinion]
    out, _ = told(capsys, office(tmp_path, answered, heads=CONSULTED))
    assert f"迟了 107 个工作日；{CAPPED}" in out
    still_open = ["件1", "自然人", "2026-03-02", None, None, "2026-03-10", "2026-03-12", opinion]
    out, _ = told(capsys, office(tmp_path, still_open, heads=CONSULTED))
    assert f"请尽快答复；{CAPPED}" in out


def test_an_opinion_within_its_period_says_nothing_more(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-09-25", "予以公开", "2026-03-10", "2026-03-12", "2026-03-20"]
    out, _ = told(capsys, office(tmp_path, row, heads=CONSULTED))
    assert "才答复" in out
    assert "没有扣除" not in out


def test_an_open_consultation_without_an_end_is_a_question(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", "自然人", "2026-03-02", None, None, "2026-03-10", None, None], heads=CONSULTED)
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    said = "件1：工作表“台账”第 2 行 F 列：2026-03-10 发函征求意见，没有写对方收到日期、意见日期，这一段不知道扣到哪天"
    assert f"{said}；不扣的话，期限到 2026-03-30，已经过了，看不出是否逾期" in capsys.readouterr().err
    assert run(["ledger", str(path), "--today", "2026-03-30"]) == 0
