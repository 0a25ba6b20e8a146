"""算期限 — `gongkai deadline` keeps the contract of interchange: JSON, sentences, exit status (条例 第三十三条)."""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.cli.deadline import CLOCKS, add_arguments

PAGE = Path(__file__).parents[2] / "docs/reference/interchange.md"
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
    assert list(data)[:6] == ["clock", "received_on", "due_on", "provisional", "workdays", "steps"]
    assert {name: data[name] for name in list(data)[:5]} == {
        "clock": "reply",
        "received_on": "2025-09-25",
        "due_on": "2025-11-26",
        "provisional": False,
        "workdays": 40,
    }
    assert all(step["provision"] and step["message"] for step in data["steps"])
    assert sum(step.get("workdays", 0) for step in data["steps"]) == 40
    assert {"on": "2025-10-11", "name": "国庆节、中秋节"} in data["steps"][1]["made_up"]


@pytest.mark.parametrize("clock", [clock.value for clock in CLOCKS])
def test_every_clock_prints_a_workday_and_its_article(capsys: pytest.CaptureFixture[str], clock: str) -> None:
    status, out, _ = call(capsys, f"deadline {clock} --received 2025-09-25")
    head, *steps = out.splitlines()
    assert status == 0
    assert {"report": "2026-01-31", "withdrawal": "2025-09-29"}.get(clock, "2025-10-") in head
    assert "星期" in head
    assert any("国庆节" in line or clock in ("report", "withdrawal") for line in steps)
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
    assert "2027-01-08" in out
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


def replied(capsys: pytest.CaptureFixture[str], line: str) -> dict[str, object]:
    status, out, _ = call(capsys, f"deadline reply {line} --json")
    return {"status": status, **json.loads(out)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # The extension before the fee is void after it (findings: 2026-06-16 was too late).
        (
            "--received 2026-03-02 --extend 20 --told 2026-03-27 --fee-noticed 2026-03-27 --paid 2026-04-17",
            {"due_on": "2026-05-19", "waits_for": "office"},
        ),
        ("--received 2026-04-13 --extend 10 --told 2026-05-08", {"due_on": "2026-05-27", "workdays": 30}),
        (
            "--received 2026-03-02 --consulted third-party 2026-03-09 2026-03-10 2026-08-31",
            {"due_on": "2026-04-23", "due_on_strict": "2026-04-22", "third_party_until": "2026-03-31"},
        ),
        (
            "--received 2026-03-02 --correction-asked 2026-03-05",
            {"due_on": None, "waits_for": "applicant", "applicant_until": "2026-03-19", "lapse_from": "2026-03-20"},
        ),
        (
            "--received 2026-03-02 --fee-noticed 2026-03-10",
            {"due_on": None, "position": "awaiting_payment", "applicant_until": "2026-04-08"},
        ),
        ("--received 2026-03-02 --consulted other_organ 2026-03-09 - -", {"due_on": None, "waits_for": "office"}),
        (
            "--received 2026-03-02 --channel letter --confirmed 2026-03-27",
            {"received_on": "2026-03-27", "marks": ["confirmed_late"]},
        ),
        (
            "--received 2026-03-02 --correction-asked 2026-03-12 --corrected 2026-03-25",
            {"due_on": "2026-04-23", "correction_notice_by": "2026-03-11", "marks": ["correction_notice_late"]},
        ),
    ],
)
def test_dated_options_are_counted_in_the_order_of_their_days(
    capsys: pytest.CaptureFixture[str], line: str, expected: dict[str, object]
) -> None:
    found = replied(capsys, line)
    assert {name: found[name] for name in expected} == expected
    assert found["status"] == 0
    assert call(capsys, f"deadline reply {line}")[0] == 0


@pytest.mark.parametrize(
    ("line", "assumed"),
    [
        ("--extended", "20 个计算"),
        ("--extend 10", "没有写告知延长的日期"),
        ("--corrected 2026-03-10", "没有填告知补正的日期"),
        ("--paid 2026-03-10", "没有填送达收费通知的日期"),
        ("--consulted 2026-03-05 2026-03-10", "没有写对象"),
        ("--channel internet", "没有另填确认日"),
        ("--correction-asked 2026-03-05", "按 10 个工作日"),
    ],
)
def test_what_was_left_out_is_said_to_be_assumed(capsys: pytest.CaptureFixture[str], line: str, assumed: str) -> None:
    assert assumed in call(capsys, f"deadline reply --received 2026-03-02 {line}")[1]


def test_a_fee_before_there_were_fees_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    assert "起施行" in call(capsys, "deadline reply --received 2020-06-01 --paid 2020-06-10 --json")[1]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--extend 21 --told 2026-03-20", "最多 20"),
        ("--extend 10 --told 2026-03-31", "2026-03-30"),
        ("--told 2026-03-31", "--extend"),
        ("--consulted judge 2026-03-05 - -", "judge"),
        ("--consulted third-party 2026-03-05 -", "--consulted"),
        ("--consulted third-party 2026-03-05 - 2026-03-04", "颠倒"),
        ("--consulted third-party 2026-03-05 2026-02-31 -", "2026-02-31"),
        ("--publisher township", "--publisher"),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str], line: str, said: str) -> None:
    status, out, err = call(capsys, f"deadline reply --received 2026-03-02 {line}")
    assert status == 64
    assert said in err
    assert not out


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("--received 2025-12-31", "2026-01-31"),
        ("--received 2025-12-31 --publisher government", "2026-03-31"),
        ("--received 2019-06-01 --publisher township", "2020-01-31"),
    ],
)
def test_the_report_of_a_year_is_due_in_the_next(capsys: pytest.CaptureFixture[str], line: str, due: str) -> None:
    status, out, _ = call(capsys, f"deadline report {line}")
    assert status == 0
    assert due in out.splitlines()[0]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "--received 2026-01-05 --fee-noticed 2026-01-30 --paid 2026-06-30",
            ("2026-03-05", "逾期以后才缴费，接受了（收费办法 第六条）"),
        ),
        ("--received 2025-09-01 --correction-asked 2025-09-04 --corrected 2025-12-15", ("2025-09-18", "视为放弃")),
        (
            "--received 2026-02-02 --correction-asked 2026-02-06 --fee-noticed 2026-02-08",
            ("02-27", "缴费到 2026-03-12"),
        ),
        ("--received 2025-09-01 --correction-asked 2025-09-20 --corrected 2025-09-25", ("注意：2025-09-28 以后",)),
        ("--received 2026-01-12 --fee-noticed 2026-03-30", ("注意：答复期限届满以后才送达收费通知",)),
        ("--received 2025-09-01 --corrected 2025-09-25", ("当作在 2025-09-10 以前告知",)),
        ("--received 2026-03-02 --paid 2026-04-20", ("当作在 2026-03-30 以前送达", "已经逾期，请补上")),
        ("--received 2026-01-05 --paid 2026-01-12", ("当作在答复期限以内送达",)),
    ],
)
def test_what_should_not_have_been_or_was_assumed_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str, said: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = call(capsys, f"deadline reply {line}")
    assert all(words in out for words in said)
    # What was left out is told once, and never as a day that nobody gave.
    assert out.count("没有填") <= 1
    assert "假设在" not in out


def test_options_take_the_words_of_people_and_list_both(capsys: pytest.CaptureFixture[str]) -> None:
    code = call(capsys, "deadline reply --received 2025-09-01 --consulted third-party 2025-09-08 2025-09-10 -")
    assert code == call(capsys, "deadline reply --received 20250901 --consulted 第三方 2025-09-08 2025-09-10 -")
    for line in ("--channel 鸽子", "--consulted 谁 2025-09-08 2025-09-10 -"):
        _, _, err = call(capsys, f"deadline reply --received 2025-09-01 {line}")
        assert ("in-person 当面提交" in err) or ("third-party 第三方" in err)


@pytest.mark.parametrize(
    ("line", "said", "not_said"),
    [
        # The period of the correction is presumed: what rests on it says so, and can be asked for.
        (
            "--correction-asked 2026-03-05 --corrected 2026-03-25",
            ("推定", "--correction-days", "可能逾期"),
            "注意：申请人逾期",
        ),
        ("--correction-asked 2026-03-05 --correction-days 15 --corrected 2026-03-25", ("2026-03-26",), "注意"),
        ("--correction-asked 2026-03-05 --correction-days 5 --corrected 2026-03-25", ("注意：申请人逾期",), "推定"),
        # Of a fee told too late: how late the notice was, and that the request is late.
        ("--fee-noticed 2026-04-10", ("通知迟了 8 个工作日", "2026-03-30 没有答复，已经逾期"), "请核对"),
        # A day that has passed is not offered as one to come.
        ("--correction-asked 2026-03-05 --today 2026-04-01", ("已经过了", "请确认逾期"), "起可以确认"),
        ("--correction-asked 2026-03-05 --today 2026-03-19", ("2026-03-20 起可以确认",), "已经过了"),
        # The day of the third party is told as theirs, before and after.
        ("--consulted 第三方 2026-03-09 2026-03-11 - --today 2026-03-20", ("对方的期限到 2026-04-01",), "已经过了"),
        ("--consulted 第三方 2026-03-09 2026-03-11 - --today 2026-04-02", ("依法决定是否公开",), "等第三方"),
        ("--confirmed 2026-03-03", ("双方确认之日为收到申请之日",), "传真"),
    ],
)
def test_what_comes_next_is_told_for_the_day_on_which_it_is_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str, said: tuple[str, ...], not_said: str
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    _, out, _ = call(capsys, f"deadline reply --received 2026-03-02 {line}")
    assert all(words in out for words in said), out
    assert not_said not in out


@pytest.mark.parametrize("clock", sorted(set(CLOCKS) - {"reply"}))
def test_a_clock_that_has_run_out_says_what_follows(capsys: pytest.CaptureFixture[str], clock: str) -> None:
    before, after = (
        call(capsys, f"deadline {clock} --received 2025-09-25 --today {day} --json")[1]
        for day in ("2025-09-26", "2026-03-02")
    )
    assert not any("过了" in step["message"] for step in json.loads(before)["next"])
    passed = json.loads(after)["next"]
    assert "已经过了" in passed[0]["message"]
    assert json.loads(after)["due_on"] in passed[0]["message"]
    whose = {"third-party": "第三方的期限", "co-maker": "共同制作机关的期限", "payment": "申请人的期限"}
    assert whose.get(clock, "") in "".join(step["message"] for step in json.loads(before)["next"])


@pytest.mark.parametrize("words", ["协办单位", "保密部门", "保密行政管理部门", "第三人", "third_party", "共同制作单位"])
def test_those_who_are_consulted_may_be_called_as_offices_call_them(
    capsys: pytest.CaptureFixture[str], words: str
) -> None:
    status, _, err = call(capsys, f"deadline reply --received 2026-03-02 --consulted {words} 2026-03-09 - 2026-03-11")
    assert (status, err) == (0, "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--consulted third-party 2026-03-09", "三个日期"),
        ("--consulted 谁 2026-03-09", "第三方"),
        ("--consulted thirdparty 2026-03-09 - -", "是不是想写 third-party"),
        ("--correction-days 10", "--correction-asked"),
        ("--correction-asked 2026-03-05 --correction-days 0", "0"),
        ("--today 2001-01-01", "2019-01-01"),
    ],
)
def test_what_is_lacking_or_misspelt_is_named(capsys: pytest.CaptureFixture[str], line: str, said: str) -> None:
    status, out, err = call(capsys, f"deadline reply --received 2026-03-02 {line}")
    assert (status, out) == (64, "")
    assert said in err


@pytest.mark.parametrize("line", ["reply", "correction", "payment", "report"])
def test_on_days_off_after_the_last_day_nothing_is_counted_as_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    received = "2025-12-31" if line == "report" else "2026-02-28"
    due = json.loads(call(capsys, f"deadline {line} --received {received} --json")[1])["due_on"]
    passed = 0
    for after in range(1, 9):
        on = date.fromisoformat(due) + timedelta(days=after)
        _, out, _ = call(capsys, f"deadline {line} --received {received} --today {on}")
        assert "过了" in out
        assert " 0 个工作日" not in out
        passed += "个工作日" in out.split("接下来", 1)[1].split("\n\n")[0]
    assert 0 < passed <= 8


@pytest.mark.parametrize(
    ("line", "ahead"),
    [
        ("reply --received 2026-12-10 --today 2026-11-30", ("2026-12-10 登记",)),
        ("disclosure --received 2026-12-10 --today 2026-11-30", ("2026-12-10",)),
        (
            "reply --received 2026-03-02 --correction-asked 2026-04-15 --corrected 2026-04-20 --today 2026-03-10",
            ("2026-04-15 送达补正告知书", "2026-04-20 收到补正", "补正到 2026-03-11 告知的，不算逾期"),
        ),
        (
            "reply --received 2026-03-02 --correction-asked 2026-04-15 --today 2026-03-12",
            ("2026-04-15 送达补正告知书",),
        ),
        ("reply --received 2026-03-02 --today 2026-03-02", ()),
        ("report --received 2026-12-31 --today 2026-11-30", ()),
    ],
)
def test_days_to_come_are_told_as_taken_for_granted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str, ahead: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = call(capsys, f"deadline {line}")
    told = "".join(step["message"] for step in json.loads(call(capsys, f"deadline {line} --json")[1])["next"])
    assert ("还没有发生" in out) == ("还没有发生" in told) == bool(ahead)
    assert all(words in out and words in told for words in ahead)
    assert ("不算逾期" in out) == any("不算逾期" in words for words in ahead)


@pytest.mark.parametrize("told", ["correction-asked", "fee-noticed"])
def test_a_day_that_may_still_move_is_marked_where_the_next_step_rests_on_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    line = f"deadline reply --received 2026-12-20 --{told} 2026-12-25 --today 2026-12-28"
    head, _, out = call(capsys, line)[1].partition("\n")
    assert "暂定" in head
    assert "接下来（暂定）：等申请人" in out
    assert "再确认逾期" in out
    last = json.loads(call(capsys, f"{line} --json")[1])["next"]
    assert any(step["provisional"] and "2027-01" in step["message"] for step in last)
    path = tmp_path / "2027.toml"
    path.write_text(YEAR, encoding="utf-8")
    assert "暂定" not in call(capsys, f"{line} --calendar {path}")[1]


@pytest.mark.parametrize(
    ("line", "provisional"),
    [
        # 31 December 2026 is announced: the lapse on the day after it cannot move.
        ("reply --received 2026-12-01 --correction-asked 2026-12-24 --correction-days 5 --today 2026-12-28", False),
        ("reply --received 2026-12-01 --correction-asked 2026-12-24 --correction-days 6 --today 2026-12-28", True),
        ("reply --received 2026-12-20 --today 2026-12-28", True),
        ("report --received 2026-12-31 --today 2027-02-03", False),
    ],
)
def test_only_a_day_that_a_coming_notice_can_move_is_provisional(
    capsys: pytest.CaptureFixture[str], line: str, provisional: bool
) -> None:
    _, out, _ = call(capsys, f"deadline {line}")
    rows = json.loads(call(capsys, f"deadline {line} --json")[1])["next"]
    assert rows
    assert any(row["provisional"] for row in rows) == ("接下来（暂定）" in out) == provisional


def test_the_page_names_every_key_and_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    page = PAGE.read_text(encoding="utf-8").partition("\n## 期限\n")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in page.splitlines() if line.startswith("| `")]
    named = {key for row in rows for key in re.findall(r"`(\w+)`", row[1])}
    line = "deadline reply --received 2026-03-02 --today 2026-03-05 --json"
    data = json.loads(call(capsys, line)[1])
    assert set(data) == named
    assert all(key in page for step in (*data["steps"], *data["next"]) for key in step)
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    options = {option for action in parser._actions for option in action.option_strings} - {"-h", "--help"}
    assert options <= set(re.findall(r"--[a-z-]+", page))
    assert {"late_fee_notice_restarts", "perhaps_taken_late"} <= set(re.findall(r"`(\w+)`", page))


@pytest.mark.parametrize("line", ["--fee-noticed 2026-03-05 --paid", "--correction-asked 2026-03-05 --corrected"])
def test_an_extension_told_on_the_day_of_a_restart_belongs_to_the_new_round(
    capsys: pytest.CaptureFixture[str], line: str
) -> None:
    for order in (
        f"{line} 2026-03-20 --extend 20 --told 2026-03-20",
        f"--extend 20 --told 2026-03-20 {line} 2026-03-20",
    ):
        assert replied(capsys, f"--received 2026-03-02 {order}")["due_on"] == "2026-05-20"
