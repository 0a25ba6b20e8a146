"""没有收下的请求 — says on a page why the server did not take a request in (GB/T 22239-2019)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.look.views import trouble_page

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
        return trouble_page(request, status)
