"""先离开这一页 — for another page, or another look of this one; what was typed comes back (条例 第十二条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.web.bodies.typing import forget, has_words, keep, page_of, sign_in_again
from gongkai.web.look import views as look
from gongkai.web.look.language import say

STALE = "刚才那张登录页已经过期，请再登录一次。"
STAMPED = "填的内容里有密级标志，没有留。请立即停止，不要在本系统处理（保密法第三十一条）。"


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """先离开 — by a button of the page that sends its form along; what bears a stamped mark is not kept.

    `drop`: nothing is kept; its value is where to go, else the page itself, empty.
    """
    if not request.user.is_authenticated:
        return sign_in_again(request)
    page, to = page_of(request), request.POST.get("to", "")
    if "drop" in request.POST:
        forget(request, page)
        return redirect(_ours(request, request.POST["drop"]) or page)
    if not keep(request, page, left_out=("file",)):
        messages.warning(request, say(STAMPED))
    if not to:
        return look.prefer(request)
    return redirect(_ours(request, to) or request.build_absolute_uri(page))


def _ours(request: HttpRequest, to: str) -> str:
    is_address = to.startswith("/") and url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return to if is_address else ""


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """表单过期 — of the desk: a page that was opened before signing in anew; what was typed is back on it.

    Only of a page of ours: what another site sends is not shown as if this person had typed it. A page of signing in
    that was open meanwhile leads on, where its person came in by another; else to a fresh one.
    """
    if request.path.startswith(reverse("bodies:sign-in")) and _is_of_ours(request):
        if not request.user.is_authenticated:
            messages.info(request, say(STALE))
        onward = urlencode({"next": _ours(request, request.POST.get("next", ""))})
        return redirect(f"{reverse('bodies:sign-in')}?{onward}")
    if not request.path.startswith("/desk/") or not _is_of_ours(request) or not has_words(request):
        return look.csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return sign_in_again(request)
    page = page_of(request)
    if not keep(request, page, left_out=("file",), is_late=True):
        messages.warning(request, say(STAMPED))
    return redirect(page)


def _is_of_ours(request: HttpRequest) -> bool:
    before = request.headers.get("Origin") or request.headers.get("Referer", "")
    return url_has_allowed_host_and_scheme(before, {request.get_host()}, request.is_secure())
