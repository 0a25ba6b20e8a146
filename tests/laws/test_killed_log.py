"""公开存证被杀 — the platform and what fills its log and signs its heads are killed while they work: afterwards all
verifies, and every head that anybody fetched before still is the beginning of the log.

Three times in `make test`, sixty with GONGKAI_LONG=1, on both databases (条例 第二十三条、第四十五条).
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest

from gongkai.web.journal import heads
from tests.laws.test_killed_server import work
from tests.web.clerks import Clerk, prepared
from tests.web.serving import alive, apart, free_port, start

KILLS = 60 if os.environ.get("GONGKAI_LONG") else 3
FILLING = """
import django; django.setup()
from django.utils import timezone
from gongkai.web.journal.log import anchor_chains, sign_head, write_heads
print("begun", flush=True)
while True:
    anchor_chains(now=timezone.now()); sign_head(now=timezone.now()); write_heads()
"""
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")


def fetched(port: int, kept: dict[heads.Head, None]) -> None:
    """存树头 — as a reader keeps them, until nobody answers."""
    try:
        while True:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/log/heads.jsonl", timeout=60) as answer:
                lines = [line for line in answer if line.endswith(b"\n")]
            kept.update(dict.fromkeys(heads.read(lines)))
            time.sleep(0.02)
    except OSError:
        return


def killed(*processes: subprocess.Popen[bytes]) -> None:
    """一起杀 — each with all of its group, at once."""
    for process in processes:
        os.killpg(process.pid, signal.SIGKILL)
    until = time.monotonic() + 240
    for process in processes:
        process.wait(120)
        while alive(process.pid):
            assert time.monotonic() < until, alive(process.pid)
            time.sleep(0.02)


def test_the_log_verifies_and_fetched_heads_hold_however_often_it_is_killed(
    tmp_path: Path, own_database: dict[str, str]
) -> None:
    sessions = prepared(tmp_path, 2, **own_database)
    environ = apart(tmp_path, **own_database)
    chance, kept = random.Random(6962), dict[heads.Head, None]()
    for _ in range(KILLS):
        port, before = free_port(), len(kept)
        server = start(tmp_path, port, **own_database)
        filling = subprocess.Popen(
            [sys.executable, "-c", FILLING], env=environ, stdout=subprocess.PIPE, start_new_session=True
        )
        assert filling.stdout
        assert filling.stdout.readline() == b"begun\n"
        clerks = [Clerk(port, session) for session in sessions]
        threads = [threading.Thread(target=work, args=(clerk, b"")) for clerk in clerks]
        threads.append(threading.Thread(target=fetched, args=(port, kept)))
        for thread in threads:
            thread.start()
        until = time.monotonic() + 120
        while len(kept) < before + 2 and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        assert filling.poll() is None
        killed(filling, server)
        filling.stdout.close()
        for thread in threads:
            thread.join(120)
        assert len(kept) >= before + 2
    saved = tmp_path / "saved.jsonl"
    saved.write_bytes(b"".join(heads.canonical(head.to_json()) + b"\n" for head in kept))
    program = [sys.executable, "-m", "gongkai", "journal", "verify", "--data", str(tmp_path), "--against", str(saved)]
    verified = subprocess.run(program, env=environ, capture_output=True, text=True)
    assert (verified.returncode, "完好" in verified.stdout) == (0, True), verified
