"""取用网页 — what a browser shows: raised signs, no struck words, numbers of lists (条例 第十二条)."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby

from lxml import etree

from gongkai.documents.decoding import decode
from gongkai.documents.document import View
from gongkai.documents.grids import numbered
from gongkai.documents.limits import Limits, check_tags
from gongkai.documents.showing import How
from gongkai.documents.showing.raised import raised
from gongkai.documents.showing.stylesheet import Element
from gongkai.documents.showing.web_page import NOT_TEXT, Page, Spot
from gongkai.documents.taking.formulas import UnknownFormError, in_line, parted
from gongkai.documents.taking.web_page_lines import set_apart
from gongkai.documents.web_page import blocks
from gongkai.documents.word_numbering import list_number, local

_FORMS = {
    **{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "1": "decimal"},
    **{"decimal": "decimal", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter", "upper-alpha": "upperLetter"},
    **{"upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman"},
    **{"cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting", "none": "none"},
    **{"trad-chinese-informal": "chineseCounting", "decimal-leading-zero": "decimalZero"},
    **{"cjk-heavenly-stem": "ideographTraditional", "cjk-earthly-branch": "ideographZodiac"},
}
_NO_NUMBERS = ("disc", "circle", "square")
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;!]+)", re.IGNORECASE)
_WRITTEN = re.compile(r"""[;{\s]content\s*:\s*(?:["']([^"'\\]*)["']|(attr|counters?)\()""", re.IGNORECASE)
"""What a style writes; signs of icons are written by their numbers."""
_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,9})")
_ENDING = {"chineseCounting": "、", "ideographTraditional": "、", "ideographZodiac": "、"}
_TICKS = {"checkbox": ("☐", "☑"), "radio": ("( )", "(●)")}
_UNREAD = ("head", "noscript", "template", "textarea", "object", *NOT_TEXT)


def read(name: str, data: bytes, limits: Limits) -> tuple[View, dict[str, int]]:
    """取用网页 — its text in order, and how much of it came otherwise (条例 第十二条)."""
    return words(name, decode(name, data), limits)


def words(name: str, text: str, limits: Limits) -> tuple[View, dict[str, int]]:
    """网页上看到的字 — of a page that is text already (条例 第十二条)."""
    check_tags(name, text.encode("utf-8", "replace"), limits)
    data = text.replace("\ufdd0", "").encode("utf-8", "replace")
    root = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", remove_comments=True))
    if root is None:
        return View("shown", ()), {}
    one = _Words(Page(root))
    one.write()
    text = etree.tostring(root, encoding="unicode", method="html")
    return View("shown", tuple(numbered(blocks(name, text, limits)))), dict(one.counts)


class _Words:
    """The tree of a page, rewritten so that its letters alone say what a browser shows."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.counts: Counter[str] = Counter()

    def write(self) -> None:
        root = self._page.root
        if any("list-style" in (sheet.text or "") for sheet in root.iter("style")) and root.find(".//ol") is not None:
            self.counts["numbering"] += 1
        sheets = "".join(sheet.text or "" for sheet in root.iter("style"))
        self.counts["written"] += sum(any(map(str.isalnum, "".join(words))) for words in _WRITTEN.findall(sheets))
        for menu in root.iter("select"):
            _choose(menu)
        self._tick(root)
        for formula in list(root.iter("math")):
            self._formula(formula)
        for block in self._page.blocks:
            self._lean(block.spots)
            self._turn(block.spots)
            spots = [each for each in block.spots if not _is_within(each.element, each.where, (*_UNREAD, "math"))]
            for key, group in groupby(spots, _look):
                self._say(key, list(group))
        self._nested(root)
        for around in dict.fromkeys(item.getparent() for item in root.iter("li")):
            self._number(around)
        for beside in list(root.iter("rt", "rp")):
            self.counts["ruby"] += beside.tag == "rt"
            tail = beside.tail
            beside.clear()
            beside.tail = tail
        self.counts["leftward"] += set_apart(root, self._page.looks)

    def _tick(self, root: Element) -> None:
        """Boxes and round buttons as signs, ticked or not; of round ones with one name the last that is chosen is."""
        chosen: dict[tuple[Element | None, str], Element] = {}
        for each in root.iter("input"):
            if _kind(each) == "radio" and "checked" in each.attrib and each.get("name"):
                chosen[next(each.iterancestors("form"), None), each.get("name", "")] = each
        for each in list(root.iter("input")):
            signs, look = _TICKS.get(_kind(each)), self._page.looks.get(each)
            if signs and (look is None or look.how is not How.HIDDEN):
                one = chosen.get((next(each.iterancestors("form"), None), each.get("name", "")), each)
                is_on = "checked" in each.attrib and (_kind(each) != "radio" or one is each)
                each.tag, each.text = "span", signs[is_on]

    def _say(self, key: str, spots: list[Spot]) -> None:
        said = "".join(spot.run.text for spot in spots)
        if key == How.HIDDEN:
            self.counts["hidden"] += bool(said.strip())
            _write(spots, "")
        elif key == How.STRUCK and said.strip():
            self.counts["struck"] += 1
            _write(spots, "")
        elif key in ("up", "low"):
            made = raised(said, is_low=key == "low")
            self.counts["raised"] += "^(" in made or "_(" in made
            _write(spots, made)

    def _turn(self, spots: list[Spot]) -> None:
        """What is set backwards comes as it is seen, all of a line in the place of its first words."""
        for outer, group in groupby(spots, self._turned_around):
            held = [spot for spot in group if spot.is_seen]
            if outer is None or not held:
                continue
            shown = "".join(spot.run.text for spot in held if spot.run.how is not How.STRUCK)
            for spot in held:
                spot.run = spot.run._replace(text="", how=How.SEEN)
                setattr(spot.element, spot.where, "")
            held[-1].run = held[-1].run._replace(text=shown)
            setattr(held[-1].element, held[-1].where, shown)

    def _lean(self, spots: list[Spot]) -> None:
        """Numbers and words of a line that runs to the left stand in another order."""
        looks = [self._page.looks[_holder(spot)] for spot in spots if spot.is_seen and spot.run.text.strip()]
        self.counts["leftward"] += any(look.runs_left for look in looks) or any(
            self._turned_around(spot) is not None for spot in spots if spot.is_seen
        )

    def _turned_around(self, spot: Spot) -> Element | None:
        """The outermost element around it that is set backwards."""
        if not self._page.turned:
            return None
        start = _holder(spot)
        return next((each for each in (*list(start.iterancestors())[::-1], start) if each in self._page.turned), None)

    def _nested(self, root: Element) -> None:
        """Tables within one of data, not of layout, follow it: its own rows stay together."""
        for outer in root.iter("table"):
            inner = [each for each in outer.iter("table") if each is not outer and _table_around(each) is outer]
            if inner and _is_of_data(outer):
                for each in reversed(inner):
                    self.counts["nested"] += 1
                    _lift(each, outer)

    def _formula(self, formula: Element) -> None:
        try:
            made = in_line(formula)
        except UnknownFormError:
            self.counts["formula"] += 1
            made = "".join(map(str, formula.itertext()))
        for each in list(formula):
            formula.remove(each)
        formula.text = parted(made)

    def _number(self, around: Element | None) -> None:
        """The numbers of a list before the words of its items."""
        if around is None:
            return
        items = list(around.iterchildren("li"))
        step = -1 if around.tag == "ol" and "reversed" in around.attrib else 1
        start = _whole(around, "start") if around.tag == "ol" else None
        number = (len(items) if step < 0 else 1) if start is None else start
        for item in items:
            value = _whole(item, "value")
            number = number if value is None else value
            form = _form(item) or _form(around) or ("decimal" if around.tag == "ol" else "disc")
            if form not in _NO_NUMBERS:
                self._mark(item, number, form)
            number += step

    def _mark(self, item: Element, number: int, form: str) -> None:
        name = _FORMS.get(form, "")
        made = list_number(number, name) if name else None
        if made is None:
            self.counts["numbering"] += 1
            made = str(number)
        look = self._page.looks.get(item)
        words = "".join(map(str, item.itertext())).strip()
        if name != "none" and words and (look is None or look.how is not How.HIDDEN):
            place = _first_place(item)
            place.text = f"{made}{_ENDING.get(name, '. ')}" + (place.text or "").lstrip(" \t\r\n")


def _kind(field: Element) -> str:
    return str(field.get("type", "")).strip().lower()


def _holder(spot: Spot) -> Element:
    return spot.element if spot.where != "tail" else spot.element.getparent()


def _look(spot: Spot) -> str:
    if spot.run.how is not How.RAISED:
        return spot.run.how
    element = _holder(spot)
    is_low = element is not None and any(
        each.tag == "sub" or "vertical-align:sub" in each.get("style", "").replace(" ", "")
        for each in (element, *element.iterancestors())
    )
    return "low" if is_low else "up"


def _choose(menu: Element) -> None:
    """Of a menu a page shows what is chosen, else its first word; of an open list all of it."""
    options = list(menu.iter("option"))
    if "multiple" in menu.attrib or (_whole(menu, "size") or 1) > 1:
        return
    chosen = [each for each in options if "selected" in each.attrib][-1:] or options[:1]
    for each in options:
        if each not in chosen:
            each.clear()


def _table_around(table: Element) -> Element | None:
    return next(table.iterancestors("table"), None)


def _is_of_data(table: Element) -> bool:
    """Whether two rows of a table have two cells with words of their own."""
    rows = Counter(cell.getparent() for cell in table.iter("td", "th") if _table_around(cell) is table and _own(cell))
    return sum(count > 1 for count in rows.values()) > 1


def _own(cell: Element) -> bool:
    return bool("".join(map(str, cell.itertext())).strip()) and cell.find(".//table") is None


def _lift(inner: Element, outer: Element) -> None:
    """Put a table behind the one that holds it; what stands after it in its cell stays there."""
    mark = etree.Element("span")
    mark.tail, inner.tail = inner.tail, None
    parent, above = inner.getparent(), outer.getparent()
    if parent is not None and above is not None:
        parent.replace(inner, mark)
        inner.tail, outer.tail = outer.tail, None
        above.insert(above.index(outer) + 1, inner)


def _first_place(item: Element) -> Element:
    """The element that holds the first words of an item: the item, or the first of its paragraphs."""
    place = item
    while not (place.text or "").strip():
        first = next((each for each in place if isinstance(each.tag, str)), None)
        if first is None or first.tag not in ("p", "div", "span", "b", "strong", "em", "font", "a", "u"):
            break
        place = first
    return place


def _write(spots: list[Spot], words: str) -> None:
    for at, spot in enumerate(spots):
        said = words if at == 0 else ""
        if spot.where in ("text", "tail"):
            setattr(spot.element, spot.where, said)


def _is_within(element: Element, where: str, names: tuple[str, ...]) -> bool:
    around = element.iterancestors() if where == "tail" else (element, *element.iterancestors())
    return any(local(each) in names for each in around)


def _form(element: Element) -> str:
    """The form of the numbers that an element asks for, by its style or its type."""
    if found := _STYLE.search(element.get("style", "")):
        words = found[1].lower().split()
        return next((word for word in words if word not in ("inside", "outside")), "")
    return str(element.get("type", ""))


def _whole(element: Element, name: str) -> int | None:
    found = _WHOLE.match(element.get(name, ""))
    return int(found[1]) if found else None
