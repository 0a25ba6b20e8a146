"""死在哪里都一样 — an action whose process ends at any statement, commit or fsync is done wholly or not at all.

A sample in `make test`; each touch of each action with GONGKAI_LONG=1 (条例 第十七条、第四十五条).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.killable import PARTS, WITH_MORE_THAN_ONE_ACT, WITHOUT_ROWS
from tests.laws.killed_actions import ACTIONS
from tests.laws.killed_log import LOG
from tests.web.serving import apart, ready

ROOT = Path(__file__).resolve().parents[2]
IS_LONG = bool(os.environ.get("GONGKAI_LONG"))
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="没有 fork")


def run(folder: Path, *words: str) -> str:
    program = [sys.executable, "-m", "tests.laws.killing", *words]
    given = apart(ready(folder), PYTHONPATH=str(ROOT))
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=7200)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_every_action_stands_in_the_table(tmp_path: Path) -> None:
    there = set(json.loads(run(tmp_path / "data", "found")))
    assert there - PARTS - ACTIONS.keys() == set(), "give each a line in tests/laws/killed_actions.py"
    assert (PARTS | ACTIONS.keys()) - there == set(), "no longer there"
    assert PARTS & ACTIONS.keys() == set()
    assert ACTIONS.keys() >= WITH_MORE_THAN_ONE_ACT


@pytest.mark.parametrize("share", range(4))
def test_an_action_is_done_wholly_or_not_at_all_wherever_its_process_dies(tmp_path: Path, share: int) -> None:
    names = sorted(ACTIONS)[share::4]
    said = run(tmp_path / "data", "0" if IS_LONG else "1", *names)
    told = [json.loads(line) for line in said.splitlines()]
    assert [each["name"] for each in told] == names
    for each in told:
        assert each.get("wrong") == [], each
        assert each["touches"] > 1, each
        assert each["tried"] == each["touches"] or not IS_LONG
        assert each["name"] in WITH_MORE_THAN_ONE_ACT or each["states"] <= 2, each
        if each["name"] not in WITHOUT_ROWS:
            assert each["left"] > 1, f"it changed nothing, or none died after its commit: {each}"


def test_the_log_loses_and_reorders_nothing_wherever_its_process_dies(tmp_path: Path) -> None:
    """Filled, anchored, signed, its heads written beside the data (条例 第四十五条)."""
    said = run(tmp_path / "data", "0" if IS_LONG else "4", *LOG)
    told = [json.loads(line) for line in said.splitlines()]
    assert [each["name"] for each in told] == list(LOG)
    for each in told:
        assert each.get("wrong") == [], each
        assert each["touches"] > 4, each
        assert each["left"] > 1, f"it changed nothing, or none died after its commit: {each}"
