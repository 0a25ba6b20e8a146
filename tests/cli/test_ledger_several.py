"""一行几件 — a row that stands for several requests is said and not counted as one (年报格式)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, lines, office, told

DONE = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]
RECEIVED = "applications.received.natural_person"


@pytest.mark.parametrize(
    "number",
    [
        *("2-4", "2、3", "2至10", "2~5", "2026-001～005", "2026-001,2026-002", "7到9", "16\n17", "21+22", "2026-3＋4"),
        *(
            "20（3件）",
            "20等三件",
            "11及12",
            "15×2",
            "十七、十八",
            "7/8",
            "7/9",
            "9 10",
            "23.24",
            "2026-008/009",
            "6/7/8",
        ),
    ],
)
def test_a_number_of_several_stops_its_row(capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str) -> None:
    path = office(tmp_path, ["1", *DONE], [number, *DONE])
    _, err = told(capsys, path)
    assert f"第 3 行 A 列：编号“{' '.join(number.split())}”像是几件" in err
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 1
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_numbers_with_a_dash_that_are_no_range_are_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    numbers = ["2026-001", "2026-002", "3-1", "3-4", "依申请〔2026〕5号", "公-2026-7"]
    path = office(tmp_path, *([number, *DONE] for number in numbers))
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == len(numbers)
    assert not told(capsys, path)[1]


@pytest.mark.parametrize(
    "numbers",
    [
        ["2026/8", "2026/9", "9"],
        ["2026.03", "2026.04", "2026.11"],
        ["7/8", "9/10"],
        ["1", "1.1", "1.2", "2"],
        ["1", "2", "3（1件）"],
        ["1", "2026.3"],
        ["1", "2.0"],
        ["公开〔2026〕3/4号", "5"],
        ["3.1", "3.2", "3.3", "4"],
        [1.0, 2.0, 3.0],
        ["1", "A 3"],
    ],
)
def test_numbers_of_the_shape_of_their_neighbours_are_one_each(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, numbers: list[object]
) -> None:
    path = office(tmp_path, *([number, *DONE] for number in numbers))
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == len(numbers)


@pytest.mark.parametrize(
    ("head", "text", "is_several"),
    [
        ("申请内容", "共5件，关于征地", True),
        ("申请内容", "三件", True),
        ("申请内容", "关于三个地块的批文（3件）", True),
        ("备注", "含2件", True),
        ("备注", "同一申请人同日提交5份申请", True),
        ("备注", "共3件附件", False),
        ("申请份数", "3", True),
        ("备注", "合并共3件申请", True),
        ("备注", "申请人今年共提出10件申请", False),
        ("备注", "本月第3件申请", False),
        ("数量", "3", True),
        ("申请数量（件）", "2件", True),
        ("数量", "1", False),
        ("申请内容", "征地批文共5件", False),
        ("申请内容", "第3件的答复", False),
        ("附件", "共3件", False),
        ("备注", "共1件", False),
        ("备注", "10件以内", False),
    ],
)
def test_words_of_how_many_stop_a_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, head: str, text: str, is_several: bool
) -> None:
    path = office(tmp_path, ["1", *DONE, text], heads=[*HEADS, head])
    assert (f"“{head}”一栏写着“{text}”，一行只计一件" in told(capsys, path)[1]) is is_several
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == int(not is_several)


def test_a_count_of_pieces_other_than_one_stops_its_row(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [[str(at), *DONE, count] for at, count in enumerate((1, "1件", None, 5, "3件", 0), 1)]
    path = office(tmp_path, *rows, heads=[*HEADS, "件数"])
    _, err = told(capsys, path)
    assert "第 5 行 F 列：“件数”一栏写着“5”，一行只计一件" in err
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 3


@pytest.mark.parametrize(("number", "count"), [("1、2", 1), ("21+22", 1), ("5", 3)])
@pytest.mark.parametrize("end", [(None, None), ("2026-06-30", "予以公开")])
def test_a_row_of_several_is_asked_about_and_not_called_late(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str, count: int, end: tuple[str | None, str | None]
) -> None:
    path = office(tmp_path, [number, "自然人", "2026-03-02", *end, count], heads=[*HEADS, "件数"])
    out, err = told(capsys, path)
    assert "期限到" not in out
    assert "请一件一行" in err
    assert "分开以前看不出是否逾期" in err
    line, last = lines(capsys, path)
    assert (line["late_workdays"], line["due_on"], last["figures"][RECEIVED]) == (None, None, 0)
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1


def test_rows_without_numbers_that_are_the_same_both_count_and_are_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, DONE, DONE, [*DONE[:2], "2026-03-19", DONE[3]], heads=HEADS[1:])
    _, err = told(capsys, path)
    assert err.count("和第 2 行各格都一样，没有编号，当作两件") == 1
    last = lines(capsys, path)[-1]
    assert last["figures"][RECEIVED] == 3
    assert [each["row"] for each in last["reading"]["assumed"]] == [3]


def test_an_extension_of_nought_days_is_said_as_it_stands(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "延期告知日期", "延长工作日"]
    _, err = told(capsys, office(tmp_path, ["1", *DONE, "2026-03-19", 0], heads=heads))
    assert "延长工作日却是 0，当作 20 个工作日" in err


@pytest.mark.parametrize("number", ["2026-2、2026-3", "2026-2～5", "9、10"])
def test_acts_of_a_number_of_several_are_stopped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str
) -> None:
    acts = [["登记", "2026-03-02", None], ["答复", "2026-04-14", "予以公开"]]
    rows = [["2026-1", "自然人", *act] for act in acts] + [[number, "自然人", *act] for act in acts]
    path = office(tmp_path, *rows, heads=["编号", "申请人类别", "办理行为", "日期", "办理结果"])
    out, err = told(capsys, path)
    assert f"{number}没有计入：工作表“台账”第 4 行 A 列：编号“{number}”像是几件" in err
    assert out.count("才答复") == 1
    assert lines(capsys, path)[-1]["figures"][RECEIVED] == 1
    assert run(["ledger", str(path), "--today", "2026-11-29"]) == 1
