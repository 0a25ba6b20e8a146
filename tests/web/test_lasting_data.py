"""数据还在不在 — a folder that was in use never opens as a new platform; one that never was, does (条例 第二十四条)."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import pytest

from tests.cli.command import gongkai
from tests.web.postgresql import another, postgresql
from tests.web.serving import free_port, serving

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="数进程要有 /proc")


def refused(folder: Path, **environ: str) -> str:
    """The sentence; nothing in the folder changed but the lock."""
    before = looked_at(folder)
    done = gongkai("serve", "--port", free_port(), GONGKAI_DATA=str(folder), **environ)
    assert (done.returncode, "Traceback" in done.stderr) == (64, False), done
    assert looked_at(folder) == before
    return done.stderr


def looked_at(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.name not in ("serving.lock", "secret", "serve.log")
    }


def opened(folder: Path, **environ: str) -> None:
    with serving(folder, **environ):
        pass


def test_a_database_of_no_bytes_is_said_and_stays(tmp_path: Path) -> None:
    database = tmp_path / "gongkai.sqlite3"
    database.touch()
    said = refused(tmp_path)
    assert str(database) in said
    assert "备份" in said
    database.unlink()
    opened(tmp_path)
    for name in ("gongkai.sqlite3", "gongkai.sqlite3-wal", "gongkai.sqlite3-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    database.touch()
    assert str(database) in refused(tmp_path)


@pytest.mark.parametrize("how", ["missing", "no table"])
def test_a_folder_that_was_in_use_without_its_database_is_said(tmp_path: Path, how: str) -> None:
    opened(tmp_path)
    for path in tmp_path.glob("gongkai.sqlite3*"):
        path.unlink()
    if how == "no table":
        with sqlite3.connect(tmp_path / "gongkai.sqlite3") as made:
            made.execute("PRAGMA user_version = 1")
    assert "gongkai.sqlite3 是空的或者没有" in refused(tmp_path)


def test_files_that_were_kept_tell_it_too(tmp_path: Path) -> None:
    kept = tmp_path / "files" / "kept" / "2026" / "11"
    kept.mkdir(parents=True)
    opened(tmp_path)  # folders alone are nothing that is lost
    for path in (tmp_path / "database", *tmp_path.glob("gongkai.sqlite3*")):
        path.unlink()
    (kept / "abc").write_bytes(b"a file")
    assert "files/kept" in refused(tmp_path)


def test_a_start_that_came_to_nothing_is_not_held_against_a_folder(tmp_path: Path) -> None:
    assert gongkai("serve", "--port", "0", GONGKAI_DATA=str(tmp_path)).returncode == 64
    assert gongkai("journal", "verify", GONGKAI_DATA=str(tmp_path)).returncode == 2
    opened(tmp_path)
    opened(tmp_path)


def test_another_database_that_is_empty_is_no_new_platform(tmp_path: Path) -> None:
    with postgresql() as url:
        empty, own = another(url), another(url)
        opened(tmp_path, GONGKAI_DATABASE_URL=own)
        assert "postgresql" not in (tmp_path / "database").read_text()
        password = own.partition("://")[2].partition("@")[0].partition(":")[2]
        assert not password or password not in (tmp_path / "database").read_text()
        for environ in ({}, {"GONGKAI_DATABASE_URL": empty}):
            assert "是用过的数据目录" in refused(tmp_path, **environ)
        opened(tmp_path, GONGKAI_DATABASE_URL=own)


@pytest.mark.parametrize("command", [("journal", "verify"), ("journal", "export", "out.jsonl"), ("unlock", "--all")])
@pytest.mark.parametrize("how", ["empty", "no table", "noise"])
def test_a_command_says_that_a_database_is_empty_and_never_that_it_is_well(
    tmp_path: Path, command: tuple[str, ...], how: str
) -> None:
    database = tmp_path / "gongkai.sqlite3"
    database.write_bytes(b"\x01" * 8192 if how == "noise" else b"")
    if how == "no table":
        with sqlite3.connect(database) as made:
            made.execute("PRAGMA user_version = 1")
    given = [str(tmp_path / each) if each == "out.jsonl" else each for each in command]
    done = gongkai(*given, "--data", str(tmp_path))
    assert (done.returncode, "Traceback" in done.stderr, "完好" in done.stdout) == (2, False, False), done
    assert ("数据库读不了" if how == "noise" else "是空的") in done.stderr
    assert database.stat().st_size == {"empty": 0}.get(how, database.stat().st_size)


def test_a_folder_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    for command in (("journal", "verify"), ("unlock", "--all")):
        done = gongkai(*command, "--data", str(tmp_path / "nowhere"))
        assert (done.returncode, str(tmp_path / "nowhere") in done.stderr) == (64, True), done
    assert not (tmp_path / "nowhere").exists()
