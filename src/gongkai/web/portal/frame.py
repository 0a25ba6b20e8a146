"""页框 — what stands around every public page: the site, the tree of columns, where the reader is (网站发展指引)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gongkai.web.bodies.models import Body, Level
from gongkai.web.look.site import Site, site
from gongkai.web.portal.catalogue import Tree, tree
from gongkai.web.portal.standing import Standing


def county(standing: Standing) -> Body | None:
    """县级政府 — the body whose portal this is."""
    return standing.remember("county", lambda: Body.objects.filter(level=Level.COUNTY, is_active=True).first())


def site_of(standing: Standing) -> Site:
    """站点 — with the name of the county where the settings give none."""
    body = county(standing)
    return site().called(body.name if body else "")


def columns(standing: Standing) -> Tree:
    """栏目树 — with its counts."""
    return standing.remember("tree", tree)


def frame(request: HttpRequest, standing: Standing, here: str = "") -> dict[str, Any]:
    """页框 — the context of every public page; `here`: the entry of the navigation that is current.

    What stands above and below is the same on many pages, so it is made once for each way of reading.
    """
    around = {"site": site_of(standing), "today": standing.today, "here": here, "request": request}
    wishes = request.preferences  # type: ignore[attr-defined]

    def made(name: str) -> SafeString:
        return standing.remember((name, here, wishes), lambda: render_to_string(f"look/public_{name}.html", around))

    return {**around, "tree": columns(standing), "above": made("header"), "below": made("footer")}


def absolute(request: HttpRequest, path: str) -> str:
    """完整网址 — of a path of this site, under the address that the county gave it."""
    return site().address + path if site().address else request.build_absolute_uri(path)
