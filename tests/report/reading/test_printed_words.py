"""印什么读什么 — what is printed for a figure is never replaced by a sum, and what was left blank stays blank (条例
第五十条)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Block, Cell, Grid, Paragraph, Row, View
from gongkai.report.figures import State
from gongkai.report.form import Edition, form
from gongkai.report.reading import applications, solving
from gongkai.report.reading.blank_rows import with_blank_rows
from gongkai.report.reading.numbers import Kind, read_cell
from gongkai.report.reading.result import Readings
from gongkai.report.reading.strips import strips

FORM = form(Edition.E2021)
LINES = FORM.table("applications")
CELLS = [(row, column) for row in range(len(LINES)) for column in range(7)]
WORDS = ("约{}", "{}?", "{}件左右", "1{}O", "见附件", "{}未核实数", "{}、5", "nan")


def counts() -> dict[tuple[int, int], str]:
    """A balanced 表三: three applications of natural persons, one of another organisation, all answered."""
    printed = dict.fromkeys(CELLS, "0")
    for row in (0, 2, len(LINES) - 2):
        printed |= {(row, 0): "3", (row, 5): "1", (row, 6): "4"}
    return printed


def rows_of(texts: dict[tuple[int, int], str]) -> list[Row]:
    return [
        Row.of([Cell(line.label, 1), *(Cell(texts[at, column], column + 2) for column in range(7))], at + 1)
        for at, line in enumerate(LINES)
    ]


def read(*blocks: Block) -> Readings:
    stream = with_blank_rows(strips(View("structure", blocks)))
    return solving.applications(applications.rows(stream, FORM.edition), FORM, applications.headings(stream))


@pytest.mark.parametrize(
    ("text", "value"),
    [("约40", 40), ("40?", 40), ("40件左右", 40), ("1O2", 102), ("近40", 40), ("40余件", 40), ("40（待核）", 40)],
)
def test_a_number_with_a_word_beside_it_is_never_certain(text: str, value: int) -> None:
    token = read_cell(text)
    assert (token.kind, token.whole, token.vague) == (Kind.NUMBER, value, True)


@given(
    st.sampled_from(CELLS), st.sampled_from(["约{}", "{}?", "{}件左右", "1{}O", "见附件", "{}未核实数", "{}、5", "nan"])
)
@settings(max_examples=60, deadline=None)
def test_one_cell_that_is_no_plain_number_is_the_only_one_that_is_not_plain(at: tuple[int, int], words: str) -> None:
    texts = counts()
    text = texts[at] = words.format(texts[at])
    found = read(Grid(tuple(rows_of(texts)), 1))
    address = LINES[at[0]].addresses[at[1]]
    assert set(found.states) == {address}
    assert found.states[address] in (State.DOUBTFUL, State.ABSENT)
    strip, index = found.cells()[address]
    assert strip.tokens[index].printed == text


def test_a_blank_column_of_totals_is_blank_though_a_sum_could_fill_it() -> None:
    texts = counts() | {(row, 6): "" for row in range(len(LINES))}
    for row in (1, 3):  # by chance the last organisation has as many as all before it
        texts |= {(row, 0): "1", (row, 5): "1"}
    for row in range(4, 8):
        texts[row, 0] = "1"
    found = read(Grid(tuple(rows_of(texts)), 1))
    assert found.states == {line.addresses[6]: State.BLANK for line in LINES}


@pytest.mark.parametrize("at", [0, 1, len(LINES) - 1])
def test_a_row_of_a_sheet_left_blank_stands_in_its_table(at: int) -> None:
    rows = rows_of(counts())
    parts = (rows[:at], rows[at + 1 :])
    before, after = (Grid(tuple(part), number) for number, part in enumerate(parts, 1))
    found = read(*([before] if at else []), Paragraph(LINES[at].label, at + 1), *([after] if after.rows else []))
    assert found.states == dict.fromkeys(LINES[at].addresses, State.BLANK)
