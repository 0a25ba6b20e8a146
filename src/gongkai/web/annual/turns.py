"""轮流 — whose file is read next: the visitor with the least at work and the least read in the last hour goes first.

One visitor's pile delays another by no more than the files that are being read (GB/T 22239-2019).
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from heapq import heappop, heappush
from typing import NamedTuple

from gongkai.web.annual.keeping import Batch, Upload
from gongkai.web.spent import Spent


class Turn(NamedTuple):
    """一份 — by its place in its batch, then by its coming: small batches do not wait behind the end of large ones."""

    place: int
    number: int
    batch: Batch
    upload: Upload


class Turns:
    """排队 — of every visitor: what waits, what is at work, and the seconds of the last hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._changed, self._count, self._spent = threading.Condition(), 0, Spent(clock)
        self._waiting: dict[str, list[Turn]] = {}
        self._at_work: Counter[str] = Counter()

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
            visitor = min(self._waiting, key=self._behind)
            turn = heappop(self._waiting[visitor])
            if not self._waiting[visitor]:
                del self._waiting[visitor]
            self._at_work[visitor] += 1
            return turn

    def _behind(self, visitor: str) -> tuple[int, float, Turn]:
        return self._at_work[visitor], self._spent.seconds(visitor), self._waiting[visitor][0]

    def spend(self, visitor: str, seconds: float) -> None:
        """记下 — how long one of a visitor's files took."""
        self._spent.add(visitor, seconds)

    def done(self, visitor: str) -> None:
        """读完一份 — another of the visitor's may be at work now."""
        with self._changed:
            self._at_work[visitor] -= 1
            if not self._at_work[visitor]:
                del self._at_work[visitor]

    def used(self, visitor: str) -> float:
        """用了多少秒 — by a visitor in the last hour."""
        return self._spent.seconds(visitor)

    def free_in(self, visitor: str, most: float) -> float:
        """几秒以后 — a visitor has less than `most` behind him in an hour; 0 where he has less now."""
        return self._spent.free_in(visitor, most)
