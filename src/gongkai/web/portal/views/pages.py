"""门面各页 — the front page, columns with their lists, bodies, the map of the site (条例 第二十三条、第二十四条)."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from gongkai.law.scope import Validity
from gongkai.web.bodies.models import Body, Level
from gongkai.web.holdings.models import ColumnKind
from gongkai.web.holdings.queries import split
from gongkai.web.look.templatetags.look import query
from gongkai.web.portal.catalogue import Node, Tree
from gongkai.web.portal.catalogue import bodies as counted_bodies
from gongkai.web.portal.charts import month_bars
from gongkai.web.portal.frame import absolute, columns, county, frame
from gongkai.web.portal.home import front
from gongkai.web.portal.listing import FILTERS, PAGE, USUAL, Wish, choices, listed, page, rows
from gongkai.web.portal.paging import Pager
from gongkai.web.portal.standing import Standing
from gongkai.web.portal.views.asking import answers

_DOORS = (ColumnKind.STATIC, ColumnKind.BRANCH, ColumnKind.ANNUAL)
_MOST_DOORS = 4


@answers(("level",))
def home(request: HttpRequest, standing: Standing, wishes: Mapping[str, str]) -> HttpResponse:
    """首页 — what is new, what is in force, where to look (条例 第二十三条)."""
    tree, level = columns(standing), Wish.of(wishes).level
    shown = standing.remember(("front", level), lambda: front(tree, level, standing.today))
    context = {
        **frame(request, standing, "home"),
        "front": shown,
        "level": level,
        "levels": list(Level),
        "county": county(standing),
        "doors": [node for node in tree.roots if node.column.kind in _DOORS][:_MOST_DOORS],
        "documents": max(
            (each for each in tree.nodes.values() if each.is_documents), key=lambda each: each.own, default=None
        ),
        "chart": month_bars(shown.months),
        "most": max((each.this_year for each in shown.top), default=0),
    }
    return render(request, "portal/home.html", context)


@answers((*FILTERS, "page"))
def info(request: HttpRequest, standing: Standing, wishes: Mapping[str, str], slug: str | None = None) -> HttpResponse:
    """栏目 — its items as a reader asks for them; without a column all of them (条例 第二十四条)."""
    tree = columns(standing)
    node = node_of(tree, slug)
    if node and node.column.kind is ColumnKind.STATIC and node.count == 1 and not request.GET:
        return redirect("portal:item", listed(node, Wish(), standing.today).values_list("index_number", flat=True)[0])
    wish = Wish.of({name: value for name, value in wishes.items() if name != "page"})
    items = listed(node, wish, standing.today)
    key = node.column.pk if node else 0
    usual = standing.remember(("split", key), lambda: split(listed(node, Wish(), standing.today), standing.today))
    standings = usual if not wish.is_narrow else split(items, standing.today)
    pager = Pager.of(wishes.get("page", ""), standings.total, PAGE)
    if wishes.get("page", "1") != str(pager.number):
        return redirect(request.path + query({"request": request}, page=pager.number))
    found = page(items, wish.sort, pager.start)
    is_documents = node is not None and node.is_documents
    context = {
        **frame(request, standing, "info"),
        "node": node,
        "path": node.path if node else [],
        "columns": standing.remember(("columns", key, get_language()), lambda: _columns(tree, node)),
        "is_documents": is_documents,
        "wish": wish,
        "head": _head(request, standing, is_documents),
        "usual": USUAL,
        "filter": _filter(standing, node, wish, is_documents),
        "standings": [(each, count) for each, count in standings.counts.items() if count],
        "pager": pager,
        "rows": rows(found, standing.today),
        "query": request.GET.urlencode(),
    }
    return render(request, "portal/column.html", context)


@answers(None)
def bodies(request: HttpRequest, standing: Standing) -> HttpResponse:
    """公开主体 — all of them, by level, with what each has disclosed (条例 第十条)."""
    groups = standing.remember("bodies", lambda: counted_bodies(standing.today))
    context = {
        **frame(request, standing, "bodies"),
        "groups": [(level, group) for level, group in groups.items() if group],
    }
    return render(request, "portal/bodies.html", context)


@answers(None)
def body(request: HttpRequest, standing: Standing, slug: str) -> HttpResponse:
    """公开主体 — how to reach its disclosure office, and what it disclosed last (条例 第十二条)."""
    shown = Body.objects.filter(slug=slug, is_active=True).first()
    if shown is None:
        raise Http404
    items = listed(None, Wish(body=slug), standing.today)
    context = {
        **frame(request, standing, "bodies"),
        "body": shown,
        "total": items.count(),
        "rows": rows(page(items, USUAL, 0), standing.today),
    }
    return render(request, "portal/body.html", context)


@answers(None)
def map_(request: HttpRequest, standing: Standing) -> HttpResponse:
    """网站地图 — every column and every body (网站发展指引)."""
    groups = standing.remember("bodies", lambda: counted_bodies(standing.today))
    context = {**frame(request, standing), "groups": [(level, group) for level, group in groups.items() if group]}
    return render(request, "portal/map.html", context)


@answers(None)
def subscribe(request: HttpRequest, standing: Standing) -> HttpResponse:
    """怎样订阅 — what a feed is, and the addresses to be copied: a browser shows its tags alone (条例 第二十三条)."""
    context = frame(request, standing)
    feeds = [(name, absolute(request, reverse("portal:feed", args=[name]))) for name in ("rss", "atom")]
    return render(request, "portal/subscribe.html", {**context, "feeds": feeds})


def _head(request: HttpRequest, standing: Standing, is_documents: bool) -> str:
    """The head of a list, with its links for sorting; where nothing was asked for it is made once."""
    context = {"request": request, "wish": Wish(), "numbers": is_documents}
    if set(request.GET) <= {"page"}:
        key = ("head", is_documents, get_language())
        return standing.remember(key, lambda: render_to_string("portal/head.html", context))
    return ""


def _filter(standing: Standing, node: Node | None, wish: Wish, is_documents: bool) -> str:
    """The filter above a list; the one in which nothing is chosen yet is made once."""
    key = node.column.pk if node else 0

    def made() -> str:
        offered = standing.remember(("choices", key), lambda: choices(node))
        context = {"choices": offered, "validities": list(Validity), "wish": wish, "is_documents": is_documents}
        return render_to_string("portal/filter.html", context)

    return made() if wish.is_narrow else standing.remember(("filter", key, get_language()), made)


def _columns(tree: Tree, node: Node | None) -> str:
    """The tree beside a list, rendered once: it opens where the reader is, at the top every branch."""
    opened = node.path if node else [each for each in tree.roots if each.column.kind is ColumnKind.BRANCH]
    return render_to_string("portal/tree.html", {"tree": tree, "node": node, "opened": opened})


def node_of(tree: Tree, slug: str | None) -> Node | None:
    """栏目 — that of an address; None for all. Http404 where there is none."""
    if slug is None:
        return None
    if slug not in tree.nodes:
        raise Http404
    return tree.nodes[slug]


def column_address(node: Node | None) -> str:
    """栏目网址 — of a column, or of all."""
    return reverse("portal:column", args=[node.column.slug]) if node else reverse("portal:info")
