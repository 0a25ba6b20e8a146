"""原件摘录 — what the source prints where a finding stands: a row of its table, a line of text (条例 第五十条)."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.report.figures import Place
from gongkai.web.annual.marks import Mark
from gongkai.web.annual.queries import Sheet

_MOST_CELLS = 10
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Excerpt:
    """原件摘录 — the place, and the cells of the row (`here`: the one that is meant) or the line of text."""

    place: Place
    cells: tuple[tuple[str, bool], ...] = ()
    line: str = ""


def excerpt(sheet: Sheet, mark: Mark) -> Excerpt | None:
    """原件摘录 — of the place where a finding stands; None where the source does not say."""
    place = mark.place
    if place is None or (place.row is None and place.line is None and place.page is None):
        return None
    if place.table is not None and place.row is not None:
        cells = sheet.outcome.rows.get(f"{place.table}.{place.row}", [])
        return Excerpt(place, _around(cells, place.printed))
    return Excerpt(place, line=sheet.outcome.lines.get(str(place.line), "")[:_LONGEST_LINE])


def _around(cells: list[str], printed: str | None) -> tuple[tuple[str, bool], ...]:
    """The last cells of a row, where the figures are; the last of those that print the figure is marked."""
    label, shown = cells[:1], cells[1:][-_MOST_CELLS:]
    texts = [" ".join(cell.split()) for cell in (*label, *shown)]
    at = max((index for index, text in enumerate(texts) if printed is not None and text == printed), default=-1)
    return tuple((text, index == at) for index, text in enumerate(texts))
