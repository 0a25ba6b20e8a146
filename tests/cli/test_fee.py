"""算费用 — `gongkai fee` keeps the contract of interchange (收费办法 第四条、第五条)."""

from __future__ import annotations

import json

import pytest

from gongkai.cli import run


def call(capsys: pytest.CaptureFixture[str], line: str) -> tuple[int, str, str]:
    status = run(line.split())
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("fee items 12", 200),
        ("fee items 5 --before 28", 800),
        ("fee items 0 --before 50", 0),
        ("fee pages 250", 4700),
        ("fee pages 250 --on 2021-01-01", 4700),
        ("fee items 12 --on 2026年3月2日", 200),
    ],
)
def test_the_amount_and_the_counting_agree_in_json_and_in_print(
    capsys: pytest.CaptureFixture[str], line: str, amount: int
) -> None:
    status, out, _ = call(capsys, f"{line} --json")
    data = json.loads(out)
    assert status == 0
    assert data["amount"] == amount == sum(step["amount"] for step in data["steps"])
    assert all(step["provision"].startswith("收费办法 第") for step in data["steps"])
    status, out, _ = call(capsys, line)
    assert status == 0
    assert f"{amount:,} 元" in out.splitlines()[0]
    assert sum(line.count("×") for line in out.splitlines()) == len(data["steps"])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fee", "还缺"),
        ("fee items", "还缺"),
        ("fee items many", "many"),
        ("fee items -3", "负数"),
        ("fee items 1000000000", "核对"),
        ("fee kilos 3", "kilos"),
        ("fee pages 3 --before 2", "--before"),
        ("fee pages 250 --on 2020-12-31", "2021-01-01"),
        ("fee pages 250 --on soon", "soon"),
    ],
)
def test_a_wrong_command_line_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str], line: str, said: str) -> None:
    status, out, err = call(capsys, line)
    assert status == 64
    assert said in err
    assert not out
