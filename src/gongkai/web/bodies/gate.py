"""门 — what stands between a person who signed in and the pages: rest ends the visit, duties come first.

Nobody without the cookie of a session is asked anything: the public's pages stay the same for all, and cost no query.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from gongkai.web.bodies.actions.signing_in import sign_out
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.noting import SEEN, remember
from gongkai.web.bodies.passwords import must_change
from gongkai.web.bodies.permissions import Refused
from gongkai.web.bodies.queries import needs_second_factor
from gongkai.web.bodies.typing import outlived, settle, sign_in_again
from gongkai.web.bodies.views.signing_in import BY_OPENID, PUT_OFF, SINCE
from gongkai.web.look.language import say
from gongkai.web.look.visitors import seen_at_work

_WRITE_SECONDS = 30
_ALWAYS = ("/sign-out/", "/prefer/", "/static/")
_HEALTH = "/health/"
"""It tells how the platform is, also where nobody can be looked up in the database."""


class GateMiddleware:
    """门 — for every page of a person who signed in (GB/T 22239-2019 身份鉴别)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """门 — for one request."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.path.startswith(_HEALTH):
            return self.get_response(request)
        seen_at_work(request, None)
        if SESSION_KEY not in request.session:
            return self.get_response(request)
        staff = outlived(request)
        if staff is None:
            return self.get_response(request)
        now = timezone.now()
        seconds = int(now.timestamp())
        if abs(seconds - request.session.setdefault(SINCE, seconds)) > settings.VISIT_HOURS * 3600:
            why = say("登录满 {hours} 小时，已自动退出，请重新登录。", hours=settings.VISIT_HOURS)
            return _end(request, staff, now, {"over": True}, why)
        if seconds - request.session.get(SEEN, seconds) > settings.IDLE_MINUTES * 60:
            why = say("{minutes} 分钟没有操作，已自动退出。", minutes=settings.IDLE_MINUTES)
            return _end(request, staff, now, {"idle": True}, why)
        seen_at_work(request, staff.pk)
        remember(request)
        if seconds - request.session.get(SEEN, 0) >= _WRITE_SECONDS:
            request.session[SEEN] = seconds
        if not request.path.startswith(_ALWAYS) and (duty := _duty(request, staff, now)):
            return self._first(request, reverse(duty))
        response = self.get_response(request)
        settle(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """不能办理 — what a person may not do is said in words, wherever it was tried (条例 第十七条)."""
        if not isinstance(exception, Refused):
            return None
        context = {"why": say(exception.template, **exception.values)}
        return render(request, "bodies/refused.html", context, status=403)

    def _first(self, request: HttpRequest, page: str) -> HttpResponse:
        return self.get_response(request) if request.path == page else _elsewhere(request, page)


def _duty(request: HttpRequest, staff: Staff, now: datetime) -> str:
    """The page of what comes before all others; blank where nothing does."""
    by_openid = bool(request.session.get(BY_OPENID))
    if not by_openid and must_change(staff, now):
        return "bodies:password"
    is_asked = not by_openid or settings.OPENID_SECOND_FACTOR == "here"
    if is_asked and not request.session.get(PUT_OFF) and needs_second_factor(staff):
        return "bodies:second-factor"
    return ""


def _end(request: HttpRequest, staff: Staff, now: datetime, facts: dict[str, object], why: str) -> HttpResponse:
    sign_out(staff=staff, now=now, facts=facts)
    logout(request)
    messages.info(request, why)
    if request.method == "POST":
        return sign_in_again(request, staff)
    back = request.get_full_path() if request.method == "GET" else reverse(settings.LOGIN_REDIRECT_URL)
    return _elsewhere(request, reverse("bodies:sign-in") + "?" + urlencode({"next": back}))


def _elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
