"""工作台：自某日以来 — whether the public log only grew since then, and what changed in public, body by body (条例
第四十五条)."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongkai.web.bodies.changed import Told, told_since
from gongkai.web.bodies.queries import is_mail_set_up, unsent_heads
from gongkai.web.bodies.since_form import SinceForm
from gongkai.web.bodies.views.desk import person, staff_only
from gongkai.web.bodies.views.journal import readable
from gongkai.web.journal.models import HeadLetter
from gongkai.web.journal.since import judged


@staff_only
@require_http_methods(["GET", "POST"])
def since(request: HttpRequest) -> HttpResponse:
    """自某日以来有什么变化 — GET by a day or one pasted head, POST by a file of heads (条例 第四十五条)."""
    chains = readable(request)
    form = SinceForm(request.GET) if request.GET else None
    if request.method == "POST":
        form = SinceForm(request.POST, request.FILES)
    context: dict[str, Any] = {
        "form": form,
        "room": "bodies:journal",
        **_mail(request),
    }
    status = HTTPStatus.OK
    if form is not None and form.is_valid():
        found = judged(form.cleaned_data["heads"])
        told: Told | None = told_since(found, request.user, chains)
        context |= {"judged": found, "told": told, "given": len(form.cleaned_data["heads"])}
    elif form is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "bodies/since.html", context, status=status)


def _mail(request: HttpRequest) -> dict[str, Any]:
    """Whether heads leave the house by mail, and when the last letter to this person did."""
    mine = HeadLetter.objects.filter(to=f"staff:{person(request).id}", sent_at__isnull=False).order_by("-day").first()
    return {"is_mailed": is_mail_set_up(), "letter": mine, "unsent": unsent_heads(), "email": person(request).email}
