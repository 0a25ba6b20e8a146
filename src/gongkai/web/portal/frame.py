"""页框 — what stands around every public page: the site, the tree of columns, where the reader is (网站发展指引)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

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


def frame(standing: Standing, here: str = "") -> dict[str, Any]:
    """页框 — the context of every public page; `here`: the entry of the navigation that is current."""
    return {"site": site_of(standing), "tree": columns(standing), "today": standing.today, "here": here}


def absolute(request: HttpRequest, path: str) -> str:
    """完整网址 — of a path of this site, under the address that the county gave it."""
    return site().address + path if site().address else request.build_absolute_uri(path)
