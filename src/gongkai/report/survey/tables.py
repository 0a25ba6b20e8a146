"""三张表 — the three Parquet files of a survey, their columns and what each column says (interchange `survey`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from gongkai.report.figures import Place

TABLES = ("figures", "findings", "reports")
ADDRESSES = "addresses"
MARK = "gongkai.survey"
"""记号 — stands in the metadata of each table, so that a later survey knows it for a result and no report."""

_TYPES: Mapping[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "SMALLINT": pa.int16(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DECIMAL(38,12)": pa.decimal128(38, 12),
    "STRUCT": pa.struct([(name, pa.string() if name == "printed" else pa.int32()) for name in Place.__match_args__]),
}


class Column(NamedTuple):
    """列 — its name, its type as SQL calls it, and what it says."""

    name: str
    type: str
    label: str


class Table(NamedTuple):
    """表 — the name under which questions are asked of it, what one of its rows is, and its columns."""

    name: str
    label: str
    columns: tuple[Column, ...]


@cache
def tables() -> Mapping[str, Table]:
    """三张表 — by name; and last `addresses`, which is of the forms and not of the corpus."""
    data = tomllib.loads((files(__package__) / "tables.toml").read_text(encoding="utf-8"))
    whose = _columns(data["whose"])
    found = [Table(entry["name"], entry["label"], whose + _columns(entry["columns"])) for entry in data["tables"]]
    last = data[ADDRESSES]
    return {table.name: table for table in (*found, Table(ADDRESSES, last["label"], _columns(last["columns"])))}


def schema(table: str) -> pa.Schema:
    """列的定义 — of one of the tables."""
    columns = [(column.name, _TYPES[column.type]) for column in tables()[table].columns]
    return pa.schema(columns, metadata={MARK: table})


def paths(out: Path) -> dict[str, Path]:
    """三个文件 — OUT.parquet and the two beside it, by the name of the table."""
    return {
        "figures": out,
        "findings": out.with_name(f"{out.stem}.findings.parquet"),
        "reports": out.with_name(f"{out.stem}.reports.parquet"),
    }


def _columns(data: list[dict[str, Any]]) -> tuple[Column, ...]:
    return tuple(Column(entry["name"], entry["type"], entry["label"]) for entry in data)
