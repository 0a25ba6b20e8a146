"""取用网页存档 — the page of an mht as a browser shows it, or its text where it has no page (条例 第十二条)."""

from __future__ import annotations

from gongkai.documents import mht
from gongkai.documents.document import View
from gongkai.documents.limits import Limits
from gongkai.documents.taking import web_page


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用网页存档 — its pictures and files are counted, for none of them is text (条例 第十二条)."""
    parts = [part for part in mht.parts(name, data, limits) if not part[0].endswith("-head.txt")]
    pages = [content for part, content in parts if part.lower().endswith((".html", ".htm"))]
    if not pages:
        return mht.makers(name, data, limits)[0](), {}
    view, counts = web_page.read(name, pages[0], limits)
    return view, counts
