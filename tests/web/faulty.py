"""机器出毛病 — a platform of its own whose disk, database and clock fail in turn, run as a program of its own.

Tells as JSON, for each fault: what a clerk is answered who saves a draft with a file, what /health/ says, what there is
of items, files and entries before and after, and whether everything works again once the fault is over.
"""

from __future__ import annotations

import io
import json
import os
import resource
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

TEXT = "各有关单位：现将实施方案印发给你们，请结合实际认真贯彻执行。"
NOBODY = 65534


def main() -> None:
    """逐个来 — each fault on the platform that the one before left."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from gongkai.law.roles import Role
    from tests.web.cast import cast

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.WRITING_SECONDS = 0.2
    call_command("migrate", verbosity=0, interactive=False)
    client = Client(raise_request_exception=False)
    client.force_login(cast().of(Role.CLERK))
    told = {"well": _tried(client)}
    faults = (full_database, full_files, readonly_database, readonly_folder, locked, busy, clock)
    for each in faults:
        before = _there()
        _rest(client)
        with each():
            read = client.get("/desk/items/").status_code
            found = _tried(client) | {"read": read}
        found |= {"before": before, "after": _there(), "freed": client.get("/health/").status_code}
        again = _tried(client)
        told[each.__name__] = found | {"again": again["status"], "verify": again["verify"], "swept": _swept()}
    json.dump(told, sys.stdout)


def _rest(client: Any) -> None:
    """Whoever did nothing for a minute has a visit to be noted with the next page."""
    session = client.session
    session["seen"] = session["seen"] - 60
    session.save()


def _tried(client: Any) -> dict[str, Any]:
    from gongkai.web.journal.queries import verify
    from gongkai.web.look import health as looking
    from gongkai.web.look import troubles

    troubles._noted.clear()
    looking._seen = (float("-inf"), "")
    upload = io.BytesIO(b"a,b\n" * 300_000)
    upload.name = "名册.csv"
    form = {"title": "关于印发实施方案的通知", "column": "policies", "genre": "notice", "openness": "proactive"}
    form |= {"formed_on": "2026-11-16", "body": f"{TEXT}\n\n" * 300, "do": "save"}
    answer = client.post("/desk/items/new/", {**form, "files": upload})
    health = client.get("/health/")
    return {
        "status": answer.status_code,
        "page": answer.content.decode(),
        "health": [health.status_code, health.json()],
        "verify": len(verify()),
    }


def _there() -> list[int]:
    from gongkai.web.files.models import File
    from gongkai.web.holdings.models import Item, Version
    from gongkai.web.journal.models import Entry

    return [model.objects.count() for model in (Item, Version, File, Entry)]


def _swept() -> list[int]:
    """Rows without bytes, and files half arrived."""
    from django.conf import settings
    from django.utils import timezone

    from gongkai.web.files.sweeping import sweep

    arriving = [*(settings.FILES_FOLDER / "arriving").iterdir(), *(settings.DESK_FOLDER / "arriving").iterdir()]
    return [sweep(timezone.now() + timedelta(days=2)).missing, len(arriving)]


@contextmanager
def full_database() -> Iterator[None]:
    """数据库满了 — it may have no page more, and those that it has are full."""
    from django.db import OperationalError, connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (bytes BLOB)")
        cursor.execute("PRAGMA max_page_count = 1")  # not below what it has
        for size in (4000, 100, 1):
            with suppress(OperationalError):
                while True:
                    cursor.execute(f"INSERT INTO filler VALUES (zeroblob({size}))")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")
        cursor.execute("DROP TABLE filler")


@contextmanager
def full_files() -> Iterator[None]:
    """磁盘满了 — no file may grow beyond a megabyte; those of the database are not written so far out."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024**2, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def readonly_database() -> Iterator[None]:
    """数据库只读 — as on a disk that the system has shut."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        yield
        cursor.execute("PRAGMA query_only = OFF")


@contextmanager
def readonly_folder() -> Iterator[None]:
    """目录只读 — for a user who is not root."""
    from django.conf import settings

    folders = [settings.DATA, settings.FILES_FOLDER, settings.FILES_FOLDER / "arriving"]
    is_root = os.geteuid() == 0
    for folder in folders:
        folder.chmod(0o555)
    if is_root:
        os.seteuid(NOBODY)
    yield
    if is_root:
        os.seteuid(0)
    for folder in folders:
        folder.chmod(0o700)


@contextmanager
def locked() -> Iterator[None]:
    """被占着 — another program holds the database, and takes no turns."""
    from django.conf import settings
    from django.db import connection

    other = sqlite3.connect(settings.DATA / "gongkai.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
        yield
        cursor.execute("PRAGMA busy_timeout = 20000")
    other.close()


@contextmanager
def busy() -> Iterator[None]:
    """轮不到 — others write without end."""
    from django.conf import settings

    from gongkai.web.settings.embedded.base import turns

    others = turns(Path(f"{settings.DATA / 'gongkai.sqlite3'}.turn"))
    others.take(1)
    yield
    others.give_back()


@contextmanager
def clock() -> Iterator[None]:
    """时钟拨回 — an hour before the last entry."""
    from django.utils import timezone

    now = timezone.now
    timezone.now = lambda: now() - timedelta(hours=1)
    yield
    timezone.now = now


if __name__ == "__main__":
    main()
