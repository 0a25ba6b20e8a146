"""勾稽求解 — which placement of printed figures satisfies the form's equations, exactly and within bounds
(年报表三、表四勾稽关系).

A *group* is a row of a table (or a whole small table): its addresses and the options for what was printed there. An
entry of an
option is a number, `None` for a blank cell, or `...` for a figure that the source does not show. Options are
narrowed first by the
equations inside a group, then by those across groups (a search over residuals, forwards and back, so that what
remains is
exactly what some solution uses); last, figures not shown are filled where only one value satisfies every equation
they touch. Nothing printed is ever altered. Groups with one option cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import EllipsisType

from gongkai.report.figures import State
from gongkai.report.form import Equation

Entry = int | EllipsisType | None
MOST_STATES = 20_000  # sums held at once for one equation
MOST_STEPS = 60_000  # steps of the search before it gives up and says doubtful: a third of a second


@dataclass(frozen=True, slots=True)
class Option:
    """摆法 — one way to put what was printed into a group's columns; `sources`: index of the printed cell behind
    each entry; `is_certain`: no digit was joined and no cell dropped to make it, so that no equation need confirm
    it."""

    entries: tuple[Entry, ...]
    sources: tuple[int | None, ...]
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """一组数 — the addresses that are printed together, and every way to place what was printed, likeliest first."""

    addresses: tuple[str, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """求解结果 — the value of one figure, its state (None: plainly read), and the printed cell that it came from."""

    value: int | None
    state: State | None
    source: int | None


def place(groups: Sequence[Group], equations: Sequence[Equation]) -> dict[str, Placed]:
    """勾稽求解 — a value and a state for every address of the groups (interchange: blank, inferred, doubtful,
    absent)."""
    if all(_is_plain(group) for group in groups):
        return {
            address: Placed(value, None, source) if isinstance(value, int) else Placed(None, State.BLANK, source)
            for group in groups
            for address, value, source in zip(
                group.addresses, group.options[0].entries, group.options[0].sources, strict=True
            )
        }
    allowed = [_complete_group(group, equations) for group in groups]
    # A row that can't satisfy its own sum is no witness for the columns.
    misfits = {a for group, options in zip(groups, allowed, strict=True) if not options for a in group.addresses}
    witnesses = [e for e in equations if misfits.isdisjoint((*e.left, *e.right))]
    allowed = [o or [(option, option.entries) for option in g.options] for g, o in zip(groups, allowed, strict=True)]
    survivors = _search(groups, allowed, witnesses)
    values, doubtful = _agreed(groups, survivors)
    # A blank counts as nothing where a sum is checked; what a sum is short of is not laid at another figure's door.
    _propagate(
        values, [e for e in witnesses if None not in map(values.get, (*e.left, *e.right)) or _is_within(e, groups)]
    )
    verdicts = [(equation, holds(equation, values)) for equation in equations]
    broken = {a for e, verdict in verdicts if verdict is False for a in (*e.left, *e.right)}
    confirmed = {a for e, verdict in verdicts if verdict for a in (*e.left, *e.right)} - broken
    placed = {}
    for group, options in zip(groups, survivors, strict=True):
        for position, address in enumerate(group.addresses):
            found = _settle(group, options, position, values[address], address in doubtful)
            unsure = address in broken or address not in confirmed or address in misfits
            placed[address] = _doubted(found) if unsure else found
    for group in groups:
        if not _is_plain(group) and not misfits.isdisjoint(group.addresses):
            placed.update((a, _questioned(placed[a])) for a in group.addresses)
    return placed


def _is_within(equation: Equation, groups: Sequence[Group]) -> bool:
    return any({*equation.left, *equation.right} <= set(group.addresses) for group in groups)


def _questioned(placed: Placed) -> Placed:
    return placed if placed.value is None else replace(placed, state=State.DOUBTFUL)


def _is_plain(group: Group) -> bool:
    return len(group.options) == 1 and group.options[0].is_certain and ... not in group.options[0].entries


# --- one equation


def _sides(equation: Equation, values: Mapping[str, Entry]) -> tuple[int, list[str], list[str]] | None:
    """Left minus right over what is known, and the unknown addresses of each side; None when one whole side is
    blank."""
    total = 0
    unknown: tuple[list[str], list[str]] = ([], [])
    for sign, side, open_ in ((1, equation.left, unknown[0]), (-1, equation.right, unknown[1])):
        blank = True
        for address in side:
            value = values.get(address)
            if value is ...:
                open_.append(address)
                blank = False
            elif value is not None:
                total += sign * value
                blank = False
        if blank:
            return None
    return total, *unknown


def holds(equation: Equation, values: Mapping[str, Entry]) -> bool | None:
    """勾稽成立 — whether the equation holds; None when it is not evaluated or something in it is unknown."""
    left = [values.get(address) for address in equation.left]
    right = [values.get(address) for address in equation.right]
    if ... not in left and ... not in right:
        if left.count(None) == len(left) or right.count(None) == len(right):
            return None
        return sum([v for v in left if isinstance(v, int)]) == sum([v for v in right if isinstance(v, int)])
    sides = _sides(equation, values)
    if sides is None:
        return None
    total, open_left, open_right = sides
    # Figures are never negative, so that nothing missing on one side can balance too little on the other.
    return False if (not open_left and total < 0) or (not open_right and total > 0) else None


def _fill(equation: Equation, values: dict[str, Entry]) -> bool:
    """Fill what only one value satisfies; True when something was filled."""
    sides = _sides(equation, values)
    if sides is None:
        return False
    total, left, right = sides
    if len(left) + len(right) == 1:
        value = -total if left else total
        if value < 0:
            return False
        values[(left or right)[0]] = value
        return True
    if total == 0 and bool(left) != bool(right):
        values.update(dict.fromkeys(left or right, 0))
        return True
    return False


def _propagate(values: dict[str, Entry], equations: Iterable[Equation]) -> None:
    pending = [e for e in equations if any(values.get(a) is ... for a in (*e.left, *e.right))]
    moved = True
    while moved and pending:
        moved = any([_fill(equation, values) for equation in pending])
        pending = [e for e in pending if any(values.get(a) is ... for a in (*e.left, *e.right))]


def completed(values: dict[str, Entry], equations: Sequence[Equation]) -> dict[str, Entry] | None:
    """补全 — the values with what is missing filled as far as the equations tell; None if then one of them is
    broken."""
    filled = dict(values)
    _propagate(filled, equations)
    return None if any(holds(e, filled) is False for e in equations) else filled


# --- inside a group


def _complete_group(group: Group, equations: Sequence[Equation]) -> list[tuple[Option, tuple[Entry, ...]]]:
    """The options that the group's own equations allow, each with what they fill in."""
    own = [e for e in equations if {*e.left, *e.right} <= set(group.addresses)]
    allowed = []
    for option in group.options:
        values: dict[str, Entry] = dict(zip(group.addresses, option.entries, strict=True))
        _propagate(values, own)
        if all(holds(equation, values) is not False for equation in own):
            allowed.append((option, tuple(values[address] for address in group.addresses)))
    return allowed


# --- across groups

Completed = Sequence[list[tuple[Option, tuple[Entry, ...]]]]
Residual = tuple[int | None, ...]


def _search(groups: Sequence[Group], allowed: Completed, equations: Sequence[Equation]) -> Completed:
    """Keep the options that stand in some solution of the equations across groups. Equations that no choice can
    satisfy (the report's own faults) are left aside; when the rest is too much to search, every option is kept."""
    across = [e for e in equations if not _is_within(e, groups)]
    within = [e for e in equations if _is_within(e, groups)]
    weights = [_weights(group, options, across, within) for group, options in zip(groups, allowed, strict=True)]
    live = [i for i in range(len(across)) if _reachable([[w[i] for w in options] for options in weights])]
    chosen = _walk([[tuple(w[i] for i in live) for w in options] for options in weights], len(live))
    if chosen is None:
        return allowed
    return [[options[i] for i in sorted(keep)] for options, keep in zip(allowed, chosen, strict=True)]


def _weights(
    group: Group, options: list[tuple[Option, tuple[Entry, ...]]], across: list[Equation], within: list[Equation]
) -> list[Residual]:
    """What each option adds to left minus right of each equation; None frees the equation (something in it is
    unknown)."""
    own = [e for e in within if not {*e.left, *e.right}.isdisjoint(group.addresses)]
    rows = []
    for _, entries in options:
        values = dict(zip(group.addresses, entries, strict=True))
        values.update((address, ...) for equation in own for address in _left_out(equation, values))
        rows.append(tuple(_weight(equation, values) for equation in across))
    return rows


def _left_out(equation: Equation, values: Mapping[str, Entry]) -> tuple[str, ...]:
    """The blank side of an equation whose other side is more than nothing: what was left blank there was no zero."""
    for blank, other in ((equation.left, equation.right), (equation.right, equation.left)):
        if all([values.get(a) is None for a in blank]) and any([values.get(a) for a in other]):
            return blank
    return ()


def _weight(equation: Equation, values: dict[str, Entry]) -> int | None:
    total = 0
    for sign, side in ((1, equation.left), (-1, equation.right)):
        for address in side:
            value = values.get(address, 0)
            if value is ... or (value is None and len(side) == 1):
                return None
            total += sign * (value or 0)
    return total


def _reachable(columns: list[list[int | None]]) -> bool:
    """Whether some choice of options balances this one equation."""
    sums: set[int] = {0}
    for options in columns:
        if None in options:
            return True
        sums = {total + option for total in sums for option in set(options) if option is not None}
        if len(sums) > MOST_STATES:
            return True
    return 0 in sums


def _walk(weights: list[list[Residual]], width: int) -> list[set[int]] | None:
    """For each group the options that lie on a path from nothing to balance; None if there is no path or too many
    states."""
    order = sorted(range(len(weights)), key=lambda g: len(weights[g]))
    rest = _bounds([weights[g] for g in order], width)
    layers: list[dict[Residual, list[tuple[Residual, int]]]] = []
    states: list[Residual] = [(0,) * width]
    steps = 0
    for depth, group in enumerate(order):
        steps += len(states) * len(weights[group])
        if steps > MOST_STEPS:
            return None
        layer: dict[Residual, list[tuple[Residual, int]]] = {}
        low, high = rest[depth + 1]
        for state in states:
            for index, weight in enumerate(weights[group]):
                after = tuple(None if s is None or w is None else s + w for s, w in zip(state, weight, strict=True))
                if all(s is None or a <= -s <= b for s, a, b in zip(after, low, high, strict=True)):
                    layer.setdefault(after, []).append((state, index))
        if not layer:
            return None
        layers.append(layer)
        states = list(layer)
    return _back(layers, order)


def _bounds(weights: list[list[Residual]], width: int) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """The least and the most that the groups from each depth on can still add to each equation."""
    low, high = (0.0,) * width, (0.0,) * width
    bounds = [(low, high)]
    for options in reversed(weights):
        columns = list(zip(*options, strict=True)) or [()] * width
        low = tuple(b + (float("-inf") if None in c else min(c)) for b, c in zip(low, columns, strict=True))
        high = tuple(b + (float("inf") if None in c else max(c)) for b, c in zip(high, columns, strict=True))
        bounds.append((low, high))
    return bounds[::-1]


def _back(layers: list[dict[Residual, list[tuple[Residual, int]]]], order: list[int]) -> list[set[int]]:
    chosen: list[set[int]] = [set() for _ in order]
    alive = set(layers[-1])
    for layer, group in zip(reversed(layers), reversed(order), strict=True):
        before: set[Residual] = set()
        for state in alive:
            for previous, index in layer[state]:
                chosen[group].add(index)
                before.add(previous)
        alive = before
    return chosen


# --- what is agreed


def _agreed(groups: Sequence[Group], survivors: Completed) -> tuple[dict[str, Entry], set[str]]:
    """The values on which all remaining options agree (`...` where they do not), and the addresses in doubt."""
    values: dict[str, Entry] = {}
    doubtful: set[str] = set()
    for group, options in zip(groups, survivors, strict=True):
        for position, address in enumerate(group.addresses):
            entries = {entries[position] for _, entries in options}
            values[address] = entries.pop() if len(entries) == 1 else ...
            if entries:
                doubtful.add(address)
    return values, doubtful


def _settle(
    group: Group,
    options: list[tuple[Option, tuple[Entry, ...]]],
    position: int,
    value: Entry,
    in_doubt: bool,
) -> Placed:
    """What to say of one figure: printed at the same place in every option → read; else what the equations leave."""
    sources = {option.sources[position] for option in group.options if option.is_certain} or {None}
    source = sources.pop() if len(sources) == 1 and all(o.is_certain for o in group.options) else None
    if source is not None:
        printed = group.options[0].entries[position]
        if printed is ...:
            return Placed(None, State.ABSENT, source)
        return Placed(printed, None if printed is not None else State.BLANK, source)
    likely = next(((e[position], o.sources[position]) for o, e in options if e[position] is not ...), (None, None))
    if value is ...:
        if likely[1] is None or not in_doubt or not isinstance(likely[0], int):
            return Placed(None, State.ABSENT, None)
        return Placed(likely[0], State.DOUBTFUL, likely[1])
    shown = next(
        (o.sources[position] for o, e in options if e[position] == value and o.entries[position] is not ...), None
    )
    return Placed(value, State.BLANK if value is None else State.INFERRED, shown)


def _doubted(placed: Placed) -> Placed:
    """What was not plainly read, and which an equation denies or none confirms: doubtful if it is printed, else
    absent."""
    if placed.state is not State.INFERRED:
        return placed
    return replace(placed, state=State.DOUBTFUL) if placed.source is not None else Placed(None, State.ABSENT, None)
