"""隔离 — one file, one process: what crashes, swallows memory or never ends costs that file alone.

Processes are forked from a server that has loaded the reader already (3 to 10 ms each); where the system cannot,
they are started afresh. When the platform ends, however it ends, they end with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable
from multiprocessing import connection
from multiprocessing.context import ForkServerContext, SpawnContext

MEMORY_BYTES = 4 * 1024**3
_KILLED_AFTER = 5


class Ended(Exception):  # noqa: N818 — how a process ended, not an error of the program
    """没有读完 — the process was ended before its work was done: `late` by us, or by itself."""

    def __init__(self, *, late: bool) -> None:
        super().__init__("late" if late else "crashed")
        self.late = late


def apart(work: Callable[..., None], *arguments: object, seconds: float) -> None:
    """隔离运行 — `work(*arguments)` in a process of its own. Ended, if it did not come to its end in time."""
    process = _context().Process(target=_child, args=(work, arguments), daemon=True)
    process.start()
    process.join(seconds)
    late = process.is_alive()
    if late:
        process.terminate()
        process.join(_KILLED_AFTER)
        if process.is_alive():
            process.kill()
            process.join()
    status = process.exitcode
    process.close()
    if late or status:
        raise Ended(late=late)


def end_with_parent() -> None:
    """同生共死 — this process ends when the one that started it does, even if that one was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gongkai.web.annual.outcomes", "gongkai.documents.pdf"])
    return context


def _child(work: Callable[..., None], arguments: tuple[object, ...]) -> None:
    end_with_parent()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 — not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    work(*arguments)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
