"""真的被杀 — the whole platform killed while clerks save: what was confirmed is there, and nothing is half done.

Ten times in `make test`, two hundred with GONGKAI_LONG=1, on both databases (条例 第四十五条).
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.clerks import Clerk, prepared
from tests.web.serving import alive, apart, free_port, start

KILLS = 200 if os.environ.get("GONGKAI_LONG") else 10
CLERKS = 4
SWEPT = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from gongkai.web.files.sweeping import sweep
from gongkai.web.holdings.digests import is_intact
from gongkai.web.holdings.models import Item, Version
later = timezone.now() + timedelta(days=2)
print(sweep(later).missing, sweep(later).removed, all(map(is_intact, Version.objects.all())),
    Item.objects.filter(newest_version=None).count(), Item.objects.filter(reviews=None).count())
"""
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")


def work(clerk: Clerk, file: bytes) -> None:
    """One save after the other, until nobody answers."""
    try:
        while True:
            clerk.save(file)
    except (OSError, http.client.HTTPException):
        return


def there(folder: Path, own_database: dict[str, str]) -> set[int]:
    """The items that the database has, which is whole; the embedded one is looked at as a file."""
    if own_database:
        import psycopg

        with psycopg.connect(own_database["GONGKAI_DATABASE_URL"]) as held:
            return {item for (item,) in held.execute("SELECT id FROM holdings_item")}
    with closing(sqlite3.connect(folder / "gongkai.sqlite3")) as here:
        assert here.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {item for (item,) in here.execute("SELECT id FROM holdings_item")}


def test_what_was_confirmed_is_there_however_often_the_platform_is_killed(
    tmp_path: Path, own_database: dict[str, str]
) -> None:
    sessions = prepared(tmp_path, CLERKS, **own_database)
    chance, confirmed, refused = random.Random(7), list[int](), list[int]()
    for _ in range(KILLS):
        port = free_port()
        process = start(tmp_path, port, **own_database)
        clerks = [Clerk(port, session) for session in sessions]
        threads = [
            threading.Thread(target=work, args=(clerk, b"" if number else b"a,b\n1,2\n"))
            for number, clerk in enumerate(clerks)
        ]
        for thread in threads:
            thread.start()
        while not any(clerk.confirmed for clerk in clerks) and any(thread.is_alive() for thread in threads):
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(120)
        for thread in threads:
            thread.join(120)
        until = time.monotonic() + 240
        while alive(process.pid):  # a reader in a group of its own ends with its parent
            assert time.monotonic() < until, alive(process.pid)
            time.sleep(0.02)
        confirmed += [item for clerk in clerks for item in clerk.confirmed]
        refused += [status for clerk in clerks for status in clerk.refused]
        assert set(confirmed) <= there(tmp_path, own_database)
    assert refused == []
    assert len(confirmed) == len(set(confirmed)) >= KILLS
    environ = apart(tmp_path, **own_database)
    program = [sys.executable, "-m", "gongkai", "journal", "verify", "--data", str(tmp_path)]
    verified = subprocess.run(program, env=environ, capture_output=True, text=True)
    assert (verified.returncode, "完好" in verified.stdout) == (0, True), verified
    done = subprocess.run([sys.executable, "-c", SWEPT], env=environ, capture_output=True, text=True)
    assert done.stdout.split() == ["0", "0", "True", "0", "0"], done
