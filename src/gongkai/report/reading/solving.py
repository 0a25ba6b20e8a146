"""表三、表四定数 — the cells printed for each row become figures: placed, completed and confirmed by the form's
equations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from gongkai.report.figures import State
from gongkai.report.form import Edition, Equation, Form, OtherHandling, form
from gongkai.report.placements import Entry, Group, Option, Placed, completed, holds, place
from gongkai.report.reading.applications import WIDTH, Printed, Rows
from gongkai.report.reading.doubting import (
    agree,
    balances,
    confirm,
    doubt,
    guessed,
    no_column_for_all,
    packed_left,
    parts_disagree,
    says_the_same,
    without_witness,
)
from gongkai.report.reading.labels import application_rows
from gongkai.report.reading.numbers import Kind
from gongkai.report.reading.options import as_printed, cells_from_first, is_packed, options, spread_out, torn, with_torn
from gongkai.report.reading.result import Reading, Readings
from gongkai.report.reading.strips import Strip
from gongkai.report.reading.whole import whole_rows

NOTHING = (Option((...,) * WIDTH, (None,) * WIDTH),)
_SHIFTED = 3
_FEW = 2
_SEVERAL = 3
_OTHERS = "other_handling"


class Habit(NamedTuple):
    """表的通例 — what the rows of one printed table have in common: `shifted`: it has lost a column; `cells`: how
    many cells a whole row has, from its first number on; `columns`: the grid columns in which its numbers stand;
    `is_without_total`: as many cells as the form has columns, and the last of every row is blank."""

    shifted: bool
    cells: int
    columns: tuple[int, ...] = ()
    is_without_total: bool = False


def applications(rows: Rows, blank: Form, headings: Mapping[int, dict[int, int]]) -> Readings:
    """表三定数 — every figure of 表三. `headings`: for each exact grid, which form column (from 0) stands in which
    grid column."""
    lines = blank.table("applications")
    held = _without_margin(whole_rows({line.id: rows.printed.get(line.id, []) for line in lines}))
    equations = blank.sums("applications")
    first = [found[0] for found in held.values() if found]
    has_no_total = _has_no_total(first)
    is_shifted = not has_no_total and _is_shifted(first)
    habit = Habit(is_shifted, _usual_cells(first), _usual_columns(first), has_no_total)
    groups = [Group(line.addresses, _options(held[line.id], headings, habit, trusting=True)) for line in lines]
    placed = place(groups, equations)
    if any(_is_loose(printed, habit) for found in held.values() for printed in found[:1]):
        placed = _distrust(blank, held, headings, habit, placed)
    placed = _mend(held, blank, equations, placed)
    placed = without_witness(lines, equations, placed)
    placed = packed_left(lines, held, equations, placed)
    placed = no_column_for_all(lines, held, placed)
    for line in lines:
        if held[line.id] and (cells := _in_columns(held[line.id][0], habit.columns)) is not None:
            blank_cells(line.addresses, cells, placed)
    if not any(found for row, found in held.items() if row.startswith("other_handling")):
        # Nothing of （六） was seen, not even whether it has one row or three: nothing is inferred for it.
        for address in placed:
            if address.startswith("applications.other_handling"):
                placed[address] = Placed(None, State.ABSENT, None)
    readings: dict[str, Reading] = {}
    # Two tables, of which one is of another year: a row that was found once may be of either.
    is_twice = sum(not says_the_same(found) for found in held.values()) >= _SEVERAL or parts_disagree(held)
    for line in blank.table("applications"):
        found = held[line.id]
        for address in line.addresses:
            readings[address] = reading_of(placed[address], found[0] if found else None)
        if (
            is_twice
            or line.id in rows.doubtful
            or not says_the_same(found)
            or _is_broken_off(found, line.addresses, placed)
        ):
            doubt(readings, line.addresses)
    confirm(readings, guessed(blank, held, placed), equations)
    return Readings.of(readings)


def _is_broken_off(found: Sequence[Printed], addresses: Sequence[str], placed: Mapping[str, Placed]) -> bool:
    """Whether numbers of one line and of the next, taken for one row, do not add up: the second may be the rest of a
    number broken in its cell. Numbers one a line are as they were printed."""
    if not found or not found[0].loose or max(strip.numbers for strip, _ in found[0].sources) < _FEW:
        return False
    *parts, total = [placed[address].value or 0 for address in addresses]
    return sum(parts) != total


def _without_margin(held: dict[str, list[Printed]]) -> dict[str, list[Printed]]:
    """The rows without the empty columns that every row has at its end beyond the width of the form: what a blank cell
    before them says depends on it."""
    rows = [printed for found in held.values() for printed in found]
    if not rows or any(not printed.exact or len(printed.tokens) <= WIDTH for printed in rows):
        return held
    margin = min(sum(1 for _ in takewhile(lambda t: t.kind is Kind.BLANK, reversed(p.tokens))) for p in rows)
    return {row: [printed.cut(len(printed.tokens) - margin) for printed in found] for row, found in held.items()}


def plain(stream: Sequence[Strip], edition: Edition | None) -> tuple[Form, Readings] | None:
    """照读 — 表三 where every row of the form is printed once, under its own name, cell for cell, and everything
    adds up: nothing to choose, nothing to solve. None where it is not so."""
    printed: dict[str, Strip] = {}
    for strip in stream:
        if strip.tokens:
            found = application_rows(strip.label)
            if len(found) != 1 or found[0] in printed or len(strip.tokens) != WIDTH:
                return None
            if strip.numbers != WIDTH and (not strip.exact or is_packed(strip.tokens)):
                return None
            printed[found[0]] = strip
    blank = form(edition or Edition.E2021, OtherHandling.ROW if _OTHERS in printed else OtherHandling.ROWS)
    lines = blank.table("applications")
    if len(printed) != len(lines) or any([line.id not in printed for line in lines]):
        return None
    readings = Readings.plain([printed[line.id] for line in lines], blank, "applications")
    return None if readings is None else (blank, readings)


def _options(
    found: Sequence[Printed], headings: Mapping[int, dict[int, int]], habit: Habit, *, trusting: bool
) -> tuple[Option, ...]:
    if not found:
        return NOTHING
    printed = found[0]
    if printed.numbers == WIDTH:
        return with_torn(printed.tokens, WIDTH, habit.cells) or NOTHING
    if habit.is_without_total:
        indices = tuple(range(len(printed.tokens)))[-WIDTH:]
        return (Option(as_printed(printed.tokens).entries[-WIDTH:], indices),)
    by_heading = _by_heading(printed, headings)
    if by_heading is not None:
        may_shift = is_packed(printed.tokens) or (habit.shifted and printed.tokens[-1].kind is Kind.BLANK)
        return (by_heading, *spread_out(printed.tokens, WIDTH)) if may_shift else (by_heading,)
    cells = _trimmed(printed, habit) if trusting and not printed.exact and printed.table is not None else None
    if cells is not None:
        return (cells,)
    found_options = options(printed.tokens, WIDTH, exact=printed.exact, loose_ends=printed.loose)
    if habit.shifted and printed.exact and len(found_options) == 1 and printed.tokens[-1].kind is Kind.BLANK:
        found_options += spread_out(printed.tokens, WIDTH)
    return found_options or NOTHING


def _usual_cells(rows: Sequence[Printed]) -> int:
    """How many cells, from the first number on, the rows have that show as many numbers as there are columns."""
    counts = Counter(cells_from_first(p.tokens) for p in rows if p.numbers == WIDTH)
    return counts.most_common(1)[0][0] if counts else WIDTH


def _is_shifted(rows: Sequence[Printed]) -> bool:
    """Whether so many rows seem to have their total one column too far left that the table must have lost a column; or
    one does, and no row has anything where the total belongs."""
    rows = [p for p in rows if p.tokens]
    ended = [p for p in rows if p.tokens[-1].kind is Kind.BLANK and p.numbers > 1]
    ended = [p for p in ended if any(token.value for token in p.tokens)]
    packed = sum(is_packed(p.tokens) for p in ended)
    return packed * _SHIFTED > len(ended) or (packed > 0 and all(p.tokens[-1].kind is Kind.BLANK for p in rows))


def _has_no_total(rows: Sequence[Printed]) -> bool:
    """Whether the column of totals has been left blank: where the cells stand in columns, no sum says what would stand
    there. Rows that have all the others filled in, and mostly do not end with their sum, tell that none is lost."""
    rows = [p for p in rows if p.tokens]
    in_columns = len({p.columns[-WIDTH:] for p in rows}) == 1 and all(len(p.columns) >= WIDTH for p in rows)
    full = [is_packed(p.tokens) for p in rows if p.numbers == WIDTH - 1 and any(token.value for token in p.tokens)]
    is_whole = bool(full) and sum(full) * _SHIFTED < len(full)
    return in_columns and is_whole and all(_ends_blank(p) for p in rows)


def _ends_blank(printed: Printed) -> bool:
    return not any(token.printed for token in (*printed.tokens[:-WIDTH], printed.tokens[-1]))


def _by_heading(printed: Printed, headings: Mapping[int, dict[int, int]]) -> Option | None:
    """The cells under the headings that they stand under, where headings and cells have lost the same columns. A row
    that is shorter than its heading may have lost a cell anywhere, so that its places say nothing."""
    heading = headings.get(printed.table) if printed.table is not None and printed.exact else None
    if not heading or len(printed.tokens) == WIDTH:
        return None
    under = [heading.get(column) for column in printed.columns]
    numbers = [i for i, token in enumerate(printed.tokens) if token.kind is Kind.NUMBER]
    named = [column for column in under if column is not None]
    if not numbers or any(under[i] is None for i in numbers) or len(named) != len(heading):
        return None
    plain = as_printed(printed.tokens)
    entries = list(NOTHING[0].entries)
    sources = list(NOTHING[0].sources)
    for index, column in enumerate(under):
        if column is not None:
            entries[column], sources[column] = plain.entries[index], index
    return Option(tuple(entries), tuple(sources))


def _is_loose(printed: Printed, habit: Habit) -> bool:
    """A row of a text table whose blank cells may be padding: as many cells as columns, but not at both ends a
    number."""
    if printed.exact or printed.table is None or printed.numbers in (0, WIDTH):
        return False
    return _trimmed(printed, habit) is not None and "" in (printed.tokens[0].printed, printed.tokens[-1].printed)


def _trimmed(printed: Printed, habit: Habit) -> Option | None:
    """The cells of a text table as they stand: in the columns of the other rows, else with blank ends cut to the width
    of the form."""
    if (cells := _in_columns(printed, habit.columns)) is not None:
        return cells
    indices = list(range(len(printed.tokens)))
    while len(indices) > WIDTH and printed.tokens[indices[-1]].kind is Kind.BLANK:
        indices.pop()
    while len(indices) > WIDTH and printed.tokens[indices[0]].kind is Kind.BLANK:
        indices.pop(0)
    if len(indices) != WIDTH or len(set(printed.columns)) != len(printed.columns):
        return None
    plain = as_printed(printed.tokens)
    return Option(tuple(plain.entries[i] for i in indices), tuple(indices))


def _usual_columns(rows: Sequence[Printed]) -> tuple[int, ...]:
    """The grid columns in which the rows have their numbers that show as many of them as the form has columns. None
    where another row has lost a cell, or was seen in a picture: its empty cells may be anything."""
    rows = [p for p in rows if p.tokens]
    if any(not p.columns or p.sources[0][0].confidence(0) is not None for p in rows):
        return ()
    found = Counter(p.columns[-WIDTH:] for p in rows if p.numbers == WIDTH and p.tokens[-1].kind is Kind.NUMBER)
    usual = found.most_common(1)[0][0] if found else ()
    return () if any(_has_lost_a_cell(printed, usual) for printed in rows) else usual


def _has_lost_a_cell(printed: Printed, usual: Sequence[int]) -> bool:
    cells = _in_columns(printed, usual)
    return cells is None or is_packed([printed.tokens[index] for index in cells.sources if index is not None])


def _in_columns(printed: Printed, usual: Sequence[int]) -> Option | None:
    """The cells of a row that stand in the usual columns of its table; None where one is missing, or another says
    something."""
    at = {column: index for index, column in enumerate(printed.columns)}
    indices = [at[column] for column in usual if column in at]
    others = [token for index, token in enumerate(printed.tokens) if index not in indices]
    if len(indices) != WIDTH or any(token.printed for token in others):
        return None
    plain = as_printed(printed.tokens)
    return Option(tuple([plain.entries[index] for index in indices]), tuple(indices))


def blank_cells(addresses: Sequence[str], cells: Option, placed: dict[str, Placed]) -> None:
    """空白为先 — a row whose every number is found to stand in its own cell shows an empty cell where it has one,
    whatever could be inferred for it (interchange: blank wins over inferred)."""
    beside = list(zip(addresses, cells.entries, cells.sources, strict=True))
    if any(entry is not None and entry != placed[address].value for address, entry, _ in beside):
        return
    for address, entry, source in beside:
        if entry is None and source is not None and placed[address].state in (None, State.INFERRED):
            placed[address] = Placed(None, State.BLANK, source)


def _distrust(
    blank: Form,
    held: Mapping[str, Sequence[Printed]],
    headings: Mapping[int, dict[int, int]],
    habit: Habit,
    as_cells: dict[str, Placed],
) -> dict[str, Placed]:
    """The same table with its blank ends taken for padding. Where both readings balance but differ, neither is
    certain."""
    lines, equations = blank.table("applications"), blank.sums("applications")
    groups = [Group(line.addresses, _options(held[line.id], headings, habit, trusting=False)) for line in lines]
    as_padding = place(groups, equations)
    is_open = any(placed.state not in (None, State.BLANK) for placed in as_cells.values())
    if is_open or not balances(as_cells, equations):
        return as_padding
    if not balances(as_padding, equations):
        return as_cells
    doubtful = {
        address
        for line in lines
        if not all(agree(as_cells[a], as_padding[a]) for a in line.addresses)
        for address in line.addresses
    }
    return {
        address: replace(placed, state=State.DOUBTFUL) if address in doubtful and placed.value is not None else placed
        for address, placed in as_cells.items()
    }


def _mend(
    held: Mapping[str, Sequence[Printed]],
    blank: Form,
    equations: Sequence[Equation],
    placed: dict[str, Placed],
) -> dict[str, Placed]:
    """A row that breaks a sum, though with one number torn over two cells it would satisfy every equation it
    touches, is not plainly read: the mended figures are given as doubtful."""
    values: dict[str, Entry] = {address: p.value for address, p in placed.items()}
    # With a row left blank the sums of columns fail whatever the others say.
    left_blank = {
        address
        for line in blank.table("applications")
        if all(values[a] is None for a in line.addresses)
        for address in line.addresses
    }
    whole = [e for e in equations if left_blank.isdisjoint((*e.left, *e.right))]
    broken = {a for e in whole if holds(e, values) is False for a in (*e.left, *e.right)}
    for line in blank.table("applications"):
        if broken.isdisjoint(line.addresses) or not held[line.id]:
            continue
        touched = [e for e in equations if _speaks(e, line.addresses, values)]
        for option in torn(held[line.id][0].tokens, WIDTH):
            trial = {**values, **dict(zip(line.addresses, option.entries, strict=True))}
            mended = completed(trial, touched)
            if (
                mended is None
                or any(mended[a] is ... for a in line.addresses)
                or all(mended[a] == values[a] for a in line.addresses)
            ):
                continue
            for address, source in zip(line.addresses, option.sources, strict=True):
                value = mended[address]
                if isinstance(value, int) and value != values[address]:
                    placed[address] = Placed(value, State.DOUBTFUL, source)
                elif placed[address].value is not None:
                    placed[address] = replace(placed[address], state=State.DOUBTFUL)
            break
    return placed


def _speaks(equation: Equation, addresses: tuple[str, ...], values: Mapping[str, Entry]) -> bool:
    """Whether the equation touches the row and has no blank elsewhere: with blanks it may fail whatever the row
    says."""
    operands = {*equation.left, *equation.right}
    return not operands.isdisjoint(addresses) and all(values[a] is not None for a in operands.difference(addresses))


def reading_of(placed: Placed, printed: Printed | None) -> Reading:
    """读数 — a placed figure with the place of the cell that it came from."""
    if placed.source is None or printed is None:
        return Reading(placed.value, placed.state)
    return Reading(placed.value, placed.state, printed.sources[placed.source])
