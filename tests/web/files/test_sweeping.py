"""中断与清扫 — a process may die anywhere: before or after, never half; what is left without a row is swept."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.files.conftest import NOW, People, copied, received
from tests.web.serving import apart, ready

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="要有 fork")
@pytest.mark.parametrize("work", ["upload", "publish", "mask"])
def test_wherever_it_dies_it_is_before_or_after_and_the_sweep_leaves_no_orphan(work: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.web.files.crashing", work],
        env=apart(ready(tmp_path), PYTHONPATH=str(ROOT)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    lines = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    before = lines[0][0]
    assert len(lines) > 10
    for rows, _, missing, again, breaks, status in lines:
        assert (missing, again, breaks) == (0, 0, 0)
        assert rows in (before, before + 1)
        assert rows == before + 1 or status == 9
    assert lines[-1][0] == before + 1
    assert lines[-1][-1] == 0
    # Most deaths come before the row: the sweep had something to do.
    assert work == "publish" or any(removed for _, removed, *_ in lines)


def test_the_sweep_takes_only_what_is_old_ours_and_without_a_row(people: People) -> None:
    from django.conf import settings
    from django.utils import timezone

    from gongkai.web.files import storing
    from gongkai.web.files.arriving import arriving
    from gongkai.web.files.sweeping import Swept, sweep

    copy = copied(received(people), b"a,b\n")
    orphan = storing.new_name(NOW)
    with arriving() as path:
        path.write_bytes(b"orphan")
        storing.put(path, orphan)
    theirs = settings.FILES_FOLDER / "kept" / "2026" / "03" / "备份说明.txt"
    theirs.write_text("not ours", encoding="utf-8")
    (settings.FILES_FOLDER / "arriving" / "torn").write_bytes(b"half")
    assert sweep(timezone.now()) == Swept(0, 0)
    later = timezone.now() + timedelta(days=2)
    assert sweep(later) == Swept(2, 0)
    assert theirs.exists()
    for name in (copy.storage_name, copy.file.storage_name):
        assert storing.store().exists(name)
    storing.remove(copy.storage_name)
    assert sweep(later) == Swept(0, 1)


def test_what_could_not_be_scanned_is_scanned_by_the_job(people: People, clamd: object) -> None:
    from django.test import override_settings

    from gongkai.web.files.jobs import scan_again
    from gongkai.web.files.models import ScanState

    with override_settings(CLAMD="127.0.0.1:1"):
        file = received(people)
    assert file.scan_state is ScanState.FAILED
    scan_again.func()
    file.refresh_from_db()
    assert file.scan_state is ScanState.CLEAN


def test_what_comes_from_another_disk_is_taken_whole(platform: Path, tmp_path: Path) -> None:
    """`/tmp` is often a file system of its own; a file cannot be moved from one to the other, only copied."""
    del platform
    from gongkai.web.files.storing import Folder

    other = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    with tempfile.TemporaryDirectory(dir=other) as away:
        source = Path(away) / "given"
        source.write_bytes(b"x" * 3_000_000)
        Folder(location=str(tmp_path / "files")).take(source, "2026/03/name")
        assert not source.exists()
    assert (tmp_path / "files" / "2026/03/name").read_bytes() == b"x" * 3_000_000
    assert [path for path in (tmp_path / "files" / "arriving").glob("*")] == []
