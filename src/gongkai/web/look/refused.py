"""没有收下的请求 — says on a page why the server did not take a request in (GB/T 22239-2019)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.look.language import say
from gongkai.web.look.site import site
from gongkai.web.look.troubles import TROUBLES
from gongkai.web.look.views import DESK

KEY = "gongkai.refused"
"""不收的请求 — under it the server tells the status, in the environ of the request."""


class RefusedMiddleware:
    """没有收下的请求 — answered before anything asks the session or the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """一个请求 — the page of what the server says, or what comes of it."""
        status = request.META.get(KEY)
        if status is None:
            return self._get_response(request)
        what, advice = TROUBLES[status]
        context = {
            "site": site(),
            "what": say(what),
            "advice": say(advice),
            "is_desk": request.path.startswith(DESK),
        }
        return render(request, "look/trouble.html", context, status=status)
