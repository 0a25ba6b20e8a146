"""左右并排的表 — lists of different kinds beside each other on one sheet, parted by an empty column (条例 第五十条).

Two of one kind are not parted: nobody could tell their rows from each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gongkai.documents.columns.heads import ColumnsError, best_heads, hits
from gongkai.documents.columns.layouts import Layout

Grid = list[list[str]]
_ROWS = 30
_LEAST = 2


def parted(texts: Grid, layouts: Sequence[Layout], given: Mapping[str, str], sheet: str) -> list[Grid]:
    """并排的各张 — the texts of each list, in the places where they stand; the sheet itself where it is one list."""
    for at in range(min(_ROWS, len(texts))):
        blocks = [*_blocks(texts, at)]
        if len(blocks) < _LEAST:
            continue
        parts = [_only(texts, at, block) for block in blocks]
        kinds = [_kind(part, at, layouts, given, sheet) for part in parts]
        if None not in kinds and len({*kinds}) == len(kinds):
            return parts
    return [texts]


def _blocks(texts: Grid, at: int) -> Iterator[range]:
    """Runs of columns that say something from row `at` down, where each begins with a head."""
    width = len(texts[at])
    filled = [any(row[column] for row in texts[at:]) for column in range(width)]
    start = None
    for column in range(width + 1):
        is_filled = column < width and filled[column]
        if is_filled and start is None:
            start = column
        elif not is_filled and start is not None:
            if sum(bool(text) for text in texts[at][start:column]) >= _LEAST:
                yield range(start, column)
            start = None


def _only(texts: Grid, at: int, block: range) -> Grid:
    """The sheet with what stands above row `at`, and below it nothing but a block."""
    below = [[text if column in block else "" for column, text in enumerate(row)] for row in texts[at:]]
    return [*texts[:at], *below]


def _kind(texts: Grid, at: int, layouts: Sequence[Layout], given: Mapping[str, str], sheet: str) -> str | None:
    if hits(texts[at], layouts, given) < _LEAST:
        return None
    try:
        found = best_heads(texts, at, layouts, given, sheet, ())
    except ColumnsError:
        return None
    return found.layout if found else None
