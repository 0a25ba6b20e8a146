"""写在申请旁边的救济 — what table four does not count is said, and how to give it (条例 第五十一条)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, lines, office, told

IN_TIME = ["自然人", "2026-03-02", "2026-03-10", "予以公开"]


def test_cases_beside_the_requests_are_said_not_to_count(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "是否复议", "复议结果", "备注"]
    rows = [["1", *IN_TIME, "是", "维持", None], ["2", *IN_TIME, "否", None, "申请人向法院起诉"], ["3", *IN_TIME]]
    path = office(tmp_path, *rows, heads=heads)
    _, err = told(capsys, path)
    assert "工作表“台账” F 列“是否复议”有 1 行写着复议、诉讼（第 2 行），没有计入表四；请另列一张复议诉讼表" in err
    beside = lines(capsys, path)[-1]["reading"]["remedies_beside"]
    assert [(each["column"], each["head"], each["rows"]) for each in beside] == [
        ("F", "是否复议", [2]),
        ("G", "复议结果", [2]),
        ("H", "备注", [3]),
    ]
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_no_case_is_found_in_a_no_in_rights_or_beside_a_list_of_cases(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    heads = [*HEADS, "是否复议", "是否告知复议诉讼权利", "备注"]
    path = office(tmp_path, ["1", *IN_TIME, "否", "是", "已告知起诉期限"], heads=heads)
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 0
    capsys.readouterr()
    book = openpyxl.load_workbook(office(tmp_path, ["1", *IN_TIME, "是"], heads=[*HEADS, "是否复议"]))
    page = book.create_sheet("救济")
    page.append(["案号", "救济类别", "申请日期", "结案方式", "结案日期"])
    page.append(["R1", "行政复议", "2026-04-01", "维持", "2026-05-20"])
    book.save(tmp_path / "两张.xlsx")
    last = lines(capsys, tmp_path / "两张.xlsx")[-1]
    assert last["reading"]["remedies_beside"] == []
    assert last["figures"]["remedies.reconsideration.upheld"] == 1
