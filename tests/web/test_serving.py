"""开门 — one command starts the platform, Ctrl-C ends the whole of it, a kill leaves only the hour's files."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import gongkai
from tests.web import reports
from tests.web.serving import alive, answers, free_port, start, stop

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")


def gone(session: int) -> bool:
    until = time.monotonic() + 20
    while alive(session) and time.monotonic() < until:
        time.sleep(0.1)
    return not alive(session)


def waiting_batch(folder: Path) -> Path:
    """A batch as it lies when the platform was killed before it was read."""
    from gongkai.web.annual.keeping import Upload, keep

    folder.mkdir(exist_ok=True)
    name, data = reports.RIGHT
    upload = folder / "upload"
    upload.write_bytes(data)
    return keep(folder / "desk", "nobody", [(Upload(1, name, len(data)), str(upload))], time.time()).folder


def test_ctrl_c_ends_the_whole_tree(tmp_path: Path) -> None:
    batch = waiting_batch(tmp_path)
    port = free_port()
    process = start(tmp_path, port)
    until = time.monotonic() + 30
    while not (batch / "done" / "1").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert (batch / "done" / "1").exists(), "what an earlier process left is read by the next"
    assert len(alive(process.pid)) > 1
    stop(process)
    assert process.returncode == 0
    assert gone(process.pid)
    assert not answers(port)


def test_a_killed_platform_leaves_no_process_and_only_the_hours_files(tmp_path: Path) -> None:
    process = start(tmp_path, free_port())
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert gone(process.pid)
    kept = {path.name for path in tmp_path.iterdir()} - {"serve.log"}
    assert kept <= {"secret", "gongkai.sqlite3", "gongkai.sqlite3-wal", "gongkai.sqlite3-shm", "desk"}
    again = start(tmp_path, free_port())
    stop(again)
    assert again.returncode == 0


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    port = free_port()
    process = start(tmp_path, port)
    try:
        done = gongkai("serve", "--port", port, GONGKAI_DATA=str(tmp_path / "other"))
    finally:
        stop(process)
    assert done.returncode == 64
    assert f"{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    from gongkai.web.settings.data_folder import kept_secret

    first = kept_secret(tmp_path / "data")
    assert len(first) > 50
    assert kept_secret(tmp_path / "data") == first
    assert kept_secret(tmp_path / "another") != first
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]
