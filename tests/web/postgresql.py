"""真的 PostgreSQL — the system's server on a free port of loopback, in a folder of its own, while a test runs."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.web.serving import free_port

_USERS = ("postgres", "nobody")  # initdb refuses root


def programs() -> Path | None:
    """程序 — where initdb and pg_ctl lie; None where there is no server."""
    found = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    on_path = shutil.which("initdb")
    return next((path for path in found if (path / "initdb").exists()), Path(on_path).parent if on_path else None)


@contextmanager
def postgresql() -> Iterator[str]:
    """真的 PostgreSQL — the URL of an empty database; skipped, with what to install, where there is no server.

    Its folder is not one of pytest's: those are shut to others, its own user among them, whenever a run begins.
    """
    where = programs()
    if where is None:
        pytest.skip("没有 PostgreSQL：apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))
    become: list[str] = []
    if os.geteuid() == 0:
        known = {entry.pw_name for entry in pwd.getpwall()}
        user = next(name for name in _USERS if name in known)
        become = ["setpriv", f"--reuid={user}", "--clear-groups", "--"]
        shutil.chown(folder, user)
    port, data = free_port(), str(folder / "data")

    def run(*words: str) -> None:
        subprocess.run([*become, *words], check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=60)

    run(str(where / "initdb"), "-D", data, "-U", "gongkai", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(str(where / "pg_ctl"), "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgres://gongkai@127.0.0.1:{port}/postgres"
    finally:
        run(str(where / "pg_ctl"), "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def another(url: str) -> str:
    """另一个数据库 — the URL of an empty one on the same server, for what must not mix with a test's own."""
    import psycopg

    name = f"apart_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    return url.rpartition("/")[0] + "/" + name
