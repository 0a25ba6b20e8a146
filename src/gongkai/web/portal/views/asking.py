"""应答 — a page of the portal for what was asked; what cannot be asked is refused alike on pages, lists and feeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.portal.asking import AskError, asked, without_traces
from gongkai.web.portal.frame import frame
from gongkai.web.portal.keeping import kept
from gongkai.web.portal.listing import problem
from gongkai.web.portal.standing import WATCH

View = Callable[..., HttpResponseBase]
REFUSED = 422
MESSAGE = "有 {count} 处条件用不上，没有照着找"


def answers(takes: Collection[str] | None) -> Callable[[View], View]:
    """应答 — a view told what was asked of it (`wishes`, by name), kept until something public changes.

    `takes`: the names it knows; others are refused with 422 and a sentence. None: a page that is what it is; whatever
    stands behind its address is led away from it, so that one page is kept and not one for every tail.
    """

    def around(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, **named: object) -> HttpResponseBase:
            wishes = asked(request.GET, takes or (), problem)
            return view(request, **named, **({"wishes": wishes} if takes else {}))

        answered = kept(told)

        @wraps(view)
        def checked(request: HttpRequest, **named: object) -> HttpResponseBase:
            clean = request.path if takes is None and request.GET else without_traces(request)
            if clean is not None:
                return redirect(clean)
            try:
                return answered(request, **named)
            except AskError as error:
                return _refused(request, error, str(named.get("form", "")))

        return require_safe(checked)

    return around


def _refused(request: HttpRequest, error: AskError, form: str) -> HttpResponse:
    """A page for people; for a program JSON as the interface has it, or one sentence."""
    said = MESSAGE.format(count=len(error.problems))
    if form == "json":
        problems = [{"where": each.where, "message": each.message} for each in error.problems]
        text = json.dumps({"code": "invalid", "message": said, "problems": problems}, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json; charset=utf-8", status=REFUSED)
    if form:
        return HttpResponse(f"{said}：{error}。\n", content_type="text/plain; charset=utf-8", status=REFUSED)
    context = {
        **frame(request, WATCH.standing(timezone.now()), "info"),
        "message": MESSAGE,
        "problems": error.problems,
        "clean": request.path,
    }
    return render(request, "portal/refused.html", context, status=REFUSED)
