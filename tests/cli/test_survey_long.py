"""五千份 — a corpus of 5,000 reports in every format, the survey killed three times on the way: its key, and the same
bytes; and one of old formats and scans alone, killed while they are converted and recognised (条例 第五十条).

Runs with GONGKAI_LONG=1, for half an hour; GONGKAI_LONG_CORPUS names a folder in which the corpora are kept.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from random import Random

import pytest

from tests.cli.command import gongkai_in
from tests.cli.test_survey import children, start
from tests.corpus.formats import FORMATS, OLD, SEEN, writable
from tests.corpus.generate import generate, read_key, write_key
from tests.corpus.marking import mark
from tests.documents.test_isolation import assert_gone
from tests.report.survey.corpora import written

pytestmark = pytest.mark.skipif(os.environ.get("GONGKAI_LONG") != "1", reason="只在 GONGKAI_LONG=1 时运行")
SEED = 2026
FOUND = (1, 2)
"""Errors were found; or files that could not be read."""
DEAR = ("ofd", *OLD, *SEEN)


@pytest.mark.parametrize(("reports", "kills", "only"), [(5_000, 3, FORMATS), (140, 2, DEAR)], ids=("all", "dear"))
def test_a_survey_killed_again_and_again(reports: int, kills: int, only: Iterable[str], tmp_path: Path) -> None:
    random = Random(SEED)
    home = Path(os.environ.get("GONGKAI_LONG_CORPUS") or tmp_path) / str(reports)
    folder, key = home / "年报", home / "年报.answers.jsonl"
    formats, left_out = writable({format_: FORMATS[format_] for format_ in only})
    sys.stdout.writelines(f"left out: {format_} (no {lacking})\n" for format_, lacking in left_out.items())
    if not key.exists():
        write_key(generate(folder, reports, SEED, formats), key)
    whole = tmp_path / "whole.parquet"
    begin = time.monotonic()
    assert gongkai_in(7200, "survey", folder, "-o", whole).returncode in FOUND
    seconds = time.monotonic() - begin
    out = tmp_path / "killed.parquet"
    reached = []
    for kill in range(kills):
        process = start(folder, out)
        time.sleep(random.uniform(0.05, 0.3) * seconds)
        below = children(process.pid)
        while kill == kills - 1 and "doc" in formats and not _offices(below):
            assert process.poll() is None, "LibreOffice was never started"
            time.sleep(0.02)
            below = children(process.pid)
        reached.append((len(list(tmp_path.glob("killed.parts/*.part"))), _offices(below)))
        process.kill()
        process.communicate(timeout=60)
        for pid in below:
            assert_gone(pid)
    assert gongkai_in(7200, "survey", folder, "-o", out).returncode in FOUND
    assert written(out) == written(whole)
    result = mark(out, read_key(key))
    sys.stdout.write(f"{seconds:.0f} s undisturbed; parts and LibreOffices when killed {reached}; {result}\n")
    for told in (result.silent, result.missed, result.false):
        sys.stdout.writelines(f"{line}\n" for line in told)
    assert (result.silent, result.missed, result.false) == ([], [], [])


def _offices(pids: list[int]) -> int:
    found = 0
    for pid in pids:
        with contextlib.suppress(FileNotFoundError):  # it ended meanwhile
            found += b"soffice.bin" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return found
