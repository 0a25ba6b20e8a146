"""台账里只有别的格说晚了 — lateness that the counted days do not tell is never silent (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, TODAY, lines, office, told

IN_TIME = ["件1", "自然人", "2026-03-02", "2026-03-25", "予以公开"]
LATE = ["件1", "自然人", "2026-03-02", "2026-04-20", "予以公开"]
OPEN = ["件1", "自然人", "2026-11-23", None, None]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *((head, "2026-04-20") for head in ("送达日期", "寄出日期", "签收日期", "领取日期", "发文日期")),
        ("寄出时间", "4月20日"),
        ("快递签收", "2026-04-20 10:30"),
        *(("备注", said) for said in ("答复书4月20日才寄出", "4月20日答复", "实际答复4月20日", "4月20日网上回复")),
    ],
)
def test_a_day_of_sending_after_the_period_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, head])
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    out, err = capsys.readouterr()
    assert f"第 2 行 F 列：“{head}”写着“{said.partition(' ')[0]}”，晚于期限 2026-03-30，答复日期是 2026-03-25" in err
    assert "件1：有的格和算出来的不一样，可能逾期" in out
    line = lines(capsys, path)[0]
    assert line["refused"][0]["column"] == "F"
    assert (line["late_workdays"], line["cell"]["row"]) == (None, "granted")


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("是否逾期", "是"),
        ("是否超期", "√"),
        ("超期天数", 14),
        ("逾期天数", "14个工作日"),
        ("逾期原因", "经办人休假"),
        ("是否按期答复", "否"),
        ("是否在20个工作日内办结", "否"),
        ("办理时效", "超期"),
        *(("备注", said) for said in ("超期答复", "未按期答复", "没有按时办结", "未在期限内答复", "未能如期作出答复")),
        *(("备注", said) for said in ("迟复", "未在20个工作日内答复")),
    ],
)
def test_the_word_of_the_office_and_the_count_are_both_quoted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, head])
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    err = capsys.readouterr().err
    assert f"“{head}”写着“{said}”，算出来的期限到 2026-03-30，2026-03-25 答复，没有逾期；两样对不上" in err
    path = office(tmp_path, [*OPEN, said], heads=[*HEADS, head])
    assert f"“{head}”写着“{said}”，算出来的期限到 2026-12-21，还没有过；两样对不上" in told(capsys, path)[1]


def test_an_open_row_that_the_office_calls_late_too_is_late(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["件1", "自然人", "2026-03-02", None, None, "是"], heads=[*HEADS, "是否逾期"])
    assert "件1：期限到 2026-03-30，还没有答复，已经逾期" in told(capsys, path)[0]


def test_a_state_that_says_so_is_quoted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, [*IN_TIME, "超期办结"], heads=[*HEADS, "办理状态"])
    assert "“办理状态”写着“超期办结”，算出来的期限到 2026-03-30，2026-03-25 答复，没有逾期" in told(capsys, path)[1]


def test_the_word_that_nothing_is_late_stands_beside_the_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, [*LATE, "否"], heads=[*HEADS, "是否逾期"])
    assert "“是否逾期”写着“否”，算出来的期限到 2026-03-30，2026-04-20 才答复；两样对不上" in told(capsys, path)[1]
    path = office(tmp_path, ["件1", "自然人", "2026-03-02", None, None, "否"], heads=[*HEADS, "是否逾期"])
    assert "“是否逾期”写着“否”，算出来的期限到 2026-03-30，还没有答复；两样对不上" in told(capsys, path)[1]


@pytest.mark.parametrize("head", ["首次收到日期", "网上提交日期", "来件日期", "邮戳日期", "备注"])
def test_an_earlier_receipt_by_which_it_is_late_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    said = "网站2月10日首次提交" if head == "备注" else "2026-02-10"
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, head])
    said = f"“{head}”写着“{said}”，比计算用的收到日期 2026-03-02 早；从那一天算，期限到 2026-03-16，已经逾期"
    assert said in told(capsys, path)[1]


@pytest.mark.parametrize(
    "said",
    [
        *("2026年2月10日收到，3月2日登记", "2月10日收到", "收到时间2月10日", "2.10收到", "2月10日来信，3月2日登记"),
        *("申请人2月10日提交", "2月10日申请，3月2日受理"),
    ],
)
def test_a_remark_of_an_earlier_receipt_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, "备注"])
    assert f"“备注”写着“{said}”，比计算用的收到日期 2026-03-02 早；从那一天算" in told(capsys, path)[1]


@pytest.mark.parametrize(
    ("head", "said"), [("法定答复期限", "2026-03-20"), ("应答复日期", "3月20日前"), ("办理天数（工作日）", 34)]
)
def test_a_period_of_the_office_by_which_it_is_late_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, head])
    _, err = told(capsys, path)
    assert f"“{head}”写着“{said}”" in err
    assert "两样对不上，请核对" in err


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *((head, "2026-03-27") for head in ("送达日期", "签收日期")),
        *(("是否逾期", said) for said in ("否", "未逾期", "否（提前3天）", "□是 ☑否")),
        *(("逾期天数", said) for said in (0, "0天", -3)),
        *(("备注", said) for said in ("逾期未补正的不再处理", "防止逾期", "4月20日前要用", "逾期将通报")),
        *(("备注", said) for said in ("如未按期答复将通报", "申请人未按期补正", "第三方未按期回复", "4月20日前答复")),
        *(
            ("备注", said)
            for said in ("4月20日第三方回复", "4月20日复议后重新答复", "2月10日曾提交同类申请", "2月10日收到批示")
        ),
        *((head, "2026-04-20") for head in ("第三方签收日期", "归档日期", "重新答复日期")),
        ("逾期原因", "无"),
        ("首次收到日期", "2026-03-01"),
        ("是否按期答复", "是"),
        ("剩余天数", -30),
        ("法定答复期限", "2026-03-30"),
        ("办理天数", 23),
        ("承诺期限", "15个工作日"),
    ],
)
def test_what_agrees_with_the_count_says_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, head])
    assert run(["ledger", str(path), "--today", TODAY]) == 0
    assert not capsys.readouterr().err


def test_what_was_sent_in_time_may_be_taken_later(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, [*IN_TIME, "2026-03-26", "2026-04-02"], heads=[*HEADS, "寄出日期", "签收日期"])
    assert run(["ledger", str(path), "--today", TODAY]) == 0
    assert not capsys.readouterr().err


def test_a_sheet_that_is_named_late_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, IN_TIME)
    assert not told(capsys, path)[1]
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "逾期件"
    book.save(path)
    assert "“工作表”写着“逾期件”" in told(capsys, path)[1]


def test_a_part_and_a_note_of_all_rows_say_so_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["一、超期答复"], IN_TIME, ["二、按期答复"], ["件2", *LATE[1:]])
    out, err = told(capsys, path)
    assert "“分段”写着“一、超期答复”，算出来的期限到 2026-03-30，2026-03-25 答复，没有逾期" in err
    assert "“分段”写着“二、按期答复”，算出来的期限到 2026-03-30，2026-04-20 才答复；两样对不上" in err
    assert "件2：期限到" not in out
    path = office(tmp_path, IN_TIME, ["件2", *IN_TIME[1:]], ["注：以上均超期答复。"])
    assert told(capsys, path)[1].count("“说明”写着“注：以上均超期答复。”") == 2


@pytest.mark.parametrize("said", ["3月2日网上收到", "3月2日网上提交，转业务科", "3月5日窗口收到纸质材料"])
def test_a_day_without_a_year_is_the_nearest(capsys: pytest.CaptureFixture[str], tmp_path: Path, said: str) -> None:
    path = office(tmp_path, [*IN_TIME, said], heads=[*HEADS, "备注"])
    assert not told(capsys, path)[1]
    january = ["件1", "自然人", "2026-01-12", "2026-02-06", "予以公开", "12月25日网上提交"]
    err = told(capsys, office(tmp_path, january, heads=[*HEADS, "备注"]))[1]
    assert "“备注”写着“12月25日网上提交”，比计算用的收到日期 2026-01-12 早" in err


ASKED = ["征求第三方意见日期", "第三方收到日期"]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("第三方反馈", "2026-03-10"),
        ("回函时间", "3月10日"),
        ("第三方回复情况", "2026.3.10"),
        ("备注", "3月10日收到回函"),
    ],
)
def test_an_opinion_that_came_early_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: str
) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-04-14", "予以公开", "2026-03-05", "2026-03-06", said]
    path = office(tmp_path, row, heads=[*HEADS, *ASKED, head])
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    err = capsys.readouterr().err
    assert f"“{head}”写着“{said}”，可能是收到意见的那一天，意见日期一栏空着；算到那一天，期限到 2026-04-03" in err
    row[3] = "2026-04-02"
    assert not told(capsys, office(tmp_path, row, heads=[*HEADS, *ASKED, head]))[1]


@pytest.mark.parametrize("head", ["第三方回函日", "第三方书面意见日期", "意见返回日期"])
def test_more_heads_of_the_day_of_an_opinion(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str) -> None:
    row = ["件1", "自然人", "2026-03-02", "2026-04-14", "予以公开", "2026-03-05", "2026-03-06", "2026-03-10"]
    path = office(tmp_path, row, heads=[*HEADS, *ASKED, head])
    assert lines(capsys, path)[0]["late_workdays"] == 6


def test_what_says_that_a_row_is_late_is_heard_beside_a_doubt(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, [*IN_TIME, "已补正", "2026-04-20"], heads=[*HEADS, "备注", "寄出日期"])
    assert "“寄出日期”写着“2026-04-20”，晚于期限 2026-03-30" in told(capsys, path)[1]


@pytest.mark.parametrize(
    ("opinion", "answered", "is_asked"),
    [("2026-04-20", "2026-05-11", True), ("2026-06-20", "2026-07-10", True), ("2026-03-20", "2026-04-10", False)],
)
@pytest.mark.parametrize("heads", [["征求第三方意见日期", "第三方意见日期"], ["征求意见日期", "征求意见回复日期"]])
def test_a_third_party_that_nobody_knows_when_it_received_is_not_waited_for_without_end(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, opinion: str, answered: str, is_asked: bool, heads: list[str]
) -> None:
    row = ["件1", "自然人", "2026-03-02", answered, "予以公开", "2026-03-05", opinion]
    path = office(tmp_path, row, heads=[*HEADS, *heads])
    out, err = told(capsys, path)
    assert ("第 2 行 F 列：没有写第三方收到函的日期；收到以后只等 15 个工作日" in err) is is_asked
    assert "才答复" not in out
    assert run(["ledger", str(path), "--today", TODAY]) == int(is_asked)
