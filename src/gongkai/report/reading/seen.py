"""看来的数 — figures that were seen in a picture: two looks weighed by the equations, and doubt wherever none of them
confirms a figure (条例 第五十条; 年报勾稽关系).

A wrong figure without a mark is the worst that a reader can do. What was only seen is plain where an equation confirms
it, none denies it and it was seen surely; everything else is doubtful.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from gongkai.report.figures import State, Value
from gongkai.report.form import Equation
from gongkai.report.placements import Entry, holds
from gongkai.report.reading.result import Cell, Readings

SURE = 0.8
_STROKE_SURE = 0.95  # a stroke for nothing looks much like a 1
_MOST_TRIALS = 4_096
_TWO_WITNESSES = 2


def unsure(readings: Readings) -> bool:
    """没有看清 — whether a figure of these was seen unsurely, so that another look may help."""
    return any((_confidence(cell) or 1.0) < SURE for cell in readings.cells().values())


def judged(looks: Sequence[Readings], equations: Sequence[Equation]) -> Readings:
    """定看来的数 — one table of several looks, the best of them first; figures of a text layer stay as they are."""
    best = looks[0]
    cells = best.cells()
    if all(_confidence(cell) is None for cell in cells.values()):
        return best
    values, settled = _weighed(looks, equations)
    states = dict(best.states)
    witness = _Witness(
        equations,
        {**best.counts, **{a: v for a, v in values.items() if a in settled and isinstance(v, int)}},
        _inferred(values, cells) - settled,
    )
    for address, value in values.items():
        cell = cells.get(address)
        confidence = None if cell is None else _confidence(cell)
        if cell is not None and confidence is None:
            continue
        agreed = sum(look.values[address] == value for look in looks)
        state = _state(witness.count(address), value, states.get(address), confidence, agreed)
        if state is State.BLANK and cell is not None and _is_stroke(cell):
            state = State.ABSENT
        if address in settled and state is None:
            state = State.INFERRED
        states.pop(address, None)
        if state is not None:
            states[address] = state
    return Readings(values, states, best.units, best.cells)


def _state(witnesses: int, value: Value, state: State | None, confidence: float | None, agreed: int) -> State | None:
    """What a figure is worth that was seen, or inferred from what was seen. `agreed`: how many looks saw it."""
    if value is None or state is State.DOUBTFUL:
        return state
    if witnesses < (1 if confidence is not None else _TWO_WITNESSES):
        return State.DOUBTFUL
    if confidence is not None and confidence < SURE and agreed < _TWO_WITNESSES:
        return State.DOUBTFUL
    return state


def _inferred(values: Mapping[str, Value], cells: Mapping[str, Cell]) -> set[str]:
    """The figures that follow from others: they stand in no cell, or in one that says something else or that another
    figure stands in as well."""
    held = Counter((id(strip), index) for strip, index in cells.values())
    found = set()
    for address, value in values.items():
        if value is not None:
            strip, index = cells.get(address, (None, 0))
            if strip is None or strip.tokens[index].value != value or held[id(strip), index] > 1:
                found.add(address)
    return found


def _is_stroke(cell: Cell) -> bool:
    strip, index = cell
    return strip.tokens[index].printed != "" and (_confidence(cell) or 0.0) < _STROKE_SURE


def _confidence(cell: Cell) -> float | None:
    strip, index = cell
    return strip.confidence(index)


class _Witness:
    """The equations as witnesses for some values. One that holds because a figure was inferred from it says nothing of
    the others in it: it counts where another equation bears that figure out."""

    def __init__(self, equations: Sequence[Equation], values: Mapping[str, Entry], inferred: set[str]) -> None:
        self._inferred = inferred
        self._confirming: dict[str, list[Equation]] = defaultdict(list)
        self._denied: set[str] = set()
        for equation in equations:
            told, addresses = holds(equation, values), (*equation.left, *equation.right)
            if told is False:
                self._denied.update(addresses)
            elif told:
                for address in addresses:
                    self._confirming[address].append(equation)

    def count(self, address: str) -> int:
        """How many equations confirm a figure; none where one denies it."""
        if address in self._denied:
            return 0
        return sum(
            all(self._is_borne_out(other) for other in (*equation.left, *equation.right) if other != address)
            for equation in self._confirming[address]
        )

    def _is_borne_out(self, address: str) -> bool:
        return address not in self._inferred or (
            address not in self._denied and len(self._confirming[address]) >= _TWO_WITNESSES
        )


def _weighed(looks: Sequence[Readings], equations: Sequence[Equation]) -> tuple[dict[str, Value], set[str]]:
    """The values of the best look, but where looks differ those with which the fewest equations fail, if that is one
    choice alone; and the addresses that were settled so."""
    values = dict(looks[0].values)
    choices = dict(_choices(looks))
    if not choices or prod(map(len, choices.values())) > _MOST_TRIALS:
        return values, set()
    touched = [e for e in equations if not choices.keys().isdisjoint((*e.left, *e.right))]
    counts = looks[0].counts
    ranked: dict[int, list[tuple[Entry, ...]]] = {}
    for chosen in product(*choices.values()):
        trial: dict[str, Entry] = {**counts, **dict(zip(choices, chosen, strict=True))}
        ranked.setdefault(sum(holds(e, trial) is False for e in touched), []).append(chosen)
    fewest = ranked[min(ranked)]
    if len(fewest) > 1:
        return values, set()
    values.update({a: entry for a, entry in zip(choices, fewest[0], strict=True) if isinstance(entry, int)})
    return values, set(choices)


def _choices(looks: Sequence[Readings]) -> Iterator[tuple[str, list[Entry]]]:
    """The addresses of which the looks saw different counts, with what each saw."""
    for address in looks[0].values:
        found: dict[Entry, None] = {}
        for look in looks:
            value = look.values.get(address)
            if isinstance(value, int) and address in look.cells():
                found.setdefault(value)
        if len(found) > 1:
            yield address, list(found)
