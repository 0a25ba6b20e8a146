"""看得懂的样式 — whether what a declaration does to words can be told from it: by exclusion, since what is not known to
leave figures as they are may hide, raise or move them (条例 第五十条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongkai.documents.showing.appearance import names_colour
from gongkai.documents.showing.stylesheet import Element, Stylesheet

_HARMLESS = re.compile(
    "mso-.*|-ms-.*|-moz-osx-.*|layout-grid.*|border.*|padding.*|outline.*|page-break-.*|break-.*|list-style.*|tab-.*"
    "|font-(?:family|weight|style|stretch|kerning|synthesis|size-adjust|variant-(?:caps|numeric|east-asian))|line-height"
    "|letter-spacing|word-spacing|word-break|word-wrap|overflow-wrap|line-break|white-space|hyphens|language|lang"
    "|text-(?:align.*|justify.*|autospace|underline-.*|rendering|shadow|transform|wrap|kashida.*|fit-text|size-adjust)"
    "|cursor|box-sizing|box-shadow|transition.*|widows|orphans|caption-side|table-layout|min-(?:width|height)|clear"
    "|-webkit-(?:font-smoothing|text-size-adjust|tap-highlight-color|text-stroke-width)|user-select|pointer-events"
    "|display|visibility|text-decoration.*|background-(?:image|position|repeat|size|attachment|clip|origin)"
    "|punctuation.*|ruby-.*|z-index|color-interpolation.*|accent-color|tab-size|quotes|widths?|separator-image|src"
)
"""What leaves words where they are and as they are, or what `appearance` tells whole."""
_ALWAYS = frozenset(("inherit", "initial", "unset", "revert", "normal", "auto", "currentcolor"))
_COMPUTED = re.compile(r"(?:var|calc|env|attr|min|max|clamp|if)\(")
_NUMBER = re.compile(r"\+?(?:\d+\.?\d*|\.\d+)(?:px|pt|em|rem|ex|ch|%|cm|mm|in|pc|vw|vh)?")
_NOTHING = re.compile(r"(?:[+-]?0(?:\.0*)?(?:[a-z]+|%)?\s*)+|none|static|visible|scroll")
_SIZES = re.compile("(?:xx?-)?(?:small|large)|medium|smaller|larger")
_COLOURS = ("color", "background-color", "background", "-webkit-text-fill-color")
_LENGTHS = ("width", "max-width", "height", "max-height", "opacity")
_MARGINS = ("margin", "margin-left", "margin-right", "margin-top", "margin-bottom", "text-indent")


class Everything:
    """所有声明 — holds every property, for a style sheet that keeps all of them."""

    def __contains__(self, name: object) -> bool:
        return True


def is_understood(name: str, value: str) -> bool:
    """看得懂 — whether it can be told what a declaration does to the words that it meets (条例 第五十条)."""
    if value in _ALWAYS or name.startswith("--"):
        return True
    if _COMPUTED.search(value):
        return _HARMLESS.fullmatch(name) is not None and name not in ("display", "visibility")
    if _HARMLESS.fullmatch(name):
        return True
    if name in _COLOURS:
        return value in ("none", "transparent") or names_colour(value)
    if name == "font-size":
        return _NUMBER.fullmatch(value) is not None or _SIZES.fullmatch(value) is not None
    if name == "font":
        return "super" not in value and "sub" not in value
    if name in _LENGTHS:
        return _NUMBER.fullmatch(value) is not None
    if name in _MARGINS:
        return all(_NUMBER.fullmatch(part) for part in value.split())
    return _is_told(name, value)


def _is_told(name: str, value: str) -> bool:
    if name == "vertical-align":
        return value in ("baseline", "super", "sub", "middle")
    if name in ("zoom", "scale"):
        return value in ("1", "100%", "none")
    if name in ("direction", "unicode-bidi"):
        return value in ("ltr", "embed", "isolate")
    if name.startswith("overflow"):
        return True
    return name in _PLACES and _NOTHING.fullmatch(value) is not None


_PLACES = frozenset(
    (
        *("position", "top", "bottom", "left", "right", "float", "inset", "transform", "translate", "rotate"),
        *("perspective", "filter", "clip", "clip-path", "mask", "content-visibility", "animation", "writing-mode"),
        *("font-variant", "font-feature-settings"),
    )
)
"""What moves or cuts words: nothing but its absence is told."""


def not_understood(element: Element, sheet: Stylesheet) -> Iterator[str]:
    """看不懂的声明 — the properties declared of an element that can't be told; of rules that are met only perhaps,
    each that may change how words look. `sheet` keeps every property."""
    sure, doubtful = sheet.of(element)
    yield from (name for name, value in _both(sure, doubtful) if not is_understood(name, value))
    if doubtful is not sure:
        for name in doubtful:
            if sure.get(name) != doubtful[name] and (name in _TOLD or not _HARMLESS.fullmatch(name)):
                yield name


_TOLD = frozenset(("display", "visibility", "text-decoration", "text-decoration-line"))


def _both(sure: Mapping[str, str], doubtful: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield from sure.items()
    if doubtful is not sure:
        yield from doubtful.items()
