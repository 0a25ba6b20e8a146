"""没有收下的请求 — says on a page why the server did not take a request in (GB/T 22239-2019)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongkai.web.look.views import form_page, trouble_page

KEY = "gongkai.refused"
"""不收的请求 — under it the server tells the status, in the environ of the request."""

_API = "/api/"


class RefusedMiddleware:
    """没有收下的请求 — answered before anything asks the session or the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """一个请求 — the page of what the server says, or what comes of it."""
        status = request.META.get(KEY)
        if status is not None:
            return trouble_page(request, status)
        if request.method == "POST" and not request.path.startswith(_API) and _is_odd(request):
            return form_page(request, "name")
        return self._get_response(request)


def _is_odd(request: HttpRequest) -> bool:
    """A name that no form of ours has and not every database keeps."""
    return any("\0" in name for names in (request.POST, request.FILES) for name in names)
