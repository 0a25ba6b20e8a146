"""一行到底的文字 — a page on one line, its cells joined by blanks, is read as one cell a line (条例 第五十条)."""

from __future__ import annotations

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.reading import read_document
from tests.noise.cases import Case, faults
from tests.noise.rendering import render


def test_a_page_on_one_line_is_read() -> None:
    for seed in (1, 4, 5):
        report = Case(seed, "txt-tabs", ()).build()
        line = " ".join(render(report).decode().split())
        (document,) = open_documents("年报.txt", line.encode())
        assert isinstance(document, Document), document
        found = read_document(document)
        assert not faults(report, found), seed
        assert (found.agency, found.year) == (report.agency, report.year)
