"""网页上看得见的字 — takes out of a page's tree what no reader sees, and writes in what he does (条例 第五十条).

Out: what is hidden, struck, of no size, of the colour of its ground. In: the values of form fields in a table; raised
and lowered signs as such, so that no number takes them in; the sign of a picture or a program in an otherwise empty
cell. Only elements that a telling tag, attribute or declaration meets are judged, with what stands in them: most pages
hide a menu and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any

from lxml import etree

from gongkai.documents.showing.appearance import WANTED, Look, is_faint, look_of, tells
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.signs import NO_TEXT
from gongkai.documents.showing.stylesheet import Element, Stylesheet, declarations
from gongkai.documents.showing.understood import Everything, not_understood
from gongkai.documents.showing.web_page import BLOCKS

_MAY_TELL = re.compile(
    rb"hidden|style|<s[>\s]|<strike|<del|<su[pb]|<input|<textarea|<select|<img|<svg|<canvas|<script|<object|<dialog|color="
)
_TELLING = ("s", "strike", "del", "sup", "sub", "dialog")
_FIELDS = ("input", "textarea", "select")
_NOT_SHOWN = frozenset(("hidden", "password", "checkbox", "radio", "image", "file", "submit", "button", "reset"))
_DRAWN = ("img", "svg", "canvas", "script", "object", "embed", "video", "iframe")
_LINKED = re.compile(rb"<link[^>]*stylesheet|@import")
_DIGIT = re.compile("[0-9０-９]")
_PIECES = 2
_SPACER = 2
"""Pictures of so few pixels are there to keep a distance."""


def as_seen(root: Element, lowered: bytes) -> None:
    """照见到的样子 — changes the tree; `lowered`: the page's markup in lower case."""
    if _MAY_TELL.search(lowered):
        _Page(root, lowered).change()


_ATTRIBUTES = {"@hidden": b"hidden", "@color": b" color", "@bgcolor": b"bgcolor"}
"""What tells, and without which signs in the markup there is none of it: most pages have little of all this."""


@lru_cache(maxsize=64)
def _marked(conditions: tuple[str, ...]) -> Any:
    return etree.XPath(f"//*[{' or '.join(conditions)}]")


_STYLE = re.compile(rb"style\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))")


def _styles_tell(lowered: bytes) -> bool:
    """Whether any style of an element may hide something: looked for in the markup, which is read faster than the
    tree. What is written in references is told by them: no style needs any."""
    styles = {one or other or bare for one, other, bare in _STYLE.findall(lowered)}
    return any(b"&" in style or _hides(style.decode("utf-8", "replace")) for style in styles)


def _is_telling(element: Element) -> bool:
    if "hidden" in element.attrib or _hides(element.get("style", "")):
        return True
    colour, ground = element.get("color"), element.get("bgcolor")
    return bool(colour and tells("color", colour.lower())) or bool(ground and tells("background", ground.lower()))


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return any(tells(name, value) for name, (value, _) in declarations(style).items())


class _Page:
    def __init__(self, root: Element, lowered: bytes) -> None:
        self._root, self._lowered = root, lowered
        self._named: dict[str, list[Element]] = {}
        for element in root.iter("style", *_TELLING, *_FIELDS, *_DRAWN):
            self._named.setdefault(element.tag, []).append(element)
        self._css = [element.text or "" for element in self._named.get("style", ())]
        self._sheet: Stylesheet | None = None
        self._whole: Stylesheet | None = None
        self._is_linked = _LINKED.search(lowered) is not None
        self._looks: dict[Element, Look] = {}

    def _all(self, tags: Iterable[str]) -> list[Element]:
        return [element for tag in tags for element in self._named.get(tag, ())]

    def change(self) -> None:
        for field in [field for field in self._all(_FIELDS) if _is_in_cell(field)]:
            _write_in(field)
        suspects = self._suspects()
        if suspects:
            for element in [one for one in self._root.iter("*") if one in suspects]:
                if element.getroottree().getroot() is self._root:
                    self._judge(element)
        for cell in self._root.iter("td", "th"):
            self._set_apart(cell)
        drawn = [one for one in self._all(_DRAWN) if _is_large(one)]
        for cell in dict.fromkeys(cell for one in drawn for cell in islice(one.iterancestors("td", "th"), 1)):
            if not _says(cell):
                cell.text = NO_TEXT

    def _suspects(self) -> set[Element]:
        asked = [each for each, sign in _ATTRIBUTES.items() if sign in self._lowered]
        if _styles_tell(self._lowered):
            asked.append("@style")
        found = set(self._all(_TELLING))
        if asked:
            found.update(one for one in _marked(tuple(asked))(self._root) if _is_telling(one))
        if any(css.strip() for css in self._css):
            found.update(Stylesheet(self._css, WANTED, tells).met_by(self._root))
        # A page that hides all of itself is shown by a program.
        return {one for one in found if one.tag not in ("html", "body", "head")}

    def _judge(self, element: Element) -> None:
        look = self._look(element)
        if look.is_gone or look.is_struck:
            _take_out(element)
        elif look.is_raised:
            _raise(element)
        elif look.why is not None:
            for inner in list(element.iter("*")):
                self._fade(inner)

    def _fade(self, element: Element) -> None:
        """Its own words are not seen, and neither are those behind each element in it."""
        if self._look(element).why is None:
            return
        element.text = None
        for inner in element:
            inner.tail = None

    def _set_apart(self, cell: Element) -> None:
        """Digits of a cell that stand in elements of which a style was not understood get a blank around them: they
        may be hidden, raised or moved, so that the number is read as one that has been torn."""
        if len(cell) == 0 or sum(_DIGIT.search(text) is not None for text in cell.itertext()) < _PIECES:
            return
        for element in [one for one in cell.iter() if one is not cell and isinstance(one.tag, str)]:
            if not _DIGIT.search("".join(element.itertext())) or not self._is_doubtful(element):
                continue
            _before(element)
            element.tail = f" {element.tail or ''}"

    def _is_doubtful(self, element: Element) -> bool:
        if self._whole is None:
            self._whole = Stylesheet(self._css, Everything())
        if self._is_linked and element.tag not in BLOCKS and (element.get("class") or element.get("id")):
            return True  # a style sheet that lies elsewhere may say anything of it
        return next(not_understood(element, self._whole), None) is not None or is_faint(self._look(element))

    def _look(self, element: Element) -> Look:
        missing = []
        above = element
        while above is not None and above not in self._looks:
            missing.append(above)
            above = above.getparent()
        if self._sheet is None:
            self._sheet = Stylesheet(self._css, WANTED)
        look = Look() if above is None else self._looks[above]
        for one in reversed(missing):
            if isinstance(one.tag, str):
                look = look_of(one, look, self._sheet.of(one)[0])
            self._looks[one] = look
        return look


def _take_out(element: Element) -> None:
    """An empty comment in its place, so that the text after it stays."""
    parent = element.getparent()
    if parent is not None:
        nothing = etree.Comment("")
        nothing.tail = element.tail
        parent.replace(element, nothing)


def _before(element: Element) -> None:
    """A blank before it."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = f"{previous.tail or ''} "
    else:
        parent.text = f"{parent.text or ''} "


def _raise(element: Element) -> None:
    text = "".join(element.itertext())
    lowered = element.tag == "sub" or "sub" in element.get("style", "")
    for inner in list(element):
        element.remove(inner)
    element.text = raised(text, is_low=lowered)


def _is_in_cell(element: Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None


def _write_in(field: Element) -> None:
    """The value of a field as text where the field stands."""
    if field.tag == "input":
        value = "" if field.get("type", "text").lower() in _NOT_SHOWN else field.get("value", "")
    elif field.tag == "textarea":
        value = field.text or ""
    else:
        options = list(field.iter("option"))
        chosen = [one for one in options if "selected" in one.attrib] or options[:1]
        value = "".join(chosen[0].itertext()) if chosen else ""
    if "hidden" in field.attrib or "display" in field.get("style", "") or not value.strip():
        return
    tail = field.tail
    for inner in list(field):
        field.remove(inner)
    field.tag, field.text, field.tail = "span", value, tail


def _says(cell: Element) -> bool:
    texts: Iterable[str] = _texts(cell)
    return any(text.strip() for text in texts)


def _texts(cell: Element) -> Iterator[str]:
    """What a cell says, without programs."""
    for element in cell.iter():
        if isinstance(element.tag, str) and element.tag not in ("script", "style", "noscript", "textarea"):
            yield element.text or ""
        if element is not cell:
            yield element.tail or ""


def _is_large(element: Element) -> bool:
    if element.tag == "script":
        return bool((element.text or "").strip() or element.get("src"))
    sizes = [element.get(name, "") for name in ("width", "height")]
    return not any(size.isdecimal() and int(size) <= _SPACER for size in sizes)
