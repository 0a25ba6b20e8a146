"""网页给人看什么 — the words of a page in reading order, and why a reader does not see the others (条例 第十七条).

    Page(root).blocks                    -> list[Block]: the spots of each paragraph, and the cell in which it stands
    runs(root)                           -> Iterator[Run]: the same words without their places

Hidden is what CSS of the page and its elements switch off, what has no size, the colour of its ground, a place off the
page, what only a program shows (noscript, template). What details or a menu fold away is content. Text that is set
right to left against its own direction comes as it is read on the page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from gongkai.documents.showing import How, Run, Why
from gongkai.documents.showing.appearance import WANTED, Look, looks
from gongkai.documents.showing.signs import shown_signs
from gongkai.documents.showing.stylesheet import Element, Stylesheet

BLOCKS = frozenset(
    re.findall(
        "[a-z0-9]+",
        "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure"
        " footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav noscript ol optgroup option p pre"
        " search section select summary table tbody td textarea tfoot th thead title tr ul",
    )
)
"""分行的元素 — what ends a line of text."""
NOT_TEXT = frozenset(("script", "style"))
"""不是文字的元素 — what is written in them is a program."""
_SHOWN_VALUES = {"hidden": False, "password": False, "checkbox": False, "radio": False, "image": False, "file": False}
_BLANKS = re.compile("[ \t\r\n\f]+")


@dataclass(slots=True, eq=False)
class Spot:
    """一处文字 — what stands in an element (its text, its tail, a value), as it is read on the page; `written`: what a
    copy writes there, the text until something of it is masked."""

    element: Element
    where: str
    run: Run
    doubtful: bool = False
    keeps_lines: bool = False
    written: str = ""

    @property
    def is_seen(self) -> bool:
        """看得见 — struck and raised words too."""
        return self.run.how is not How.HIDDEN

    def say(self, text: str) -> None:
        """改写 — other text in its place, nothing of it masked."""
        self.run, self.written = self.run._replace(text=text), text

    def mask(self, masked: str) -> None:
        """遮住 — every sign that differs from the text; earlier masks stay."""
        pairs = zip(self.run.text, masked, self.written, strict=True)
        self.written = "".join(new if new != old else now for old, new, now in pairs)


class Block(NamedTuple):
    """一段 — its spots in reading order, and the cell of a table in which it stands."""

    spots: list[Spot]
    cell: Element | None


@dataclass(slots=True)
class Page:
    """网页 — `looks`: how each element appears; `blocks`: its text; `turned`: spots of what is set backwards."""

    root: Element
    looks: dict[Element, Look] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    turned: dict[Element, list[Spot]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sheets = [element.text or "" for element in self.root.iter("style")]
        self.looks = looks(self.root, Stylesheet(sheets, WANTED))
        self.blocks = [block for block in _Blocks(self).read() if block.spots]

    @property
    def spots(self) -> dict[tuple[Element, str], Spot]:
        """每处文字 — by element and place."""
        return {(spot.element, spot.where): spot for block in self.blocks for spot in block.spots}


def runs(root: Element) -> Iterator[Run]:
    """网页的文字 — every run in reading order, a line end after each paragraph (条例 第十七条)."""
    for block in Page(root).blocks:
        yield from (spot.run for spot in block.spots)
        yield Run("\n")


def written(html: str, dropped: Collection[str]) -> Iterator[Run]:
    """写着的文字 — every run of a text in HTML that says something, but within elements that are `dropped`."""
    if not html.strip():
        return
    root = etree.fromstring(html.encode("utf-8", "replace"), etree.HTMLParser(encoding="utf-8"))
    for block in Page(root).blocks if root is not None else ():
        for spot in block.spots:
            within = (spot.element, *spot.element.iterancestors())
            if spot.run.text.strip() and not any(each.tag in dropped for each in within):
                yield spot.run


class _Blocks:
    """One walk over the page."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._done: list[Block] = []
        self._spots: list[Spot] = []
        self._cells: list[Element] = []
        self._turning: list[tuple[Element, int]] = []

    def read(self) -> list[Block]:
        """Down into each element and up again, without calling itself: pages nest deeply."""
        pending: list[tuple[Element, bool]] = [(self._page.root, False)]
        while pending:
            element, is_left = pending.pop()
            if is_left:
                self._leave(element)
                continue
            pending.append((element, True))
            if isinstance(element.tag, str):
                self._enter(element)
                if element.tag not in NOT_TEXT:
                    pending += [(inner, False) for inner in reversed(element)]
        self._end()
        return self._done

    def _enter(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._end()
        if element.tag in ("td", "th"):
            self._cells.append(element)
        look = self._page.looks[element]
        if look.is_turned:
            self._turning.append((element, len(self._spots)))
        for where, text, seen in _values(element):
            self._add(element, where, text, look, seen)
        if element.tag not in NOT_TEXT:
            self._add(element, "text", element.text, look)

    def _leave(self, element: Element) -> None:
        if self._turning and self._turning[-1][0] is element:
            self._turn()
        if isinstance(element.tag, str):
            if element.tag in BLOCKS:
                self._end()
            if element.tag in ("td", "th"):
                self._cells.pop()
        parent = element.getparent()
        if element is not self._page.root and parent is not None:
            self._add(element, "tail", element.tail, self._page.looks[parent])

    def _add(self, element: Element, where: str, text: str | None, look: Look, seen: bool = True) -> None:
        if not text:
            return
        read = text if look.keeps_lines else _BLANKS.sub(" ", text)
        read = shown_signs(read)
        if not read:
            return
        how, why = look.how, look.why
        if not seen:
            how, why = How.HIDDEN, why or Why.RUN
        self._spots.append(Spot(element, where, Run(read, how, why), look.is_doubtful, look.keeps_lines, read))

    def _turn(self) -> None:
        """What is set backwards is read from its end, each line alone."""
        element, start = self._turning.pop()
        turned = self._spots[start:][::-1]
        for spot in turned:
            spot.say(spot.run.text[::-1])
        self._spots[start:] = turned
        self._page.turned.setdefault(element, []).extend(turned)

    def _end(self) -> None:
        turning = [element for element, _ in self._turning]
        while self._turning:
            self._turn()
        self._turning = [(element, 0) for element in turning]
        for seen in (True, False):
            _close_up([spot for spot in self._spots if spot.is_seen is seen])
        spots = [spot for spot in self._spots if spot.run.text]
        if spots:
            self._done.append(Block(spots, self._cells[-1] if self._cells else None))
        self._spots = []


def _close_up(spots: list[Spot]) -> None:
    """One blank between words, none at the ends of a line, as browsers set it."""
    after_blank, last = True, None
    for spot in spots:
        if not spot.keeps_lines:
            if after_blank and spot.run.text.startswith(" "):
                spot.say(spot.run.text[1:])
            if not spot.run.text:
                continue
            after_blank = spot.run.text.endswith(" ")
        else:
            after_blank = False
        last = spot
    if last is not None and after_blank and not last.keeps_lines:
        last.say(last.run.text[:-1])


def _values(element: Element) -> Iterator[tuple[str, str, bool]]:
    """What a control shows: its value, its label, the hint in an empty one."""
    if element.tag == "input":
        kind = element.get("type", "text").lower()
        if value := element.get("value"):
            yield "value", value, _SHOWN_VALUES.get(kind, True)
        elif hint := element.get("placeholder"):
            yield "placeholder", hint, _SHOWN_VALUES.get(kind, True)
    elif element.tag == "textarea" and not element.text and (hint := element.get("placeholder")):
        yield "placeholder", hint, True
    elif element.tag in ("option", "optgroup", "track") and (label := element.get("label")):
        yield "label", label, True
