"""扫描件 — pages that are pictures become the same blocks as pages with text, in any position; seconds a page."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from gongkai.documents import opening
from gongkai.documents.document import Document, DocumentError, Grid, Paragraph, View
from gongkai.documents.opening import open_documents, page_picture
from tests.documents import make, scanning
from tests.documents.scanning import CLEAN, SCANNED, Effects

# That a stroke seen in a cell of figures is a 1 is for the reader of reports to say, not for documents.
ALIKE = str.maketrans("lI|oO", "11100")
DIGITS = [["项目", *"ABCDEF"], *[[f"第{n}行", *[str((n * 37 + k * 11) % 90) for k in range(6)]] for n in range(1, 9)]]
TABLE: list[list[make.Cell]] = [[("甲类和乙类", 3, 1), ("丙类", 4, 1)], *[list(row) for row in DIGITS]]
BLOCKS: list[make.Block] = ["某县信息公开情况统计", TABLE]


@cache
def page() -> scanning.Grey:
    """One page of tables, as a printer puts it on paper."""
    return scanning.pages(make.pdf(BLOCKS))[0]


def opened(name: str, data: bytes) -> Document:
    (document,) = open_documents(name, data)
    assert isinstance(document, Document), document
    return document


def grid_of(view: View) -> Grid:
    (grid,) = [block for block in view.blocks if isinstance(block, Grid)]
    return grid


def texts(grid: Grid) -> list[Sequence[str]]:
    return [list(row.texts) for row in grid.rows]


def test_a_table_of_a_picture_has_its_cells_spans_places_and_confidence() -> None:
    document = opened("a.png", scanning.picture(scanning.scanned(page(), CLEAN, 1)))
    first = document.made[0]
    grid = grid_of(first)
    assert (document.format, first.name) == ("png", "seen")
    assert [[text.translate(ALIKE) for text in row[1:]] for row in texts(grid)[2:]] == [row[1:] for row in DIGITS[1:]]
    assert [(cell.column, cell.columns) for cell in grid.rows[0].cells] == [(1, 3), (4, 4)]
    assert all(len(row.confidences) == len(row.texts) and row.page == 1 for row in grid.rows)
    assert min(min(row.confidences[1:]) for row in grid.rows[2:]) > 0.9
    assert any(isinstance(block, Paragraph) and block.text == BLOCKS[0] for block in first.blocks)
    layout = first.seen[1]
    for row in grid.rows:
        assert row.line is not None
        assert [word.text for word in layout.lines[row.line - 1]] == list(row.texts)


def test_the_picture_of_a_page_lies_as_its_layout_says() -> None:
    data = scanning.picture(scanning.scanned(page(), Effects(skew=2.0, turns=1), 2), "JPEG")
    document = opened("a.jpg", data)
    layout = document.made[0].seen[1]
    assert layout.height > layout.width
    import cv2

    shown = cv2.imdecode(np.frombuffer(page_picture("a.jpg", data, 1, layout), np.uint8), cv2.IMREAD_GRAYSCALE)
    scale = shown.shape[1] / layout.width
    assert shown.shape[0] == pytest.approx(layout.height * scale, abs=2)
    grid = grid_of(document.made[0])
    assert [[text.translate(ALIKE) for text in row[1:]] for row in texts(grid)[2:]] == [row[1:] for row in DIGITS[1:]]
    for row in grid.rows[1:]:
        for word in layout.lines[(row.line or 0) - 1]:
            left, top, right, bottom = (int(edge * scale) for edge in word[1:])
            assert shown[top:bottom, left:right].min() < 140 < np.median(shown), word


def test_the_second_look_sees_the_figures_again_each_by_itself() -> None:
    document = opened("a.png", scanning.picture(scanning.scanned(page(), SCANNED, 3)))
    first, second = document.views()
    assert second.name == "seen again"
    for view in (first, second):
        assert [[text.translate(ALIKE) for text in row[1:]] for row in texts(grid_of(view))[2:]] == [
            row[1:] for row in DIGITS[1:]
        ]


def test_pages_with_text_and_scanned_pages_stand_in_one_document_and_tables_go_on_over_them() -> None:
    import pypdfium2

    halves = [[*TABLE[:2], *TABLE[2:6]], TABLE[6:]]
    shots = [scanning.scanned(scanning.pages(make.pdf([half]))[0], Effects(skew=0.4), 5) for half in halves]
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(make.pdf(["前言有文字的一页"])))
    mixed.import_pages(pypdfium2.PdfDocument(scanning.bound(shots)))
    import io

    out = io.BytesIO()
    mixed.save(out)
    document = opened("a.pdf", out.getvalue())
    first = document.made[0]
    assert isinstance(first.blocks[0], Paragraph)
    assert (first.blocks[0].text, first.blocks[0].page, first.blocks[0].confidence) == ("前言有文字的一页", 1, None)
    assert set(first.seen) == {2, 3}
    grid = grid_of(first)
    assert [[text.translate(ALIKE) for text in row[1:]] for row in texts(grid)[2:]] == [row[1:] for row in DIGITS[1:]]
    assert {row.page for row in grid.rows} == {2, 3}


def test_text_that_a_scanner_hid_under_the_page_is_not_believed() -> None:
    import zlib

    from gongkai.documents.document import PicturedError
    from gongkai.documents.limits import LIMITS
    from gongkai.documents.pdf import makers

    data = make.pdf(["看不见的字" * 20])
    start = data.index(b"stream\n") + 7
    packed = data[start : data.index(b"\nendstream")]
    hidden = zlib.compress(zlib.decompress(packed).replace(b"BT ", b"BT 3 Tr "))
    with pytest.raises(PicturedError):
        makers("a.pdf", data.replace(packed, hidden), LIMITS)


def test_without_the_extra_a_scan_is_refused_by_what_to_install_and_text_pages_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(name: str) -> object:
        if name.endswith((".pdf_scan", ".picture")):
            raise ModuleNotFoundError(name="rapidocr")
        return real(name)

    real = opening.import_module
    monkeypatch.setattr(opening, "import_module", missing)
    for name, data in (
        ("a.png", scanning.picture(page())),
        ("a.pdf", scanning.bound([page()])),
    ):
        (refused,) = open_documents(name, data, apart=False)
        assert isinstance(refused, DocumentError)
        assert "pip install 'gongkai[ocr]'" in str(refused)


FORKED = """
import os, signal
import cv2
import numpy as np
from rapidocr import RapidOCR

page = np.random.default_rng(1).random((3_000, 3_000), np.float32)
for _ in range(60):  # what happens depends on what the threads are at
    cv2.warpAffine(page, np.eye(2, 3), (3_000, 3_000))
    if not os.fork():
        signal.alarm(20)
        import gongkai.documents.scan_text
        os._exit(0)
    if os.wait()[1]:
        raise SystemExit("it waits")
"""


def test_a_room_does_not_wait_for_the_threads_of_the_process_it_was_forked_from() -> None:
    assert subprocess.run([sys.executable, "-c", FORKED], timeout=90).returncode == 0
