"""归档快照 — the page of an item as one file that needs nothing else (条例 第二十五条; DA/T 80)."""

from __future__ import annotations

from django.template.loader import render_to_string

from gongkai.web.holdings.models import Item, Version


def page(item: Item, version: Version) -> str:
    """快照 — metadata, text, and the names and digests of the files that the public gets."""
    context = {"item": item, "version": version, "files": version.files.select_related("copy")}
    return render_to_string("holdings/snapshot.html", context)
