"""慢的访问者测速 — 64 visitors send a byte in two seconds: everybody else's answer with and without them.

A page, a check and a save of a draft, each asked in turn with and without the slow ones. Asked: at most twice.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._measure import line
from tests.web.clerks import Clerk, prepared
from tests.web.serving import free_port, start, stop

VISITORS, PAUSE, ROUNDS, EACH = 64, 2.0, 4, 15
ASKED = 2.0
_HEAD = (
    b"POST /check/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: 100000\r\n\r\n"
)


def main() -> None:
    """测速 — prints a ratio for each of what others do."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (session,) = prepared(folder, 1)
        server = start(folder, port)
        try:
            _measure(port, Clerk(port, session))
        finally:
            stop(server)


def _measure(port: int, clerk: Clerk) -> None:
    works = {"a page": lambda: _page(port, "/"), "the check desk": lambda: _page(port, "/check/"), "a save": clerk.save}
    times = {(name, beside): list[float]() for name in works for beside in (False, True)}
    for work in works.values():
        work()
    for _ in range(ROUNDS):
        _taken(works, times, beside=False)
        with _slow(port):
            _taken(works, times, beside=True)
    assert not clerk.refused, clerk.refused
    for name in works:
        alone, beside = (statistics.median(times[name, each]) for each in (False, True))
        line(f"{name} beside {VISITORS} slow visitors / alone", beside / alone, ASKED)
    print(f"    longest answer beside them: {max(max(times[name, True]) for name in works):.2f} s")


def _taken(works: dict, times: dict, *, beside: bool) -> None:  # type: ignore[type-arg]
    for _ in range(EACH):
        for name, work in works.items():
            begun = time.monotonic()
            work()
            times[name, beside].append(time.monotonic() - begun)


def _page(port: int, path: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    answer.read()
    connection.close()


@contextmanager
def _slow(port: int) -> Iterator[None]:
    """The slow ones, all connected; one that is told to go comes back."""
    ended = threading.Event()

    def send() -> None:
        sockets = [_connected(port) for _ in range(VISITORS)]
        there.set()
        while not ended.wait(PAUSE):
            for place, each in enumerate(sockets):
                try:
                    each.send(b"a")
                except OSError:
                    each.close()
                    sockets[place] = _connected(port)
        for each in sockets:
            each.close()

    there = threading.Event()
    thread = threading.Thread(target=send)
    thread.start()
    there.wait()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _connected(port: int) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port))
    made.sendall(_HEAD)
    return made


if __name__ == "__main__":
    main()
