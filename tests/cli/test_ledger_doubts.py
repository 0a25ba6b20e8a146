"""台账里可能影响期限的话 — nobody is accused where a cell may speak of what moves the clock (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, lines, office, told

LATE = ["自然人", "2026-03-02", "2026-04-20", "予以公开"]
OPEN = ["自然人", "2026-03-02", None, None]


def lateness(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, *cells: Any) -> list[tuple[Any, bool]]:
    """By row: how late it is said to be in JSON, and whether people are told that it was late."""
    rows = [[f"件{at}", *LATE, cell] for at, cell in enumerate(cells)]
    path = office(tmp_path, *rows, heads=[*HEADS, head])
    out, _ = told(capsys, path)
    found = lines(capsys, path)[:-1]
    return [(line["late_workdays"], f"件{at}：期限到" in out) for at, line in enumerate(found)]


@pytest.mark.parametrize("head", ["是否延期", "延期", "延期情况", "延长", "延期至", "是否中止", "补正情况", "是否收费"])
@pytest.mark.parametrize(
    "said", ["是", "是，3月25日告知", "2026-03-25", 1, "1", "☑", "□否☑是", "20", "已办理", "见备注", "第一次"]
)
def test_what_does_not_say_no_leaves_lateness_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    assert lateness(capsys, tmp_path, head, said) == [(None, False)]


@pytest.mark.parametrize("head", ["是否延期", "延期情况", "是否中止", "补正情况", "是否收费", "扣除天数"])
@pytest.mark.parametrize("said", [None, "否", "无", "未", "不", "/", "0", 0, "0天", "×", "□是☑否", "不涉及", "没有"])
def test_a_plain_no_leaves_a_late_answer_late(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    assert lateness(capsys, tmp_path, head, said) == [(14, True)]


def test_no_in_words_is_a_no_and_what_the_applicant_did_not_do_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    late, unknown = (14, True), (None, False)
    assert lateness(capsys, tmp_path, "是否延期", "未延期", "不延期", "没有延期") == [late] * 3
    assert lateness(capsys, tmp_path, "是否补正", "无需补正", "未补正", "未按期补正") == [late, unknown, unknown]
    assert lateness(capsys, tmp_path, "是否缴费", "未缴费") == [unknown]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("备注", "经批准延长20个工作日"),
        ("备注", "延20日"),
        ("备注", "经局长批准再用20天"),
        ("备注", "3月25日告知延期"),
        ("办理经过", "3月5日发补正，3月20日收到"),
        ("办理状态", "已延期"),
        ("征求第三方意见", "2026-03-05至2026-03-20"),
        ("第二次收到补正日期", "2026-03-20"),
        ("补正后收到日期", "2026-03-12"),
        ("恢复日期", "2026-03-20"),
        ("补正天数", "7"),
        ("补正期限（工作日）", "7"),
    ],
)
def test_words_beside_the_days_leave_lateness_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    assert lateness(capsys, tmp_path, head, said) == [(None, False)]


@pytest.mark.parametrize("head", ["备注", "办理情况说明"])
def test_remarks_on_something_else_leave_a_late_answer_late(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    assert lateness(capsys, tmp_path, head, "已电话联系", "没有延期", "邮寄送达") == [(14, True)] * 3
    assert lateness(capsys, tmp_path, "申请内容", "土地承包期延长的文件") == [(14, True)]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("办理状态", "中止"),
        ("办理状态", "等待补正"),
        ("办理状态", "征求意见中"),
        ("办理状态", "作废"),
        ("办理状态", "另行处理"),
        ("备注", "作废"),
        ("备注", "申请人3月10日撤回"),
        ("备注", "已并入1号"),
        ("备注", "与1号重复登记"),
        ("备注", "转交住建局办理"),
        ("是否撤回", "是"),
        ("是否转办", "是"),
    ],
)
def test_an_open_row_that_may_be_over_is_not_overdue(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    path = office(tmp_path, ["件1", *OPEN, said], ["件2", *OPEN, None], heads=[*HEADS, head])
    out, err = told(capsys, path)
    assert f"件1：工作表“台账”第 2 行 F 列：“{head}”" in err
    assert "逾期没有答复的 1 件" in out
    assert "件1：期限到" not in out
    assert "件2：期限到" in out
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_a_number_that_is_void_is_not_overdue(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out, err = told(capsys, office(tmp_path, ["3（作废）", *OPEN]))
    assert "第 2 行 A 列：“编号”一栏写着“3（作废）”" in err
    assert "逾期没有答复的 0 件" in out


def test_an_act_with_its_day_settles_what_is_said_of_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "延期告知日期", "是否延期"]
    path = office(tmp_path, ["件1", *LATE[:2], "2026-09-20", "予以公开", "2026-03-25", "是"], heads=heads)
    assert lines(capsys, path)[0]["late_workdays"] > 0


def test_an_answer_in_time_needs_no_extension(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", *LATE[:2], "2026-03-20", "予以公开", "见备注"], heads=[*HEADS, "延期情况"])
    line, _ = lines(capsys, path)
    assert (line["late_workdays"], line["refused"]) == (0, [])


def test_a_row_that_is_not_counted_is_not_accused_either(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", "访客", *OPEN[1:], "延长20个工作日"], heads=[*HEADS, "备注"])
    out, err = told(capsys, path)
    assert "第 2 行 F 列：“备注”一栏写着“延长20个工作日”" in err
    assert "逾期没有答复的 0 件" in out


def test_why_nobody_can_tell_is_said_as_it_is(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out, _ = told(capsys, office(tmp_path, ["件1", *LATE, "是"], heads=[*HEADS, "是否延期"]))
    assert "件1：有的格可能影响期限，写明以前不判断答复是否逾期" in out
    assert "不成立" not in out


def test_an_open_row_that_names_its_host_is_not_overdue(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [["件1", *LATE[:2], "2026-03-20", "予以公开", None], ["件2", *OPEN, "件1"], ["件3", *LATE, "件1"]]
    path = office(tmp_path, *rows, heads=[*HEADS, "并入编号"])
    out, err = told(capsys, path)
    assert "件2：工作表“台账”第 3 行 F 列：“并入编号”一栏写着“件1”" in err
    assert "逾期没有答复的 0 件" in out
    assert lines(capsys, path)[2]["late_workdays"] == 14


@pytest.mark.parametrize("fee", [0, "0", "免收", "0元"])
def test_a_fee_of_nothing_is_waited_for_by_nobody(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, fee: object
) -> None:
    heads = [*HEADS, "收费通知日期", "收费金额", "缴费日期"]
    rows = [["件1", *LATE, "2026-03-05", fee, None], ["件2", *OPEN, "2026-03-05", fee, None]]
    path = office(tmp_path, *rows, heads=heads)
    first, second, last = lines(capsys, path)
    assert (first["late_workdays"], first["marks"]) == (14, ["answered_late"])
    assert second["late_workdays"] > 14
    assert second["waits_for"] == "office"
    assert {each["column"] for each in last["reading"]["assumed"]} == {"F"}


def test_an_extension_told_on_the_day_of_the_payment_is_one_of_the_new_period(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = [*HEADS, "收费通知日期", "收费金额", "缴费日期", "延期告知日期", "延长工作日"]
    row = ["件1", *LATE[:2], "2026-05-06", "予以公开", "2026-03-05", 100, "2026-03-20", "2026-03-20", 20]
    line, _ = lines(capsys, office(tmp_path, row, heads=heads))
    assert (line["due_on"], line["late_workdays"]) == ("2026-05-20", 0)


def test_an_answer_without_the_end_of_the_waiting_before_it_is_neither_late_nor_in_time(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = [*HEADS, "补正告知日期", "收费通知日期"]
    path = office(
        tmp_path,
        ["件1", *LATE[:2], "2026-09-01", "予以公开", "2026-03-05", None],
        ["件2", *LATE[:2], "2026-09-01", "予以公开", None, "2026-03-05"],
        ["件3", *LATE[:2], "2026-03-20", "予以公开", "2026-03-05", None],
        ["件4", *LATE[:2], "2026-09-01", "补正逾期", "2026-03-05", None],
        heads=heads,
    )
    _, err = told(capsys, path)
    assert "件1：工作表“台账”第 2 行 F 列：写了补正告知日期、答复日期，没有写收到补正日期" in err
    assert "件2：工作表“台账”第 3 行 G 列：写了收费通知日期、答复日期，没有写缴费日期" in err
    assert "件3" not in err
    assert [each["late_workdays"] for each in lines(capsys, path)[:3]] == [None, None, 0]
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_a_comment_on_a_cell_is_read_as_a_remark(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", *LATE], ["件2", *LATE])
    book = openpyxl.load_workbook(path)
    book["台账"]["D2"].comment = Comment("已于3月25日延期20个工作日", "经办")
    book["台账"]["D3"].comment = Comment("挂号信寄出", "经办")
    book.save(path)
    _, err = told(capsys, path)
    assert "件1：工作表“台账”第 2 行 D 列：“批注”一栏写着“已于3月25日延期20个工作日”" in err
    assert [each["late_workdays"] for each in lines(capsys, path)[:2]] == [None, 14]


@pytest.mark.parametrize("head", ["承诺时限", "办理期限", "答复时限"])
def test_a_period_shorter_than_the_law_excuses_nobody_and_a_longer_one_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    late, unknown = (14, True), (None, False)
    cells = ["10个工作日", 15, "2026-03-20", "25个工作日", "2026-04-25"]
    assert lateness(capsys, tmp_path, head, *cells) == [late, late, late, unknown, unknown]
    assert lateness(capsys, tmp_path, f"补正{head}", "2026-03-20") == [unknown]


def test_days_left_of_an_open_request_are_told_beside_its_lateness(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [["件0", *OPEN, 5], ["件1", *OPEN, -5], ["件2", *OPEN, 0]]
    out, _ = told(capsys, office(tmp_path, *rows, heads=[*HEADS, "剩余天数"]))
    assert [f"{name}：期限到" in out for name in ("件0", "件1", "件2")] == [True] * 3
    assert out.count("这一行还写着“剩余天数") == 1
