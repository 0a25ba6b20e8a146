"""PDF 上抬高的、划去的数字 — digits off the line or struck are no part of the figure beside them (条例 第五十条)."""

from __future__ import annotations

import pytest

from gongkai.documents.document import Document
from gongkai.documents.opening import open_documents
from tests.documents import make


def printed(content: str) -> str:
    """What every view of a page shows, a line each."""
    (document,) = open_documents("数.pdf", make.pdf_file([content.encode()]))
    assert isinstance(document, Document)
    return next(document.seen_views()).blocks[0].text  # type: ignore[union-attr]


def set_at(x: float, y: float, size: float, text: str, lean: float = 0) -> str:
    return f"BT /F1 {size} Tf 1 0 {lean} 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


@pytest.mark.parametrize("up", [3.8, -1.8])
@pytest.mark.parametrize("smaller", [7.5, 6.5, 5])
def test_a_raised_digit_of_nearly_the_same_size_is_no_digit_of_the_figure(up: float, smaller: float) -> None:
    words = set_at(40, 700, 9, "办结件数 169")
    assert printed(f"{words} {set_at(40 + 36 + 18 + 1, 700 + up, smaller, '2')}").endswith("169")


def test_a_smaller_digit_on_the_line_belongs_to_the_figure() -> None:
    assert printed(f"{set_at(40, 700, 9, '办结件数 169')} {set_at(95, 700, 7.5, '2')}").endswith("1692")


def test_a_leaning_digit_with_a_line_through_it_is_no_digit_of_the_figure() -> None:
    page = f"{set_at(40, 700, 9, '办结件数')} {set_at(80, 700, 9, '6', 0.3)} {set_at(84.5, 700, 9, '3')}"
    assert printed(f"{page} 0.7 w 80 703.2 m 84.5 703.2 l S").replace(" ", "") == "办结件数3"
