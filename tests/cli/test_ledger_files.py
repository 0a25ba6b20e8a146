"""台账的文件 — whatever quotes and names a file has, no row is lost without a word (条例 第五十条)."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gongkai.cli import run
from tests.cli.command import gongkai, objects, saved
from tests.cli.test_read import NEW

HEADS = "编号,申请人类别,收到日期,答复日期,办理结果,备注,承办"
ROWS = [f"件{number},自然人,2026-03-02,2026-03-10,予以公开,,甲科" for number in range(1, 21)]


def written(folder: Path, rows: list[str], name: str = "台账.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADS, *rows]) + "\n", encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = run(["ledger", *map(str, words), "--year", "2026", "--today", "2026-06-01"])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("quotes", "rows"),
    [
        ({6: ("甲科", '"甲科')}, "8"),
        ({6: (",,", ',"x,')}, "8"),
        ({6: ("件", '"件')}, "8"),
        ({6: ("甲科", '"甲科'), 13: ("甲科", '甲科"')}, "8"),
        ({6: ("甲科", '"甲科'), 13: (",,", ',"x,')}, "8、15"),
    ],
)
def test_a_lone_quote_of_a_csv_hides_no_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, quotes: dict[int, tuple[str, str]], rows: str
) -> None:
    lines = [row.replace(*quotes[at], 1) if at in quotes else row for at, row in enumerate(ROWS)]
    status, out, err = told(capsys, written(tmp_path, lines))
    assert "共 20 件" in out
    assert f"第 {rows} 行有一个英文双引号" in err
    assert status == 1


def test_an_overdue_request_below_a_lone_quote_is_late(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, [ROWS[0].replace("甲科", '"甲科'), "件2,自然人,2026-03-02,,,,甲科"])
    _, out, _ = told(capsys, path)
    assert "共 2 件，逾期没有答复的 1 件" in out


def test_line_ends_within_a_cell_are_no_rows(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = written(tmp_path, [ROWS[0].replace(",,", ',"先到,\n后到",'), *ROWS[1:]])
    status, out, err = told(capsys, path)
    assert (status, err) == (0, "")
    assert "共 20 件" in out


def test_a_report_keeps_its_figures_below_a_lone_quote(tmp_path: Path) -> None:
    sheet = tmp_path / "年报.xlsx"
    assert run(["write", str(saved(tmp_path, NEW)), str(sheet)]) == 0
    pages = openpyxl.load_workbook(sheet).worksheets
    rows = [["" if cell is None else str(cell) for cell in row] for page in pages for row in [*page.values, ()]]
    clean = "\n".join(",".join(cell.replace(",", "，").replace("\n", "") for cell in row) for row in rows)
    first = next(row[0] for row in rows[5:] if row and row[0])
    torn = clean.replace(first, f'"{first}', 1)
    assert torn != clean
    found = []
    for name, text in (("整.csv", clean), ("断.csv", torn)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found.append(objects(gongkai("read", tmp_path / name, "--json").stdout)[0]["figures"])
    assert found[0] == found[1]
    assert any(value is not None for value in found[0].values())
    codes = [gongkai("check", tmp_path / name).returncode for name in ("整.csv", "断.csv")]
    assert codes[0] == codes[1]
