"""令牌的页面 — the security administrator gives and takes; the secret is shown once (条例 第八条)."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.web.api import actions, queries
from gongkai.web.api.models import Scope
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.look.language import say

USUAL_DAYS = 365
NO_BODY = "没有代号为“{slug}”的主体，或者不归您管，没有发。请重新选是哪个主体的系统。"


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def tokens(request: HttpRequest) -> HttpResponse:
    """接口令牌 — the list, the form for a new one, and after that its secret (条例 第八条)."""
    staff, now = cast(Staff, request.user), timezone.now()
    kept = queries.bodies_kept(staff)
    if not kept:
        raise Http404("api")
    body = _body(kept, request.POST if request.method == "POST" else request.GET)
    context: dict[str, Any] = {
        "bodies": kept,
        "body": body,
        "clerks": queries.clerks(body),
        "scopes": list(Scope),
        "given": request.POST,
        "chosen": request.POST.getlist("scopes"),
        "days": request.POST.get("days", str(USUAL_DAYS)),
        "limit": settings.API_CALLS_A_MINUTE,
        "now": now,
    }
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            _require_known(kept, request.POST.get("body", ""))
            (context["made"], context["secret"]), status = _made(request, body, staff), HTTPStatus.CREATED
        except actions.TokenError as error:
            context["wrong"], status = {error.field: say(error.template, **error.values)}, HTTPStatus.BAD_REQUEST
    context["tokens"] = queries.tokens_kept(staff)
    return render(request, "api/tokens.html", context, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """撤销令牌 — at once; the system that used it is let in no more (条例 第八条)."""
    staff = cast(Staff, request.user)
    token = queries.tokens_kept(staff).filter(pk=number).first()
    if token is None:
        raise Http404("api")
    actions.revoke_token(token=token, staff=staff, now=timezone.now())
    messages.success(request, say("“{name}”的令牌已撤销，从现在起用不了了。", name=token.name))
    return redirect("api:tokens")


def _made(request: HttpRequest, body: Body, staff: Staff) -> tuple[Any, str]:
    given = request.POST
    person, days = given.get("acts_as", ""), given.get("days", "")
    return actions.make_token(
        body=body,
        staff=staff,
        acts_as=queries.clerks(body).filter(pk=int(person)).first() if _is_number(person) else None,
        name=given.get("name", "").replace("\0", ""),
        scopes=[scope for scope in Scope if scope in given.getlist("scopes")],
        days=int(days) if _is_number(days) else 0,
        now=timezone.now(),
    )


def _require_known(kept: list[Body], slug: str) -> None:
    """A token opens the body that was named or none: never another one in its place."""
    if slug not in {body.slug for body in kept}:
        raise actions.TokenError("body", NO_BODY, slug=slug[:40])


def _body(kept: list[Body], asked: Mapping[str, Any]) -> Body:
    return next((body for body in kept if body.slug == asked.get("body")), kept[0])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
