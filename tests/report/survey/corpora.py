"""小语料 — generated corpora for tests of the survey, made once; and its three tables as they are compared."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from gongkai.report.survey.tables import paths
from tests.corpus.formats import QUICK
from tests.corpus.generate import Answer, generate

SEED = 3
_kept: list[TemporaryDirectory[str]] = []


@cache
def quick(reports: int) -> tuple[Path, list[Answer]]:
    """快的语料 — a folder of this many files in formats that take milliseconds, and its key; not to be changed."""
    _kept.append(TemporaryDirectory(prefix="gongkai-corpus-"))
    folder = Path(_kept[-1].name) / "年报"
    return folder, generate(folder, reports, SEED, QUICK)


def written(out: Path) -> dict[str, bytes]:
    """三个文件 — their bytes, by the name of the table."""
    return {name: path.read_bytes() for name, path in paths(out).items()}


def rows(out: Path, table: str) -> list[dict[str, object]]:
    """行 — of one of the three tables."""
    read: list[dict[str, object]] = pq.read_table(paths(out)[table]).to_pylist()
    return read
