"""Word 的样式 — what a run looks like once its styles, its own format and the defaults of the file are put together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.documents.word_numbering import attribute, child, local

Properties = Mapping[str, etree._Element]
"""一组格式 — property elements by name."""

_MAX_STYLES = 30
HEX = re.compile(r"[0-9A-Fa-f]{6}")
WHITE = "FFFFFF"
NAMED = {"white": WHITE, "black": "000000", "yellow": "FFFF00", "lightGray": "C0C0C0", "darkGray": "808080"}
_THEME_NAMES = {
    **{"background1": "lt1", "text1": "dk1", "background2": "lt2", "text2": "dk2", "light1": "lt1", "dark1": "dk1"},
    **{"light2": "lt2", "dark2": "dk2", "hyperlink": "hlink", "followedHyperlink": "folHlink"},
}
_MAPPED = {"background1": "bg1", "text1": "t1", "background2": "bg2", "text2": "t2"}
NOTHING: dict[str, etree._Element] = {}


class Theme:
    """主题 — its colours and fonts, as far as a file says them."""

    def __init__(self, root: etree._Element | None, settings: etree._Element | None) -> None:
        # Programs take these two where a file has no theme.
        self._colours = {"lt1": WHITE, "dk1": "000000"}
        self.fonts: dict[str, str] = {}
        self._mapping: dict[str, str] = {}
        if root is not None:
            self._read(root)
        mapping = None if settings is None else child(settings, "clrSchemeMapping")
        if mapping is not None:
            self._mapping = {str(key).rpartition("}")[2]: str(value) for key, value in mapping.items()}

    def _read(self, root: etree._Element) -> None:
        for scheme in root.iter("{*}clrScheme"):
            for colour in scheme:
                kind = next(iter(colour), None)
                if kind is not None:
                    value = attribute(kind, "lastClr") or attribute(kind, "val") or ""
                    if HEX.fullmatch(value):
                        self._colours[local(colour)] = value.upper()
        for role in ("major", "minor"):
            font = next(root.iter(f"{{*}}{role}Font"), None)
            if font is None:
                continue
            latin, eastern = child(font, "latin"), child(font, "ea")
            han = next((one for one in font.iterchildren("{*}font") if attribute(one, "script") == "Hans"), None)
            name = "" if latin is None else attribute(latin, "typeface") or ""
            self.fonts |= {f"{role}Ascii": name, f"{role}HAnsi": name, f"{role}Bidi": name}
            written = "" if eastern is None else attribute(eastern, "typeface") or ""
            self.fonts[f"{role}EastAsia"] = written or ("" if han is None else attribute(han, "typeface") or "")

    def colour(self, element: etree._Element, value: str = "val", theme: str = "theme") -> str | None:
        """颜色 — six hex digits, `auto`, or None for one that the file does not say."""
        named = attribute(element, "themeColor" if theme == "theme" else theme)
        if named and named != "none":
            mapped = self._mapping.get(_MAPPED.get(named, ""), named)
            base = self._colours.get(_THEME_NAMES.get(mapped, mapped))
            if base is not None:
                return _shaded(base, attribute(element, f"{theme}Tint"), attribute(element, f"{theme}Shade"))
        written = attribute(element, value)
        if written is None or written == "auto":
            return "auto"
        return written.upper() if HEX.fullmatch(written) else NAMED.get(written)

    def ground(self, shading: etree._Element) -> str | None:
        """底色 — of a shading: six hex digits, `auto` where it paints nothing, None where it is a pattern."""
        pattern = attribute(shading, "val") or "clear"
        if pattern in ("nil", "none"):
            return "auto"
        if pattern == "solid":
            return self.colour(shading, "color")
        return self.colour(shading, "fill", "themeFill") if pattern == "clear" else None


def _shaded(base: str, tint: str | None, shade: str | None) -> str:
    """A tint goes towards white, a shade towards black, each a byte in hex of how much of the colour stays."""
    parts = [int(base[at : at + 2], 16) for at in (0, 2, 4)]
    for amount, towards in ((tint, 255), (shade, 0)):
        if amount and re.fullmatch(r"[0-9A-Fa-f]{2}", amount):
            share = int(amount, 16) / 255
            parts = [round(part * share + towards * (1 - share)) for part in parts]
    return "".join(f"{part:02X}" for part in parts)


class Styles:
    """样式 — of one file: chains of styles, the defaults, and the theme behind them."""

    def __init__(self, root: etree._Element | None, theme: Theme) -> None:
        self.theme = theme
        self.by_id: dict[str, etree._Element] = {}
        self.default_of: dict[str, str] = {}
        self._merged: dict[tuple[str, str], dict[str, etree._Element]] = {}
        self._defaults: dict[str, Properties] = {"rPr": NOTHING, "pPr": NOTHING}
        if root is None:
            return
        for style in root.iterchildren("{*}style"):
            name = attribute(style, "styleId") or ""
            self.by_id.setdefault(name, style)
            if is_on(attribute(style, "default"), absent=False):
                self.default_of.setdefault(attribute(style, "type") or "paragraph", name)
        for kind in ("rPr", "pPr"):
            found = root.find(f"{{*}}docDefaults/{{*}}{kind}Default/{{*}}{kind}")
            if found is not None:
                self._defaults[kind] = properties_of(found)

    def defaults(self, kind: str) -> Properties:
        """默认格式 — of runs (`rPr`) or paragraphs (`pPr`)."""
        return self._defaults[kind]

    def chain(self, name: str | None) -> Iterator[etree._Element]:
        """样式链 — the style and those it is based on, itself first."""
        for _ in range(_MAX_STYLES):
            style = None if name is None else self.by_id.get(name)
            if style is None:
                return
            yield style
            based = child(style, "basedOn")
            name = None if based is None else attribute(based, "val")

    def merged(self, name: str | None, kind: str) -> Properties:
        """样式的格式 — properties of one kind along the chain; a style overrules those it is based on."""
        if name is None:
            return NOTHING
        key = (name, kind)
        if key not in self._merged:
            found: dict[str, etree._Element] = {}
            for style in self.chain(name):
                container = child(style, kind)
                for one, element in ({} if container is None else properties_of(container)).items():
                    found.setdefault(one, element)
            self._merged[key] = found
        return self._merged[key]

    def conditional(self, name: str | None, conditions: frozenset[str], kind: str) -> Properties:
        """表格样式的格式 — of the parts of a table (first row …) that `conditions` names, over those of the whole."""
        if name is None:
            return NOTHING
        key = (name, f"{kind} {' '.join(sorted(conditions))}")
        if key not in self._merged:
            found: dict[str, etree._Element] = {}
            for style in self.chain(name):
                for part in style.iterchildren("{*}tblStylePr"):
                    container = child(part, kind)
                    if container is not None and attribute(part, "type") in conditions:
                        for one, element in properties_of(container).items():
                            found.setdefault(one, element)
            self._merged[key] = {**self.merged(name, kind), **found}
        return self._merged[key]


def properties_of(container: etree._Element) -> dict[str, etree._Element]:
    """一组格式 — the property elements of a container by name; the last of a name counts."""
    return {local(element): element for element in container.iterchildren("*")}


def is_on(value: str | None, *, absent: bool = True) -> bool:
    """开关 — whether a switch is on; without a value it is as `absent` says."""
    return absent if value is None else value not in ("0", "false", "off")


def toggle(name: str, direct: Properties, defaults: Properties, levels: tuple[Properties, ...]) -> bool:
    """开关格式 — the run's own says all; else styles of several levels undo each other (ISO/IEC 29500-1 17.7.3)."""
    if name in direct:
        return is_on(attribute(direct[name], "val"))
    if name in defaults and is_on(attribute(defaults[name], "val")):
        return True
    return sum(name in level and is_on(attribute(level[name], "val")) for level in levels) % 2 == 1


def whole(element: etree._Element | None, name: str = "val") -> int | None:
    """整数 — an attribute as a whole number, None where it is none."""
    value = "" if element is None else (attribute(element, name) or "").removesuffix("%")
    found = re.fullmatch(r"([+-]?\d{1,12})(?:\.\d+)?", value)
    return int(found[1]) if found else None


def is_same(colour: str | None, ground: str | None) -> bool:
    """看不出 — whether a colour cannot be told from its ground by the eye."""
    if colour is None or ground is None or "auto" in (colour, ground):
        return False
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(ground), strict=True)
    return max(abs(one - other) for one, other in pairs) <= _LEAST_CONTRAST


_LEAST_CONTRAST = 20
"""Of 255: F2F2F2 on white is not read by anybody."""
