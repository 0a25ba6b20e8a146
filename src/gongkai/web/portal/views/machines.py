"""给程序看的 — lists as data, feeds, the map for search engines, what robots may read (网站发展指引)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from gongkai.web.holdings import queries
from gongkai.web.holdings.models import Item, Version
from gongkai.web.portal.catalogue import Node
from gongkai.web.portal.exports import CHUNK, as_csv, as_json, as_months
from gongkai.web.portal.frame import absolute, columns, site_of
from gongkai.web.portal.home import months as of_months
from gongkai.web.portal.listing import FILTERS, Wish, listed, ordered
from gongkai.web.portal.standing import Standing
from gongkai.web.portal.views.asking import answers
from gongkai.web.portal.views.pages import column_address, node_of

PART = 5000
"""网站地图一份多少条 — items a part, by their number: a part that is full never changes its place."""
_FEED = 30
_FORMS: dict[str, tuple[str, Callable[..., Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json; charset=utf-8", as_json),
}
_ON = {
    queries.Change.TO_BE_REPEALED: "将于 {day} 废止。",
    queries.Change.REPEALED: "自 {day} 起废止。",
}
_FEEDS: dict[str, Any] = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@answers(FILTERS)
def everything(
    request: HttpRequest, standing: Standing, wishes: Mapping[str, str], form: str, slug: str | None = None
) -> HttpResponseBase:
    """取走数据 — the whole list that a reader asked for (条例 第二十四条)."""
    node = node_of(columns(standing), slug)
    if form not in _FORMS:
        raise Http404
    kind, made = _FORMS[form]
    wish = Wish.of(wishes)
    items = ordered(listed(node, wish, standing.today), wish.sort).iterator(chunk_size=CHUNK)
    root = absolute(request, "/").removesuffix("/")
    response = StreamingHttpResponse(made(items, standing.today, root), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{slug or "info"}.{form}"'
    return response


@answers(None)
def months(request: HttpRequest, standing: Standing) -> HttpResponse:  # noqa: ARG001
    """每月公开 — the figures of the chart on the front page."""
    return HttpResponse(as_months(of_months(standing.today)), content_type=_FORMS["csv"][0])


@answers(())
def feed(
    request: HttpRequest,
    standing: Standing,
    form: str,
    slug: str | None = None,
) -> HttpResponse:
    """订阅 — the newest items of a column, or of all, as RSS or Atom (条例 第二十三条)."""
    node = node_of(columns(standing), slug)
    if form not in _FEEDS:
        raise Http404
    name = site_of(standing).name
    made = _FEEDS[form](
        title=" · ".join(filter(None, (node.column.name if node else "", name))),
        link=absolute(request, column_address(node)),
        description=node.column.scope if node else "",
        language="zh-CN",
        feed_url=absolute(request, request.path),
    )
    for at, item, change in _news(node, standing):
        version = item.public_version if queries.is_public(item) else None
        address = absolute(request, reverse("portal:item", args=[item.index_number]))
        title = version.title if version else item.index_number
        made.add_item(
            title=_printable(f"【{change.change.label}】{title}" if change else title),
            link=address,
            description=_printable(_told(item, version, change)),
            author_name=item.body.name,
            pubdate=at,
            updateddate=at,
            unique_id=f"{address}#{change.change}-{change.number}" if change else address,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _told(item: Item, version: Version | None, change: queries.Happening | None) -> str:
    """What happened and on which day, and the summary; never nothing."""
    day = change.on if change and change.on else timezone.localdate(change.at if change else item.published_at)
    way = _ON.get(change.change, "{day} {what}。") if change else "{day} 公开。"
    said = way.format(day=day, what=change.change.label if change else "")
    return said + (version.summary if version else "")


def _news(node: Node | None, standing: Standing) -> list[tuple[datetime, Item, queries.Happening | None]]:
    """The newest publications, and what happened to what was published before; of what is gone only that."""
    known, gone = listed(node, Wish(), standing.today), queries.gone()
    within = gone.filter(column_id__in=node.within) if node else gone
    items = [(item.published_at, item, None) for item in ordered(known, "-published")[:_FEED] if item.published_at]
    steps = [*queries.later(known)[:_FEED], *queries.withdrawn(within)[:_FEED]]
    changes = [(each.at, each.item, queries.happening(each)) for each in steps]
    return sorted([*items, *changes], key=itemgetter(0), reverse=True)[:_FEED]


@answers(None)
def sitemap(request: HttpRequest, standing: Standing) -> HttpResponse:  # noqa: ARG001
    """网站地图 — the list of its parts (网站发展指引)."""
    last = queries.public().order_by("-pk").values_list("pk", flat=True).first() or 0
    parts = [absolute(request, reverse("portal:sitemap-part", args=[part])) for part in range(last // PART + 1)]
    return render(request, "portal/sitemap.xml", {"parts": parts}, content_type="application/xml")


@answers(None)
def sitemap_part(request: HttpRequest, standing: Standing, part: int) -> HttpResponse:
    """网站地图的一份 — its items and when each was changed; the columns and bodies stand in the first."""
    root = absolute(request, "/").removesuffix("/")
    rows = queries.public().filter(pk__gte=part * PART, pk__lt=(part + 1) * PART).order_by("pk")
    found = ((reverse("portal:item", args=[index]), at) for index, at in rows.values_list("index_number", "updated_at"))
    fixed: list[tuple[str, object]] = []
    if part == 0:
        fixed = [(reverse(f"portal:{name}"), None) for name in ("home", "info", "bodies", "map")]
        fixed += [(reverse("portal:column", args=[slug]), None) for slug in columns(standing).nodes]
    pages = [(root + path, at and timezone.localtime(at).date().isoformat()) for path, at in chain(fixed, found)]  # type: ignore[arg-type]
    if not pages:
        raise Http404
    return render(request, "portal/sitemap_part.xml", {"pages": pages}, content_type="application/xml")


@answers(None)
def robots(request: HttpRequest, standing: Standing) -> HttpResponse:  # noqa: ARG001
    """爬虫须知 — everything public may be read; desks and forms hold nothing for machines."""
    context = {"sitemap": absolute(request, reverse("portal:sitemap"))}
    return render(request, "portal/robots.txt", context, content_type="text/plain; charset=utf-8")


def _printable(text: str) -> str:
    """What XML can hold: a control sign in a title must not cost the reader the whole feed."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
