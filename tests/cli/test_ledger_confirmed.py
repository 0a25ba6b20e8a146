"""确认日期 — a day of confirmation counts also where nobody wrote by which channel a request came (条例 第三十一条)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

ROW = ["件1", "自然人", "2026-03-02", "2026-04-14", "予以公开"]
ASSUMED = "没有写接收渠道，写了确认日期，当作从确认之日起算"


@pytest.mark.parametrize(
    ("heads", "said", "due_on", "is_assumed"),
    [
        (["确认日期"], ["2026-03-16"], "2026-04-14", True),
        (["确认收到日期"], ["2026-03-16"], "2026-04-14", True),
        (["确认日期", "申请方式"], ["2026-03-16", None], "2026-04-14", True),
        (["确认日期", "申请方式"], ["2026-03-16", "网上"], "2026-04-14", False),
        (["确认日期", "申请方式"], ["2026-03-16", "当面"], "2026-03-30", False),
        (["确认日期"], ["2026-03-02"], "2026-03-30", False),
        (["确认日期"], [None], "2026-03-30", False),
    ],
)
def test_the_period_begins_on_the_day_of_confirmation(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    heads: list[str],
    said: list[str | None],
    due_on: str,
    is_assumed: bool,
) -> None:
    path = office(tmp_path, [*ROW, *said], heads=[*HEADS, *heads])
    out, err = told(capsys, path)
    assert (f"件1：工作表“台账”第 2 行 F 列：{ASSUMED}" in err) is is_assumed
    assert ("才答复" in out) is (due_on == "2026-03-30")
    assert lines(capsys, path)[0]["due_on"] == due_on
