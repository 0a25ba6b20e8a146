"""样式排的字 — where styles may show pieces of a number in another order, or in other signs (条例 第十七条).

A browser alone knows what a reader then sees. So an original in which such pieces are long enough for a number is told
as not read; a copy has no styles. Properties that move nothing are listed; every other one counts, by its value.
Words, dates and whole numbers are no pieces: what honest pages place by style is read as it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from gongkai.documents.redaction.torn import LIKELY
from gongkai.documents.showing import Why
from gongkai.documents.showing.stylesheet import Element, Stylesheet, declarations, strings, written
from gongkai.documents.showing.web_page import BLOCKS, Page
from gongkai.text.personal_data.signs import SHORTEST, bare

_HARMLESS = frozenset(
    re.findall(
        r"[a-z-]+",
        "accent-color all appearance background-image background caret-color clear color content cursor display font"
        " filter height hyphens justify-content left line-break line-height max-height max-width min-height min-width"
        " opacity orphans outline overflow pointer-events quotes resize right size speak tab-size table-layout top"
        " bottom transition vertical-align visibility white-space widows width will-change word-break word-wrap z-index"
        " zoom gap row-gap column-gap fill stroke page clip clip-path contain unicode-bidi src user-select"
        " box-sizing box-shadow object-fit empty-cells",
    )
)
_HARMLESS_STARTS = (
    *("align-", "background-", "border", "column", "counter-", "flex-basis", "flex-grow", "flex-shrink", "font-"),
    *("justify-", "list-style", "mso-", "outline-", "overflow-", "padding", "page-break", "place-", "scroll", "text-"),
    *("layout-grid", "punctuation-", "overscroll-", "tap-highlight", "transition-", "break-", "mask", "object-"),
    *("stroke-", "fill-", "print-color", "image-", "touch-", "--", "*", "_", "grid-gap", "grid-template-columns"),
)
_VENDOR = re.compile(r"-(?:webkit|moz|ms|o|khtml)-")
_AS_USUAL = re.compile(
    r"(?:none|normal|auto|0|0px|static|top|initial|unset|inherit|revert|row|column|ltr|nowrap|wrap|horizontal-tb"
    r"|lr-tb|1|running)(?:\s+(?:none|normal|auto|0|0px|nowrap|wrap|row|column|1))*"
)
_FOR_LEAVES = frozenset(
    (
        "writing-mode",
        "text-orientation",
        "flex-direction",
        "flex-flow",
        "flex-wrap",
        "grid-auto-flow",
        "grid",
        "line-height",
        "direction",
        "box-direction",
        "box-orient",
    )
) | {"grid-template-areas", "grid-template", "column-reverse"}
"""What orders the things in an element, not the element itself."""
_TURNS = frozenset(("transform", "rotate", "scale"))
_MOVED_ALONG = re.compile(r"(?:(?:translate|perspective)\w*\([^)]*\)\s*|scale\w*\([\d.,\s]*\)\s*|[\d.]+)+")
"""What turns all that is in an element keeps its order in these values alone."""
_BESIDE = frozenset(("float", "order", "grid-area", "grid-row", "grid-column"))
"""What moves an element among those beside it."""
_BESIDE_STARTS = ("grid-row-", "grid-column-")
_SPACES = ("margin", "letter-spacing", "word-spacing")
_FLAT = ("height", "max-height", "line-height")
_SIDES = ("left", "right", "top", "bottom", "inset")
_NUMBER = re.compile(r"(-?\d*\.?\d+)(em|rem|%)?")
_NEAR, _A_LETTER, _NO_HEIGHT = 4.0, 16.0, 0.3
_PIECE = re.compile(r"[\s\W_Xx\u2169]*")
_DATE = re.compile(
    r"\W*(?:(?:19|20)\d\d\W?\s?)?[-./年]?(?:\d{1,2}[-./月]\d{1,2}日?)?\W*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?\W*"
)
_BEGIN, _END = re.compile(r"[\d\s-]*\d[Xx]?(?=\D|\Z)"), re.compile(r"(?<!\d)\d[\d\s-]*\Z")
_MOST_PIECES = 12
_SHORT, _FEWEST_WRITTEN, _FEWEST_COUNTED = 18, 3, 100
_GENERIC = (
    "sans-serif",
    "serif",
    "monospace",
    "arial",
    "simsun",
    "宋体",
    "microsoft yahei",
    "微软雅黑",
    "simhei",
    "黑体",
)


class _Others:
    """Every property that may move a word."""

    def __contains__(self, name: object) -> bool:
        plain = _VENDOR.sub("", str(name), count=1)
        return plain in _ALWAYS or not (plain in _HARMLESS or plain.startswith(_HARMLESS_STARTS))


_ALWAYS = frozenset(("font-family", "font", "display", "text-orientation", *_FLAT, *_SIDES))


_OTHERS = _Others()


class _Piece(NamedTuple):
    text: str
    is_placed: bool


def is_placed_by_style(page: Page) -> bool:
    """由样式排字 — whether pieces that may be of one number are ordered, made or drawn by style (条例 第十七条)."""
    css = [element.text or "" for element in page.root.iter("style")]
    rules = [rule for sheet in css for rule in written(sheet)]
    if _is_written(page, rules):
        return True
    sheet = Stylesheet(css, _OTHERS)
    fonts = {value.strip("\"' ") for where, name, value in rules if where == "@font-face" and name == "font-family"}
    groups: dict[Element, list[_Piece]] = defaultdict(list)
    counted: set[Element] = set()
    for element, look in page.looks.items():
        # What is pushed off the page may stand beside another box all the same.
        if look.why not in (None, Why.OFF_PAGE):
            continue
        sure, doubtful = sheet.of(element)
        # The style of an element itself comes with all it declares.
        told = {name: value for name, value in (sure | doubtful).items() if name in _OTHERS}
        declared = {_VENDOR.sub("", name, count=1): value for name, value in told.items()}
        if fonts and _is_drawn(element, declared, fonts):
            return True
        _sort(element, declared, groups, counted, page.root)
    return any(map(_is_enough, groups.values()))


def _sort(
    element: Element,
    declared: dict[str, str],
    groups: dict[Element, list[_Piece]],
    counted: set[Element],
    root: Element,
) -> None:
    declared = _aligned(element) | declared
    names = _names(element, declared)
    turned = any(_MOVED_ALONG.fullmatch(declared[name]) is None for name in names & _TURNS)
    if turned or names & _FOR_LEAVES:
        # Cells are read from the side on which their table begins, whatever around it says so.
        is_read = not turned and names & _FOR_LEAVES == {"direction"}
        groups[element] += [_Piece(text, True) for text in _texts(element, besides_cells=is_read)]
    names -= _FOR_LEAVES
    if not names or (names == {"float"} and declared["float"] == "left" and _is_first(element, counted)):
        if names:
            counted.add(element)
        return
    counted.add(element)
    text, around = _said(element), element.getparent()
    if not _is_piece(text) or around is None or _holds_more(element):
        return
    if element.tag not in BLOCKS or not groups[around]:
        groups[around] += [_Piece(beside, False) for beside in _beside(around, element)]
    groups[around].append(_Piece(text, True))
    if not all(name in _BESIDE or name.startswith(_BESIDE_STARTS) for name in names):
        groups[root].append(_Piece(text, True))


def _aligned(element: Element) -> dict[str, str]:
    """What its attributes say as styles do."""
    side, direction = element.get("align", "").lower(), element.get("dir", "").lower()
    is_beside = element.tag in ("table", "img") and side in ("left", "right")
    return ({"float": side} if is_beside else {}) | ({"direction": "rtl"} if direction == "rtl" else {})


def _names(element: Element, declared: dict[str, str]) -> set[str]:
    """The properties that move it."""
    names = {name for name, value in declared.items() if _moves(name, value, declared)}
    if element.tag == "table":
        # The columns of a table are read from the side on which they begin.
        names.discard("direction")
    if element.tag in ("tfoot", "thead"):
        beside = element.itersiblings("tr", "tbody", "tfoot", "thead", preceding=element.tag == "thead")
        names |= {"order"} if next(beside, None) is not None else set()
    return names


def _moves(name: str, value: str, declared: dict[str, str]) -> bool:
    if name in _SIDES or name in ("font-family", "font"):
        return False
    if name == "position":
        if value in ("relative", "sticky"):
            return any(abs(size) > _NEAR for side in _SIDES for size in _sizes(declared.get(side, "")))
        return value in ("absolute", "fixed") or "var(" in value
    if name in _FLAT:
        # Lines without height stand one upon the other.
        return any(size < _NO_HEIGHT for size in _sizes(value)[:1])
    if name == "display":
        return value in ("table-header-group", "table-footer-group", "table-caption")
    if name.startswith(_SPACES):
        return "(" in value or any(size < -_NEAR for size in _sizes(value))
    return _AS_USUAL.fullmatch(value) is None


def _sizes(value: str) -> list[float]:
    return [float(size) * (_A_LETTER if unit else 1) for size, unit in _NUMBER.findall(value)]


def _is_first(element: Element, counted: set[Element]) -> bool:
    """Whether all before it among its siblings goes to the left as well: then the order stays."""
    around = element.getparent()
    if around is None or (around.text or "").strip():
        return False
    return all(one in counted and not (one.tail or "").strip() for one in element.itersiblings(preceding=True))


def _beside(around: Element, element: Element) -> Iterator[str]:
    """Short words with digits that stand beside a placed element."""
    for text in (around.text, *(text for one in around for text in (one.tail, "" if one is element else _said(one)))):
        if text and len(text.strip()) < _SHORT and any(map(str.isnumeric, text)):
            yield text


def _said(element: Element) -> str:
    return "".join(element.itertext()) if isinstance(element.tag, str) else ""


def _holds_more(element: Element) -> bool:
    """Whether it is a part of the page, with paragraphs or cells of its own: these stand as they are written."""
    blocks = [one for one in element.iterdescendants("*") if one.tag in BLOCKS and any(map(str.isnumeric, _said(one)))]
    leaves = [one for one in blocks if not any(inner.tag in BLOCKS for inner in one.iterdescendants("*"))]
    return len(leaves) > 1


def _texts(element: Element, *, besides_cells: bool = False) -> list[str]:
    cells = {text for cell in element.iter("td", "th") for text in cell.itertext()} if besides_cells else ()
    return [text for text in element.itertext() if _is_piece(text) and text not in cells]


def _is_piece(text: str) -> bool:
    """Whether it begins or ends with digits, and too few of them to be read by itself."""
    return 0 < len(text) <= 4 * _SHORT and bool(_BEGIN.match(text) or _END.search(text))


def _is_whole(text: str) -> bool:
    """Whether it is nothing but digits, and too few of them for a number."""
    digits = sum(map(str.isnumeric, text))
    return 0 < digits < _SHORT and _PIECE.fullmatch("".join(sign for sign in text if not sign.isnumeric())) is not None


def _is_enough(pieces: Iterable[_Piece]) -> bool:
    found = list(pieces)
    whole = [piece for piece in found if _is_whole(piece.text)]
    is_long = sum(sign.isnumeric() for piece in whole for sign in piece.text) >= SHORTEST
    if is_long and any(piece.is_placed and not _DATE.fullmatch(piece.text.strip()) for piece in whole):
        return len(whole) > 1
    return any(piece.is_placed for piece in found) and _makes_one(found)


def _makes_one(pieces: Sequence[_Piece]) -> bool:
    """Whether pieces of words and digits make a number in any order: the first ends with digits, the last begins so."""
    firsts = [found[0] for piece in pieces if (found := _END.search(piece.text)) and not _is_whole(piece.text)]
    lasts = [found[0] for piece in pieces if (found := _BEGIN.match(piece.text)) and not _is_whole(piece.text)]
    whole = [piece.text for piece in pieces if _is_whole(piece.text)][:_MOST_PIECES]
    middles = ["".join(some) for size in (0, 1, 2) for some in permutations(whole, size)]
    return any(
        LIKELY.fullmatch(bare(first + middle + last))
        for middle in middles
        for first in (firsts[:_MOST_PIECES] or [""])
        for last in (lasts[:_MOST_PIECES] or [""])
    )


def _is_written(page: Page, rules: list[tuple[str, str, str]]) -> bool:
    """Whether a style sheet writes digits on the page: of its own, of attributes, of counters."""
    own, attributes = "", set[str]()
    for where, name, value in rules:
        if "&" in where and _moves(name, value, {name: value}) and name in _OTHERS:
            return True
        if name == "content" or name.startswith("list-style") or where.startswith("@counter-style"):
            own += "".join(sign for sign in strings(value) if sign.isnumeric())
            attributes.update(re.findall(r"attr\(\s*([\w-]+)", value))
    counts = [value for _, name, value in rules if name.startswith("counter-")]
    if len(own) >= _FEWEST_WRITTEN or _is_set(counts) or _is_counted(page):
        return True
    values: list[_Piece] = []
    for element in page.root.iter("*") if attributes else ():
        told = [_Piece(element.get(name), True) for name in attributes if _is_piece(element.get(name, ""))]
        values += told
        if told and _is_enough([*told, *(_Piece(text, False) for text in _texts(element))]):
            return True
    return _is_enough(values)


def _is_set(counts: Iterable[str]) -> bool:
    """Whether counters begin far from one, or each at a number of its own."""
    numbers = {int(number) for value in counts for number in re.findall(r"(?<![\w-])\d+(?![\w-])", value)}
    return any(number >= _FEWEST_COUNTED for number in numbers) or len(numbers) >= _FEWEST_WRITTEN


def _is_counted(page: Page) -> bool:
    """Whether counters are set one by one, or drawings take digits from a store."""
    styles = (element.get("style", "") for element in page.root.iter("*") if "counter-" in element.get("style", ""))
    values = [
        value for style in styles for name, (value, _) in declarations(style).items() if name.startswith("counter-")
    ]
    if sum(map(str.isdecimal, "".join(values))) >= SHORTEST or _is_set(values):
        return True
    taken = sum(1 for _ in page.root.iter("use"))
    stored = (text for one in page.root.iter("defs", "symbol") for text in one.iter("text", "tspan"))
    return taken > 1 and any(_is_piece(_said(text)) for text in stored)


def _is_drawn(element: Element, declared: dict[str, str], fonts: set[str]) -> bool:
    """Whether its words are drawn by a font that comes with the page, in which any sign may look like a digit."""
    listed = declared.get("font-family") or declared.get("font", "").rpartition("px ")[2]
    for family in (family.strip("\"' ") for family in listed.split(",")):
        if family in _GENERIC:
            return False
        if family in fonts:
            return any(sign.isalnum() for sign in _said(element))
    return False
