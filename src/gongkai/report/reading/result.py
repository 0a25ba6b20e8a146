"""读数 — one figure as a table's reader leaves it: value, state, place, unit (年报表二至表四)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.report.figures import Place, State, Value


class Reading(NamedTuple):
    """读数 — the value of one figure, its state (None: plainly read), where it stands, and the unit of money as printed."""

    value: Value
    state: State | None = None
    place: Place | None = None
    unit: str | None = None


ABSENT = Reading(None, State.ABSENT)
Readings = Mapping[str, Reading]


def cost(readings: Readings) -> tuple[int, int]:
    """未决程度 — how much of a table is open: figures absent or doubtful, then figures inferred. Less is better."""
    states = [reading.state for reading in readings.values()]
    return states.count(State.ABSENT) + states.count(State.DOUBTFUL), states.count(State.INFERRED)
