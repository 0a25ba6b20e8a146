"""写、对照、汇总 — the three commands as people run them: files, exit statuses, sentences (interchange 命令行)."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.cli import run
from gongkai.report.figures import AnnualReport, State
from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.writing import FORMATS
from tests.cli.command import gongkai, objects, saved
from tests.report.balanced import changed, report_of
from tests.report.written import read_back

ROW = "applications.granted.business"
NEW = replace(report_of(form(Edition.E2021), {}), agency="青石县人民政府", year=2023)
OLD = replace(report_of(form(Edition.E2019, OtherHandling.ROW), {}), agency="青石县人民政府", year=2020)
OPEN = replace(changed(NEW, {ROW: None}), states={ROW: State.ABSENT})


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_is_written_in_the_format_of_its_suffix(suffix: str, tmp_path: Path) -> None:
    out = tmp_path / f"年报.{suffix.upper()}"
    assert run(["write", str(saved(tmp_path, changed(NEW, {ROW: 7}))), str(out)]) == 0
    assert read_back(out.read_bytes(), suffix).figures[ROW] == 7
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_blank_form_needs_no_file(edition: str, tmp_path: Path) -> None:
    out = tmp_path / "空白.docx"
    assert run(["write", "--blank", edition, str(out)]) == 0
    read = read_back(out.read_bytes(), "docx")
    assert (str(read.edition), set(read.figures.values())) == (edition, {None})


def test_a_copy_that_has_to_be_checked_says_so(tmp_path: Path) -> None:
    done = gongkai("write", saved(tmp_path, OPEN), tmp_path / "out.md")
    assert done.returncode == 1
    assert "有 1 项数据缺或存疑" in done.stderr
    assert "缺：表三“（一）予以公开”行“商业企业”栏" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_what_cannot_be_written_or_read_is_one_sentence(tmp_path: Path) -> None:
    report = saved(tmp_path, NEW)
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.write(report, "a.json")
        packed.write(report, "b.json")
    for words, status, said in (
        (("write", report), 64, "还缺：OUT"),
        (("write", report, tmp_path / "out.odt"), 64, "写不出这种格式"),
        (("write", report, report), 64, "就是原件"),
        (("write", "--blank", "2021", report, tmp_path / "out.docx"), 64, "不用给 FILE"),
        (("write", report, tmp_path / "none" / "out.docx"), 2, "没有这个文件夹"),
        (("write", tmp_path / "none.docx", tmp_path / "out.docx"), 2, "没有这个文件"),
        (("write", tmp_path / "two.zip", tmp_path / "out.docx"), 2, "里面有 2 份文件"),
    ):
        done = gongkai(*words)
        assert (done.returncode, said in done.stderr, done.stdout) == (status, True, ""), done.stderr
    assert not (tmp_path / "out.docx").exists()


def test_a_comparison_across_the_editions_says_what_cannot_be_compared(tmp_path: Path) -> None:
    old, new = saved(tmp_path, OLD, "old.json"), saved(tmp_path, changed(NEW, {ROW: 5}), "new.json")
    done = gongkai("compare", old, new, COLUMNS="200")
    assert done.returncode == 0
    assert "可比的数据共 179 项，178 项相同，1 项不同或没有读准。" in done.stdout
    assert "不可比：表二“行政事业性收费”行" in done.stdout
    assert "第二十条第八项" in "".join(done.stdout.split())  # lines end where the terminal does
    assert "（六）其他处理：一边印成三行" in done.stdout
    assert "公开主体不同" not in done.stdout
    (data,) = objects(gongkai("compare", old, new, "--json").stdout)
    assert [f["address"] for f in data["figures"] if f["difference"]] == [ROW]


def test_a_comparison_with_an_open_figure_is_not_certain(tmp_path: Path) -> None:
    paths = saved(tmp_path, OPEN, "old.json"), saved(tmp_path, NEW, "new.json")
    assert gongkai("compare", *paths).returncode == 1
    done = gongkai("compare", paths[0], tmp_path / "none.docx", "--json")
    assert (done.returncode, list(objects(done.stdout)[0])) == (2, ["source", "error"])


def shared_out(folder: Path, *reports: AnnualReport) -> list[Path]:
    return [saved(folder, report, f"{number}.json") for number, report in enumerate(reports)]


def test_a_total_is_written_and_names_what_it_lacks(tmp_path: Path) -> None:
    other = replace(changed(NEW, {ROW: 3}), agency="白沙区人民政府")
    out = tmp_path / "total.json"
    done = gongkai("total", *shared_out(tmp_path, OPEN, other), tmp_path / "none.docx", "-o", out)
    assert done.returncode == 2
    assert "青石县人民政府：表三“（一）予以公开”行“商业企业”栏没有读出来，没有加进去。" in done.stdout
    assert "共 2 份相加" in done.stdout
    data = json.loads(out.read_text(encoding="utf-8"))
    assert (data["figures"][ROW], data["states"][ROW]) == (3, "doubtful")
    assert gongkai("total", *shared_out(tmp_path, OPEN, other), "-o", out).returncode == 1
    assert gongkai("total", *shared_out(tmp_path, NEW, other), "-o", out).returncode == 1, "one of them has errors"
    sound = replace(NEW, agency="白沙区人民政府")
    assert gongkai("total", *shared_out(tmp_path, NEW, sound), "-o", out).returncode == 0


def test_a_total_of_different_years_is_refused(tmp_path: Path) -> None:
    done = gongkai("total", *shared_out(tmp_path, NEW, OLD), "-o", tmp_path / "total.xlsx")
    assert (done.returncode, done.stdout) == (64, "")
    assert "年度不同，不能相加" in done.stderr
    assert not (tmp_path / "total.xlsx").exists()


def test_the_three_commands_speak_english(tmp_path: Path) -> None:
    report = saved(tmp_path, OPEN)
    done = gongkai("total", report, "-o", tmp_path / "total.docx", "--lang", "en")
    assert "not read, not added" in done.stdout
    old = saved(tmp_path, OLD, "old.json")
    assert "Not comparable" in gongkai("compare", old, report, "--lang", "en").stdout
    assert "Written to" in gongkai("write", report, tmp_path / "a.html", "--lang", "en").stdout
