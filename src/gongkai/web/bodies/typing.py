"""没有交上的字 — what was typed when the visit had ended, carried through signing in (GB/T 22239-2019 身份鉴别).

Nothing of somebody who has not signed in is kept here: the form of signing in carries it, signed, and the session takes
it when the person has come in. Nobody but the one who typed it is shown it: who that is, is known by the visit that
ended, or by the mark that signing in left in the browser. Where neither is there, nothing is carried, and the page of
signing in shows it to be copied.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.text import secrecy
from gongkai.web.bodies.models import Staff
from gongkai.web.look.language import say
from gongkai.web.look.leftover import SECRETS, worth_copying

TYPED = "typed"
MOST_CHARACTERS = 1_000_000
"""Of what the form of signing in carries: less than a form may hold, more than anybody types."""
_BUTTONS = ("to", "mode", "contrast", "language")
_SALT, _SECONDS = "gongkai.typing", 8 * 3600
_TYPIST, _TYPIST_SALT, _TYPIST_SECONDS = "gongkai_typist", "gongkai.typist", 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Typed:
    """填过的 — the fields of a form that was not taken, and the names of the files that were chosen with it.

    `is_late`: it was sent after the visit had ended, not beside another button of the page.
    """

    fields: QueryDict
    files: tuple[str, ...]
    is_late: bool = True


def sign_in_again(request: HttpRequest, staff: Staff | None = None) -> HttpResponse:
    """请重新登录 — a form that was sent after the visit had ended, with what was typed; nothing was changed.

    `staff`: whose visit it was, where that is known.
    """
    whose = staff.pk if staff else _typist(request)
    page = page_of(request)
    fields = {name: values for name, values in request.POST.lists() if name not in SECRETS}
    files = [each.name for name in request.FILES for each in request.FILES.getlist(name)]
    told = {"page": page, "staff": whose, "fields": fields, "files": files}
    is_stamped = _is_stamped(fields, files)
    carried = "" if is_stamped or whose is None else signing.dumps(told, salt=_SALT, compress=True)
    context = {"next": page, "openid": settings.OPENID_NAME, "has_typed": True, "is_stamped": is_stamped}
    context["typed"] = carried if len(carried) <= MOST_CHARACTERS else ""
    if not context["typed"] and not is_stamped:
        context["copied"] = worth_copying(fields.items())
    return render(request, "bodies/sign_in.html", context, status=403)


def mark(response: HttpResponse, staff: Staff) -> None:
    """记下是谁 — in the browser, for what is typed on its pages until another signs in (GB/T 22239-2019 身份鉴别)."""
    value = signing.dumps(staff.pk, salt=_TYPIST_SALT)
    safe = {"secure": bool(settings.SESSION_COOKIE_SECURE), "httponly": True, "samesite": "Lax", "path": "/desk/"}
    response.set_cookie(_TYPIST, value, max_age=_TYPIST_SECONDS, **safe)  # type: ignore[arg-type]


def _typist(request: HttpRequest) -> int | None:
    """Who signed in last in this browser."""
    try:
        return int(signing.loads(request.COOKIES.get(_TYPIST, ""), salt=_TYPIST_SALT, max_age=_TYPIST_SECONDS))
    except signing.BadSignature:
        return None


def carry(request: HttpRequest, staff: Staff) -> None:
    """带进来 — from the form of signing in to the session; what is not ours, or old, or another person's, is left."""
    try:
        told = signing.loads(request.POST.get(TYPED, ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return
    if told["staff"] == staff.pk:
        request.session[TYPED] = told
    else:
        messages.warning(request, say("登录过期以前填的，是另一个人填的，没有带进来。请原来的人登录，才看得到。"))


def keep(request: HttpRequest, page: str, left_out: Collection[str] = ("edition", "file")) -> bool:
    """先留着 — what was typed on a page of which another button was pressed; False: it must not be (条例 第十七条)."""
    fields = {name: values for name, values in request.POST.lists() if name not in (*SECRETS, *_BUTTONS, *left_out)}
    files = [each.name for name in request.FILES for each in request.FILES.getlist(name)]
    if _is_stamped(fields, files):
        return False
    if any(any(values) for values in fields.values()):
        told = {"page": page, "staff": request.user.pk, "fields": fields, "files": files, "is_late": False}
        request.session[TYPED] = told
    return True


def brought_back(request: HttpRequest) -> Typed | None:
    """拿回来 — what this person had typed on this page; once."""
    told: dict[str, Any] | None = request.session.get(TYPED)
    if told is None or told["page"] != request.path:
        return None
    del request.session[TYPED]
    if told["staff"] != request.user.pk:
        return None
    fields = QueryDict(mutable=True)
    for name, values in told["fields"].items():
        fields.setlist(name, values)
    return Typed(fields, tuple(told["files"]), told.get("is_late", True))


def _is_stamped(fields: Mapping[str, Sequence[object]], files: Sequence[str | None] = ()) -> bool:
    """What bears a stamped secrecy mark is not kept anywhere, not for a moment (保密法 第三十一条)."""
    return any(secrecy.stamps(str(text)) for text in (*files, *(each for values in fields.values() for each in values)))


def page_of(request: HttpRequest) -> str:
    """填写的那一页 — that of the form, or the one that it stands on."""
    before = request.headers.get("Referer", "")
    allowed = {request.get_host()}
    path = urlsplit(before).path if url_has_allowed_host_and_scheme(before, allowed, request.is_secure()) else ""
    return next(
        (each for each in (path, request.path) if each.startswith("/desk/")), reverse(settings.LOGIN_REDIRECT_URL)
    )
