"""没有收下的请求 — says on a page why the server did not take a request in (GB/T 22239-2019)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.look.language import say
from gongkai.web.look.site import site
from gongkai.web.look.views import DESK

KEY = "gongkai.refused"
"""不收的请求 — under it the server tells the status, in the environ of the request."""
_TROUBLES = {
    408: (
        "传得太慢，等不及了",
        "网络可能断断续续。请按浏览器的“后退”，刚才填的还在那一页；文件大的，换一个快些的网络再传。",
    ),
    413: ("一次交的太多，没有收", "请按浏览器的“后退”，刚才填的还在那一页；文件少选几个，分几次交。"),
    414: ("网址太长，没有打开", "网址不能超过八千个字符。请从首页找要看的内容。"),
    503: (
        "这会儿传文件的人太多，没有收",
        "平台给文件留的地方暂时用满了，别的网页照常打开。请过几分钟按“后退”再交一次。",
    ),
}


class RefusedMiddleware:
    """没有收下的请求 — answered before anything asks the session or the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """一个请求 — the page of what the server says, or what comes of it."""
        status = request.META.get(KEY)
        if status is None:
            return self._get_response(request)
        what, advice = _TROUBLES[status]
        context = {
            "site": site(),
            "what": say(what),
            "advice": say(advice),
            "is_desk": request.path.startswith(DESK),
        }
        return render(request, "look/trouble.html", context, status=status)
