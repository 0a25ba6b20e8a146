"""提问 — ready questions find what was planted; a question from anywhere reads and writes nothing else."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.report.figures import Section
from gongkai.report.interchange import to_json
from gongkai.report.survey.asking import AskingError, ask, plain, questions
from gongkai.report.survey.copies import NAME, copies
from gongkai.report.survey.running import survey
from gongkai.report.survey.tables import tables
from tests.report.survey.corpora import quick, rows, written
from tests.report.survey.test_running import PLAIN, put

HOSTILE = (
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM read_parquet('{out}')",
    "SELECT * FROM glob('/*')",
    "COPY reports TO '{new}'",
    "COPY (SELECT 1) TO '{out}'",
    "EXPORT DATABASE '{new}'",
    "ATTACH '{new}' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "PRAGMA log_query_path = '{new}'",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
    "SELECT getenv('HOME')",
    "SELECT * FROM secret",
    "IMPORT DATABASE '{new}'",
    "",
    " ; ",
)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asking") / "out.parquet"
    survey(quick(90)[0], path, workers=2)
    return path


@pytest.mark.parametrize("question", HOSTILE)
def test_a_hostile_question_gets_at_nothing(question: str, out: Path, tmp_path: Path) -> None:
    secret, new = tmp_path / "secret.csv", tmp_path / "new"
    secret.write_text("a,b\n1,2\n")
    before = written(out)
    with pytest.raises(AskingError):
        ask(out, question.format(secret=secret, new=new, out=out))
    assert written(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv"]


def test_tables_are_as_the_help_says(out: Path) -> None:
    for name, table in tables().items():
        answer = ask(out, f"SELECT * FROM {name} LIMIT 1")
        assert answer.columns == tuple(column.name for column in table.columns)
        types = dict(ask(out, f"SELECT column_name, column_type FROM (DESCRIBE {name})").rows)
        for column in table.columns:
            assert types[column.name].replace(" ", "").startswith(column.type.replace(" ", ""))


@pytest.mark.parametrize("name", questions())
def test_every_ready_question_has_an_answer_under_its_headings(name: str, out: Path) -> None:
    answer = copies(out, 2) if name == NAME else ask(out, name)
    assert answer.rows
    assert len(answer.columns) == len(answer.headings) == len(answer.rows[0])
    assert answer == (copies(out, 1) if name == NAME else ask(out, name))
    json.dumps([[plain(value) for value in row] for row in answer.rows])


def test_the_late_and_the_unbalanced_are_those_of_the_key(out: Path) -> None:
    answers = [a for a in quick(90)[1] if not a.noises and "older" not in a.faults]
    late = {row[-1] for row in ask(out, "late").rows}
    assert {a.source for a in answers if "late" in a.faults} <= late
    assert late.isdisjoint(a.source for a in answers if "late" not in a.faults)
    assert {a.source for a in answers if "sum" in a.faults} <= {row[-1] for row in ask(out, "unbalanced").rows}


def test_growth_and_refusals_add_up(out: Path) -> None:
    received = Counter[tuple[object, object]]()
    for row in rows(out, "figures"):
        if row["address"] == "applications.received.total" and row["state"] != "doubtful" and row["value"] is not None:
            received[row["agency"], row["year"]] = int(str(row["value"]))
    for year, bodies, before, now, change, _ in ask(out, "growth").rows:
        both = [agency for agency, y in received if y == year and (agency, year - 1) in received]
        assert (bodies, before, now) == (
            len(both),
            sum(received[agency, year - 1] for agency in both),
            sum(received[agency, year] for agency in both),
        )
        assert change == now - before
    shares: Counter[int] = Counter()
    for year, _, _, percent, _ in ask(out, "refusals").rows:
        shares[year] += percent
    assert all(abs(share - 100) < 1 for share in shares.values())


def test_copied_text_is_found_across_bodies_and_years(tmp_path: Path) -> None:
    from random import Random

    from tests.corpus import prose

    def section(seed: int) -> tuple[Section, ...]:
        return (Section(1, "一、总体情况", "\n".join(prose.overview(Random(seed)))),)

    for number in range(30):
        put(tmp_path, f"a/{number}.json", replace(PLAIN, agency=f"第{number}局", sections=section(number)))
    put(tmp_path, "a/抄.json", replace(PLAIN, agency="抄局", year=2024, sections=section(7)))
    survey(tmp_path / "a", tmp_path / "out.parquet", workers=1)
    answer = copies(tmp_path / "out.parquet", 1)
    (row,) = (dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    assert (row["agency"], row["like_agency"], row["section"], row["percent"]) == ("抄局", "第7局", 1, 100)
    assert row["sentence"] in section(7)[0].text


def test_no_copies_among_no_texts(tmp_path: Path) -> None:
    put(tmp_path, "a/1.json", PLAIN)
    survey(tmp_path / "a", tmp_path / "out.parquet", workers=1)
    assert copies(tmp_path / "out.parquet", 1).rows == []


def test_money_is_told_to_the_last_place(tmp_path: Path) -> None:
    data = to_json(PLAIN)
    data["figures"]["proactive.fees.amount"] = "144.4399"
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.json").write_text(json.dumps(data))
    survey(tmp_path / "a", tmp_path / "out.parquet", workers=1)
    ((value,),) = ask(tmp_path / "out.parquet", "SELECT sum(amount) FROM figures").rows
    assert (value, plain(value)) == (Decimal("144.4399"), "144.4399")


def test_whatever_comes_back_is_json(out: Path) -> None:
    (row,) = ask(out, "SELECT 'nan'::DOUBLE, INTERVAL 1 DAY, {'a': [1.50, NULL]}, DATE '2024-01-02', true").rows
    assert [plain(value) for value in row] == ["nan", "1 day, 0:00:00", {"a": ["1.5", None]}, "2024-01-02", True]


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AskingError, match="没有这个文件"):
        ask(tmp_path / "没有.parquet", "late")
