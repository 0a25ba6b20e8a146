"""内嵌的数据库 — Django's SQLite; whoever writes waits for a turn first (docs/adr/0023)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

from django.db.backends.sqlite3 import base

from gongkai.web import patience
from gongkai.web.settings.embedded.turns import Turns
from gongkai.web.whereabouts import GoneError, Whereabouts

_READING = ("SELECT", "PRAGMA", "EXPLAIN")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
turns = cache(Turns)


class DatabaseWrapper(base.DatabaseWrapper):
    """连接 — of one thread. It has the turn as long as a transaction is open that may write."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        name = self.settings_dict["NAME"]
        self._turns = None if self.is_in_memory_db() else turns(Path(f"{name}.turn"))
        self._whereabouts = None if self.is_in_memory_db() else Whereabouts(name)
        self._has_turn = False
        self._waits = -1

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """连上 — as patient as whoever asks; to the file that was there, where there was one."""
        self._waits = -1
        if self._whereabouts:
            conn_params = conn_params | {"database": self._whereabouts.opening()}
        return super().get_new_connection(conn_params | {"timeout": patience.left()})

    def is_usable(self) -> bool:
        """还能用 — also where its file is gone: what was deleted can be copied as long as somebody holds it open."""
        try:
            self._require_there()
        except GoneError:
            return True
        return super().is_usable()

    def _require_there(self) -> None:
        if self._whereabouts:
            self._whereabouts.require()

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 — as Django asks
        """游标 — one that waits."""
        return self.connection.cursor(factory=lambda connection: _Cursor(connection, self))

    @contextmanager
    def turn(self, statement: str) -> Iterator[None]:
        """轮到 — for a statement, and on to the end of what it begins. BusyError where others write for too long."""
        if not self.connection.in_transaction:
            self._require_there()
        begun, is_waiting = monotonic(), False
        try:
            if self._turns and not self._has_turn and not statement.lstrip()[:7].upper().startswith(_READING):
                is_waiting = True
                self._turns.take(patience.left())
                self._has_turn = True
                patience.spend(monotonic() - begun)
                begun, is_waiting = monotonic(), statement.startswith("BEGIN")
            self._wait_no_longer()
            yield
        except Exception as error:
            is_waiting = is_waiting or getattr(error, "sqlite_errorname", "").startswith(_BUSY)
            raise
        finally:
            if is_waiting:  # for others of this platform, or for a program that takes no turns
                patience.spend(monotonic() - begun)
            self._settle()

    def _wait_no_longer(self) -> None:
        """SQLite itself waits for programs that take no turns."""
        waits = int(patience.left() * 1000)
        if waits != self._waits:
            self.connection.execute(f"PRAGMA busy_timeout = {waits}")
            self._waits = waits

    def _settle(self) -> None:
        """A turn ends with its transaction: by whatever way that ended."""
        if self._has_turn and not self.connection.in_transaction:
            self._give_back()

    def _give_back(self) -> None:
        if self._turns and self._has_turn:
            self._has_turn = False
            self._turns.give_back()

    def _commit(self) -> None:
        try:
            self._require_there()
            super()._commit()  # type: ignore[misc]
        finally:
            self._settle()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._settle()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_back()


class _Cursor(base.SQLiteCursorWrapper):
    def __init__(self, connection: Any, wrapper: DatabaseWrapper) -> None:
        super().__init__(connection)
        self._wrapper = wrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self._wrapper.turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self._wrapper.turn(query):
            return super().executemany(query, param_list)
