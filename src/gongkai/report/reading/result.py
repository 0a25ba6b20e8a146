"""读数 — one figure as a table's reader leaves it: value, state, place, unit (年报表二至表四)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

from gongkai.report.figures import Place, State, Value
from gongkai.report.form import Form
from gongkai.report.placements import Entry, holds
from gongkai.report.reading.strips import Strip

Cell = tuple[Strip, int]


class Reading(NamedTuple):
    """读数 — the value of one figure, its state (None: plainly read), the strip and the cell of it in which it
    stands, and the unit of money as printed."""

    value: Value
    state: State | None = None
    at: Cell | None = None
    unit: str | None = None


ABSENT = Reading(None, State.ABSENT)


class Readings(NamedTuple):
    """一张表的读数 — by address the value of every figure, the state of those not plainly read, the unit of
    those that have one; and what says in which cell each stands."""

    values: Mapping[str, Value]
    states: Mapping[str, State]
    units: Mapping[str, str]
    cells: Callable[[], Mapping[str, Cell]]

    @classmethod
    def of(cls, readings: Mapping[str, Reading]) -> Readings:
        """一张表的读数 — gathered from those of its figures."""
        items = readings.items()
        return cls(
            {address: reading.value for address, reading in items},
            {address: reading.state for address, reading in items if reading.state is not None},
            {address: reading.unit for address, reading in items if reading.unit is not None},
            partial(_where_read, readings),
        )

    @classmethod
    def plain(cls, rows: Sequence[Strip], blank: Form, table: str) -> Readings | None:
        """照读 — the whole table cell for cell, rows of one width, where every cell is plainly a count or blank and
        everything adds up; None where it is not so."""
        if not all([strip.is_sure for strip in rows]):
            return None
        addresses = blank.addresses_of(table)
        values = dict(zip(addresses, [token.whole for strip in rows for token in strip.tokens], strict=True))
        counted = {address: value or 0 for address, value in values.items()}
        for equation in blank.sums(table):
            if not equation.is_met(counted) and holds(equation, values) is False:
                return None
        blanks = {address: State.BLANK for address, value in values.items() if value is None}
        return cls(values, blanks, {}, partial(_cell_for_cell, addresses, rows))

    @property
    def is_exact(self) -> bool:
        """格子是否准 — whether each figure stands in a cell whose column is the format's own."""
        return all([strip.exact for strip, _ in self.cells().values()])

    def printed(self) -> Iterator[tuple[str, Value]]:
        """照印的数 — the figures that were plainly read."""
        return ((address, value) for address, value in self.values.items() if address not in self.states)

    def in_doubt(self) -> Readings:
        """存疑 — the same, every value of it doubtful."""
        doubtful = {address: State.DOUBTFUL for address, value in self.values.items() if value is not None}
        return self._replace(states={**self.states, **doubtful})

    def in_state(self, *states: State) -> int:
        """有几个 — how many figures are in one of these states."""
        return sum([state in states for state in self.states.values()])

    @property
    def counts(self) -> dict[str, Entry]:
        """数 — the counts as the equations take them: `...` for what was not surely read; money stands in none."""
        unread = (State.ABSENT, State.DOUBTFUL)
        return {
            address: ... if self.states.get(address) in unread else value
            for address, value in self.values.items()
            if not isinstance(value, Decimal)
        }


def _where_read(readings: Mapping[str, Reading]) -> dict[str, Cell]:
    return {address: reading.at for address, reading in readings.items() if reading.at is not None}


def _cell_for_cell(addresses: Sequence[str], rows: Sequence[Strip]) -> dict[str, Cell]:
    cells = [(strip, index) for strip in rows for index in range(len(strip.tokens))]
    return dict(zip(addresses, cells, strict=True))


class Places(Mapping[str, Place]):
    """出处 — where each figure of some tables stands, worked out when it is asked for."""

    def __init__(self, tables: Iterable[Callable[[], Mapping[str, Cell]]]) -> None:
        self._tables = tuple(tables)

    @cached_property
    def _cells(self) -> dict[str, Cell]:
        return {address: cell for table in self._tables for address, cell in table().items()}

    def __getitem__(self, address: str) -> Place:
        strip, index = self._cells[address]
        return strip.place(index)

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)
