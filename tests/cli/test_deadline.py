"""算期限 — `gongkai deadline` keeps the contract of interchange: JSON, sentences, exit status (条例 第三十三条)."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.cli.deadline import CLOCKS

YEAR = """
[[year]]
year = 2027
notices = ["国办发明电〔2026〕0号"]
off = [{ name = "元旦", from = 2027-01-01, to = 2027-01-05 }]
work = []
"""


def width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def call(capsys: pytest.CaptureFixture[str], line: str) -> tuple[int, str, str]:
    status = run(line.split())
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_the_json_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(capsys, "deadline reply --received 2025-09-25 --extended --json")
    data = json.loads(out)
    assert status == 0
    assert list(data) == ["clock", "received_on", "due_on", "provisional", "workdays", "steps"]
    assert data | {"steps": None} == {
        "clock": "reply",
        "received_on": "2025-09-25",
        "due_on": "2025-11-26",
        "provisional": False,
        "workdays": 40,
        "steps": None,
    }
    assert all(step["provision"] and step["message"] for step in data["steps"])
    assert sum(step.get("workdays", 0) for step in data["steps"]) == 40
    assert {"on": "2025-10-11", "name": "国庆节、中秋节"} in data["steps"][1]["made_up"]


@pytest.mark.parametrize("clock", [clock.value for clock in CLOCKS])
def test_every_clock_prints_a_workday_and_its_article(capsys: pytest.CaptureFixture[str], clock: str) -> None:
    status, out, _ = call(capsys, f"deadline {clock} --received 2025-09-25")
    head, *steps = out.splitlines()
    assert status == 0
    assert "2025-10-" in head
    assert "星期" in head
    assert any("国庆节" in line for line in steps)
    assert any("第" in line and "条" in line for line in steps)


@pytest.mark.parametrize("columns", [80, 200])
def test_no_line_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    _, out, _ = call(
        capsys, "deadline reply --received 2026-11-02 --channel internet --consulted 2026-11-05 2026-12-12 --extended"
    )
    assert max(width(line) for line in out.splitlines()) <= columns


def test_consultations_may_be_given_many_times_in_any_order(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = "--consulted 2025-09-10 2025-09-12", "--consulted 2025-09-05 2025-09-11"
    there = call(capsys, f"deadline reply --received 2025-09-01 {first} {second} --json")
    assert there == call(capsys, f"deadline reply --received 2025年9月1日 {second} {first} --json")
    assert json.loads(there[1])["due_on"] == "2025-10-13"


def test_past_the_announced_calendar_the_date_is_provisional_until_the_year_is_imported(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    line = "deadline reply --received 2026-12-10"
    status, out, _ = call(capsys, line)
    assert status == 1
    assert "2027-01-07" in out
    assert "暂定" in out
    assert "尚未公布" in out
    calendar = tmp_path / "2027.toml"
    calendar.write_text(YEAR, encoding="utf-8")
    status, out, _ = call(capsys, f"{line} --calendar {calendar}")
    assert status == 0
    assert "2027-01-12" in out
    assert "暂定" not in out


def test_a_calendar_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    status, out, err = call(capsys, f"deadline reply --received 2026-12-10 --calendar {path} --json")
    assert status == 2
    assert json.loads(out)["source"] == str(path)
    assert str(path) in err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("deadline", "还缺"),
        ("deadline reply", "--received"),
        ("deadline never --received 2025-09-25", "never"),
        ("deadline reply --received 2025-02-30", "2025-02-30"),
        ("deadline reply --received yesterday", "yesterday"),
        ("deadline reply --received 2018-12-31", "2018-12-31"),
        ("deadline reply --received 2025-09-25 --channel pigeon", "pigeon"),
        ("deadline reply --received 2025-09-25 --corrected 2025-09-24", "2025-09-24"),
        ("deadline reply --received 2025-09-25 --consulted 2025-10-10 2025-10-09", "颠倒"),
        ("deadline reply --received 2025-09-25 --consulted 2025-09-01 2025-09-30", "早于"),
        ("deadline reply --received 2025-09-25 --consulted 2025-12-01 2025-12-09", "届满"),
        ("deadline disclosure --received 2025-09-25 --extended", "--extended"),
        ("deadline payment --received 2025-09-25 --channel mail", "--channel"),
        ("deadline correction --received 2025-09-25 --corrected 2025-09-26", "--corrected"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str], line: str, said: str) -> None:
    status, out, err = call(capsys, line)
    assert status == 64
    assert said in err
    assert not out
    assert "Traceback" not in err
