"""网页的分行 — what a page sets on lines of its own, or apart, is never run together (条例 第十二条).

    set_apart(root, looks) -> int: the tree says by `br` and blanks what styles say; how many of them reverse an order

An element that a style makes a line gets line ends around it. One that a style moves, or of which nobody can tell how
it is shown, gets a blank where two figures or words would become one: what cannot be told apart is separated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.documents.showing import How
from gongkai.documents.showing.appearance import Look
from gongkai.documents.showing.stylesheet import Declared, Element, Stylesheet
from gongkai.documents.showing.web_page import BLOCKS, NOT_TEXT

_SIDES = ("margin", "margin-left", "margin-right", "padding", "padding-left", "padding-right", "border", "border-left")
_BOXES = (*_SIDES, "border-right", "width", "min-width", "inset", "left", "right", "top", "bottom", "transform", "gap")
_SPACED = ("letter-spacing", "word-spacing")
_WANTED = frozenset(("display", "float", "flex-direction", "flex-flow", "position", *_BOXES, *_SPACED))
_IN_LINE = frozenset(
    ("", "inline", "contents", "none", "ruby", "ruby-text", "ruby-base", "inherit", "initial", "unset")
)
_LINES = re.compile("block|list-item|flow-root|table|table-(?:row|caption|header|footer|row-group|header-group).*")
_HELD = ("flex", "grid")
_KNOWN = frozenset(
    re.findall(
        "[a-z0-9]+",
        "a abbr acronym area audio b base basefont bdi bdo big blink button canvas cite code col colgroup data datalist"
        " del dfn em embed font frame i iframe img input ins kbd label link map mark math meta nobr noembed noframes"
        " object output param picture progress q rb rbc rp rt rtc ruby s samp script slot small source span strike"
        " strong style sub sup svg template time track tt u var video wbr",
    )
)
"""What every browser sets in the line in which it stands."""
_CELLS = frozenset(("td", "th", "html"))
_APART = "\ufdd0"
_NUMERAL = "0-9０-９A-Za-z〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟"
_BEFORE, _AFTER = re.compile(f"[{_NUMERAL}.,，．%％‰)）]"), re.compile(f"[{_NUMERAL}.．(（-]")
_NOTHING = re.compile(r"(?:[+-]?0*(?:\.0*)?[a-z%]*|auto|none|normal|initial|inherit|unset|medium)(?:\s|\Z)")


def set_apart(root: Element, looks: Mapping[Element, Look]) -> int:
    """分开 — changes the tree: line ends and blanks where its styles part what stands in one line (条例 第十二条)."""
    sheets = [sheet.text or "" for sheet in root.iter("style")]
    page = _Apart(Stylesheet(sheets, _WANTED), _is_linked(root, sheets))
    for element in list(root.iter("*")):
        if isinstance(element.tag, str) and element.getparent() is not None:
            look = looks.get(element)
            if look is None or look.how is not How.HIDDEN:
                page.part(element)
    quotations = [(each, sum(above.tag == "q" for above in each.iterancestors())) for each in root.iter("q")]
    for quoted, depth in quotations:
        _quote(quoted, depth)
    _settle(root)
    return page.reversed


class _Apart:
    """The styles of one page; `is_linked`: others lie elsewhere and may say anything of what has a class."""

    def __init__(self, sheet: Stylesheet, is_linked: bool) -> None:
        self._sheet, self._is_linked = sheet, is_linked
        self._shown: dict[Element, str] = {}
        self.reversed = 0

    def part(self, element: Element) -> None:
        sure, doubtful = self._sheet.of(element)
        self._shown[element] = display = sure.get("display", "") or doubtful.get("display", "")
        flow = sure.get("flex-direction", "") + sure.get("flex-flow", "")
        self.reversed += "reverse" in flow and len(element) > 1 and "flex" in display
        if element.tag in BLOCKS or element.tag in _CELLS or element.tag in NOT_TEXT or element.tag == "br":
            return
        if _LINES.fullmatch(sure.get("display", "")) or display in _HELD:
            _between_lines(element)
        elif self._may_stand_apart(element, sure) or self._may_stand_apart(element, doubtful):
            _between_marks(element)

    def _may_stand_apart(self, element: Element, declared: Declared) -> bool:
        if element.tag not in _KNOWN and ":" not in element.tag:
            return True
        if self._is_linked and (element.get("class") or element.get("id")):
            return True
        if any(each in self._shown.get(element.getparent(), "") for each in _HELD):
            return True
        display = declared.get("display", "")
        if display not in _IN_LINE and display != "inline-block":
            return True
        if declared.get("float", "none") != "none" or declared.get("position", "static") in ("absolute", "fixed"):
            return True
        return any(name in declared and not _is_nothing(declared[name]) for name in (*_BOXES, *_SPACED))


def _is_nothing(value: str) -> bool:
    """Whether each length that a declaration names is nought."""
    return all(_NOTHING.fullmatch(part) for part in value.split())


def _is_linked(root: Element, sheets: list[str]) -> bool:
    linked = any("stylesheet" in str(each.get("rel", "")).lower() for each in root.iter("link"))
    return linked or any("@import" in sheet for sheet in sheets)


def _between_lines(element: Element) -> None:
    parent = element.getparent()
    after = etree.Element("br")
    after.tail, element.tail = element.tail, None
    at = parent.index(element)
    parent.insert(at + 1, after)
    parent.insert(at, etree.Element("br"))


def _between_marks(element: Element) -> None:
    _add_before(element, _APART)
    element.tail = f"{_APART}{element.tail or ''}"


def _add_before(element: Element, words: str) -> None:
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''}{words}"
    else:
        parent.text = f"{parent.text or ''}{words}"


def _quote(quoted: Element, depth: int) -> None:
    """Browsers set signs around what is quoted, other ones within it."""
    first, last = ("‘", "’") if depth % 2 else ("“", "”")
    quoted.text = f"{first}{quoted.text or ''}"
    if len(quoted):
        quoted[-1].tail = f"{quoted[-1].tail or ''}{last}"
    else:
        quoted.text += last
    quoted.tag = "span"


def _settle(root: Element) -> None:
    """A blank for each mark that stands between two signs of numbers or words, nothing for the others."""
    places = list(_places(root))
    texts = [str(getattr(element, where)) for element, where in places]
    if not any(_APART in text for text in texts):
        return
    before = ""
    firsts = _firsts(texts)
    for (element, where), text, follows in zip(places, texts, firsts, strict=True):
        out = list[str]()
        for piece in re.split(f"({_APART}+)", text):
            if piece.startswith(_APART):
                out.append(piece)
            elif piece:
                if out and out[-1].startswith(_APART):
                    out[-1] = _blank(before, piece[0])
                out.append(piece)
                before = piece[-1]
        if out and out[-1].startswith(_APART):
            out[-1] = _blank(before, follows)
            before = out[-1] or before
        setattr(element, where, "".join(out))


def _firsts(texts: list[str]) -> list[str]:
    """The sign that follows each text."""
    follows, found = "", list[str]()
    for text in reversed(texts):
        found.append(follows)
        follows = text.replace(_APART, "")[:1] or follows
    return found[::-1]


def _blank(before: str, after: str) -> str:
    return " " if before and after and _BEFORE.match(before) and _AFTER.match(after) else ""


def _places(root: Element) -> Iterator[tuple[Element, str]]:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        where = "text" if event == "start" else "tail"
        if (
            isinstance(element.tag, str)
            and getattr(element, where)
            and (where == "tail" or element.tag not in NOT_TEXT)
        ):
            yield element, where
