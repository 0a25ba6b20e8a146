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


def report_rows(folder: Path) -> list[list[str]]:
    """A report's tables as rows of cells."""
    sheet = folder / "年报.xlsx"
    assert run(["write", str(saved(folder, NEW)), str(sheet)]) == 0
    pages = openpyxl.load_workbook(sheet).worksheets
    rows = [["" if cell is None else str(cell) for cell in row] for page in pages for row in [*page.values, ()]]
    return [[cell.replace(",", "，").replace("\n", "") for cell in row] for row in rows]


def test_a_report_keeps_its_figures_below_a_lone_quote(tmp_path: Path) -> None:
    rows = report_rows(tmp_path)
    clean = "\n".join(map(",".join, rows))
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


@pytest.mark.parametrize("way", ['="{}"', "'{}"])
def test_numbers_kept_as_texts_are_the_numbers_of_a_report(tmp_path: Path, way: str) -> None:
    rows = report_rows(tmp_path)
    found = []
    for name, kept in (("数.csv", "{}"), ("文.csv", way)):
        cells = [[kept.format(cell) if cell.isdecimal() else cell for cell in row] for row in rows]
        (tmp_path / name).write_text("\n".join(map(",".join, cells)), encoding="utf-8")
        found.append(objects(gongkai("read", tmp_path / name, "--json").stdout)[0]["figures"])
    assert any(found[0].values())
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("台账.txt", "utf-8-sig", ","),
        ("台账.txt", "utf-16", "\t"),
        ("台账", "gb18030", ","),
        ("台账.csv.bak", "utf-8", ";"),
    ],
)
def test_a_table_is_read_whatever_its_name(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, encoding: str, separator: str
) -> None:
    lines = [HEADS, ROWS[0].replace(",,", ',"先到,\n后到",'), *ROWS[1:]]
    data = "\r\n".join(line.replace(",", separator) for line in lines).encode(encoding)
    (tmp_path / name).write_bytes(data)
    status, out, err = told(capsys, tmp_path / name)
    assert "共 20 件" in out
    assert (status, err) == (0, "")


def test_a_table_is_read_from_standard_input() -> None:
    data = "\n".join([HEADS, *ROWS]).encode("gb18030")
    done = gongkai("ledger", "-", "--year", "2026", "--today", "2026-06-01", stdin=data)
    assert "共 20 件" in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "text",
    [
        "| 编号 | 申请人类别 | 收到日期 | 答复日期 |\n|---|---|---|---|\n| 1 | 自然人 | 2026-03-02 | 2026-03-10 |\n",
        "\t编号\n\t申请人类别\n\t收到日期\n\t答复日期\n\n\t1\n\t自然人\n\t2026-03-02\n\t2026-03-10\n",
        "收到的，办完的,都在这里,,,,,,,,,,\n\n编号\t申请人类别\t收到日期\t答复日期\n1\t自然人\t2026-03-02\t2026-03-10\n",
    ],
)
def test_tables_of_other_texts_are_read_as_before(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    (tmp_path / "台账.txt").write_text(text, encoding="utf-8")
    _, out, _ = told(capsys, tmp_path / "台账.txt")
    assert "共 1 件" in out


def test_a_text_that_is_no_ledger_says_what_it_lacks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "台账.txt").write_text("编号,收到日期\n1,2026-03-02\n", encoding="utf-8")
    (tmp_path / "信.txt").write_text("各科室：请于本月底以前，把台账报来。\n", encoding="utf-8")
    for name in ("台账.txt", "信.txt"):
        status, out, err = told(capsys, tmp_path / name)
        assert (status, out) == (2, "")
        assert "申请人类别" in err or "没有表格" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--year", "0"], "写的是 0"),
        (["-o", ""], "-o 后面要写一个值"),
        (["--cut", "2025-12-31", "--cut", "2026-12-31"], "--cut 写了两次，2025-12-31 和 2026-12-31"),
        (["--columns", "编号=甲", "--columns", "编号=乙"], "“编号”写了两次，甲 和 乙"),
        (["--set", "merge=host", "--set", "merge=other"], "merge 写了两次"),
    ],
)
def test_no_option_is_passed_over(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], said: str
) -> None:
    assert run(["ledger", str(written(tmp_path, ROWS)), *words]) == 64
    assert said in capsys.readouterr().err


def test_an_option_may_be_said_twice_alike(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, _, err = told(capsys, written(tmp_path, ROWS), "--year", "2026", "--columns", "编号=编号")
    assert (status, err) == (0, "")


@pytest.mark.parametrize("words", [["--year", "2090"], ["--cut", "1999-01-01"]])
def test_a_year_in_which_nothing_counts_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str]
) -> None:
    path = written(tmp_path, ROWS)
    for also in ([], ["--json"]):
        run(["ledger", str(path), *words, *also])
        assert f"没有一件算进 {words[1][:4]} 年" in capsys.readouterr().err
    run(["ledger", str(path), "--year", "2026"])
    assert "没有一件" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["read", "check"])
def test_a_lone_quote_in_a_report_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
    rows = report_rows(tmp_path)
    capsys.readouterr()
    text = "\n".join(map(",".join, rows))
    for name, given, is_told in (("整.csv", text, False), ("断.csv", text.replace("\n", '\n"', 1), True)):
        (tmp_path / name).write_text(given, encoding="utf-8")
        run([command, str(tmp_path / name), "--json"])
        assert ("断.csv：第 2 行有一个英文双引号" in capsys.readouterr().err) is is_told


def test_a_json_that_says_a_thing_twice_is_no_ledger(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "台账.json"
    path.write_text('{"format": "gongkai.ledger/1", "requests": [], "requests": []}', encoding="utf-8")
    status, _, err = told(capsys, path)
    assert status == 2
    assert "“requests”写了两次" in err
