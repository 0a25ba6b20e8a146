"""进门 — who signed in, and the item of an address: another body's is as if it were not there (条例 第四条)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gongkai.law.publishing import State
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.typing import has_words, sign_in_again
from gongkai.web.holdings import queries
from gongkai.web.holdings.models import Item
from gongkai.web.look.leftover import worth_copying

View = Callable[..., HttpResponseBase]
_STOPPED = "holdings, stopped"


def signed_in(view: View) -> View:
    """须登录 — and never kept by a browser that others use after."""

    @wraps(view)
    def entered(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        # What was typed when the visit had ended comes back after signing in.
        if request.method == "POST" and not request.user.is_authenticated:
            return sign_in_again(request)
        try:
            return cast(HttpResponseBase, login_required(cast(Any, view))(request, *arguments, **named))
        except Http404 as error:
            return _not_here(request, is_stopped=error.args == (_STOPPED,))

    return cast(View, never_cache(cast(Any, entered)))


def _not_here(request: HttpRequest, *, is_stopped: bool) -> HttpResponse:
    """A page of the desk, so that words that were typed are shown: a post may end while somebody types.

    It is the same for what never was there: nobody learns of an item. Words about a stopped one are not said again.
    """
    is_sent = request.method == "POST" and has_words(request)
    copied = worth_copying(request.POST.lists()) if is_sent and not is_stopped else []
    return render(request, "holdings/not_here.html", {"is_sent": is_sent, "copied": copied}, status=404)


def staff_of(request: HttpRequest) -> Staff:
    """本人 — the person who signed in (条例 第四条)."""
    return cast(Staff, request.user)


def content_of(request: HttpRequest, number: int) -> Item:
    """这一件的内容 — Http404 also where it is stopped: nobody is shown it (保密法 第三十一条)."""
    found = item_of(request, number)
    if found.state is State.STOPPED:
        raise Http404(_STOPPED)
    return found


def item_of(request: HttpRequest, number: int) -> Item:
    """这一件 — Http404 where this person may not know of it."""
    found = queries.find(staff_of(request), number)
    if found is None:
        raise Http404("holdings")
    return found
