"""别处说到的 — another sheet, a sign or a head that speaks of a late row leaves it open (条例 第三十三条)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run
from tests.cli.test_ledger_late import HEADS, TODAY, lines, office, told

LATE = ["自然人", "2026-03-02", "2026-04-14", "予以公开"]
IN_TIME = ["自然人", "2026-03-02", "2026-03-20", "予以公开"]


def book(tmp_path: Path, **sheets: list[list[Any]]) -> Path:
    found = openpyxl.Workbook()
    for at, (name, rows) in enumerate(sheets.items()):
        page = found.create_sheet(name) if at else found.worksheets[0]
        page.title = name
        for row in rows:
            page.append(row)
    found.save(tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("延期", [["编号", "告知日期", "延长工作日"], ["1", "2026-03-20", 20]], "1、2026-03-20、20"),
        ("延期审批表", [["序号", "申请编号", "延期至"], ["1", "1", "2026-04-28"]], "1、2026-04-28"),
        ("征求意见", [["编号", "发函", "回函"], ["1", "2026-03-05", "2026-03-25"]], "1、2026-03-05、2026-03…"),
        ("说明", [["第1号申请已于3月20日告知延期"]], "第1号申请已于3月20日告知延期"),
        ("Sheet2", [["1号延长到4月28日"]], "1号延长到4月28日"),
        ("备忘", [["编号", "备忘"], ["1", "补过一次材料，已延期"]], "1、补过一次材料，已延期"),
    ],
)
def test_another_sheet_that_names_a_late_row_leaves_it_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, rows: list[list[Any]], said: str
) -> None:
    path = book(tmp_path, **{"台账": [HEADS, ["1", *LATE], ["2", *LATE]], name: rows})
    out, err = told(capsys, path)
    place = f"工作表“{name}”第 {len(rows)} 行"
    assert f"1：工作表“台账”第 2 行：{place}写着“{said}”，像是说这一件的，看不出是否逾期" in err
    assert "1：期限到" not in out
    assert "2：期限到 2026-03-30，2026-04-14 才答复，迟了 10 个工作日" in out
    assert lines(capsys, path)[0]["late_workdays"] is None


def test_another_sheet_of_other_matters_adds_no_word(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rows = [["编号", "保管人"], ["1", "办公室"]]
    path = book(tmp_path, 台账=[HEADS, ["1", *LATE]], 归档=rows)
    assert "1：期限到 2026-03-30，2026-04-14 才答复，迟了 10 个工作日（" in told(capsys, path)[0]


@pytest.mark.parametrize(
    "said",
    [
        "表中超过20个工作日的都已依法延期。",
        "超过20个工作日才答复的，均已按规定延期并告知",
        "本表所列各件均延期20个工作日",
        "台账内超期件已办延期手续",
        "凡三月初收到的申请均延期",
        "标红的为延期件",
    ],
)
@pytest.mark.parametrize("name", ["填报说明", "备注"])
def test_another_sheet_that_speaks_of_a_kind_leaves_late_rows_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, said: str
) -> None:
    path = book(tmp_path, **{"台账": [HEADS, ["1", *LATE], ["2", *IN_TIME], ["3", *LATE]], name: [[said]]})
    out, err = told(capsys, path)
    assert err.count(f"工作表“{name}”第 1 行写着“{said[:16]}") == 2
    assert "2：工作表" not in err
    assert "迟了" not in out


@pytest.mark.parametrize(
    "rows",
    [
        [["延期的均须填写延期告知日期"]],
        [["凡补正的，期限从收到补正之日起算，请写日期"]],
        [["征求第三方意见登记"], ["函号", "权利人", "意见"], ["7", "某公司", "全部同意"]],
        [["以上由办公室负责"]],
    ],
)
def test_how_to_fill_in_and_other_registers_hold_nothing_open(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, rows: list[list[Any]]
) -> None:
    path = book(tmp_path, 台账=[HEADS, ["1", *LATE]], 另表=rows)
    assert "1：期限到 2026-03-30，2026-04-14 才答复，迟了 10 个工作日（" in told(capsys, path)[0]


def test_another_sheet_that_says_that_a_row_is_late_is_heard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = book(tmp_path, 台账=[HEADS, ["1", *IN_TIME], ["2", *IN_TIME]], 通报=[["第1号申请超期答复，予以通报"]])
    assert run(["ledger", str(path), "--today", TODAY]) == 1
    err = capsys.readouterr().err
    assert "1：工作表“台账”第 2 行：“说明”写着“第1号申请超期答复，予以通报”，算出来的期限到 2026-03-30" in err
    assert "2：" not in err


@pytest.mark.parametrize(
    ("number", "over", "under"),
    [
        ("1*", "", "注：带*的为延期办理件"),
        ("★1", "（注：标★的已延长答复期限）", ""),
        ("1*", "台账（带*的为延期件）", ""),
    ],
)
def test_a_sign_that_a_title_or_note_explains(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, number: str, over: str, under: str
) -> None:
    rows = [[over]] if over else []
    path = book(tmp_path, 台账=[*rows, HEADS, [number, *LATE], ["2", *LATE], *([[under]] if under else [])])
    out, err = told(capsys, path)
    assert f"{number}：期限到" not in out
    assert f"{number}：工作表“台账”第" in err
    assert f"写着“{over or under}”" in err
    assert "2：期限到 2026-03-30" in out


def test_a_head_that_speaks_of_all_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS[:3], "答复日期（均已延期20个工作日）", HEADS[4]]
    out, err = told(capsys, office(tmp_path, ["1", *LATE], heads=heads))
    assert "“说明”一栏写着“答复日期（均已延期20个工作日）”，可能影响期限" in err
    assert "才答复" not in out


@pytest.mark.parametrize(
    ("kind", "result", "said"),
    [("自然人", "予以公开（延期）", "予以公开（延期）"), ("自然人（补正）", "予以公开", "自然人（补正）")],
)
def test_a_wrong_cell_that_speaks_of_the_clock(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, kind: str, result: str, said: str
) -> None:
    out, err = told(capsys, office(tmp_path, ["1", kind, *LATE[1:3], result]))
    assert f"一栏写着“{said}”，可能影响期限，看不出是否逾期" in err
    assert "才答复" not in out


@pytest.mark.parametrize("state", ["按期办结", "按时办结", "按期答复"])
def test_a_state_that_says_that_all_was_in_time(capsys: pytest.CaptureFixture[str], tmp_path: Path, state: str) -> None:
    path = office(tmp_path, ["1", *LATE, state], ["2", *LATE, "已办结"], heads=[*HEADS, "办理状态"])
    out, err = told(capsys, path)
    assert f"“办理状态”写着“{state}”，算出来的期限到 2026-03-30，2026-04-14 才答复；两样对不上" in err
    assert "1：期限到" not in out
    assert "2：期限到 2026-03-30" in out


THREE = ["编号", "申请人", *HEADS[1:]]


def late(number: str, name: str) -> list[Any]:
    return [number, name, *LATE]


def accused(capsys: pytest.CaptureFixture[str], tmp_path: Path, *rows: list[Any]) -> list[str]:
    found = lines(capsys, book(tmp_path, 台账=[THREE, *rows]))
    return [line["id"] for line in found[:-1] if line["late_workdays"]]


@pytest.mark.parametrize(
    ("note", "left"),
    [
        *((note, []) for note in ("注：1-3号延期20个工作日", "1—3号延期", "1～3号已延期", "注：第1至3号均经批准延期")),
        *((note, []) for note in ("注：第1号至第3号申请均经批准延期", "注：序号1至3延期答复", "注：第2至4行已延期")),
        *((note, []) for note in ("前三件已延期", "注：延期3件（1、2、3）", "注：一、二、三号已延期")),
        *((note, []) for note in ("甲一、乙二、丙三的申请已延期", "注：丁小四的申请已延期20个工作日")),
        ("注：1、2号已延期", ["3"]),
        ("注：乙二的申请已延期", ["1", "3"]),
        ("注：需要延期的，填写延期告知日期", ["1", "2", "3"]),
        ("注：答复期限为20个工作日，延期最长20个工作日", ["1", "2", "3"]),
    ],
)
def test_a_note_covers_all_the_rows_that_it_names_or_may_mean(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, note: str, left: list[str]
) -> None:
    rows = late("1", "甲一"), late("2", "乙二"), late("3", "丙三")
    assert accused(capsys, tmp_path, *rows, [note]) == left


def test_a_title_of_matters_is_no_note(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = book(tmp_path, 台账=[["依申请公开受理、补正、延期登记簿"], THREE, late("1", "甲一")])
    assert lines(capsys, path)[0]["late_workdays"] == 10


def test_a_row_that_goes_on_speaks_of_the_row_above(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    more = [*[None] * 5, "（延期20个工作日）"]
    assert accused(capsys, tmp_path, late("1", "甲一"), more, late("2", "乙二")) == ["2"]


def test_the_requests_above_are_all_of_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    note = ["注：上述申请均已依法延长答复期限"]
    assert accused(capsys, tmp_path, late("1", "甲一"), late("2", "乙二"), note) == []
