"""后台工作 — the worker lives and ends with the platform; killed, it is replaced, and what it did is done again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.serving import alive, apart, free_port, ready, start, stop

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")
ROOT = Path(__file__).resolve().parents[3]
QUEUE = """
import sys, django
django.setup()
from tests.web.worker.tasks import note
for word in sys.argv[4:]:
    note.using(queue_name=sys.argv[3]).enqueue(sys.argv[1], word, float(sys.argv[2]))
"""


@pytest.fixture
def environ(own_database: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The tasks of these tests are found, and what they leave is in nobody else's queue."""
    if not own_database:
        ready(tmp_path)
    return {"PYTHONPATH": str(ROOT), **own_database}


def queue(folder: Path, environ: dict[str, str], seconds: float, *words: str, lane: str = "default") -> Path:
    """In the queue of a platform, from a process of its own, as a page of it would do."""
    notes = folder / "notes"
    command = [sys.executable, "-c", QUEUE, str(notes), str(seconds), lane, *words]
    subprocess.run(command, env=apart(folder, **environ), check=True, timeout=240, cwd=ROOT)
    return notes


def lines(notes: Path) -> list[str]:
    return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


def until(is_so: Callable[[], bool], seconds: float = 240) -> bool:
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def health(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/worker/", timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def worker_of(process: subprocess.Popen[bytes]) -> int:
    """The one process of the tree that was spawned to work, not to serve."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes()
            session = int((path / "stat").read_text().rpartition(")")[2].split()[3])
        except OSError:
            continue
        if session == process.pid and b"spawn_main" in words:
            return int(path.name)
    return 0


def test_a_killed_worker_is_replaced_and_its_task_done_again(tmp_path: Path, environ: dict[str, str]) -> None:
    port = free_port()
    process = start(tmp_path, port, **environ)
    try:
        assert until(lambda: health(port) == 200)
        notes = queue(tmp_path, environ, 3, "a")
        assert until(lambda: lines(notes) == ["begin a"])
        first = worker_of(process)
        os.kill(first, signal.SIGKILL)
        assert until(lambda: worker_of(process) not in (0, first))
        assert until(lambda: "end a" in lines(notes))
        assert lines(notes) == ["begin a", "begin a", "end a"]
        queue(tmp_path, environ, 0, *"bcdefghijklm")
        assert until(lambda: "end m" in lines(notes))
        assert sorted(lines(notes)[3:]) == sorted(
            f"{what} {word}" for word in "bcdefghijklm" for what in ("begin", "end")
        )
        assert health(port) == 200
    finally:
        stop(process)
    assert until(lambda: not alive(process.pid)), alive(process.pid)


def test_what_is_short_never_waits_for_what_is_long(tmp_path: Path, environ: dict[str, str]) -> None:
    process = start(tmp_path, free_port(), **environ)
    try:
        for lane in ("slow", "long", "files"):
            notes = queue(tmp_path, environ, 3600, lane, lane=lane)
        assert until(lambda: len(lines(notes)) == 3)
        queue(tmp_path, environ, 0, "a")
        assert until(lambda: lines(notes)[3:] == ["begin a", "end a"])
    finally:
        process.kill()
        process.wait(120)
    assert until(lambda: not alive(process.pid)), alive(process.pid)


def test_what_is_being_done_is_done_to_its_end_before_the_platform_closes(
    tmp_path: Path, environ: dict[str, str]
) -> None:
    port = free_port()
    process = start(tmp_path, port, **environ)
    try:
        notes = queue(tmp_path, environ, 2, "a")
        assert until(lambda: lines(notes) == ["begin a"])
    finally:
        stop(process)
    assert lines(notes) == ["begin a", "end a"]
    assert process.returncode == 0
    assert until(lambda: not alive(process.pid))
    assert "Traceback" not in (tmp_path / "serve.log").read_text(encoding="utf-8")


def test_the_worker_does_not_outlive_a_killed_platform(tmp_path: Path, environ: dict[str, str]) -> None:
    process = start(tmp_path, free_port(), **environ)
    notes = queue(tmp_path, environ, 20, "a")
    assert until(lambda: lines(notes) == ["begin a"])
    process.kill()
    process.wait(120)
    assert until(lambda: not alive(process.pid)), alive(process.pid)
    assert lines(notes) == ["begin a"]
