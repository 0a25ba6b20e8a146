"""日志 — what strangers send wrongly is one line and a count: nobody fills the log (GB/T 22239-2019 安全审计)."""

from __future__ import annotations

import logging
import threading
from time import monotonic

SECONDS = 60.0
_REFUSED = "django.security."
_LONGEST = 200


class Counted(logging.Filter):
    """一行和次数 — of each kind of refusal a line a minute, with how many more there were since; no traceback.

    A name under which the platform does not answer, a form without its mark: nothing that broke. Every other record
    passes as it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._told: dict[str, tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """记不记 — whether this record is written."""
        if not record.name.startswith(_REFUSED):
            return True
        with self._lock:
            at, more = self._told.get(record.name, (0.0, -1))
            if more >= 0 and monotonic() - at < SECONDS:
                self._told[record.name] = at, more + 1
                return False
            self._told[record.name] = monotonic(), 0
        said = record.getMessage()[:_LONGEST]
        record.msg, record.args = (f"{said} (and {more} more like it)" if more > 0 else said), ()
        record.exc_info = record.exc_text = None
        return True
