"""没有计入的工作表 — named as no register, or without heads: their rows are told and none is a case."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import run
from gongkai.documents.columns.uncounted import is_no_register
from tests.documents.columns.lists import DONE, HEADS, read_sheets

REGISTER = [HEADS, ["1", *DONE]]
OTHERS = [HEADS, ["7", "自然人", "2026-03-02", None, None], ["8", *DONE]]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "样表",
            "登记样表",
            "台账（模板）",
            "模板（勿删）",
            "填写说明",
            "填表说明",
            "示例",
            "草稿",
            "测试数据",
            "作废",
        ),
        *("已作废件", "回收站", "2026年作废登记", "信访件（不计入）", "Template", "空白表1"),
    ],
)
def test_a_sheet_that_is_no_register_by_its_name_is_counted_and_not_read(name: str) -> None:
    found = read_sheets({name: OTHERS, "台账": REGISTER})
    assert [(each.sheet, each.values["id"]) for each in found.entries] == [("台账", "1")]
    assert found.uncounted == [(name, "name", (2, 3))]
    assert found.unread == []


@pytest.mark.parametrize(
    "name",
    [
        *("台账", "2026年", "Sheet1", "延期答复件", "经补正", "转办", "撤回", "退件", "并案", "旧", "全年"),
        *("局办", "样本检验所", "软件测试中心", "不予公开", "不属于本机关", "公开"),
    ],
)
def test_other_sheets_are_read_and_said_with_their_rows(name: str) -> None:
    assert not is_no_register(name)
    assert [each.sheet for each in read_sheets({name: REGISTER}).entries] == [name]


def test_the_only_list_is_read_whatever_its_sheet_is_called() -> None:
    found = read_sheets({"模板": REGISTER, "填写说明": [["请逐行填写"]]})
    assert [each.sheet for each in found.entries] == ["模板"]
    assert (found.uncounted, found.unread) == ([], ["填写说明"])


def test_rows_with_a_day_below_no_heads_may_be_cases_and_other_tables_are_none() -> None:
    sheets = {
        "台账": REGISTER,
        "台账续": [["2", *DONE], ["3", *DONE]],
        "复议": [["序号", "原告", "哪天起诉"], ["1", "王某", "4月1日"]],
        "通讯": [["科室", "电话", "房间"], ["办公室", "0571-88887777", "201"]],
        "统计": [["月份", "件数", "比例"], ["1", "20", "3.5"]],
        "节假日": [["元旦", "2026-01-01", "放假"]],
    }
    found = read_sheets(sheets)
    assert found.uncounted == [("台账续", "heads", (1, 2)), ("复议", "heads", (2,))]
    assert found.unread == ["台账续", "复议", "通讯", "统计", "节假日"]


def test_what_was_not_counted_is_said_and_tells_by_the_exit_status(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "台账.xlsx"
    for title, rows in {"台账": REGISTER, "作废": OTHERS, "台账续": [["2", *DONE]]}.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    assert run(["ledger", str(path), "--today", "2026-11-30"]) == 1
    err = capsys.readouterr().err
    assert "工作表“作废”看名称不是台账，里面 2 行没有计入（第 2、3 行）" in err
    assert "工作表“台账续”没有认出表头，第 1 行像是申请或者救济，没有计入" in err
    run(["ledger", str(path), "--today", "2026-11-30", "--json"])
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["reading"]["uncounted_sheets"] == [
        {"sheet": "台账续", "why": "heads", "rows": [1]},
        {"sheet": "作废", "why": "name", "rows": [2, 3]},
    ]
