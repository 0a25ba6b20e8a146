"""数据还在不在 — a data folder that was in use is not opened on an empty database, as if it were new.

What stands in `database` of the folder is which database it was used with, and the digest of the first entry of its
journal, by which it is known for the same: both are written once the tables are there, and when the platform ends.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection

from gongkai.web.serving.refusing import ServingError
from gongkai.web.whereabouts import USED, remember

_KEPT = "files/kept"
EMPTY_FILE = (
    "数据库 {file} 是空的（0 字节），没有打开，什么也没有改。以前用过的：这个文件坏了，请用备份换上，再开；"
    "备份里的 files/kept 也一起。从来没有用过的：删掉这个空文件，再开。"
)
GONE = (
    "{folder} 是用过的数据目录（有 {traces}），可是它的数据库不在了：{database} 是空的或者没有。"
    "没有打开，什么也没有改。请把备份里的数据库放回来，或者把 GONGKAI_DATABASE_URL 设成原来的，再开；"
    "真要从头开始的，用 GONGKAI_DATA 换一个目录。"
)
FOREIGN = (
    "数据库 {database} 不是数据目录 {folder} 用过的那一个（{why}）。没有打开，什么也没有改。"
    "放错了的，请换上原来的或者它的备份，再开；确实要用这一个的，先看清楚，再删掉 {note}，再开。"
)
ANOTHER_JOURNAL = "办理记录的第一条不一样"
NO_FILES_KNOWN = "files/kept 里有附件，它一件也不知道"


def require_kept(folder: Path) -> None:
    """数据还在 — ServingError where the folder was in use and its database holds nothing; nothing is made by asking."""
    file = _file()
    if file is not None and file.is_file() and not file.stat().st_size:
        raise ServingError(EMPTY_FILE, file=file)
    traces = [name for name in (USED, _KEPT) if _is_used(folder / name)]
    tables = [] if not traces or (file and not file.exists()) else connection.introspection.table_names()
    if traces and not tables:
        raise ServingError(GONE, folder=folder, traces="、".join(traces), database=_told())
    if traces and (why := _strange(folder, tables)):
        raise ServingError(FOREIGN, folder=folder, database=_told(), why=why, note=folder / USED)


def note_kept(folder: Path) -> None:
    """记下 — which database the folder is used with, without its password; a full disk is told elsewhere."""
    with suppress(OSError, DatabaseError):
        first = _first(connection.introspection.table_names())
        path, told = folder / USED, f"{_told()}\n{first}".strip()
        if not path.exists() or path.read_text(encoding="utf-8") != told:
            made = folder / f"{USED}.{os.getpid()}"
            made.write_text(told, encoding="utf-8")
            made.replace(path)


def watch_over() -> None:
    """看住 — from now on no process of this platform takes another file for its own. Our connection stays open."""
    if (file := _file()) is not None:
        connection.ensure_connection()
        remember(file)


def _strange(folder: Path, tables: list[str]) -> str:
    """Why it cannot be the database that the folder was used with; empty where it may be."""
    first = (folder / USED).read_text(encoding="utf-8").partition("\n")[2] if (folder / USED).is_file() else ""
    if first and first != _first(tables):
        return ANOTHER_JOURNAL
    file = apps.get_model("files", "File")
    if _is_used(folder / _KEPT) and (file._meta.db_table not in tables or not file.objects.exists()):
        return NO_FILES_KNOWN
    return ""


def _first(tables: list[str]) -> str:
    """The digest of the first entry: nothing is ever put before it."""
    entry = apps.get_model("journal", "Entry")  # the models may be imported once Django is set up
    if entry._meta.db_table not in tables:
        return ""
    return entry.objects.order_by("id").values_list("digest", flat=True).first() or ""


def _file() -> Path | None:
    return Path(str(settings.DATABASES["default"]["NAME"])) if connection.vendor == "sqlite" else None


def _is_used(path: Path) -> bool:
    return path.is_file() or any(each.is_file() for each in path.rglob("*"))


def _told() -> str:
    at: dict[str, Any] = settings.DATABASES["default"]
    place = f"{at.get('HOST') or 'localhost'}:{at.get('PORT') or 5432}/{at['NAME']}"
    return Path(str(at["NAME"])).name if connection.vendor == "sqlite" else f"PostgreSQL {place}"
