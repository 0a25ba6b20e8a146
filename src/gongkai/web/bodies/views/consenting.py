"""工作台：两个人办的 — what another administrator agrees to, and when one alone no longer suffices (条例 第八条)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.bodies import actions, queries
from gongkai.web.bodies.asked import asked
from gongkai.web.bodies.models import Consent
from gongkai.web.bodies.permissions import Refused, may_consent
from gongkai.web.bodies.views.desk import number_of, person, staff_only
from gongkai.web.look.language import say

AGREED, DECLINED = "已同意。提出的人 24 小时内可以办。", "已回绝，提出的人会看到。"


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def consents(request: HttpRequest) -> HttpResponse:
    """等同意的 — what other administrators ask, and what became of one's own questions (GB/T 22239-2019 三员分立)."""
    by = person(request)
    if not queries.is_administrator(by):
        raise Http404("consents")
    if request.method == "POST":
        consent = get_object_or_404(Consent, id=number_of(request.POST.get("consent", "")))
        if not may_consent(by, consent.about.body):
            raise Http404("consents")
        try:
            agreed = request.POST.get("act") == "agree"
            actions.answer_consent(by=by, consent=consent, agreed=agreed, now=timezone.now())
        except Refused as refusal:
            messages.error(request, say(refusal.template, **refusal.values))
        else:
            messages.success(request, say(AGREED if agreed else DECLINED))
        return redirect("bodies:consents")
    context = {
        "asked": asked(queries.consents_for(by)),
        "mine": asked(queries.consents_of(by)),
        "room": "bodies:bodies",
    }
    return render(request, "bodies/consents.html", context)


@staff_only
@require_POST
def end_settling(request: HttpRequest) -> HttpResponse:
    """结束首次设置 — from now on two administrators appoint a secrecy reviewer (条例 第四条)."""
    if not queries.administered(person(request)):
        raise Http404("bodies")
    actions.end_settling(by=person(request), now=timezone.now())
    messages.success(request, say("首次设置已结束：任命和免去保密审查，从现在起要另一名管理员同意。"))
    return redirect("bodies:bodies")
