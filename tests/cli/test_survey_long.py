"""五千份 — a corpus of 5,000 reports, the survey killed three times on the way: its key, and the same bytes (条例
第五十条).

Runs with GONGKAI_LONG=1, for twenty minutes; GONGKAI_LONG_CORPUS names a folder in which the corpus is kept.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.cli.command import gongkai_in
from tests.cli.test_survey import start
from tests.corpus.generate import generate, read_key, write_key
from tests.corpus.marking import mark
from tests.report.survey.corpora import written

pytestmark = pytest.mark.skipif(os.environ.get("GONGKAI_LONG") != "1", reason="只在 GONGKAI_LONG=1 时运行")
REPORTS, SEED, KILLS = 5_000, 2026, 3
MOST_SILENT = REPORTS // 1_000
"""暗错 — what the noise of tests/noise is known to get past reading (docs/explanation/measures.md)."""


def test_five_thousand_reports_killed_three_times(tmp_path: Path) -> None:
    random = Random(SEED)
    home = Path(os.environ.get("GONGKAI_LONG_CORPUS") or tmp_path)
    folder, key = home / "年报", home / "年报.answers.jsonl"
    if not key.exists():
        write_key(generate(folder, REPORTS, SEED), key)
    whole = tmp_path / "whole.parquet"
    begin = time.monotonic()
    assert gongkai_in(3600, "survey", folder, "-o", whole).returncode == 2
    seconds = time.monotonic() - begin
    out = tmp_path / "killed.parquet"
    reached = []
    for _ in range(KILLS):
        process = start(folder, out)
        time.sleep(random.uniform(0.05, 0.3) * seconds)
        process.kill()
        process.communicate(timeout=60)
        reached.append(len(list(tmp_path.glob("killed.parts/*.part"))))
    assert gongkai_in(3600, "survey", folder, "-o", out).returncode == 2
    assert written(out) == written(whole)
    result = mark(out, read_key(key))
    sys.stdout.write(f"{seconds:.0f} s undisturbed; parts when killed {reached}; {result}\n")
    for told in (result.silent, result.missed, result.false):
        sys.stdout.writelines(f"{line}\n" for line in told)
    assert (result.missed, result.false) == ([], [])
    assert len(result.silent) <= MOST_SILENT
