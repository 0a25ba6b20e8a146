"""连接太多 — where the table of connections fills, whoever holds most of it gives up first (GB/T 22239-2019).

A connection costs nobody anything until it is one too many: then the server takes no new one from anywhere. So while
more than half of the table is taken, the places that hold most are cut down to what is left for each: those of their
connections that never sent a byte go first, then those that have been still for longest. Proxies of ours bring many
visitors over few connections and are not cut.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any, NamedTuple

from gongkai.web.look.visitors import is_proxy, seen_address

MOST = 4096
"""最多几条连接 — of the whole platform."""
_OTHER_FILES = 512
"""Files that a process has open beside its connections, and room."""
_SECONDS, _OPEN = 0.25, Path("/dev/fd")
_INFO, _SENT_AGO, _RECEIVED_AGO, _BYTES = 136, 44, 52, 128
"""Where Linux tells of a connection when it last sent and received, in ms, and how much it received (`tcp_info`)."""


class Held(NamedTuple):
    """占着的连接 — its number in this process, the other end, and from which place that is.

    `sent_any`: whether a byte ever came; `still`: milliseconds since anything moved on it.
    """

    number: int
    peer: Any
    place: str
    sent_any: bool
    still: int


def most_connections() -> int:
    """最多几条连接 — MOST, or what the system allows this process to open; its soft limit is raised for them."""
    try:
        import resource  # noqa: PLC0415 — not on every system
    except ImportError:
        return MOST
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST + _OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return MOST if soft == resource.RLIM_INFINITY else max(1, min(MOST, soft - min(_OTHER_FILES, soft // 2)))


def watch(most: int) -> None:
    """看着 — as long as this process lasts."""
    threading.Thread(target=_watch, args=(most,), name="crowding", daemon=True).start()


def _watch(most: int) -> None:
    while True:
        time.sleep(_SECONDS)
        with suppress(OSError):  # no file can be opened at this moment
            thin(most // 2)


def thin(most: int) -> int:
    """腾出来 — connections beyond `most` are ended; how many were."""
    numbers = _numbers()
    if len(numbers) <= most:
        return 0
    return sum(_end(each) for each in surplus(list(_held(numbers)), most))


def surplus(held: Iterable[Held], most: int) -> list[Held]:
    """多出来的 — what has to go so that `most` stay: no place loses any that holds no more than another keeps."""
    places: dict[str, list[Held]] = defaultdict(list)
    for each in held:
        places[each.place].append(each)
    level = _level(sorted(map(len, places.values())), most)
    gone: list[Held] = []
    for of_place in places.values():
        of_place.sort(key=lambda each: (each.sent_any, -each.still))
        gone += of_place[: max(0, len(of_place) - level)]
    return gone


def _level(counts: Sequence[int], most: int) -> int:
    """How many each place may keep: what those leave that hold little is shared by the others."""
    left = most
    for number, count in enumerate(counts):
        share = left // (len(counts) - number)
        if count > share:
            return share
        left -= count
    return most


def _numbers() -> list[int]:
    return [int(each.name) for each in _OPEN.iterdir()] if _OPEN.is_dir() else []


class _Borrowed:
    """A socket of the server, looked at and given back. It is not copied: to close a copy of what has become a file
    meanwhile would end the locks that this process has on it."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> socket.socket:
        self._socket = socket.socket(fileno=self._number)  # OSError where it is a file
        return self._socket

    def __exit__(self, *_: object) -> None:
        self._socket.detach()


def _held(numbers: Iterable[int]) -> Iterator[Held]:
    """Connections to the ports on which this process listens, but for those of our proxies."""
    found, ports = [], set()
    for number in numbers:
        with suppress(OSError), _Borrowed(number) as each:
            if each.family not in (socket.AF_INET, socket.AF_INET6) or each.type != socket.SOCK_STREAM:
                continue
            port = each.getsockname()[1]
            if each.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                ports.add(port)
            else:
                found.append((port, number, each.getpeername(), *_told(each)))
    for port, number, peer, sent_any, still in found:
        if port in ports and not is_proxy(peer[0]):
            yield Held(number, peer, _place(peer[0]), sent_any, still)


def _told(connection: socket.socket) -> tuple[bool, int]:
    if not hasattr(socket, "TCP_INFO"):
        return True, 0
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _INFO)
    if len(info) < _INFO:
        return True, 0
    sent, received = (struct.unpack_from("I", info, place)[0] for place in (_SENT_AGO, _RECEIVED_AGO))
    return struct.unpack_from("Q", info, _BYTES)[0] > 0, min(sent, received)


def _place(address: str) -> str:
    """The network that one subscriber has: with IPv6 that is the first half of the address."""
    seen = seen_address(address, "") or address
    with suppress(ValueError):
        if ip_address(seen).version == 6:
            return str(ip_network((seen, 64), strict=False))
    return seen


def _end(each: Held) -> bool:
    with suppress(OSError), _Borrowed(each.number) as connection:
        if connection.getpeername() == each.peer:
            connection.shutdown(socket.SHUT_RDWR)
            return True
    return False
