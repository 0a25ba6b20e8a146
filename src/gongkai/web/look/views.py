"""公用页面 — preferences, and what is said when something does not work."""

from __future__ import annotations

import logging
import secrets
import sys

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongkai.web.look.health import met
from gongkai.web.look.language import say
from gongkai.web.look.leftover import worth_copying
from gongkai.web.look.preferences import COOKIES, PREFIX, YEAR_SECONDS
from gongkai.web.look.site import site
from gongkai.web.look.troubles import FAULTS, FORMS, RETRY_SECONDS, TROUBLES, Trouble, fault

_CHECK, DESK, _API = "/check/", ("/desk/", "/account/"), "/api/"
_CODES = {
    400: "malformed", 403: "refused", 404: "not_found", 408: "slow", 413: "too_large", 414: "too_long", 503: "busy",
    507: "disk",
}  # fmt: skip
_OURS = Trouble(500, "我们这边出了问题", "请过几分钟再试；还不行，请告诉管理员下面的编号。")
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


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """请求有误 — 400, or 413 where too much was sent at once: of words, of fields, of files.

    A session that could not be kept is told as what it is: the machine's fault, or somebody has signed out meanwhile.
    """
    if isinstance(exception, SessionInterrupted):
        return server_error(request) if fault(exception) else form_page(request, "session")
    if isinstance(exception, TooManyFieldsSent | TooManyFilesSent):
        return form_page(request, "fields" if isinstance(exception, TooManyFieldsSent) else "files")
    return _error(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def form_page(request: HttpRequest, name: str) -> HttpResponse:
    """不收的表单 — one of FORMS, in the dress of the room where it was sent."""
    status, what, advice, _ = FORMS[name]
    most = {"fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, "count": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
    if request.path.startswith(_CHECK):
        context = {"what": say(what), "advice": say(advice, **most)}
        return render(request, "look/told.html", context, status=status)
    return told_page(request, what, advice, status=status, **most)


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
    if request.path.startswith((*DESK, _API)):
        return _error(request, 404)
    return render(request, "look/missing.html", {"site": site()}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """出了问题 — 500 with a number by which to ask; 503 or 507 where the machine is at fault. Shows what was typed."""
    number = secrets.token_hex(2).upper()
    name = met(sys.exc_info()[1])
    _log.error("%s: %s", number, request.path)
    room = "check" if request.path.startswith(_CHECK) else "desk" if request.path.startswith(DESK) else ""
    told = FAULTS.get(name, _OURS)
    if request.path.startswith(_API):
        return _told_to_a_program(told.status, name or "broken", f"{say(told.what)}（{number}）。{say(told.advice)}")
    context = {
        "what": say(told.what),
        "advice": say(told.advice),
        "number": number,
        "room": room,
        "is_sent": request.method == "POST",
        "copied": _typed(request),
    }
    # Without the request: what asks the session or the database may be what is broken.
    response = HttpResponse(render_to_string("look/500.html", context), status=told.status)
    if name:
        response["Retry-After"] = RETRY_SECONDS
    return response


def _typed(request: HttpRequest) -> list[str]:
    """What was typed in the form that came to nothing; a form that could not even be read holds nothing for us."""
    if request.method != "POST" or request.path.startswith(_CHECK):
        return []
    try:
        return worth_copying(request.POST.lists())
    except Exception:  # the fault that we tell of may be met again
        return []


def _error(request: HttpRequest, status: int) -> HttpResponse:
    if request.path.startswith(_CHECK):
        return render(request, f"look/{status}.html", status=status)
    return trouble_page(request, status)


def trouble_page(request: HttpRequest, status: int) -> HttpResponse:
    """一种状况的网页 — what happened, with the bounds that were met, and what there is to try."""
    what, advice = TROUBLES[status]
    bounds = {"form": _megabytes(settings.FORM_BYTES), "files": _megabytes(settings.DESK_BYTES)}
    return told_page(request, what, advice, status=status, **bounds)


def told_page(request: HttpRequest, what: str, advice: str, *, status: int, **values: object) -> HttpResponse:
    """一页说明 — what happened and what there is to try, in a page of the site; a program is told it in JSON."""
    if request.path.startswith(_API):
        return _told_to_a_program(status, _CODES.get(status, "refused"), say(what))  # the advice is for browsers
    context = {
        "site": site(),
        "what": say(what),
        "advice": say(advice, **values),
        "is_desk": request.path.startswith(DESK),
    }
    return render(request, "look/trouble.html", context, status=status)


def _told_to_a_program(status: int, code: str, message: str) -> HttpResponse:
    """As the interface says everything that it refuses."""
    told = {"code": code, "message": message, "problems": []}
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    if status >= 500:
        response["Retry-After"] = RETRY_SECONDS
    return response


def _megabytes(count: int) -> str:
    return f"{count / 1024**2:.4g} MB"
