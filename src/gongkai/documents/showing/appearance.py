"""网页元素的样子 — whether each element is seen, and if not why, by attributes and declarations (条例 第十七条)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongkai.documents.showing import How, Why
from gongkai.documents.showing.stylesheet import Declared, Element, Stylesheet

Colour = tuple[int, int, int]

WANTED = frozenset(
    re.findall(
        "[a-z-]+",
        "display visibility opacity font font-size color background background-color width max-width height max-height"
        " overflow overflow-x overflow-y position left right top bottom text-indent margin margin-left margin-top"
        " transform scale clip clip-path filter content-visibility text-decoration text-decoration-line vertical-align"
        " direction unicode-bidi white-space font-weight font-style text-align -webkit-text-fill-color zoom"
        " flex-direction flex-flow float",
    )
)
"""看哪些声明 — the properties by which a word can vanish, or which a copy keeps."""
_NOT_SHOWN = frozenset(
    (
        "noscript",
        "template",
        "iframe",
        "object",
        "applet",
        "audio",
        "video",
        "canvas",
        "noframes",
        "noembed",
        "datalist",
    )
)
"""What stands in them is shown only where something else is not, or by a program."""
_UNUSED_IN_DRAWINGS = frozenset(("title", "desc", "metadata", "defs", "symbol"))
_KEEPS_LINES = frozenset(("pre", "textarea", "listing", "xmp", "plaintext"))
_RAISED, _STRUCK = frozenset(("sup", "sub")), frozenset(("s", "strike", "del"))
_BOLD, _ITALIC = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th")), frozenset(("i", "em"))
_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|%|cm|mm|in|pc|vw|vh)?")
_FONT = re.compile(r"(?<![\w.-])(\d+\.?\d*|\.\d+)(px|pt|em|rem|%|)(?=\s*/|\s+\S)")
_PIXELS = {"px": 1.0, "": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "cm": 37.8, "mm": 3.78, "in": 96.0}
_SMALLEST, _FAR, _FAINT = 1.5, 200.0, 0.05
_NORMAL_SIZE = 16.0
_NAMED = {
    **{"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "lime": (0, 255, 0), "blue": (0, 0, 255)},
    **{"yellow": (255, 255, 0), "cyan": (0, 255, 255), "aqua": (0, 255, 255), "magenta": (255, 0, 255)},
    **{"fuchsia": (255, 0, 255), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128)},
    **{"maroon": (128, 0, 0), "olive": (128, 128, 0), "green": (0, 128, 0), "purple": (128, 0, 128)},
    **{"teal": (0, 128, 128), "navy": (0, 0, 128), "orange": (255, 165, 0), "whitesmoke": (245, 245, 245)},
    **{"snow": (255, 250, 250), "ivory": (255, 255, 240), "ghostwhite": (248, 248, 255), "azure": (240, 255, 255)},
    **{"lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "gainsboro": (220, 220, 220)},
    **{"floralwhite": (255, 250, 240), "mintcream": (245, 255, 250), "darkgray": (169, 169, 169)},
}
_COLOUR = re.compile(r"#(?P<hex>[0-9a-f]{3,8})|rgba?\(\s*(?P<rgb>[^)]*)\)|hsla?\(\s*(?P<hsl>[^)]*)\)|(?P<name>[a-z]+)")
_NEAR = 12
"""Colours of which no part differs by more are one colour to the eye."""
_HARDLY = 40
"""Up to here a reader may see two colours or one."""
_CLIPPED = re.compile(r"inset\(\s*(?:5\d|[6-9]\d|1\d\d)(?:\.\d*)?%|circle\(\s*0|polygon\(\s*0[^,]*,\s*0")
_NO_SCALE = re.compile(r"scale(?:x|y|3d)?\(\s*0?\.?0*\s*[,)]|matrix\(\s*0\s*,")
_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Look:
    """样子 — `why`: why the element's text is not seen; `is_gone`: nor anything in it, whatever is declared there;
    `is_doubtful`: not seen perhaps; `is_reversed`: its pieces stand from the last to the first;
    `runs_left`: its text runs from right to left. The rest is what a copy keeps, and what is handed on to the elements
    inside."""

    why: Why | None = None
    is_gone: bool = False
    is_doubtful: bool = False
    is_struck: bool = False
    is_raised: bool = False
    is_bold: bool = False
    is_italic: bool = False
    is_turned: bool = False
    is_reversed: bool = False
    runs_left: bool = False
    keeps_lines: bool = False
    align: str = ""
    size: float = _NORMAL_SIZE
    opacity: float = 1.0
    is_invisible: bool = False
    colour: Colour | None = (0, 0, 0)
    ground: Colour | None = (255, 255, 255)

    @property
    def how(self) -> How:
        """怎样显示."""
        if self.why is not None:
            return How.HIDDEN
        return How.STRUCK if self.is_struck else How.RAISED if self.is_raised else How.SEEN


def looks(root: Element, sheet: Stylesheet) -> dict[Element, Look]:
    """每个元素的样子 — in document order, so that each has its parent's before it."""
    found: dict[Element, Look] = {}
    for element in root.iter("*"):
        parent = found.get(element.getparent(), Look())
        sure, doubtful = sheet.of(element)
        look = look_of(element, parent, sure)
        if doubtful is not sure and look.why is None and look_of(element, parent, doubtful).why is not None:
            look = replace(look, is_doubtful=True)
        found[element] = look
    return found


def look_of(element: Element, parent: Look, declared: Declared) -> Look:
    """一个元素的样子 — in a parent that looks so, with these declarations (条例 第十七条)."""
    colour, ground = _colours(element, declared, parent)
    decorated = declared.get("text-decoration", "") + declared.get("text-decoration-line", "")
    raised = declared.get("vertical-align", "")
    invisible = declared.get("visibility", "")
    look = Look(
        why=parent.why if parent.is_gone else None,
        is_gone=parent.is_gone,
        is_doubtful=parent.is_doubtful,
        is_struck=parent.is_struck or element.tag in _STRUCK or "line-through" in decorated,
        is_raised=(parent.is_raised or element.tag in _RAISED or raised in ("super", "sub")) and raised != "baseline",
        is_bold=_weight(declared.get("font-weight", ""), parent.is_bold or element.tag in _BOLD),
        is_italic=declared.get("font-style", "") in ("italic", "oblique") or parent.is_italic or element.tag in _ITALIC,
        is_turned=_is_turned(element, declared),
        is_reversed=parent.is_reversed or _is_reversed(declared),
        runs_left=_runs_left(element, declared, parent),
        keeps_lines=_keeps_lines(element, declared, parent),
        align=_align(element, declared, parent),
        size=_size(declared, parent.size),
        opacity=parent.opacity * _part(declared.get("opacity", "")),
        is_invisible=invisible in ("hidden", "collapse") or (parent.is_invisible and invisible != "visible"),
        colour=colour,
        ground=ground,
    )
    if look.is_gone:
        return look
    gone = _gone(element, declared, look)
    return replace(look, why=gone or _faded(look), is_gone=gone is not None)


def tells(name: str, value: str) -> bool:
    """是否可能看不见 — whether a declaration may hide words, strike or raise them; what only places them does not.

    For whoever looks at few of a page's elements: of one that meets no such declaration nothing is lost.
    """
    if name in _COLOURS:
        colour = _colour(value, None)
        if isinstance(colour, tuple):
            bright = colour == _SEEN_THROUGH or min(colour) >= _BRIGHT
            return bright if name not in _GROUNDS else max(colour) <= _DARK
        return False
    telling = _TELLING.get(name)
    return telling is not None and telling.search(value) is not None


_GROUNDS = ("background", "background-color")
_COLOURS = ("color", "-webkit-text-fill-color", *_GROUNDS)
_BRIGHT, _DARK = 180, 75
_NOTHING, _NEGATIVE = re.compile(r"^[01]?(?:\.\d+)?(?:px|pt|em|rem|%)?$"), re.compile(r"-\d{3,}|\d{5,}")
_TELLING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content-visibility": re.compile("hidden"),
    "opacity": re.compile(r"^0?(?:\.0\d*)?%?$"),
    "filter": re.compile(r"opacity\(0"),
    "font-size": _NOTHING,
    "font": re.compile(r"(?<![\w.])[01]?(?:\.\d+)?(?:px|pt|em|rem|%)(?![\w])|(?<![\w.])0(?=\s|/)"),
    **dict.fromkeys(("width", "max-width", "height", "max-height", "zoom", "scale"), _NOTHING),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), re.compile("line-through")),
    "vertical-align": re.compile("super|sub"),
    "transform": re.compile(r"scale|matrix|translate"),
    **dict.fromkeys(("clip", "clip-path"), re.compile(".")),
    **dict.fromkeys(
        ("left", "right", "top", "bottom", "margin", "margin-left", "margin-top", "text-indent"), _NEGATIVE
    ),
}


def _gone(element: Element, declared: Declared, look: Look) -> Why | None:
    """The first reason for which nothing in the element is seen."""
    if element.tag in _NOT_SHOWN or (element.tag in _UNUSED_IN_DRAWINGS and _is_drawn(element)):
        return Why.UNUSED
    display = declared.get("display", "")
    if display == "none" or (not display and ("hidden" in element.attrib or _is_closed(element))):
        return Why.ROW if element.tag == "tr" else Why.RUN if "hidden" in element.attrib else Why.STYLE
    if declared.get("content-visibility") == "hidden":
        return Why.STYLE
    if _is_boxed_away(declared) or _NO_SCALE.search(declared.get("transform", "")):
        return Why.SIZE
    if any(declared.get(name) in ("0", "0%") for name in ("scale", "zoom")):
        return Why.SIZE
    if look.opacity < _FAINT or "opacity(0" in declared.get("filter", ""):
        return Why.COLOUR
    return Why.OFF_PAGE if _is_off_page(declared) else None


def _faded(look: Look) -> Why | None:
    """The first reason for which its own text is not seen; what is inside may declare otherwise."""
    if look.is_invisible:
        return Why.STYLE
    if look.size < _SMALLEST:
        return Why.SIZE
    return Why.COLOUR if _is_one(look.colour, look.ground) else None


def _is_closed(element: Element) -> bool:
    return element.tag == "dialog" and "open" not in element.attrib


def _is_drawn(element: Element) -> bool:
    return any(above.tag == "svg" for above in element.iterancestors())


def _length(text: str, size: float = _NORMAL_SIZE) -> float | None:
    found = _LENGTH.match(text)
    if found is None:
        return None
    unit = found[2] or ""
    return float(found[1]) * (size if unit == "em" else _PIXELS.get(unit, 10.0))


def _size(declared: Declared, size: float) -> float:
    for name, pattern in (("font", _FONT), ("font-size", _LENGTH)):
        if found := pattern.match(declared.get(name, "")) or (
            name == "font" and pattern.search(declared.get(name, ""))
        ):
            unit = found[2] or "px"
            size = float(found[1]) * (size if unit == "em" else size / 100 if unit == "%" else _PIXELS.get(unit, 10.0))
    return size


def _part(text: str) -> float:
    found = _LENGTH.match(text)
    if found is None:
        return 1.0
    return float(found[1]) / (100 if found[2] == "%" else 1)


def _is_boxed_away(declared: Declared) -> bool:
    """Nothing of a box without size is seen where it cuts off what is larger."""
    cut = any(declared.get(name, "").split(" ")[0] in ("hidden", "clip") for name in _OVERFLOWS)
    sizes = [_length(declared[name]) for name in ("width", "max-width", "height", "max-height") if name in declared]
    placed = declared.get("position") in ("absolute", "fixed")
    clipped = placed and re.match(r"rect\(\s*[01](?:px)?\s*[, ]\s*[01](?:px)?\s*[, ]", declared.get("clip", ""))
    return bool(clipped or _CLIPPED.search(declared.get("clip-path", ""))) or (
        cut and any(size is not None and size <= _SMALLEST for size in sizes)
    )


_OVERFLOWS = ("overflow", "overflow-x", "overflow-y")


def _is_off_page(declared: Declared) -> bool:
    far = [
        name for name in ("text-indent", "margin-left", "margin-top") if (_length(declared.get(name, "")) or 0) < -_FAR
    ]
    margins = [_length(part) or 0 for part in declared.get("margin", "").split()]
    if declared.get("position") in ("absolute", "fixed", "relative"):
        far += [name for name in ("left", "top") if (_length(declared.get(name, "")) or 0) < -_FAR]
        far += [name for name in ("right", "bottom") if abs(_length(declared.get(name, "")) or 0) > 10 * _FAR]
        far += [name for name in ("left", "top") if (_length(declared.get(name, "")) or 0) > 50 * _FAR]
    moved = re.findall(r"translate(?:x|y|3d)?\(\s*(-?[\d.]+\w*)", declared.get("transform", ""))
    return bool(far) or any(margin < -_FAR for margin in margins) or any((_length(m) or 0) < -_FAR for m in moved)


def _colours(element: Element, declared: Declared, parent: Look) -> tuple[Colour | None, Colour | None]:
    """Of text and ground; None for one that cannot be told, such as a picture's."""
    colour, ground = parent.colour, parent.ground
    for text in (element.get("text") if element.tag == "body" else element.get("color"), declared.get("color")):
        if text and (read := _colour(text, parent.colour)) is not _UNKNOWN:
            colour = read  # type: ignore[assignment]
    if (fill := declared.get("-webkit-text-fill-color")) and (read := _colour(fill, colour)) is not _UNKNOWN:
        colour = read  # type: ignore[assignment]
    for text in (element.get("bgcolor"), declared.get("background"), declared.get("background-color")):
        if not text or text in ("none", "transparent", "inherit", "initial", "unset"):
            continue
        if "url(" in text or "gradient" in text:
            ground = None
        elif (read := _colour(text, ground)) is not _UNKNOWN and read != _SEEN_THROUGH:
            ground = read  # type: ignore[assignment]
    return (ground if colour == _SEEN_THROUGH else colour), ground


_SEEN_THROUGH: Colour = (-1, -1, -1)


def _colour(text: str, same: Colour | None) -> object:
    """A colour, `_SEEN_THROUGH`, None for one that cannot be told; `_UNKNOWN` where the text names none."""
    text = text.strip().lower()
    if text in ("inherit", "currentcolor"):
        return same
    for found in _COLOUR.finditer(text):
        if found["hex"]:
            return _hex(found["hex"])
        if found["rgb"] is not None:
            return _rgb(found["rgb"])
        if found["hsl"] is not None:
            return _hsl(found["hsl"])
        if found["name"] == "transparent":
            return _SEEN_THROUGH
        if found["name"] in _NAMED:
            return _NAMED[found["name"]]
    return _hex(text) if re.fullmatch("[0-9a-f]{6}", text) else _UNKNOWN


def names_colour(text: str) -> bool:
    """说出颜色 — whether a value names a colour that can be told, or words that are none (条例 第五十条)."""
    return isinstance(_colour(text, (0, 0, 0)), tuple)


def is_faint(look: Look) -> bool:
    """淡得难认 — whether the words can hardly be told from their ground (条例 第五十条)."""
    if look.colour is None or look.ground is None:
        return False
    return all(abs(one - other) <= _HARDLY for one, other in zip(look.colour, look.ground, strict=True))


def _hex(text: str) -> Colour | None:
    if len(text) in (3, 4):
        text = "".join(sign * 2 for sign in text)
    if len(text) == 8 and int(text[6:], 16) < 255 * _FAINT:
        return _SEEN_THROUGH
    return (int(text[:2], 16), int(text[2:4], 16), int(text[4:6], 16)) if len(text) in (6, 8) else None


def _numbers(text: str) -> list[float]:
    return [float(number) * (2.55 if unit == "%" else 1) for number, unit in re.findall(r"(-?[\d.]*\d)(%?)", text)]


def _rgb(text: str) -> Colour | None:
    parts = _numbers(text)
    if len(parts) < 3:
        return None
    if len(parts) > 3 and parts[3] < _FAINT:
        return _SEEN_THROUGH
    return int(parts[0]), int(parts[1]), int(parts[2])


def _hsl(text: str) -> Colour | None:
    """Only the two ends of lightness are told: everything else differs from black and white."""
    parts = _numbers(text)
    if len(parts) > 3 and parts[3] < _FAINT:
        return _SEEN_THROUGH
    if len(parts) < 3:
        return None
    return (255, 255, 255) if parts[2] >= 250 else (0, 0, 0) if parts[2] <= 5 else None


def _is_one(colour: Colour | None, ground: Colour | None) -> bool:
    if colour is None or ground is None:
        return False
    return all(abs(one - other) <= _NEAR for one, other in zip(colour, ground, strict=True))


def _weight(text: str, inherited: bool) -> bool:
    if text in ("normal", "lighter", "100", "200", "300", "400", "500"):
        return False
    return inherited or text in ("bold", "bolder", "600", "700", "800", "900")


def _is_turned(element: Element, declared: Declared) -> bool:
    forced = element.tag == "bdo" or declared.get("unicode-bidi", "") in ("bidi-override", "isolate-override")
    return forced and (declared.get("direction") or element.get("dir", "")).lower() == "rtl"


def _is_reversed(declared: Declared) -> bool:
    """Whether pieces stand from the last to the first, each of them as it is written."""
    flow = declared.get("flex-direction", "") + declared.get("flex-flow", "")
    return "reverse" in flow or declared.get("float") == "right"


def _runs_left(element: Element, declared: Declared, parent: Look) -> bool:
    said = (declared.get("direction") or element.get("dir", "")).lower()
    return said == "rtl" if said in ("ltr", "rtl") else parent.runs_left


def _keeps_lines(element: Element, declared: Declared, parent: Look) -> bool:
    space = declared.get("white-space", "")
    if space:
        return space.startswith(("pre", "break-spaces"))
    return parent.keeps_lines or element.tag in _KEEPS_LINES


def _align(element: Element, declared: Declared, parent: Look) -> str:
    said = (declared.get("text-align") or element.get("align", "")).strip().lower()
    if said in ("left", "center", "right", "justify"):
        return said
    return "center" if element.tag == "center" else "" if element.tag == "table" else parent.align
