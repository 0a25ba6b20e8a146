"""备注里的话 — what a remark says of counting, lateness and days is asked about, never left without a word."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark
from gongkai.law.workdays import Calendar
from gongkai.report.ledger import Line
from gongkai.report.ledger.spreadsheet import from_file

TODAY = date(2026, 11, 30)
HEADS = "编号,申请人类别,收到日期,答复日期,办理结果,备注"


def _line(answered: str, result: str, remark: str) -> Line:
    data = f"{HEADS}\n1,自然人,2026-03-02,{answered},{result},{remark}".encode()
    ledger = from_file("a.csv", data, today=TODAY, calendar=Calendar.load())[0]
    assert not ledger.stopped
    return ledger.lines(Calendar.load(), Settings(), TODAY)[0]


def _is_asked(line: Line, words: str) -> bool:
    return any(words in each.template for each in line.refused)


@pytest.mark.parametrize("result", ["予以公开", "信访举报投诉类申请", "重复申请", "撤回", "终止"])
@pytest.mark.parametrize("remark", ["重复登记，作废", "登记错误", "测试件", "已计入2025年年报"])
def test_that_a_row_is_void_is_asked_whatever_its_result(result: str, remark: str) -> None:
    assert _is_asked(_line("2026-03-20", result, remark), "可能不计入")


@pytest.mark.parametrize(
    ("result", "remark"),
    [
        *(
            ("信访举报投诉类申请", said)
            for said in ("信访件", "属于信访事项", "已转办信访局", "不属于政府信息公开申请")
        ),
        ("重复申请", "重复件"),
        ("撤回", "申请人撤件"),
    ],
)
def test_what_says_no_more_than_the_result_asks_nothing(result: str, remark: str) -> None:
    assert not _is_asked(_line("2026-03-20", result, remark), "可能不计入")


@pytest.mark.parametrize(
    "remark",
    [
        *("已更正，答复日期应为4月20日", "答复时间应为4月20日", "应为4月20日答复", "答复日期应为2026年四月二十日"),
        *("晚3天", "迟3天", "晚答复3天", "超3天", "迟了两个工作日", "晚三天", "答复来晚", "稍迟", "超了"),
        *("20260420答复", "260420答复", "二〇二六年四月二十日答复", "第35个工作日答复"),
    ],
)
def test_words_of_lateness_and_later_days_are_asked_about(remark: str) -> None:
    line = _line("2026-03-20", "予以公开", remark)
    assert line.is_told_late
    assert not line.is_sure


@pytest.mark.parametrize(
    "remark",
    [
        *(
            "未超期",
            "不晚于3月30日答复",
            "没有晚",
            "最迟3月30日答复",
            "今晚电话告知",
            "超市食品抽检信息",
            "超出本机关职责",
        ),
        *("3月5日电话告知", "办理14个工作日", "答复书共35页", "已按期答复", "4月20日不服申请复议", "已电话告知"),
        *("20260310答复", "260310电话告知", "邮编250312", "三月十日寄出", "超过10页", "申请人晚3天来领取"),
    ],
)
def test_ordinary_remarks_ask_nothing(remark: str) -> None:
    assert not _line("2026-03-20", "予以公开", remark).refused


@pytest.mark.parametrize(
    "remark",
    ["20260312补正材料", "260312收到材料", "二〇二六年三月十二日电话沟通", "20260312", "260312", "三月十二日会商"],
)
def test_a_day_in_any_form_leaves_the_lateness_of_its_row_open(remark: str) -> None:
    line = _line("2026-04-20", "予以公开", remark)
    assert Mark.ANSWERED_LATE in line.course.marks
    assert not line.is_sure


@pytest.mark.parametrize("name", ["马超", "李超", "高超群", "刘迟", "超凡公司"])
@pytest.mark.parametrize("head", ["申请情况申请人姓名", "申请人信息申请人名称", "办理情况经办人"])
def test_a_name_says_nothing_of_lateness(name: str, head: str) -> None:
    data = f"编号,{head},申请人类别,收到日期,答复日期,办理结果\n1,{name},自然人,2026-03-02,2026-03-20,予以公开".encode()
    ledger = from_file("a.csv", data, today=TODAY, calendar=Calendar.load())[0]
    (line,) = ledger.lines(Calendar.load(), Settings(), TODAY)
    assert line.is_sure
    assert not line.refused
