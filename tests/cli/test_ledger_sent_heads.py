"""发函、发通知的表头 — heads of the day on which an office sent, beside the day on which it heard (条例 第三十条)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

ROW = ["自然人", "2026-03-02", "2026-03-25", "予以公开"]
RECEIVED = "applications.received.natural_person"


@pytest.mark.parametrize(
    ("head", "end"),
    [
        *(
            (head, "第三方意见日期")
            for head in (
                *("第三方征求意见发函日期", "征询第三方意见日期", "征求意见函发出日期", "发征求意见函时间"),
                *("征求权利人意见日期", "征求意见发出日期", "向第三方发函日期"),
            )
        ),
        *((head, "收到补正日期") for head in ("发出补正通知日期", "补正告知书日期", "补正通知书送达日期")),
        *((head, "缴费日期") for head in ("收费通知书日期", "发出收费通知")),
    ],
)
def test_the_day_of_sending_is_known(capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, end: str) -> None:
    path = office(tmp_path, ["1", *ROW, "2026-03-05", "2026-03-10"], heads=[*HEADS, head, end])
    assert "请补上" not in told(capsys, path)[1]
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 1


def test_a_day_under_a_head_that_nobody_knows_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "征求环节去函登记日期", "第三方意见日期"]
    path = office(tmp_path, ["1", *ROW, "2026-03-05", "2026-03-10"], heads=heads)
    err = told(capsys, path)[1]
    assert "写了第三方意见日期，没有认出前面那一天的栏；“征求环节去函登记日期”写着“2026-03-05”" in err
    assert "没有写发函日期，请补上" in told(capsys, office(tmp_path, ["1", *ROW, None, "2026-03-10"], heads=heads))[1]


@pytest.mark.parametrize("head", ["流水号", "序号", "件号"])
def test_a_number_of_a_reply_is_no_number_of_a_request(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str
) -> None:
    rows = [["1", *ROW, "函〔2026〕1号"], ["2", "自然人", "2026-11-20", None, None, None]]
    path = office(tmp_path, *rows, heads=[head, *HEADS[1:], "文号"])
    assert not told(capsys, path)[1]
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 2


def test_an_extended_row_that_is_answered_contradicts_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, ["1", *ROW, "已延期"], heads=[*HEADS, "办理进度"])
    assert "没有办结" not in told(capsys, path)[1]
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 1
