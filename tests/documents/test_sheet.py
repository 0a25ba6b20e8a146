"""电子表格 — cells as people see them."""

from __future__ import annotations

import datetime
import io
import tracemalloc
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Document, DocumentError, Grid, Paragraph
from gongkai.documents.limits import LIMITS
from gongkai.documents.opening import open_documents
from gongkai.documents.sheet_rows import blocks_of
from tests.documents import make_xls, tables


def grids_of(book: openpyxl.Workbook) -> list[list[list[str]]]:
    out = io.BytesIO()
    book.save(out)
    (document,) = open_documents("a.xlsx", out.getvalue())
    assert isinstance(document, Document), document
    return [tables.texts(grid) for grid in tables.grids(tables.view(document))]


@settings(max_examples=30, deadline=None)
@given(
    st.integers(-(10**14), 10**14)
    | st.decimals(min_value=-(10**6), max_value=10**6, places=4).map(lambda d: float(d.normalize()))
)
def test_numbers_are_written_as_people_see_them(value: float) -> None:
    book = openpyxl.Workbook()
    book.active.append(["收费", value])
    (((_, printed),),) = grids_of(book)
    assert float(printed) == value
    assert "e" not in printed
    assert not printed.endswith(".0")


@pytest.mark.parametrize(("value", "printed"), [(0.1 + 0.2, "0.3"), (1e-7, "0.0000001"), (3e17, "300000000000000000")])
def test_numbers_show_neither_noise_nor_exponents(value: float, printed: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["收费", value])
    assert grids_of(book) == [[["收费", printed]]]


def test_dates_and_truth_values_are_written_plainly() -> None:
    book = openpyxl.Workbook()
    book.active.append(
        [datetime.date(2024, 1, 31), datetime.datetime.fromisoformat("2024-01-31 09:30"), True, None, "x"]
    )
    assert grids_of(book) == [[["2024-01-31", "2024-01-31 09:30:00", "是", "", "x"]]]


def test_hidden_sheets_are_read_last_and_blank_rows_end_grids() -> None:
    book = openpyxl.Workbook()
    hidden = book.active
    hidden.append(["藏", "1"])
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("显")
    for row in (["甲", "1"], [], ["乙", "2"]):
        shown.append(row)
    assert grids_of(book) == [[["甲", "1"]], [["乙", "2"]], [["藏", "1"]]]


def test_lone_cell_that_spans_nothing_is_a_paragraph_with_its_row() -> None:
    (document,) = open_documents("a.csv", "题目\n\n甲,1\n乙,2\n尾\n".encode("gb18030"))
    blocks = tables.view(document).blocks
    assert [(b.text, b.line) for b in blocks if isinstance(b, Paragraph)] == [("题目", 1), ("尾", 5)]
    assert [row.line for b in blocks if isinstance(b, Grid) for row in b.rows] == [3, 4]


@pytest.mark.parametrize("separator", [",", ";", "\t", "，"])
def test_separator_of_a_csv_is_found(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (["甲", "乙", "丙"], ["1", "2", "3"]))
    (document,) = open_documents("a.csv", text.encode())
    (grid,) = tables.grids(tables.view(document))
    assert tables.texts(grid) == [["甲", "乙", "丙"], ["1", "2", "3"]]
    assert grid.exact


def test_ragged_csv_says_that_its_columns_prove_nothing() -> None:
    (document,) = open_documents("a.csv", "甲,乙,丙\n1,2\n".encode())
    (grid,) = tables.grids(tables.view(document))
    assert not grid.exact


def test_a_sheet_of_excel_97_keeps_its_cells() -> None:
    (document,) = open_documents("a.xls", make_xls.xls([["栏目", ""], ["规章", 3.0], ["金额", 1.5]], [(0, 0, 0, 1)]))
    (grid,) = tables.grids(tables.view(document))
    assert tables.texts(grid) == [["栏目"], ["规章", "3"], ["金额", "1.5"]]
    assert grid.rows[0].spans == ((1, 2, 1),)


@pytest.mark.parametrize("length", [2, 30, 60])
@pytest.mark.parametrize("apart", [False, True])
def test_a_torn_sheet_at_which_the_library_panics_is_damaged(length: int, apart: bool) -> None:
    torn = make_xls.contained(make_xls.workbook([["规章", 3.0]])[:length])
    for data in (torn, make_xls.xls([["规章", 3.0]])[:1_500]):
        (refused,) = open_documents("a.xls", data, apart=apart)
        assert isinstance(refused, DocumentError)
        assert "损坏" in str(refused)


def test_a_sheet_that_claims_more_than_fits_into_memory_costs_itself_alone() -> None:
    stream = make_xls.workbook([["规章", 3.0]])
    at = stream.index(bytes((0x00, 0x02, 14, 0))) + 4
    (refused,) = open_documents(
        "a.xls", make_xls.contained(stream[:at] + b"\0\0\0\0\xff\xff\0\0\0\0\xff\xff" + stream[at + 12 :])
    )
    assert isinstance(refused, DocumentError)
    (document,) = open_documents("a.xls", make_xls.xls([["规章", 3.0]]))
    assert isinstance(document, Document)


def test_a_merged_area_costs_no_more_than_the_rows_that_there_are() -> None:
    limits = replace(LIMITS, rows=100_000, columns=300)
    tracemalloc.start()
    with pytest.raises(DocumentError):
        list(blocks_of("a.xlsx", [["甲", "乙"], ["1", "2"]], {(0, 0): (16_384, 2_000)}, limits))
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
