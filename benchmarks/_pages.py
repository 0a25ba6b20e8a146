"""网页样本 — the pages that the questions about pages are asked of, and how one is read."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks._measure import SAMPLES, SHARED
from gongkai.documents.document import DocumentError
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document

_CORPUS = ("shanghai-office-2019.html", "shuyang-development-bureau-2023.html")
PAGES = [path for path in (*SAMPLES.glob("*.html"), *(SHARED / "corpus" / name for name in _CORPUS)) if path.exists()]


def read(name: str, data: bytes) -> Iterator[AnnualReport]:
    """读成年报 — the reports in a file, read in this process, whose time is measured."""
    for document in open_documents(name, data, apart=False):
        assert not isinstance(document, DocumentError)
        yield read_document(document)
