"""摆法 — every way to put the cells of one printed row into its columns (年报表三、表四)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, islice, pairwise

from gongkai.report.placements import Entry, Option
from gongkai.report.reading.numbers import Kind, Token

MOST_OPTIONS = 4_000
_MILLIONS = 7
_MOST_CUTS, _LONGEST_RUN = 20_000, 14
_MOST_EXTRA = 3  # so many cells too many are still taken for torn numbers; more is not this row

Cells = tuple[tuple[Entry, int | None], ...]


def as_printed(tokens: Sequence[Token]) -> Option:
    """照印 — cell after cell, as many as there are columns."""
    return _option(_cells(tokens))


def options(
    tokens: Sequence[Token], width: int, *, exact: bool, loose_ends: bool = False, one_sum: bool = True
) -> tuple[Option, ...]:
    """摆法 — the ways to put `tokens` into `width` columns, likeliest first; empty when there are none or too many.

    `exact`: blank cells are the source's own cells; otherwise only numbers count. `loose_ends`: the first or the
    last number may be no figure at all (a page number that stands alone).
    """
    cells = _cells(tokens)
    # `one_sum`: the last column is the total of the others, so that a row may betray that it has been shifted.
    numbers = tuple(cell for cell in cells if cell[0] is not None)
    marked = tuple(cell for cell, token in zip(cells, tokens, strict=True) if cell[0] is not None or token.printed)
    for shown in (numbers, marked):
        if len(shown) == width:
            return (_option(shown),)
    if len(numbers) > width:
        return _unique(_option(c, is_certain=False) for c in _joined(numbers, tokens, width, loose_ends))
    if not exact:
        cells = marked  # a stroke is printed where a figure would be; an empty cell of a text table proves nothing
    if len(cells) < width:
        cuts = [_option(c, is_certain=False) for c in _cut(cells, tokens, width)] if one_sum and not exact else []
        spread = () if cuts and any(map(_has_run_together, tokens)) else map(_option, _spread(cells, width))
        return _unique((*spread, *cuts))
    found = (
        [_option(cells)]
        if len(cells) == width
        else [_option(c, is_certain=False) for c in _joined(cells, tokens, width, loose_ends)]
    )
    return _unique([*found, *spread_out(tokens, width)] if one_sum and is_packed(tokens) else found)


def is_packed(tokens: Sequence[Token]) -> bool:
    """总计前移 — blanks at the end of the row, and its last number the sum of those before: a cell has been dropped
    as likely as the total been left blank."""
    if not tokens or tokens[-1].kind is not Kind.BLANK:
        return False
    values = [token.whole for token in tokens if token.kind is Kind.NUMBER]
    if len(values) < 2 or None in values or not any(values):
        return False
    return sum([value for value in values[:-1] if value is not None]) == values[-1]


def _cells(tokens: Sequence[Token]) -> Cells:
    return tuple((_entry(token), index) for index, token in enumerate(tokens))


def _entry(token: Token) -> Entry:
    if token.kind is Kind.BLANK:
        return None
    return ... if token.whole is None else token.whole


def _option(cells: Cells, *, is_certain: bool = True) -> Option:
    return Option(tuple(entry for entry, _ in cells), tuple(source for _, source in cells), is_certain)


def _unique(found: Iterable[Option]) -> tuple[Option, ...]:
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


def _cut(cells: Cells, tokens: Sequence[Token], width: int) -> Iterator[Cells]:
    """Fewer cells than columns, because numbers have run together: every way to cut them that leaves the last the sum
    of the others."""
    pieces = [_pieces(cell, tokens) for cell in cells]
    if any(len(one) > _MOST_CUTS for one in pieces):
        return
    for chosen in islice(_chosen(pieces, width), _MOST_CUTS):
        *parts, (total, _) = chosen
        if sum([entry for entry, _ in parts if isinstance(entry, int)]) == total:
            yield chosen


def _has_run_together(token: Token) -> bool:
    """No body counts millions of applications, and none writes 00."""
    return token.word.isdecimal() and (len(token.word) >= _MILLIONS or (len(token.word) > 1 and token.word[0] == "0"))


def _chosen(pieces: Sequence[Sequence[Cells]], width: int) -> Iterator[Cells]:
    """One way to cut each cell, so that there are as many pieces as columns."""
    if not pieces:
        if width == 0:
            yield ()
        return
    for first in pieces[0]:
        rest = width - len(first)
        if rest >= len(pieces) - 1:
            for others in _chosen(pieces[1:], rest):
                yield (*first, *others)


def _pieces(cell: tuple[Entry, int | None], tokens: Sequence[Token]) -> list[Cells]:
    """The ways to cut one cell into numbers: none of them begins with a nought but nought itself."""
    entry, source = cell
    printed = tokens[source].word if source is not None else ""
    if not isinstance(entry, int) or not printed.isascii() or not printed.isdecimal() or len(printed) > _LONGEST_RUN:
        return [(cell,)]
    found: list[Cells] = []
    for count in range(len(printed)):
        for places in combinations(range(1, len(printed)), count):
            bounds = (0, *places, len(printed))
            parts = [printed[start:end] for start, end in pairwise(bounds)]
            if all(part == "0" or not part.startswith("0") for part in parts):
                found.append(tuple([(int(part), source) for part in parts]))
    return found or [(cell,)]


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
    digits = "".join(char for char in tokens[right[1]].printed if char.isdecimal())
    return int(f"{left[0]}{digits or right[0]}") if len(digits) <= 3 else None


def spread_out(tokens: Sequence[Token], width: int) -> tuple[Option, ...]:
    """摊开 — the cells from the first number to the last, put into the columns in every order-keeping way."""
    cells = _cells(tokens)
    numbers = [index for index, cell in enumerate(cells) if cell[0] is not None]
    if not numbers:
        return ()
    held = cells[numbers[0] : numbers[-1] + 1]
    return _unique(_option(c) for c in _spread(held, width)) if len(held) < width else ()


def cells_from_first(tokens: Sequence[Token]) -> int:
    """首数起格数 — how many cells a row has from its first number on: blanks before it belong to the label."""
    return next((len(tokens) - index for index, token in enumerate(tokens) if token.kind is Kind.NUMBER), 0)


def with_torn(tokens: Sequence[Token], width: int, usual: int) -> tuple[Option, ...]:
    """照印或撕开 — as many numbers as columns; where they do not add up and the row has more cells than is `usual`
    in its table, one of them may be half a number and a blank cell the figure. None where words stand among them."""
    cells = _cells(tokens)
    numbers = tuple(cell for cell in cells if cell[0] is not None)
    if len(numbers) != width:
        return ()
    plain = _option(numbers)
    *parts, total = plain.entries
    if (
        cells_from_first(tokens) <= max(usual, width)
        or ... in plain.entries
        or sum([part for part in parts if isinstance(part, int)]) == total
    ):
        return (plain,)
    return _unique((plain, *(_option(c, is_certain=False) for c in _joined(cells, tokens, width, loose_ends=False))))


def torn(tokens: Sequence[Token], width: int) -> tuple[Option, ...]:
    """撕开的数 — a row read as if one number had been torn over two cells and the last cell pushed out of the row."""
    cells = _cells(tokens)
    while len(cells) > width and cells[0][0] is None:
        cells = cells[1:]
    found = []
    for index in range(len(cells) - 1):
        joined = _join(cells[index], cells[index + 1], tokens)
        if joined is not None:
            shorter = (*cells[:index], (joined, cells[index][1]), *cells[index + 2 :])[: width - 1]
            missing: Cells = ((..., None),) * (width - len(shorter))
            found.append(_option((*shorter, *missing), is_certain=False))
    return tuple(found)
