"""开着的平台 — `gongkai serve` as people start it: a process tree of its own on a free port and a folder of its own."""

from __future__ import annotations

import atexit
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any


def free_port() -> int:
    """空闲端口 — one that nobody listens on now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def apart(folder: Path, **environ: str) -> dict[str, str]:
    """另一处 — the environment of a platform in `folder`: never the database of these tests, unless told to."""
    inherited = {name: value for name, value in os.environ.items() if name != "GONGKAI_DATABASE_URL"}
    return {**inherited, "GONGKAI_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "gongkai.web.settings", **environ}


def ready(folder: Path) -> Path:
    """备好 — a data folder whose database is as the first start leaves it; a start takes no seconds for that."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_migrated() / "gongkai.sqlite3", folder)
    return folder


@cache
def _migrated() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="gongkai-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    program = "import django; django.setup()\nfrom django.core.management import call_command\n"
    program += "call_command('migrate', verbosity=0, interactive=False)"
    subprocess.run([sys.executable, "-c", program], env=apart(folder), check=True)
    return folder


def start(folder: Path, port: int, *, files: int = 0, **environ: str) -> subprocess.Popen[bytes]:
    """开门 — returns once the platform answers. `files`: how many it may have open at most."""
    log = (folder / "serve.log").open("ab")
    process = subprocess.Popen(
        [sys.executable, "-m", "gongkai", "serve", "--port", str(port)],
        env=apart(folder, **environ),
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_NOFILE, (files, files)) if files else None,
    )
    until = time.monotonic() + 240
    while not answers(port):
        assert process.poll() is None, (folder / "serve.log").read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.05)
    return process


def answers(port: int) -> bool:
    """应答 — whether the platform is well."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=60) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def stop(process: subprocess.Popen[Any]) -> None:
    """关门 — as Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(240)
    except subprocess.TimeoutExpired:  # the test fails, and nothing stays behind
        process.kill()
        raise


def alive(session: int) -> list[str]:
    """还在的进程 — those of the tree, by the session that it was started in; zombies are dead."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text().rpartition(")")
            state, _, _, of = rest.split()[:4]
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.append(name)
    return found


@contextmanager
def serving(folder: Path, *, files: int = 0, **environ: str) -> Iterator[str]:
    """开着的平台 — its address, while it is needed."""
    port = free_port()
    process = start(folder, port, files=files, **environ)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        stop(process)
