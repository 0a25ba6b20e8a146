"""版面 — text in the columns of a terminal: a wide character takes two, and lines break where Chinese may break."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import pairwise

_NEVER_FIRST = "，。、；：！？）》”’」』】〕％…,.;:!?)%"
_NEVER_LAST = "（《“‘「『【〔("
_WIDEST_NAME = 24


def cells(text: str) -> int:
    """显示宽度 — how many columns of a terminal a text takes."""
    return sum(_width(character) for character in text)


def line_ends(text: str, width: int) -> list[int]:
    """断行 — where a line of text is broken so that no part is wider than `width`: the offsets, ascending.

    A number, a word or a formula stays whole where it fits; no line begins with a closing mark or ends with an opening
    one.
    """
    ends: list[int] = []
    start, used, last = 0, 0, 0
    for index, character in enumerate(text):
        if index > start and _may_break(text[index - 1], character):
            last = index
        if used + _width(character) > width and index > start and character != " ":
            end = last if last > start else index
            ends.append(end)
            start = end
            used = cells(text[start:index])
        used += _width(character)
    return ends


def wrap(text: str, width: int) -> list[str]:
    """折行 — the lines of a text, none wider than `width`."""
    lines = []
    for line in text.split("\n"):
        ends = [0, *line_ends(line, width), len(line)]
        lines += [line[start:end].rstrip() for start, end in pairwise(ends)]
    return lines


def columns(rows: Iterable[tuple[str, str]], width: int, *, indent: int = 2) -> list[str]:
    """两栏 — names and what they mean, aligned; a name that is too long has a line of its own."""
    rows = list(rows)
    room = indent + 2 + max((cells(name) for name, _ in rows if cells(name) <= _WIDEST_NAME), default=0)
    lines = []
    for name, meaning in rows:
        first, *rest = wrap(meaning, width - room)
        head = " " * indent + name
        if cells(head) + 2 > room:
            lines.append(head)
            head = ""
        lines.append(f"{head}{' ' * (room - cells(head))}{first}".rstrip())
        lines += [" " * room + line for line in rest]
    return lines


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or after == " " or before in _NEVER_LAST:
        return False
    return before in " " + _NEVER_FIRST[:15] or after in _NEVER_LAST[:8] or _width(before) == 2 or _width(after) == 2
