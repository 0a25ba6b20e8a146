"""网页上的一篇 — title and text of a page of the platform, as a saved page has them (条例 第二十三条).

What stands around them, navigation, metadata, links, is no part of either.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from gongkai.documents.decoding import decode
from gongkai.documents.web_page_seen import as_seen

_TITLE = etree.XPath("//article//h1")
_TEXT = etree.XPath("//article//*[contains(concat(' ', normalize-space(@class), ' '), ' document-text ')]")


class Article(NamedTuple):
    """一篇 — its title and its text, without the blanks of the markup."""

    title: str
    text: str


def is_page(source: str, data: bytes) -> bool:
    """是不是网页 — by its name or its beginning. DocumentError where its signs cannot be told."""
    if source.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    return not data.startswith((b"%PDF", b"PK")) and "<html" in decode(source, data[:20_000]).lower()


def article(source: str, data: bytes) -> Article | None:
    """一篇 — of a page; None where it has no such place. DocumentError where its signs cannot be told."""
    root = etree.HTML(decode(source, data) or " ", etree.HTMLParser(remove_comments=True))
    if root is None:
        return None
    as_seen(root, data.lower())  # what no reader sees is no part of it
    title, text = (_first(path(root)) for path in (_TITLE, _TEXT))
    return None if title is None or text is None else Article(title, text)


def _first(found: object) -> str | None:
    first = found[0] if isinstance(found, list) and found else None
    return "".join("".join(map(str, first.itertext())).split()) if isinstance(first, etree._Element) else None
