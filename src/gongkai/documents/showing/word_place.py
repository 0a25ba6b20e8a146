"""Word 的位置 — why whole paragraphs are not seen: deleted, in a hidden row, off the page, in a box of no size."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from gongkai.documents.showing import Why
from gongkai.documents.showing.word_style import Styles, is_on, whole
from gongkai.documents.word_numbering import attribute, child, local

_LEAST_TWIPS, _FARTHEST_TWIPS = 40, 31_680
_EMU_A_TWIP = 635
_BOXES = {"anchor", "inline"}
_SHAPES = {"shape", "rect", "roundrect", "group", "oval", "line"}
_LENGTH = re.compile(r"([a-z-]+)\s*:\s*(-?[\d.]+)\s*(pt|in|cm|mm|px|)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 0.75}
_UNSEEN_SHAPE = re.compile(r"(?:visibility\s*:\s*hidden|display\s*:\s*none|mso-hide\s*:\s*all)", re.IGNORECASE)


class Places:
    """位置 — of the blocks of one story; what stands above a block is looked at once."""

    def __init__(self, root: etree._Element, styles: Styles, spare: Iterable[etree._Element]) -> None:
        self._root, self._styles = root, styles
        self._above: dict[etree._Element, Why | None] = dict.fromkeys(spare, Why.UNUSED)
        sizes = [size for size in root.iter("{*}pgSz") if whole(size, "w")]
        self._wide = max((whole(size, "w") or 0 for size in sizes), default=_FARTHEST_TWIPS)
        self._high = max((whole(size, "h") or 0 for size in sizes), default=_FARTHEST_TWIPS)

    def why(self, block: etree._Element) -> Why | None:
        """为什么看不见 — of a paragraph or a cell."""
        parent = block.getparent()
        found = None if parent is None else self._inside(parent)
        if found is None and local(block) == "tc":
            return self._of(block)
        return found or (self._of_paragraph(block) if local(block) == "p" else None)

    def why_inside(self, holder: etree._Element) -> Why | None:
        """为什么看不见 — of everything in a holder of blocks."""
        return self._inside(holder)

    def _inside(self, element: etree._Element) -> Why | None:
        chain: list[etree._Element] = []
        at: etree._Element | None = element
        while at is not None and at not in self._above:
            chain.append(at)
            at = at.getparent()
        found = None if at is None else self._above[at]
        for one in reversed(chain):
            found = found or self._of(one)
            self._above[one] = found
        return found

    def _of(self, element: etree._Element) -> Why | None:
        name = local(element)
        if name in ("del", "moveFrom"):
            return Why.DELETED
        if name == "tr":
            return self._of_row(element)
        if name == "tc":
            return Why.DELETED if element.find("{*}tcPr/{*}cellDel") is not None else None
        if name == "tbl":
            return self._of_table(element)
        if name in _BOXES:
            return self._of_box(element)
        if name in _SHAPES:
            parent = element.getparent()
            inside = parent is not None and local(parent) == "group"
            return self._of_shape(attribute(element, "style") or "", is_measured=not inside)
        return None

    def _of_row(self, row: etree._Element) -> Why | None:
        properties = child(row, "trPr")
        styles = self._styles.merged(self._table_style(row), "trPr")
        hidden = styles.get("hidden") if properties is None else child(properties, "hidden")
        if hidden is None:
            hidden = styles.get("hidden")
        if hidden is not None and is_on(attribute(hidden, "val")):
            return Why.ROW
        if properties is None:
            return None
        if child(properties, "del") is not None:
            return Why.DELETED
        height = child(properties, "trHeight")
        is_exact = height is not None and attribute(height, "hRule") == "exact"
        return Why.SIZE if is_exact and (whole(height) or 0) <= _LEAST_TWIPS else None

    def _table_style(self, row: etree._Element) -> str | None:
        table = next(row.iterancestors("{*}tbl"), None)
        named = None if table is None else table.find("{*}tblPr/{*}tblStyle")
        return None if named is None else attribute(named, "val")

    def _of_table(self, table: etree._Element) -> Why | None:
        floating, indent = table.find("{*}tblPr/{*}tblpPr"), table.find("{*}tblPr/{*}tblInd")
        if floating is not None and self._is_off(whole(floating, "tblpX"), whole(floating, "tblpY")):
            return Why.OFF_PAGE
        return Why.OFF_PAGE if self._is_off(whole(indent, "w"), None) else None

    def _is_off(self, across: int | None, down: int | None) -> bool:
        return abs(across or 0) >= self._wide or abs(down or 0) >= self._high

    def _of_box(self, box: etree._Element) -> Why | None:
        named = child(box, "docPr")
        if named is not None and is_on(attribute(named, "hidden"), absent=False):
            return Why.RUN
        extent = child(box, "extent")
        sides = [whole(extent, side) for side in ("cx", "cy")]
        if any(side is not None and side <= _LEAST_TWIPS * _EMU_A_TWIP for side in sides):
            return Why.SIZE
        if local(box) == "inline":
            return None
        for axis, most, side in (("positionH", self._wide, sides[0]), ("positionV", self._high, sides[1])):
            position = child(box, axis)
            offset = None if position is None else child(position, "posOffset")
            written = "" if offset is None else (offset.text or "").strip()
            at = int(written) if re.fullmatch(r"-?\d{1,12}", written) else 0
            relative = None if position is None else attribute(position, "relativeFrom")
            before = relative == "page" and at + (side or 0) <= 0 and at < 0
            if before or abs(at) >= most * _EMU_A_TWIP:
                return Why.OFF_PAGE
        return None

    def _of_shape(self, style: str, *, is_measured: bool) -> Why | None:
        """Within a group lengths are in units of the group."""
        if _UNSEEN_SHAPE.search(style):
            return Why.RUN
        if not is_measured:
            return None
        lengths = {
            name.lower(): float(number) * _POINTS[unit.lower()]
            for name, number, unit in _LENGTH.findall(style)
            if number.count(".") < 2 and number.strip("-.")
        }
        if any(lengths.get(side, 100.0) <= 2 for side in ("width", "height")):
            return Why.SIZE
        across = max(abs(lengths.get(side, 0.0)) for side in ("left", "margin-left"))
        down = max(abs(lengths.get(side, 0.0)) for side in ("top", "margin-top"))
        return Why.OFF_PAGE if self._is_off(round(across * 20), round(down * 20)) else None

    def frame(self, paragraph: etree._Element) -> etree._Element | None:
        """文字框 — the frame of a paragraph, its own or that of its style."""
        properties = child(paragraph, "pPr")
        own = None if properties is None else child(properties, "framePr")
        named = None if properties is None else child(properties, "pStyle")
        return (
            own
            if own is not None or named is None
            else self._styles.merged(attribute(named, "val"), "pPr").get("framePr")
        )

    def _of_paragraph(self, paragraph: etree._Element) -> Why | None:
        properties = child(paragraph, "pPr")
        named = None if properties is None else child(properties, "pStyle")
        style = self._styles.default_of.get("paragraph") if named is None else attribute(named, "val")
        styled = self._styles.merged(style, "pPr")
        for name, judge in (("spacing", _is_flat), ("ind", self._is_pushed_off), ("framePr", self._is_lost_frame)):
            direct = None if properties is None else child(properties, name)
            found = styled.get(name) if direct is None else direct
            if found is not None and judge(found):
                return Why.SIZE if name == "spacing" else Why.OFF_PAGE
        return None

    def _is_pushed_off(self, indent: etree._Element) -> bool:
        left = whole(indent, "left") or whole(indent, "start") or 0
        right = whole(indent, "right") or whole(indent, "end") or 0
        return left >= self._wide or (right >= self._wide and left <= 0) or left + right >= 2 * self._wide

    def _is_lost_frame(self, frame: etree._Element) -> bool:
        return self._is_off(whole(frame, "x"), whole(frame, "y"))


def _is_flat(spacing: etree._Element) -> bool:
    line = whole(spacing, "line")
    return attribute(spacing, "lineRule") == "exact" and line is not None and line <= _LEAST_TWIPS
