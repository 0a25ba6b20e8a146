"""内嵌的数据库 — Django's SQLite; whoever writes waits for a turn first (docs/adr/0023)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.sqlite3 import base

from gongkai.web.settings.embedded.turns import Turns

_READING = ("SELECT", "PRAGMA", "EXPLAIN")
turns = cache(Turns)


class DatabaseWrapper(base.DatabaseWrapper):
    """连接 — of one thread. It has the turn as long as a transaction is open that may write."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._turns = None if self.is_in_memory_db() else turns(Path(f"{self.settings_dict['NAME']}.turn"))
        self._has_turn = False

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 — as Django asks
        """游标 — one that waits."""
        return self.connection.cursor(factory=lambda connection: _Cursor(connection, self))

    @contextmanager
    def turn(self, statement: str) -> Iterator[None]:
        """轮到 — for a statement, and on to the end of what it begins. BusyError where others write for too long."""
        if self._turns and not self._has_turn and not statement.lstrip()[:7].upper().startswith(_READING):
            self._turns.take(settings.WRITING_SECONDS)
            self._has_turn = True
        try:
            yield
        finally:
            self._settle()

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
