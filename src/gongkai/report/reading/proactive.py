"""读表二 — 主动公开政府信息情况: rows known by their names, money with the unit that is printed (条例
第二十条、第五十条).

No equation stands over these figures, so that whatever is not one number a column, in its place, is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import lt
from typing import NamedTuple

from gongkai.report.figures import State
from gongkai.report.form import Column, Edition, Form, Line
from gongkai.report.reading.labels import heading_columns, proactive_row
from gongkai.report.reading.numbers import Kind, Token
from gongkai.report.reading.options import options
from gongkai.report.reading.result import ABSENT, Reading, Readings
from gongkai.report.reading.strips import Strip

_ITEM = re.compile(r"第?二十条[^。]{0,8}项")
_HEADINGS = re.compile("制发件数|废止件数|处理决定数量|收费金额|新制作|上一年项目|采购总金额")
_LABEL = 30
_UNIT = re.compile(r"(?P<typed>\d+(?:\.\d+)?)?(?P<unit>亿元|百万元|万元|千元|百元|元)")
_YUAN = {"万": 1, "亿": 1, "亿元": 10**8, "百万元": 10**6, "万元": 10**4, "千元": 10**3, "百元": 100, "元": 1}
_FIGURE_IN_NAME = re.compile(r"\d\W*$")
_OTHER_YEAR = re.compile("(?:上年|去年|前年|往年|上一年)(?!度?项目)")
_PART_OF = re.compile("[(（#]?其中")
"""What stands under it is counted in the column before it already."""
_STROKES = tuple("-—–/／")
"""A name with a stroke after it has its figure: none."""
UNKNOWN = "unknown"


def region(stream: Sequence[Strip], end: int) -> tuple[int, int]:
    """表二的范围 — from its first heading to where 表三 begins; (0, 0) where there is none."""
    end = end or len(stream)
    for index, strip in enumerate(stream[:end]):
        is_short = len(strip.label) <= _LABEL or strip.table is not None
        if is_short and (_ITEM.search(strip.label) or _HEADINGS.search(strip.label)):
            return index, end
    return 0, 0


@dataclass(slots=True)
class _Heading:
    """What stands over the rows to come: the words since the last row of figures, and in which grid column each
    heading is; `others`: the grid columns of the same names for another year, or of a part of them."""

    words: str = ""
    columns: dict[int, str] = field(default_factory=dict)
    others: set[int] = field(default_factory=set)
    extent: tuple[int, int] = (0, 0)
    used: bool = False
    edition: Edition = Edition.E2021

    def read(self, strip: Strip, edition: Edition) -> None:
        if self.used or strip.numbers or _ITEM.search(strip.label):
            self.words, self.columns, self.others, self.used = "", {}, set(), False
        self.words += strip.label
        self.extent = _extent(strip)
        for word, column, _ in strip.words:
            names = heading_columns(word, "proactive", edition)
            if len(names) == 1 and (_OTHER_YEAR.search(word) or _PART_OF.match(word)):
                self.others.add(column)
            elif len(names) == 1:
                self.columns[column] = names[0]


class _Cell(NamedTuple):
    """One printed cell of a row and where it stands: the strip, and which of its tokens."""

    token: Token
    at: tuple[Strip, int]

    @property
    def heading(self) -> int:
        """栏 — the grid column of the cell."""
        strip, index = self.at
        return strip.columns[index]


def _extent(strip: Strip) -> tuple[int, int]:
    """How many cells a row has and how many up to the last that shows something, blank ones of the label left out."""
    kinds = "".join([token.kind for token in strip.tokens])
    label = sum([head.kind is not Kind.BLANK for head in strip.heads])
    return len(kinds) + label, len(kinds.rstrip(Kind.BLANK)) + label


def proactive(stream: Sequence[Strip], blank: Form) -> Readings:
    """读表二 — every figure of 表二 from the strips of its region."""
    lines = {line.id: line for line in blank.table("proactive")}
    readings: dict[str, Reading] = {}
    heading = _Heading(edition=blank.edition)
    rest = _labels_first(stream, blank.edition)[::-1]
    above = ""
    while rest:
        strip = rest.pop()
        line = lines.get(_row_of(strip, above, rest[-1] if rest else None, blank.edition) or "")
        above = "" if strip.tokens else strip.label
        if line is None:
            if strip.label:
                heading.read(strip, blank.edition)
            continue
        cells = [_Cell(token, (strip, index)) for index, token in enumerate(strip.tokens)]
        while rest and _goes_on(cells, rest[-1], line) and not strip.exact and strip.label[-1:] not in _STROKES:
            below = rest.pop()
            cells += [_Cell(token, (below, index)) for index, token in enumerate(below.tokens)]
        found = _figures(line, cells, heading, strip)
        if _FIGURE_IN_NAME.search(strip.label):
            # What cannot be read stands with the name: an empty cell beside it proves nothing.
            found = {a: _beside_figure(r) for a, r in found.items()}
        _keep(readings, found)
        heading.used = heading.used or bool(cells)
    return Readings.of({a: readings.get(a, ABSENT) for a in blank.addresses_of("proactive")})


def _beside_figure(reading: Reading) -> Reading:
    """A number beside a name that ends in a digit may be the rest of one that a blank has torn (25. 10)."""
    if reading.state is State.BLANK:
        return ABSENT
    return reading if reading.value is None else reading._replace(state=State.DOUBTFUL)


def _labels_first(stream: Sequence[Strip], edition: Edition) -> list[Strip]:
    """Lines where every figure stands above its label, as some converters write a table: the label is put before it.

    Told by what else could not be: numbers right under each heading, and a label without any before the next.
    """
    lines = [strip for strip in stream if strip.table is None]
    kinds = "".join([_kind(strip, edition) for strip in lines])
    if len(lines) != len(stream) or not _VALUES_FIRST.fullmatch(kinds):
        return list(stream)
    ordered: list[Strip] = []
    numbers: list[Strip] = []
    for strip, kind in zip(lines, kinds, strict=True):
        if kind == "n":
            numbers.append(strip)
        else:
            ordered += [strip, *numbers]
            numbers = []
    return ordered


def _kind(strip: Strip, edition: Edition) -> str:
    """h for words over the rows, n for numbers alone, l for the name of a row alone, x for a row of both."""
    if not strip.label:
        return "n"
    if _row_of(strip, "", None, edition) is None:
        return "x" if strip.numbers else "h"
    return "x" if strip.numbers else "l"


_VALUES_FIRST = re.compile("(?:h+(?:n+l)+)+h*")


def _row_of(strip: Strip, above: str, below: Strip | None, edition: Edition) -> str | None:
    """The row that a strip's label names, by itself or with the scrap of it that stands on the line before or after."""
    if not 0 < len(strip.label) <= _LABEL:
        return None
    row = proactive_row(strip.label, edition)
    if row is None and strip.table is None and strip.tokens:
        # Where the line above names a row by itself, what stands here is another, and cannot be read.
        row = proactive_row(above + strip.label, edition) if above and proactive_row(above, edition) is None else None
        if row is None and below is not None and not below.tokens:
            row = proactive_row(strip.label + below.label, edition)
    return row


def _numbers(cells: Sequence[_Cell]) -> list[_Cell]:
    return [cell for cell in cells if cell.token.kind is Kind.NUMBER]


def _shown(cells: Sequence[_Cell]) -> int:
    """How many of the cells show a number, or a stroke where one would be."""
    return sum([cell.token.kind is Kind.NUMBER or bool(cell.token.printed.strip()) for cell in cells])


def _goes_on(cells: Sequence[_Cell], below: Strip, line: Line) -> bool:
    """Numbers on lines of their own under a label, while the row still wants some."""
    if below.label or not below.numbers or (cells and below.table != cells[0].at[0].table):
        return False
    return below.numbers <= len(line.columns) - _shown(cells)


def _keep(readings: dict[str, Reading], found: dict[str, Reading]) -> None:
    """The first printing of a row is kept; a second that says otherwise puts it in doubt."""
    for address, reading in found.items():
        held = readings.get(address)
        if held is None or held.state is State.ABSENT:
            readings[address] = reading
        elif reading.value is not None and held.value != reading.value:
            readings[address] = (held if held.value is not None else reading)._replace(state=State.DOUBTFUL)


def _figures(line: Line, cells: list[_Cell], heading: _Heading, strip: Strip) -> dict[str, Reading]:
    is_told = True
    if all(cell.at[0].exact for cell in cells):
        cells = [cell for cell in cells if cell.heading not in heading.others]
    elif len(line.columns) > 1 and (_OTHER_YEAR.search(heading.words) or "其中" in heading.words):
        is_told = False  # Which of the numbers are of the other year is not told where no cell has its column.
    chosen, is_sure = _under_headings(line, cells, heading) or _in_order(line, cells, heading)
    is_sure = is_sure and is_told
    if len(line.columns) > 1 and heading.extent[0] and cells and any(map(lt, heading.extent, _extent(strip))):
        is_sure = False  # One cell more than the heading has: a number torn in two looks just so.
    unit = _UNIT.search(strip.label) or _UNIT.search(heading.words) if line.is_money else None
    found = {}
    for address, column, cell in zip(line.addresses, line.columns, chosen, strict=True):
        reading = _value(cell, column, unit) if cell else ABSENT
        if reading.value is None and column.unit and unit and unit["typed"]:
            # 单位：0万元: somebody typed the amount into the heading.
            reading = Reading(_amount(Decimal(unit["typed"]), unit["unit"], column.unit), State.DOUBTFUL, unit=unit[0])
        if not is_sure and reading.value is not None:
            reading = reading._replace(state=State.DOUBTFUL)
        found[address] = reading if cell is None or reading.at else reading._replace(at=cell.at)
    return found


Chosen = tuple[Sequence[_Cell | None], bool]


def _under_headings(line: Line, cells: Sequence[_Cell], heading: _Heading) -> Chosen | None:
    """The cells by the headings they stand under, where the format itself says so and every number stands under one."""
    if not cells or not all(cell.at[0].exact for cell in cells):
        return None
    if len(_numbers(cells)) == len(line.columns) and _in_form_order(line, heading):
        return None
    under = {heading.columns.get(cell.heading): cell for cell in cells}
    numbers = _numbers(cells)
    if not numbers or any(heading.columns.get(cell.heading) is None for cell in numbers):
        return None
    return [under.get(column.id) for column in line.columns], True


def _in_order(line: Line, cells: Sequence[_Cell], heading: _Heading) -> Chosen:
    """The cells in the order in which they are printed, and whether nothing else is possible."""
    width = len(line.columns)
    numbers = _numbers(cells)
    if len(numbers) == width or (len(cells) == width and numbers) or not numbers:
        chosen = numbers if len(numbers) == width else list(cells[:width])
        # A stroke beside as many numbers as there are columns: one of them is half a number, or is none.
        is_sure = _shown(cells) <= width and _in_form_order(line, heading) and _is_told_in_order(line, heading)
        return [*chosen, *[None] * (width - len(chosen))], is_sure
    if width == 1:
        return [numbers[0]], _is_one_written_out(numbers, cells)
    if len(numbers) < width:
        return [*numbers[:-1], *[None] * (width - len(numbers)), numbers[-1]], False
    joined = options([cell.token for cell in numbers], width, exact=False)
    if not joined:
        return numbers[:width], False
    return [
        numbers[source]._replace(token=numbers[source].token._replace(value=Decimal(entry), whole=entry, weak=True))
        for entry, source in zip(joined[0].entries, joined[0].sources, strict=True)
        if isinstance(entry, int) and source is not None
    ], False


def _is_one_written_out(numbers: Sequence[_Cell], cells: Sequence[_Cell]) -> bool:
    """Whether a converter wrote a merged cell out once for each column that it covers. A number torn in two looks
    so only in two cells, and never as zeros."""
    values = {cell.token.value for cell in numbers}
    return len(values) == 1 and len(numbers) == len(cells) and (len(numbers) > 2 or values == {0})


def _in_form_order(line: Line, heading: _Heading) -> bool:
    """Whether the heading, as far as it is legible, names the columns in the order of the form."""
    if len(line.columns) == 1:
        return True
    order = [column.id for column in line.columns]
    printed = [name for _, name in sorted(heading.columns.items()) if name in order]
    return printed == sorted(printed, key=order.index)


def _is_told_in_order(line: Line, heading: _Heading) -> bool:
    """The same of a heading in lines of text, whose words stand in no columns."""
    told = heading_columns(heading.words, "proactive", heading.edition)
    order = [column.id for column in line.columns]
    printed = [name for name in told if name in order]
    if set(order) <= set(heading.columns.values()):
        return True
    return len(order) == 1 or len(printed) < len(order) or printed == order


def _value(cell: _Cell, column: Column, heading_unit: re.Match[str] | None) -> Reading:
    token = cell.token
    if token.kind is Kind.BLANK:
        return Reading(None, State.BLANK, cell.at)
    if token.value is None:
        return ABSENT
    state = State.DOUBTFUL if token.weak else None
    if column.unit:
        amount, unit = _money(token, column.unit, heading_unit["unit"] if heading_unit else None)
        return Reading(amount, state, cell.at, unit)
    if token.whole is None or (token.whole < 0 and not column.signed):
        state = State.DOUBTFUL
    return Reading(int(token.value) if token.whole is None else token.whole, state, cell.at)


def _money(token: Token, wanted: str, heading_unit: str | None) -> tuple[Decimal, str | None]:
    """Money in the unit of the form, with what was printed where that says something else."""
    assert token.value is not None
    cell_unit = token.unit if token.unit in _YUAN else None
    unit = cell_unit or heading_unit
    if unit is None:
        return token.value, UNKNOWN if token.value else None
    amount = _amount(token.value, unit, wanted)
    if cell_unit:
        return amount, token.printed
    return amount, None if unit == wanted else f"{token.printed}{unit}"


def _amount(value: Decimal, unit: str, wanted: str) -> Decimal:
    if unit == wanted:
        return value
    amount = value * _YUAN[unit] / _YUAN[wanted]
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()
