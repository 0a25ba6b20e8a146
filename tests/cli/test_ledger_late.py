"""台账的逾期 — what is late is said whatever else is wrong with its row, and nobody is accused for what a row lacks."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gongkai.cli import run

HEADS = ["编号", "申请人类别", "收到日期", "答复日期", "办理结果"]
TODAY = "2026-11-29"


def office(tmp_path: Path, *rows: list[Any], heads: list[Any] = HEADS, name: str = "台账.xlsx") -> Path:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "台账"
    for row in (heads, *rows):
        page.append(row)
    book.save(tmp_path / name)
    return tmp_path / name


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[str, str]:
    run(["ledger", *map(str, arguments), "--today", TODAY])
    return capsys.readouterr()


def lines(capsys: pytest.CaptureFixture[str], path: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(capsys, path, "--json", *options)[0].splitlines()]


def test_a_row_that_is_not_counted_is_late_all_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(
        tmp_path,
        ["甲", "访客", "2026-09-10", None, None],
        ["乙", "自然人", "2026.9.31", None, None],
        ["丙", "自然人", "2026-09-10", "已办结", "予以公开"],
    )
    out, err = told(capsys, path)
    assert "甲（没有计入表三）：期限到 2026-10-14，还没有答复，已经逾期 32 个工作日" in out
    assert "此外有 2 行读不出，不在这 1 件里，没有计入表三、表四，也看不出是否逾期：乙、丙" in out
    assert "B 列（申请人类别）：“访客”" in err
    first, second, third, _ = lines(capsys, path)
    assert (first["position"], first["due_on"], first["cell"]) == ("registered", "2026-10-14", None)
    assert [each["due_on"] for each in (second, third)] == [None, None]


def test_a_day_to_come_has_not_happened(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-09-10", "2026-12-20", "予以公开"],
        ["乙", "自然人", "2027-11-16", None, None],
    )
    out, err = told(capsys, path)
    assert "甲：期限到 2026-10-14，还没有答复，已经逾期 32 个工作日" in out
    assert "第 2 行 D 列：“2026-12-20”是 2026-12-20，在 2026-11-29 以后" in err
    assert "第 3 行 C 列（收到日期）" in err
    first, _, last = lines(capsys, path)
    assert first["refused"][0] | {"reason": ""} == {
        "act": "deliver",
        "on": "2026-12-20",
        "reason": "",
        "sheet": "台账",
        "row": 2,
        "column": "D",
    }
    assert last["year"] == 2026


def test_the_year_is_that_of_most_requests_and_others_are_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [["2025-1", "自然人", "2025-12-01", "2025-12-05", "公开"]]
    rows += [[f"2025-{at}", "自然人", "2025-11-03", "2025-11-05", "公开"] for at in range(2, 5)]
    path = office(tmp_path, *rows, ["2026-1", "自然人", "2026-03-02", "2026-03-05", "公开"])
    out, _ = told(capsys, path)
    assert "2025 年，截至 2025-12-31 的数" in out
    assert "台账里还有 2026 年收到的" in out


def test_an_extension_without_its_day_is_counted_and_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    heads = [*HEADS, "延期告知日期", "延期天数"]
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-10-09", "2026-11-20", "公开", None, "20个工作日"],
        ["乙", "自然人", "2026-10-09", "2026-11-20", "公开", "2026-10-20", None],
        ["丙", "自然人", "2026-10-09", "2026-11-20", "公开", "2026-10-20", "5.5"],
        heads=heads,
    )
    _, err = told(capsys, path)
    assert "甲：工作表“台账”第 2 行 G 列：没有写延期告知日期，当作按时告知延长 20 个工作日" in err
    assert "乙：工作表“台账”第 3 行 F 列：没有写延长几个工作日，当作 20 个工作日" in err
    assert "“5.5”不是整数" in err
    first, second, third, last = lines(capsys, path)
    assert first["marks"] == second["marks"] == []
    assert third["position"] is None
    assert [(each["id"], each["column"]) for each in last["reading"]["assumed"]] == [("甲", "G"), ("乙", "F")]


def test_a_day_after_new_year_belongs_to_the_next_year(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, [2025, "甲", "自然人", "12月20日", "1月8日", "公开"], heads=["年份", *HEADS])
    _, err = told(capsys, path)
    assert lines(capsys, path)[0]["answered_on"] == "2026-01-08"
    assert "当作 2026-01-08" in err


def test_provisional_days_are_marked_and_are_the_reason_of_the_exit(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, ["甲", "自然人", "2026-11-27", None, None])
    assert run(["ledger", str(path), "--today", TODAY]) in (0, 1)
    out = capsys.readouterr().out
    path = office(tmp_path, ["甲", "自然人", "2026-12-20", None, None])
    assert run(["ledger", str(path), "--today", "2026-12-25"]) == 1
    out = capsys.readouterr().out
    assert "（暂定）" in out
    assert "1 件的日期后面标着暂定" in out


def test_the_draft_says_what_it_leaves_out(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["甲", "访客", "2026-09-10", None, None], ["乙", "自然人", "2026-09-10", None, None])
    for suffix in ("docx", "xlsx", "json"):
        draft = tmp_path / f"草稿.{suffix}"
        out, _ = told(capsys, path, "-o", draft)
        assert f"草稿写在 {draft}" in out
        run(["read", str(draft), "--json"])
        report = json.loads(capsys.readouterr().out)
        assert "【草稿】" in report["preface"], suffix
        assert "1 行没有计入" in report["preface"]


def test_nobody_is_accused_where_the_ledger_does_not_tell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["甲", "自然人", "2026-03-02"], heads=HEADS[:3])
    out, err = told(capsys, path)
    assert "逾期 " not in out
    assert "不判断是否逾期" in out
    assert "没有认出“答复日期、办理结果”一栏" in err
    heads = [*HEADS, "补正日期"]
    path = office(tmp_path, ["甲", "自然人", "2026-03-02", None, None, "2026-03-10"], heads=heads)
    out, err = told(capsys, path)
    assert "请尽快答复" not in out
    assert "没有写补正告知日期" in err
    path = office(tmp_path, ["甲", "自然人", "2026-03-02", "2026-02-25", "公开"])
    out, err = told(capsys, path)
    assert "请尽快答复" not in out
    assert "2026-02-25 早于收到日期 2026-03-02" in err


def test_an_answer_that_was_late_says_when_and_by_how_much(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, ["甲", "自然人", "2026-03-02", "2026-04-02", "公开"])
    assert "甲：期限到 2026-03-30，2026-04-02 才答复，迟了 3 个工作日" in told(capsys, path)[0]


def test_rows_that_are_the_same_are_counted_once_and_others_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    row = ["甲", "自然人", "2026-09-10", "2026-09-20", "公开"]
    out, err = told(capsys, office(tmp_path, row, row))
    assert "没有当作一件的行（重复，只计一次）：工作表“台账”第 3 行" in out
    assert "没有计入" not in err
    _, err = told(capsys, office(tmp_path, row, [*row[:4], "部分公开"]))
    assert "编号 甲 在第 2 行已经用过，两行不一样" in err


def test_errors_and_open_formulas_are_named_at_their_cells(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-09-10", "=C2+10", "公开"],
        ["乙", "自然人", "2026-09-10", "#REF!", "公开"],
        ["丙", "自然人", "2026-09-10", date(2026, 9, 20), "公开"],
    )
    _, err = told(capsys, path)
    assert "第 2 行 D 列（答复日期）：这一格的公式没有算好的值" in err
    assert "第 3 行 D 列（答复日期）：这一格的公式出错了（#REF!）" in err
    assert lines(capsys, path)[-1]["figures"]["applications.granted.natural_person"] == 1


def test_acts_are_named_in_the_words_of_the_law(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(
        tmp_path,
        ["甲", "自然人", "2026-03-02", None, None, "2026-05-20", 10],
        heads=[*HEADS, "延期告知日期", "延长工作日"],
    )
    _, err = told(capsys, path)
    assert "甲：告知延长答复（2026-05-20）不成立：工作表“台账”第 2 行 F 列" in err
    assert "extend" not in err


def test_the_example_of_the_help_names_a_head(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(["ledger", "--help"])
    assert '编号 = "来件编号"' in capsys.readouterr().out
    path = office(tmp_path, ["甲", "自然人", "2026-03-02", None, None], heads=["来件编号", *HEADS[1:]])
    names = tmp_path / "表头.toml"
    names.write_text('编号 = "来件编号"\n"收到日期" = "收到日期" # 不变\n', encoding="utf-8")
    assert lines(capsys, path, "--columns", str(names))[0]["id"] == "甲"
    for wrong, known in (('编码 = "来件编号"', "办理结果"), ('收到日期 = "编码"', "来件编号")):
        names.write_text(f'编号 = "来件编号"\n{wrong}\n', encoding="utf-8")
        _, err = told(capsys, path, "--columns", names)
        assert "编码" in err
        assert known in err


def test_ticked_columns_are_one_choice(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    kinds = ["自然人", "商业企业", "科研机构", "其他"]
    path = office(
        tmp_path,
        ["甲", None, "√", None, None, "2026-09-10", "2026-09-20", "公开"],
        ["乙", "√", "√", None, None, "2026-09-10", "2026-09-20", "公开"],
        ["丙", 0, None, None, 1, "2026-09-10", "2026-09-20", "公开"],
        heads=["编号", *kinds, *HEADS[2:]],
    )
    first, third, second, last = lines(capsys, path)
    assert (first["cell"]["column"], third["cell"]["column"]) == ("business", "other_organizations")
    assert (second["refused"][0]["row"], second["refused"][0]["column"]) == (3, "C")
    assert last["figures"]["applications.received.total"] == 2


def test_a_choice_that_is_unknown_is_asked_back_with_the_nearest_first(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = office(tmp_path, ["甲", "自然人", "2026-09-10", "2026-09-20", "第三方不同意公开，部分公开"])
    _, err = told(capsys, path)
    assert "…" not in err.partition("请从这些里选")[2]
    assert "部分公开" in err.partition("请从这些里选：")[2][:20]


def test_several_files_are_named_and_summed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    one = office(tmp_path, ["甲", "自然人", "2026-09-10", None, None], name="一.xlsx")
    two = office(tmp_path, ["乙", "自然人", "2026-11-10", None, None], name="二.xlsx")
    out, _ = told(capsys, one, two)
    assert out.index(str(one)) < out.index("甲：") < out.index(str(two)) < out.index("乙：")
    assert "2 个台账共 2 件，逾期没有答复的 1 件" in out


def test_numbers_of_columns_and_remarks_are_no_cases(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = office(tmp_path, [1, 2, 3, 4, 5], ["甲", "自然人", "2026-11-10", None, None], ["备注", None, "2026年起用"])
    _, err = told(capsys, path)
    assert "没有计入" not in err


def test_a_ledger_that_is_too_long_is_called_a_ledger(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    row = ["自然人", "2026-03-02", "2026-03-09", "予以公开", *["催办一次"] * 12]
    path = office(tmp_path, *([str(at), *row] for at in range(30_000)))
    assert run(["ledger", str(path)]) == 2
    err = capsys.readouterr().err
    assert "一个台账最多一万行左右" in err
    assert "年报" not in err
