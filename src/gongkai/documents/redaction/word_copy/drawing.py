"""副本的图片 — pictures made of dots, encoded anew and cut to what is shown, where they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from gongkai.documents.document import DocumentError
from gongkai.documents.redaction import inspecting
from gongkai.documents.redaction.package import Package
from gongkai.documents.redaction.word_copy.grammar import PIC, WP, A, R, grammar, made
from gongkai.documents.showing.drawings import turned_by
from gongkai.documents.showing.word_style import is_on, whole
from gongkai.documents.word_numbering import attribute, child, local
from gongkai.text.personal_data import find

_SUFFIXES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_EMU_A_TWIP, _EMU_A_POINT, _MOST_EMU = 635, 12_700, 20_116_800
_WHOLE_SIDE = 100_000
_MOST_WORDS = 300
_PICTURE_URI = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d{1,5}(?:\.\d{1,4})?)\s*(pt|in|cm|mm|px|)\s*(?=;|$)")
_FLIP = re.compile(r"(?:^|;)\s*flip\s*:\s*([xy ]+)")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "px": 0.75, "": 0.75}

Relate = Callable[[str, str], str]
"""给出关系编号 — of a kind and the part that it leads to."""


class Shot(NamedTuple):
    """要放的图片 — the part, how much of each side is cut off, its size in EMU and what is said of it."""

    part: str
    cut: tuple[int, int, int, int]
    width: int
    height: int
    words: str
    turned: int = 0
    flipped: tuple[bool, bool] = (False, False)
    element: etree._Element | None = None


class Media:
    """图片部件 — each picture once for each way that it is cut."""

    def __init__(self, source: str, package: Package, clean: set[str]) -> None:
        self._source, self._package, self._clean = source, package, clean
        self._names: dict[tuple[str, tuple[int, int, int, int]], str | None] = {}
        self.parts: dict[str, bytes] = {}

    def name(self, shot: Shot) -> str | None:
        """部件名 — None for a picture that cannot be encoded anew."""
        key = (shot.part, shot.cut)
        if key not in self._names:
            data = self._data(shot)
            suffix = "" if data is None else next((end for sign, end in _SUFFIXES if data.startswith(sign)), "")
            self._names[key] = f"media/image{len(self.parts) + 1}.{suffix}" if suffix else None
            if data is not None and suffix:
                self.parts[f"word/media/image{len(self.parts) + 1}.{suffix}"] = data
        return self._names[key]

    @staticmethod
    def is_kept(data: bytes) -> bool:
        """可以重新编码 — a picture made of dots, in a form that Word shows."""
        return data.startswith(tuple(sign for sign, _ in _SUFFIXES))

    def _data(self, shot: Shot) -> bytes | None:
        data = self._package.data(shot.part)
        if not self.is_kept(data):
            return None
        tools = inspecting.module(self._source, "picture")
        try:
            clean: bytes = data if shot.part in self._clean else tools.cleaned(self._source, data)
        except DocumentError:
            return None
        return _cut(clean, shot.cut) if any(shot.cut) else clean


def _cut(data: bytes, cut: tuple[int, int, int, int]) -> bytes | None:
    """What is cut off is nowhere in the copy. Each side in thousandths of a per cent."""
    from PIL import Image  # noqa: PLC0415 — an extra

    left, top, right, bottom = (max(0, side) / _WHOLE_SIDE for side in cut)
    try:
        with Image.open(BytesIO(data)) as image:
            box = (
                round(image.width * left),
                round(image.height * top),
                round(image.width * (1 - right)),
                round(image.height * (1 - bottom)),
            )
            if box[2] <= box[0] or box[3] <= box[1]:
                return None
            out = BytesIO()
            image.crop(box).save(out, image.format or "PNG")
    except (OSError, ValueError):
        return None
    return out.getvalue()


def shots(thing: etree._Element, targets: Callable[[str], str | None]) -> Iterator[Shot]:
    """图片 — of a drawing, a picture of the old kind or an object; not those in its text boxes."""
    for element in thing.iter("{*}pic", "{*}imagedata"):
        if any(local(above) == "txbxContent" for above in _between(element, thing)):
            continue
        shot = _old_shot(element, targets) if local(element) == "imagedata" else _shot(element, targets)
        if shot is not None:
            yield shot


def _between(element: etree._Element, thing: etree._Element) -> Iterator[etree._Element]:
    for above in element.iterancestors():
        if above is thing:
            return
        yield above


def _shot(picture: etree._Element, targets: Callable[[str], str | None]) -> Shot | None:
    blip = next(picture.iter("{*}blip"), None)
    part = None if blip is None else targets(attribute(blip, "embed") or "")
    if part is None:
        return None
    edges = next(picture.iter("{*}srcRect"), None)
    cut = tuple(0 if edges is None else whole(edges, side) or 0 for side in "ltrb")
    frame = next(picture.iter("{*}xfrm"), None)
    size = None if frame is None else child(frame, "ext")
    flipped, turned = turned_by(frame)
    named = next(picture.iter("{*}cNvPr"), None)
    sides = (cut[0], cut[1], cut[2], cut[3])
    return Shot(part, sides, _length(size, "cx"), _length(size, "cy"), _words(named), turned, flipped, picture)


def _old_shot(data: etree._Element, targets: Callable[[str], str | None]) -> Shot | None:
    part = targets(attribute(data, "id") or "")
    shape = data.getparent()
    if part is None or shape is None:
        return None
    style = attribute(shape, "style") or ""
    sizes = {name: round(float(number) * _UNITS[unit] * _EMU_A_POINT) for name, number, unit in _LENGTH.findall(style)}
    cut = tuple(_fraction(attribute(data, f"crop{side}")) for side in ("left", "top", "right", "bottom"))
    width, height = sizes.get("width", _EMU_A_POINT * 100), sizes.get("height", _EMU_A_POINT * 100)
    flips = "".join(_FLIP.findall(style))
    sides, flipped = (cut[0], cut[1], cut[2], cut[3]), ("x" in flips, "y" in flips)
    return Shot(part, sides, width, height, "", 0, flipped, data)


def _fraction(written: str | None) -> int:
    """Of a side: a share, or so many of 65536."""
    found = re.fullmatch(r"(\d{0,5}(?:\.\d{1,6})?)(f?)", written or "")
    if not found or not found[1].strip("."):
        return 0
    return min(_WHOLE_SIDE, round(float(found[1]) / (65_536 if found[2] else 1) * _WHOLE_SIDE))


def _length(element: etree._Element | None, name: str) -> int:
    """A length in EMU, counted anew in twentieths of a point."""
    value = whole(element, name) or 0
    return max(-_MOST_EMU, min(_MOST_EMU, value // _EMU_A_TWIP * _EMU_A_TWIP))


def _words(named: etree._Element | None) -> str:
    """The alternative text, where it is short and names nobody's number."""
    words = "" if named is None else (named.get("descr") or "").strip()
    return words if len(words) <= _MOST_WORDS and not find(words) else ""


def placed(thing: etree._Element, shot: Shot, relation: str, number: int) -> etree._Element:
    """放好的图片 — a drawing with this one picture, where the original has it; in the line where that is not told."""
    frames = [one for one in thing.iter("{*}anchor", "{*}inline")]
    frame = frames[0] if len(frames) == 1 and sum(1 for _ in thing.iter("{*}pic")) == 1 else None
    if frame is not None:
        extent = child(frame, "extent")
        width, height = _length(extent, "cx") or shot.width, _length(extent, "cy") or shot.height
        words = _words(child(frame, "docPr")) or shot.words
        shot = shot._replace(width=width, height=height, words=words)
    shot = shot._replace(width=max(_EMU_A_POINT, shot.width), height=max(_EMU_A_POINT, shot.height))
    anchored = frame is not None and local(frame) == "anchor"
    holder = _anchor(frame, shot, number) if frame is not None and anchored else _inline(shot)
    _put(holder, WP, "docPr", id=str(number), name=f"图片 {number}", **({"descr": shot.words} if shot.words else {}))
    graphic = _put(holder, A, "graphic")
    data = _put(graphic, A, "graphicData", uri=_PICTURE_URI)
    data.append(_picture(shot, relation, number))
    return made("drawing", holder)


def _inline(shot: Shot) -> etree._Element:
    holder = etree.Element(f"{{{WP}}}inline", distT="0", distB="0", distL="0", distR="0")
    _put(holder, WP, "extent", cx=str(shot.width), cy=str(shot.height))
    return holder


def _anchor(frame: etree._Element, shot: Shot, number: int) -> etree._Element:
    rules = grammar()["drawing"]
    behind = "1" if is_on(attribute(frame, "behindDoc"), absent=False) else "0"
    holder = etree.Element(f"{{{WP}}}anchor")
    distances = {"distT": "0", "distB": "0", "distL": "114300", "distR": "114300"}
    ranks = {"simplePos": "0", "relativeHeight": str(number), "behindDoc": behind, "locked": "0"}
    for key, value in {**distances, **ranks, "layoutInCell": "1", "allowOverlap": "1"}.items():
        holder.set(key, value)
    _put(holder, WP, "simplePos", x="0", y="0")
    for name in ("positionH", "positionV"):
        source = child(frame, name)
        relative = "" if source is None else attribute(source, "relativeFrom") or ""
        fine = re.fullmatch(rules["relative"], relative)
        position = _put(holder, WP, name, relativeFrom=relative if fine else "page")
        aligned = None if source is None else child(source, "align")
        words = "" if aligned is None else (aligned.text or "").strip()
        if re.fullmatch(rules["align"], words):
            _put(position, WP, "align").text = words
        else:
            offset = None if source is None else child(source, "posOffset")
            written = "" if offset is None else (offset.text or "").strip()
            twips = int(written) // _EMU_A_TWIP if re.fullmatch(r"-?\d{1,9}", written) else 0
            _put(position, WP, "posOffset").text = str(twips * _EMU_A_TWIP)
    _put(holder, WP, "extent", cx=str(shot.width), cy=str(shot.height))
    wraps = [one for one in frame if re.fullmatch(rules["wrap"], local(one))]
    kind = local(wraps[0]) if wraps else "wrapNone"
    sides = (attribute(wraps[0], "wrapText") if wraps else None) or ""
    if kind in ("wrapNone", "wrapTopAndBottom"):
        _put(holder, WP, kind)
    else:
        _put(holder, WP, "wrapSquare", wrapText=sides if re.fullmatch(rules["text"], sides) else "bothSides")
    return holder


def _picture(shot: Shot, relation: str, number: int) -> etree._Element:
    picture = etree.Element(f"{{{PIC}}}pic", nsmap={"pic": PIC})
    about = _put(picture, PIC, "nvPicPr")
    _put(about, PIC, "cNvPr", id=str(number), name=f"图片 {number}")
    _put(about, PIC, "cNvPicPr")
    fill = _put(picture, PIC, "blipFill")
    _put(fill, A, "blip").set(f"{{{R}}}embed", relation)
    _put(_put(fill, A, "stretch"), A, "fillRect")
    shape = _put(picture, PIC, "spPr")
    turned = {"rot": str(shot.turned * 60_000)} if shot.turned else {}
    flips = {name: "1" for name, flipped in zip(("flipH", "flipV"), shot.flipped, strict=True) if flipped}
    frame = _put(shape, A, "xfrm", **turned, **flips)
    _put(frame, A, "off", x="0", y="0")
    _put(frame, A, "ext", cx=str(shot.width), cy=str(shot.height))
    _put(_put(shape, A, "prstGeom", prst="rect"), A, "avLst")
    return picture


def _put(parent: etree._Element, space: str, tag: str, /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{space}}}{tag}")
    for key, value in attributes.items():
        element.set(key, value)
    return element
