"""按内容看的格 — days typed as text, a head over results, comments on heads, numbers of people (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.cli.test_ledger_late import HEADS, lines, office, told

OVER = ["2026年依申请公开台账", None, None, None, None]
IDENTITY, PHONE, LIKE_IT = "110101199003078515", "13812345678", "13899995678"
LATE = ["自然人", "2026-03-02", "2026-05-20", "予以公开"]


def test_month_and_day_typed_as_text_are_a_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [["1", "自然人", "2.2", "3.1", "予以公开"], ["2", "自然人", "3.10", "3.20", "予以公开"]]
    found = lines(capsys, office(tmp_path, HEADS, *rows, heads=OVER))
    assert [each["received_on"] for each in found[:-1]] == ["2026-02-02", "2026-03-10"]
    assert [each["answered_on"] for each in found[:-1]] == ["2026-03-01", "2026-03-20"]


@pytest.mark.parametrize("other", [3.2, "13.1", "2.30"])
def test_where_one_is_a_number_or_no_day_all_of_the_column_are_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, other: object
) -> None:
    rows = [["1", "自然人", "2.2", "3.1", "予以公开"], ["2", "自然人", other, "3.20", "予以公开"]]
    _, err = told(capsys, office(tmp_path, HEADS, *rows, heads=OVER))
    assert "“2.2”看不出是 2 日还是 20 日" in err
    assert "“3.1”" not in err


def test_a_day_with_its_word_is_a_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text(
        "2026年台账\n编号,申请人类别,收到日期,答复日期,办理结果\n1,自然人,3.1日,3.2,予以公开", encoding="utf-8"
    )
    _, err = told(capsys, path)
    assert "“3.1日”" not in err
    assert "“3.2”看不出是 2 日还是 20 日" in err


@pytest.mark.parametrize(
    ("said", "column"),
    [
        (("予以公开", "信息不存在", "办理中"), "answer"),
        (("予以公开", "已办结", "办理中"), "state"),
        (("已办结", "已答复", "办理中"), "state"),
    ],
)
def test_a_head_of_two_meanings_is_read_by_its_cells(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, said: tuple[str, ...], column: str
) -> None:
    rows = [
        [str(at), "自然人", "2026-11-20", None if text == "办理中" else "2026-11-25", text]
        for at, text in enumerate(said)
    ]
    path = office(tmp_path, *rows, heads=[*HEADS[:4], "办理情况"])
    heads = lines(capsys, path)[-1]["reading"]["heads"][0]["columns"]
    assert [each["name"] for each in heads if each["head"] == "办理情况"] == [column]


def test_such_a_head_that_is_named_by_the_office_or_stands_beside_results_is_as_it_says(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    row = ["1", "自然人", "2026-11-20", "2026-11-25", "予以公开"]
    alone = office(tmp_path, row, heads=[*HEADS[:4], "办理情况"], name="一栏.xlsx")
    beside = office(tmp_path, [*row, "予以公开"], heads=[*HEADS, "办理情况"])
    for found in (lines(capsys, alone, "--columns", "办理状态=办理情况"), lines(capsys, beside)):
        heads = found[-1]["reading"]["heads"][0]["columns"]
        assert [each["name"] for each in heads if each["head"] == "办理情况"] == ["state"]


@pytest.mark.parametrize(
    ("cell", "said", "asked"),
    [
        ("D1", "2号件经申请人同意延期20个工作日", ["2"]),
        ("A1", "均已办理延期", ["1", "2"]),
        ("C1", "填收到申请的那一天", []),
        ("C3", "已同意延期", ["2"]),
    ],
)
def test_a_comment_on_a_head_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, cell: str, said: str, asked: list[str]
) -> None:
    path = office(tmp_path, ["1", *LATE], ["2", *LATE])
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell].comment = Comment(said, "某")
    book.save(path)
    found = lines(capsys, path)[:-1]
    assert [each["id"] for each in found if each["refused"]] == asked
    assert [each["id"] for each in found if each["late_workdays"]] == [at for at in ("1", "2") if at not in asked]


def test_numbers_of_people_as_numbers_of_requests_are_masked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = [*HEADS, "承办", "并入编号"]
    rows = [
        [IDENTITY, *LATE, f"某{PHONE}"],
        [PHONE, "自然人", "2026-03-02", None, None, f"某{PHONE}"],
        [LIKE_IT, "自然人", "2026-11-20", None, None, "办公室"],
        ["2026031500012345", "自然人", "2026-11-20", "2026-11-25", "并案", None, LIKE_IT],
        [PHONE, *LATE],
    ]
    path = office(tmp_path, *rows, heads=heads)
    for options in ((), ("--json",)):
        said = "".join(told(capsys, path, *options))
        assert not [number for number in (IDENTITY, PHONE, LIKE_IT) if number in said]
        assert "138****5678（2）" in said
        assert "2026031500012345" in said
    _, err = told(capsys, path)
    assert "编号 138****5678 在第 3 行已经用过" in err
    assert err.count("没有计入") == 1


def test_what_may_be_any_result_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, err = told(capsys, office(tmp_path, ["1", "自然人", "2026-03-02", "2026-03-20", "3.其他"]))
    assert "“3.其他”可以是这几种：撤回、终止、并案" in err
