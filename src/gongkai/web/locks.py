"""文件锁 — bytes of a file that one process holds at a time; the system frees them when that process ends, however."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int, place: int) -> None:
        os.lseek(fd, place, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _unlock(fd: int, place: int) -> None:
        os.lseek(fd, place, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    # Locks of the process, not of the open file: a child that is forked does not hold them too.
    def _lock(fd: int, place: int) -> None:
        fcntl.lockf(fd, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)

    def _unlock(fd: int, place: int) -> None:
        fcntl.lockf(fd, fcntl.LOCK_UN, 1, place)


class Locks:
    """文件锁 — of one file, opened once in a process: closing it would free whatever the process holds in it.

    OSError where the file can be neither opened nor made.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, place: int) -> bool:
        """锁上 — the byte at a place, at once or not at all; whether it is ours now."""
        try:
            _lock(self._fd, place)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def free(self, place: int) -> None:
        """放开 — a byte that is ours."""
        _unlock(self._fd, place)

    def write(self, text: str) -> None:
        """写明 — what the file says from now on; through the one opening of it."""
        data = text.encode("utf-8")
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        os.write(self._fd, data)

    def read(self) -> str:
        """写的什么 — at most a page of it."""
        os.lseek(self._fd, 0, os.SEEK_SET)
        return os.read(self._fd, 4096).decode("utf-8", "replace")

    def close(self) -> None:
        """关上 — all of its bytes are free."""
        os.close(self._fd)
