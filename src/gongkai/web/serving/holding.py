"""占着数据目录 — one platform in a data folder: its files, its clock and its readers are made for one."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from gongkai.web.locks import Locks
from gongkai.web.serving.refusing import ServingError

NO_FOLDER = "数据目录 {folder} 写不进去（{why}）。请检查磁盘和这个目录的权限，或者用环境变量 GONGKAI_DATA 换一个目录。"
NAME = "serving.lock"
_PLACE = 1024**2
"""Beyond what the file says: where a locked byte cannot be read, the rest can."""


@contextmanager
def held(folder: Path, address: str) -> Iterator[None]:
    """占着 — as long as the block lasts, or this process. ServingError where another holds the folder, by name.

    What a killed platform left behind is a file that nobody has locked: it stands in nobody's way.
    """
    try:
        locks = Locks(folder / NAME)
    except OSError as error:
        raise ServingError(NO_FOLDER, folder=folder, why=error.strerror) from None
    try:
        if not locks.take(_PLACE):
            raise _taken(folder, locks.read())
        since = datetime.now().astimezone()
        told = {"host": socket.gethostname(), "pid": os.getpid(), "since": f"{since:%Y-%m-%d %H:%M}"}
        with suppress(OSError):  # a full disk: who it is cannot be said, that it is held can
            locks.write(json.dumps(told | {"address": address}, ensure_ascii=False))
        yield
    finally:
        locks.close()


def _taken(folder: Path, said: str) -> ServingError:
    try:
        told = json.loads(said)
        values = {name: told[name] for name in ("host", "pid", "since", "address")}
    except (ValueError, TypeError, KeyError):
        return ServingError(
            "数据目录 {folder} 已经有一个平台在用。一个目录只能开一个平台：请先停下那一个，"
            "或者用环境变量 GONGKAI_DATA 换一个目录。",
            folder=folder,
        )
    return ServingError(
        "数据目录 {folder} 已经有一个平台在用：{host} 上的进程 {pid}，{since} 打开，地址 {address}。"
        "一个目录只能开一个平台：请先停下那一个，或者用环境变量 GONGKAI_DATA 换一个目录。",
        folder=folder,
        **values,
    )
