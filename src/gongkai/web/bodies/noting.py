"""记下来过 — a page is not withheld because its visit cannot be noted (GB/T 22239-2019 身份鉴别).

While the database takes no writing, reading goes on: when the person was last here is noted another time.
"""

from __future__ import annotations

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from gongkai.web.patience import bounded

SEEN = "seen"
"""会话里记着的 — when the person was last here, in seconds."""
_TOLD_AGAIN = (SEEN, "_messages")
_READS = ("GET", "HEAD")
_BRIEF = 0.5
"""So many seconds a page waits to have its visit noted."""


class NotingMiddleware(SessionMiddleware):
    """会话 — as Django's; a page that only shows waits briefly to note its visit, and is given all the same."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """一个答复 — with its session kept."""
        if request.method not in _READS or not _is_only_noted(request):
            return super().process_response(request, response)
        try:
            with bounded(_BRIEF):
                return super().process_response(request, response)
        except (SessionInterrupted, DatabaseError):
            return response


def remember(request: HttpRequest) -> None:
    """记住原来的会话 — before the visit is noted; what a page adds beside it must be kept (GB/T 22239-2019)."""
    request.session_before = dict(request.session.items())  # type: ignore[attr-defined]


def _is_only_noted(request: HttpRequest) -> bool:
    """Whether nothing came into the session but the visit; what was told once may be told again."""
    before = getattr(request, "session_before", None)
    if before is None:
        return False
    kept = {name: value for name, value in request.session.items() if name not in _TOLD_AGAIN}
    return all(before.get(name) == value for name, value in kept.items())
