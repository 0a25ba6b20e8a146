"""核年报 — the verdict, each finding with place, provision and what to try, last year's report, many files."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.cli.layout import cells
from gongkai.report.figures import Place, State
from gongkai.report.form import Edition, form
from gongkai.report.interchange import to_json
from tests.cli.command import gongkai, objects, saved
from tests.report.balanced import changed, report_of

NEW = replace(report_of(form(Edition.E2021), {}), agency="某县人民政府", year=2023)
TOTAL = "remedies.reconsideration.total"
WRONG = replace(
    changed(NEW, {TOTAL: 4, "applications.granted.business": None}),
    states={"applications.granted.business": State.BLANK},
    places={TOTAL: Place(page=5, row=4, printed="4")},
)


def checked(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = run(["check", *map(str, words)])
    return status, *capsys.readouterr()


def test_a_report_that_balances_is_told_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, error = checked(capsys, saved(tmp_path, NEW))
    assert (status, error) == (0, "")
    assert "某县人民政府  2023 年度" in output
    assert "✓ 勾稽关系全部成立\n" in output


def test_a_finding_says_where_what_why_and_what_to_try(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, output, _ = checked(capsys, saved(tmp_path, WRONG))
    assert status == 1
    flat = re.sub(r"\s+", "", output)
    for said in (
        "✗发现1处错误、1处说明",
        "✗错误1表四“行政复议”：结果维持、结果纠正、其他结果、尚未审结相加0+0+0+0=0，“总计”填的是4，相差4。",
        "请核对四项结果和总计。",
        "依据《政府信息公开条例》第五十条第一款第三项；国办公开办函〔2021〕30号表四",
        "位置第5页，第4行，原文印作“4”",
        "规则remedies.row_sum",
        "·说明2表三“（一）予以公开”行“商业企业”栏空白。",
    ):
        assert said in flat


@pytest.mark.parametrize("width", ["80", "200"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_findings_and_summary_fit_the_terminal(width: str, language: str, tmp_path: Path) -> None:
    files = [
        saved(tmp_path, report, f"{'很长的文件名' * 12}{number}.json") for number, report in enumerate((NEW, WRONG))
    ]
    done = gongkai("check", "--lang", language, *files, COLUMNS=width)
    assert max(cells(line) for line in done.stdout.splitlines()) <= int(width)


def test_what_one_correction_clears_is_counted_under_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = {"natural_person": 9, "business": 4, "total": 13}
    sound = changed(
        NEW, {f"applications.{r}.{c}": n for r in ("received", "granted", "handled_total") for c, n in row.items()}
    )
    wrong = changed(
        sound, {f"applications.granted.{c}": n for c, n in (("natural_person", 0), ("business", 9), ("research", 4))}
    )
    _, output, _ = checked(capsys, saved(tmp_path, wrong))
    assert "一并消失改好这一处，另3处也就没有了：applications.column_sum×3" in re.sub(r"\s+", "", output)


def test_notes_alone_are_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = replace(changed(NEW, {TOTAL: None}), states={TOTAL: State.BLANK})
    status, output, _ = checked(capsys, saved(tmp_path, blank))
    assert status == 0
    assert "勾稽关系全部成立，另有 1 处说明" in output


def test_sums_that_a_blank_kept_from_being_counted_are_not_said_to_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = {TOTAL: None, "remedies.reconsideration.upheld": 3}
    blank = replace(changed(NEW, figures), states={TOTAL: State.BLANK})
    status, output, _ = checked(capsys, saved(tmp_path, blank))
    assert status == 0
    assert "! 核算了的勾稽关系都成立，1 条因为一边空白没有核算，另有 1 处说明" in output
    assert "全部成立" not in output


def test_many_files_end_in_a_summary_and_one_bad_file_stops_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "nothing.docx"
    status, output, error = checked(capsys, saved(tmp_path, NEW, "a"), missing, saved(tmp_path, WRONG, "b"))
    assert status == 2
    assert error.count("\n") == 1
    assert str(missing) in error
    assert output.endswith("共 3 份：1 份没有错误，1 份有错误，1 份读不了。\n")
    summary = output[output.index("核验结果") :]
    assert "发现 1 处错误、1 处说明" in summary
    assert "共 " not in checked(capsys, saved(tmp_path, NEW, "a"))[1]


def test_json_is_one_object_a_line_as_interchange_has_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong, missing = saved(tmp_path, WRONG), tmp_path / "nothing.docx"
    status, output, _ = checked(capsys, "--json", wrong, missing)
    first, second = objects(output)
    assert status == 2
    assert set(second) == {"source", "error"}
    assert set(first) == {"source", "findings"}
    assert first["source"] == str(wrong)
    error, note = first["findings"]
    assert list(error) == ["rule", "severity", "figures", "expected", "found", "message", "provision", "place"]
    assert (error["rule"], error["severity"], error["figures"][0]) == ("remedies.row_sum", "error", TOTAL)
    assert (error["expected"], error["found"], error["place"]) == (0, 4, {"page": 5, "row": 4, "printed": "4"})
    assert (note["rule"], note["severity"], note["found"]) == ("reading.blank", "note", None)


def test_the_sentence_in_json_is_the_finding_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = objects(checked(capsys, "--json", saved(tmp_path, WRONG))[1])
    assert line["findings"][0]["message"].endswith("相差 4。请核对四项结果和总计。")
    (line,) = objects(checked(capsys, "--json", "--lang", "en", saved(tmp_path, WRONG))[1])
    assert line["findings"][0]["message"].endswith("a difference of 4. Please check the four results and the total.")


def test_last_year_is_found_by_body_and_year_among_many_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carried = {f"applications.carried_out.{column}": 2 for column in ("business", "total")}
    received = {f"applications.received.{column}": 2 for column in ("business", "total")}
    last = saved(tmp_path, replace(changed(NEW, {**carried, **received}), year=2022), "2022")
    older = saved(tmp_path, replace(NEW, year=2021), "2021")
    other = saved(tmp_path, replace(NEW, year=2022, agency="另一个县人民政府"), "other")
    report = saved(tmp_path, NEW, "2023")
    status, output, _ = checked(capsys, "--json", report, "--previous", older, "--previous", last, "--previous", other)
    (line,) = objects(output)
    assert status == 1
    assert [finding["rule"] for finding in line["findings"]] == ["continuity.carried_in"]
    status, output, _ = checked(capsys, "--json", report, "--previous", older, "--previous", other)
    assert status == 0
    assert [finding["rule"] for finding in objects(output)[0]["findings"]] == ["continuity.no_previous"]
    assert objects(checked(capsys, "--json", report)[1])[0]["findings"] == []


def test_a_report_of_last_year_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "nothing.docx"
    status, output, error = checked(capsys, saved(tmp_path, NEW), "--previous", missing)
    assert status == 2
    assert str(missing) in error
    assert "没有核对年度衔接" in re.sub(r"\s+", "", output)


def test_standard_input_is_called_by_its_name() -> None:
    done = gongkai("check", "-", stdin=json.dumps(to_json(NEW)).encode())
    assert "\n标准输入\n" in done.stdout
