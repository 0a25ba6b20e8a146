"""公用页面 — preferences, health, and what is said when something does not work."""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from gongkai.web.look.language import say
from gongkai.web.look.leftover import worth_copying
from gongkai.web.look.preferences import COOKIES, PREFIX, YEAR_SECONDS
from gongkai.web.look.site import site

_CHECK, DESK = "/check/", ("/desk/", "/account/")
_TROUBLES = {
    400: ("这次没有收到完整的内容", "可能是网络断了一下，或者网址不完整。请按浏览器的“后退”，再试一次。"),
    403: ("这一页不归您办", "您现在的岗位打不开这一页。要办的都在工作台上；岗位不对的，请安全管理员改。"),
    404: ("没有这个网页", "可能改了地址，也可能这一件不归您的单位办。请从工作台找。"),
    413: ("一次交的太多，没有收", "请按浏览器的“后退”，刚才填的还在那一页；文件少选几个，分几次交。"),
}
"""出错的说明 — what happened and what to try, outside the check desk, which has pages of its own."""
_log = logging.getLogger(__name__)


@csrf_exempt
@require_POST
def prefer(request: HttpRequest) -> HttpResponse:
    """浏览偏好 — set by a plain form, then back to the page where it was.

    The form carries no secret: it decides how pages look and nothing else, and pages that hold one cannot be kept.
    """
    back = request.POST.get("back") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=False):
        back = "/"
    response = redirect(back)
    for name, values in COOKIES.items():
        if request.POST.get(name) in values:
            response.set_cookie(PREFIX + name, request.POST[name], max_age=YEAR_SECONDS, samesite="Lax", httponly=True)
    return response


@require_GET
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """运行状况 — 200 while the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database"}, status=503)
    return JsonResponse({"status": "ok"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """请求有误 — 400, or 413 where too much was sent at once."""
    large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return _error(request, 413 if large else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """没有权限 — 403."""
    return _error(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """表单过期 — 403: the page was open too long, or cookies are off. At the check desk files must be chosen again."""
    if request.path.startswith(_CHECK):
        return _error(request, 403)
    copied = worth_copying(request.POST.lists())
    context = {"site": site(), "copied": copied, "is_desk": request.path.startswith(DESK)}
    return render(request, "look/stale.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """没有这个网页 — 404; what lay on the desk may be gone with its hour."""
    if request.path.startswith(_CHECK):
        return render(request, "look/404.html", {"swept": "desk" in str(exception)}, status=404)
    if request.path.startswith(DESK):
        return _error(request, 404)
    return render(request, "look/missing.html", {"site": site()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """出了问题 — 500, with a number by which to ask."""
    number = secrets.token_hex(2).upper()
    _log.error("%s: %s", number, request.path)
    # Without the request: what asks the session or the database may be what is broken.
    room = "check" if request.path.startswith(_CHECK) else "desk" if request.path.startswith(DESK) else ""
    told = {"number": number, "room": room, "is_sent": request.method == "POST"}
    return HttpResponse(render_to_string("look/500.html", told), status=500)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith(_CHECK):
        return render(request, f"look/{status}.html", status=status)
    what, advice = _TROUBLES[status]
    context = {"site": site(), "what": say(what), "advice": say(advice), "is_desk": request.path.startswith(DESK)}
    return render(request, "look/trouble.html", context, status=status)
