"""定位的框 — frames and text boxes of a docx in the order in which a reader sees them, whatever order the file has.

A box stands by its place on the page, in a group, or beside its paragraph; which of them come together is told by
what their places count from. A box that is set to a side has no place in figures (条例 第十七条).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from gongkai.documents.showing.word import Story
from gongkai.documents.showing.word_style import whole
from gongkai.documents.word_numbering import attribute, child, local

_EMU_A_TWIP, _TWIPS_A_POINT = 635, 20
_SAME_LINE = 160
"""Twips by which signs of one line may stand higher or lower than each other."""
_LENGTH = re.compile(r"(?:^|;)\s*(margin-left|margin-top|left|top)\s*:\s*(-?\d{1,6}(?:\.\d{1,6})?)\s*(pt|in|cm|mm|px|)")
_SHAPES = {"shape", "rect", "roundrect", "oval"}
_FREE = re.compile("(?:left|top|position)\\s*:")
"""A shape without these stands in its line."""
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}
_MOST = 2_000


class Box(NamedTuple):
    """一个框 — its paragraphs; `base`: what its place counts from; across and down in twips, None where not said."""

    lines: tuple[etree._Element, ...]
    base: Hashable
    across: int | None
    down: int | None

    @property
    def is_placed(self) -> bool:
        """位置说得清."""
        return self.across is not None and self.down is not None


def boxes(story: Story) -> list[Box]:
    """定位的框 — of one part, in the order of the file; frames that go on over several paragraphs are one."""
    found: list[Box] = []
    frame_before: tuple[object, ...] = ()
    anchor = 0
    for element in story.root.iter("{*}p", "{*}txbxContent", "{*}tblpPr"):
        if story.is_twin(element):
            continue
        if local(element) != "p":
            lines = tuple(element.iterchildren("{*}p"))
            is_box = local(element) == "txbxContent"
            found += [box_of(lines, element, anchor)] if is_box else _floating(element, anchor)
            continue
        frame = story.frame(element)
        said = () if frame is None else (element.getparent(), *sorted(frame.items()))
        if frame is None:
            anchor += not _is_boxed(element) and any(
                atom.is_seen and atom.run.text.strip() for atom in story.atoms(element)
            )
        elif said == frame_before and element.getprevious() is found[-1].lines[-1]:
            found[-1] = found[-1]._replace(lines=(*found[-1].lines, element))
        else:
            found.append(_frame(element, frame, anchor))
        frame_before = said
    return found[:_MOST]


def _is_boxed(paragraph: etree._Element) -> bool:
    return any(local(above) in ("txbxContent", "tbl") for above in paragraph.iterancestors())


def _frame(paragraph: etree._Element, frame: etree._Element, anchor: int) -> Box:
    kinds = [attribute(frame, name) or "" for name in ("hAnchor", "vAnchor")]
    return Box((paragraph,), _base(kinds, anchor), whole(frame, "x"), whole(frame, "y"))


def _floating(place: etree._Element, anchor: int) -> Iterator[Box]:
    """A table of one cell that stands by its place is a box, too."""
    table = next(place.iterancestors("{*}tbl"))
    if sum(1 for _ in table.iter("{*}tc")) == 1:
        kinds = [attribute(place, name) or "" for name in ("horzAnchor", "vertAnchor")]
        yield Box(tuple(table.iter("{*}p")), _base(kinds, anchor), whole(place, "tblpX"), whole(place, "tblpY"))


def box_of(lines: tuple[etree._Element, ...], content: etree._Element, anchor: int) -> Box:
    """框的位置 — of a text box or a picture; `anchor`: the number of the paragraph beside which it stands."""
    for above in (content, *content.iterancestors()):
        name = local(above)
        holder = above.getparent()
        if name in ("wsp", "sp", "pic") and holder is not None and local(holder) in ("wgp", "grpSp"):
            offset = above.find("{*}spPr/{*}xfrm/{*}off")
            return Box(lines, holder, _twips(offset, "x"), _twips(offset, "y"))
        if name == "anchor":
            places = [child(above, side) for side in ("positionH", "positionV")]
            kinds = [(attribute(place, "relativeFrom") if place is not None else "") or "" for place in places]
            return Box(lines, _base(kinds, anchor), *map(_offset, places))
        style = attribute(above, "style") or ""
        if name == "inline" or (name in _SHAPES and not _FREE.search(style)):
            break
        if name in _SHAPES:
            grouped = holder is not None and local(holder) == "group"
            across, down = _lengths(style)
            return Box(lines, holder if grouped else ("style", anchor), across, down)
    return Box(lines, content, 0, 0)


def _base(kinds: Sequence[str], anchor: int) -> Hashable:
    """Places on the page count from the same; those beside a paragraph from the one that follows."""
    return (*kinds, anchor if set(kinds) - {"page", "margin"} else 0)


def _twips(offset: etree._Element | None, side: str) -> int | None:
    length = whole(offset, side)
    return None if length is None else length // _EMU_A_TWIP


def _offset(position: etree._Element | None) -> int | None:
    offset = None if position is None else child(position, "posOffset")
    written = "" if offset is None else (offset.text or "").strip()
    return int(written) // _EMU_A_TWIP if re.fullmatch(r"-?\d{1,12}", written) else None


def _lengths(style: str) -> tuple[int | None, int | None]:
    said = {
        name.rpartition("-")[2]: round(float(number) * _POINTS[unit] * _TWIPS_A_POINT)
        for name, number, unit in _LENGTH.findall(style.lower())
    }
    return said.get("left"), said.get("top")


def orders(found: Sequence[Box]) -> Iterator[list[list[Box]]]:
    """看到的次序 — boxes that stand together, by lines, by columns, from the left, from the top: each as lines."""
    for together in _together(found):
        if len(together) > 1:
            told: list[list[Box]] = []
            for lines in (
                _lines(together, "down", "across"),
                _lines(together, "across", "down"),
                [sorted(together, key=lambda box: box.across or 0)],
                [sorted(together, key=lambda box: box.down or 0)],
            ):
                flat = [box for line in lines for box in line]
                if flat not in told:
                    told.append(flat)
                    yield lines


def _together(found: Sequence[Box]) -> Iterator[list[Box]]:
    """Boxes whose places count from the same; one that stands where another stands is on a later page."""
    by_base: dict[Hashable, list[dict[tuple[int | None, int | None], Box]]] = defaultdict(list)
    for box in found:
        if box.is_placed:
            pages = by_base[box.base]
            place = (box.across, box.down)
            if not pages or place in pages[-1]:
                pages.append({})
            pages[-1][place] = box
    for pages in by_base.values():
        yield from (list(page.values()) for page in pages)
    if len(by_base) > 1:
        # Two that count from different edges stand side by side all the same.
        yield [box for box in found if box.is_placed]


def _lines(together: Sequence[Box], over: str, along: str) -> list[list[Box]]:
    lines: list[list[Box]] = []
    last = 0
    for box in sorted(together, key=lambda box: getattr(box, over)):
        at = getattr(box, over)
        if not lines or at - last > _SAME_LINE:
            lines.append([])
        last = at
        lines[-1].append(box)
    return [sorted(line, key=lambda box: getattr(box, along)) for line in lines]
