"""网页上的一篇 — title, text and facts of a page of the platform, as a saved page has them (条例 第二十三条).

Saved as a page, or as the archive of one (MHTML). What stands around them, navigation, links, is no part of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from gongkai.documents import mht
from gongkai.documents.article_shape import hiding_rule, strange_place, strange_table
from gongkai.documents.decoding import decode
from gongkai.documents.limits import LIMITS
from gongkai.documents.web_page_seen import as_seen

_NO_TAGS = frozenset([
    "style", "iframe", "frame", "frameset", "object", "embed", "video", "audio", "canvas", "svg", "math", "base",
    "bdo", "bdi", "textarea", "select", "dialog", "template", "slot", "marquee", "applet", "portal", "fencedframe",
])  # fmt: skip
_NO_ATTRIBUTES = frozenset([
    "style", "dir", "hidden", "popover", "contenteditable", "background", "slot", "is",
])  # fmt: skip
_NOT_IN_TEXT = frozenset([
    "input", "button", "form", "img", "details", "summary", "script", "link", "meta", "article",
])  # fmt: skip
_AROUND = frozenset(["html", "body", "main", "div", "section"])
_ONE_EACH = tuple(map(etree.XPath, ("//main", "//article", "//article//h1")))
_TITLE = etree.XPath("//article//h1")
_TEXT = etree.XPath("//article//*[contains(concat(' ', normalize-space(@class), ' '), ' document-text ')]")


_FACTS = etree.XPath(
    "//table[contains(concat(' ', normalize-space(@class), ' '), ' metadata ')]"
    "[not(ancestor::*[contains(concat(' ', normalize-space(@class), ' '), ' document-text ')])]//th"
)
LABELS = {
    "索引号": "index", "发文字号": "document_number", "成文日期": "formed_on", "发布日期": "published_at",
    "发文机关": "body", "发布机构": "body",
    "index number": "index", "Document number": "document_number", "date of the document": "formed_on",
    "date of publication": "published_at", "Issued by": "body", "Published by": "body",
}  # fmt: skip
"""目录项目的名称 — as a page has them in either language: what it calls a day is what its reader reads."""
_NAMES = {"".join(label.split()): name for label, name in LABELS.items()}
_STYLES = re.compile(r"(?s)^(?!data:).*\.css$|^cid:[\w.-]+@mhtml\.blink$")
"""样式 — of its own file, as the platform has it; in an archive, of a part of it."""
_BODY = re.compile(r"bodies/([^/?#]+)")


class Article(NamedTuple):
    """一篇 — its title and its text, without the blanks of the markup; `facts`: what is said of it, by name."""

    title: str
    text: str
    facts: tuple[tuple[str, str], ...] = ()


def is_page(source: str, data: bytes) -> bool:
    """是不是网页 — by its name or its beginning. DocumentError where its signs cannot be told."""
    if source.lower().endswith((".html", ".htm", ".xhtml")) or mht.is_archive(source, data):
        return True
    return not data.startswith((b"%PDF", b"PK")) and "<html" in decode(source, data[:20_000]).lower()


def article(source: str, data: bytes) -> Article | None:
    """一篇 — of a page; None where it has no such place. DocumentError where its signs cannot be told."""
    markup = _markup(source, data)
    root = etree.HTML(markup, etree.HTMLParser(remove_comments=True))
    if root is None:
        return None
    as_seen(root, markup.encode("utf-8", "replace").lower())  # what no reader sees is no part of it
    title, text = _first(_TITLE(root)), _first(_TEXT(root))
    return None if title is None or text is None else Article(title, text, tuple(_facts(root)))


def _markup(source: str, data: bytes) -> str:
    """The page, or the only page of an archive."""
    if mht.is_archive(source, data):
        return mht.only_page(source, data, LIMITS) or " "
    return decode(source, data) or " "


def _facts(root: etree._Element) -> Iterator[tuple[str, str]]:
    """What the table above the article says; the body by the address of its page, where it is a link."""
    for head in _listed(_FACTS(root)):
        cell = head.getnext()
        name = _NAMES.get("".join("".join(map(str, head.itertext())).split()), "")
        if cell is None or not name:
            continue
        link = next((each.get("href", "") for each in cell.iter("a")), "")
        found = _BODY.search(str(link)) if name == "body" else None
        said = (found[1] if found else "") if name == "body" else "".join("".join(map(str, cell.itertext())).split())
        if said:
            yield name, said


def foreign(source: str, data: bytes) -> str:
    """不是平台页上的 — what a page of the platform never has, so that nobody knows whether its words are what is seen;
    empty where there is nothing of it. DocumentError where its signs cannot be told."""
    markup = _markup(source, data)
    root = etree.HTML(markup, etree.HTMLParser(remove_comments=True))
    if root is None:
        return ""
    texts = _listed(_TEXT(root))
    if len(texts) > 1 or any(len(_listed(path(root))) > 1 for path in _ONE_EACH):
        return "<article>"
    for text in texts:
        around = next((each.tag for each in text.iterancestors() if each.tag not in {*_AROUND, "article"}), "")
        inside = next((each.tag for each in text.iter() if each.tag in _NOT_IN_TEXT), "")
        if around or inside:
            return f"<{around or inside}>"
    strange = next(filter(None, map(_foreign, root.iter(etree.Element))), "") or strange_table(root)
    titles = _listed(_TITLE(root))
    if strange or not titles or not texts:
        return strange
    return strange_place(titles[0], texts[0]) or hiding_rule(markup, _sheets(source, data, root), _words)


def _words(root: etree._Element) -> tuple[object, ...]:
    return (_first(_TITLE(root)), _first(_TEXT(root)), tuple(_facts(root)))


def _sheets(source: str, data: bytes, root: etree._Element) -> Iterator[str]:
    """The style sheets that were saved with the page: parts of its archive, files in a folder beside it."""
    if mht.is_archive(source, data):
        yield from mht.sheets(source, data, LIMITS)
        return
    folder = Path(source).parent
    for link in root.iter("link"):
        href = str(link.get("href") or "").partition("?")[0].partition("#")[0]
        path = Path(unquote(href))
        if href.endswith(".css") and ":" not in href and not href.startswith("/") and ".." not in path.parts:
            with suppress(OSError):
                yield decode(href, (folder / path).read_bytes()[:_MOST_OF_SHEET])


_MOST_OF_SHEET = 1_000_000


def _foreign(element: etree._Element) -> str:
    tag, given = str(element.tag), element.attrib
    written = next((str(name) for name in given if name in _NO_ATTRIBUTES or str(name).startswith("on")), "")
    is_style = tag == "link" and "stylesheet" in str(given.get("rel", "")).lower()
    is_strange = (
        tag in _NO_TAGS
        or "-" in tag
        or (tag == "script" and given.get("type") != "application/ld+json")
        or (tag == "meta" and str(given.get("http-equiv", "content-type")).lower() != "content-type")
        or (is_style and not _STYLES.search(str(given.get("href", "")).partition("?")[0]))
    )
    return f"<{tag}>" if is_strange else f"<{tag} {written}>" if written else ""


def _listed(found: object) -> list[etree._Element]:
    return [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []


def _first(found: object) -> str | None:
    first = found[0] if isinstance(found, list) and found else None
    return "".join("".join(map(str, first.itertext())).split()) if isinstance(first, etree._Element) else None
