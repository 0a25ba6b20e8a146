"""页眉页脚的代码 — headers of a sheet as a reader sees them, written anew with page numbers alone (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Mapping

_CODE = re.compile(
    r'&(?:"(?P<font>[^"]*)"|(?P<size>[0-9]{1,3})|K(?P<colour>[0-9A-Fa-f]{6}|[0-9]{2}[+-][0-9]{3})|(?P<sign>.))',
    re.DOTALL,
)
_SIDES = {"L": "left", "C": "center", "R": "right"}
_FIELDS = frozenset("PN")
"""Page number and count stay; names of files and paths, dates and pictures do not."""
_AMPERSAND = "\uff06"


def shown_header(code: str) -> dict[str, str]:
    """页眉页脚的三段 — left, center, right as a reader sees them; page numbers stay as &P and &N."""
    found: dict[str, list[str]] = {}
    side, at = "center", 0
    for match in _CODE.finditer(code):
        found.setdefault(side, []).append(code[at : match.start()])
        at = match.end()
        sign = (match["sign"] or "").upper()
        if sign in _SIDES:
            side = _SIDES[sign]
        elif sign in _FIELDS:
            found.setdefault(side, []).append(f"&{sign}")
        elif sign == "&":
            found.setdefault(side, []).append(_AMPERSAND)
    found.setdefault(side, []).append(code[at:])
    written = {side: "".join(found.get(side, ())) for side in _SIDES.values()}
    return {side: text for side, text in written.items() if text.strip()}


def written_header(sides: Mapping[str, str]) -> str:
    """写成页眉页脚 — codes for the three parts."""
    letters = {side: letter for letter, side in _SIDES.items()}
    return "".join(f"&{letters[side]}{text}" for side, text in sides.items() if text)
