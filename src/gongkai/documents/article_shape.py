"""平台信息页的样子 — tells whether a saved page is built as the platform builds it (条例 第二十三条).

Whoever forges a page hides the published words and shows others: by a class, by the style sheet beside the page, by
words between. A page of the platform has few classes, at known places, and nothing else in its article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from gongkai.documents.showing.appearance import WANTED, tells
from gongkai.documents.showing.stylesheet import written
from gongkai.documents.web_page_seen import as_seen

_AROUND = frozenset(["", "width", "article-columns", "public"])
_IN_TEXT = frozenset(["", "right", "center", "to", "scroll"])
_IN_ARTICLE = {
    "div": {"over-notice", "document-text", "closing"},
    "p": {"archived", "abstract"},
    "h1": {""},
    "ul": {"byline"},
    "form": {"tools"},
    "figure": {"picture"},
    "section": {"attachments"},
}
_TABLES = etree.XPath("//*[contains(concat(' ', normalize-space(@class), ' '), ' metadata ')]")
_IN_TABLE = frozenset(["table", "caption", "tbody", "tr", "th", "td", "a", "small", "span"])
"""Of the table of facts, which has links, badges and small words, but none that is for some readers only."""
_HIDING = frozenset(["sr", "print-only", "skip"])


def strange_place(title: etree._Element, text: etree._Element) -> str:
    """不在该在的地方 — a tag that has a class, or a place, that it never has on a page of the platform; else empty."""
    for place in (title, text):
        around = (each for each in place.iterancestors() if _class(each) not in _AROUND)
        if strange := next(around, None) if _is_in_article(place) else place:
            return _shown(strange)
    if (text.tag, _class(text)) != ("div", "document-text") or _class(title):
        return _shown(text if _class(text) != "document-text" else title)
    inside = (each for each in (*_elements(text), *_elements(title)) if _class(each) not in _IN_TEXT)
    strange = next((each for each in inside if each not in (text, title)), None)
    return _shown(strange) if strange is not None else _between(text.getparent())


def strange_table(root: etree._Element) -> str:
    """不是平台的目录项目表 — a tag of it, or a second such table; else empty."""
    found = _TABLES(root)
    tables = [each for each in found if isinstance(each, etree._Element)] if isinstance(found, list) else []
    for table in tables:
        above = next((each for each in table.iterancestors() if _class(each) not in _AROUND), None)
        if len(tables) > 1 or above is not None or (table.tag, _class(table)) != ("table", "metadata"):
            return _shown(table if above is None else above)
        for each in _elements(table):
            is_hiding = bool(_HIDING.intersection(_class(each).split())) and each.tag != "caption"
            if is_hiding or each.tag not in _IN_TABLE or (_class(each) and each.tag in ("tr", "th", "td", "a")):
                return _shown(each)
    return ""


def hiding_rule(markup: str, sheets: Iterable[str], words: Callable[[etree._Element], object]) -> str:
    """样式表遮住的 — the selector of a rule in one of these sheets under which other words are seen; else empty.

    A rule counts whatever medium it is for, and whatever other rule would win over it: none of the platform's own
    hides words of an article.
    """
    rules = {(selector, f"{name}:{value}") for css in sheets for selector, name, value in written(css)
             if name in WANTED and tells(name, value)}  # fmt: skip
    whole = words(_seen(markup, ""))
    every = "".join(f"{selector}{{{declared}}}" for selector, declared in sorted(rules))
    if words(_seen(markup, every)) == whole:
        return ""
    by_one = (
        selector for selector, declared in sorted(rules) if words(_seen(markup, f"{selector}{{{declared}}}")) != whole
    )
    return next(by_one, "css")


def _seen(markup: str, css: str) -> etree._Element:
    """The page as its reader sees it under these rules."""
    root = etree.HTML(markup, etree.HTMLParser(remove_comments=True))
    style = etree.SubElement(root, "style")
    style.text = css
    as_seen(root, markup.encode("utf-8", "replace").lower() + b"<style>")
    return root


def _is_in_article(place: etree._Element) -> bool:
    parent = place.getparent()
    return parent is not None and parent.tag == "article" and not _class(parent)


def _between(article: etree._Element | None) -> str:
    """Name a part that an article never has, or the article itself for words that stand in none of its parts."""
    if article is None:
        return ""
    parts = [each for each in article if isinstance(each.tag, str)]
    strange = next((each for each in parts if _class(each) not in _IN_ARTICLE.get(each.tag, ())), None)
    words = "".join((article.text or "", *(each.tail or "" for each in article)))
    return _shown(strange) if strange is not None else "<article>" if words.strip() else ""


def _elements(place: etree._Element) -> Iterator[etree._Element]:
    return (each for each in place.iter() if isinstance(each.tag, str))


def _class(element: etree._Element) -> str:
    return " ".join(str(element.get("class") or "").split())


def _shown(element: etree._Element) -> str:
    name = _class(element)
    return f'<{element.tag} class="{name}">' if name else f"<{element.tag}>"
