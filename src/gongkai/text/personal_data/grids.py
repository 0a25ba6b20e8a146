"""表格里的个人信息 — what a column is, by the words of its header, and what its cells hold (条例 第十五条)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from gongkai.text.hit import CellHit, Severity
from gongkai.text.personal_data.bank_numbers import in_columns
from gongkai.text.personal_data.birthdays import over_cells_and_days
from gongkai.text.personal_data.detecting import find, without
from gongkai.text.personal_data.headings import WEIGHED, weighed
from gongkai.text.personal_data.heads import Head
from gongkai.text.personal_data.kinds import Kind
from gongkai.text.personal_data.signs import CELL_END, bare
from gongkai.text.personal_data.spoken import NUMBERS, Spoken


def find_in_grid(
    rows: Sequence[Sequence[str]],
    *,
    allowed: Collection[str] = (),
    covered: Collection[tuple[int, int]] = (),
    above: str = "",
) -> list[CellHit]:
    """表格里的个人信息 — every hit, row by row; a cell that a header speaks for is one whole hit (条例 第十五条).

    `rows`: every place of the grid filled, a merged cell's text in each place that it covers or in the first alone;
    `covered`: the places (row, column from 0) that repeat the text of a merged cell. `above`: the words right above the
    table, as 单位：万元. A number that stands in several
    cells gives one hit for each of them.
    """
    columns = Spoken(rows)
    headers = columns.heads
    found: list[CellHit] = []
    for at, row in enumerate(rows):
        spoken = {
            column: CellHit(at + 1, column + 1, words, whole)
            for column, words, whole in columns.in_row(at, row)
            if without([whole], allowed)
        }
        exact = list(_in_row(row, at, headers, allowed))
        # A number that its check digit or shape makes sure of says more than the header does.
        for one in exact:
            asked = spoken.get(one.column - 1)
            is_whole = one.hit.text == row[one.column - 1].strip()
            if one.hit.severity is Severity.BLOCK and (is_whole or _is_asked(asked)) and not _is_same(asked, one):
                spoken.pop(one.column - 1, None)
        found += spoken.values()
        found += [one for one in exact if one.column - 1 not in spoken]
    found = weighed(rows, _with_columns(rows, columns, found, allowed), above)
    sure = {(one.row - 1, one.column - 1) for one in found if one.hit.severity is Severity.BLOCK and not _is_part(one)}
    words = {column: text for column, (text, _) in headers.items()}
    over = list(over_cells_and_days(rows, frozenset(covered), words, sure, [bare(text) for text in allowed]))
    parts = {(one.row, one.column) for one in over if one.hit.severity is Severity.BLOCK}
    found = [one for one in found if not (_is_part(one) and (one.row, one.column) in parts)] + over
    return sorted(found, key=lambda one: (one.row, one.column, one.hit.start))


def _with_columns(
    rows: Sequence[Sequence[str]], columns: Spoken, found: list[CellHit], allowed: Collection[str]
) -> list[CellHit]:
    """The hits, row by row, with the accounts that their column alone makes sure of."""
    heads = {column: head.words for column, head in columns.heads.items()}
    blocked = {(one.row, one.column) for one in found if one.hit.severity is Severity.BLOCK}
    more = {
        (one.row, one.column): one
        for one in in_columns(rows, heads, has_persons=columns.has_persons)
        if (one.row, one.column) not in blocked and without([one.hit], allowed)
    }
    if not more:
        return found
    kept = [one for one in found if (one.row, one.column) not in more]
    return sorted([*kept, *more.values()], key=lambda one: (one.row, one.column, one.hit.start))


def _is_part(one: CellHit) -> bool:
    """Whether a header alone says what it is: it may be a part of a number that goes on in other cells."""
    return ("header" in one.hit.values and Kind(one.hit.kind) in NUMBERS) or _is_birthday(one)


def _is_birthday(one: CellHit | None) -> bool:
    return one is not None and one.hit.kind == Kind.BIRTHDAY


def _is_asked(one: CellHit | None) -> bool:
    """Whether a head alone makes one ask."""
    return one is not None and one.hit.kind in (Kind.BIRTHDAY, Kind.CERTIFICATE)


def _is_same(one: CellHit | None, other: CellHit) -> bool:
    """Whether a head says as much as the words beside a number do: 护照 in the cell before it."""
    return (
        one is not None
        and one.hit.kind == other.hit.kind
        and one.hit.severity is other.hit.severity
        and (one.hit.kind not in WEIGHED)
    )


def _in_row(row: Sequence[str], at: int, headers: dict[int, Head], allowed: Collection[str]) -> Iterator[CellHit]:
    """All cells of a row in one search; nothing is found across a cell's end."""
    if len(row) == 1:
        starts = [0]
        hits = find(row[0], allowed=allowed)
    else:
        cells = [text.replace(CELL_END, " ") for text in row]
        starts = [0, *accumulate(len(text) + 1 for text in cells)]
        hits = find(CELL_END.join(cells), allowed=allowed)
    for one in hits:
        column = bisect_right(starts, one.start) - 1
        header = headers[column].words if column in headers else ""
        shifted = one._replace(start=one.start - starts[column], end=one.end - starts[column])
        yield CellHit(at + 1, column + 1, header, shifted)
