"""表格上的图 — pictures, shapes, charts and controls that lie on a sheet, with their places (条例 第十七条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.workbook import Page

_EMU_PER_PIXEL = 9525
_DRAWN = {"pic": "picture", "sp": "shape", "cxnSp": "shape", "graphicFrame": "frame", "contentPart": "shape"}
MOST_IN_ROW = 40
"""一行最多几幅 — pictures that are read together."""
_ANCHORS = ("{*}twoCellAnchor", "{*}oneCellAnchor", "{*}absoluteAnchor")
_WHOLE, _UNITS_A_DEGREE = 100_000, 60_000


class Corner(NamedTuple):
    """一角 — row and column from 1, and how far into them in pixels."""

    row: int = 1
    column: int = 1
    down: float = 0
    across: float = 0


class Drawn(NamedTuple):
    """一件 — `kind` picture, shape, textbox, chart, diagram, frame; `part`: the picture; `size` in pixels, if said.

    `cropped`: how much of each side (left, top, right, bottom) is cut away, from 0 to 1; `flipped` across, down;
    `turned` in degrees.
    """

    kind: str
    start: Corner
    end: Corner | None = None
    size: tuple[float, float] | None = None
    part: str = ""
    cropped: tuple[float, float, float, float] = (0, 0, 0, 0)
    is_hidden: bool = False
    text: str = ""
    flipped: tuple[bool, bool] = (False, False)
    turned: int = 0


class Laid(NamedTuple):
    """一幅图在页面上 — its part; width and height as shown, in pixels at 96 to the inch, 0 where it has its own size;
    how much of each side (left, top, right, bottom) is cut away, from 0 to 1; flipped across, down; turned, degrees."""

    part: str
    width: float = 0
    height: float = 0
    cut: tuple[float, float, float, float] = (0, 0, 0, 0)
    flipped: tuple[bool, bool] = (False, False)
    turned: int = 0


def drawn_on(parts: Parts, page: Page) -> Iterator[Drawn]:
    """表格上的图 — in the order of the file."""
    for relation in parts.relations(page.part).values():
        if relation.kind != "drawing" or relation.target not in parts.names:
            continue
        pictures = {key: one.target for key, one in parts.relations(relation.target).items() if not one.is_outside}
        for anchor in parts.root(relation.target).iter(*_ANCHORS):
            yield from _anchored(anchor, pictures)


def _anchored(anchor: etree._Element, pictures: dict[str, str]) -> Iterator[Drawn]:
    start, end = _corner(anchor.find("{*}from")), anchor.find("{*}to")
    last = _corner(end) if end is not None else None
    extent = anchor.find("{*}ext")
    size = None if extent is None else _pixels(extent)
    for element in anchor.iter("{*}pic", "{*}sp", "{*}cxnSp", "{*}graphicFrame", "{*}contentPart"):
        # A fallback is for programs that do not know the first choice.
        if any(etree.QName(above).localname == "Fallback" for above in element.iterancestors()):
            continue
        kind = _DRAWN[etree.QName(element).localname]
        about = element.find(".//{*}cNvPr")
        is_hidden = about is not None and about.get("hidden") in ("1", "true")
        text = "\n".join(
            "".join(piece.text or "" for piece in paragraph.iter("{*}t")) for paragraph in element.iter("{*}p")
        ).strip()
        if kind == "picture":
            blip = element.find(".//{*}blip")
            said = blip.items() if blip is not None else []
            key = next((str(value) for name, value in said if str(name).endswith("}embed")), "")
            part, flipped, turned = pictures.get(key, ""), *turned_by(element.find("{*}spPr/{*}xfrm"))
            size = size or _size(element)
            yield Drawn(kind, start, last, size, part, _cropped(element), is_hidden, "", flipped, turned)
        elif kind == "frame":
            data = element.find(".//{*}graphicData")
            uri = (data.get("uri", "") if data is not None else "").rpartition("/")[2]
            yield Drawn(uri if uri in ("chart", "diagram", "chartex") else "frame", start, is_hidden=is_hidden)
        else:
            yield Drawn(
                "textbox" if text else "shape", start, last, size or _size(element), is_hidden=is_hidden, text=text
            )


def turned_by(frame: etree._Element | None) -> tuple[tuple[bool, bool], int]:
    """翻转 — whether a frame flips its picture across and down, and by how many degrees it turns it."""
    if frame is None:
        return (False, False), 0
    across, down = (frame.get(name) in ("1", "true") for name in ("flipH", "flipV"))
    return (across, down), round(_number(frame.get("rot")) / _UNITS_A_DEGREE) % 360


def _corner(element: etree._Element | None) -> Corner:
    if element is None:
        return Corner()
    said = {etree.QName(each).localname: _number(each.text) for each in element if isinstance(each.tag, str)}
    row, column = int(said.get("row", 0)), int(said.get("col", 0))
    return Corner(row + 1, column + 1, said.get("rowOff", 0) / _EMU_PER_PIXEL, said.get("colOff", 0) / _EMU_PER_PIXEL)


def _size(element: etree._Element) -> tuple[float, float] | None:
    extent = element.find("{*}spPr/{*}xfrm/{*}ext")
    return None if extent is None else _pixels(extent)


def _pixels(extent: etree._Element) -> tuple[float, float]:
    return _number(extent.get("cx")) / _EMU_PER_PIXEL, _number(extent.get("cy")) / _EMU_PER_PIXEL


def _cropped(element: etree._Element) -> tuple[float, float, float, float]:
    cut = element.find(".//{*}srcRect")
    if cut is None:
        return 0, 0, 0, 0
    left, top, right, bottom = (min(0.99, max(0, _number(cut.get(side)) / _WHOLE)) for side in ("l", "t", "r", "b"))
    return left, top, right, bottom


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0
    return number if abs(number) < 1e12 else 0


def rows_of(drawn: Sequence[Drawn]) -> Iterator[list[Laid]]:
    """一行的图片 — pictures of a sheet that begin in one row, in one column; and each by itself."""
    pictures = [one for one in drawn if one.kind == "picture" and one.part and not one.is_hidden]
    for over, along in (("row", "column"), ("column", "row")):
        lines: dict[int, list[Drawn]] = defaultdict(list)
        for one in pictures:
            lines[getattr(one.start, over)].append(one)
        for line in lines.values():
            line.sort(key=lambda one: (getattr(one.start, along), one.start.across + one.start.down))
            yield from ([_laid(one) for one in line[at : at + MOST_IN_ROW]] for at in range(0, len(line), MOST_IN_ROW))
    yield from ([_laid(one)] for one in pictures)


def _laid(one: Drawn) -> Laid:
    width, height = one.size or (0, 0)
    return Laid(one.part, width, height, one.cropped, one.flipped, one.turned)
