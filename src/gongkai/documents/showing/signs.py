"""看不见的字符 — signs that leave no trace on the page, and texts without them (条例 第十七条)."""

from __future__ import annotations

import re
import unicodedata

# Default_Ignorable_Code_Point of Unicode that is not of the category Cf.
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff0-\ufff8\ufffe\uffff]"
)


def shown_signs(text: str) -> str:
    """看得见的字 — the text without signs that nobody sees: zero width, direction, control (条例 第十七条)."""
    if text.isascii() and text.isprintable():
        return text
    kept = _IGNORED.sub("", text)
    return "".join(sign for sign in kept if unicodedata.category(sign) != "Cf")
