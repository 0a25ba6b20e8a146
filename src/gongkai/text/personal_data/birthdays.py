"""出生日期的写法 — a day in a cell that other programs have written, as a part of a number over cells (条例 第十五条).

Such a cell (3/7/1990, 7 Mar 1990, 32939 below 出生日期) has fewer signs than the day has digits, or has them in another
order. So it is read as 1990-03-07, and hidden as a whole. Only a cell between figures is read so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain

from gongkai.text.hit import STAR, CellHit, Hit
from gongkai.text.personal_data.cells import over_cells
from gongkai.text.personal_data.days import MAY_BE_ANOTHER, days_of

_BIRTH = re.compile("出生|生日|生辰|(?i:birth)")
_FIGURE = re.compile(r"[\s']*[\d\s-]*\d[\dXx]?\s*")
_HEADER_ROWS, _REACH = 6, 3
_LONGEST_HEADER = 30
Cell = tuple[int, int]


def over_cells_and_days(
    rows: Sequence[Sequence[str]],
    covered: Collection[Cell],
    headers: Mapping[int, str],
    taken: Collection[Cell],
    allowed: Collection[str],
    *,
    upright: bool = False,
) -> Iterator[CellHit]:
    """跨单元格的号码 — as `over_cells`, whatever way its day is written (条例 第十五条)."""
    spoken = set(taken)
    for days in chain(_in_order(rows), ({},)):
        read = _replaced(rows, days) if days else rows
        found = list(over_cells(read, covered, headers, spoken, allowed, upright=upright))
        spoken.update((one.row - 1, one.column - 1) for one in found)
        yield from (one._replace(hit=_whole(one, rows)) if _place(one) in days else one for one in found)


def _place(one: CellHit) -> Cell:
    return one.row - 1, one.column - 1


def _whole(one: CellHit, rows: Sequence[Sequence[str]]) -> Hit:
    row, column = _place(one)
    text = rows[row][column].strip()
    start = rows[row][column].index(text)
    return one.hit._replace(start=start, end=start + len(text), text=text, mask=STAR * len(text))


def _in_order(rows: Sequence[Sequence[str]]) -> Iterator[dict[Cell, str]]:
    """The cells that are read as 1990-03-07; twice where days may be read in two orders."""
    births = {column for row in rows[:_HEADER_ROWS] for column, text in enumerate(row) if _is_header(text)}
    found: dict[Cell, list[str]] = {}
    for at, row in enumerate(rows):
        for column, is_birthday in _asked(row, births):
            is_part = _is_flanked(row, column) or _is_flanked(_column(rows, at, column), min(at, _REACH))
            if is_part and (days := days_of(row[column], is_birthday=is_birthday)):
                found[at, column] = days
    for number in range(max(map(len, found.values()), default=0)):
        yield {place: days[min(number, len(days) - 1)] for place, days in found.items()}


def _is_header(text: str) -> bool:
    return len(text) < _LONGEST_HEADER and bool(_BIRTH.search(text))


def _asked(row: Sequence[str], births: Collection[int]) -> Iterator[tuple[int, bool]]:
    """The columns that may hold such a day, and whether the words above or before say that it is a birthday."""
    joined = "\n".join(row)
    beside = {column + 1 for column, text in enumerate(row) if _is_header(text)} if _BIRTH.search(joined) else set()
    if births or beside or MAY_BE_ANOTHER.search(joined):
        for column, text in enumerate(row):
            is_birthday = column in births or column in beside
            if is_birthday or MAY_BE_ANOTHER.search(text):
                yield column, is_birthday


def _column(rows: Sequence[Sequence[str]], at: int, column: int) -> list[str]:
    """The cells above and below that a number may take."""
    near = rows[max(0, at - _REACH) : at + _REACH + 1]
    return [row[column] if column < len(row) else "" for row in near]


def _is_flanked(line: Sequence[str], at: int) -> bool:
    """Whether the nearest cells before and after it that are not blank hold a figure."""
    before = next((text for text in line[max(0, at - _REACH) : at][::-1] if text.strip()), "")
    after = next((text for text in line[at + 1 : at + 1 + _REACH] if text.strip()), "")
    return bool(_FIGURE.fullmatch(before) and _FIGURE.fullmatch(after))


def _replaced(rows: Sequence[Sequence[str]], days: Mapping[Cell, str]) -> list[list[str]]:
    read = [list(row) for row in rows]
    for (row, column), day in days.items():
        read[row][column] = day
    return read
