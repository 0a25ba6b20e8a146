"""台账的结转 — one request on several sheets counts once, and a row that says its year is heard (年报格式 表三)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_elsewhere import book
from tests.cli.test_ledger_late import TODAY, lines, office, told

HEADS = ["编号", "申请人", "申请人类别", "收到日期", "申请内容", "答复日期", "办理结果"]
RECEIVED, CARRIED_IN = (f"applications.{row}.natural_person" for row in ("received", "carried_in"))


def row(number: int, received: str, about: str, answered: str | None = None, *more: str) -> list[Any]:
    return [number, "某某", "自然人", received, about, answered, "予以公开" if answered else None, *more]


def test_one_that_is_open_on_two_sheets_and_answered_on_a_third_counts_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first, again = [HEADS, row(1, "2026-03-20", "甲")], [HEADS, row(1, "2026-03-20", "甲"), row(2, "2026-05-06", "乙")]
    path = book(tmp_path, 一季度=first, 二季度=again, 三季度=[HEADS, row(1, "2026-03-20", "甲", "2026-04-02")])
    out, err = told(capsys, path)
    assert "1没有计入：工作表“二季度”第 2 行 A 列：和工作表“一季度”第 2 行像是同一件，没有再计一次" in err
    assert "1：期限到" not in out
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 2


def test_one_that_is_open_on_two_sheets_counts_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, again = [HEADS, row(1, "2026-03-20", "甲")], [HEADS, row(7, "2026-03-20", "甲"), row(8, "2026-03-20", "乙")]
    path = book(tmp_path, 一季度=first, 二季度=again)
    out, err = told(capsys, path)
    assert "7没有计入：工作表“二季度”第 2 行 A 列：和工作表“一季度”第 2 行像是同一件" in err
    assert "8没有计入" not in err
    assert "1：期限到 2026-04-20，还没有答复" in out
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 2


def test_a_row_that_says_carried_over_is_the_open_one_of_the_year_before(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old, new = (
        [HEADS, row(9, "2025-12-15", "甲")],
        [[*HEADS, "备注"], row(1, "2026-01-04", "甲", "2026-01-10", "上年结转")],
    )
    path = book(tmp_path, **{"2025": old, "2026": new})
    out, err = told(capsys, path)
    assert "1没有计入：工作表“2026”第 2 行 A 列：和工作表“2025”第 2 行像是同一件（那一行还没有答复）" in err
    assert "9：期限到" not in out


@pytest.mark.parametrize(
    ("head", "said"),
    [("备注", "上年结转"), ("是否上年结转", "是"), ("备注", "2025年结转件"), ("来源说明", "上年度结转")],
)
def test_a_row_that_says_carried_over_and_is_of_this_year_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    path = office(tmp_path, row(1, "2026-01-04", "甲", "2026-01-10", said), heads=[*HEADS, head])
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    err = capsys.readouterr().err
    assert f"1：工作表“台账”第 2 行 H 列：“{head}”写着“{said}”，收到日期却在 2026 年，计入本年新收" in err
    last = lines(capsys, path)[-1]
    assert (last["refused"][0]["id"], last["figures"][RECEIVED]) == ("1", 1)


def test_a_part_of_this_year_with_a_row_of_the_year_before_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    old, new = row(1, "2025-12-05", "甲", "2026-01-04"), row(2, "2025-12-05", "乙", "2026-01-04")
    path = office(
        tmp_path, ["一、上年结转"], old, ["二、本年新收"], new, row(3, "2026-03-02", "丙", "2026-03-09"), heads=HEADS
    )
    err = told(capsys, path, "--year", "2026")[1]
    assert "2：工作表“台账”第 5 行：“分段”写着“二、本年新收”，收到日期却在 2026 年以前，计入上年结转" in err
    assert "1：" not in err
    assert "3：" not in err
    assert lines(capsys, path, "--year", "2026")[-1]["figures"][CARRIED_IN] == 2


@pytest.mark.parametrize(
    ("head", "said"), [("备注", "结转下年"), ("是否上年结转", "否"), ("申请内容摘要", "上年结转资金")]
)
def test_what_does_not_say_it_adds_no_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    path = office(tmp_path, row(1, "2026-01-04", "甲", "2026-01-10", said), heads=[*HEADS, head])
    assert not told(capsys, path)[1]


def test_a_day_that_is_planned_is_no_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for head in ("拟答复日期", "计划答复日期", "预计办结时间"):
        path = office(tmp_path, row(1, "2026-03-02", "甲", None, "2026-03-25"), heads=[*HEADS, head])
        assert "1：期限到 2026-03-30，还没有答复，已经逾期" in told(capsys, path)[0]
        path = office(tmp_path, row(1, "2026-03-02", "甲", "2026-03-20", "2026-04-25"), heads=[*HEADS, head])
        assert not told(capsys, path)[1]
