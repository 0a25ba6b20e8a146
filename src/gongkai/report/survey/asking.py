"""提问 — SQL over the three tables of a survey, and ready questions by name; nothing else can be read or written.

The tables are handed to DuckDB as they are, and then every other file, setting and extension is shut off, so that a
question from anywhere may be asked.
"""

from __future__ import annotations

import contextlib
import math
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds

from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.naming import names
from gongkai.report.survey.tables import ADDRESSES, paths, schema


class AskingError(Exception):
    """问不了 — why a question has no answer, in one plain sentence (`template.format(**values)`)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


class Question(NamedTuple):
    """现成的问题 — its name, what it asks, the headings of its answer, and the SQL that finds it, if SQL does."""

    name: str
    label: str
    columns: tuple[str, ...]
    sql: str | None


class Answer(NamedTuple):
    """回答 — the names of the columns, their headings for people, and the rows."""

    columns: tuple[str, ...]
    headings: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@cache
def questions() -> Mapping[str, Question]:
    """现成的问题 — by name."""
    data = tomllib.loads((files(__package__) / "questions.toml").read_text(encoding="utf-8"))
    return {
        entry["name"]: Question(
            entry["name"], entry["label"], tuple(column["label"] for column in entry["columns"]), entry.get("sql")
        )
        for entry in data["questions"]
    }


def ask(out: Path, question: str) -> Answer:
    """提问 — the answer to a ready question by its name, or to SQL. AskingError where there is none."""
    known = questions().get(question.strip())
    look_for(out)
    try:
        with _connected(out) as connection:
            done = connection.execute(known.sql if known and known.sql else question)
            if done is None:
                raise AskingError("没有写要问什么。表和列见 --tables")
            columns = tuple(str(column[0]) for column in done.description or ())
            return Answer(columns, known.columns if known else columns, done.fetchall())
    except (duckdb.Error, pa.ArrowException) as error:
        reason = str(error).strip().splitlines()[0]
        raise AskingError("这个问题没有问成：{reason}。表和列见 --tables", reason=reason.rstrip(".")) from None


def look_for(out: Path) -> None:
    """找表 — AskingError where one of the three tables is not there."""
    for path in paths(out).values():
        if not path.is_file():
            raise AskingError("{path}：没有这个文件。请先运行 gongkai survey 文件夹 -o {out}", path=path, out=out)


def plain(value: object) -> object:
    """交换格式 — one cell of an answer as JSON can hold it: money as a decimal string, a date as ISO."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    is_finite = not isinstance(value, float) or math.isfinite(value)
    return value if is_finite and (value is None or isinstance(value, (bool, int, float, str))) else str(value)


@contextlib.contextmanager
def _connected(out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="gongkai-survey-") as spilled, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET temp_directory = '{spilled.replace(chr(39), chr(39) * 2)}'")
        connection.execute("SET python_enable_replacements = false")
        for name, path in paths(out).items():
            connection.register(name, ds.dataset(path))
        connection.register(ADDRESSES, _addresses())
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def _addresses() -> pa.Table:
    """Every address of every form with the labels that people know; of the newest form that has it."""
    shapes = (
        (Edition.E2019, OtherHandling.ROW),
        (Edition.E2021, OtherHandling.ROW),
        (Edition.E2021, OtherHandling.ROWS),
    )
    labels = {address: name for shape in shapes for address, name in names(form(*shape)).items()}
    rows = [(address, *name) for address, name in sorted(labels.items())]
    return pa.table(list(map(list, zip(*rows, strict=True))), schema=schema(ADDRESSES))
