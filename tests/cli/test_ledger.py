"""台账 — `gongkai ledger` keeps the contract of interchange: a line a request, tables three and four, exit status."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.cli import run

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
    assert all(each["on"] in err and each["act"] in err for each in line["refused"])
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
        ({"format": "gongkai.ledger/1", "requests": [{"id": "A", "applicant": "cat"}]}, "cat"),
        ({"format": "gongkai.ledger/1", "requests": [{"id": "A", "applicant": "business"}] * 2}, "A"),
        ({"format": "gongkai.ledger/1", "remedies": [{"id": "R", "kind": "duel", "filed_on": "2026-01-01"}]}, "R"),
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
