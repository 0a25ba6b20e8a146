"""法定表格 — every figure once, every label spoken where it belongs, no hole in the grid (条例 第五十条第二款)."""

from __future__ import annotations

import pytest

from gongkai.report.form import Edition, Form, OtherHandling, form
from gongkai.web.annual.statutory_table import Figure, Head, Table, table

FORMS = [
    form(Edition.E2021, OtherHandling.ROWS),
    form(Edition.E2021, OtherHandling.ROW),
    form(Edition.E2019, OtherHandling.ROW),
]


@pytest.fixture(params=FORMS, ids=lambda of: f"{of.edition}-{of.other_handling}")
def of(request: pytest.FixtureRequest) -> Form:
    made: Form = request.param
    return made


def tables(of: Form) -> list[Table]:
    return [made for part in range(7) if (made := table(of, part))]


def cells(made: Table) -> list[Head | Figure]:
    return [cell for row in (*made.head, *made.body) for cell in row]


def test_every_figure_of_the_form_stands_in_one_cell(of: Form) -> None:
    printed = [cell.address for made in tables(of) for cell in cells(made) if isinstance(cell, Figure)]
    assert printed == list(of.addresses)


def test_every_label_that_a_figure_names_is_on_the_page(of: Form) -> None:
    for made in tables(of):
        ids = [cell.id for cell in cells(made) if isinstance(cell, Head)]
        assert len(ids) == len(set(ids))
        for cell in cells(made):
            if isinstance(cell, Figure):
                assert set(cell.headers.split()) <= set(ids)


def test_a_figure_is_spoken_by_its_row_and_its_column_alone(of: Form) -> None:
    for made in tables(of):
        labels = {cell.id: cell.cell.text for cell in cells(made) if isinstance(cell, Head)}
        lines = {
            a: (line, c) for line in of.table(made.name) for c, a in zip(line.columns, line.addresses, strict=True)
        }
        for cell in cells(made):
            if isinstance(cell, Figure):
                line, column = lines[cell.address]
                spoken = [labels[head] for head in cell.headers.split()]
                assert line.label in spoken
                assert any(text.startswith(column.label.partition("（")[0]) for text in spoken)
                assert not line.group or line.group in spoken
                assert not line.item or [text for text in spoken if "第二十条" in text] == [line.item]


def test_the_grid_has_no_hole_and_no_overlap(of: Form) -> None:
    for made in tables(of):
        rows = [*made.head, *made.body]
        taken: dict[tuple[int, int], Head | Figure] = {}
        for down, row in enumerate(rows):
            at = 0
            for cell in row:
                while (down, at) in taken:
                    at += 1
                for r in range(cell.cell.rows):
                    for c in range(cell.cell.columns):
                        assert (down + r, at + c) not in taken
                        taken[down + r, at + c] = cell
        width = max(at for _, at in taken) + 1
        assert len(taken) == width * len(rows)
