"""打断 — an action in a process that ends at its n-th touch of database or disk; run as a program of its own.

`python -m tests.laws.killing found` tells what actions there are. With EVERY and names: 0 takes each touch, otherwise
about so many of each action and those beside a commit. Prints a line of JSON for each action.

On SQLite alone: what is written in a county is a folder here, put back as it was for each of thousands of ends by
copying it, and the database is in the process that is killed, so that its journal is what must recover. A server of
PostgreSQL goes on when its client dies and rolls the transaction back by itself; nothing of ours takes part in that.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from cryptography import fernet

DIED, REFUSED = 9, 3
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.link"}
HEADS = "log-heads.jsonl"
_PASSING = ("django_tasks", "django_session", "sqlite_sequence")


def main() -> None:
    """逐个行动 — each from the same county."""
    sys.dont_write_bytecode = True  # a module that is compiled in the first child alone would be a touch of that one
    (Path(os.environ["GONGKAI_DATA"]) / "desk" / "arriving").mkdir(parents=True)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.laws.killable import World, found
    from tests.laws.killed_actions import ACTIONS
    from tests.laws.killed_log import LOG

    if sys.argv[1] == "found":
        sys.stdout.write(json.dumps(sorted(found())))
        return
    call_command("migrate", verbosity=0, interactive=False)
    every, names = int(sys.argv[1]), sys.argv[2:] or list(ACTIONS)
    world = World()
    county = Kept(settings.DATA, "county")
    for name in names:
        county.back()
        try:
            told = killed((ACTIONS | LOG)[name](world), world, every)
        except Exception as error:  # the next one is tried all the same
            told = {"error": f"{type(error).__name__}: {error}"[:500]}
        sys.stdout.write(json.dumps({"name": name} | told, ensure_ascii=False) + "\n")
        sys.stdout.flush()


class Kept:
    """留着的样子 — of database and files, to go back to."""

    def __init__(self, data: Path, name: str) -> None:
        from django.db import connection

        connection.close()  # the last one to close writes all of it to the one file
        self._data, self._kept = data, data / f"kept-{name}"
        shutil.rmtree(self._kept, ignore_errors=True)
        self._kept.mkdir()
        shutil.copy(data / "gongkai.sqlite3", self._kept)
        if (data / "files").exists():
            shutil.copytree(data / "files", self._kept / "files")
        if (data / HEADS).exists():
            shutil.copy(data / HEADS, self._kept)

    def back(self) -> None:
        """回到那时 — as if nothing had happened since."""
        from django.db import connection

        connection.close()
        for path in self._data.glob("gongkai.sqlite3*"):
            path.unlink()
        shutil.copy(self._kept / "gongkai.sqlite3", self._data)
        (self._data / HEADS).unlink(missing_ok=True)
        if (self._kept / HEADS).exists():
            shutil.copy(self._kept / HEADS, self._data)
        shutil.rmtree(self._data / "files", ignore_errors=True)
        if (self._kept / "files").exists():
            shutil.copytree(self._kept / "files", self._data / "files")


def killed(step: Callable[[], object], world: Any, every: int) -> dict[str, Any]:
    """打断一个行动 — the states that it may leave, those that it left, and what the laws say of each."""
    from django.conf import settings

    kept = Kept(settings.DATA, "before")
    before = standing()
    told = _in_child(lambda: _recorded(step, world))
    if told["status"]:
        return {"error": told["error"]}
    allowed = [before, *told["states"]]
    laws = {"wrong": [], "at": []}
    places = range(told["touches"])
    if every:
        beside = {place + shift for place in told["commits"] for shift in (-1, 0, 1)}
        places = sorted({*places[:: max(1, len(places) // every)], *(beside & set(places))})
    seen: dict[str, list[str]] = {}
    for place in places:
        kept.back()
        child = _in_child(lambda place=place: _dying(step, world, place))
        left = standing()
        if left not in seen:
            seen[left] = _unlawful()
        wrong = [*seen[left], *_files_unlawful()]
        wrong += [] if left in allowed else ["between"]
        wrong += [] if child["status"] == DIED else [f"ended with {child['status']}: {child['error']}"]
        if wrong:
            laws["wrong"].append(wrong)
            laws["at"].append(place)
    return {"touches": told["touches"], "tried": len(places), "states": len(set(allowed)), "left": len(seen)} | laws


def standing() -> str:
    """此刻的库 — a digest of every row that is not of the moment."""
    from django.conf import settings

    seal = hashlib.sha256()
    with sqlite3.connect(settings.DATA / "gongkai.sqlite3") as here:
        tables = [name for (name,) in here.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        for table in tables:
            if not table.startswith(_PASSING):
                seal.update(repr((table, sorted(map(repr, here.execute(f'SELECT * FROM "{table}"'))))).encode())
    here.close()
    return seal.hexdigest()


def _unlawful() -> list[str]:
    from django.db import connection

    from gongkai.web.holdings.digests import is_intact
    from gongkai.web.holdings.models import Item, Version
    from gongkai.web.journal.log_checks import log_breaks
    from gongkai.web.journal.queries import verify

    with connection.cursor() as cursor:
        whole = cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    laws = {
        "integrity": whole,
        "journal": verify() == [],
        "log": log_breaks() == [],
        "intact": all(map(is_intact, Version.objects.filter(emptied_at=None))),
        "versions": all(item.newest_version_id for item in Item.objects.all()),
    }
    connection.close()
    return [name for name, holds in laws.items() if not holds]


def _files_unlawful() -> list[str]:
    """After the sweep every row has its bytes, and there are none without a row."""
    from django.utils import timezone

    from gongkai.web.files.sweeping import sweep

    are_whole = _heads()
    later = timezone.now() + timedelta(days=2)
    swept, again = sweep(later), sweep(later)
    laws = {"missing bytes": not swept.missing, "bytes without row": not again.removed, "heads": are_whole}
    return [name for name, holds in laws.items() if not holds]


def _heads() -> bool:
    """Whatever was torn, the heads beside the data fit the log, and the next time they are written each is there once
    and in its order."""
    from django.conf import settings

    from gongkai.web.journal import heads, log
    from gongkai.web.journal.log_checks import log_breaks
    from gongkai.web.journal.models import LogHead

    fitted = log_breaks() == []
    log.write_heads()
    with (settings.DATA / HEADS).open("rb") as file:
        return fitted and list(heads.read(file)) == [log.of_row(row) for row in LogHead.objects.order_by("id")]


def _in_child(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What the work told, done in a child: its status, and why where it was refused."""
    from django.db import connection

    connection.close()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        told, status = {}, 0
        try:
            told = work()
        except BaseException as error:
            told, status = {"error": f"{type(error).__name__}: {error}"}, REFUSED
        os.write(writing, json.dumps(told).encode())
        os._exit(status)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"error": ""} | (json.loads(said) if said else {}) | {"status": status}


def _recorded(step: Callable[[], object], world: Any) -> dict[str, Any]:
    """Lives through it: how many touches, which of them were beside a commit, what stood in the database after each."""
    states: list[str] = []
    count, commits = [0], set[int]()

    def touched() -> None:
        count[0] += 1
        now = standing()
        if not states or states[-1] != now:
            states.append(now)
            commits.add(count[0] - 1)

    with _watched(touched, world):
        step()
    states.append(standing())
    return {"touches": count[0], "states": states, "commits": sorted({*commits, count[0] - 1})}


def _dying(step: Callable[[], object], world: Any, place: int) -> dict[str, Any]:
    left = [place]

    def touched() -> None:
        if left[0] == 0:
            os._exit(DIED)
        left[0] -= 1

    with _watched(touched, world):
        step()
    return {}


@contextmanager
def _watched(touched: Callable[[], None], world: Any) -> Iterator[None]:
    """Each statement, commit and fsync is touched before and after, each change of the folder before.

    Nothing is left to chance: the same step leaves the same rows each time."""
    from django.db import connection
    from django.utils import timezone

    mine, busy = os.getpid(), [False]

    def safely() -> None:
        if os.getpid() == mine and not busy[0]:
            busy[0] = True
            touched()
            busy[0] = False

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:
            safely()
            done = function(*arguments, **options)
            safely()
            return done

        return called

    chance = random.Random(0)
    os.urandom = random._urandom = chance.randbytes  # type: ignore[attr-defined,assignment]
    timezone.now = lambda: world.now  # type: ignore[assignment]
    # What is sealed holds the second in which it was: the same one each time.
    fernet.time = SimpleNamespace(time=lambda: world.now.timestamp())  # type: ignore[attr-defined,assignment]
    os.fsync = around(os.fsync)
    connection._commit = around(connection._commit)  # type: ignore[attr-defined]
    sys.addaudithook(lambda event, _: safely() if event in _CHANGES else None)
    with connection.execute_wrapper(around(lambda execute, *arguments: execute(*arguments))):
        yield


if __name__ == "__main__":
    main()
