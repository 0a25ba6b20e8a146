"""先离开这一页 — for another page, or another look of this one; what was typed comes back (条例 第十二条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongkai.web.bodies.typing import keep, page_of, sign_in_again
from gongkai.web.look.language import say
from gongkai.web.look.views import prefer

STAMPED = "填的内容里有密级标志，没有留。请立即停止，不要在本系统处理（保密法第三十一条）。"


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """先离开 — by a button of the page that sends its form along; what bears a stamped mark is not kept."""
    if not request.user.is_authenticated:
        return sign_in_again(request)
    page, to = page_of(request), request.POST.get("to", "")
    if not keep(request, page, left_out=("file",)):
        messages.warning(request, say(STAMPED))
    if not to:
        return prefer(request)
    here = request.build_absolute_uri(page)
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return redirect(to if is_ours else here)
