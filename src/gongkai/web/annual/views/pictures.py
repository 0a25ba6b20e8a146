"""原件页面 — the page of a PDF on which a finding stands, with its line and its figure framed (条例 第五十条)."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.documents.isolation import Ended, apart
from gongkai.web.annual.excerpts import excerpt
from gongkai.web.annual.pages import draw, page_layout
from gongkai.web.annual.pages import picture as place_of
from gongkai.web.annual.queries import Sheet
from gongkai.web.annual.views.desk import seen, seen_sheet

_SECONDS = 30


@require_GET
def page(request: HttpRequest, key: str, number: str, page: int) -> HttpResponse:
    """原件页面 — the whole page; what stands on it of the findings is framed (条例 第五十条)."""
    shown = seen_sheet(request, key, number)
    layout = _layout(shown, page)
    found = [(mark, excerpt(shown, mark)) for mark in shown.marks]
    framed = [(mark, cut.picture) for mark, cut in found if cut and cut.picture and cut.picture.page == page]
    context = {"batch": seen(request, key), "sheet": shown, "page": page, "layout": layout, "framed": framed}
    return render(request, "annual/page.html", context)


@require_GET
def picture(request: HttpRequest, key: str, number: str, page: int) -> HttpResponseBase:
    """页面图像 — drawn when it is first asked for, in a process of its own (条例 第五十条)."""
    shown = seen_sheet(request, key, number)
    _layout(shown, page)
    path = place_of(shown.folder, shown.id, page)
    if not path.exists():
        try:
            apart(draw, shown.folder, shown.id, page, seconds=_SECONDS)
        except Ended:
            raise Http404("desk") from None
    return FileResponse(path.open("rb"), content_type="image/png")


def _layout(shown: Sheet, page: int) -> object:
    layout = page_layout(shown.folder, shown.id, page)
    if layout is None:
        raise Http404("desk")
    return layout
