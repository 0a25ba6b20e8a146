"""数据还在不在 — a data folder that was in use is not opened on an empty database, as if it were new.

What stands in `database` of the folder is which database it was used with; it is written once the tables are there.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from gongkai.web.serving.refusing import ServingError

NAME = "database"
EMPTY_FILE = (
    "数据库 {file} 是空的（0 字节），没有打开，什么也没有改。以前用过的：这个文件坏了，请用备份换上，再开；"
    "备份里的 files/kept 也一起。从来没有用过的：删掉这个空文件，再开。"
)
GONE = (
    "{folder} 是用过的数据目录（有 {traces}），可是它的数据库不在了：{database} 是空的或者没有。"
    "没有打开，什么也没有改。请把备份里的数据库放回来，或者把 GONGKAI_DATABASE_URL 设成原来的，再开；"
    "真要从头开始的，用 GONGKAI_DATA 换一个目录。"
)


def require_kept(folder: Path) -> None:
    """数据还在 — ServingError where the folder was in use and its database holds nothing; nothing is made by asking."""
    file = _file()
    if file is not None and file.is_file() and not file.stat().st_size:
        raise ServingError(EMPTY_FILE, file=file)
    traces = [name for name in (NAME, "files/kept") if _is_used(folder / name)]
    if traces and ((file and not file.exists()) or not connection.introspection.table_names()):
        raise ServingError(GONE, folder=folder, traces="、".join(traces), database=_told())


def note_kept(folder: Path) -> None:
    """记下 — which database the folder is used with, without its password; a full disk is told elsewhere."""
    path, told = folder / NAME, _told()
    with suppress(OSError):
        if not path.exists() or path.read_text(encoding="utf-8") != told:
            made = folder / f"{NAME}.{os.getpid()}"
            made.write_text(told, encoding="utf-8")
            made.replace(path)


def _file() -> Path | None:
    return Path(str(settings.DATABASES["default"]["NAME"])) if connection.vendor == "sqlite" else None


def _is_used(path: Path) -> bool:
    return path.is_file() or any(each.is_file() for each in path.rglob("*"))


def _told() -> str:
    at: dict[str, Any] = settings.DATABASES["default"]
    place = f"{at.get('HOST') or 'localhost'}:{at.get('PORT') or 5432}/{at['NAME']}"
    return Path(str(at["NAME"])).name if connection.vendor == "sqlite" else f"PostgreSQL {place}"
