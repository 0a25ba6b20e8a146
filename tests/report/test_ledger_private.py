"""台账里的号码 — numbers of people are masked in the office's page and in what is told of remarks (第十五条)."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import run
from gongkai.documents.redaction.searching import hushed

IDENTITY, PHONE = "110101199003078515", "13812345678"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = (
        "编号,申请人类别,收到日期,答复日期,办理结果,承办,备注",
        f"{IDENTITY},自然人,2026-03-02,2026-03-20,予以公开,教育股 {PHONE},",
        f"依申请2026-2,自然人,2026-03-02,2026-04-20,予以公开,教育股,来电{PHONE}说过",
        "依申请2026-3,自然人,2026-03-02,,,教育股,已电话告知延期",
    )
    found = tmp_path / "台账.csv"
    found.write_text("\n".join(rows), encoding="utf-8")
    return found


def test_the_page_of_the_office_says_so_and_holds_no_number(
    capsys: pytest.CaptureFixture[str], path: Path, tmp_path: Path
) -> None:
    draft = tmp_path / "草稿.xlsx"
    run(["ledger", str(path), "--today", "2026-11-30", "-o", str(draft)])
    assert "公开以前请删去这一页" in capsys.readouterr().out
    book = openpyxl.load_workbook(draft)
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("公开年报以前请删去这一页" in cell for cell in cells)
    assert not any(IDENTITY in cell or PHONE in cell for cell in cells)
    assert "依申请2026-2" in cells
    of_third = next(row for sheet in book for row in sheet.iter_rows(values_only=True) if row[0] == "依申请2026-3")
    assert "看不出是否逾期" in of_third
    assert "逾期未答复" not in of_third


def test_remarks_are_quoted_without_numbers(capsys: pytest.CaptureFixture[str], path: Path) -> None:
    run(["ledger", str(path), "--today", "2026-11-30", "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = next(line for line in lines if line.get("id") == "依申请2026-2")
    assert found["unread"][0]["text"] == "来电138****5678说过"
    run(["ledger", str(path), "--today", "2026-11-30"])
    assert PHONE not in capsys.readouterr().out


@pytest.mark.parametrize("text", ["依申请2026-001", "2026031500012345", "教育股", "", "〔2026〕12号"])
def test_numbers_of_cases_stay(text: str) -> None:
    assert hushed(text) == text


def test_numbers_of_a_ledger_in_json_are_masked_too(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first = {"act": "receive", "on": "2026-03-02", "channel": "counter"}
    ledger = {
        "format": "gongkai.ledger/1",
        "requests": [
            {"id": IDENTITY, "applicant": "natural_person", "acts": [first]},
            {
                "id": f"王某{PHONE}",
                "applicant": "natural_person",
                "acts": [first, {"act": "merge", "on": "2026-03-03", "into": IDENTITY}],
            },
        ],
    }
    path = tmp_path / "台账.json"
    path.write_text(json.dumps(ledger), encoding="utf-8")
    for options in ((), ("--json",)):
        run(["ledger", str(path), "--today", "2026-11-30", *options])
        said = "".join(capsys.readouterr())
        assert IDENTITY not in said
        assert PHONE not in said
        assert IDENTITY[:3] in said


@pytest.mark.parametrize("written", [None, {}, "x", 3])
def test_requests_that_are_no_list_are_refused(written: object, tmp_path: Path) -> None:
    path = tmp_path / "台账.json"
    path.write_text(json.dumps({"format": "gongkai.ledger/1", "requests": written}), encoding="utf-8")
    assert run(["ledger", str(path)]) == 2
