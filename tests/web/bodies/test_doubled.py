"""升级分开 — bodies that shared a short name have one each afterwards (条例 第四条)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.web.serving import apart

ROOT = Path(__file__).resolve().parents[3]


def test_the_upgrade_tells_short_names_apart(tmp_path: Path, own_database: dict[str, str]) -> None:
    given = apart(tmp_path / "data", PYTHONPATH=str(ROOT)) | own_database
    program = [sys.executable, "-m", "tests.web.bodies.doubled"]
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert (told["a"], told["b"], told["c"]) == ("县局", "县局（b）", "甲")
    assert len(set(told.values())) == len(told)
    assert max(map(len, told.values())) <= 40
