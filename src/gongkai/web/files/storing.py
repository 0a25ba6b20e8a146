"""存放 — bytes under names of our own making: in a folder of this machine, or in an S3-compatible store by setting.

A file is in its place whole or not at all. No name of anybody's is ever part of a path.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File as Opened
from django.core.files.storage import FileSystemStorage, Storage, storages

PURGED = "purged/"
"""已销毁 — how the names begin under which nothing is kept any more (保密法 第四十七条)."""
_OURS = re.compile(r"\d{4}/\d{2}/[0-9a-f]{32}")


class Folder(FileSystemStorage):
    """文件夹 — of this machine; what is put into it is moved there from beside, on the same disk."""

    def take(self, path: Path, name: str) -> None:
        """收进 — the file at `path`, which is gone afterwards; the folder itself is written to the disk."""
        place = Path(self.path(name))
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _move(path, place, Path(self.location) / "arriving")
        if hasattr(os, "O_DIRECTORY"):
            folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _move(path: Path, place: Path, folder: Path) -> None:
    """At once on one disk; from another it is copied to `folder` first: half of it never stands in its place."""
    try:
        path.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = folder / secrets.token_hex(16)
        with path.open("rb") as source, beside.open("xb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        beside.replace(place)
        path.unlink()


def store() -> Storage:
    """存放处 — as the settings have it."""
    return storages["files"]


def new_name(now: datetime) -> str:
    """存放名 — year and month, so that no folder grows without end, and 128 random bits."""
    return f"{now:%Y/%m}/{secrets.token_hex(16)}"


def put(path: Path, name: str) -> None:
    """放进 — the file at `path` under a name of `new_name`. It stays when a transaction fails: the sweep removes it."""
    kept = store()
    if isinstance(kept, Folder):
        kept.take(path, name)
    else:
        with path.open("rb") as file:
            kept.save(name, Opened(file))


def opened(name: str) -> IO[bytes]:
    """打开 — the bytes under a name. FileNotFoundError where they are missing, in whatever store."""
    kept = store()
    if not kept.exists(name):
        raise FileNotFoundError(name)
    if not isinstance(kept, Folder):  # what comes from elsewhere is buffered there
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    file: Any = kept.open(name, "rb")
    return file  # type: ignore[no-any-return]


def copy_out(name: str, path: Path) -> None:
    """取出 — a copy of the bytes at `path`, for a process that may read nothing else."""
    with opened(name) as source, path.open("xb") as target:
        shutil.copyfileobj(source, target)


def remove(name: str) -> None:
    """删除 — the bytes under a name."""
    store().delete(name)


def months() -> list[str]:
    """各月 — the folders in which something is kept, as `2026/03`."""
    return [f"{year}/{month}" for year in _folders("") for month in _folders(year)]


def names(month: str) -> list[str]:
    """一个月的存放名 — whatever of ours lies in its folder."""
    return [name for file in store().listdir(month)[1] if _OURS.fullmatch(name := f"{month}/{file}")]


def state(name: str) -> tuple[object, ...]:
    """状态 — of the bytes under a name: another one as soon as they are written again, by whatever hand.

    FileNotFoundError where they are missing.
    """
    kept = store()
    if isinstance(kept, Folder):
        seen = Path(kept.path(name)).stat()
        return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino
    if not kept.exists(name):
        raise FileNotFoundError(name)
    return kept.size(name), kept.get_modified_time(name)


def kept_since(name: str) -> datetime:
    """放进的时间 — of the bytes under a name."""
    return store().get_modified_time(name)


def _folders(path: str) -> list[str]:
    try:
        return sorted(store().listdir(path)[0])
    except FileNotFoundError:
        return []
