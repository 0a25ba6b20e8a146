"""读表三 — 收到和处理政府信息公开申请情况: which strip is which row, by labels first and by order where labels are
torn (条例 第五十条).

A strip whose own label names one row is an anchor. Between two anchors stand strips whose label was torn off or put
on other lines:
they are given to the rows left free, in order, where their number fits; else by the labels around them; else they
stay in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from gongkai.report.form import Edition, OtherHandling, form
from gongkai.report.reading.labels import application_rows, heading_columns, is_scrap, takes_one_row
from gongkai.report.reading.numbers import Kind, Token, is_unfilled
from gongkai.report.reading.strips import Strip

WIDTH = 7
_REMEDY_FIGURES = 15  # 表四 where its heading has been lost
_ABOVE = 3
_ENOUGH_ROWS = 6
_ORPHAN = 5  # fewer numbers than this without a label are a page number or a note, not a row
_TORN = 3  # so many numbers more than columns are still a row with numbers torn apart
_HEADER = re.compile("勾稽关系|申请人情况|科研机构|商业企业|社会公益|法律服务机构")
_COUNTED = re.compile(r"\d[件条份人]|[。;；]|其中")
"""In a sentence that names applicants, not in a heading."""
_OTHERS = "other_handling"
_COMMON_NAMES = ("handled_total", f"{_OTHERS}.other")
_COLUMN_SCRAPS = ("", "其他", "总计", "合计")
_REMEDIES = re.compile("结果维持|复议后起诉|未经复议|尚未审结")


@dataclass(slots=True)
class Printed:
    """一行读数 — the cells printed for one row, gathered from one strip or several, with where each stands."""

    tokens: list[Token] = field(default_factory=list)
    sources: list[tuple[Strip, int]] = field(default_factory=list)
    exact: bool = False
    columns: tuple[int, ...] = ()
    table: int | None = None
    loose: bool = False

    @property
    def numbers(self) -> int:
        """数字个数 — how many of the cells hold a number."""
        return sum([token.kind is Kind.NUMBER for token in self.tokens])

    @property
    def is_beside_scraps(self) -> bool:
        """旁边是残名 — whether what stands on the same lines is part of a row's name, if anything: else it is another
        name, which cannot be read."""
        return all([is_scrap(strip.label) for strip, _ in self.sources])

    def take(self, strip: Strip) -> None:
        """收进一行 — add the cells of a strip."""
        self.tokens.extend(strip.tokens)
        self.sources.extend((strip, index) for index in range(len(strip.tokens)))

    def cut(self, cells: int) -> Printed:
        """截短 — the first so many of the cells."""
        return replace(self, tokens=self.tokens[:cells], sources=self.sources[:cells], columns=self.columns[:cells])

    @classmethod
    def of(cls, strip: Strip) -> Printed:
        """一行读数 — the cells of one strip."""
        printed = cls(exact=strip.exact, columns=strip.columns, table=strip.table)
        printed.take(strip)
        return printed


@dataclass(frozen=True, slots=True)
class Rows:
    """表三各行 — the printed cells by row id, the rows whose placing is in doubt, and the shape of （六）其他处理."""

    shape: OtherHandling
    printed: dict[str, list[Printed]]
    doubtful: frozenset[str] = frozenset()


def region(stream: Sequence[Strip]) -> tuple[int, int]:
    """表三的范围 — from its first heading or row to the first heading of 表四; (0, 0) where there is no 表三."""
    start = next((i for i, strip in enumerate(stream) if _opens(strip)), None)
    if start is None:
        start = _first_torn_row(stream)
    if start is None:
        return 0, 0
    while any(strip.numbers >= WIDTH - 1 for strip in stream[max(0, start - _ABOVE) : start]):
        start -= 1  # a row whose label is illegible stands above the first that can be read
    end = next((i for i in range(start + 1, len(stream)) if _closes(stream[i])), len(stream))
    return start, end


def _opens(strip: Strip) -> bool:
    if strip.table is None and len(strip.label) > 60:
        return False
    if _HEADER.search(strip.label):
        return strip.table is not None or (len(strip.label) <= 45 and not _COUNTED.search(strip.label))
    found = application_rows(strip.label) if strip.numbers >= 2 else ()
    return found == ("received",) or (len(found) == 1 and strip.numbers >= WIDTH - 1)


def is_received(strip: Strip) -> bool:
    """本年新收 — whether the strip is the first row of 表三, with figures beside its name."""
    return strip.numbers > 0 and application_rows(strip.label) == ("received",)


def _first_torn_row(stream: Sequence[Strip]) -> int | None:
    """Where the rows begin that show few of their cells: enough to begin with where the table has neither heading
    nor whole rows, if there are enough of them."""
    rows: dict[str, int] = {}
    for index, strip in enumerate(stream):
        found = application_rows(strip.label) if strip.tokens else ()
        if len(found) == 1 and found[0] not in _COMMON_NAMES:
            rows.setdefault(found[0], index)
    return min(rows.values()) if len(rows) >= _ENOUGH_ROWS else None


def _closes(strip: Strip) -> bool:
    return (len(strip.tokens) == _REMEDY_FIGURES and not application_rows(strip.label)) or (
        len(strip.label) <= 120 and _REMEDIES.search(strip.label) is not None
    )


def joined(stream: Sequence[Strip]) -> list[Strip]:
    """拼起断行 — rows that the end of a page has cut: the rest of the label stands in a row of empty cells below."""
    found: list[Strip] = []
    for strip in map(_without_unfilled, stream):
        if found and _is_rest(found[-1], strip):
            found[-1] = found[-1]._replace(label=found[-1].label + strip.label)
        else:
            found.append(strip)
    return found


def _without_unfilled(strip: Strip) -> Strip:
    """A row without the empty cells of its label that a program has filled with a word for nothing."""
    spare = len(strip.tokens) - WIDTH
    count = sum(1 for _ in takewhile(is_unfilled, strip.tokens[: max(spare, 0)]))
    if not count or strip.row is None or strip.picked:
        return strip
    heads = (*strip.heads[: strip.at], *strip.tokens[:count], *strip.heads[strip.at :])
    return strip._replace(tokens=strip.tokens[count:], numbers=strip.numbers - count, at=strip.at + count, heads=heads)


def _is_rest(above: Strip, strip: Strip) -> bool:
    if strip.table is None or strip.table != above.table or not strip.label or not above.numbers:
        return False
    if len(strip.tokens) < WIDTH - 1 or any(token.printed for token in strip.tokens):
        return False
    named = application_rows(above.label)
    if len(named) == 1:
        return application_rows(strip.label) in ((), named) and is_scrap(strip.label)
    return len(application_rows(above.label + strip.label)) == 1


def rows(stream: Sequence[Strip], edition: Edition | None) -> Rows:
    """读表三 — the printed rows of the strips of 表三 (already cut to its region)."""
    events = list(_events(stream))
    anchors = [(at, event.rows[0]) for at, event in enumerate(events) if event.printed and event.own]
    shape = _shape(events, anchors, edition)
    order = [line.id for line in form(Edition.E2021, shape).table("applications")]
    printed: dict[str, list[Printed]] = {}
    for at, row in anchors:
        if row in order:
            held = events[at].printed
            assert held is not None
            printed.setdefault(row, []).append(held)
    doubtful: set[str] = set()
    marks = [(-1, None), *((at, row) for at, row in anchors if row in order), (len(events), None)]
    for (left, before), (right, after) in pairwise(marks):
        low = order.index(before) + 1 if before else 0
        high = order.index(after) if after else len(order)
        free = [row for row in order[low:high] if row not in printed]
        _fill(events[left + 1 : right], free, printed, doubtful)
        if before and _is_wrapped(events[left:right][:2]):
            doubtful.add(before)
    return Rows(shape, printed, frozenset(doubtful))


@dataclass(frozen=True, slots=True)
class _Event:
    """A label, or printed cells, or both in one strip (`own`: the strip's own label names exactly one row)."""

    rows: tuple[str, ...]
    printed: Printed | None
    own: bool = False


def _events(stream: Sequence[Strip]) -> Iterator[_Event]:
    """Labels and rows of cells in reading order; numbers printed one a line are gathered up to the next label."""
    held: Printed | None = None
    held_rows: tuple[str, ...] = ()
    for strip in stream:
        found = () if _is_header(strip) else application_rows(strip.label)
        if _continues(held, strip, found):
            assert held is not None
            held.take(strip)
            continue
        if held is not None:
            yield from _release(held, held_rows)
            held = None
        if _is_row(strip, found):
            held, held_rows = Printed.of(strip), found
        elif found:
            yield _Event(found, None)
    if held is not None:
        yield from _release(held, held_rows)


def _is_header(strip: Strip) -> bool:
    """The heading of the columns; 其他 and 总计 alone on a line are scraps of it, not names of rows."""
    if not strip.tokens and strip.label in _COLUMN_SCRAPS:
        return True
    return strip.numbers < WIDTH and _HEADER.search(strip.label) is not None


def _is_row(strip: Strip, found: tuple[str, ...]) -> bool:
    if strip.table is not None:
        strokes = sum(token.kind is Kind.BLANK and token.printed != "" for token in strip.tokens)
        return strip.numbers > 0 or strokes >= _ORPHAN or (len(found) == 1 and len(strip.tokens) >= WIDTH - 1)
    return strip.numbers > 0


def _continues(held: Printed | None, strip: Strip, found: tuple[str, ...]) -> bool:
    """A line of cells without a label goes on with the row above it, unless either is a whole row by itself."""
    if held is None or strip.label or found or not strip.tokens or strip.table is not None or held.table is not None:
        return False
    return held.numbers < WIDTH <= WIDTH + 2 >= held.numbers + strip.numbers or (
        strip.numbers == 1 and held.numbers < WIDTH + 2
    )


def _release(held: Printed, found: tuple[str, ...]) -> Iterator[_Event]:
    lines = {id(strip) for strip, _ in held.sources}
    held.loose = len(lines) > 1
    if len(found) == 1:
        yield _Event(found, held, own=True)
        return
    if found:
        yield _Event(found, None)
    yield _Event((), held)


def _is_whole(held: Printed) -> bool:
    """A row of this table, not a page number, nor the one long row of the table below."""
    return (held.exact or held.numbers >= _ORPHAN or len(held.tokens) >= WIDTH) and held.numbers <= WIDTH + _TORN


def _shape(events: Sequence[_Event], anchors: Sequence[tuple[int, str]], edition: Edition | None) -> OtherHandling:
    named = {row for event in events for row in event.rows}
    # 其他 alone may be what is left of （六）其他处理; the other two sub-rows can't be mistaken.
    if not named.isdisjoint((f"{_OTHERS}.correction_overdue", f"{_OTHERS}.fee_overdue")):
        return OtherHandling.ROWS
    rows = {row for _, row in anchors}
    if {_OTHERS, f"{_OTHERS}.other"} <= rows:
        return OtherHandling.ROWS  # what stands beside the first of the three is torn off its label
    if _OTHERS in rows or edition is Edition.E2019:
        return OtherHandling.ROW
    whole = sum(event.printed is not None and _is_whole(event.printed) for event in events)
    one = [line.id for line in form(Edition.E2021, OtherHandling.ROW).table("applications")]
    if whole == len(one) or _is_all_but_others(events, anchors, one):
        return OtherHandling.ROW
    return takes_one_row(named)


def _is_all_but_others(events: Sequence[_Event], anchors: Sequence[tuple[int, str]], one: Sequence[str]) -> bool:
    """Whether every row but （六） was found under its own name, and one row of numbers stands in its place, its name
    illegible."""
    found = {row: at for at, row in anchors}
    place = one.index(_OTHERS)
    if set(one) - set(found) != {_OTHERS}:
        return False
    between = events[found[one[place - 1]] + 1 : found[one[place + 1]]]
    return sum(event.printed is not None and event.printed.numbers > 1 for event in between) == 1


def _fill(segment: Sequence[_Event], free: list[str], printed: dict[str, list[Printed]], doubtful: set[str]) -> None:
    """Give the rows of cells between two anchors to the rows of the form left free there."""
    orphans = [event.printed for event in segment if event.printed]
    whole = [held for held in orphans if _is_whole(held)]
    fitting = next((found for found in (orphans, whole) if len(found) == len(free)), None)
    if fitting is not None or not whole:
        for row, held in zip(free, fitting or (), strict=False):
            printed.setdefault(row, []).append(held)
        return
    segment = [event for event in segment if event.printed is None or event.printed in whole]
    by_label = _labelled(segment, free)
    if by_label is not None:
        for row, held in by_label.items():
            printed.setdefault(row, []).append(held)
        return
    # Too few or too many: the likeliest order is given, and nothing of it is certain.
    for row, held in zip(free, whole, strict=False):
        printed.setdefault(row, []).append(held)
    doubtful.update(free)


def _is_wrapped(events: Sequence[_Event]) -> bool:
    """Whether a row is followed by a few numbers that stand under some of its own and fill no row: digits of numbers
    that were broken in their cells."""
    if len(events) < 2 or events[0].printed is None or events[1].printed is None:
        return False
    above, below = events[0].printed, events[1].printed
    is_beside = above.table is not None and above.table == below.table and not above.exact
    return is_beside and 0 < below.numbers < above.numbers and set(below.columns) < set(above.columns)


def _labelled(segment: Sequence[_Event], free: list[str]) -> dict[str, Printed] | None:
    """Each row of cells to the one label just before it (or, for the whole segment, just after it); None where that
    is not clear."""
    for sequence in (segment, segment[::-1]):
        found: dict[str, Printed] = {}
        label: str | None = None
        clear = True
        for event in sequence:
            names = [row for row in event.rows if row in free]
            if event.printed is None:
                clear = clear and len(names) <= 1
                label = names[0] if names else label
            elif label is None or label in found or not event.printed.is_beside_scraps:
                clear = False
            else:
                found[label] = event.printed
        if clear and found and label in found:
            return found
    return None


def headings(stream: Sequence[Strip]) -> dict[int, dict[int, int]]:
    """表三的栏 — for each exact grid, which column of the form (from 0) is named over which grid column."""
    order = [column.id for column in form(Edition.E2021).table("applications")[0].columns]
    found: dict[int, dict[int, int]] = {}
    for strip in stream:
        if strip.table is None or not strip.exact or strip.numbers:
            continue
        for word, column, span in strip.words:
            names = heading_columns(word, "applications", Edition.E2021) if span == 1 and len(word) <= 8 else ()
            if len(names) == 1:
                found.setdefault(strip.table, {})[column] = order.index(names[0])
    return {table: columns for table, columns in found.items() if _is_rising(columns)}


def _is_rising(columns: dict[int, int]) -> bool:
    order = [columns[column] for column in sorted(columns)]
    return all(left < right for left, right in pairwise(order))
