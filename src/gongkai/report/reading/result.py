"""读数 — one figure as a table's reader leaves it: value, state, place, unit (年报表二至表四)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gongkai.report.figures import Place, State, Value
from gongkai.report.placements import Entry
from gongkai.report.reading.strips import Strip


class Reading(NamedTuple):
    """读数 — the value of one figure, its state (None: plainly read), the strip and the cell of it in which it
    stands, and the unit of money as printed."""

    value: Value
    state: State | None = None
    at: tuple[Strip, int] | None = None
    unit: str | None = None


ABSENT = Reading(None, State.ABSENT)
Readings = Mapping[str, Reading]


def cost(readings: Readings) -> tuple[int, int]:
    """未决程度 — how much of a table is open: figures absent or doubtful, then figures inferred. Less is better."""
    states = [reading.state for reading in readings.values()]
    return states.count(State.ABSENT) + states.count(State.DOUBTFUL), states.count(State.INFERRED)


def counts(readings: Readings) -> dict[str, Entry]:
    """数 — the counts as the equations take them: `...` for what was not surely read; money stands in no equation."""
    return {
        address: ... if reading.state is State.ABSENT or reading.state is State.DOUBTFUL else reading.value
        for address, reading in readings.items()
        if not isinstance(reading.value, Decimal)
    }


class Places(Mapping[str, Place]):
    """出处 — where each figure stands, worked out when it is asked for."""

    def __init__(self, readings: Readings) -> None:
        self._readings = readings

    def __getitem__(self, address: str) -> Place:
        at = self._readings[address].at
        if at is None:
            raise KeyError(address)
        strip, index = at
        return strip.place(index)

    def __iter__(self) -> Iterator[str]:
        return (address for address, reading in self._readings.items() if reading.at is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)
