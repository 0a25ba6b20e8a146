"""轮流写 — one writer at a time, first come first served, in a process and over processes (docs/adr/0023).

SQLite itself lets whoever looks at the right moment go first; somebody looks at the wrong one until time is up.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from django.db import OperationalError

from gongkai.web.locks import Locks

_DOOR, _ROOM = 0, 1
_LOOK_SECONDS = 0.002


class BusyError(OperationalError):
    """没有轮到 — others wrote for longer than a writer waits; nothing was written."""

    fault = "busy"


class Turns:
    """轮流写 — for one database file. `path`: a file beside it, which processes lock.

    Of each process one writer stands before the others': it passes the door first, and the door is shut behind it until
    the room is free. So a process with many writers does not overtake one with a single writer.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begin()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """As nobody waits and nobody writes: a child that is forked has no part in what its parent does."""
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_taken = False
        self._locks: Locks | None = None

    def take(self, seconds: float) -> None:
        """轮到 — returns when it is the caller's turn, who must give it back; BusyError after so many seconds."""
        until = monotonic() + seconds
        mine = threading.Lock()
        with self._mutex:
            if is_next := not self._is_taken:
                self._is_taken = True
            else:
                mine.acquire()
                self._waiting.append(mine)
        if not is_next and not mine.acquire(timeout=seconds) and self._leave(mine):
            raise BusyError("others are writing")
        try:
            self._enter(until)
        except BaseException:
            self._next()
            raise

    def give_back(self) -> None:
        """下一个 — the turn goes to whoever has waited longest."""
        if self._locks is not None:
            self._locks.free(_ROOM)
        self._next()

    def _leave(self, mine: threading.Lock) -> bool:
        """Whether the turn had not come in the very moment in which the time was up."""
        with self._mutex:
            if mine not in self._waiting:
                return False
            self._waiting.remove(mine)
            return True

    def _next(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _enter(self, until: float) -> None:
        """Past the writers of other processes. A folder that takes no file: the database itself will say why."""
        if self._locks is None:
            try:
                self._locks = Locks(self._path)
            except OSError:
                return
        locks = self._locks
        _wait(lambda: locks.take(_DOOR), until)
        try:
            _wait(lambda: locks.take(_ROOM), until)
        finally:
            locks.free(_DOOR)


def _wait(is_free: Callable[[], bool], until: float) -> None:
    while not is_free():
        if monotonic() >= until:
            raise BusyError("another process is writing")
        sleep(_LOOK_SECONDS)
