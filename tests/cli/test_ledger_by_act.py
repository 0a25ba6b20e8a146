"""一行一个行为的延期 — its working days, the day that was told, else what is taken is said (条例 第三十三条第二款)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_ledger_late import lines, office, told

HEADS = ["编号", "申请人类别", "办理行为", "日期", "答复种类"]


def acts(tmp_path: Path, head: str | None, said: Any = None) -> Path:
    heads, more = ([*HEADS, head], [said]) if head else (HEADS, [])
    return office(
        tmp_path,
        ["件1", "自然人", "收到", "2026-03-02", None],
        ["件1", None, "延期", "2026-03-20", None, *more],
        ["件1", None, "答复", "2026-04-20", "予以公开"],
        heads=heads,
    )


@pytest.mark.parametrize(
    ("head", "said", "due_on", "late"),
    [
        ("延长工作日", 10, "2026-04-14", 4),
        ("延期天数", "15个工作日", "2026-04-21", None),
        ("工作日", 10, "2026-04-14", 4),
        ("延期至", "2026-04-10", "2026-04-10", 6),
        ("延长至", "4月28日前", "2026-04-28", None),
        ("延长后答复期限", "2026.4.28", "2026-04-28", None),
    ],
)
def test_an_extension_is_as_long_as_was_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object, due_on: str, late: int | None
) -> None:
    path = acts(tmp_path, head, said)
    line = lines(capsys, path)[0]
    assert (line["due_on"], line["late_workdays"] or None) == (due_on, late)
    assert "当作" not in told(capsys, path)[1]


def test_what_is_taken_for_a_length_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = acts(tmp_path, None)
    assert "件1：工作表“台账”第 3 行 C 列：没有写延长几个工作日，当作 20 个工作日" in told(capsys, path)[1]
    line, last = lines(capsys, path)
    assert (line["due_on"], line["late_workdays"]) == ("2026-04-28", 0)
    assert [each["reason"] for each in last["reading"]["assumed"]] == ["没有写延长几个工作日，当作 20 个工作日"]


def test_of_a_day_past_the_longest_extension_the_last_lawful_day_stands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = acts(tmp_path, "延期至", "2026-06-10")
    out, err = told(capsys, path)
    assert "件1：工作表“台账”第 3 行 F 列：“延期至”写着 2026-06-10，比延长 20 个工作日的最后一天 2026-04-28 晚" in err
    assert "才答复" not in out
    assert lines(capsys, path)[0]["due_on"] == "2026-04-28"
