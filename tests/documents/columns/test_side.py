"""左右并排的表 — lists of two kinds beside each other are both read, those of one kind are not (条例 第五十条)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, TODAY, lines, office, told

CASES = ["编号", "救济类别", "申请日期", "结案方式", "结案日期"]
UPHELD = "remedies.reconsideration.upheld"
RECEIVED = "applications.received.natural_person"


def beside(tmp_path: Path, gap: int = 1, over: str = "") -> Path:
    first = ["件1", "自然人", "2026-03-02", "2026-03-09", "予以公开"]
    second = ["件2", "自然人", "2026-03-02", None, None]
    case = ["议1", "行政复议", "2026-04-02", "维持", "2026-05-09"]
    rows: list[list[Any]] = [[*HEADS, *[None] * gap, *CASES], [*first, *[None] * gap, *case], second]
    return office(tmp_path, *(rows if over else rows[1:]), heads=[over] if over else rows[0])


@pytest.mark.parametrize(("gap", "over"), [(1, ""), (2, ""), (1, "2026年台账")])
def test_requests_and_remedies_beside_each_other_are_both_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, gap: int, over: str
) -> None:
    path = beside(tmp_path, gap, over)
    figures = lines(capsys, path)[-1]["figures"]
    assert (figures[RECEIVED], figures[UPHELD]) == (2, 1)
    out, err = told(capsys, path)
    assert "件2：期限到 2026-03-30，还没有答复" in out
    assert not err


def test_two_lists_of_one_kind_are_asked_to_be_parted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-03-09", "予以公开"]
    path = office(tmp_path, [*row, None, "件2", *row[1:]], heads=[*HEADS, None, *HEADS])
    assert run(["ledger", str(path), "--today", TODAY]) == 2
    assert "左右并排着 2 张表" in capsys.readouterr().err


def test_an_empty_column_within_a_list_parts_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS[:3], None, *HEADS[3:], None, "备注", "承办"]
    row = ["件1", "自然人", "2026-03-02", None, "2026-03-09", "予以公开", None, "无", "办公室"]
    assert lines(capsys, office(tmp_path, row, heads=heads))[-1]["figures"][RECEIVED] == 1
