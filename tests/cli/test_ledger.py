"""台账 — `gongkai ledger` keeps the contract of interchange: a line a request, tables three and four, exit status."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run
from tests.report import dirty_ledgers

EXAMPLE: dict[str, Any] = {
    "format": "gongkai.ledger/1",
    "body": "青禾县示范局",
    "requests": [
        {
            "id": "2026-017",
            "applicant": "research",
            "acts": [
                {"act": "register", "on": "2026-08-31", "channel": "in_person"},
                {"act": "ask_correction", "on": "2026-09-04", "workdays": 10},
                {"act": "corrected", "on": "2026-09-11"},
                {"act": "consult", "thread": "a", "with": "third_party", "on": "2026-09-15"},
                {"act": "consult_delivered", "thread": "a", "on": "2026-09-16"},
                {"act": "opinion", "thread": "a", "on": "2026-10-09"},
                {"act": "extend", "on": "2026-11-02", "workdays": 15},
                {"act": "deliver", "on": "2026-11-24", "answer": "partly_granted"},
            ],
        },
        {
            "id": "2026-018",
            "applicant": "business",
            "acts": [{"act": "register", "on": "2026-09-01", "channel": "mail"}],
        },
        {
            "id": "2026-019",
            "applicant": "natural_person",
            "acts": [{"act": "submit", "on": "2026-09-01", "channel": "internet"}],
        },
    ],
    "remedies": [
        {
            "id": "R1",
            "kind": "reconsideration",
            "request": "2026-017",
            "filed_on": "2026-12-01",
            "is_original_actor": True,
            "ending": None,
            "decided_on": None,
        }
    ],
}


def called(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: object, *options: str
) -> tuple[int, list[dict[str, Any]], str]:
    path = tmp_path / "台账.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    status = run(["ledger", str(path), "--json", "--today", "2026-11-29", *options])
    captured = capsys.readouterr()
    return status, [json.loads(line) for line in captured.out.splitlines()], captured.err


def test_a_line_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, lines, err = called(capsys, tmp_path, EXAMPLE)
    first, second, third, figures = lines
    steps = first.pop("steps")
    assert first == {
        "id": "2026-017",
        "position": "closed",
        "waits_for": "nobody",
        "received_on": "2026-08-31",
        "correction_notice_by": "2026-09-09",
        "first_period_ends_on": "2026-11-04",
        "due_on": "2026-11-25",
        "due_on_strict": "2026-11-24",
        "strict_on": "2026-11-24",
        "provisional": False,
        "applicant_until": None,
        "lapse_from": None,
        "third_party_until": "2026-10-13",
        "co_maker_until": None,
        "answered_on": "2026-11-24",
        "late_workdays": 0,
        "cell": {"row": "partly_granted", "column": "research", "closed_on": "2026-11-24"},
        "marks": [],
        "refused": [],
        "unread": [],
    }
    assert all(isinstance(step, str) and step for step in steps)
    assert (second["position"], second["cell"], second["due_on"]) == ("registered", None, "2026-09-29")
    assert (third["position"], third["received_on"], third["provisional"]) == ("unconfirmed", None, None)
    assert (figures["year"], figures["cut_on"]) == (2026, "2026-12-31")
    assert len(figures["figures"]) == 190
    assert all(type(value) is int for value in figures["figures"].values())
    assert figures["parts"] == {
        "applications.received.research": ["2026-017"],
        "applications.received.business": ["2026-018"],
        "applications.received.total": ["2026-017", "2026-018"],
        "applications.partly_granted.research": ["2026-017"],
        "applications.partly_granted.total": ["2026-017"],
        "applications.handled_total.research": ["2026-017"],
        "applications.handled_total.total": ["2026-017"],
        "applications.carried_out.business": ["2026-018"],
        "applications.carried_out.total": ["2026-018"],
        "remedies.reconsideration.pending": ["R1"],
        "remedies.reconsideration.total": ["R1"],
    }
    assert status == 1, "2026-018 is overdue"
    assert not err


def test_an_overdue_request_is_named_for_people(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "台账.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1
    out = capsys.readouterr().out
    assert "2026-018：期限到 2026-09-29，还没有答复，已经逾期" in out
    assert "2026-017" not in out
    waiting = [each for each in EXAMPLE["requests"] if each["id"] == "2026-018"]
    path.write_text(json.dumps({**EXAMPLE, "requests": waiting}), encoding="utf-8")
    assert run(["ledger", str(path), "--today", "2026-09-29"]) == 0
    assert "到 2026-09-29 答复" in capsys.readouterr().out


def test_what_cannot_be_is_refused_and_the_rest_is_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    acts = [
        {"act": "register", "on": "2026-03-02", "channel": "in_person"},
        {"act": "fly", "on": "2026-03-03"},
        {"act": "extend", "on": "2026-03-20", "workdays": 21},
        {"act": "deliver", "on": "2026-03-20", "answer": "other"},
        {"act": "deliver", "on": "2026-03-23", "answer": "granted"},
    ]
    data = {**EXAMPLE, "requests": [{"id": "A", "applicant": "business", "acts": acts}], "remedies": []}
    status, (line, figures), err = called(capsys, tmp_path, data)
    assert status == 1
    assert [each["act"] for each in line["refused"]] == ["fly", "extend", "deliver"]
    assert all(each["on"] in err for each in line["refused"])
    assert all(word in err for word in ("fly", "告知延长答复", "送达答复"))
    assert figures["figures"]["applications.granted.business"] == 1


def test_figures_are_cut_and_lines_are_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, lines, _ = called(capsys, tmp_path, EXAMPLE, "--cut", "2026-10-31")
    assert lines[0]["position"] == "closed"
    assert lines[-1]["figures"]["applications.carried_out.total"] == 2
    assert lines[-1]["figures"]["remedies.reconsideration.total"] == 0
    _, lines, _ = called(capsys, tmp_path, EXAMPLE, "--year", "2027")
    assert lines[-1]["figures"]["applications.carried_in.total"] == 1
    _, lines, _ = called(capsys, tmp_path, EXAMPLE, "--year", "2020")
    assert "applications.other_handling.total" in lines[-1]["figures"]


def test_settings_come_from_the_ledger_and_the_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    counted = {**EXAMPLE, "settings": {"consultation_first_day": "counted"}}
    assert called(capsys, tmp_path, counted)[1][0]["due_on"] == "2026-11-24"
    there = called(capsys, tmp_path, counted, "--set", "consultation_first_day=excluded")
    assert there[1][0]["due_on"] == "2026-11-25"


@pytest.mark.parametrize("suffix", ["json", "xlsx", "docx"])
def test_the_draft_is_a_report_that_check_accepts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / f"草稿.{suffix}"
    called(capsys, tmp_path, EXAMPLE, "-o", str(out))
    assert run(["check", str(out), "--json"]) in (0, 1)
    found = json.loads(capsys.readouterr().out)
    errors = [each for each in found["findings"] if each["severity"] == "error"]
    assert [each for each in errors if each["rule"].partition(".")[0] in ("applications", "remedies", "reading")] == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ([], "gongkai.ledger/1"),
        ({"format": "gongkai.report/1"}, "gongkai.ledger/1"),
        ({"format": "gongkai.ledger/1", "requests": {"id": "A"}}, "requests"),
        ({"format": "gongkai.ledger/1", "requests": [{"acts": []}]}, "requests"),
        ({"format": "gongkai.ledger/1", "settings": {"merge": "never"}}, "never"),
    ],
)
def test_what_is_no_ledger_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: object, said: str
) -> None:
    status, lines, err = called(capsys, tmp_path, data)
    assert status == 2
    assert said in lines[0]["error"]
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--set", "merge"], "merge"),
        (["--set", "merge=never"], "never"),
        (["--cut", "2026-10-31", "--year", "2025"], "2025"),
        (["-o", "out.txt"], "out.txt"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: list[str], said: str
) -> None:
    path = tmp_path / "台账.json"
    path.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    assert run(["ledger", str(path), *options]) == 64
    assert said in capsys.readouterr().err


def test_one_bad_file_stops_no_other(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, bad = tmp_path / "a.json", tmp_path / "b.json"
    good.write_text(json.dumps(EXAMPLE), encoding="utf-8")
    bad.write_bytes(b"\xff\xfe[")
    assert run(["ledger", str(bad), str(tmp_path / "none.json"), str(good), "--json"]) == 2
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 6
    assert "b.json" in captured.err


def test_one_request_that_cannot_be_stops_itself_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    wrong = [
        {"id": "A", "applicant": "cat"},
        {"id": "2026-018", "applicant": "business"},
        {"id": "B", "applicant": None},
    ]
    remedies = [*EXAMPLE["remedies"], {"id": "R2", "kind": "duel", "filed_on": "2026-01-01"}]
    data = {**EXAMPLE, "requests": [*EXAMPLE["requests"], *wrong], "remedies": remedies}
    status, lines, err = called(capsys, tmp_path, data)
    assert status == 1
    assert [line["id"] for line in lines[3:-1]] == ["A", "2026-018", "B", "R2"]
    assert all(set(line) == set(lines[0]) and line["position"] is None for line in lines[3:-1])
    assert [len(line["refused"]) for line in lines[3:-1]] == [1, 1, 1, 1]
    assert "cat" in err
    assert lines[-1]["figures"]["applications.received.total"] == 2
    assert lines[-1]["figures"]["remedies.reconsideration.total"] == 1


def spreadsheet(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "台账"
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEADS: list[object] = ["登记号", "申请人姓名", "申请人类型", "收到时间", "答复时间", "办理结果", "承办科室"]


def office(tmp_path: Path) -> Path:
    return spreadsheet(
        tmp_path / "台账.xlsx",
        ["青禾县示范局2026年台账"],
        ["单位：青禾县示范局"],
        HEADS,
        ["甲1", "某某", "公民", "2026.8.3", "2026.8.20", "公开", "法规科"],
        ["甲2", "某某", "公司", "2026.9.1", "未答复", None, "法规科"],
        ["甲3", "某某", "公司", "2026.8.1", "未答复", None, "办公室"],
        ["甲4", "某某", "公司", "2026.8.32", "未答复", None, "办公室"],
    )


def test_a_spreadsheet_says_what_is_late_by_whom_and_both_tables(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path)
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1
    out, err = capsys.readouterr()
    assert out.index("甲3（办公室）：期限到") < out.index("甲2（法规科）：期限到"), "the longest overdue is first"
    assert "表三　收到和处理" in out
    assert "表四　" in out
    assert "申请人姓名" in out, "columns that nobody knows are told"
    assert "某某" not in out + err, "what stands in them is not"
    assert "工作表“台账”第 7 行 D 列（收到日期）：“2026.8.32”：没有这一天" in err
    assert run(["--lang", "en", "ledger", str(path), "--today", "2026-11-29"]) == 1
    out, err = capsys.readouterr()
    assert "甲3 (办公室): due on" in out
    assert 'sheet "台账", row 7, column D (Received on)' in err


def test_a_stopped_row_is_a_line_with_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["ledger", str(office(tmp_path)), "--json", "--today", "2026-11-29"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (refused,) = lines[3]["refused"]
    assert (lines[3]["id"], refused["sheet"], refused["row"], refused["column"]) == ("甲4", "台账", 7, "D")
    assert lines[-1]["figures"]["applications.received.total"] == 3


def test_heads_of_ones_own_are_given(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = spreadsheet(tmp_path / "a.xlsx", ["号", "哪类人", "来的那天"], ["1", "公民", "2026-03-02"])
    assert run(["ledger", str(path), "--json"]) == 2
    assert "--columns" in capsys.readouterr().err
    names = tmp_path / "表头.toml"
    names.write_text('id = "号"\n"申请人类别" = "哪类人"\nreceived_on = "来的那天"\n', encoding="utf-8")
    assert run(["ledger", str(path), "--json", "--columns", str(names)]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[0])["received_on"] == "2026-03-02"
    assert "没有认出“答复日期、办理结果”一栏" in err
    names.write_text("id = [", encoding="utf-8")
    assert run(["ledger", str(path), "--columns", str(names)]) == 64
    assert run(["ledger", str(path), "--columns", str(tmp_path / "none.toml")]) == 64


def test_the_blank_ledger_is_filled_in_and_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "空白.xlsx"
    assert run(["ledger", "--blank", str(path)]) == 0
    assert run(["ledger", str(path), "--json"]) == 0
    (figures,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()[-1:]]
    assert set(figures["figures"].values()) == {0}, "the sample line is not counted"
    book = openpyxl.load_workbook(path)
    sheet = book["申请"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    listed = {str(each.sqref) for each in sheet.data_validations.dataValidation if each.type == "list"}
    assert len(listed) == 4, "kind of applicant, channel, result, state"
    choices = [[cell.value for cell in column if cell.value] for column in book["选项"].iter_cols()]
    for at, answer in enumerate(choices[2], 3):
        for name, value in (("编号", at), ("申请人类别", choices[0][at % 6]), ("收到日期", date(2026, 3, 2))):
            sheet.cell(at, heads[name], value)
        sheet.cell(at, heads["答复日期"], date(2026, 3, 20))
        sheet.cell(at, heads["办理结果"], answer)
        sheet.cell(at, heads["并入编号"], 4 if answer == "并案" else None)
    book.save(path)
    run(["ledger", str(path), "--json"])
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["figures"]["applications.received.total"] == len(choices[2])
    assert "没有计入" not in err, "every choice that it offers is read"


def test_the_sheet_of_counted_days_goes_with_the_draft_and_check_accepts_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows: list[list[object]] = [[str(at), "x", "公民", "2026-03-02", None, None, "科"] for at in range(1, 3202)]
    path = spreadsheet(tmp_path / "长.xlsx", HEADS, *rows)
    out = tmp_path / "草稿.xlsx"
    assert run(["ledger", str(path), "--json", "-o", str(out), "--today", "2026-11-29"]) == 1
    names = [name for name in openpyxl.load_workbook(out).sheetnames if name.startswith("台账和期限")]
    assert len(names) == 3
    capsys.readouterr()
    run(["check", str(out), "--json"])
    (found,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [each["rule"] for each in found["findings"] if each["severity"] == "error"] == []


@pytest.mark.parametrize("options", [[], ["--blank", "x.docx"], ["a.xlsx", "--blank", "x.xlsx"]])
def test_what_the_command_cannot_do_is_told(capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    assert run(["ledger", *options]) == 64
    assert capsys.readouterr().err


def test_a_hundred_strange_files_never_show_a_traceback(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    paths = []
    for name, data in dirty_ledgers.strange(100):
        (tmp_path / name).write_bytes(data)
        paths.append(str(tmp_path / name))
    assert run(["ledger", *paths, "--json"]) == 2
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    assert all(json.loads(line) for line in out.splitlines())
