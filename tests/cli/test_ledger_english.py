"""台账的英文 — every sentence of a dirty ledger is English; heads, cells and names of the file stay as they are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import TODAY, office

HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果", "征求第三方意见日期", "第三方收到日期"]
ODD = ["是否逾期", "寄出日期", "首次收到日期", "应答复日期", "办理天数", "份数", "信件类型", "领取签名", "备注"]
IN_TIME = ["自然人", "2026-03-02", "2026-03-25", "予以公开", None, None]
LATE = ["自然人", "2026-03-02", "2026-09-25", "予以公开"]
OPEN = ["自然人", "2026-03-02", None, None, None, None]
HAN = re.compile(r"[\u3400-\u9fff，。；：、（）]+")
QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|choose from [^;]*|in these columns: .*|any of these: [^;]*|^Columns not used: .*"
)


def odd(number: str, row: list[Any], head: str, said: object) -> list[Any]:
    return [number, *row, *(said if each == head else None for each in ODD)]


def test_nothing_but_the_words_of_the_file_is_chinese(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = {
        "是否逾期": "是",
        "寄出日期": "2026-04-20",
        "首次收到日期": "2026-02-10",
        "应答复日期": "2026-03-20",
        "办理天数": 49,
    }
    opened = {"份数": 3, "信件类型": "投诉", "领取签名": "某某", "备注": "已延期", "是否逾期": "否"}
    rows = [odd(f"A{at}", IN_TIME, *each) for at, each in enumerate(said.items())]
    rows += [odd(f"B{at}", OPEN, *each) for at, each in enumerate(opened.items())]
    rows += [
        odd("C1", [*LATE, "2026-03-10", "2026-03-12"], "备注", "有话要说"),
        odd("C2", [*LATE, "2026-03-10", None], "", None),
        odd("C3", [*OPEN[:4], "2026-03-10", None], "", None),
        odd("", [*LATE, None, None], "", None),
        odd("C1-2", OPEN, "", None),
    ]
    path = office(tmp_path, *rows, heads=[*HEADS, *ODD])
    book = openpyxl.load_workbook(path)
    page = book.create_sheet("不予受理")
    for row in (HEADS, ["D1", *OPEN], ["D2", *LATE]):
        page.append(row)
    book.save(path)
    assert run(["--lang", "en", "ledger", str(path), "--today", TODAY]) == 1
    out, err = capsys.readouterr()
    told = [QUOTED.sub("", line) for line in (*err.splitlines(), *out.splitlines())]
    assert [line for line in told if HAN.search(line)] == []
    assert "“sheet” says “不予受理”" in err
    assert 'sheet "台账", row 15 (not counted in table three): due on' in out
