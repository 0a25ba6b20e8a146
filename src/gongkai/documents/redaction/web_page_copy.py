"""网页的副本 — a new page, made of what a reader sees and of nothing else of the old one (条例 第十五条、第三十七条).

Elements are those of `_KEPT` and attributes those written here, each with a value that was checked: spans, alignment,
an http address in which no number stands. Of everything else nothing is left but what is seen in it. The words are
those of the spots, as they were masked; pictures are those that were encoded anew.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from gongkai.documents.showing import Why
from gongkai.documents.showing.appearance import Look
from gongkai.documents.showing.stylesheet import Element
from gongkai.documents.showing.web_page import BLOCKS, NOT_TEXT, Page, Spot
from gongkai.text.hit import Hit, replaced
from gongkai.text.personal_data import find

_PHRASES = frozenset(("b", "strong", "i", "em", "u", "s", "sub", "sup", "small", "ruby", "rt", "rp", "code", "q"))
_LINES = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "dt", "caption"))
"""What holds phrases alone: with a block in it, it becomes a division."""
_TABLES = frozenset(("table", "thead", "tbody", "tfoot", "tr"))
_LISTS = frozenset(("ul", "ol", "dl"))
_KEPT = {
    **{tag: tag for tag in _PHRASES | _LINES | _TABLES | _LISTS},
    **{tag: tag for tag in ("td", "th", "li", "dd", "blockquote", "hr", "br", "div")},
    **{"del": "s", "strike": "s", "menu": "ul", "tfoot": "tbody"},
}
_EMPTY = frozenset(("hr", "br"))
_ONLY_CHILDREN = _TABLES | _LISTS
_PARENTS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "tr": ("table", "thead", "tbody", "tfoot")}
_PARENTS |= {tag: ("table",) for tag in ("thead", "tbody", "tfoot", "caption")} | {"td": ("tr",), "th": ("tr",)}
_HOMES = {"table": ("tr", "td"), "thead": ("tr", "td"), "tbody": ("tr", "td"), "tfoot": ("tr", "td"), "tr": ("td",)}
_HOMES |= {"ul": ("li",), "ol": ("li",), "dl": ("dd",)}
_ALREADY = {
    "b": ("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"),
    "i": ("i", "em"),
    "s": ("s",),
    "sup": ("sup", "sub"),
}
_ALIGNED = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "td", "th", "caption"))
_ADDRESS = re.compile(r"https?://[A-Za-z0-9\u0080-\uffff.:\[\]-]+(?:[/?#][^\s\"'<>\\`]{0,1900})?$")
_WHOLE = re.compile(r"[0-9]{1,4}$")
_TYPES = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"), (b"GIF8", "gif"), (b"RIFF", "webp"), (b"BM", "bmp"))
_DRESS = (
    "body{font-family:sans-serif;line-height:1.6;max-width:60em;margin:1em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .5em}"
)
"""The only style of a copy: our own."""


@dataclass(slots=True)
class Kept:
    """留下什么 — pictures encoded anew by their elements, links that hold a number, lists whose numbers are of one,
    alternative texts as masked."""

    pictures: dict[Element, bytes] = field(default_factory=dict)
    unlinked: set[Element] = field(default_factory=set)
    said: dict[Element, str] = field(default_factory=dict)
    unmarked: set[Element] = field(default_factory=set)

    def show(self, image: Element, data: bytes) -> None:
        """换图片."""
        self.pictures[image] = data

    def unlink(self, link: Element, _: Sequence[Hit]) -> None:
        """去链接 — its words stay."""
        self.unlinked.add(link)

    def say(self, image: Element, text: str, hits: Sequence[Hit]) -> None:
        """遮住说明."""
        self.said[image] = replaced(text, hits)


def own_rows(table: Element) -> list[Element]:
    """表格自己的行 — without those of tables inside it."""
    groups = [table, *table.iterchildren("thead", "tbody", "tfoot")]
    return [row for group in groups for row in group.iterchildren("tr")]


def clean_address(address: str) -> str:
    """可以留下的链接 — an address of the web in which nothing is found, written or decoded; empty for any other."""
    plain = unquote(address)
    torn = re.sub(r"[^\w]|_", "", plain)
    return "" if not _ADDRESS.match(address) or find(address) or find(plain) or find(torn) else address


def written(page: Page, kept: Kept) -> bytes:
    """写出网页 — UTF-8, the same page the same bytes."""
    return _Writer(page, kept).write()


class _Writer:
    def __init__(self, page: Page, kept: Kept) -> None:
        self._page, self._kept = page, kept
        self._spots = page.spots
        self._body = etree.Element("body")

    def write(self) -> bytes:
        """The old tree is walked, the new one grows: (old element, where its content goes, whether it is left)."""
        root = self._page.root
        pending: list[tuple[Element, etree._Element, bool]] = [(root, self._body, False)]
        while pending:
            element, target, is_left = pending.pop()
            if is_left:
                if element.tag == "svg":
                    _end_line(target)
                if element is not root:
                    self._text(target, element, "tail")
                continue
            pending.append((element, target, True))
            if element.tag == "svg":
                _end_line(target)
            inside = self._enter(element, target)
            if inside is not None:
                pending += [(inner, inside, False) for inner in reversed(element)]
        page, head = etree.Element("html", lang="zh-CN"), etree.Element("head")
        etree.SubElement(head, "meta", charset="utf-8")
        etree.SubElement(head, "title").text = self._title()
        etree.SubElement(head, "style").text = _DRESS
        page.extend((head, self._body))
        return b"<!doctype html>\n" + etree.tostring(page, encoding="unicode", method="html").encode("utf-8") + b"\n"

    def _title(self) -> str:
        titles = [self._spots.get((title, "text")) for title in self._page.root.iter("title")]
        return next((spot.written for spot in titles if spot is not None and spot.is_seen), "")

    def _enter(self, element: Element, target: etree._Element) -> etree._Element | None:
        """Where the content of an element goes; None where it has none that is seen."""
        if not isinstance(element.tag, str) or element.tag in NOT_TEXT or element.tag == "head":
            return None
        look = self._page.looks[element]
        if look.is_gone:
            if element.tag in ("td", "th") and target.tag == "tr" and look.why not in (Why.STYLE, Why.RUN):
                self._open(element, target)
            return None
        if element.tag == "img":
            self._picture(element, target)
            return None
        inside = self._open(element, target)
        if element.tag in _EMPTY:
            return None
        if element in self._page.turned and not any(inner.tag in BLOCKS for inner in element.iter("*")):
            for spot in self._page.turned[element]:
                _append(inside, spot.written if spot.is_seen else "")
            return None
        for where in ("value", "placeholder", "label", "text"):
            self._text(inside, element, where)
        if element.tag == "input" and element.get("type", "").lower() in ("checkbox", "radio"):
            _append(inside, "☑" if "checked" in element.attrib else "☐")
        return inside

    def _open(self, element: Element, target: etree._Element) -> etree._Element:
        """The new element, or the target itself where the old one leaves nothing but its content."""
        tag = self._tag(element, target)
        look, around = self._page.looks[element], self._page.looks.get(element.getparent(), Look())
        if tag:
            target = etree.SubElement(target, tag)
            if tag in BLOCKS and tag != "br":
                target.tail = "\n"
            for name, value in self._attributes(element, tag, look, around):
                target.set(name, value)
        if target.tag in _ONLY_CHILDREN or tag in _EMPTY or _has_lines(element):
            return target
        if element.tag == "a" and (address := self._address(element)):
            target = etree.SubElement(target, "a", href=address)
        for name, wanted in (
            ("b", look.is_bold),
            ("i", look.is_italic),
            ("s", look.is_struck),
            ("sup", look.is_raised),
        ):
            if wanted and not _is_within(target, _ALREADY[name]):
                target = etree.SubElement(target, name)
        return target

    def _tag(self, element: Element, target: etree._Element) -> str:
        """What it becomes where it is to stand; empty for one that leaves its content alone."""
        tag = _KEPT.get(element.tag, "div" if element.tag in BLOCKS and element.tag not in ("html", "body") else "")
        if tag == "thead" and next(element.itersiblings("tbody", "tr", "tfoot", preceding=True), None) is not None:
            # Browsers show a head above all rows, wherever it stands.
            tag = "tbody"
        if tag in _PARENTS and target.tag not in _PARENTS[tag]:
            tag = "div"
        if target.tag in _ONLY_CHILDREN and target.tag not in _PARENTS.get(tag, ()):
            return ""
        if tag in _PHRASES and _has_lines(element):
            return ""
        if tag in _LINES and _has_lines(element):
            return {"dt": "dd", "caption": "caption"}.get(tag, "div")
        return tag

    def _attributes(self, element: Element, tag: str, look: Look, around: Look) -> list[tuple[str, str]]:
        kept = []
        if tag in ("td", "th"):
            for name in ("colspan", "rowspan"):
                value = element.get(name, "").strip()
                if _WHOLE.match(value) and 1 < int(value) <= 1_000:
                    kept.append((name, value))
        is_unmarked = element in self._kept.unmarked or element.getparent() in self._kept.unmarked
        if (tag, element.tag) in (("ol", "ol"), ("li", "li")) and not is_unmarked:
            name = "start" if tag == "ol" else "value"
            if _WHOLE.match(element.get(name, "")):
                kept.append((name, element.get(name)))
        if tag in _ALIGNED and look.align and (look.align != around.align or tag in ("td", "th")):
            kept.append(("align", look.align))
        return kept

    def _address(self, link: Element) -> str:
        return "" if link in self._kept.unlinked else clean_address(link.get("href", "").strip())

    def _picture(self, image: Element, target: etree._Element) -> None:
        said = self._kept.said.get(image, image.get("alt", "")).strip()
        data = self._kept.pictures.get(image)
        if self._page.looks[image].why is not None:
            return
        target = _home(target) if said or data else target
        if data is None:
            _append(target, said)
            return
        kind = next((kind for start, kind in _TYPES if data.startswith(start)), "png")
        source = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
        picture = etree.SubElement(target, "img", src=source, alt=said)
        for name in ("width", "height"):
            if _WHOLE.match(image.get(name, "")):
                picture.set(name, image.get(name))

    def _text(self, target: etree._Element, element: Element, where: str) -> None:
        spot: Spot | None = self._spots.get((element, where))
        if spot is None or not spot.is_seen or spot.element.tag == "title":
            return
        home = _home(target)
        first, *rest = [spot.written]
        if spot.keeps_lines and not _is_within(home, ("pre",)):
            # Outside a pre, blanks are set as browsers set them anywhere.
            first, *rest = [" ".join(line.split()) for line in spot.written.split("\n")]
        _append(home, first if home is target else first.strip(" "))
        for line in rest:
            etree.SubElement(home, "br")
            _append(home, line)


def _end_line(target: etree._Element) -> None:
    """The words of a drawing stand by themselves: joined to others they would be read as one with them."""
    last = (target[-1].tail if len(target) else target.text) or ""
    if target.tag not in _ONLY_CHILDREN and last.strip():
        etree.SubElement(target, "br")


def _has_lines(element: Element) -> bool:
    """Whether lines of their own stand in it: parsers end phrases and paragraphs before them."""
    return any(inner.tag in BLOCKS and inner.tag != "br" for inner in element.iterdescendants("*"))


def _home(target: etree._Element) -> etree._Element:
    """Words between cells or items get a cell or item of their own, so that their order stays."""
    for tag in _HOMES.get(target.tag, ()):
        target = etree.SubElement(target, tag)
        target.tail = "\n"
    return target


def _is_within(target: etree._Element, tags: Sequence[str]) -> bool:
    return target.tag in tags or any(above.tag in tags for above in target.iterancestors())


def _append(target: etree._Element, text: str) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
