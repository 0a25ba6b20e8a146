"""照读与求解 — a table read cell for cell is what the solver makes of it, or is left to it (年报表三勾稽关系)."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Cell, Document, Grid, Row, View
from gongkai.documents.opening import open_documents
from gongkai.report.figures import State
from gongkai.report.form import Edition, form
from gongkai.report.reading import applications, solving
from gongkai.report.reading.labels import edition_of
from gongkai.report.reading.strips import strips
from tests.noise.balanced import seeds
from tests.noise.cases import Case, read
from tests.noise.rendering import render, source

FORM = form(Edition.E2021)
LINES = FORM.table("applications")
NOISES = st.sampled_from([(), ("blank_for_zero",), ("stroke_for_zero",)])


@given(seeds, NOISES)
@settings(max_examples=40)
def test_what_is_read_cell_for_cell_is_what_the_solver_finds(seed: int, noises: tuple[str, ...]) -> None:
    report = Case(seed, "html", noises).build()
    (document,) = open_documents(source(report), render(report))
    assert isinstance(document, Document)
    stream = strips(next(document.views()))
    start, end = applications.region(stream)
    asked = stream[start:end]
    edition = edition_of([strip.label for strip in stream])
    plain = solving.plain(asked, edition)
    assert plain is not None or noises
    assume(plain is not None)
    assert plain is not None
    blank, readings = plain
    found = solving.applications(applications.rows(asked, edition), blank, applications.headings(asked))
    assert (readings.values, readings.states, readings.cells()) == (found.values, found.states, found.cells())


def page(texts: dict[tuple[int, int], str]) -> View:
    """表三, every figure 0 but those at (row, column) from 0."""
    rows = [
        Row.of([Cell(line.label, 1), *(Cell(texts.get((at, column), "0"), column + 2) for column in range(7))])
        for at, line in enumerate(LINES)
    ]
    return View("structure", (Grid(tuple(rows), 1),))


@pytest.mark.parametrize("text", ["见附件", "o", "1 0", "0.5", "7"])
@given(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 5)))
@settings(max_examples=10)
def test_a_cell_that_is_no_count_or_adds_up_to_nothing_is_left_to_the_solver(text: str, at: tuple[int, int]) -> None:
    assert solving.plain(strips(page({})), FORM.edition) is not None
    assert solving.plain(strips(page({at: text})), FORM.edition) is None


@given(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 5)), st.sampled_from(["", "-", "—", "/"]))
@settings(max_examples=20)
def test_a_blank_cell_is_a_blank_figure_and_no_other(at: tuple[int, int], stroke: str) -> None:
    plain = solving.plain(strips(page({at: stroke})), FORM.edition)
    assert plain is not None
    assert plain[1].states == {LINES[at[0]].addresses[at[1]]: State.BLANK}


@pytest.mark.parametrize("format_", ["md", "txt-tabs", "txt-lines"])
@pytest.mark.parametrize("seed", [0, 2, 5])
def test_an_empty_cell_of_a_text_table_is_blank_whatever_could_be_inferred(format_: str, seed: int) -> None:
    report = Case(seed, format_, ("total_column_blank",)).build()
    found = read(report)
    assert set(found.states) == set(report.fates)
    assert set(found.states.values()) == {State.BLANK}


def test_totals_that_nobody_filled_in_are_blank_though_one_row_ends_with_its_sum_by_chance() -> None:
    counts = {"received": (9, 4, 1, 0, 2, 3), "granted": (5, 3, 0, 0, 2, 1), "refused.state_secret": (1, 0, 0, 0, 0, 1)}
    counts |= {"unable.not_held": (3, 1, 1, 0, 0, 1), "handled_total": (9, 4, 1, 0, 2, 3)}
    rows = {line.id: at for at, line in enumerate(LINES)}
    texts = {(rows[row], column): str(n) for row, numbers in counts.items() for column, n in enumerate(numbers)}
    texts |= {(at, 6): "" for at in range(len(LINES))}
    stream = strips(page(texts))
    found = solving.applications(applications.rows(stream, FORM.edition), FORM, applications.headings(stream))
    assert found.states == {line.addresses[-1]: State.BLANK for line in LINES}
    assert [found.values[a] for a in LINES[0].addresses] == [9, 4, 1, 0, 2, 3, None]
