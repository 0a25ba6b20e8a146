"""看着后台 — keeps one worker running beside the platform: one that dies is replaced, and none outlives its parent."""

from __future__ import annotations

import logging
import multiprocessing
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection
from multiprocessing.context import SpawnProcess

import django

from gongkai.documents.isolation import end_with_parent

_LONG_ENOUGH = 60.0
_LOOK_SECONDS = 1.0
_LONGEST_PAUSE = 30.0
_FAREWELL = 5.0
_log = logging.getLogger(__name__)


@contextmanager
def beside() -> Iterator[None]:
    """在旁 — a worker is at work as long as the block lasts."""
    ends, end = multiprocessing.Pipe(duplex=False)
    # The first begins in this thread: a server that is forked while another thread is starting a process takes the
    # locks of that with it, and waits for ever when it wants to start one itself.
    keeper = threading.Thread(target=_keep, args=(ends, _begin("")), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        end.close()
        keeper.join()


def _begin(before: str) -> SpawnProcess:
    """A worker under a name of its own, at work from now on in the place of `before`."""
    name = f"{socket.gethostname()[:40]}:{secrets.token_hex(8)}"
    process = multiprocessing.get_context("spawn").Process(target=_work, name=name, args=(name, before), daemon=True)
    process.start()
    return process


def _keep(ends: connection.Connection, process: SpawnProcess) -> None:
    """One worker after the other; after a short life the next one waits, longer each time."""
    pause = 0.0
    while True:
        begun = time.monotonic()
        # Asked, not only waited for: a server forked at the wrong moment holds the sentinel open.
        while process.is_alive():
            if ends in connection.wait([process.sentinel, ends], _LOOK_SECONDS):
                _end(process)
                return
        pause = 0.0 if time.monotonic() - begun > _LONG_ENOUGH else min(2 * pause + 1, _LONGEST_PAUSE)
        _log.error("the worker %s has ended (%s); the next begins in %d s", process.name, process.exitcode, pause)
        if ends.poll(pause):
            return
        process = _begin(process.name)


def _end(process: SpawnProcess) -> None:
    process.terminate()
    process.join(_FAREWELL)
    if process.is_alive():
        process.kill()
        process.join()


def _work(name: str, before: str) -> None:
    """In the process of the worker. `before`: the one that it replaces, known to be dead."""
    end_with_parent()
    django.setup()
    from gongkai.web.worker import hearts, working  # noqa: PLC0415 — Django is set up just now

    if before:
        hearts.stop(before)
    working.work(name)
