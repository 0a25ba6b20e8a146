"""又印一遍 — headings that are printed again inside a table, and a table that is printed again with other figures
(年报表三、表四)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.report.reading.applications import WIDTH, is_received
from gongkai.report.reading.headings import names_columns
from gongkai.report.reading.strips import Strip


def sections(part: Sequence[Strip]) -> list[list[Strip]]:
    """分段 — the strips of a table, cut before each heading that is printed again below rows of figures: what stands
    under it follows its order."""
    found: list[list[Strip]] = [[]]
    has_rows = False
    for strip in part:
        if has_rows and not strip.numbers and names_columns(strip):
            found.append([])
            has_rows = False
        has_rows = has_rows or strip.numbers > 1
        found[-1].append(strip)
    return found


def says_otherwise(stream: Sequence[Strip], start: int, end: int) -> bool:
    """另有一张表三 — whether the first row of 表三 is printed again outside of it with other figures: a sample, or the
    table of another body or year. Which of the two is meant is not told."""
    own = [_figures(strip) for strip in stream[start:end] if _is_first_row(strip)]
    others = [_figures(strip) for strip in (*stream[:start], *stream[end:]) if _is_first_row(strip)]
    return bool(own) and any(figures != own[0] for figures in others)


def _is_first_row(strip: Strip) -> bool:
    return strip.numbers >= WIDTH - 1 and is_received(strip)


def _figures(strip: Strip) -> tuple[int | None, ...]:
    return tuple([token.whole for token in strip.tokens])
