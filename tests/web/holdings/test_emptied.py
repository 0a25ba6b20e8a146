"""升级清空 — the upgrade leaves of state secrets a stub, and reads what older records concluded (保密法 第三十一条)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.web.serving import apart

ROOT = Path(__file__).resolve().parents[3]


def test_the_upgrade_empties_what_was_kept_of_state_secrets(tmp_path: Path, own_database: dict[str, str]) -> None:
    given = apart(tmp_path / "data", PYTHONPATH=str(ROOT)) | own_database
    program = [sys.executable, "-m", "tests.web.holdings.emptied"]
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["held"]["secret"] == 0
    assert all(told["held"][name] > 0 for name in ("plain", "cut", "doubtful", "odd", "half"))
    assert told["titles"] == ["（涉密信息，编号 N-1）"]
    assert (told["basis"], told["number"], told["intact"]) == ("某范围第三项", "", True)
    read = {"plain": "open", "cut": "open_after_cuts", "doubtful": "closed", "odd": "随便写的", "half": "open"}
    assert told["outcomes"] == {"secret": None, **read}
    assert told["doubtful"] == ["N-4"]
    # Of one that is public only the draft that was to be a secret is emptied.
    assert told["half"] == [False, True]
    assert told["public"] == ["plain", "cut", "doubtful", "half"]
    assert told["entries"] == [["holdings.item:1", 2], ["holdings.item:6", 1]]
    # Three files with their copies lost their rows; the sweep removes their bytes, and misses none.
    assert (told["files"], told["swept"], told["verify"]) == (5, [6, 0], 0)
