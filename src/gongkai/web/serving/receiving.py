"""收请求 — takes in the whole of a request before anybody works on it: who sends slowly waits alone (GB/T 22239-2019).

A body goes to memory, and past a little to disk. Bounds of time, of rate and of room hold for each visitor and for all
together; what passes one is told in a sentence.
"""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any

Receive = Callable[[], Awaitable[dict[str, Any]]]
_IN_MEMORY = 256 * 1024
_SMALL = 1024**2
"""So much every address may hold, however full the disk is said to be."""
_BLOCK = 64 * 1024


class RefusedError(Exception):
    """不收 — why a body is not taken in: the status that a page explains."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class GoneError(Exception):
    """走了 — the visitor has closed the connection."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """收请求的界限 — seconds, bytes in a second, and bytes on disk of one body, one address and all."""

    folder: Path
    most_bytes: int
    silent_seconds: float = 30
    least_rate: float = 1024
    free_share: float = 0.2
    address_share: float = 0.5
    patient_seconds: float = 20


@dataclass(slots=True)
class Receiver:
    """收请求 — one in a process: it knows how much is arriving, and from where."""

    bounds: Bounds
    _held: Counter[str] = field(default_factory=Counter)

    async def whole(self, receive: Receive, address: str, most: int) -> Body:
        """收全 — the body, to be closed; RefusedError past a bound, GoneError where the visitor leaves."""
        body = Body(self, address)
        try:
            await self._take(receive, body, most)
        except BaseException:
            body.close()
            raise
        body.file.seek(0)
        return body

    async def _take(self, receive: Receive, body: Body, most: int) -> None:
        begun, bounds = monotonic(), self.bounds
        while True:
            left = bounds.silent_seconds
            if (late := monotonic() - begun - bounds.patient_seconds) > 0:
                left = min(left, max(body.size / bounds.least_rate - late, 0))
            try:
                event = await asyncio.wait_for(receive(), left)
            except TimeoutError:
                raise RefusedError(408) from None
            if event["type"] == "http.disconnect":
                raise GoneError
            if chunk := event.get("body", b""):
                if body.size + len(chunk) > most:
                    raise RefusedError(413)
                body.add(chunk)
            if not event.get("more_body"):
                return

    def hold(self, address: str, before: int, after: int) -> None:
        """占着的 — count what a body has on disk from now on; RefusedError where there is no room for it.

        503 where what others are sending takes the room; 507 where the disk has too little for this body alone.
        """
        self._held[address] += after - before
        if not self._held[address]:
            del self._held[address]
        if after > before and (status := self._no_room(address, after)):
            raise RefusedError(status)

    def _no_room(self, address: str, size: int) -> int:
        held = self._held.total()
        if held <= _BLOCK:
            return 0
        with suppress(OSError):
            free = shutil.disk_usage(self.bounds.folder).free
            most = min(self.bounds.most_bytes, int((free + held) * self.bounds.free_share))
            of_address = max(most * self.bounds.address_share, _SMALL)
            if held <= most and self._held[address] <= of_address:
                return 0
            return 507 if most < self.bounds.most_bytes and size > min(most, of_address) else 503
        return 507


class Body:
    """收到的内容 — as a file, and its size in bytes."""

    def __init__(self, receiver: Receiver, address: str) -> None:
        self._receiver, self._address, self._counted = receiver, address, 0
        self.size = 0
        self.file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY, dir=str(receiver.bounds.folder))  # noqa: SIM115 — close()

    def add(self, chunk: bytes) -> None:
        """再收一段 — counted before it is written."""
        self.size += len(chunk)
        if self.size > _IN_MEMORY and self.size - self._counted >= _BLOCK:
            counted, self._counted = self._counted, self.size
            self._receiver.hold(self._address, counted, self.size)
        self.file.write(chunk)

    def close(self) -> None:
        """用完了 — its room is free."""
        try:
            self.file.close()  # on a full disk what was kept back cannot be written even now
        finally:
            counted, self._counted = self._counted, 0
            if counted:
                self._receiver.hold(self._address, counted, 0)
