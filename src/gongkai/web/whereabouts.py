"""数据库在不在原处 — the file of a platform in use is never made anew, and nothing is written to one that was moved.

SQLite goes on writing to a file that has no name any more, and makes an empty one for whoever connects next: what is
saved there is lost at the next start (docs/adr/0023).
"""

from __future__ import annotations

import os
from pathlib import Path

from django.db import OperationalError

USED = "database"
"""用过的记号 — a file beside the database, written once its tables are there (`serving.lasting`)."""
KNOWN = "GONGKAI_DATABASE_FILE"
"""原来的文件 — of the environment: which files the platform opened at its start; told to all of its processes."""
UNKNOWN = "?"
_PARTS = ("", "-wal", "-shm")


class GoneError(OperationalError):
    """不在原处 — the file, or what SQLite keeps beside it, was moved, deleted or replaced; nothing was written."""

    fault = "gone"


class Whereabouts:
    """在不在原处 — of the file of one connection, and of what is kept beside it as long as the connection lasts."""

    def __init__(self, path: str | Path) -> None:
        self._paths = [f"{path}{part}" for part in _PARTS]
        self._seen = [""] * len(_PARTS)

    def opening(self) -> str:
        """要打开的 — as SQLite is told: it may make the file where there was none yet. GoneError where there was."""
        known = os.environ.get(KNOWN, "")
        self._seen = known.split() if known else [""] * len(_PARTS)
        file = Path(self._paths[0])
        if known or (file.parent / USED).is_file():
            if not file.is_file():
                raise GoneError(f"{file} is gone")
            self.require()
            return f"{file.absolute().as_uri()}?mode=rw"
        return str(file)

    def require(self) -> None:
        """还在原处 — GoneError where any of them is not what was seen first; a look costs some microseconds."""
        for place, path in enumerate(self._paths):
            now, seen = identity(path), self._seen[place]
            if now in (seen, UNKNOWN):
                continue
            if seen:
                raise GoneError(f"{path} is gone or was replaced")
            self._seen[place] = now


def remember(path: str | Path) -> None:
    """记住 — for every process begun from here. One connection must stay open until they end: the last one that is
    closed takes away what is beside the file."""
    seen = [identity(f"{path}{part}") for part in _PARTS]
    if all(seen) and UNKNOWN not in seen:
        os.environ[KNOWN] = " ".join(seen)


def identity(path: str | Path) -> str:
    """哪个文件 — by its number on the disk; empty where there is none, UNKNOWN where the system does not tell."""
    try:
        told = os.stat(path)  # noqa: PTH116 — before each statement: no object is made for it
    except FileNotFoundError:
        return ""
    except OSError:
        return UNKNOWN
    return f"{told.st_dev}:{told.st_ino}"
