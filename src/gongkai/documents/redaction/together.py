"""连起来看 — texts of a sheet read as one in orders that no row or column has (条例 第十五条).

Backwards, as in a sheet from the right to the left; to and fro over rows of single figures; on from one sheet to the
next. In so many orders figures make a telephone by chance, so only identity numbers count, which check themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from gongkai.documents.redaction.editor import Slot
from gongkai.text.hit import Hit
from gongkai.text.personal_data import Kind

_LEAST, _MOST = 15, 60
_LAST_SIGNS = frozenset("Xx\uff38\uff58")
Row = Sequence[Slot | None]


def together(slots: Sequence[Slot]) -> Slot:
    """连起来 — several texts as one; each masks its own part."""

    def mask(hits: Sequence[Hit]) -> None:
        at = 0
        for slot in slots:
            inside = [part for hit in hits if (part := _part(hit, at, at + len(slot.text)))]
            if inside:
                slot.mask(inside)
            at += len(slot.text)

    text = "".join(slot.text for slot in slots)
    return Slot(slots[0].place, text, mask, sure=True, only=_is_identity)


def _is_identity(hit: Hit) -> bool:
    return hit.kind == Kind.IDENTITY


def _part(hit: Hit, begin: int, end: int) -> Hit | None:
    """What of a hit stands between two places, counted from the first."""
    start, stop = max(hit.start, begin), min(hit.end, end)
    if start >= stop:
        return None
    inside = slice(start - hit.start, stop - hit.start)
    mask = None if hit.mask is None else hit.mask[inside]
    return hit._replace(start=start - begin, end=stop - begin, text=hit.text[inside], mask=mask)


def turned_rows(rows: Sequence[Row]) -> Iterator[Slot]:
    """别的次序 — rows of figures from their end; rows of single figures to and fro."""
    block: list[list[Slot]] = []
    for row in rows:
        cells = list({id(slot): slot for slot in row if slot is not None and slot.text.strip()}.values())
        figures = [slot for slot in cells if _is_figure(slot.text)]
        if len(figures) > 1 and _may_be_one(figures):
            yield together(figures[::-1])
        if cells and len(figures) == len(cells) and all(len(slot.text) == 1 for slot in figures):
            block.append(figures)
        elif cells:
            yield from _to_and_fro(block)
            block = []
    yield from _to_and_fro(block)


def _to_and_fro(block: Sequence[Sequence[Slot]]) -> Iterator[Slot]:
    if len(block) > 1 and _may_be_one([slot for row in block for slot in row]):
        for first in (0, 1):
            yield together([slot for at, row in enumerate(block) for slot in (row[::-1] if at % 2 == first else row)])


def side_by_side(names: Sequence[Slot]) -> Iterator[Slot]:
    """并排的标签 — names of sheets that are figures: a reader sees them in one line."""
    figures = [slot for slot in names if _is_figure(slot.text)]
    if len(figures) > 1 and _may_be_one(figures):
        yield together(figures)


def over_pages(pages: Sequence[Sequence[Row]]) -> Iterator[Slot]:
    """跨表的号码 — the last cell of a page with the first of the next; first with first, where they hold no more."""
    filled = [[slot for row in rows for slot in row if slot is not None and slot.text.strip()] for rows in pages]
    for before, after in pairwise(filled):
        if before and after:
            pairs = [(before[-1], after[0]), (before[0], after[0]), (before[-1], after[-1])]
            for one, other in {(id(one), id(other)): (one, other) for one, other in pairs}.values():
                if _is_figure(one.text) and _is_figure(other.text) and _may_be_one([one, other]):
                    yield together([one, other])


def _is_figure(text: str) -> bool:
    text = text.strip()
    return bool(text) and (text[:-1] + "0" if text[-1] in _LAST_SIGNS else text).isdecimal()


def _may_be_one(slots: Sequence[Slot]) -> bool:
    return _LEAST <= sum(len(slot.text) for slot in slots) <= _MOST
