"""按哪一天看是否逾期 — lateness is that of the day it is looked at; the cut is that of the tables (条例 第三十三条)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, office


def printed(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> list[dict[str, Any]]:
    run(["ledger", str(path), "--json", *options])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_an_open_request_says_how_late_it_is_and_on_which_day(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(
        tmp_path,
        ["逾", "自然人", "2026-09-10", None, None],
        ["停", "访客", "2026-09-10", None, None],
        ["在", "自然人", "2026-11-20", None, None],
        ["疑", "自然人", "2026-09-10", None, None, "延长20个工作日"],
        heads=[*HEADS, "备注"],
    )
    *found, last = printed(capsys, path, "--today", "2026-11-29")
    assert {each["id"]: each["late_workdays"] for each in found} == {"逾": 32, "停": 32, "在": None, "疑": None}
    assert last["today"] == "2026-11-29"
    run(["ledger", str(path), "--today", "2026-11-29"])
    assert "逾：期限到 2026-10-14，还没有答复，已经逾期 32 个工作日" in capsys.readouterr().out


def test_a_sheet_without_days_of_answers_says_nothing_of_lateness(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, ["甲", "自然人", "2026-03-02"], heads=HEADS[:3])
    assert printed(capsys, path, "--today", "2026-11-29")[0]["late_workdays"] is None


@pytest.mark.parametrize("options", [[], ["--year", "2025"], ["--cut", "2025-12-31"]])
def test_the_cut_of_the_tables_hides_no_lateness(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str]
) -> None:
    rows = [[f"件{at}", "自然人", f"2025-12-{at}", None, None] for at in (10, 20, 22)]
    path = office(tmp_path, *rows)
    *found, last = printed(capsys, path, "--today", "2026-03-10", *options)
    assert last["cut_on"] == "2025-12-31"
    assert last["figures"]["applications.received.natural_person"] == 3
    assert all(each["late_workdays"] > 20 for each in found)
    run(["ledger", str(path), "--today", "2026-03-10", *options])
    out = capsys.readouterr().out
    assert "逾期没有答复的 3 件" in out
    assert "到 2026-01-08 答复" not in out
