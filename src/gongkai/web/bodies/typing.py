"""没有交上的字 — what was typed when the visit had ended is kept for its person (GB/T 22239-2019 身份鉴别).

It is kept under the person (`unsent`), as what is typed during a visit: who that is, is known by the visit that ended,
or by the mark that signing in left in the browser. So it is there wherever that person signs in next, whichever page
is used for it, and nobody else is shown it, in the source of a page neither. Where neither is there, nothing is kept,
and the page of signing in shows it to be copied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.text import secrecy
from gongkai.web.bodies import sealing, unsent
from gongkai.web.bodies.models import Staff
from gongkai.web.look.language import say
from gongkai.web.look.leftover import SECRETS, as_given, worth_copying

TYPED = "typed"
"""谁填的 — under it the form of signing in carries, sealed, whose the words are that wait."""
_BUTTONS = ("to", "drop", "mode", "contrast", "language", "page", "given", "act", "tab")
_SENT = "gongkai.sent"
_TAB = re.compile("[0-9a-z]{6,40}")
_PURPOSE, _SECONDS = "gongkai.typing", 8 * 3600
NOT_YOURS = "登录过期以前填的，是另一个人填的，没有带进来，已经替他留着，三天以内登录就看得到。"
_TYPIST, _TYPIST_SALT, _TYPIST_SECONDS = "gongkai_typist", "gongkai.typist", 30 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Typed:
    """填过的 — the fields of a form that was not taken, and the names of the files that were chosen with it.

    `is_late`: it was sent after the visit had ended, not beside another button of the page.
    """

    fields: QueryDict
    files: tuple[str, ...]
    kept_at: datetime
    is_late: bool = True

    @property
    def milliseconds(self) -> int:
        """何时留的 — as the script of the page counts, which compares it with what the tab keeps."""
        return int(self.kept_at.timestamp() * 1000)


def sign_in_again(request: HttpRequest, staff: Staff | None = None) -> HttpResponse:
    """请重新登录 — a form that was sent after the visit had ended, with what was typed; nothing was changed.

    `staff`: whose visit it was, where that is known.
    """
    whose, page = staff.pk if staff else _typist(request), page_of(request)
    fields = {name: values for name, values in request.POST.lists() if name not in _secrets(request)}
    files = [each.name for name in request.FILES for each in request.FILES.getlist(name)]
    context: dict[str, object] = {"next": page, "openid": settings.OPENID_NAME, "has_typed": True}
    if _is_stamped(fields, files):
        context["is_stamped"] = True
    elif not has_words(request) and not files:
        context["is_bare"] = True
    elif whose is None:
        context["copied"] = worth_copying(fields.items())
    else:
        unsent.keep(whose, page, {"fields": fields, "files": files}, timezone.now())
        context["typed"] = sealing.sealed(json.dumps(whose).encode(), _PURPOSE)
    return render(request, "bodies/sign_in.html", context, status=403)


def mark(response: HttpResponse, staff: Staff) -> None:
    """记下是谁 — in the browser, for what is typed on its pages until another signs in (GB/T 22239-2019 身份鉴别)."""
    value = signing.dumps(staff.pk, salt=_TYPIST_SALT)
    safe = {"secure": bool(settings.SESSION_COOKIE_SECURE), "httponly": True, "samesite": "Lax", "path": "/desk/"}
    response.set_cookie(_TYPIST, value, max_age=_TYPIST_SECONDS, **safe)  # type: ignore[arg-type]


def _typist(request: HttpRequest) -> int | None:
    """Who signed in last in this browser."""
    try:
        number = int(signing.loads(request.COOKIES.get(_TYPIST, ""), salt=_TYPIST_SALT, max_age=_TYPIST_SECONDS))
    except signing.BadSignature:
        return None
    return Staff.objects.filter(pk=number).values_list("pk", flat=True).first()


def is_ones_own(request: HttpRequest, staff: Staff) -> bool:
    """自己填的 — whether nothing waits here that another person typed; else that is said (条例 第十二条)."""
    words = sealing.opened(request.POST.get(TYPED, ""), _PURPOSE, _SECONDS)
    if words is None or json.loads(words) == staff.pk:
        return True
    messages.warning(request, say(NOT_YOURS))
    return False


def newest_page(staff: Staff) -> str:
    """最近填的那一页 — of this person, where something was not sent; else empty (条例 第十二条)."""
    return unsent.newest_page(staff.pk, timezone.now())


def outlived(request: HttpRequest) -> Staff | None:
    """还在登录的人 — None where the visit was ended from elsewhere."""
    if isinstance(request.user, Staff):
        return request.user
    logout(request)
    return None


def _secrets(request: HttpRequest) -> frozenset[str]:
    """A code is that of a telephone where people sign in; at the desk it is that of a body."""
    return SECRETS - {"code"} if request.path.startswith("/desk/") else SECRETS


def has_words(request: HttpRequest) -> bool:
    """填了没有 — whether a form came along in which something was typed: it is not as it was given."""
    left_out = {*_secrets(request), *_BUTTONS, "file", "once", "edition", "typed_on"}
    fields = {name: values for name, values in request.POST.lists() if name not in left_out}
    return any(map(any, fields.values())) and request.POST.get("given") != as_given(fields)


def keep(
    request: HttpRequest, page: str, left_out: Collection[str] = ("edition", "file"), *, is_late: bool = False
) -> bool:
    """先留着 — what was typed on a page of which another button was pressed; False: it must not be (条例 第十七条)."""
    fields = {
        name: values for name, values in request.POST.lists() if name not in (*_secrets(request), *_BUTTONS, *left_out)
    }
    files = [each.name for name in request.FILES for each in request.FILES.getlist(name)]
    if _is_stamped(fields, files):
        return False
    if has_words(request):
        told = {"fields": fields, "files": files, "is_late": is_late}
        unsent.keep(_whose(request), page, told, timezone.now())
    else:
        forget(request, page)
    return True


def brought_back(request: HttpRequest) -> Typed | None:
    """拿回来 — what this person had typed on this page, until it is sent or given up; None where it is being sent."""
    if request.method == "POST":
        sent(request)
        return None
    told = unsent.of_page(_whose(request), request.path, timezone.now())
    if told is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in told["fields"].items():
        fields.setlist(name, values)
    return Typed(fields, tuple(told["files"]), told["kept_at"], told.get("is_late", True))


def sent(request: HttpRequest, page: str = "") -> None:
    """交上来了 — what this person had typed on this page goes when the request has been answered (`settle`)."""
    request.META[_SENT] = page or request.path


def settle(request: HttpRequest, response: HttpResponse) -> None:
    """办了才不留 — unless something broke; what cannot be removed now is no reason to call what was done not done."""
    _tell_tab(request, response)
    page = request.META.get(_SENT)
    if page and response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        with suppress(DatabaseError):
            forget(request, page)


def _tell_tab(request: HttpRequest, response: HttpResponse) -> None:
    """The tab that keeps what it sent (look/kept.js) is told that it was taken; who did not hear of it keeps it.

    A page that shows a password or a code this once answers with 201.
    """
    tab = request.POST.get("tab", "") if request.method == "POST" else ""
    if response.status_code in (HTTPStatus.FOUND, HTTPStatus.CREATED) and _TAB.fullmatch(tab):
        secure = bool(settings.SESSION_COOKIE_SECURE)
        response.set_cookie(f"gongkai_taken_{tab}", "1", max_age=600, path="/desk/", secure=secure, samesite="Lax")


def forget(request: HttpRequest, page: str) -> None:
    """不要了 — what this person had typed on a page."""
    unsent.forget(_whose(request), page)


def _whose(request: HttpRequest) -> int:
    return cast(Staff, request.user).id


def _is_stamped(fields: Mapping[str, Sequence[object]], files: Sequence[str | None] = ()) -> bool:
    """What bears a stamped secrecy mark is not kept anywhere, not for a moment (保密法 第三十一条)."""
    return any(secrecy.stamps(str(text)) for text in (*files, *(each for values in fields.values() for each in values)))


def page_of(request: HttpRequest) -> str:
    """填写的那一页 — that the form names, that of the form, or the one that it stands on.

    A form names its page (`page`) where it may be shown at the address of another: a draft that was just made.
    """
    before = request.headers.get("Referer", "")
    allowed = {request.get_host()}
    path = urlsplit(before).path if url_has_allowed_host_and_scheme(before, allowed, request.is_secure()) else ""
    said = request.POST.get("page", "")
    said = urlsplit(said).path if url_has_allowed_host_and_scheme(said, allowed, request.is_secure()) else ""
    return next(
        (each for each in (said, path, request.path) if each.startswith("/desk/")), reverse(settings.LOGIN_REDIRECT_URL)
    )
