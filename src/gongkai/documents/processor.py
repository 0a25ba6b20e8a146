"""轮到处理器 — how long a process worked, without the time in which the machine was busy with others.

Limits of seconds are for files that are too much, not for machines that have too much to do. Linux tells how long each
thread stood ready and was kept waiting; elsewhere all time counts.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from time import monotonic

LONGEST = 5
"""最多等几倍 — of its seconds, a piece of work is waited for on the busiest machine."""


class Watch:
    """秒表 — of one process and those that it begins; in each counts the thread that was kept waiting most.

    A process that waits for another is not kept waiting itself: what the other was counts for both.
    """

    def __init__(self, pid: int | None = None) -> None:
        self._pid = pid or os.getpid()
        self._begun, self._before = monotonic(), _kept_waiting(self._pid)

    def passed(self) -> float:
        """过了几秒 — by the clock."""
        return monotonic() - self._begun

    def had(self) -> float:
        """轮到几秒 — no more than passed."""
        kept: dict[str, float] = {}
        for (process, thread), seconds in _kept_waiting(self._pid).items():
            since = seconds - self._before.get((process, thread), 0.0)
            kept[process] = max(kept.get(process, 0.0), since)
        return max(self.passed() - sum(kept.values()), 0.0)

    def left(self, seconds: float) -> float:
        """还给几秒 — until a piece of work has had its seconds, or the machine is too busy to wait for."""
        return max(min(seconds - self.had(), seconds * LONGEST - self.passed()), 0.0)

    def is_starved(self, seconds: float) -> bool:
        """没有轮够 — whether it is for the machine that the work did not have its seconds."""
        return self.had() < seconds and self.passed() > seconds


def _kept_waiting(pid: int | str) -> dict[tuple[str, str], float]:
    """Seconds by process and thread."""
    told: dict[tuple[str, str], float] = {}
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError, ValueError, IndexError):  # it has just ended
                told[str(pid), thread.name] = int((thread / "schedstat").read_text("ascii").split()[1]) / 1e9
                for child in (thread / "children").read_text("ascii").split():
                    told |= _kept_waiting(child)
    return told
