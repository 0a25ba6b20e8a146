"""隔离的附件 — uploads with a stamped mark that belong to no item: one asks, another destroys (保密法 第四十七条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.law.publishing import STEPS, Act
from gongkai.web.bodies.permissions import roles_in
from gongkai.web.files import queries as files
from gongkai.web.holdings import actions
from gongkai.web.holdings.views.access import signed_in, staff_of
from gongkai.web.holdings.views.items import REFUSALS
from gongkai.web.look.language import say

MOST_SHOWN = 200


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def quarantine(request: HttpRequest) -> HttpResponse:
    """隔离的附件 — those of a person's bodies, by number; ask and confirm where the posts allow (保密法 第四十七条)."""
    staff = staff_of(request)
    held = roles_in(staff)
    found = files.quarantined(held)
    if request.method == "POST":
        number = request.POST.get("file", "")
        file = found.filter(pk=int(number) if number.isdecimal() and len(number) < 19 else 0).first()
        if file is None:
            raise Http404("files")
        try:
            if request.POST.get("do") == "destroy":
                actions.destroy(file=file, staff=staff, now=timezone.now())
                messages.success(request, say("已销毁，办理记录里只留编号。"))
            else:
                actions.ask_to_destroy(file=file, staff=staff, now=timezone.now())
                messages.success(request, say("已请求销毁，请另一人确认。"))
        except REFUSALS as error:
            messages.error(request, say(error.template, **error.values))
        return redirect("holdings:quarantine")
    context = {
        "room": "holdings:items",
        "files": found[:MOST_SHOWN],
        "asking": [body for body, roles in held.items() if STEPS[Act.ASK_PURGE].roles & roles],
        "confirming": [body for body, roles in held.items() if STEPS[Act.CONFIRM_PURGE].roles & roles],
    }
    return render(request, "holdings/quarantine.html", context)
