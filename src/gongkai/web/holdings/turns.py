"""轮着看图片 — of a file whose text is taken: one file a person, so many at once as processors (条例 第十二条).

Somebody waits for it with a thread of the server: whoever sends many holds up nobody else.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_MOST = os.cpu_count() or 1
_looking: set[int] = set()
_door = threading.Lock()


@contextmanager
def turn(whose: int) -> Iterator[bool]:
    """轮到没有 — False at once where this person has one looked at, or nobody can be served now (条例 第十二条)."""
    with _door:
        is_free = whose not in _looking and len(_looking) < _MOST
        if is_free:
            _looking.add(whose)
    try:
        yield is_free
    finally:
        if is_free:
            with _door:
                _looking.discard(whose)
