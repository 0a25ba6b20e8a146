"""同时写、中途被杀 — many writers keep one unbroken chain; one that dies leaves it as it was before or after."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.cast import NOW
from tests.web.serving import apart, ready

ROOT = Path(__file__).parents[3]
WRITERS, EACH = 4, 12


@pytest.fixture
def elsewhere(own_database: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """A database of its own, in which what is written stays."""
    environ = apart(tmp_path / "data", **own_database)
    (tmp_path / "data" / "desk" / "arriving").mkdir(parents=True)
    if not own_database:
        ready(tmp_path / "data")
    assert run("migrate", environ).wait() == 0
    return environ


def run(task: str, environ: dict[str, str]) -> subprocess.Popen[str]:
    program = f"from tests.web.journal.test_writers import {task}; {task}()"
    return subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True)


def test_many_writers_keep_one_unbroken_chain(elsewhere: dict[str, str]) -> None:
    running = [run("write", elsewhere) for _ in range(WRITERS)]
    assert [process.wait(600) for process in running] == [0] * WRITERS
    assert run("told", elsewhere).communicate(timeout=300)[0].split() == ["0", str(WRITERS * EACH)]


def test_a_writer_that_is_killed_leaves_the_chain_whole(elsewhere: dict[str, str]) -> None:
    for _ in range(3):
        process = run("write_for_ever", elsewhere)
        assert process.stdout
        for _ in range(5):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait(120)
        process.stdout.close()
        breaks, entries = run("told", elsewhere).communicate(timeout=300)[0].split()
        assert (breaks, int(entries) >= 5) == ("0", True)
    assert run("write", elsewhere).wait(600) == 0
    assert run("told", elsewhere).communicate(timeout=300)[0].split()[0] == "0"


def migrate() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def write() -> None:
    """One writer: acts in transactions of their own, some of which fail after their record."""
    import django

    django.setup()
    for number in range(EACH):
        _record(number, fails=False)
        _record(number, fails=True)


def write_for_ever() -> None:
    import django

    django.setup()
    number = 0
    while True:
        _record(number, fails=False)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


def told() -> None:
    import django

    django.setup()
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    sys.stdout.write(f"{len(verify())} {Entry.objects.count()}\n")


def _record(number: int, *, fails: bool) -> None:
    from django.db import transaction

    from gongkai.web.journal.actions import record

    with transaction.atomic():
        facts = {"number": number}
        record(chain="county", act="edit", subject=f"x:{number}", actor=f"p:{os.getpid()}", now=NOW, facts=facts)
        if fails:
            transaction.set_rollback(True)
