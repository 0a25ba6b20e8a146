"""台账的说明 — what `gongkai ledger` prints is what the page of interchange promises, key by key."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "interchange.md"
HEADS = ["登记号", "申请人类型", "收到日期", None, None, "答复时间", "办理结果", "经办情况备注"]


def promised(heading: str) -> set[str]:
    """说明里的键 — the first column of the table under a heading."""
    (table,) = re.findall(rf"^### {re.escape(heading)}\n\n(.*?)\n\n", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    rows = table.splitlines()[2:]
    return {key for row in rows for key in re.findall(r"`(\w+)`", row.split("|")[1])}


def named_in(heading: str, key: str) -> set[str]:
    """说明里的下一层 — the keys that the line of a key names."""
    rows = PAGE.read_text(encoding="utf-8").partition(f"### {heading}")[2].splitlines()
    (row,) = [each for each in rows if each.startswith(f"| `{key}`")]
    return set(re.findall(r"`(\w+)`", row.split("|")[2]))


def office(path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "台账"
    rows: list[list[Any]] = [
        ["青禾县示范局2026年台账"],
        HEADS,
        [None, None, "年", "月", "日"],
        ["甲1", "公民", 2026, 3, 2, "3月20日", "公开", None],
        ["甲2", "公民", 2026, 3, 2, "3月32日", "公开", None],
        ["甲3", "公民", 2026, 3, 2, "2026-05-20", "公开", None],
        ["甲4", "公民", 2026, 3, 2, None, "同上", None],
        ["合计", 4],
    ]
    for row in rows:
        page.append(row)
    page.row_dimensions[4].hidden = True
    book.create_sheet("说明")["A1"] = "填写说明"
    book.create_sheet("旧").sheet_state = "hidden"
    book.save(path)
    return path


def printed(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> list[dict[str, Any]]:
    run(["ledger", str(path), "--json", "--today", "2026-11-29", *options])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_key_is_promised_and_every_promise_is_kept(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    *lines, last = printed(capsys, office(tmp_path / "台账.xlsx"))
    assert all(set(line) == promised("一件") for line in lines)
    assert set(last) == promised("最后一行")
    refused = [each for line in lines for each in line["refused"]]
    assert refused
    assert all(set(each) == promised("`refused` 的一条") for each in refused)
    cells = [line["cell"] for line in lines if line["cell"]]
    assert cells
    assert all(set(each) == named_in("一件", "cell") for each in cells)
    reading = last["reading"]
    assert set(reading) == promised("`reading`")
    (heads,) = reading["heads"]
    words = named_in("`reading`", "heads")
    assert set(heads) <= words
    assert all(set(each) <= words for each in (*heads["columns"], *heads["unused"]))
    assert all(set(each) <= named_in("`reading`", "skipped") for each in reading["skipped"])
    assert {each["why"] for each in reading["skipped"]} <= named_in("`reading`", "skipped")


def test_the_mapping_is_told_with_json_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    reading = printed(capsys, office(tmp_path / "台账.xlsx"))[-1]["reading"]
    (heads,) = reading["heads"]
    assert (heads["sheet"], heads["row"], heads["layout"]) == ("台账", 3, "requests")
    columns = {each["name"]: each["columns"] for each in heads["columns"]}
    assert columns == {
        "id": ["A"],
        "applicant": ["B"],
        "received_on": ["C", "D", "E"],
        "answered_on": ["F"],
        "answer": ["G"],
    }
    assert heads["unused"] == [{"column": "H", "head": "经办情况备注"}]
    assert reading["skipped"] == [{"sheet": "台账", "row": 8, "why": "total"}]
    assert (reading["unread_sheets"], reading["hidden_sheets"]) == (["说明"], ["旧"])
    assert reading["rows_out_of_sight"] == [{"sheet": "台账", "rows": [4]}]
    assert reading["years_from_titles"] == [{"sheet": "台账", "year": 2026, "from": "title", "days": 1}]


def test_a_ledger_of_json_has_the_same_lines_without_a_reading(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "台账.json"
    acts = [{"act": "register", "on": "2026-03-02", "channel": "mail"}, {"act": "fly", "on": "2026-03-03"}]
    row = {"id": "A", "applicant": "business", "acts": acts}
    path.write_text(json.dumps({"format": "gongkai.ledger/1", "requests": [row]}), encoding="utf-8")
    line, last = printed(capsys, path)
    assert set(line) == promised("一件")
    assert set(line["refused"][0]) == {"act", "on", "reason"}
    assert set(last) == promised("最后一行")
    assert last["reading"] is None


def test_people_are_told_of_split_days_lent_years_and_rows_out_of_sight(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path / "台账.xlsx")
    run(["ledger", str(path), "--today", "2026-11-29"])
    out = capsys.readouterr().out
    assert "收到日期（C、D、E 列“收到日期年、收到日期月、收到日期日”）" in out
    assert "工作表“台账”有 1 处日期没有写年份，按标题里的 2026 年算" in out
    assert "工作表“台账”有 1 行隐藏着或者被筛选掉，也读了：第 4 行" in out
    run(["--lang", "en", "ledger", str(path), "--today", "2026-11-29"])
    out = capsys.readouterr().out
    assert 'sheet "台账": 1 day(s) without a year, taken as 2026 from the title' in out
