"""排队 — requests wait for a thread in turn by visitor, and whoever has left waits no longer.

A visitor who asks for much at once is kept waiting by that alone: the next thread that is free goes to the visitor who
has waited longest for one.
"""

from __future__ import annotations

import asyncio
from collections import deque
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
    """一条队 — before some threads."""

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(threads, name)
        self._free = threads
        self._waiting: dict[str, deque[asyncio.Future[None]]] = {}

    async def run(self, visitor: str, receive: Receive, act: Callable[..., T], *given: Any) -> T:
        """轮到就办 — in a thread. GoneError where the visitor left before; BusyError where too much waits."""
        await self._turn(visitor, receive)
        loop = asyncio.get_running_loop()
        done = self._pool.submit(act, *given)
        # Not when the visitor's task ends: it may end before the thread is free.
        done.add_done_callback(lambda _: _told(loop, self._next))
        return await asyncio.wrap_future(done)

    async def _turn(self, visitor: str, receive: Receive) -> None:
        if self._free:
            self._free -= 1
            return
        line = self._waiting.setdefault(visitor, deque())
        if len(line) >= MOST_WAITING:
            raise BusyError
        waiter = asyncio.get_running_loop().create_future()
        line.append(waiter)
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
            self._next()
            return
        line = self._waiting[visitor]
        line.remove(waiter)
        if not line:
            del self._waiting[visitor]

    def _next(self) -> None:
        if not self._waiting:
            self._free += 1
            return
        visitor = next(iter(self._waiting))
        line = self._waiting.pop(visitor)
        line.popleft().set_result(None)
        if line:
            self._waiting[visitor] = line


def _told(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    with suppress(RuntimeError):  # the loop is closed: the platform ends
        loop.call_soon_threadsafe(act)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
