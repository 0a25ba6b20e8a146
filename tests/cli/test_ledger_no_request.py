"""可能不算申请的行 — what may be no request, be several, or be given already is quoted, and not called late."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_ledger_late import HEADS, lines, office, told

OPEN = ["件1", "自然人", "2026-03-02", None, None]
LATE = ["自然人", "2026-03-02", "2026-04-20", "予以公开"]
ACCUSED = "已经逾期"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        *(("信件类型", said) for said in ("举报", "咨询", "投诉件")),
        *((head, "否") for head in ("是否属于申请", "是否受理", "是否计入")),
        ("是否信访", "是"),
        *((head, "某某") for head in ("领取签名", "申请人签收", "领取人签字")),
        *((head, said) for head in ("结束标志", "已办结", "是否寄出") for said in (1, "√")),
        *((head, 3) for head in ("份数", "合计")),
        *(("备注", said) for said in ("已经当面答复", "口头答复过")),
    ],
)
def test_an_open_row_is_not_accused_and_the_cell_is_quoted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, [*OPEN, said], heads=[*HEADS, head])
    out, err = told(capsys, path)
    assert err.count(f"“{head}”写着“{said}”") == 1
    assert ACCUSED not in out
    assert lines(capsys, path)[0]["refused"][0]["column"] == "F"


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("信件类型", "申请"),
        ("份数", 1),
        ("是否属于申请", "是"),
        ("是否信访", "否"),
        ("领取签名", "未领取"),
        ("结束标志", 0),
    ],
)
def test_what_says_nothing_of_it_leaves_the_row_late(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, said: object
) -> None:
    path = office(tmp_path, [*OPEN, said], heads=[*HEADS, head])
    assert ACCUSED in told(capsys, path)[0]


@pytest.mark.parametrize("name", ["不予受理", "转办", "非申请", "咨询", "投诉举报"])
def test_a_sheet_of_what_is_no_request_is_quoted(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    path = office(tmp_path, OPEN)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = name
    book.save(path)
    out, err = told(capsys, path)
    assert f"写着“{name}”" in err
    assert ACCUSED not in out


@pytest.mark.parametrize("number", ["16(2)", "16-2", "16附2", "16（续）", "16之二"])
def test_a_number_that_may_be_a_part_of_another_is_asked_about(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str
) -> None:
    rows = [[str(at), *LATE] for at in (15, 16, 17)]
    out, err = told(capsys, office(tmp_path, *rows, [number, *OPEN[1:]]))
    assert "像是“16”的附件或者续行" in err
    assert ACCUSED not in out
    answered = [number, "自然人", "2026-03-02", "2026-03-05", "予以公开"]
    _, err = told(capsys, office(tmp_path, *rows, answered))
    assert err.count("像是“16”的附件或者续行，当作另一件") == 1


def test_numbers_of_two_parts_are_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [[f"{office_number}-{at}", *LATE] for office_number in (15, 16) for at in range(1, 4)]
    assert "附件" not in told(capsys, office(tmp_path, *rows))[1]


@pytest.mark.parametrize("number", ["2026-001（样例）", "001示例", "填写说明"])
def test_a_row_whose_number_says_that_it_is_a_sample_is_none(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str
) -> None:
    path = office(tmp_path, [number, *OPEN[1:]], ["件2", *LATE])
    out, _ = told(capsys, path)
    assert "没有当作一件的行（示例）：工作表“台账”第 2 行" in out
    assert len(lines(capsys, path)) == 2
