"""版式文件 — PDF with a text layer: three views, each dearer than the last.

`lines` of text, `words` in columns, `ruled` grids.
The renderer behind it is not safe for threads: one process reads one file at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from gongkai.documents import pdf_ruled, pdf_words
from gongkai.documents.document import Block, DocumentError, Paragraph, View
from gongkai.documents.limits import Deadline, Limits, check_pages
from gongkai.documents.refusals import refusal

_SOFT_HYPHENS = str.maketrans({"\ufffe": None, "\u0002": None, "\x00": None})


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """版式文件的视图 — `lines`, `words`, `ruled`."""
    return (
        lambda: View("lines", tuple(_lines(source, data, limits))),
        lambda: View("words", tuple(_words(source, data, limits))),
        lambda: View("ruled", tuple(_ruled(source, data, limits))),
    )


@contextmanager
def opened(source: str, data: bytes, limits: Limits) -> Iterator[pypdfium2.PdfDocument]:
    """打开 PDF — the document while it is needed; DocumentError for one locked, damaged, empty or too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise refusal("encrypted" if locked else "damaged", source) from None
    try:
        check_pages(source, len(document), limits)
        if len(document) == 0:
            raise refusal("damaged", source)
        yield document
    finally:
        document.close()


def _pages(source: str, data: bytes, limits: Limits) -> Iterator[tuple[int, pypdfium2.PdfPage]]:
    deadline = Deadline(source, limits)
    with opened(source, data, limits) as document:
        for number in range(1, len(document) + 1):
            deadline.check()
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                raise refusal("damaged", source) from None
            try:
                yield number, page
            finally:
                page.close()


def _lines(source: str, data: bytes, limits: Limits) -> Iterator[Paragraph]:
    any_text = False
    for number, page in _pages(source, data, limits):
        text_page = page.get_textpage()
        for line, text in enumerate(text_page.get_text_range().splitlines(), 1):
            if text := text.translate(_SOFT_HYPHENS).strip():
                any_text = True
                yield Paragraph(text, line, number, loose=True)
        text_page.close()
    if not any_text:
        raise DocumentError(
            source,
            "{file}：这份 PDF 里没有文字层，像是扫描件，暂时还读不了。请找原来的 docx、网页或直接导出的 PDF 再试",
            file=source,
        )


def _words(source: str, data: bytes, limits: Limits) -> Iterator[Block]:
    number = 1
    for at, page in _pages(source, data, limits):
        for block in pdf_words.blocks(source, page, at, number, limits):
            number += not isinstance(block, Paragraph)
            yield block


def _ruled(source: str, data: bytes, limits: Limits) -> Iterator[Block]:
    pages = (pdf_ruled.parts(source, page, at, limits) for at, page in _pages(source, data, limits))
    return pdf_ruled.stitched(source, pages, limits)
