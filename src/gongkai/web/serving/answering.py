"""应答了没有 — that the platform is open is said once its port answers, not before."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PAUSE, _PATIENCE = 0.1, 10.0
_ASKED = b"GET /health/ HTTP/1.0\r\nHost: localhost\r\n\r\n"
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104 — told apart, not listened on


@contextmanager
def told_once_it_answers(host: str, port: int, told: Callable[[], None]) -> Iterator[None]:
    """应答了才说 — `told` is called once somebody answers there, unless the block ends before."""
    is_over = threading.Event()
    # It takes no lock before the servers are forked that they would inherit: sockets alone (worker.keeping).
    thread = threading.Thread(target=_wait, args=((_EVERYWHERE.get(host, host), port), told, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join(2 * _PATIENCE)


def _wait(place: tuple[str, int], told: Callable[[], None], is_over: threading.Event) -> None:
    while not is_over.wait(_PAUSE):
        if _answers(place, is_over):
            told()
            return


def _answers(place: tuple[str, int], is_over: threading.Event) -> bool:
    """Any answer will do: the port listens before the servers behind it have begun."""
    try:
        with socket.create_connection(place, _PAUSE) as asked:
            asked.sendall(_ASKED)
            while not is_over.is_set():
                try:
                    return bool(asked.recv(1))
                except TimeoutError:
                    continue
    except OSError:
        pass
    return False
