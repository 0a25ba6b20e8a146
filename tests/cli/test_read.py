"""读年报 — every figure stands in its place, what was not plainly read is marked, and nothing outgrows the terminal."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.cli import run
from gongkai.cli.console import Console
from gongkai.cli.layout import cells
from gongkai.cli.read import show
from gongkai.cli.reports import read_one
from gongkai.documents.document import Document, DocumentError, View
from gongkai.report.figures import AnnualReport, Section, State, TableNote
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.interchange import from_json, to_json
from tests.cli.command import gongkai, objects, saved
from tests.report.balanced import balanced_reports, changed, report_of

NEW = replace(report_of(form(Edition.E2021), {}), agency="某县人民政府", year=2023)
ROW = "applications.granted.business"


def screen(report: AnnualReport, width: int, capsys: pytest.CaptureFixture[str], language: str = "zh") -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        show(report, Console(language))
    return capsys.readouterr().out


@given(balanced_reports(), st.sampled_from([80, 120, 200]), st.sampled_from(["zh", "en"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_wider_than_the_terminal(
    capsys: pytest.CaptureFixture[str], report: AnnualReport, width: int, language: str
) -> None:
    assert max(cells(line) for line in screen(report, width, capsys, language).splitlines()) <= width


@given(balanced_reports())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_figure_of_the_applications_stands_in_its_row_in_order(
    capsys: pytest.CaptureFixture[str], report: AnnualReport
) -> None:
    lines = screen(replace(report, states={}), 200, capsys).splitlines()
    printed = [re.findall(r"(?<!\S)[\d,]+(?!\S)", line) for line in lines]
    for line in report.form.table("applications"):
        row = [f"{report.figures[a]:,}" for a in line.addresses if report.figures[a] is not None]
        assert any(line.label in text and row == found for text, found in zip(lines, printed, strict=True))


@pytest.mark.parametrize("width", [80, 200])
def test_digits_stand_under_digits(width: int, capsys: pytest.CaptureFixture[str]) -> None:
    figures = {address: 10 ** (number % 5) for number, address in enumerate(NEW.form.addresses)}
    rows = re.findall(r"^.*总计.*$\n.*\n((?:.*\n)+?) ─", screen(changed(NEW, figures), width, capsys), re.MULTILINE)
    assert len(rows) == 2
    for table in rows:
        ends = {cells(line) for line in table.splitlines() if line.rstrip().endswith(("1", "0"))}
        assert len(ends) == 1


def test_a_sign_moves_no_digit(capsys: pytest.CaptureFixture[str]) -> None:
    marked = replace(changed(NEW, {ROW: 777, "applications.received.business": 888}), states={ROW: State.INFERRED})
    shown = screen(marked, 200, capsys).splitlines()
    columns = [
        cells(line[: line.index(digit)])
        for digit in ("777", "888")
        for line in shown
        if re.search(rf"  {digit}\b", line)
    ]
    assert len(columns) == 2
    assert len(set(columns)) == 1


def test_names_are_short_and_explained_where_room_is_short_and_whole_where_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    narrow, wide = (screen(NEW, width, capsys) for width in (80, 200))
    assert "商企  科研  公益  法服" in narrow
    assert "法服=法律服务机构" in narrow
    assert "商企" not in wide
    assert "法律服务机构" in wide


@pytest.mark.parametrize(
    ("state", "value", "mark", "word"),
    [
        (State.BLANK, None, "空", "空白"),
        (State.INFERRED, 7, "7*", "推得"),
        (State.DOUBTFUL, 7, "7?", "存疑"),
        (State.ABSENT, None, "缺", "原文没有这个数"),
    ],
)
def test_what_was_not_plainly_read_has_a_sign_and_a_word(
    state: State, value: int | None, mark: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = screen(replace(changed(NEW, {ROW: value}), states={ROW: state}), 80, capsys)
    row = next(line for line in shown.splitlines() if "（一）予以公开" in line)
    assert mark in row.split()
    assert re.search(rf"^{re.escape(mark[-1])} +.*{word}", shown, re.MULTILINE)
    assert mark not in screen(NEW, 80, capsys)


def test_the_unit_that_was_printed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    money = "proactive.fees.amount"
    paid = changed(NEW, {money: Decimal("25.1")})
    assert "“行政事业性收费”的“本年收费金额”原文印作 251000元" in screen(
        replace(paid, units={money: "251000元"}), 200, capsys
    )
    assert "没有写明单位" in screen(replace(paid, units={money: "unknown"}), 200, capsys)
    assert "原文" not in screen(paid, 200, capsys)


def test_groups_notes_and_sections_are_printed_as_the_report_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    report = replace(
        NEW,
        title="某县人民政府2023年政府信息公开工作年度报告",
        signed_on="2024-01-20",
        table_notes=(TableNote("applications", "注：含上年度结转数量"),),
        sections=(Section(1, "一、总体情况", "公开 为常态。"), Section(2, "二、主动公开政府信息情况", "")),
    )
    shown = screen(report, 80, capsys)
    for heading in (
        "（三）不予公开",
        "（六）其他处理",
        "行政诉讼",
        "三、本年度办理结果",
        "注：含上年度结转数量",
        "2024-01-20",
    ):
        assert heading in shown
    assert re.search(r"一、总体情况 +6 字", shown)
    assert re.search(r"二、主动公开政府信息情况 +没有文字", shown)


@pytest.mark.parametrize("edition", [("2019", "row"), ("2021", "row"), ("2021", "rows")])
def test_every_label_of_the_form_is_printed(edition: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    report = report_of(form(edition[0], OtherHandling(edition[1])), {})
    shown = screen(report, 200, capsys)
    for line in report.form.lines:
        assert line.label in shown
        assert (line.group or "") in shown
        assert all(column.label in shown for column in line.columns)


@given(balanced_reports())
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_gives_back_the_report(capsys: pytest.CaptureFixture[str], tmp_path: Path, report: AnnualReport) -> None:
    path = saved(tmp_path, report)
    assert run(["read", "--json", "--places", str(path)]) == 0
    (data,) = objects(capsys.readouterr().out)
    assert data["source"] == str(path)
    assert from_json({**data, "source": report.source}) == from_json(to_json(report, places=True))


@pytest.mark.parametrize(("state", "status"), [("blank", 0), ("inferred", 0), ("doubtful", 1), ("absent", 1)])
def test_the_exit_status_says_whether_something_is_open(state: str, status: int, tmp_path: Path) -> None:
    value = None if state in ("blank", "absent") else 0
    path = saved(tmp_path, replace(changed(NEW, {ROW: value}), states={ROW: State(state)}))
    assert run(["read", str(path)]) == status
    assert run(["read", "--json", str(path)]) == status


def test_one_bad_file_never_stops_the_rest_and_the_highest_status_wins(tmp_path: Path) -> None:
    good, doubtful = saved(tmp_path, NEW), saved(tmp_path, replace(NEW, states={ROW: State.DOUBTFUL}), "doubtful.json")
    deep = tmp_path / "deep.json"
    deep.write_text('{"format": "gongkai.report/1", "figures": ' + "[" * 100_000, encoding="utf-8")
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("某县.json", good.read_bytes())
        packed.writestr("说明.txt", "这里只有一句话。")
    done = gongkai("read", "--json", tmp_path / "nothing.docx", deep, archive, doubtful, good)
    lines = objects(done.stdout)
    assert ["error" if "error" in line else line["year"] for line in lines] == [
        "error",
        "error",
        2023,
        "error",
        2023,
        2023,
    ]
    assert [line["source"] for line in lines[:3]] == [str(tmp_path / "nothing.docx"), str(deep), f"{archive}/某县.json"]
    errors = done.stderr.splitlines()
    assert len(errors) == 3
    for error, line in zip(errors, [line for line in lines if "error" in line], strict=True):
        assert line["source"] in error
        assert error.endswith("。")
        assert "程序出错" not in error
    assert done.returncode == 2


def test_a_fault_of_ours_costs_one_file_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn() -> View:
        raise ZeroDivisionError

    document = Document("某县.docx", "docx", [torn])
    refused = read_one(document)
    assert isinstance(refused, DocumentError)
    assert refused.source == "某县.docx"
    assert "ZeroDivisionError" in str(refused)
    monkeypatch.setenv("GONGKAI_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        read_one(document)


def test_standard_input_is_a_file_too() -> None:
    done = gongkai("read", "-", "--json", stdin=json.dumps(to_json(NEW)).encode())
    assert (done.returncode, objects(done.stdout)[0]["source"]) == (0, "-")
    assert gongkai("read", "-").returncode == 2


def test_errors_speak_english_on_request(tmp_path: Path) -> None:
    done = gongkai("read", "--lang", "en", tmp_path / "nothing.docx", "--json")
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
    assert "there is no such file" in objects(done.stdout)[0]["error"]
