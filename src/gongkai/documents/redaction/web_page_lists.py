"""列表 — the numbers a browser writes before the items of a list, read on into their words; terms and what is said of
them, read as a table; boxes that hold parts of a number, read as a row (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from gongkai.documents.redaction.editor import Slot, Table, shown
from gongkai.documents.redaction.places import Layer, Place
from gongkai.documents.redaction.together import part_of
from gongkai.documents.redaction.web_page_readings import holder_of, slot_of_spots
from gongkai.documents.showing.stylesheet import Element
from gongkai.documents.showing.web_page import Page, Spot
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import Kind
from gongkai.text.personal_data.heads import whole_kind

_WHOLE = re.compile(r"\s*([+-]?[0-9]{1,18})")
_LETTERS = frozenset("aAiI")
_SAYING = ("name", "id", "title", "placeholder", "aria-label", "itemprop", "property")
_SAID: dict[str | None, str] = {Kind.BIRTHDAY: "birthday", Kind.ADDRESS: "住址"}
_TERM, _TERMS = "dt", ("dt", "dd")


class _Mark(NamedTuple):
    """The number of an item; whether the page sets it, or a browser has counted from one."""

    text: str
    is_set: bool


def items(page: Page, unmark: Callable[[Element], None]) -> Iterator[Slot]:
    """列表的项 — each with its number, then the numbers of a list that are set one by one (条例 第十七条)."""
    marks: dict[Element, _Mark] = {}
    for around in dict.fromkeys(item.getparent() for item in page.root.iter("li")):
        found = dict(_counted(around))
        marks |= found
        values = [item for item in found if _whole(item, "value") is not None]
        if len(values) > 1:
            yield _alone(around, [found[item].text for item in values], unmark)
    for number, block in enumerate(page.blocks, 1):
        seen = [spot for spot in block.spots if spot.is_seen]
        holder = holder_of(seen[0]) if seen and marks else None
        # Lists that begin with a list write their numbers in one line, the outermost first.
        inside = [one for one in (holder, *holder.iterancestors()) if one in marks] if holder is not None else []
        if inside:
            yield _item(Place(paragraph=number), [(one, marks.pop(one)) for one in reversed(inside)], seen, unmark)


def fields(element: Element) -> Iterator[Slot]:
    """填好的一栏 — of a form, or data of an element: a birthday or an address, as its name says (条例 第十五条)."""
    named = [(name.removeprefix("data-"), value) for name, value in element.items()]
    if value := element.get("value"):
        named += [(element.get(name, ""), value) for name in _SAYING]
    for name, value in named:
        said = _SAID.get(whole_kind(name, is_listed=True)) if name else None
        if said and any(map(str.isdecimal, value)):
            slot = shown(Place(Layer.LINK, part=name), f"{said}：{value}")
            slot.only = _is_of_field
            yield slot


def _is_of_field(hit: Hit) -> bool:
    return hit.kind in _SAID


def of_terms(page: Page) -> Iterator[Table]:
    """名称和说明 — each term with what is said of it as a row: a number over several of them (条例 第十七条)."""
    lines: dict[Element, list[list[Spot]]] = {}
    for block in page.blocks:
        seen = [spot for spot in block.spots if spot.is_seen]
        around = (seen[0].element, *seen[0].element.iterancestors()) if seen else ()
        if (holder := next((one for one in around if one.tag in _TERMS), None)) is not None:
            lines.setdefault(holder, []).append(seen)
    for terms in dict.fromkeys(term.getparent() for term in lines):
        rows: list[list[Slot | None]] = []
        for term in terms.iterchildren(*_TERMS):
            slot = slot_of_spots(Place(), lines[term]) if term in lines else None
            if term.tag == _TERM or not rows:
                rows.append([slot])
            else:
                rows[-1].append(slot)
        yield Table(rows, torn=True)


def boxes(page: Page) -> Iterator[Table]:
    """一个个框 — paragraphs that go on with figures where the one before ends with some, as cells of a row.

    Whether a browser shows them side by side may be said in a style sheet that lies elsewhere. What checks itself is
    found in the paragraphs as they stand, what is in tables in those (条例 第十七条).
    """
    row: list[Slot | None] = []
    last = ""
    for block in page.blocks:
        if seen := [spot for spot in block.spots if spot.is_seen]:
            slot = slot_of_spots(Place(), [seen])
            slot.only = _is_telephone
            if block.cell is not None or not (last[-1:].isnumeric() and slot.text[:1].isnumeric()):
                yield from [Table([row], torn=True)] * (len(row) > 1)
                row = []
            row.append(slot)
            last = slot.text
    yield from [Table([row], torn=True)] * (len(row) > 1)


def _is_telephone(hit: Hit) -> bool:
    return hit.kind == Kind.MOBILE


def _counted(around: Element) -> Iterator[tuple[Element, _Mark]]:
    found = list(around.iterchildren("li"))
    step = -1 if around.tag == "ol" and "reversed" in around.attrib else 1
    start = _whole(around, "start") if around.tag == "ol" else None
    is_set = start is not None or step < 0
    number = (len(found) if step < 0 else 1) if start is None else start
    for item in found:
        if (value := _whole(item, "value")) is not None:
            number, is_set = value, True
        if (around.tag == "ol" or is_set) and item.get("type", around.get("type", "")) not in _LETTERS:
            yield item, _Mark(str(number), is_set)
        number += step


def _whole(element: Element, name: str) -> int | None:
    found = _WHOLE.match(element.get(name, ""))
    return int(found[1]) if found else None


def _item(
    place: Place, of: Sequence[tuple[Element, _Mark]], spots: Sequence[Spot], unmark: Callable[[Element], None]
) -> Slot:
    words = slot_of_spots(place, [spots])
    digits = "".join(mark.text for _, mark in of)
    size = len(digits)

    def cover(hits: Sequence[Hit]) -> None:
        for item, _ in of:
            unmark(item.getparent())
        words.mask([part for hit in hits if (part := part_of(hit, size, size + len(words.text)))])

    def only(hit: Hit) -> bool:
        is_over = hit.severity is Severity.BLOCK and hit.start < size < hit.end
        return is_over and (any(mark.is_set for _, mark in of) or hit.kind == Kind.IDENTITY)

    return Slot(place, digits + words.text, cover, sure=True, only=only)


def _alone(around: Element, values: Sequence[str], unmark: Callable[[Element], None]) -> Slot:
    text = "".join(values)

    def only(hit: Hit) -> bool:
        return hit.kind == Kind.IDENTITY or (hit.kind == Kind.MOBILE and hit.text == text)

    return Slot(Place(), text, lambda _: unmark(around), sure=True, only=only)
