"""排队 — requests wait for a thread in turn by visitor, and whoever has left waits no longer.

A visitor who asks for much at once is kept waiting by that alone: the next thread that is free goes to the visitor who
has waited longest for one.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from gongkai.web.serving.receiving import GoneError, Receive

T = TypeVar("T")
MOST_WAITING = 256
"""一个人最多排几个 — requests of one visitor; what comes on top is told so at once."""


class BusyError(Exception):
    """排得太多 — a visitor has as many requests waiting as one may have."""


class Line:
    """一条队 — before some threads, of which one visitor holds half at most, or no more than `most`."""

    def __init__(self, threads: int, name: str, most: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(threads, name)
        self._free, self._most = threads, max(1, min(threads // 2, most or threads))
        self._held: Counter[str] = Counter()
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def run(self, visitor: str, receive: Receive, act: Callable[..., T], *given: Any) -> T:
        """轮到就办 — in a thread. GoneError where the visitor left before; BusyError where too much waits."""
        await self._turn(visitor, receive)
        loop = asyncio.get_running_loop()
        done = self._pool.submit(act, *given)
        # Not when the visitor's task ends: it may end before the thread is free.
        done.add_done_callback(lambda _: _told(loop, self._give_back, visitor))
        return await asyncio.wrap_future(done)

    async def _turn(self, visitor: str, receive: Receive) -> None:
        line = self._waiting.setdefault(visitor, deque())
        if len(line) >= MOST_WAITING:
            raise BusyError
        waiter = asyncio.get_running_loop().create_future()
        line.append(waiter)
        self._give()
        if waiter.done():
            return
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait((waiter, gone), return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                raise GoneError
        except BaseException:
            self._leave(visitor, waiter)
            raise
        finally:
            gone.cancel()

    def _leave(self, visitor: str, waiter: asyncio.Future[None]) -> None:
        if waiter.done():  # the turn had come
            self._give_back(visitor)
            return
        line = self._waiting[visitor]
        line.remove(waiter)
        if not line:
            del self._waiting[visitor]

    def _give_back(self, visitor: str) -> None:
        self._free += 1
        self._held[visitor] -= 1
        self._held += Counter()  # without those who hold none
        self._give()

    def _give(self) -> None:
        """Each free thread to the visitor who has waited longest for one and holds few enough."""
        while self._free:
            visitor = next((each for each in self._waiting if self._held[each] < self._most), None)
            if visitor is None:
                return
            line = self._waiting.pop(visitor)
            line.popleft().set_result(None)
            self._free -= 1
            self._held[visitor] += 1
            if line:
                self._waiting[visitor] = line


def _told(loop: asyncio.AbstractEventLoop, act: Callable[[str], None], visitor: str) -> None:
    with suppress(RuntimeError):  # the loop is closed: the platform ends
        loop.call_soon_threadsafe(act, visitor)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
