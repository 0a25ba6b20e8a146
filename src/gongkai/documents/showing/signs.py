"""看不见的字符 — signs that leave no trace on the page, and texts without them, for every format (条例 第十七条)."""

from __future__ import annotations

import re

from gongkai.text.unseen import UNSEEN

NO_TEXT = "\ufffc"
"""没有文字的东西 — stands for what is seen in a cell and is no text: a picture, a control, a formula without result."""
_OVERRIDE = "\u202e"
_REVERSED = re.compile("\u202e([^\u202c\u2069\n]*)[\u202c\u2069]?")
_CONTROLS = "".join(map(chr, (*range(9), *range(14, 32), *range(127, 133), *range(134, 160), 0xFFFE, 0xFFFF)))
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_JOINED = re.compile(f"(?<=[{_PICTURES}\ufe0f])\u200d(?=[{_PICTURES}])")
"""Between two small pictures it is seen: it makes one of them."""
_NOTHING = dict.fromkeys([*map(ord, UNSEEN + _CONTROLS), *range(0xD800, 0xE000)]) | {0x0B: "\n", 0x0C: "\n"}


def shown_signs(text: str) -> str:
    """看得见的字 — the text without signs that nobody sees: zero width, direction, control (条例 第十七条).

    What is set backwards by a sign comes in the order in which it is read.
    """
    if text.isascii() and text.isprintable():
        return text
    if _OVERRIDE in text:
        text = _REVERSED.sub(lambda found: found[1][::-1], text)
    return seen_signs(text)


def shown_name(text: str) -> str:
    """名称 — of a body, an office, a person, a system: in one line, without signs that nobody sees (条例 第十七条)."""
    return " ".join(shown_signs(text).replace("\u2800", " ").split())


def seen_signs(text: str) -> str:
    """去掉看不见的字符 — the text in the order in which it is written, for markup (条例 第十七条)."""
    return "\u200d".join(part.translate(_NOTHING) for part in _JOINED.split(text))
