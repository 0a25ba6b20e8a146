"""轮流 — whose file is read next: the visitor with the least at work and the least read in the last hour goes first.

One visitor's pile delays another by no more than the files that are being read (GB/T 22239-2019).
"""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import accumulate
from typing import NamedTuple

from gongkai.web.annual.keeping import Batch, Upload

HOUR = 3600.0


class Turn(NamedTuple):
    """一份 — by its place in its batch, then by its coming: small batches do not wait behind the end of large ones."""

    place: int
    number: int
    batch: Batch
    upload: Upload


class Turns:
    """排队 — of every visitor: what waits, what is at work, and the seconds of the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._changed, self._count = clock, threading.Condition(), 0
        self._waiting: dict[str, list[Turn]] = {}
        self._at_work: Counter[str] = Counter()
        self._read: defaultdict[str, deque[tuple[float, float]]] = defaultdict(deque)

    def put(self, batch: Batch, place: int, upload: Upload) -> None:
        """排上 — one upload of a batch."""
        with self._changed:
            self._count += 1
            heappush(self._waiting.setdefault(batch.visitor, []), Turn(place, self._count, batch, upload))
            self._changed.notify()

    def take(self) -> Turn:
        """取一份 — waits until there is one; `done` must follow."""
        with self._changed:
            while not self._waiting:
                self._changed.wait()
            visitor = min(self._waiting, key=lambda one: (self._at_work[one], self._used(one), self._waiting[one][0]))
            turn = heappop(self._waiting[visitor])
            if not self._waiting[visitor]:
                del self._waiting[visitor]
            self._at_work[visitor] += 1
            return turn

    def spend(self, visitor: str, seconds: float) -> None:
        """记下 — how long one of a visitor's files took."""
        with self._changed:
            self._read[visitor].append((self._clock(), seconds))

    def done(self, visitor: str) -> None:
        """读完一份 — another of the visitor's may be at work now."""
        with self._changed:
            self._at_work[visitor] -= 1
            if not self._at_work[visitor]:
                del self._at_work[visitor]

    def used(self, visitor: str) -> float:
        """用了多少秒 — by a visitor in the last hour."""
        with self._changed:
            return self._used(visitor)

    def free_in(self, visitor: str, most: float) -> float:
        """几秒以后 — a visitor has less than `most` behind him in an hour; 0 where he has less now."""
        with self._changed:
            left, read = self._used(visitor), tuple(self._read.get(visitor, ()))
            if left < most or not read:
                return 0
            after = [left - done for done in accumulate(seconds for _, seconds in read)]
            last = next((at for at, used in enumerate(after) if used < most), -1)
            return max(read[last][0] + HOUR - self._clock(), 0)

    def _used(self, visitor: str) -> float:
        if visitor not in self._read:
            return 0
        read, since = self._read[visitor], self._clock() - HOUR
        while read and read[0][0] <= since:
            read.popleft()
        if not read:
            del self._read[visitor]
        return sum(seconds for _, seconds in read)
