"""栏的次序 — the cells of 表三 and 表四 in the order of the form, known by the words over them (年报表三、表四).

A table whose heading names every column of the form is put into the form's order, whatever stands between them: a count
of the rows, a subtotal, spacers. One whose heading names them in the form's order, side by side, stays as it is. Where
a heading names another order, but not all of it, nothing of the table is certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby, pairwise, takewhile
from typing import NamedTuple

from gongkai.report.reading.again import sections
from gongkai.report.reading.headings import (
    RESULTS,
    Lines,
    Told,
    applications_told,
    column_of,
    is_piece,
    kind_of,
    names_columns,
    remedies_told,
    result_of,
    total_stands_first,
    words_of,
)
from gongkai.report.reading.labels import application_rows
from gongkai.report.reading.numbers import Kind, Token, read_cell
from gongkai.report.reading.runs import Runs, in_runs
from gongkai.report.reading.strangers import COUNTS, is_unread, strangers
from gongkai.report.reading.strips import Strip

_NO_FIGURES = re.compile("行次|序号|编号|小计")
_COMMON_WORDS = {"handled_total", "other_handling.other"}  # 总计 and 其他 name columns as well
_LEAST_COUNTED = 5
_MOST_ABOVE = 4


class Arranged(NamedTuple):
    """排好的表 — the strips of a table in the order of the form; whether its heading names another order that could
    not be followed; and whether the order that it names is another than that of the form, None where its heading was
    not read."""

    strips: tuple[Strip, ...]
    is_contradicted: bool = False
    is_turned: bool | None = None
    sums_decide: bool = False


def applications_in_order(stream: Sequence[Strip]) -> Arranged:
    """表三按栏名排好 — every grid by itself; lines of text by the order of the names in their heading."""
    return _arranged(_without_counts(stream), _Applications())


def begins(stream: Sequence[Strip], start: int) -> int:
    """表三的表头从哪里起 — lines above the first row that name columns belong to the heading, however long they are;
    so do pieces of such names, however many."""
    first = start
    while first and start - first < _MOST_ABOVE and _is_over(stream[first - 1], stream[start]):
        first -= 1
    return min(with_pieces(stream, first, "applications"), strangers(stream, first))


def _is_over(strip: Strip, below: Strip) -> bool:
    """Whether a strip above the first row belongs to the heading: it stands in the same table, or names columns."""
    return not strip.tokens and (names_columns(strip) or (strip.table is not None and strip.table == below.table))


def with_pieces(stream: Sequence[Strip], first: int, table: str) -> int:
    """连同残片 — where a heading begins whose names are torn over lines above `first`."""
    while first and stream[first - 1].table is None and is_piece(stream[first - 1], table):
        first -= 1
    return first


def remedies_in_order(stream: Sequence[Strip]) -> Arranged:
    """表四按栏名排好 — the groups and the results of each, over the cells of one row."""
    return _arranged(_without_counts(stream), _Remedies())


def _arranged(stream: Sequence[Strip], heads: _Heads) -> Arranged:
    strips: list[Strip] = []
    contradicted = sums_decide = False
    turned: list[bool] = []
    above: Sequence[Strip] = ()
    for table, part in _parts(stream):
        head, _ = _split(part, heads)
        # A table that a page has cut goes on without its heading, or with a part of it.
        above = head if _names_more(heads.columns(head, filled=False), heads.columns(above, filled=False)) else above
        if table is not None and all(strip.in_exact for strip in part):
            found = _grid_in_order(part, heads, above)
        else:
            found = heads.lines_in_order(part, above)
            is_wider = any(strip.numbers > heads.width for strip in part)
            if (is_wider or found.is_contradicted or found.strips != tuple(part)) and _is_rectangular(part):
                under = _grid_in_order(part, heads, above, filled=True)
                found = found if under.is_turned is None else under
        strips += found.strips
        contradicted = contradicted or found.is_contradicted
        sums_decide = sums_decide or found.sums_decide
        turned += [] if found.is_turned is None else [found.is_turned]
    return Arranged(tuple(strips), contradicted, any(turned) if turned else None, sums_decide)


def _parts(stream: Sequence[Strip]) -> Iterator[tuple[int | None, list[Strip]]]:
    """Every table by itself, cut where its heading is printed again, and the lines between the tables."""
    for table, held in groupby(stream, key=lambda strip: strip.table):
        for part in sections(list(held)):
            yield table, part


def _names_more(named: Mapping[int, int], above: Mapping[int, int]) -> bool:
    """Whether a heading names columns, and not only some of those that the heading above names over them."""
    return bool(named) and not named.items() <= above.items()


def _is_rectangular(part: Sequence[Strip]) -> bool:
    """Whether every row of figures of a text table has as many cells, so that they stand under each other."""
    sizes = [len(strip.row.spans) if strip.row is not None else 0 for strip in part if strip.numbers]
    return bool(sizes) and min(sizes) == max(sizes) > 0


def _without_counts(stream: Sequence[Strip]) -> list[Strip]:
    """Without rows that count the columns: 栏次 1 2 3 …, or the numbers that a program gave them."""
    return [strip for strip in stream if not _counts(strip)]


def _counts(strip: Strip) -> bool:
    if strip.numbers < _LEAST_COUNTED or not COUNTS.fullmatch(strip.label):
        return False
    values = [token.whole for token in strip.tokens if token.printed]
    return values[0] in (0, 1, 2) and all(left is not None and right == left + 1 for left, right in pairwise(values))


class _Heads:
    """The words over the columns of one table of the form."""

    width: int

    def is_row(self, strip: Strip) -> bool:
        """Whether the strip is a row of figures, so that the heading ends before it."""
        raise NotImplementedError

    def columns(self, head: Sequence[Strip], *, filled: bool) -> dict[int, int]:
        """Which column of the form is named over each grid column; -1 where two are. `filled`: a group goes on over
        the empty cells behind its name."""
        raise NotImplementedError

    def told(self, lines: Lines) -> Told:
        """The order that the words of lines tell."""
        raise NotImplementedError

    def leaves_open(self, lines: Lines) -> bool:  # noqa: ARG002
        """Whether the words of lines leave it to the sums in which order the columns stand."""
        return False

    def is_whole(self, body: Sequence[Strip], runs: Runs) -> bool:
        """Whether the rows under a heading show all of their cells, so that they can be put into another order."""
        raise NotImplementedError

    def lines_in_order(self, part: Sequence[Strip], above: Sequence[Strip]) -> Arranged:
        """The same for lines of text and text tables, where only the order of the names counts. `above`: the heading
        of the table with which one without a heading goes on."""
        head = list(takewhile(_is_above, part))
        lines = [list(words_of(strip)) for strip in head]
        told = self.told(lines)
        has_heading = told.is_read or told.is_turned or bool(self.columns(head, filled=False))
        if above and not has_heading and any(self.is_row(strip) and strip.numbers > 1 for strip in part):
            lines = [list(words_of(strip)) for strip in above]
            told = self.told(lines)
        if told.order is None and not has_heading and is_unread(head, part):
            return Arranged(tuple(part), is_contradicted=True)
        if told.order is None or not told.is_turned:
            is_open = told.order is None and self.leaves_open(lines)
            return Arranged(tuple(part), told.is_turned, False if told.is_read else None, is_open)
        body, runs = in_runs(part[len(head) :], told.order)
        strips = [*head, *(_reordered(strip, told.order) for strip in body)]
        return Arranged(tuple(strips), not self.is_whole(body, runs), is_turned=True)


def _is_above(strip: Strip) -> bool:
    """Whether a strip may belong to a heading: no figures but the number of the row, and no name of a row."""
    if not _COMMON_WORDS.issuperset(application_rows(strip.label)):
        return False
    return not strip.numbers or (strip.numbers == 1 and names_columns(strip))


class _Applications(_Heads):
    width = 7

    def is_row(self, strip: Strip) -> bool:
        return bool(strip.tokens) and strip.numbers > 0 and bool(application_rows(strip.label))

    def columns(self, head: Sequence[Strip], *, filled: bool) -> dict[int, int]:  # noqa: ARG002
        found: dict[int, int] = {}
        for strip in head:
            for word, column, span in strip.words:
                name = column_of(word)
                if name is not None:
                    for at in range(column, column + span):
                        found[at] = name if found.get(at, name) == name else -1
        return found

    def told(self, lines: Lines) -> Told:
        return applications_told(lines)

    def leaves_open(self, lines: Lines) -> bool:
        return total_stands_first(lines)

    def is_whole(self, body: Sequence[Strip], runs: Runs) -> bool:
        rows = [strip for strip in body if strip.numbers > 1 or (strip.numbers and application_rows(strip.label))]
        return not runs.torn and all(len(strip.tokens) == self.width for strip in rows)


class _Remedies(_Heads):
    width = 15

    def is_row(self, strip: Strip) -> bool:
        return strip.numbers > 0 or (strip.row is not None and not strip.words)

    def columns(self, head: Sequence[Strip], *, filled: bool) -> dict[int, int]:
        kinds: dict[int, int] = {}
        results: dict[int, int] = {}
        merged = False
        for strip in head:
            for word, column, span in strip.words:
                kind, result = kind_of(word), result_of(word)
                merged = merged or (kind is not None and span > 1)
                for at in range(column, column + span):
                    if kind is not None:
                        kinds[at] = kind
                    elif result is not None and span == 1:
                        results[at] = result
        if filled or not merged:
            # Where nothing is merged, a group goes on over the cells behind its name.
            kinds = {at: kinds[max(named)] for at in results if (named := [one for one in kinds if one <= at])}
        return {at: kinds[at] * len(RESULTS) + result for at, result in results.items() if at in kinds}

    def told(self, lines: Lines) -> Told:
        return remedies_told(lines)

    def is_whole(self, body: Sequence[Strip], runs: Runs) -> bool:
        return runs.whole > 0 or any(len(strip.tokens) == self.width for strip in body)


def _reordered(strip: Strip, order: Sequence[int]) -> Strip:
    if len(strip.tokens) != len(order):
        return strip
    places = [order.index(name) for name in range(len(order))]
    picked = tuple([strip.at + place for place in places]) if strip.row is not None else tuple(places)
    return strip._replace(tokens=tuple([strip.tokens[place] for place in places]), picked=picked)


def _split(part: Sequence[Strip], heads: _Heads) -> tuple[list[Strip], list[Strip]]:
    at = next((index for index, strip in enumerate(part) if heads.is_row(strip)), len(part))
    return list(part[:at]), list(part[at:])


def _grid_in_order(part: Sequence[Strip], heads: _Heads, above: Sequence[Strip], *, filled: bool = False) -> Arranged:
    """`above`: the heading that counts, the table's own or that of the table which it goes on with."""
    head, body = _split(part, heads)
    if not any(strip.numbers for strip in body):
        return Arranged(tuple(part))
    named = heads.columns(above, filled=filled)
    told = None if named else heads.told([list(words_of(strip)) for strip in above or head])
    if told is not None and (told.is_turned or is_unread(head, body)):
        return Arranged(tuple(part), is_contradicted=True)
    known = {column: name for column, name in named.items() if name >= 0}
    order = [known[column] for column in sorted(known)]
    rises = all(left <= right for left, right in pairwise(order))
    columns: dict[int, list[int]] = defaultdict(list)
    for column, name in sorted(known.items()):
        columns[name].append(column)
    fits = all(len(strip.tokens) <= heads.width for strip in body)
    if rises and fits and _are_neighbours(columns, heads.width):
        return _uncounted(head, body, above)._replace(is_turned=False)
    if len(columns) == heads.width and all(map(_is_run, columns.values())):
        others = _others(above, named)
        rows = [_under(strip, columns, heads.width, others) for strip in body]
        # What has too few cells is no row of this table.
        fits = all(row is not None or _is_short(strip, heads) for row, strip in zip(rows, body, strict=True))
        if fits and any(row is not None for row in rows):
            return Arranged(
                (*head, *[row or strip for row, strip in zip(rows, body, strict=True)]), is_turned=not rises
            )
    if rises and not filled:
        return _uncounted(head, body, above)
    return Arranged(tuple(part), is_contradicted=not rises)


def _counted(head: Sequence[Strip]) -> set[int]:
    """The grid columns in which the rows are counted or added up in part."""
    return {column for strip in head for word, column, span in strip.words if span == 1 and _NO_FIGURES.fullmatch(word)}


def _uncounted(head: Sequence[Strip], body: Sequence[Strip], above: Sequence[Strip]) -> Arranged:
    """The rows without such columns. One that is shorter than its heading may have lost a cell anywhere, so that
    nobody knows what stands in them."""
    counted = _counted(above)
    if not counted:
        return Arranged((*head, *body))
    width = max(column + span for strip in above for _, column, span in strip.words)
    short = any(_end(strip) < width for strip in body if strip.numbers and strip.exact)
    return Arranged((*head, *(_without(strip, counted) for strip in body)), is_contradicted=short)


def _end(strip: Strip) -> int:
    """Behind which column the last cell of a row stands that says anything."""
    assert strip.row is not None
    said = [span for text, span in zip(strip.row.texts, strip.row.spans, strict=True) if text.strip()]
    return said[-1][0] + said[-1][1] if said else 0


def _without(strip: Strip, others: Container[int]) -> Strip:
    """The row without its cells in such columns: what stands there is no figure of the form."""
    kept = [index for index, column in enumerate(strip.columns) if column not in others]
    if not strip.exact or len(kept) == len(strip.tokens):
        return strip
    tokens = [strip.tokens[index] for index in kept]
    numbers = sum([token.kind is Kind.NUMBER for token in tokens])
    return strip._replace(tokens=tuple(tokens), numbers=numbers, picked=tuple([strip.at + index for index in kept]))


def _is_short(strip: Strip, heads: _Heads) -> bool:
    return strip.row is None or not strip.tokens or len(strip.row.spans) < heads.width


def _are_neighbours(columns: Mapping[int, Sequence[int]], width: int) -> bool:
    """Whether every column of the form stands alone beside the next, so that nothing is to be done."""
    places = [column for name in sorted(columns) for column in columns[name]]
    return len(places) == len(columns) == width and places[-1] - places[0] == width - 1


def _is_run(columns: Sequence[int]) -> bool:
    return columns[-1] - columns[0] == len(columns) - 1


def _others(head: Sequence[Strip], named: Container[int]) -> set[int]:
    """The grid columns that have a name of their own which is none of the form's: 行次, 小计, 备注."""
    return {column for strip in head for _, column, span in strip.words if span == 1 and column not in named}


def _under(strip: Strip, columns: Mapping[int, Sequence[int]], width: int, others: Container[int]) -> Strip | None:
    """The row with the cells under each heading; None where a heading has none, or several that say something, or where
    a number or a stroke stands under no heading at all: it may be half of another. A row that ends before the last
    heading has lost a cell."""
    if strip.row is None or not strip.tokens:
        return None
    at_column = {span[0]: index for index, span in enumerate(strip.row.spans)}
    tokens = [read_cell(text) for text in strip.row.texts]
    picked = []
    for name in range(width):
        held = [at_column[column] for column in columns[name] if column in at_column]
        said = [index for index in held if tokens[index].kind is not Kind.BLANK]
        if not held or len(said) > 1:
            return None
        picked.append((said or held)[0])
    left = [
        span[0]
        for index, (token, span) in enumerate(zip(tokens, strip.row.spans, strict=True))
        if token.printed and token.kind is not Kind.TEXT and index not in picked
    ]
    last = max(columns[name][-1] for name in range(width))
    ends_early = strip.numbers > 0 and not tokens[at_column.get(last, -1)].printed
    if ends_early or any(column not in others for column in left):
        return None
    first = min(columns[name][0] for name in range(width))
    heads = tuple([t for t, span in zip(tokens, strip.row.spans, strict=True) if span[0] < first and _names(t)])
    return _picked(strip, tokens, tuple(picked), heads)


def _names(token: Token) -> bool:
    return token.kind is Kind.TEXT


def _picked(strip: Strip, tokens: Sequence[Token], picked: tuple[int, ...], heads: tuple[Token, ...]) -> Strip:
    chosen = tuple([tokens[index] for index in picked])
    return strip._replace(
        label="".join([head.word for head in heads]),
        tokens=chosen,
        numbers=sum([token.kind is Kind.NUMBER for token in chosen]),
        is_sure=all([token.sign in (Kind.NUMBER, Kind.BLANK) for token in chosen]),
        heads=heads,
        picked=picked,
    )
