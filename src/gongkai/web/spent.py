"""用时 — how many seconds each has had of the machine in the last hour: whoever had the least goes first.

(GB/T 22239-2019)
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from itertools import accumulate

HOUR = 3600.0


class Spent:
    """用时 — by whoever it was for, a visitor or an account; what is older than an hour is forgotten."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, threading.Lock()
        self._done: defaultdict[Hashable, deque[tuple[float, float]]] = defaultdict(deque)

    def add(self, who: Hashable, seconds: float) -> None:
        """记下 — how long a piece of work took, that has just ended."""
        with self._lock:
            self._done[who].append((self._clock(), seconds))

    def seconds(self, who: Hashable) -> float:
        """用了多少秒 — in the last hour."""
        with self._lock:
            return self._seconds(who)

    def free_in(self, who: Hashable, most: float) -> float:
        """几秒以后 — there is less than `most` in an hour; 0 where there is less now."""
        with self._lock:
            left, done = self._seconds(who), tuple(self._done.get(who, ()))
            if left < most or not done:
                return 0
            after = [left - ended for ended in accumulate(seconds for _, seconds in done)]
            last = next((at for at, used in enumerate(after) if used < most), -1)
            return max(done[last][0] + HOUR - self._clock(), 0)

    def _seconds(self, who: Hashable) -> float:
        if who not in self._done:
            return 0
        done, since = self._done[who], self._clock() - HOUR
        while done and done[0][0] <= since:
            done.popleft()
        if not done:
            del self._done[who]
        return sum(seconds for _, seconds in done)
