"""摆法 — what may be no figure is dropped whole, at either end; a row printed twice says the same (年报表三、表四)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.document import Cell, Grid, Row, View
from gongkai.report.figures import State
from gongkai.report.reading import applications, solving
from gongkai.report.reading.applications import Printed
from gongkai.report.reading.doubting import says_the_same
from gongkai.report.reading.labels import edition_of
from gongkai.report.reading.numbers import read_cell
from gongkai.report.reading.options import options
from gongkai.report.reading.strips import strips
from tests.report.reading.test_solving import FORM, LINES, page

FIGURES = st.lists(st.integers(11, 99), min_size=3, max_size=8)
"""Of two digits each, so that no two of them make one."""


@given(FIGURES)
def test_a_number_too_many_is_the_first_or_the_last_where_the_ends_are_loose(figures: list[int]) -> None:
    tokens, width = [read_cell(str(each)) for each in figures], len(figures) - 1
    found = {option.entries for option in options(tokens, width, exact=False, loose_ends=True)}
    assert {tuple(figures[1:]), tuple(figures[:-1])} <= found
    assert all(len(entries) == width for entries in found)
    fixed = {option.entries for option in options(tokens, width, exact=False)}
    assert not {tuple(figures[1:]), tuple(figures[:-1])} & (fixed - found)


@given(FIGURES, st.data())
def test_a_row_that_is_printed_twice_says_the_same_or_not(figures: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(figures) - 1))
    other = [each + (place == at) for place, each in enumerate(figures)]
    first, again, changed = (Printed([read_cell(str(each)) for each in row]) for row in (figures, figures, other))
    assert says_the_same([])
    assert says_the_same([first])
    assert says_the_same([first, again])
    assert not says_the_same([first, changed])
    assert not says_the_same([first, again, changed])


@pytest.mark.parametrize(("text", "is_doubted"), [("0", False), ("1", True)])
def test_a_row_that_stands_twice_in_a_table_is_doubted_where_its_figures_differ(text: str, is_doubted: bool) -> None:
    (grid,) = page({}).blocks
    assert isinstance(grid, Grid)
    again = Row.of([Cell(LINES[3].label, 1), *(Cell(text, column + 2) for column in range(7))])
    stream = strips(View("structure", (Grid((*grid.rows[:4], again, *grid.rows[4:]), 1),)))
    rows = applications.rows(stream, edition_of([strip.label for strip in stream]))
    found = solving.applications(rows, FORM, applications.headings(stream))
    doubted = {address for address in FORM.addresses if found.states.get(address) is State.DOUBTFUL}
    assert doubted == (set(LINES[3].addresses) if is_doubted else set())
