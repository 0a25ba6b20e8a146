"""单元格样式 — fonts, grounds, borders and number formats of an xlsx, colours resolved (条例 第十七条)."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from lxml import etree

from gongkai.documents.number_format import BUILT_IN

T = TypeVar("T")

BLACK, WHITE = "000000", "FFFFFF"
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{at}" for at in range(1, 7)), "hlink", "folHlink")
_OFFICE = {
    **{"lt1": WHITE, "dk1": BLACK, "lt2": "E7E6E6", "dk2": "44546A", "accent1": "4472C4", "accent2": "ED7D31"},
    **{"accent3": "A5A5A5", "accent4": "FFC000", "accent5": "5B9BD5", "accent6": "70AD47"},
    **{"hlink": "0563C1", "folHlink": "954F72"},
}
_BASIC = "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF"
_PALETTE = (
    f"{_BASIC}{_BASIC}"
    "800000008000000080808000800080008080C0C0C08080809999FF993366FFFFCCCCFFFF660066FF8080"
    "0066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF00CCFFCCFFFFCCFFCCFFFF99"
    "99CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696003366339966"
    "003300333300993300993366333399333333"
)
_INDEXED = [_PALETTE[at : at + 6] for at in range(0, len(_PALETTE), 6)]
_NEAR = 24
_LEAST_SIZE = 2.0
_SIDES = ("left", "right", "top", "bottom")


class Font(NamedTuple):
    """字体 — `colour` as RRGGBB, `raised`: superscript, subscript or nothing."""

    name: str = ""
    size: float = 11
    colour: str = BLACK
    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    raised: str = ""

    @property
    def is_too_small(self) -> bool:
        """看不见的字号 — smaller than anybody reads (条例 第十七条)."""
        return self.size < _LEAST_SIZE


class Style(NamedTuple):
    """样式 — of one cell: `ground` None where it is a pattern of colours, which hides nothing."""

    font: Font = Font()
    code: str = "General"
    ground: str | None = WHITE
    is_filled: bool = False
    borders: tuple[tuple[str, str, str], ...] = ()
    alignment: tuple[tuple[str, str], ...] = ()

    def hides(self, colour: str) -> bool:
        """与底色相同 — whether letters of this colour cannot be told from the ground (条例 第十七条)."""
        return self.ground is not None and _is_near(colour, self.ground)


class Styles:
    """样式表 — cell styles by number, and fonts of runs of text."""

    def __init__(self, root: etree._Element | None, theme: etree._Element | None) -> None:
        self._theme = _theme(theme)
        self._indexed = list(_INDEXED)
        self._fonts: list[Font] = []
        self._styles: list[Style] = []
        self.conditional: list[str] = []
        """条件格式的数字格式 — by the number of the look that a condition gives."""
        if root is not None:
            self._read(root)
        self.default = self._fonts[0] if self._fonts else Font()

    def __getitem__(self, number: int) -> Style:
        return self._styles[number] if 0 <= number < len(self._styles) else Style(self.default)

    def _read(self, root: etree._Element) -> None:
        custom = [
            (colour.get("rgb") or "")[-6:].upper() for colour in root.iterfind("{*}colors/{*}indexedColors/{*}rgbColor")
        ]
        self._indexed[: len(custom)] = [_checked(colour) or BLACK for colour in custom]
        codes = {
            _number(element.get("numFmtId")): element.get("formatCode", "")
            for element in root.iterfind("{*}numFmts/{*}numFmt")
        }
        self._fonts = [self.font(element, Font(size=11)) for element in root.iterfind("{*}fonts/{*}font")]
        grounds = [self._ground(element) for element in root.iterfind("{*}fills/{*}fill")]
        borders = [self._borders(element) for element in root.iterfind("{*}borders/{*}border")]
        for element in root.iterfind("{*}cellXfs/{*}xf"):
            code = _number(element.get("numFmtId"))
            alignment = element.find("{*}alignment")
            ground, filled = _at(grounds, element.get("fillId"), (WHITE, False))
            self._styles.append(
                Style(
                    _at(self._fonts, element.get("fontId"), Font()),
                    codes.get(code) or BUILT_IN.get(code, "General"),
                    ground,
                    filled,
                    _at(borders, element.get("borderId"), ()),
                    tuple(sorted((str(name), str(value)) for name, value in alignment.items()))
                    if alignment is not None
                    else (),
                )
            )
        for element in root.iterfind("{*}dxfs/{*}dxf"):
            said = element.find("{*}numFmt")
            self.conditional.append("" if said is None else said.get("formatCode", ""))

    def font(self, element: etree._Element, base: Font) -> Font:
        """字体 — as an element `font` or `rPr` says, over `base`."""
        said: dict[str, etree._Element] = {
            etree.QName(child).localname: child for child in element if isinstance(child.tag, str)
        }
        name = said.get("name", said.get("rFont"))
        raised = said["vertAlign"].get("val", "") if "vertAlign" in said else base.raised
        size = _float(said["sz"].get("val")) if "sz" in said else None
        return Font(
            base.name if name is None else name.get("val", ""),
            base.size if size is None else size,
            (self.colour(said["color"]) or BLACK) if "color" in said else base.colour,
            _is_on(said.get("b"), base.bold),
            _is_on(said.get("i"), base.italic),
            said["u"].get("val") != "none" if "u" in said else base.underline,
            _is_on(said.get("strike"), base.struck),
            raised if raised in ("superscript", "subscript") else "",
        )

    def colour(self, element: etree._Element) -> str | None:
        """颜色 — RRGGBB, None for automatic or what cannot be resolved."""
        found = None
        if rgb := element.get("rgb"):
            found = _checked(rgb[-6:].upper())
        elif (theme := element.get("theme")) is not None:
            found = self._theme.get(_at(_THEME, theme, ""))
        elif (indexed := element.get("indexed")) is not None:
            found = _at(self._indexed, indexed, None)
        return _tinted(found, _float(element.get("tint")) or 0.0) if found else None

    def _ground(self, fill: etree._Element) -> tuple[str | None, bool]:
        pattern = fill.find("{*}patternFill")
        if pattern is None:
            return (WHITE, False) if fill.find("{*}gradientFill") is None else (None, False)
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return WHITE, False
        if kind != "solid":
            return None, False
        colour = pattern.find("{*}fgColor")
        return ((self.colour(colour) if colour is not None else None) or WHITE), True

    def _borders(self, element: etree._Element) -> tuple[tuple[str, str, str], ...]:
        found = []
        for side in _SIDES:
            line = element.find(f"{{*}}{side}")
            if line is not None and line.get("style", "none") != "none":
                colour = line.find("{*}color")
                found.append(
                    (side, line.get("style", ""), (self.colour(colour) if colour is not None else "") or BLACK)
                )
        return tuple(found)


def _theme(root: etree._Element | None) -> Mapping[str, str]:
    found = dict(_OFFICE)
    scheme = root.find(".//{*}clrScheme") if root is not None else None
    for element in scheme if scheme is not None else ():
        if isinstance(element.tag, str) and len(element):
            colour = _checked((element[0].get("lastClr") or element[0].get("val") or "").upper())
            if colour:
                found[etree.QName(element).localname] = colour
    return found


def _tinted(colour: str, tint: float) -> str:
    if not tint:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(1, max(0, light)), saturation))


def _is_near(one: str, other: str) -> bool:
    return all(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) <= _NEAR for at in (0, 2, 4))


def _checked(colour: str) -> str | None:
    try:
        return colour if len(colour) == 6 and int(colour, 16) >= 0 else None
    except ValueError:
        return None


def _is_on(element: etree._Element | None, base: bool) -> bool:
    return base if element is None else element.get("val", "1") not in ("0", "false", "off")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _float(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and math.isfinite(number) else None


def _at(values: Sequence[T], number: str | None, default: T) -> T:
    place = _number(number)
    return values[place] if 0 <= place < len(values) else default
