"""链接 — those of a text that lead to nothing on this site; what lies elsewhere is not asked for (条例 第二十四条).

An address of this site leads somewhere if the public could open it now: a page there is, an item in force, a file
that was published.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from gongkai.text.hit import Hit
from gongkai.text.proofreading import Slip, dead_links
from gongkai.text.proofreading.kinds import slip
from gongkai.web.files.queries import published
from gongkai.web.holdings.models import Column
from gongkai.web.holdings.queries import public
from gongkai.web.holdings.rich_text import links
from gongkai.web.look.site import site

_ELSEWHERE = ("mailto", "tel")


def dead_in_text(text: str) -> Iterator[Hit]:
    """打不开的网址 — those written out in plain text (条例 第二十四条)."""
    yield from dead_links(text, lambda addresses: filter(leads_nowhere, addresses))


def dead_in_body(html: str) -> Iterator[Hit]:
    """打不开的链接 — those behind words of the rich text, at the words (条例 第二十四条)."""
    for address, start, end in links(html):
        if leads_nowhere(address):
            yield slip(Slip.LINK, start, address)._replace(end=end)


def leads_nowhere(address: str) -> bool:
    """打不开 — whether an address of this site, or of no site at all, shows the public nothing (条例 第二十四条)."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:
        return True
    if parts.scheme in _ELSEWHERE or (not parts.scheme and not parts.netloc and not parts.path):
        return False
    if host:
        return _is_ours(host) and _shows_nothing(parts.path or "/")
    # Of a copied page: `../2021/t3.html` led somewhere where it came from.
    return _shows_nothing(parts.path) if parts.path.startswith("/") else True


def _is_ours(host: str) -> bool:
    return host == urlsplit(site().address).hostname or host in settings.ALLOWED_HOSTS


def _shows_nothing(path: str) -> bool:
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return True
    given = match.kwargs
    if "index_number" in given:
        return not public().filter(index_number=given["index_number"]).exists()
    if match.view_name == "files:public":
        return published(given["key"], given["name"]) is None
    if match.view_name == "portal:column":
        return not Column.objects.filter(slug=given["slug"]).exists()
    return False
