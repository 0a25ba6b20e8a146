"""各种格式 — laws that hold for every format: what was printed comes back, in its place, in order."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.documents.document import Document, DocumentError
from gongkai.documents.opening import open_documents
from tests.documents import make, tables
from tests.documents.tables import SENTENCES, WORDS

EXACT = ("html", "mht", "docx", "xlsx")
WITH_BLANKS = ("html", "mht", "docx")
HEIGHTS = WORDS.map("1".__add__)
"""A figure has a height in every font; a Chinese character that no installed font has is a line without one."""
FLAT = ("txt-tabs", "md", "csv")


@pytest.mark.parametrize("fmt", EXACT)
@settings(max_examples=25, deadline=None)
@given(table=tables.tables())
def test_cells_come_back_with_their_columns_and_spans(fmt: str, table: list[list[make.Cell]]) -> None:
    (grid,) = tables.grids(tables.view(tables.opened([table], fmt)))
    assert grid.exact
    assert tables.placed(grid) == make.placed(table)


@pytest.mark.parametrize("fmt", WITH_BLANKS)
@settings(max_examples=15, deadline=None)
@given(table=tables.tables(texts=WORDS | st.just("")))
def test_blank_cells_keep_their_places(fmt: str, table: list[list[make.Cell]]) -> None:
    (grid,) = tables.grids(tables.view(tables.opened([table], fmt)))
    assert tables.placed(grid) == make.placed(table)


@settings(max_examples=25, deadline=None)
@given(table=tables.tables(texts=HEIGHTS | st.just("")), rotate=st.sampled_from((0, 90, 180, 270)))
def test_ruled_cells_of_a_pdf_come_back_however_its_pages_lie(table: list[list[make.Cell]], rotate: int) -> None:
    (document,) = open_documents("a.pdf", make.pdf(["题目", table], rotate=rotate))
    assert isinstance(document, Document)
    (grid,) = tables.grids(tables.view(document, "ruled"))
    assert grid.exact
    assert tables.placed(grid) == make.placed(table)


@pytest.mark.parametrize("fmt", FLAT)
@settings(max_examples=25, deadline=None)
@given(table=tables.tables())
def test_flat_formats_keep_every_place(fmt: str, table: list[list[make.Cell]]) -> None:
    printed = make.flat(table)
    document = tables.opened(["我题目", table, "我结尾"], fmt)
    found = [row for grid in tables.grids(tables.view(document)) for row in tables.texts(grid)]
    lone = [row for row in printed if not any(row[1:])]
    assert [row for row in found if any(row[1:])] == [row for row in printed if row not in lone]


@settings(max_examples=25, deadline=None)
@given(table=tables.tables())
def test_cells_of_a_line_each_keep_their_order(table: list[list[make.Cell]]) -> None:
    (grid,) = tables.grids(tables.view(tables.opened(["我题目", table], "txt-lines")))
    assert not grid.exact
    assert tables.texts(grid) == [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in table]


@pytest.mark.parametrize("fmt", make.FORMATS)
@settings(max_examples=10, deadline=None)
@given(first=SENTENCES, last=SENTENCES, table=tables.tables())
def test_text_around_a_table_stays_around_it(fmt: str, first: str, last: str, table: list[list[make.Cell]]) -> None:
    view = tables.view(tables.opened([first, table, last], fmt), "ruled" if fmt in ("pdf", "ofd") else "")
    assert tables.paragraphs(view)[0] == first
    assert tables.paragraphs(view)[-1] == last
    assert [block == grid for block, grid in zip(view.blocks[1:], tables.grids(view), strict=False)]
    assert [grid.number for grid in tables.grids(view)] == list(range(1, len(tables.grids(view)) + 1))


@pytest.mark.parametrize("fmt", make.FORMATS)
def test_views_are_made_once(fmt: str) -> None:
    document = tables.opened(["题目", [["一", "2"], ["三", "4"]]], fmt)
    assert [id(view) for view in document.views()] == [id(view) for view in document.views()]


@pytest.mark.parametrize("fmt", make.FORMATS)
def test_zip_gives_what_its_members_give(fmt: str) -> None:
    from tests.documents.zoo import zipped

    blocks: list[make.Block] = ["题目", [["一", "2"], ["三", "4"]]]
    (inner,) = open_documents("a.zip", zipped({make.name(fmt): make.render(blocks, fmt)}))
    assert not isinstance(inner, DocumentError)
    assert [view.blocks for view in inner.views()] == [view.blocks for view in tables.opened(blocks, fmt).views()]


def test_an_archive_that_begins_with_an_uncompressed_pdf_is_an_archive() -> None:
    blocks: list[make.Block] = ["题目", [["一", "2"], ["三", "4"]]]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for fmt in ("pdf", "html"):
            archive.writestr(make.name(fmt), make.render(blocks, fmt))
    assert [inner.source for inner in open_documents("a.zip", out.getvalue())] == [
        "a.zip/report.pdf",
        "a.zip/report.html",
    ]
