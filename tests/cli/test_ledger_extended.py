"""延期至哪一天 — within the law the told day stands, past it the last lawful one, and it is said (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import lines, office, told

HEADS = ["编号", "申请人类别", "收到日期", "延期告知日期", "延期至", "答复日期", "办理结果"]
TOO_LONG = "“延期至”写着 2026-06-10，比延长 20 个工作日的最后一天 2026-04-28 晚；延长最多 20 个工作日"
NO_LONGER = "“延期至”写着 2026-03-25，不晚于原来的期限 2026-03-30，看不出延到哪一天"


def row(until: object, answered: str | None, kind: str = "自然人", told_on: str = "2026-03-20") -> list[Any]:
    return ["甲", kind, "2026-03-02", told_on, until, answered, "予以公开" if answered else None]


@pytest.mark.parametrize(
    ("until", "answered", "due_on", "late"),
    [
        ("2026-04-10", "2026-04-10", "2026-04-10", 0),
        ("2026-04-10", "2026-04-13", "2026-04-10", 1),
        ("2026-04-28", "2026-04-28", "2026-04-28", 0),
        ("2026年4月11日", "2026-04-13", "2026-04-13", 0),
    ],
)
def test_a_day_within_the_longest_extension_stands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, until: str, answered: str, due_on: str, late: int
) -> None:
    path = office(tmp_path, row(until, answered), heads=HEADS)
    line = lines(capsys, path)[0]
    assert (line["due_on"], line["late_workdays"], line["refused"]) == (due_on, late, [])
    assert not told(capsys, path)[1]


@pytest.mark.parametrize(("answered", "late"), [("2026-04-20", 0), ("2026-05-20", 14), (None, 146)])
def test_past_it_the_last_lawful_day_stands_and_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, answered: str | None, late: int
) -> None:
    path = office(tmp_path, row("2026-06-10", answered), heads=HEADS)
    out, err = told(capsys, path)
    assert f"甲：工作表“台账”第 2 行 E 列：{TOO_LONG}" in err
    assert "没有写延长几个工作日" not in err
    assert (TOO_LONG in out) is bool(late)
    line = lines(capsys, path)[0]
    assert (line["due_on"], line["late_workdays"]) == ("2026-04-28", late)
    assert line["refused"][0]["reason"].startswith(TOO_LONG)
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_a_row_that_is_not_counted_has_it_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, row("2026-06-10", "2026-05-20", "访客"), heads=HEADS)
    out, err = told(capsys, path)
    assert "甲（没有计入表三）：期限到 2026-04-28，2026-05-20 才答复" in out
    assert f"甲：工作表“台账”第 2 行 E 列：{TOO_LONG}" in err
    path = office(tmp_path, row("2026-04-10", "2026-04-13", "访客"), heads=HEADS)
    assert "期限到 2026-04-10，2026-04-13 才答复，迟了 1 个工作日" in told(capsys, path)[0]


@pytest.mark.parametrize(("answered", "late"), [("2026-04-20", 0), ("2026-05-13", 9)])
def test_a_day_that_extends_nothing_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, answered: str, late: int
) -> None:
    path = office(tmp_path, row("2026-03-25", answered), heads=HEADS)
    assert f"{NO_LONGER}，请核对；延长按 20 个工作日算" in told(capsys, path)[1]
    assert lines(capsys, path)[0]["late_workdays"] == late
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_an_extension_told_after_the_period_is_refused_whole(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, row("2026-06-30", "2026-04-20", told_on="2026-04-02"), heads=HEADS)
    out, err = told(capsys, path)
    assert "2026-04-02 才告知的不能再延长" in err
    assert "延长最多" not in err
    assert "才答复" not in out


def test_the_told_day_is_the_last_whatever_the_period_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A third party was waited for when the day was told: the day reckons with it."""
    more = ["征求第三方意见日期", "第三方收到日期", "第三方意见日期"]
    days = ["2026-03-09", "2026-03-11", "2026-03-24"]
    path = office(tmp_path, [*row("2026-04-30", "2026-04-30"), *days], heads=[*HEADS, *more])
    line = lines(capsys, path)[0]
    assert (line["due_on"], line["late_workdays"], line["refused"]) == ("2026-04-30", 0, [])
    after = ["2026-03-23", "2026-03-24", "2026-03-27"]
    path = office(tmp_path, [*row("2026-04-10", "2026-04-17"), *after], heads=[*HEADS, *more])
    assert lines(capsys, path)[0]["due_on"] > "2026-04-10"


LENGTH = ["编号", "申请人类别", "收到日期", "延期告知日期", "答复日期", "办理结果"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *(
            (head, 10)
            for head in ("延期工作日数", "延期（天）", "延长答复期限（工作日）", "延期时长", "延期", "延期情况")
        ),
        ("延长时间", 10),
        ("延期时间", "10天"),
        ("延长情况", "10个工作日"),
        ("备注", "经批准延长10个工作日"),
    ],
)
def test_a_length_under_an_unknown_head_is_that_of_the_extension(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    row = ["甲", "自然人", "2026-03-02", "2026-03-20", "2026-04-28", "予以公开", said]
    path = office(tmp_path, row, heads=[*LENGTH, head])
    out, err = told(capsys, path)
    assert "甲：期限到 2026-04-14，2026-04-28 才答复，迟了 10 个工作日" in out
    assert "当作" not in err


@pytest.mark.parametrize(
    ("head", "said"), [("延期次数", 1), ("延期文号", 10), ("延期原因", "事项复杂"), ("延期批准时间", 10)]
)
def test_what_is_no_length_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object) -> None:
    row = ["甲", "自然人", "2026-03-02", "2026-03-20", "2026-04-28", "予以公开", said]
    path = office(tmp_path, row, heads=[*LENGTH, head])
    assert "没有写延长几个工作日，当作 20 个工作日" in told(capsys, path)[1]


def test_a_row_of_one_act_has_its_length_beside_it_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = ["编号", "申请人类别", "办理行为", "日期", "答复种类", "延期时长"]
    rows = [["甲", "自然人", "收到", "2026-03-02"], ["甲", None, "延期", "2026-03-20", None, 10]]
    path = office(tmp_path, *rows, ["甲", None, "答复", "2026-04-28", "予以公开"], heads=heads)
    assert lines(capsys, path)[0]["due_on"] == "2026-04-14"
