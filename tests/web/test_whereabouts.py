"""数据库在不在原处 — moved, deleted, replaced or spoilt under a running platform: said at once, nothing is written
beside it, and the next start takes no other database for its own (条例 第二十四条)."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.command import gongkai
from tests.web.clerks import Clerk, prepared
from tests.web.serving import free_port, ready, serving

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="开着的文件别的系统不让移走")
PAGE = 4096
PARTS = ("", "-wal", "-shm")


class Office:
    """A platform in use: its folder, its address, a clerk of it."""

    def __init__(self, folder: Path, address: str, session: str) -> None:
        self.folder, self.address, self._session = folder, address, session

    def clerk(self) -> Clerk:
        """Who has saved something already."""
        clerk = Clerk(int(self.address.rpartition(":")[2]), self._session)
        clerk.save()
        assert clerk.confirmed
        return clerk

    def database(self, part: str = "") -> Path:
        return self.folder / f"gongkai.sqlite3{part}"

    def health(self, path: str = "/health/") -> str:
        try:
            with urllib.request.urlopen(self.address + path, timeout=60) as answer:
                return str(json.load(answer)["status"])
        except urllib.error.HTTPError as told:
            with told:
                return str(json.load(told)["status"])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all: whatever befalls its database, it goes on once that is back."""
    with in_use(tmp_path_factory.mktemp("office") / "data") as opened:
        yield opened


@contextmanager
def in_use(folder: Path) -> Iterator[Office]:
    session = prepared(folder, 1)[0]
    with serving(folder) as address:
        yield Office(folder, address, session)


def saved(folder: Path) -> list[int]:
    with closing(sqlite3.connect(folder / "gongkai.sqlite3")) as database:
        return [row[0] for row in database.execute("SELECT id FROM holdings_item ORDER BY id")]


@pytest.mark.parametrize("gone", [PARTS, ("",), ("-wal",)], ids=["all", "file", "wal"])
def test_what_was_moved_away_is_said_at_once_and_put_back_goes_on(office: Office, gone: tuple[str, ...]) -> None:
    clerk = office.clerk()
    away = office.folder / "away"
    away.mkdir(exist_ok=True)
    for part in gone:
        office.database(part).rename(away / office.database(part).name)
    assert (office.health(), office.health("/health/worker/")) == ("gone", "gone")
    for _ in range(3):
        clerk.save()
    assert clerk.refused == [503] * 3
    for part in gone:
        # Nothing but an empty log may be there: nobody has written to it.
        assert not office.database(part).exists() or (part, office.database(part).stat().st_size) == ("-wal", 0)
        (away / office.database(part).name).rename(office.database(part))
    clerk.save()
    assert (len(clerk.confirmed), clerk.refused) == (2, [503] * 3)
    assert saved(office.folder)[-2:] == clerk.confirmed


def test_a_file_put_in_its_place_is_not_written_to(office: Office) -> None:
    clerk = office.clerk()
    kept, other = office.folder / "kept.sqlite3", ready(office.folder.parent / "other") / "gongkai.sqlite3"
    office.database().rename(kept)
    shutil.copy(other, office.database())
    assert office.health() == "gone"
    clerk.save()
    assert clerk.refused == [503]
    assert office.database().read_bytes() == other.read_bytes()
    office.database().unlink()
    kept.rename(office.database())
    clerk.save()
    assert saved(office.folder)[-2:] == clerk.confirmed


def test_a_spoilt_file_is_said_and_told_for_as_long_as_it_is_open(tmp_path: Path) -> None:
    with in_use(tmp_path / "data") as office:
        clerk = office.clerk()
        with closing(sqlite3.connect(office.database())) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            asked = "SELECT rootpage FROM sqlite_master WHERE name = 'holdings_item'"
            root = database.execute(asked).fetchone()[0]
        with office.database().open("r+b") as file:
            file.seek((root - 1) * PAGE)
            file.write(b"\xa5" * PAGE)
        clerk.save()
        assert clerk.refused == [503]
        assert office.health() == "corrupt"


def refused(folder: Path) -> str:
    before = (folder / "gongkai.sqlite3").read_bytes()
    done = gongkai("serve", "--port", free_port(), GONGKAI_DATA=str(folder))
    assert (done.returncode, "Traceback" in done.stderr) == (64, False), done
    assert (folder / "gongkai.sqlite3").read_bytes() == before
    return done.stderr


def test_a_database_of_another_platform_is_not_opened(tmp_path: Path) -> None:
    folder, new = tmp_path / "data", ready(tmp_path / "new")
    prepared(tmp_path / "other", 1)
    office_session = prepared(folder, 1)[0]
    with serving(folder) as address:
        Clerk(int(address.rpartition(":")[2]), office_session).save()
    shutil.copy(folder / "gongkai.sqlite3", tmp_path / "backup")
    for wrong in (new / "gongkai.sqlite3", tmp_path / "other" / "gongkai.sqlite3"):
        shutil.copy(wrong, folder / "gongkai.sqlite3")
        assert "不是数据目录" in refused(folder)
    shutil.copy(tmp_path / "backup", folder / "gongkai.sqlite3")
    with serving(folder):
        pass


def test_a_database_that_knows_no_file_is_not_opened_beside_files(tmp_path: Path) -> None:
    (tmp_path / "files" / "kept" / "2026").mkdir(parents=True)
    (tmp_path / "files" / "kept" / "2026" / "abc").write_bytes(b"a file")
    ready(tmp_path)
    assert "files/kept" in refused(tmp_path)


def test_what_does_not_heal_is_told_longer_than_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.look import troubles

    monkeypatch.setattr(troubles, "_noted", {})
    now = [0.0]
    monkeypatch.setattr(troubles, "monotonic", lambda: now[0])
    troubles.note("corrupt")
    now[0] = 1.0
    troubles.note("disk")
    assert troubles.noted() == "disk"
    now[0] = 1000.0
    assert troubles.noted() == "corrupt"
