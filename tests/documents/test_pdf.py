"""PDF — lines, columns and frames of pages with a text layer."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from gongkai.documents.document import Document, Grid, Paragraph
from gongkai.documents.opening import open_documents
from gongkai.documents.pdf_signs import signs_of, text_of
from tests.conftest import shared_file
from tests.documents import make, tables

REAL = ("corpus/hongze-district-2023.pdf", "corpus/hongze-district-2024.pdf")


def opened(data: bytes) -> Document:
    (document,) = open_documents("a.pdf", data)
    assert isinstance(document, Document), document
    return document


def bare(text: str | None) -> str:
    return "".join((text or "").split())


@pytest.mark.parametrize("turn", ["1 0 {} 1", "0 1 -1 {}", "-1 0 {} -1", "0 -1 1 {}"])
@pytest.mark.parametrize("leaning", [-2, -0.3, 0, 0.3, 2])
def test_lines_are_read_along_whatever_way_they_run_and_lean(turn: str, leaning: float) -> None:
    with pikepdf.new() as file:
        page = file.add_blank_page(page_size=(800, 800))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        page.obj.Resources = Dictionary(Font=Dictionary(F=font))
        content = f"BT /F 12 Tf 20 TL {turn.format(leaning)} 400 400 Tm (first) Tj T* (second) Tj ET"
        page.obj.Contents = file.make_stream(content.encode())
        out = BytesIO()
        file.save(out)
    found, _ = signs_of(pypdfium2.PdfDocument(out.getvalue())[0])
    assert text_of(found).replace(" ", "") == "first\nsecond"


@pytest.mark.parametrize("name", REAL)
def test_ruled_grids_hold_what_an_independent_reader_finds(name: str) -> None:
    path = shared_file(name)
    ours = {
        (page, bare(cell.text))
        for grid in tables.grids(tables.view(opened(path.read_bytes()), "ruled"))
        for row in grid.rows
        for cell in row.cells
        for page in [row.page]
        if len(bare(cell.text)) > 3 and not cell.text.startswith("三\n")
    }
    theirs = set()
    with pdfplumber.open(path) as document:
        for number, page in enumerate(document.pages, 1):
            for table in page.extract_tables():
                theirs |= {(number, bare(cell)) for row in table if len(row) > 1 for cell in row if len(bare(cell)) > 3}
    assert ours - theirs == set()
    assert len(ours) > 40


@pytest.mark.parametrize("name", REAL)
def test_statutory_tables_of_real_files_are_stitched_over_their_pages(name: str) -> None:
    grids = tables.grids(tables.view(opened(shared_file(name).read_bytes()), "ruled"))
    assert [max(cell.column + cell.columns - 1 for row in grid.rows for cell in row.cells) for grid in grids] == [
        4,
        10,
        15,
    ]
    assert [len({row.page for row in grid.rows}) for grid in grids] == [2, 2, 1]
    upright = [bare(cell.text) for row in grids[1].rows for cell in row.cells if cell.column == 1 and cell.rows > 3]
    assert upright[0] == "三、本年度办理结果"


@settings(max_examples=8, deadline=None)
@given(st.integers(50, 160), st.integers(2, 8))
def test_long_table_is_one_grid_however_many_pages_it_takes(height: int, width: int) -> None:
    table: list[list[make.Cell]] = [[f"{row}之{column}" for column in range(width)] for row in range(height)]
    document = opened(make.pdf(["题目", table, "结尾"]))
    (grid,) = tables.grids(tables.view(document, "ruled"))
    assert [[text.replace("\n", "") for text in row] for row in tables.texts(grid)] == table
    pages = [row.page or 0 for row in grid.rows]
    assert pages == sorted(pages)
    assert pages[-1] > 1


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 99_999), min_size=3, max_size=6), min_size=2, max_size=8), st.data())
def test_unruled_columns_are_counted_from_distances(rows: list[list[int]], data: st.DataObject) -> None:
    width = min(map(len, rows))
    table: list[list[make.Cell]] = [["项目", *map(str, row[:width])] for row in rows]
    (grid,) = tables.grids(tables.view(opened(make.pdf([table], rule=False)), "words"))
    assert not grid.exact
    assert [[(cell.column, cell.text) for cell in row.cells] for row in grid.rows] == [
        list(enumerate(row, 1)) for row in table
    ]


def test_lines_are_loose_and_know_their_page() -> None:
    view = tables.view(opened(make.pdf(["甲乙丙\n" * 100])))
    assert view.name == "lines"
    lines = [block for block in view.blocks if isinstance(block, Paragraph)]
    assert len(lines) == 100
    assert all(line.loose and line.text == "甲乙丙" for line in lines)
    assert {line.page for line in lines} == {1, 2}
    assert next(line.line for line in lines if line.page == 2) == 1


def test_views_go_from_cheap_to_dear() -> None:
    assert [view.name for view in opened(make.pdf(["题目"])).views()] == ["lines", "words", "ruled"]


def test_frame_around_prose_is_no_table() -> None:
    view = tables.view(opened(make.pdf([[["甲乙丙"], ["丁戊己"]]])), "ruled")
    assert not [block for block in view.blocks if isinstance(block, Grid)]
    assert tables.paragraphs(view) == ["甲乙丙", "丁戊己"]
