"""普查 — says what reading and checking say; the same bytes whatever happened on the way (条例 第五十条)."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.checks import check
from gongkai.report.figures import AnnualReport, Place, State
from gongkai.report.form import Edition, form
from gongkai.report.interchange import to_json
from gongkai.report.reading import read_document
from gongkai.report.survey import parts, reading
from gongkai.report.survey.reading import Read, Wanted, read
from gongkai.report.survey.running import SurveyError, survey
from gongkai.report.writing import write_report
from tests.corpus.formats import FORMATS, OLD, writable
from tests.corpus.generate import generate
from tests.corpus.marking import mark
from tests.report.balanced import changed, report_of
from tests.report.survey.corpora import SEED, quick, rows, written

PLAIN = replace(report_of(form(Edition.E2021), {}), agency="青石县人民政府", year=2023, signed_on="2024-01-20")


def put(folder: Path, name: str, report: AnnualReport) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(to_json(report, places=True), ensure_ascii=False), encoding="utf-8")
    return path


def rules(out: Path, source: str) -> list[object]:
    return [row["rule"] for row in rows(out, "findings") if row["source"] == source]


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("survey") / "out.parquet"
    survey(quick(90)[0], out, workers=2)
    return out


def test_the_corpus_equals_its_key_except_where_marked(surveyed: Path) -> None:
    result = mark(surveyed, quick(90)[1])
    assert (result.silent, result.missed, result.false) == ([], [], [])
    assert result.planted > 10
    assert result.figures > 15_000


def test_old_formats_equal_their_key(tmp_path: Path) -> None:
    formats, _ = writable({format_: FORMATS[format_] for format_ in ("ofd", *OLD)})
    answers = generate(tmp_path / "年报", 8, SEED, formats)
    survey(tmp_path / "年报", tmp_path / "out.parquet", workers=1)
    result = mark(tmp_path / "out.parquet", answers)
    assert (result.silent, result.missed, result.false) == ([], [], [])
    assert {answer.format for answer in answers if answer.format} <= set(formats)
    assert result.figures > 1_000


def test_figures_and_findings_are_those_of_reading_and_checking(surveyed: Path) -> None:
    """The law of the survey: what `read` and `check` say of each file, with last year's report where it has one."""
    folder, _ = quick(90)
    reports = {row["source"]: row for row in rows(surveyed, "reports") if row["unreadable"] is None}
    read_alone: dict[object, AnnualReport] = {}
    for path in sorted(folder.rglob("*.*")):
        for opened in open_documents(path.as_posix()):
            if isinstance(opened, Document) and (source := opened.source[len(folder.as_posix()) + 1 :]) in reports:
                read_alone[source] = replace(read_document(opened), agency=reports[source]["agency"])
    assert set(read_alone) == set(reports)
    figures: dict[object, dict[object, object]] = defaultdict(dict)
    for row in rows(surveyed, "figures"):
        value = row["value"] if row["amount"] is None else row["amount"]
        figures[row["source"]][row["address"]] = (value, row["state"])
    findings: dict[object, list[object]] = defaultdict(list)
    for row in rows(surveyed, "findings"):
        findings[row["source"]].append((row["rule"], row["severity"], row["message"]))
    counted = {(r["agency"], r["year"]): s for s, r in reports.items() if r["counted"]}
    for source, report in read_alone.items():
        if reports[source]["counted"]:
            assert figures[source] == {a: (v, report.states.get(a)) for a, v in report.figures.items()}
        assert report.year is not None
        last = counted.get((report.agency, report.year - 1))
        expected = check(report, previous=[read_alone[last]] if last else [])
        own = [
            told for told in findings[source] if told[0] not in ("structure.same_body_twice", "structure.agency_alias")
        ]
        assert own == [(f.rule, f.severity, f.message) for f in expected]
    assert set(figures) == {source for source, row in reports.items() if row["counted"]}


def test_one_worker_or_three_write_the_same_bytes(surveyed: Path, tmp_path: Path) -> None:
    for workers in (1, 3):
        survey(quick(90)[0], tmp_path / f"{workers}.parquet", workers=workers)
        assert written(tmp_path / f"{workers}.parquet") == written(surveyed)


def test_a_grown_folder_is_read_only_where_it_is_new(tmp_path: Path) -> None:
    whole, _ = quick(90)
    folder, out = tmp_path / "年报", tmp_path / "out.parquet"
    files = sorted(path.relative_to(whole) for path in whole.rglob("*.*"))

    def copy(names: Sequence[Path]) -> None:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(whole / name, folder / name)

    copy(files[:40])
    assert survey(folder, out, workers=1).anew == 40
    copy(files[40:60])
    assert survey(folder, out, workers=1).anew == 20
    (folder / files[3]).unlink()
    (folder / files[50]).rename(folder / "改了名.html" if files[50].suffix == ".html" else folder / files[50])
    shutil.copy(whole / files[70], folder / files[5])
    again = survey(folder, out, workers=1)
    assert again.anew == (files[70].suffix != "" and 1)
    survey(folder, tmp_path / "fresh.parquet", workers=1)
    assert written(out) == written(tmp_path / "fresh.parquet")
    assert survey(folder, out, workers=1).anew == 0


def test_one_body_one_year_one_report(tmp_path: Path) -> None:
    put(tmp_path, "a/全称.json", replace(PLAIN, agency="云岭市青石县人民政府", year=2022))
    put(tmp_path, "a/简称.json", PLAIN)
    newer = changed(PLAIN, {"proactive.regulations.made": 1})
    put(tmp_path, "a/更正.json", replace(newer, published_on="2024-03-02"))
    out = tmp_path / "out.parquet"
    made = survey(tmp_path / "a", out, workers=1)
    assert made.counts["twice"] == 1
    told = {row["source"]: row for row in rows(out, "reports")}
    assert {row["agency"] for row in told.values()} == {"云岭市青石县人民政府"}
    assert (told["简称.json"]["counted"], told["简称.json"]["instead"]) == (False, "更正.json")
    assert told["更正.json"]["counted"]
    assert "structure.same_body_twice" in rules(out, "简称.json")
    assert "structure.agency_alias" in rules(out, "更正.json")
    assert "continuity.no_previous" not in rules(out, "更正.json")
    assert {row["source"] for row in rows(out, "figures")} == {"全称.json", "更正.json"}


def test_what_was_left_over_is_checked_against_what_is_carried_in(tmp_path: Path) -> None:
    two = {f"applications.{row}.{column}": 2 for row in ("received", "carried_out") for column in ("business", "total")}
    put(tmp_path, "a/2022.json", replace(changed(PLAIN, two), year=2022, signed_on="2023-01-20"))
    place = Place(page=3, row=7)
    put(tmp_path, "a/2023.json", replace(PLAIN, places={"applications.carried_in.business": place}))
    out = tmp_path / "out.parquet"
    survey(tmp_path / "a", out, workers=1)
    assert "continuity.carried_in" in rules(out, "2023.json")


def read_or_die(folder: Path, wanted: Sequence[Wanted]) -> Read:
    """Runs in the workers: a file called 死 ends the process, as a library that crashes would."""
    if any("死" in one.path for one in wanted):
        os.abort()
    return read(folder, wanted)


def test_a_file_that_kills_its_process_is_a_finding_of_that_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(80):
        put(tmp_path, f"a/{number:02}.json", replace(PLAIN, year=2000 + number % 25, agency=f"第{number}局"))
    put(tmp_path, "a/40死.json", PLAIN)
    put(tmp_path, "a/41死.json", replace(PLAIN, year=2022))
    out = tmp_path / "out.parquet"
    monkeypatch.setattr(reading, "read", read_or_die)
    made = survey(tmp_path / "a", out, workers=2)
    assert (made.counts["reports"], made.counts["unreadable"]) == (80, 2)
    assert [refused.source for refused in made.refused] == ["40死.json", "41死.json"]
    assert rules(out, "40死.json") == ["reading.unreadable"]
    monkeypatch.undo()
    assert survey(tmp_path / "a", out, workers=2).anew == 0


def test_hostile_values_are_kept_or_dropped_never_fatal(tmp_path: Path) -> None:
    data = to_json(PLAIN)
    data["figures"]["proactive.regulations.made"] = 10**30
    data["figures"]["proactive.fees.amount"] = "123456789.0123"
    data["places"] = {"proactive.regulations.made": {"page": "x", "row": 2**40, "printed": "\ud800"}}
    data |= {"title": "\ud800半个字\x00", "signed_on": "某日", "agency": "\x1b[31m局"}
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "恶.json").write_text(json.dumps(data))
    (tmp_path / "a" / "远.json").write_text(json.dumps({**data, "year": 10**9}))
    out = tmp_path / "out.parquet"
    survey(tmp_path / "a", out, workers=1)
    hostile, far = rows(out, "reports")
    assert (hostile["unreadable"], hostile["title"], hostile["signed_on"]) == (None, "?半个字\x00", None)
    assert str(far["unreadable"]).startswith("远.json：年报数据的结构不对")
    kept = {r["address"]: r for r in rows(out, "figures")}
    assert kept["proactive.regulations.made"]["value"] is None
    assert kept["proactive.regulations.made"]["state"] == State.ABSENT
    assert str(kept["proactive.fees.amount"]["amount"]).rstrip("0") == "123456789.0123"


def test_links_pipes_and_hidden_files_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    put(folder, "一/年报.json", PLAIN)
    put(folder, ".git/年报.json", PLAIN)
    put(folder, "~$年报.json", PLAIN)
    (folder / "环").symlink_to(folder)
    (folder / "外").symlink_to(put(tmp_path, "外面.json", PLAIN))
    os.mkfifo(folder / "管道.html")
    named = os.fsdecode(os.fsencode(folder) + "/年报".encode("gb18030"))
    put(folder, "二/三.json", replace(PLAIN, year=2022)).rename(named)
    survey(folder, folder / "out.parquet", workers=1)
    assert survey(folder, folder / "out.parquet", workers=1).anew == 0
    assert [row["source"] for row in rows(folder / "out.parquet", "reports")] == ["一/年报.json", "年报"]


def test_damaged_parts_are_read_again(tmp_path: Path) -> None:
    folder, _ = quick(90)
    out = tmp_path / "out.parquet"
    survey(folder, out, workers=1)
    whole, store = written(out), tmp_path / "out.parts"
    first, second, *_ = sorted(store.glob("*.part"))
    first.write_bytes(first.read_bytes()[:-1])
    second.write_bytes(b"gongkai.survey/1 9999\n[")
    (store / "x.part.1.tmp").write_bytes(b"half")
    assert survey(folder, out, workers=1).anew > 0
    assert written(out) == whole
    assert list(store.glob("*.tmp")) == []
    kept = next(iter(parts.known(store).values()))
    data = bytearray((store / kept.part).read_bytes())
    data[kept.at + kept.size // 2] ^= 255
    (store / kept.part).write_bytes(data)
    with pytest.raises(SurveyError, match=kept.part):
        survey(folder, out, workers=1)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    put(tmp_path, "a/年报.json", PLAIN)
    with pytest.raises(SurveyError, match="写不进去"):
        survey(tmp_path / "a", tmp_path / "没有" / "out.parquet", workers=1)


def test_the_reports_of_one_file_are_told_by_their_part(tmp_path: Path) -> None:
    other = replace(PLAIN, agency="白沙镇人民政府")
    pages = [write_report(report, "md").decode() for report in (PLAIN, other)]
    folder = tmp_path / "年报"
    folder.mkdir()
    (folder / "两镇.md").write_text("\n\n".join(pages), encoding="utf-8")
    put(folder, "alone.json", PLAIN)
    out = tmp_path / "out.parquet"
    survey(folder, out, workers=1)
    for table in ("reports", "figures"):
        told = {(str(row["part"])[:5], row["source"][:5]) for row in rows(out, table) if row["part"]}
        assert {part for part, _ in told} >= {"白沙镇人民"}, table
    assert [row["part"] for row in rows(out, "reports") if row["source"] == "alone.json"] == [None]
