"""死在半路 — the process ends at any statement of a step: the item is before it or after (条例 第十七条)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.serving import apart

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="没有 fork")
def test_a_step_is_done_wholly_or_not_at_all_wherever_the_process_dies(tmp_path: Path) -> None:
    given = apart(tmp_path / "data", PYTHONPATH=str(ROOT))
    program = [sys.executable, "-m", "tests.web.holdings.killed"]
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    numbers = next(each["numbers"] for each in told if each["step"] == "number")
    assert len(numbers) == len(set(numbers)) == 20
    told = [each for each in told if each["step"] != "number"]
    assert [each["step"] for each in told] == ["edit", "submit", "mask", "final", "publish", "withdraw"]
    for each in told:
        assert each["statements"] > 5, (each, done.stderr[-3000:])
        before, after = each["before"], each["found"][-1]
        assert before != after
        for found in each["found"]:
            assert found in (before, after), each["step"]
            assert found[5], each["step"]
