"""台账的一行读全了才说逾期 — what a late row says besides, where nobody read it (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

LATE = ["自然人", "2026-03-02", "2026-04-20", "予以公开"]
OPEN = ["自然人", "2026-03-02", None, None]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("法定答复期限", "2026-04-28"),
        ("办理时限", "4月28日前"),
        ("办理期限", "40个工作日"),
        ("是否按期答复", "是"),
        ("备注", "未逾期"),
        ("不计入期限天数", 15),
        ("是否逾期", "否"),
        ("材料收齐日期", "2026-03-24"),
        ("申请人确认日期", "2026-03-24"),
        ("过程记录", "3月5日一次性告知，3月24日收到"),
        ("备注", "延答告知书3.25"),
        *((head, "34个工作日") for head in ("办理时限", "承诺时限", "答复期限", "法定时限", "期限", "办结时限")),
        ("办理时限", 34),
        *((head, 18) for head in ("办理时长", "办理周期", "历时")),
        ("办理时长", "18个工作日"),
        *(("备注", said) for said in ("用时19天", "共用19个工作日", "30个工作日内", "及时", "准时", "正常", "不超期")),
        *(("备注", said) for said in ("按期", "符合时限", "时限内办结", "在期限内")),
        *(("备注", said) for said in ("延至4月24日", "延到4月24日前答复", "宽限至4月24日", "4/24", "2026-04-24")),
        ("剩余天数", 3),
    ],
)
def test_another_day_or_length_leaves_a_late_answer_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, ["件1", *LATE, said], heads=[*HEADS, head])
    out, err = told(capsys, path)
    assert f"第 2 行 F 列：“{head}”" in err
    assert f"写着“{said}”" in err
    assert "件1：期限到" not in out
    line = lines(capsys, path)[0]
    assert (line["late_workdays"], line["unread"]) == (None, [])


@pytest.mark.parametrize(
    ("head", "said"),
    [("答复期限", "2026-03-30"), ("办理期限", 20), ("办理期限", "20个工作日"), ("申请内容", "2026年3月24日的纪要"),
     ("承诺时限", "20个工作日内"),
     ("办理时长", 35), ("剩余天数", -14), ("办理期限", "28天"), ("登记日期", "2026-03-02"),
     ("交办日期", "2026-03-04"), ("是否逾期", "是"), ("逾期情况", "已逾期14个工作日"),
     ("联系电话", "13800000000")],
)  # fmt: skip
def test_what_agrees_or_is_of_another_matter_adds_no_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, ["件1", *LATE, said], heads=[*HEADS, head])
    out, _ = told(capsys, path)
    assert "件1：期限到 2026-03-30，2026-04-20 才答复，迟了 14 个工作日" in out
    assert "还写着" not in out


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *((head, 12) for head in ("备注", "听证时间", "除外时间", "剔除")),
        ("办理时限", "加急"),
        ("期限变更", "有"),
        ("超期原因", "材料补充"),
        ("备注", "听证"),
    ],
)
def test_words_below_a_head_of_periods_stand_in_the_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    path = office(tmp_path, ["件1", *LATE, said], heads=[*HEADS, head])
    assert f"这一行还写着“{head}：{said}”，没有读" in told(capsys, path)[0]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *((head, "无") for head in ("有无超期", "有无逾期", "逾期情况")),
        *((head, "按期") for head in ("时限情况", "办理时效", "备注")),
        *(("答复时效", "及时"), ("时限", "按时"), ("是否超出期限", "否")),
    ],
)
def test_a_column_that_says_of_every_row_that_it_was_in_time_is_heard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    rows = [[f"件{at}", *LATE, said] for at in range(3)]
    out, err = told(capsys, office(tmp_path, *rows, heads=[*HEADS, head]))
    assert err.count(f"“{head}”写着“{said}”，算出来的期限到 2026-03-30，2026-04-20 才答复；两样对不上") == 3
    assert "迟了" not in out


@pytest.mark.parametrize("row", [LATE, OPEN])
def test_any_other_words_stand_in_the_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, row: list[Any]
) -> None:
    path = office(tmp_path, ["件1", *row, "权利人有话要说"], heads=[*HEADS, "备注"])
    out, _ = told(capsys, path)
    assert "这一行还写着“备注：权利人有话要说”，没有读" in out
    line = lines(capsys, path)[0]
    assert line["unread"] == [{"column": "F", "head": "备注", "text": "权利人有话要说"}]
    assert line["late_workdays"]


def test_words_of_most_rows_say_nothing_of_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    in_time = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]
    rows = [[f"件{at}", *(LATE if at < 4 else in_time), "已存卷"] for at in range(8)]
    out, _ = told(capsys, office(tmp_path, *rows, heads=[*HEADS, "备注"]))
    assert "迟了 14 个工作日" in out
    assert "还写着" not in out


def test_an_open_row_that_says_it_is_done_is_not_overdue(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [["件1", *OPEN, "已办结"], ["件2", *OPEN, None]]
    out, _ = told(capsys, office(tmp_path, *rows, heads=[*HEADS, "进度"]))
    assert "逾期没有答复的 1 件" in out


def test_the_day_that_the_office_told_is_the_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "延期告知日期", "延期至"]
    path = office(tmp_path, ["件1", *LATE, "2026-03-25", "2026-04-10"], heads=heads)
    line = lines(capsys, path)[0]
    assert (line["due_on"], line["late_workdays"]) == ("2026-04-10", 6)


def sheets(tmp_path: Path, first: list[Any], second: list[Any]) -> Path:
    """两张工作表 — each numbered anew, one row each."""
    book = openpyxl.Workbook()
    for name, row in (("一季度", first), ("二季度", second)):
        page = book.create_sheet(name)
        page.append(["序号", *HEADS[1:], "申请人", "备注"])
        page.append([1, *row])
    del book["Sheet"]
    path = tmp_path / "季度.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(("name", "remark"), [("张三", None), (None, "一季度结转")])
def test_one_request_on_two_sheets_is_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str | None, remark: str | None
) -> None:
    answered = [*LATE[:2], "2026-03-20", "予以公开", name, remark]
    path = sheets(tmp_path, [*OPEN, name, None], answered)
    out, err = told(capsys, path)
    assert "像是同一件" in err
    assert "逾期没有答复的 0 件" in out
    assert lines(capsys, path)[-1]["figures"]["applications.received.natural_person"] == 1


def test_two_applicants_of_one_day_are_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = sheets(tmp_path, [*OPEN, "张三", None], [*LATE, "李四", None])
    assert "像是同一件" not in told(capsys, path)[1]
    assert lines(capsys, path)[-1]["figures"]["applications.received.natural_person"] == 2


def test_a_case_on_the_act_of_another_body_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = ["编号", "救济类别", "提起日期", "结案方式", "结案日期", "是否原行为机关"]
    rows = [["R1", "行政复议", "2026-06-02", "维持", "2026-08-10", "否"]]
    path = office(tmp_path, *rows, heads=heads)
    assert "R1：工作表“台账”第 2 行 F 列：是否原行为机关写着否，没有计入表四" in told(capsys, path)[1]


def test_a_note_of_all_rows_leaves_each_open(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", *LATE], ["件2", *LATE], ["注：以上均已按规定延期"])
    out, err = told(capsys, path)
    assert err.count("“说明”一栏写着“注：以上均已按规定延期”") == 2
    assert "期限到" not in out


def test_what_stands_mainly_in_late_rows_is_told_however_often(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Words that most rows of a column have are left out, unless they may be why these rows took long."""
    in_time = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]
    late = [[f"迟{at}", *LATE, "请示县政府后推迟答复"] for at in range(3)]
    rest = [[f"件{at}", *in_time, "已归档"] for at in range(7)]
    out, _ = told(capsys, office(tmp_path, *late, ["迟9", *LATE, "已归档"], *rest, heads=[*HEADS, "备注"]))
    assert out.count("这一行还写着“备注：请示县政府后推迟答复”，没有读") == 3
    assert "这一行还写着“备注：已归档”" not in out
