"""已经变了 — a step that came too late: what happened meanwhile, and what was typed, to be copied (条例 第十七条)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from gongkai.law.secrecy import Written
from gongkai.web.holdings import queries
from gongkai.web.holdings.models import Item, Review
from gongkai.web.holdings.views.access import item_of
from gongkai.web.look.language import say
from gongkai.web.look.leftover import worth_copying

_TYPED = {"opinion", "reason", "number", "authority", Written.WAY, Written.SCOPE, Written.TIME, Written.GROUND}
_LONGEST_EDITION = 9


def is_overtaken(request: HttpRequest, found: Item) -> bool:
    """已经变了没有 — whether somebody acted since the page was opened that sent this form (条例 第十七条)."""
    return _edition(request, found) != found.edition


def meanwhile(request: HttpRequest, number: int) -> str:
    """其间办了什么 — who took which step at what time since the page was opened (条例 第十七条)."""
    return "；".join(_steps(request, number))


def overtaken(request: HttpRequest, number: int) -> HttpResponse:
    """已经变了 — the page of a step that was not taken: nothing is changed, nothing that was typed is lost."""
    found = item_of(request, number)
    typed = [(name, values) for name, values in request.POST.lists() if name in _TYPED]
    context = {
        "room": "holdings:items",
        "item": found,
        "steps": _steps(request, number),
        "copied": worth_copying(typed, is_text=True),
    }
    return render(request, "holdings/overtaken.html", context, status=409)


def _steps(request: HttpRequest, number: int) -> list[str]:
    found = item_of(request, number)
    return [_said(request, each) for each in queries.since(found, _edition(request, found))]


def _edition(request: HttpRequest, found: Item) -> int:
    given = request.POST.get("edition", "")
    return int(given) if given.isdecimal() and len(given) <= _LONGEST_EDITION else found.edition


def _said(request: HttpRequest, step: Review) -> str:
    at = timezone.localtime(step.at)
    told = f"{at:%H:%M}" if at.date() == timezone.localdate() else f"{at:%m-%d %H:%M}"
    if step.by_id == request.user.pk and not step.is_by_clock:
        return say("您 {at} 已办：{act}", at=told, act=step.done)
    return say("{name} {at} 已办：{act}", name=step.actor, at=told, act=step.done)
