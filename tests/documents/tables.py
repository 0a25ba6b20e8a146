"""任意表格 — any table that a page can show, some cells merged; and grids in one normal form."""

from __future__ import annotations

from hypothesis import strategies as st

from gongkai.documents.document import Document, DocumentError, Grid, Paragraph, View
from gongkai.documents.opening import open_documents
from tests.documents import make

WORDS = st.text("政府信息公开申请数量（一）12345", min_size=1, max_size=8)
SENTENCES = st.text("政府信息公开工作年度报告，。", min_size=2, max_size=40).map(lambda text: f"我{text}")


@st.composite
def tables(draw: st.DrawFn, *, texts: st.SearchStrategy[str] = WORDS) -> list[list[make.Cell]]:
    """任意表格 — two to six rows and columns; the first of each is whole, so that every edge is somewhere drawn."""
    height, width = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    owner = {(row, column): (row, column) for row in range(height) for column in range(width)}
    spans = {place: (1, 1) for place in owner}
    for _ in range(draw(st.integers(0, 3))):
        top, left = draw(st.integers(1, height - 1)), draw(st.integers(1, width - 1))
        tall, wide = draw(st.integers(1, height - top)), draw(st.integers(1, width - left))
        covered = [(top + down, left + right) for down in range(tall) for right in range(wide)]
        if all(owner[place] == place and spans[place] == (1, 1) for place in covered):
            owner.update(dict.fromkeys(covered, (top, left)))
            spans[top, left] = (wide, tall)
    return [
        [(draw(texts), *spans[row, column]) for column in range(width) if owner[row, column] == (row, column)]
        for row in range(height)
    ]


def opened(blocks: list[make.Block], fmt: str) -> Document:
    """打开 — the one document that the blocks in a format give."""
    (document,) = open_documents(make.name(fmt), make.render(blocks, fmt))
    assert not isinstance(document, DocumentError), document
    return document


def view(document: Document, name: str = "") -> View:
    """视图 — the first view, or the one of that name."""
    return next(view for view in document.views() if not name or view.name == name)


def grids(view: View) -> list[Grid]:
    """表格 — the grids of a view."""
    return [block for block in view.blocks if isinstance(block, Grid)]


def paragraphs(view: View) -> list[str]:
    """段落 — the paragraphs of a view."""
    return [block.text for block in view.blocks if isinstance(block, Paragraph)]


def placed(grid: Grid) -> list[make.Placed]:
    """标准形 — the cells of a grid as `make.placed` tells them, texts without line ends."""
    return [
        (at, cell.column - 1, cell.rows, cell.columns, cell.text.replace("\n", ""))
        for at, row in enumerate(grid.rows)
        for cell in row.cells
    ]


def texts(grid: Grid) -> list[list[str]]:
    """文字 — the texts of a grid row by row."""
    return [[cell.text for cell in row.cells] for row in grid.rows]
