"""摆法 — every way to put the cells of one printed row into its columns (年报表三、表四)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from gongkai.report.placements import Entry, Option
from gongkai.report.reading.numbers import Kind, Token

MOST_OPTIONS = 4_000
_MOST_EXTRA = 3  # so many cells too many are still taken for torn numbers; more is not this row

Cells = tuple[tuple[Entry, int | None], ...]


def as_printed(tokens: Sequence[Token]) -> Option:
    """照印 — cell after cell, as many as there are columns."""
    return _option(_cells(tokens))


def options(tokens: Sequence[Token], width: int, *, exact: bool, loose_ends: bool = False) -> tuple[Option, ...]:
    """摆法 — the ways to put `tokens` into `width` columns, likeliest first; empty when there are none or too many.

    `exact`: blank cells are the source's own cells; otherwise only numbers count. `loose_ends`: the first or the
    last number may be no figure at all (a page number that stands alone).
    """
    cells = _cells(tokens)
    numbers = tuple(cell for cell in cells if cell[0] is not None)
    if len(numbers) == width:
        return (_option(numbers),)
    if len(numbers) > width:
        return _unique(_option(c) for c in _joined(numbers, tokens, width, loose_ends))
    if not exact:
        cells = numbers
    if len(cells) == width:
        return (_option(cells),)
    if len(cells) > width:
        return _unique(_option(c) for c in _joined(cells, tokens, width, loose_ends))
    return _unique(_option(c) for c in _spread(cells, width))


def _cells(tokens: Sequence[Token]) -> Cells:
    return tuple((_entry(token), index) for index, token in enumerate(tokens))


def _entry(token: Token) -> Entry:
    if token.kind is Kind.BLANK:
        return None
    return ... if token.whole is None else token.whole


def _option(cells: Cells) -> Option:
    return Option(tuple(entry for entry, _ in cells), tuple(source for _, source in cells))


def _unique(found: Iterator[Option]) -> tuple[Option, ...]:
    seen: dict[tuple[Entry, ...], Option] = {}
    for option in found:
        seen.setdefault(option.entries, option)
        if len(seen) > MOST_OPTIONS:
            return ()
    return tuple(seen.values())


def _spread(cells: Cells, width: int) -> Iterator[Cells]:
    """Fewer cells than columns: every choice of columns, in order. What is lost is likelier a column of zeros in the
    middle than the natural persons or the total."""
    choices = combinations(range(width), len(cells))
    for columns in sorted(choices, key=lambda chosen: (0 not in chosen) + (width - 1 not in chosen)):
        row: list[tuple[Entry, int | None]] = [(..., None)] * width
        for column, cell in zip(columns, cells, strict=True):
            row[column] = cell
        yield tuple(row)


def _joined(cells: Cells, tokens: Sequence[Token], width: int, loose_ends: bool) -> Iterator[Cells]:
    """More cells than columns: blank cells fall off the ends, digits torn apart are joined, a lone number at an end
    is dropped."""
    if len(cells) - width > _MOST_EXTRA:
        return
    if len(cells) == width:
        yield cells
        return
    if cells[-1][0] is None:
        yield from _joined(cells[:-1], tokens, width, loose_ends)
    if cells[0][0] is None:
        yield from _joined(cells[1:], tokens, width, loose_ends)
    for index in range(len(cells) - 1):
        joined = _join(cells[index], cells[index + 1], tokens)
        if joined is not None:
            yield from _joined((*cells[:index], (joined, cells[index][1]), *cells[index + 2 :]), tokens, width, False)
    if loose_ends:
        yield cells[1 : width + 1]
        yield cells[:width]


def _join(left: tuple[Entry, int | None], right: tuple[Entry, int | None], tokens: Sequence[Token]) -> int | None:
    """Two cells as one number, where the digits allow it: 1 and 0 make 10, 0 and 1 make nothing."""
    if not isinstance(left[0], int) or not isinstance(right[0], int) or left[0] <= 0 or right[0] < 0:
        return None
    assert right[1] is not None
    digits = "".join(char for char in tokens[right[1]].printed if char.isdigit())
    return int(f"{left[0]}{digits or right[0]}") if len(digits) <= 3 else None


def torn(tokens: Sequence[Token], width: int) -> tuple[Option, ...]:
    """撕开的数 — a full row read as if one number had been torn over two cells and the last cell pushed out of the
    row."""
    cells = _cells(tokens)
    found = []
    for index in range(len(cells) - 1):
        joined = _join(cells[index], cells[index + 1], tokens)
        if joined is not None:
            shifted = (*cells[:index], (joined, cells[index][1]), *cells[index + 2 :], (..., None))
            found.append(_option(shifted[:width]))
    return tuple(found)
