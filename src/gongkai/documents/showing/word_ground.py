"""Word 的底色 — what is painted under the words of a paragraph, and what the style of its table adds."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.documents.showing.word_style import HEX, NAMED, NOTHING, WHITE, Properties, Styles, is_on
from gongkai.documents.word_numbering import attribute, child, local

_LOOK_BITS = {"firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100}
_BANDS = {"noHBand": 0x200, "noVBand": 0x400}


class Grounds:
    """底色 — of one story."""

    def __init__(self, root: etree._Element, styles: Styles) -> None:
        self._styles = styles
        self._tables: dict[etree._Element, str | None] = {}
        self._conditions: dict[etree._Element, frozenset[str]] = {}
        self._rows: dict[etree._Element, dict[etree._Element, int]] = {}
        background = child(root, "background")
        self._page = None if background is None else styles.theme.colour(background, "color")
        self._page = WHITE if background is None or self._page == "auto" else self._page

    def style_of(self, paragraph: etree._Element) -> str | None:
        """段落样式 — the one named, or the default."""
        properties = child(paragraph, "pPr")
        used = None if properties is None else child(properties, "pStyle")
        return self._styles.default_of.get("paragraph") if used is None else attribute(used, "val")

    def table_look(self, paragraph: etree._Element, kind: str) -> Properties:
        """表格样式的格式 — for the words of a paragraph in a cell; nothing outside tables."""
        cell = _cell_of(paragraph)
        if cell is None:
            return NOTHING
        row = next(cell.iterancestors("{*}tr"), None)
        table = None if row is None else next(row.iterancestors("{*}tbl"), None)
        if row is None or table is None:
            return NOTHING
        if table not in self._tables:
            named = table.find("{*}tblPr/{*}tblStyle")
            self._tables[table] = self._styles.default_of.get("table") if named is None else attribute(named, "val")
        if self._tables[table] is None:
            return NOTHING
        if cell not in self._conditions:
            if table not in self._rows:
                # Once a table: a list of names has thousands of rows.
                self._rows[table] = {row: at for at, row in enumerate(table.iter("{*}tr"))}
            self._conditions[cell] = _conditions(table, self._rows[table], row, cell)
        return self._styles.conditional(self._tables[table], self._conditions[cell], kind)

    def of(
        self, paragraph: etree._Element, shading: etree._Element | None, marked: etree._Element | None
    ) -> str | None:
        """底色 — the nearest paint under a run, None where it is not known."""
        if marked is not None and attribute(marked, "val") not in (None, "none"):
            return NAMED.get(attribute(marked, "val") or "")
        box = next(paragraph.iterancestors("{*}txbxContent"), None)
        cell = _cell_of(paragraph)
        properties = child(paragraph, "pPr")
        direct = None if properties is None else child(properties, "shd")
        layers = [shading, direct, self._styles.merged(self.style_of(paragraph), "pPr").get("shd")]
        if cell is not None:
            own = child(cell, "tcPr")
            layers += [None if own is None else child(own, "shd"), self.table_look(paragraph, "tcPr").get("shd")]
            table = next(cell.iterancestors("{*}tbl"), None)
            layers += [
                None if table is None else table.find("{*}tblPr/{*}shd"),
                self.table_look(paragraph, "tblPr").get("shd"),
            ]
        for layer in layers:
            found = "auto" if layer is None else self._styles.theme.ground(layer)
            if found != "auto":
                return found
        return self._page if box is None else filled(box)


def _cell_of(paragraph: etree._Element) -> etree._Element | None:
    """The cell that a paragraph stands in; a text box within a cell is no cell."""
    above = next((above for above in paragraph.iterancestors() if local(above) in ("tc", "txbxContent")), None)
    return None if above is None or local(above) != "tc" else above


def _conditions(
    table: etree._Element, rows: dict[etree._Element, int], row: etree._Element, cell: etree._Element
) -> frozenset[str]:
    """Which parts of a table style hold for a cell; the first and the last count after the bands."""
    look = table.find("{*}tblPr/{*}tblLook")
    cells, body = list(row.iterchildren("{*}tc")), rows[row]
    across = cells.index(cell) if cell in cells else 1
    found = {"wholeTable"}
    for name, holds in (
        ("firstRow", body == 0),
        ("lastRow", body == len(rows) - 1),
        ("firstColumn", across == 0),
        ("lastColumn", across == len(cells) - 1),
    ):
        if holds and _looks(look, name, _LOOK_BITS[name], absent=True):
            found.add(name.replace("Column", "Col"))
    if found & {"firstRow", "lastRow", "firstCol", "lastCol"}:
        return frozenset(found)
    if not _looks(look, "noHBand", _BANDS["noHBand"], absent=False):
        found.add("band1Horz" if body % 2 else "band2Horz")
    return frozenset(found)


def _looks(look: etree._Element | None, name: str, bit: int, *, absent: bool) -> bool:
    if look is None:
        return absent
    written = attribute(look, name)
    if written is not None:
        return is_on(written)
    value = attribute(look, "val") or ""
    return bool(int(value, 16) & bit) if re.fullmatch("[0-9A-Fa-f]{1,4}", value) else absent


def filled(box: etree._Element) -> str | None:
    """文本框的底色 — None where the file leaves it to a style, a picture or what stands behind."""
    for above in box.iterancestors():
        fill = attribute(above, "fillcolor") if local(above) in ("shape", "rect", "roundrect") else None
        if fill is not None:
            return fill[1:7].upper() if fill.startswith("#") and HEX.fullmatch(fill[1:7]) else NAMED.get(fill)
        solid = above.find("{*}spPr/{*}solidFill/{*}srgbClr") if local(above) == "wsp" else None
        if solid is not None:
            value = attribute(solid, "val") or ""
            return value.upper() if HEX.fullmatch(value) else None
    return None
