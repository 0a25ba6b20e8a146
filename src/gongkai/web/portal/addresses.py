"""网址 — of items: a page has dozens of links to them, so the pattern is asked for once (条例 第十二条)."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from django.urls import reverse

_UNQUOTED = "/~:@!$&'()*+,;="


def item_address(index_number: str) -> str:
    """信息网址 — by its index number, which never changes (条例 第十二条)."""
    return f"{_prefix()}{quote(index_number, safe=_UNQUOTED)}/"


@cache
def _prefix() -> str:
    return reverse("portal:item", args=["-"]).removesuffix("-/")
