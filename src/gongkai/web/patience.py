"""等多久 — how long whoever asks waits for the database: one bound for all the waits of a request (docs/adr/0023)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ARRIVED = "gongkai.arrived"
"""什么时候到的 — under it the server tells, in the environ of a request, when it had arrived whole (`monotonic`)."""
_LEAST_SHARE = 0.1
_LEAST_SECONDS = 0.05
"""Who has waited long enough still looks whether it is free just now."""
_here = threading.local()


class PatienceMiddleware:
    """等多久 — the outermost: what a page of a fault asks the database waits no second time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """一个请求 — all its waits are no longer than one of a writer; to stand in line is waiting too."""
        most: float = settings.WRITING_SECONDS
        stood = monotonic() - request.META.get(ARRIVED, monotonic())
        with bounded(max(most - stood, most * _LEAST_SHARE)):
            return self._get_response(request)


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """一共等这么久 — whatever this thread asks of the database in the block, and no longer than a block around it."""
    before: float | None = getattr(_here, "left", None)
    given = _here.left = seconds if before is None else min(seconds, before)
    try:
        yield
    finally:
        _here.left = None if before is None else before - (given - _here.left)


def left() -> float:
    """还等多少秒 — of the bound around; outside of any, each wait is as long as a writer waits."""
    kept: float | None = getattr(_here, "left", None)
    return float(settings.WRITING_SECONDS) if kept is None else max(kept, _LEAST_SECONDS)


def spend(seconds: float) -> None:
    """等过了 — so long; work is no waiting."""
    if getattr(_here, "left", None) is not None:
        _here.left -= seconds
