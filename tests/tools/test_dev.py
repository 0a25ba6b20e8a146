"""开发命令的规矩 — what the commands do for the programs that they start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev


def test_what_was_compiled_is_kept_and_does_not_lie_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "imported.py").touch()
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPYCACHEPREFIX"}
    environment = inherited | {"PYTHONDONTWRITEBYTECODE": "1"}
    dev.keep_bytecode(environment)
    subprocess.run([sys.executable, "-c", "import imported"], cwd=tmp_path, env=environment, check=True)
    assert [*(tmp_path / "build").rglob("imported.*.pyc")]
    assert not (tmp_path / "__pycache__").exists()


@pytest.mark.parametrize("given", [{}, {"PYTHONDONTWRITEBYTECODE": ""}, {"PYTHONPYCACHEPREFIX": "elsewhere"}])
def test_who_said_where_it_lies_or_nothing_is_not_overruled(given: dict[str, str]) -> None:
    environment = dict(given)
    dev.keep_bytecode(environment)
    assert environment == {name: value for name, value in given.items() if value}
