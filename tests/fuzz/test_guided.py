"""引导的乱码 — a bounded run from the kept corpus finds nothing, and what it once found stays mended.

`GONGKAI_FUZZ_SECONDS` (default 20) bounds the run; `make fuzz` runs longer.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz import targets

SECONDS = float(os.environ.get("GONGKAI_FUZZ_SECONDS", "20"))
KEPT = Path(__file__).parent / "corpus"
ROOT = Path(__file__).parents[2]
MOST_BYTES = 2_000_000


def test_kept_corpus_is_small_and_does_no_harm() -> None:
    kept = sorted(KEPT.iterdir())
    assert kept
    assert sum(path.stat().st_size for path in kept) < MOST_BYTES
    for path in kept:
        targets.land(path.read_bytes())


def test_every_place_has_a_seed_and_a_sound_one() -> None:
    seeds = targets.seeds()
    assert set(seeds) == set(targets.PLACES)
    for seed in seeds.values():
        targets.land(seed)


@pytest.mark.skipif(find_spec("atheris") is None, reason="没有 atheris")
def test_guided_run_finds_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(KEPT, corpus)
    for name, seed in targets.seeds().items():
        (corpus / name.replace(" ", "-")).write_bytes(seed)
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.fuzz.guided",
            str(corpus),
            f"-max_total_time={SECONDS:.0f}",
            f"-artifact_prefix={tmp_path}/",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    found = [path for path in tmp_path.iterdir() if path.is_file()]
    assert run.returncode == 0, f"{found}\n{run.stdout[-2_000:]}\n{run.stderr[-4_000:]}"
