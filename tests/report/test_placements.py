"""勾稽求解 — what is said of a figure is what every solution says, all of them tried (年报表三、表四勾稽关系)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.report.figures import State
from gongkai.report.form import Equation, form
from gongkai.report.placements import Entry, Group, Option, Placed, place
from tests.noise.balanced import balanced

SURE = (None, State.INFERRED)
OPEN = (State.DOUBTFUL, State.ABSENT)
MOST = 60  # no value of these systems is larger, but for those that an equation forces
MOST_CHOICES = 200


@dataclass(frozen=True)
class System:
    """A small table: what is true, what was printed of it, and its sums."""

    truth: Mapping[str, int]
    groups: tuple[Group, ...]
    equations: tuple[Equation, ...]


# --- systems whose truth is known ---------------------------------------------------------------------------


@st.composite
def systems(draw: st.DrawFn, *, torn: bool = True, lost: bool = True, blanks: bool = False, most: int = 3) -> System:
    """Up to three rows by three columns with totals; rows whole, short of a cell, with a number torn in two, or with
    another row to choose from. `blanks`: some zeros are blank cells."""
    height, width = draw(st.integers(1, most)), draw(st.integers(1, most))
    counts = st.sampled_from([0, 0, 1, 2, 3, 10, 12])
    parts = [[draw(counts) for _ in range(width)] for _ in range(height)]
    rows = [[*row, sum(row)] for row in parts]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    names = [tuple(f"{row}.{column}" for column in range(width + 1)) for row in range(height + 1)]
    equations = [Equation("row", name[0], name[-1:], name[:-1]) for name in names]
    equations += [Equation("column", name[0], name[-1:], name[:-1]) for name in zip(*names, strict=True)]
    ways = st.sampled_from(["whole", "whole", *["lost"] * lost, *["torn", "either"] * torn])
    printed = [[None if blanks and not v and draw(st.booleans()) else v for v in row] for row in rows]
    groups = tuple(Group(name, draw(options(row, draw(ways)))) for name, row in zip(names, printed, strict=True))
    truth = {a: v for name, row in zip(names, rows, strict=True) for a, v in zip(name, row, strict=True)}
    return System(truth, groups, tuple(equations))


@st.composite
def options(draw: st.DrawFn, row: Sequence[int | None], way: str) -> tuple[Option, ...]:
    """The ways to place what was printed of a row; what is true is one of them."""
    whole = Option(tuple(row), tuple(range(len(row))))
    if way == "lost":
        gone = draw(st.integers(0, len(row) - 1))
        return spread([value for column, value in enumerate(row) if column != gone], len(row))
    large = [column for column, value in enumerate(row) if value and value >= 10]
    if way == "torn" and large:
        column = draw(st.sampled_from(large))
        printed = [*row[:column], *map(int, (str(row[column])[:1], str(row[column])[1:])), *row[column + 1 :]]
        return tuple(draw(st.permutations(joined(printed))))
    if way == "either":
        other = replace(whole, entries=tuple(draw(st.permutations(row))))
        certain = draw(st.booleans())
        return tuple(
            draw(st.permutations([replace(whole, is_certain=certain), replace(other, is_certain=not certain)]))
        )
    return (whole,)


def spread(printed: Sequence[int | None], width: int) -> tuple[Option, ...]:
    """Every choice of columns, in order."""
    found = []
    for columns in combinations(range(width), len(printed)):
        at = {column: index for index, column in enumerate(columns)}
        entries: tuple[Entry, ...] = tuple(printed[at[c]] if c in at else ... for c in range(width))
        found.append(Option(entries, tuple(at.get(c) for c in range(width))))
    return tuple(found)


def joined(printed: Sequence[int | None]) -> list[Option]:
    """Every two neighbours as one number."""
    return [
        Option(
            (*printed[:at], int(f"{printed[at]}{printed[at + 1]}"), *printed[at + 2 :]),
            (*range(at + 1), *range(at + 2, len(printed))),
            is_certain=False,
        )
        for at in range(len(printed) - 1)
        if None not in printed[at : at + 2]
    ]


# --- the oracle: every solution -----------------------------------------------------------------------------


def possible(system: System) -> dict[str, set[int]]:
    """Every value that each address has in some solution; no more than two of each are looked for."""
    assume(choices(system) <= MOST_CHOICES)
    found: dict[str, set[int]] = {address: set() for address in system.truth}
    for chosen in product(*(group.options for group in system.groups)):
        printed = zip(system.groups, chosen, strict=True)
        values = {a: e for g, option in printed for a, e in zip(g.addresses, option.entries, strict=True)}
        for solution in solutions(values, system.equations):
            for address, value in solution.items():
                found[address].add(value)
            if all(len(found[a]) > 1 for a, e in values.items() if e is ...):
                break
    return found


def choices(system: System) -> int:
    count = 1
    for group in system.groups:
        count *= len(group.options)
    return count


def solutions(values: Mapping[str, Entry], equations: Sequence[Equation]) -> Iterator[dict[str, int]]:
    """Whole numbers, none negative, for every `...`, so that every equation holds."""
    known = {address: value for address, value in values.items() if isinstance(value, int)}
    forced = None
    for equation in equations:
        signed = [*((a, 1) for a in equation.left), *((a, -1) for a in equation.right)]
        difference = sum(sign * known[a] for a, sign in signed if a in known)
        unknown = [(a, sign) for a, sign in signed if a not in known]
        if not unknown and difference:
            return
        if len(unknown) == 1:
            forced = (unknown[0][0], -difference * unknown[0][1])
    if len(known) == len(values):
        yield known
    elif forced:
        if forced[1] >= 0:
            yield from solutions({**values, forced[0]: forced[1]}, equations)
    else:
        address = next(a for a in values if a not in known)
        for value in range(MOST):
            yield from solutions({**values, address: value}, equations)


# --- the laws -----------------------------------------------------------------------------------------------


@given(systems(blanks=True))
@settings(max_examples=400)
def test_nothing_sure_is_wrong_where_the_truth_is_among_the_options(system: System) -> None:
    for address, placed in place(system.groups, system.equations).items():
        if placed.state in SURE:
            assert placed.value == system.truth[address], address


@given(systems(most=2))
@settings(max_examples=150)
def test_what_is_sure_is_the_only_value_of_all_solutions(system: System) -> None:
    found = possible(system)
    for address, placed in place(system.groups, system.equations).items():
        assert system.truth[address] in found[address]
        if placed.state in SURE:
            assert found[address] == {placed.value}, address


@given(systems())
@settings(max_examples=400)
def test_all_that_is_determined_is_said_and_nothing_else(system: System) -> None:
    """What has one value in all solutions is sure where a sum over such figures confirms it, else open; and what is in
    doubt has the value of some solution."""
    assume(any(len(group.options) > 1 for group in system.groups))
    found = possible(system)
    determined = {address for address, values in found.items() if len(values) == 1}
    sums = [e for e in system.equations if determined.issuperset((*e.left, *e.right))]
    confirmed = {address for equation in sums for address in (*equation.left, *equation.right)}
    placed = place(system.groups, system.equations)
    for group in system.groups:
        is_chosen = len(group.options) > 1
        for position, address in enumerate(group.addresses):
            said = placed[address]
            is_shown = all(option.sources[position] is not None for option in group.options)
            assert said.value in found[address] or said.state is State.ABSENT
            assert not (is_shown and said.state is State.ABSENT)
            if is_chosen:
                assert (said.state is State.INFERRED) == (address in confirmed), address
                assert said.state is not None


@given(systems(torn=False, lost=False), st.data())
@settings(max_examples=60)
def test_one_figure_lost_from_a_whole_table_is_inferred(system: System, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(sorted(system.truth)))
    groups = tuple(
        Group(group.addresses, (with_gap(group.options[0], group.addresses.index(gone)),))
        if gone in group.addresses
        else group
        for group in system.groups
    )
    placed = place(groups, system.equations)
    assert {a: (p.value, p.state) for a, p in placed.items()} == {
        a: (value, State.INFERRED if a == gone else None) for a, value in system.truth.items()
    }


def with_gap(option: Option, at: int) -> Option:
    return replace(
        option,
        entries=(*option.entries[:at], ..., *option.entries[at + 1 :]),
        sources=(*option.sources[:at], None, *option.sources[at + 1 :]),
    )


@given(systems(blanks=True), st.data())
@settings(max_examples=300)
def test_one_more_option_never_makes_a_doubtful_figure_sure(system: System, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(system.groups) - 1))
    group = system.groups[at]
    counts = st.integers(0, 15)
    entries = tuple(data.draw(counts) for _ in group.addresses)
    more = Option(entries, tuple(range(len(entries))), is_certain=False)
    groups = (*system.groups[:at], replace(group, options=(*group.options, more)), *system.groups[at + 1 :])
    before, after = place(system.groups, system.equations), place(groups, system.equations)
    doubtful = {address for address, placed in before.items() if placed.state in OPEN}
    assert {address for address in doubtful if after[address].state not in OPEN} == set()


ENTRIES = st.none() | st.integers(0, 99)


@given(systems(), st.data())
@settings(max_examples=200)
def test_what_has_one_option_comes_back_as_printed_though_sums_break(system: System, data: st.DataObject) -> None:
    groups = []
    for group in system.groups:
        if len(group.options) == 1:
            entries = tuple(data.draw(ENTRIES) for _ in group.addresses)
            group = replace(group, options=(replace(group.options[0], entries=entries),))
        groups.append(group)
    placed = place(groups, system.equations)
    for group in groups:
        if len(group.options) == 1:
            for address, entry, source in zip(
                group.addresses, group.options[0].entries, group.options[0].sources, strict=True
            ):
                said = placed[address]
                assert (said.value, said.source) == (entry, source)
                assert said.state is (State.BLANK if entry is None else None)


ROW = Equation("row", "a", ("a.total",), ("a.one", "a.two"))
COLUMN = Equation("column", "two", ("b.two",), ("a.two",))
PARTS = ("a.one", "a.two", "a.total")


def said(groups: Sequence[Group], *equations: Equation) -> dict[str, tuple[int | None, State | None]]:
    return {address: (placed.value, placed.state) for address, placed in place(groups, equations).items()}


def test_no_figure_is_negative() -> None:
    """5 and 3 in three columns: before either of them only a negative number would fit."""
    assert said([Group(PARTS, spread([5, 3], 3))], ROW) == dict(
        zip(PARTS, [(5, State.INFERRED), (3, State.INFERRED), (8, State.INFERRED)], strict=True)
    )


def test_what_no_sum_confirms_is_in_doubt_though_every_option_agrees() -> None:
    options = tuple(Option((1, two, 9), (0, 1, 2), is_certain=False) for two in (2, 3))
    assert {state for _, state in said([Group(PARTS, options)]).values()} == {State.DOUBTFUL}


def test_what_one_sum_gives_and_another_denies_is_absent() -> None:
    gap = Group(PARTS, (Option((1, ..., 3), (0, None, 1)),))
    assert said([gap], ROW)["a.two"] == (2, State.INFERRED)
    other = Group(("b.two",), (Option((5,), (0,)),))
    assert said([gap, other], ROW, COLUMN) == {
        "a.one": (1, None),
        "a.two": (None, State.ABSENT),
        "a.total": (3, None),
        "b.two": (5, None),
    }


# --- bounds -------------------------------------------------------------------------------------------------


def test_short_rows_with_large_numbers_take_no_time() -> None:
    """25 rows of which 3 or 4 of 7 cells are left, in 35 ways each, with numbers of eight digits."""
    blank = form("2021")
    equations = [equation for equation in blank.equations if equation.id.startswith("applications.")]
    random = Random(7)
    figures = {a: int(value or 0) * random.randint(1, 10**8) for a, value in balanced(random, blank, "many").items()}
    groups = []
    for line in blank.table("applications"):
        kept = sorted(random.sample(range(7), random.choice((3, 4))))
        groups.append(Group(line.addresses, spread([figures[line.addresses[column]] for column in kept], 7)))
    assert {len(group.options) for group in groups} == {35}
    assert set(timed(groups, equations)) == {address for group in groups for address in group.addresses}


def test_rows_that_every_sum_of_their_own_allows_take_no_time() -> None:
    """25 rows, each with 3 large numbers in 35 places, and only the sums of the columns to choose by: what cannot be
    searched is in doubt, and nothing sure is wrong."""
    random = Random(8)
    names = [tuple(f"{row}.{column}" for column in range(8)) for row in range(26)]
    groups: list[Group] = []
    truth: list[tuple[int, ...]] = []
    for name in names[:-1]:
        numbers = [random.randint(1, 10**8) for _ in range(3)]
        ways = []
        for columns in combinations(range(7), 3):
            at = dict(zip(columns, range(3), strict=True))
            parts = tuple(numbers[at[c]] if c in at else 0 for c in range(7))
            ways.append(Option((*parts, sum(parts)), (*(at.get(c) for c in range(7)), 3)))
            if len(ways) == len(groups) + 1:
                truth.append((*parts, sum(parts)))
        groups.append(Group(name, tuple(ways)))
    truth.append(tuple(map(sum, zip(*truth, strict=True))))
    groups.append(Group(names[-1], (Option(truth[-1], tuple(range(8))),)))
    equations = [Equation("row", name[0], name[-1:], name[:-1]) for name in names]
    equations += [Equation("column", column[0], column[-1:], column[:-1]) for column in zip(*names, strict=True)]
    placed = timed(groups, equations)
    for name, row in zip(names, truth, strict=True):
        for address, value in zip(name, row, strict=True):
            assert placed[address].state in OPEN or placed[address].value == value


def timed(groups: Sequence[Group], equations: Sequence[Equation]) -> dict[str, Placed]:
    start = time.process_time()
    placed = place(groups, equations)
    assert time.process_time() - start < 2
    return placed
