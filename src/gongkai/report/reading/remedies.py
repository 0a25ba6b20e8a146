"""读表四 — 政府信息公开行政复议、行政诉讼情况: fifteen figures in one row, in three small tables, or stood on end
(条例 第五十条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from gongkai.report.figures import State
from gongkai.report.form import Equation, Form
from gongkai.report.placements import Entry, Group, Option, Placed, completed, holds, place
from gongkai.report.reading.applications import Printed
from gongkai.report.reading.columns import Arranged, with_pieces
from gongkai.report.reading.doubting import confirm
from gongkai.report.reading.labels import application_rows
from gongkai.report.reading.numbers import Kind
from gongkai.report.reading.options import MOST_OPTIONS, as_printed, is_packed, options, torn
from gongkai.report.reading.result import ABSENT, Reading, Readings
from gongkai.report.reading.solving import blank_cells, reading_of
from gongkai.report.reading.strips import Strip

WIDTH = 15
_PART = 5
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
_OPENING = re.compile("结果维持|结果纠正|其他结果|尚未审结|复议后起诉|未经复议")
_KINDS = ("行政复议", "未经复议", "复议后")
_NEXT = re.compile(r"^[#*]*(?:[五六][、.，,]|.{0,4}存在的?(?:主要)?问题|.{0,3}其他需要报告)")
_GROUPS = re.compile("^(?:行政复议|行政诉讼)+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORDS = 16  # a longer label is a sentence, not the name of a row


def remedies(arranged: Arranged, blank: Form) -> Readings:
    """读表四 — every figure of 表四 from the strips of its region, put into the order of the form."""
    found = list(_region(arranged.strips))
    whole, is_one = _whole([strip for strip in found if WIDTH in (strip.numbers, len(strip.tokens))])
    readings = _read(whole, found, blank)
    is_wrapped = whole is not None and _is_wrapped(whole, found) and _is_broken(readings, blank)
    is_moved = whole is None and not _results_in_order(found)
    is_sure = is_one and not arranged.is_contradicted and not is_wrapped and not is_moved
    return readings if is_sure else readings.in_doubt()


def _results_in_order(found: Sequence[Strip]) -> bool:
    """Whether rows that are named for results, if there are any, stand in the order of the form."""
    named = [at for strip in found for at, word in enumerate(_RESULTS) if word in strip.label]
    return all(at == index % _PART for index, at in enumerate(named))


def _is_wrapped(whole: Strip, found: Sequence[Strip]) -> bool:
    """Whether a few numbers without a name stand under some of its own: digits of numbers broken in their cells."""
    below = next(iter(found[found.index(whole) + 1 :]), None)
    if below is None or whole.exact or below.table != whole.table or below.label:
        return False
    return 0 < below.numbers < whole.numbers and set(below.columns) <= set(whole.columns)


def _is_broken(readings: Readings, blank: Form) -> bool:
    return any(holds(equation, readings.counts) is False for equation in blank.sums("remedies"))


def begins(stream: Sequence[Strip], end: int) -> int:
    """表四的开头 — the first row of the heading whose first telling row stands at `end`, where 表三 ends."""
    table = stream[end].table if end < len(stream) else None
    while end and stream[end - 1].table == table and not stream[end - 1].numbers:
        if table is None and not _GROUPS.search(stream[end - 1].label):
            break
        end -= 1
    return with_pieces(stream, end, "remedies") if table is None else end


def _whole(rows: Sequence[Strip]) -> tuple[Strip | None, bool]:
    """The row that shows all cells, and whether it is the only one that may be meant: of rows that say different things
    that of the last year, where each names its own."""
    if not rows or all([t.value for t in row.tokens] == [t.value for t in rows[0].tokens] for row in rows):
        return (rows[0] if rows else None), True
    years = [_YEAR.search(row.label) for row in rows]
    if all(years) and len({year[0] for year in years if year}) == len(rows):
        return max(zip(years, rows, strict=True), key=lambda pair: pair[0][0] if pair[0] else "")[1], True
    return rows[0], False


def _read(whole: Strip | None, found: list[Strip], blank: Form) -> Readings:
    addresses = blank.addresses_of("remedies")
    readings = Readings.plain([whole], blank, "remedies") if whole is not None and _is_plain(whole) else None
    if readings is not None:
        return readings
    printed = Printed.of(whole) if whole is not None else _cells(found)
    if printed is None:
        return Readings.of(dict.fromkeys(addresses, ABSENT))
    readings = Readings.of(_solved(printed, addresses, blank.sums("remedies")))
    # Numbers gathered from several lines may belong to any column: only their sums bear out where they were put. One
    # that begins with a nought (03 under 20) is the rest of another.
    is_open = printed.loose and (_is_broken(readings, blank) or any(token.weak for token in printed.tokens))
    return readings.in_doubt() if is_open else readings


def _is_plain(whole: Strip) -> bool:
    if len(whole.tokens) != WIDTH:
        return False
    return whole.numbers == WIDTH or (whole.exact and not is_packed(whole.tokens))


def _solved(printed: Printed, addresses: tuple[str, ...], equations: Sequence[Equation]) -> dict[str, Reading]:
    """The cells placed, completed and confirmed by the equations."""
    found = _options(printed, addresses, equations)
    placed = place([Group(addresses, found)], equations)
    if len(found) == 1:
        _mend(placed, printed, addresses, equations)
    if len(printed.tokens) == WIDTH:
        blank_cells(addresses, as_printed(printed.tokens), placed)
    readings = {address: reading_of(placed[address], printed) for address in addresses}
    sources = {address: placed[address].source for address in addresses}
    confirm(readings, {a for a, s in sources.items() if s is not None and printed.tokens[s].weak}, equations)
    return readings


def _region(stream: Sequence[Strip]) -> Iterator[Strip]:
    """The strips of 表四 that hold cells: from its first heading up to part five."""
    started = False
    for strip in stream:
        is_heading = len(strip.label) <= 120 and _OPENING.search(strip.label) is not None
        started = started or is_heading or (len(strip.tokens) == WIDTH and not application_rows(strip.label))
        if started and _NEXT.match(strip.label):
            return
        is_row = strip.numbers or (strip.exact and len(strip.tokens) >= _PART)
        if started and is_row and len(strip.label) <= _WORDS and not strip.label.startswith("注"):
            yield strip


def _cells(found: list[Strip]) -> Printed | None:
    """The cells of 表四 in the order of the form, where no row shows all of them."""
    if not found:
        return None
    stood = [s for s in found if any(word in s.label for word in _RESULTS)]
    if stood and len(stood) % _PART == 0 and len({len(s.tokens) for s in stood}) == 1:
        return _stood_on_end(stood)
    printed = Printed(exact=all(s.exact for s in found), table=found[0].table)
    named = [s for kind in _KINDS for s in found if kind in s.label and s.numbers]
    for strip in named if len(named) == len(_KINDS) else found:
        if printed.numbers + strip.numbers > WIDTH + 1:
            break
        printed.take(strip)
    printed.loose = len(found) > 1 and not _are_small_tables(found)
    return printed


def _are_small_tables(found: Sequence[Strip]) -> bool:
    """Whether each kind of remedy has a table of its own, with every figure of it in one row."""
    tables = {strip.table for strip in found if strip.table is not None and strip.numbers == _PART == len(strip.tokens)}
    return len(tables) == len(found) == len(_KINDS)


def _stood_on_end(stood: list[Strip]) -> Printed:
    """Rows named for results, columns for kinds of remedy: read down each column."""
    printed = Printed(exact=all(s.exact for s in stood), table=stood[0].table)
    for start in range(0, len(stood), _PART):
        rows = stood[start : start + _PART]
        for column in range(len(rows[0].tokens)):
            for strip in rows:
                printed.tokens.append(strip.tokens[column])
                printed.sources.append((strip, column))
    return printed


def _options(printed: Printed, addresses: tuple[str, ...], equations: Sequence[Equation]) -> tuple[Option, ...]:
    nothing = (Option((...,) * WIDTH, (None,) * WIDTH),)
    # An empty cell of a text proves nothing; a stroke is printed where a figure would be.
    shown = [i for i, t in enumerate(printed.tokens) if printed.exact or t.kind is Kind.NUMBER or t.printed.strip()]
    if len(shown) >= WIDTH:
        found = options(printed.tokens, WIDTH, exact=printed.exact, loose_ends=printed.loose, one_sum=False)
        return _balanced(found, addresses, equations) or nothing
    return tuple(_spread(printed, shown, addresses, equations)) or nothing


def _mend(
    placed: dict[str, Placed], printed: Printed, addresses: tuple[str, ...], equations: Sequence[Equation]
) -> None:
    """Where one number torn over two cells has pushed the last cell out, and joining it satisfies every sum that was
    broken,
    the figures that move are doubtful. A sum that only a missing figure would satisfy is the report's own fault."""
    values: dict[str, Entry] = {address: placed[address].value for address in addresses}
    broken = [equation for equation in equations if holds(equation, values) is False]
    for option in torn(printed.tokens, WIDTH) if broken else ():
        trial = dict(zip(addresses, option.entries, strict=True))
        if any(holds(e, trial) for e in broken) and (mended := completed(trial, equations)):
            for address, source in zip(addresses, option.sources, strict=True):
                value = mended[address]
                if isinstance(value, int):
                    placed[address] = Placed(value, State.DOUBTFUL, source)
                elif placed[address].value is not None:
                    placed[address] = replace(placed[address], state=State.DOUBTFUL)
            return


def _balanced(
    found: tuple[Option, ...], addresses: tuple[str, ...], equations: Sequence[Equation]
) -> tuple[Option, ...]:
    if len(found) == 1:
        return found
    kept = tuple(
        option
        for option in found
        if all(holds(e, dict(zip(addresses, option.entries, strict=True))) is not False for e in equations)
    )
    return kept or found


def _spread(
    printed: Printed, indices: list[int], addresses: tuple[str, ...], equations: Sequence[Equation]
) -> Iterator[Option]:
    """Fewer cells than columns: every way to deal them, in order, to the three kinds of remedy, each with its own
    sum."""
    plain = as_printed(printed.tokens)
    parts = [
        [_deals(plain, indices, start, addresses[at : at + _PART], equations) for start in range(len(indices) + 1)]
        for at in range(0, WIDTH, _PART)
    ]
    count = 0
    for first in parts[0][0]:
        for second in parts[1][first[1]]:
            for third in parts[2][second[1]]:
                if third[1] != len(indices):
                    continue
                count += 1
                if count > MOST_OPTIONS:
                    return
                entries = first[0].entries + second[0].entries + third[0].entries
                yield Option(entries, first[0].sources + second[0].sources + third[0].sources)


def _deals(
    plain: Option, indices: list[int], start: int, addresses: tuple[str, ...], equations: Sequence[Equation]
) -> list[tuple[Option, int]]:
    """The ways to put the next few cells into one kind's five columns without breaking its sum, most cells first."""
    found = []
    for size in range(min(_PART, len(indices) - start), -1, -1):
        for columns in combinations(range(_PART), size):
            entries: list[Entry] = [...] * _PART
            sources: list[int | None] = [None] * _PART
            for column, index in zip(columns, indices[start : start + size], strict=True):
                entries[column], sources[column] = plain.entries[index], index
            values = dict(zip(addresses, entries, strict=True))
            if all(holds(e, values) is not False for e in equations if e.left[0] in values):
                found.append((Option(tuple(entries), tuple(sources)), start + size))
    return found
