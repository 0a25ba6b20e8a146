"""连起来看 — texts of a sheet read as one in orders that no row or column has (条例 第十五条).

Backwards, as in a sheet from the right to the left; to and fro over rows of single figures; on from one sheet to the
next, or in the same cell of several; boxes, remarks and names of sheets one after the other. In so many orders figures
make a telephone by chance: one counts where all figures of a line make it and nothing else. Identity numbers, which
check themselves, always count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, groupby, pairwise

from gongkai.documents.redaction.editor import Slot
from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data import Kind
from gongkai.text.personal_data.signs import SHORTEST

_LEAST, _MOST, _LEAST_OF_NUMBERS = 15, 60, 3
_DATED = re.compile(r"[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d")
_CUTS = ([3, 4, 4], [3, 8], [7, 4])
_MOST_ROWS = 300
_LAST_SIGNS = frozenset("Xx\uff38\uff58")
Row = Sequence[Slot | None]


def together(slots: Sequence[Slot], only: Callable[[Hit], bool] | None = None) -> Slot:
    """连起来 — several texts as one; each masks its own part. `only`: which hits count, else numbers of whole cells."""

    def mask(hits: Sequence[Hit]) -> None:
        at = 0
        for slot in slots:
            inside = [part for hit in hits if (part := part_of(hit, at, at + len(slot.text)))]
            if inside:
                slot.mask(inside)
            at += len(slot.text)

    text = "".join(slot.text for slot in slots)
    borders = {0, *accumulate(len(slot.text) for slot in slots)}

    def is_whole(hit: Hit) -> bool:
        """An identity number of whole cells: a part of one and of the next makes one by chance.

        What one cell holds was found there, and would be told here in the place of another.
        """
        is_of_several = any(hit.start < border < hit.end for border in borders)
        return hit.kind == Kind.IDENTITY and is_of_several and hit.start in borders and hit.end in borders

    return Slot(slots[0].place, text, mask, sure=True, only=only or is_whole)


def part_of(hit: Hit, begin: int, end: int) -> Hit | None:
    """一处的一段 — cut a hit to what stands between two places, counted from the first; None where nothing does."""
    start, stop = max(hit.start, begin), min(hit.end, end)
    if start >= stop:
        return None
    inside = slice(start - hit.start, stop - hit.start)
    mask = None if hit.mask is None else hit.mask[inside]
    return hit._replace(start=start - begin, end=stop - begin, text=hit.text[inside], mask=mask)


def counted(number: str, words: Slot) -> Iterator[Slot]:
    """编号接着正文 — the number before an item of a list, read on into its words; a copy keeps the number.

    One that a list comes to by itself makes a telephone by chance: it takes three digits to count.
    """
    digits = "".join(filter(str.isdecimal, number))
    size = len(digits)
    if not digits or sum(map(str.isnumeric, words.text)) + size < SHORTEST:
        return

    def mask(hits: Sequence[Hit]) -> None:
        words.mask([part for hit in hits if (part := part_of(hit, size, size + len(words.text)))])

    def only(hit: Hit) -> bool:
        is_over = hit.severity is Severity.BLOCK and hit.start < size < hit.end
        return is_over and (hit.kind == Kind.IDENTITY or size >= _LEAST_OF_NUMBERS)

    yield Slot(words.place, digits + words.text, mask, words.markup, sure=True, only=only)


def turned_rows(rows: Sequence[Row]) -> Iterator[Slot]:
    """别的次序 — rows of figures from their end; rows of single figures to and fro, down the columns, backwards."""
    block: list[dict[int, Slot]] = []
    for row in rows:
        cells = {at: slot for at, slot in enumerate(row) if slot is not None and slot.text.strip()}
        figures = list({id(slot): slot for slot in cells.values() if _is_figure(slot.text)}.values())
        if len(figures) > 1 and _may_be_one(figures):
            yield together(figures[::-1])
        if cells and all(len(slot.text) == 1 and _is_figure(slot.text) for slot in cells.values()):
            block.append(cells)
        elif cells:
            yield from _in_block(block)
            block = []
    yield from _in_block(block)


def _in_block(block: Sequence[dict[int, Slot]]) -> Iterator[Slot]:
    lines = [list(row.values()) for row in block]
    if len(block) < 2 or not _may_be_one([slot for line in lines for slot in line]):
        return
    columns = sorted({column for row in block for column in row})
    yield together([row[column] for column in columns for row in block if column in row])
    yield together([slot for line in reversed(lines) for slot in reversed(line)])
    for first in (0, 1):
        yield together([slot for at, line in enumerate(lines) for slot in (line[::-1] if at % 2 == first else line)])


def side_by_side(names: Sequence[Slot]) -> Iterator[Slot]:
    """并排的标签 — names of sheets that are figures: a reader sees them in one line, whatever signs stand between."""
    plain = [_without_signs(slot) for slot in names]
    for is_figure, found in groupby(plain, key=lambda slot: _is_figure(slot.text)):
        figures = list(found) if is_figure else []
        if len(figures) > 1:
            yield together(figures)
            yield together(figures, partial(_is_all, figures))


def _without_signs(slot: Slot) -> Slot:
    """The letters and digits of a name; where a number takes any of them, the whole name is masked."""
    text = "".join(filter(str.isalnum, slot.text))
    if text == slot.text:
        return slot

    def mask(hits: Sequence[Hit]) -> None:
        slot.mask(
            [hit._replace(start=0, end=len(slot.text), text=slot.text, mask="*" * len(slot.text)) for hit in hits]
        )

    return Slot(slot.place, text, mask)


def in_lines(placed: Iterable[tuple[int, int, Slot]]) -> Iterator[Slot]:
    """一排排的框 — figures that lie on a sheet, by rows and by columns, and all of them: (row, column, text)."""
    figures = [one for one in placed if _is_figure(one[2].text)]
    for first, second in ((0, 1), (1, 0)):
        ordered = sorted(figures, key=lambda one: (one[first], one[second]))
        lines = [list(line) for _, line in groupby(ordered, key=lambda one: one[first])]
        for line in [*lines, *([ordered] if len(lines) > 1 else [])]:
            slots = [slot for _, _, slot in line]
            if len(slots) > 1 and sum(len(slot.text) for slot in slots) <= _MOST:
                yield together(slots)
                yield together(slots, partial(_is_all, slots))


def _is_all(slots: Sequence[Slot], hit: Hit) -> bool:
    """A telephone that all of them make and nothing else: as people cut it, or sign by sign."""
    sizes = [len(slot.text) for slot in slots]
    return hit.kind == Kind.MOBILE and hit.end - hit.start == sum(sizes) and (sizes in _CUTS or max(sizes) == 1)


def one_below_another(tables: Sequence[Sequence[Row]]) -> Iterator[Slot]:
    """一个个小表 — tables that hold a figure or a few each, one below the other."""
    if len(tables) < 2 or max(map(len, tables)) > _MOST:
        return
    cells = (slot for rows in tables for row in rows for slot in row if slot is not None and slot.text.strip())
    slots = list({id(slot): slot for slot in cells}.values())
    if _may_be_one(slots) and all(_is_figure(slot.text) for slot in slots):
        yield together(slots)


def over_pages(pages: Sequence[Sequence[Row]]) -> Iterator[Slot]:
    """跨表的号码 — the last cell of a page with the first of the next, the first of both; pages of a cell each."""
    filled = [[slot for row in rows for slot in row if slot is not None and slot.text.strip()] for rows in pages]
    for is_one, pages_of_one in groupby(filled, key=lambda slots: len(slots) == 1 and _is_figure(slots[0].text)):
        slots = [slot for page in pages_of_one for slot in page] if is_one else []
        if len(slots) > 2 and _may_be_one(slots):
            yield together(slots)
    for before, after in pairwise(filled):
        if before and after:
            pairs = [(before[-1], after[0]), (before[0], after[0]), (before[-1], after[-1])]
            for one, other in {(id(one), id(other)): (one, other) for one, other in pairs}.values():
                if _is_figure(one.text) and _is_figure(other.text) and _may_be_one([one, other]):
                    yield together([one, other])


class SameCells:
    """同一格 — the figures of small pages that stand in the same cell of each."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Slot]] = {}

    def add(self, rows: Sequence[Row]) -> None:
        """加一页 — its figures, where it holds more than one cell; a long list has no other like it."""
        if len(rows) > _MOST_ROWS:
            return
        placed = [(at, column, slot) for at, row in enumerate(rows) for column, slot in enumerate(row) if slot]
        for at, column, slot in placed if len(placed) > 1 else ():
            if _is_figure(slot.text):
                self._cells.setdefault((at, column), []).append(slot)

    def together(self) -> Iterator[Slot]:
        """合起来 — what could hold a birthday: tables of one form have thousands of cells in common."""
        for slots in self._cells.values():
            if len(slots) > 1 and _may_be_one(slots) and _DATED.search("".join(slot.text for slot in slots)):
                yield together(slots)


def _is_figure(text: str) -> bool:
    text = text.strip()
    return bool(text) and (text[:-1] + "0" if text[-1] in _LAST_SIGNS else text).isdecimal()


def _may_be_one(slots: Sequence[Slot]) -> bool:
    return _LEAST <= sum(len(slot.text) for slot in slots) <= _MOST
