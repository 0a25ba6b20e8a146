"""机器出毛病 — disk, database and clock fail: a sentence, nothing half done, /health/ tells; then all works again."""

from __future__ import annotations

import errno
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.serving import apart, ready

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "full_database": (507, "disk", "磁盘满了"),
    "full_files": (507, "disk", "磁盘满了"),
    "readonly_database": (503, "readonly", "只能看"),
    "readonly_folder": (503, "readonly", "只能看"),
    "locked": (503, "busy", "没有轮到"),
    "busy": (503, "busy", "没有轮到"),
    "clock": (503, "clock", "时钟不对"),
}
UNREAD = {"full_files", "readonly_folder"}
"""The form itself could not be taken in: there is nothing to show, the browser has it."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("faulty")
    for path in (folder, *folder.parents[:2]):
        path.chmod(0o755)
    given = apart(ready(folder / "data"), PYTHONPATH=str(ROOT))
    program = [sys.executable, "-m", "tests.web.faulty"]
    done = subprocess.run(program, env=given, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr[-3000:]
    loaded: dict[str, Any] = json.loads(done.stdout)
    assert loaded.pop("well")["status"] == 302
    assert loaded.keys() == EXPECTED.keys()
    return loaded


@pytest.mark.parametrize("name", EXPECTED)
def test_a_fault_of_the_machine_is_a_sentence_and_nothing_is_half_done(told: dict[str, Any], name: str) -> None:
    found, (status, health, said) = told[name], EXPECTED[name]
    assert (found["status"], found["health"][0], found["health"][1]["status"]) == (status, 503, health)
    assert said in found["page"]
    assert found["health"][1]["remedy"]
    assert ("现将实施方案印发给你们" in found["page"]) == (name not in UNREAD)
    assert "“后退”" in found["page"] or name not in UNREAD
    assert "还在，从收下起" not in found["page"], "that is of the check desk"
    assert found["verify"] == 0
    # Of the item nothing; its file is an act of its own, done wholly (bytes, row, two entries) or not at all.
    created = [after - before for after, before in zip(found["after"], found["before"], strict=True)]
    assert created in ([0, 0, 0, 0], [0, 0, 1, 2])
    assert (found["again"], found["swept"]) == (302, [0, 0])
    assert found["freed"] == 200 or name not in ("locked", "busy"), "nobody waits any more"
    assert found["read"] == 200, "whoever is signed in reads on, though no visit can be noted"


def test_every_fault_says_what_there_is_to_try_and_to_do() -> None:
    from gongkai.web.look.troubles import FAULTS

    assert {each for _, each, _ in EXPECTED.values()} | {"database", "gone", "corrupt"} == FAULTS.keys()
    for name, each in FAULTS.items():
        assert (each.status >= 503, bool(each.what), bool(each.advice), bool(each.remedy)) == (True,) * 4, name


@pytest.mark.parametrize(
    ("number", "name"),
    [
        (errno.ENOSPC, "disk"), (errno.EDQUOT, "disk"), (errno.EFBIG, "disk"),
        (errno.EROFS, "readonly"), (errno.EACCES, "readonly"), (errno.EPERM, "readonly"),
        (errno.ENOENT, ""), (errno.ECONNRESET, ""), (errno.EPIPE, ""),
    ],
)  # fmt: skip
def test_what_the_system_refuses_is_known_by_its_number(number: int, name: str) -> None:
    from gongkai.web.look.troubles import fault

    assert fault(OSError(number, "")) == name
    about_it = ValueError()
    about_it.__cause__ = OSError(number, "")
    assert fault(about_it) == name


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("SQLITE_FULL", "disk"), ("SQLITE_BUSY", "busy"), ("SQLITE_BUSY_SNAPSHOT", "busy"), ("SQLITE_LOCKED", "busy"),
        ("SQLITE_READONLY", "readonly"), ("SQLITE_READONLY_DBMOVED", "readonly"), ("SQLITE_CANTOPEN", "readonly"),
        ("SQLITE_IOERR_WRITE", "database"),
        ("SQLITE_CORRUPT_INDEX", "corrupt"), ("SQLITE_NOTADB", "corrupt"),
        ("53100", "disk"), ("25006", "readonly"), ("55P03", "busy"),
        ("40P01", "busy"), ("57014", "busy"), ("57P03", "database"), ("08006", "database"),
    ],
)  # fmt: skip
def test_what_a_database_refuses_is_known_by_its_code(said: str, name: str) -> None:
    from django.db import OperationalError

    from gongkai.web.look.troubles import fault

    error, cause = OperationalError("?"), sqlite3.OperationalError("?")
    setattr(cause, "sqlite_errorname" if said.startswith("SQLITE") else "sqlstate", said)
    error.__cause__ = cause
    assert fault(error) == name


def test_a_mistake_of_ours_is_no_fault_of_the_machine() -> None:
    from django.db import IntegrityError, ProgrammingError

    from gongkai.web.look.troubles import fault

    for error in (None, ValueError(), IntegrityError(), ProgrammingError(), KeyError("fault")):
        assert fault(error) == ""
