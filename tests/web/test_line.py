"""排队 — one visitor's many requests keep nobody else waiting, and who left is not worked for (GB/T 22239-2019)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from gongkai.web.serving.line import MOST_WAITING, BusyError, Line
from gongkai.web.serving.receiving import GoneError


async def staying() -> dict[str, Any]:
    await asyncio.Event().wait()
    raise AssertionError


async def leaving() -> dict[str, Any]:
    return {"type": "http.disconnect"}


class Work:
    """活 — what was done for whom, in order; it goes on once it is let."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.go = Event()

    def __call__(self, name: str) -> str:
        assert self.go.wait(30)
        self.done.append(name)
        return name


def told(story: Callable[[Line, Work], Any], threads: int = 1) -> Work:
    work = Work()

    async def run() -> None:
        await story(Line(threads, "test"), work)

    asyncio.run(run())
    return work


async def asked(line: Line, work: Work, *visitors: str) -> list[asyncio.Task[str]]:
    """Tasks that stand in the line in this order."""
    tasks = []
    for number, visitor in enumerate(visitors):
        tasks.append(asyncio.create_task(line.run(visitor, staying, work, f"{visitor}{number}")))
        await asyncio.sleep(0)
    return tasks


def test_the_next_thread_goes_to_the_visitor_who_waits_and_not_to_the_one_who_asks_for_most() -> None:
    async def story(line: Line, work: Work) -> None:
        tasks = await asked(line, work, *"aaaaabac", "")
        work.go.set()
        await asyncio.gather(*tasks)

    assert told(story).done == ["a0", "a1", "b5", "c7", "8", "a2", "a3", "a4", "a6"]


def test_who_left_while_waiting_is_not_worked_for() -> None:
    async def story(line: Line, work: Work) -> None:
        first = await asked(line, work, "a")
        left = [asyncio.create_task(line.run("b", leaving, work, "left")) for _ in range(50)]
        for each in left:
            with pytest.raises(GoneError):
                await each
        last = await asked(line, work, "b")
        work.go.set()
        await asyncio.gather(*first, *last)
        assert await line.run("c", staying, work, "after") == "after"

    assert told(story).done == ["a0", "b0", "after"]


def test_a_visitor_with_too_many_requests_is_told_and_others_come_in() -> None:
    async def story(line: Line, work: Work) -> None:
        tasks = await asked(line, work, *("a" * (MOST_WAITING + 1)))
        with pytest.raises(BusyError):
            await line.run("a", staying, work, "too many")
        tasks += await asked(line, work, "b")
        work.go.set()
        await asyncio.gather(*tasks)

    work = told(story)
    assert "too many" not in work.done
    assert work.done.index("b0") == 2, "after the one that was in work, and one of the other"


def test_a_visitor_holds_half_of_the_threads_at_most() -> None:
    async def story(line: Line, work: Work) -> None:
        tasks = await asked(line, work, *("a" * 20))
        free = Work()
        free.go.set()
        assert await line.run("b", staying, free, "at once") == "at once"
        work.go.set()
        await asyncio.gather(*tasks)

    told(story, 4)


@pytest.mark.parametrize(("threads", "most", "held"), [(8, None, 4), (8, 2, 2), (2, 2, 1), (1, 2, 1), (3, None, 1)])
def test_a_visitor_holds_no_more_threads_than_that(threads: int, most: int | None, held: int) -> None:
    async def story() -> None:
        line, work = Line(threads, "test", most), Work()
        tasks = await asked(line, work, *("a" * 20))
        assert line._free == threads - held
        work.go.set()
        await asyncio.gather(*tasks)
        assert line._free == threads

    asyncio.run(story())


@pytest.mark.parametrize("threads", [1, 3])
def test_whatever_is_cancelled_no_thread_is_lost(threads: int) -> None:
    async def story(line: Line, work: Work) -> None:
        tasks = await asked(line, work, *("abc" * 10))
        for each in tasks[::2]:
            each.cancel()
        await asyncio.gather(*tasks[::2], return_exceptions=True)
        work.go.set()
        await asyncio.gather(*tasks[1::2])
        done = await asyncio.gather(*await asked(line, work, *("d" * 20)))
        assert len(done) == 20
        assert line._free == threads

    told(story, threads)
