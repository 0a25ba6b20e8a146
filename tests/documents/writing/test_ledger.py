"""写台账 — what goes in comes out, cell for cell; text is never a formula."""

from __future__ import annotations

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.writing.ledger import Column, Page, write

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff_"), max_size=20
)
CELL = st.one_of(
    st.none(), st.integers(-(10**9), 10**9), TEXT, st.sampled_from(["=1+1", "+1", "@x", "https://x", "12"])
)


@settings(max_examples=30)
@given(st.lists(st.tuples(CELL, CELL, CELL), max_size=5))
def test_every_cell_comes_back_as_what_it_was(rows: list[tuple[object, ...]]) -> None:
    columns = [Column("甲", 10), Column("乙", 10), Column("丙", 10)]
    book = openpyxl.load_workbook(io.BytesIO(write([Page("台账", columns, rows)])))  # type: ignore[list-item]
    head, *read = book["台账"].iter_rows(max_col=3, max_row=1 + len(rows))
    assert [cell.value for cell in head] == ["甲", "乙", "丙"]
    for row, cells in zip(rows, read, strict=True):
        assert [None if cell.value == "" else cell.value for cell in cells] == [None if v == "" else v for v in row]
        assert all(cell.data_type != "f" for cell in cells)
    assert book["台账"].freeze_panes == "A2"


def test_a_cell_too_long_for_a_sheet_is_cut() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write([Page("页", [Column("头", 5)], [["长" * 40_000]])])))
    assert len(str(book["页"]["A2"].value)) == 32_000
