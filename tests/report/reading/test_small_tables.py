"""三张小表 — each kind of remedy in a table of its own: its figures are plain, right or wrong (年报表四)."""

from __future__ import annotations

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from gongkai.report.figures import AnnualReport
from gongkai.report.reading import read_document
from tests.conftest import ROOT

SAMPLE = (ROOT / "samples" / "shiqiao-town-2023.md").read_text(encoding="utf-8")
ROW = "| 1 | 0 | 0 | 0 | 1 |\n"


def read(text: str) -> AnnualReport:
    (document,) = open_documents("年报.md", text.encode())
    assert isinstance(document, Document)
    return read_document(document)


@pytest.mark.parametrize("total", [0, 1, 2, 11])
def test_a_wrong_total_is_read_as_it_is_printed(total: int) -> None:
    assert SAMPLE.count(ROW) == 1
    report = read(SAMPLE.replace(ROW, f"| 1 | 0 | 0 | 0 | {total} |\n"))
    assert report.figures["remedies.reconsideration.total"] == total
    assert not {address for address in report.states if address.startswith("remedies")}


def test_a_row_that_lost_a_figure_is_not_plain() -> None:
    report = read(SAMPLE.replace(ROW, "| 1 | 0 | 0 | 3 |\n"))
    assert {address for address in report.states if address.startswith("remedies.reconsideration")}
