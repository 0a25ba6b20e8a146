"""同时编号 — processes that take index numbers at the same moment never take the same one (条例 第二十四条)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.holdings.numbered import EACH, PROCESSES
from tests.web.serving import apart

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="没有 fork")
def test_numbers_that_are_taken_at_once_are_all_different(tmp_path: Path, own_database: dict[str, str]) -> None:
    given = apart(tmp_path / "data", PYTHONPATH=str(ROOT), **own_database)
    program = [sys.executable, "-m", "tests.web.holdings.numbered"]
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    numbers = json.loads(done.stdout)
    assert len(numbers) == len(set(numbers)) == PROCESSES * EACH
