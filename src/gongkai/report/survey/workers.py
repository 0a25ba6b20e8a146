"""工人 — processes that do the work piece by piece, in order, and survive whatever is in the files.

A process may die of a file: a library that crashes, memory that runs out, a loop without end. The pieces of its task
are then done again one by one, each alone, so that the file to blame is known and costs nobody else.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import TypeVar

from gongkai.documents.isolation import end_with_parent, start_method

SECONDS = 300
"""一份文件的时限 — after these seconds the process that reads it is ended, whatever it is doing."""
MEMORY_BYTES = 4 * 1024**3
"""内存上限 — how much a process may have; more is a fault of the file that it reads."""
_PRELOADED = ("gongkai.report.survey.reading", "gongkai.report.survey.shards")
_AHEAD = 3  # tasks given out for each process, so that none waits

P = TypeVar("P")
R = TypeVar("R")
Work = Callable[[Sequence[P]], R]


class Watch:
    """看钟 — ends this very process when one file takes longer than SECONDS, even inside a library."""

    def begin(self) -> None:
        """开始一份 — the time counts anew."""
        if hasattr(signal, "SIGALRM"):
            signal.alarm(SECONDS)

    def __enter__(self) -> Watch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)


def default_count() -> int:
    """几个工人 — one for each core that this program may use."""
    with contextlib.suppress(AttributeError):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """工人 — `count` processes, ready for one kind of work after another; they end with the `with` block.

    They are started with it: forked from a program that has done nothing yet, they need load nothing again, and hold
    none of its files or locks.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        self._submit(len, ())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._renew()

    def each(self, work: Work[P, R], tasks: Iterable[Sequence[P]], lost: Callable[[P, bool], R]) -> Iterator[R]:
        """逐项 — the results of `work` on every task, a sequence of pieces, in order.

        Where a process died, there is one result for each piece of its task instead; `lost(piece, late)` makes that of
        a piece which ends its process even when it is alone, `late`: because it took too long.
        """
        coming = iter(tasks)
        waiting: deque[tuple[Sequence[P], Future[R]]] = deque()
        while True:
            while len(waiting) < self._count * _AHEAD and (task := next(coming, None)) is not None:
                waiting.append((task, self._submit(work, task)))
            if not waiting:
                return
            task, future = waiting.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                # With one process the whole pool is gone: what was waiting in it goes to a new one.
                self._renew()
                waiting = deque((t, f if _is_done(f) else self._submit(work, t)) for t, f in waiting)
                yield from _one_by_one(work, task, lost)

    def _submit(self, work: Work[P, R], task: Sequence[P]) -> Future[R]:
        if self._pool is None:
            self._pool = _pool(self._count)
        try:
            return self._pool.submit(work, task)
        except BrokenProcessPool as broken:
            failed: Future[R] = Future()
            failed.set_exception(broken)
            return failed

    def _renew(self) -> None:
        if self._pool is not None:
            _end(self._pool)
            self._pool = None


def _is_done(future: Future[R]) -> bool:
    return future.done() and not future.cancelled() and not isinstance(future.exception(), BrokenProcessPool)


def _one_by_one(work: Work[P, R], task: Sequence[P], lost: Callable[[P, bool], R]) -> Iterator[R]:
    pool = _pool(1)
    try:
        for piece in task:
            begin = time.monotonic()
            try:
                yield pool.submit(work, [piece]).result()
            except BrokenProcessPool:
                _end(pool)
                pool = _pool(1)
                yield lost(piece, time.monotonic() - begin >= SECONDS)
    finally:
        _end(pool)


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=start_method(*_PRELOADED), initializer=_begin)


def _end(pool: ProcessPoolExecutor) -> None:
    ours = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in ours:
        process.kill()


def _begin() -> None:
    """What a process does first: leave Ctrl-C to the one that started it, end with it, and keep within its memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGALRM"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    end_with_parent()
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 — not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))
