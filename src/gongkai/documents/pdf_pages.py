"""PDF 的页 — the file opened within limits, and its pages one after the other (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.limits import Deadline, Limits, check_pages
from gongkai.documents.refusals import refusal

_SHOWN = (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT)
"""Annotations that show words of their own."""
_FLATTENED = raw.FLATTEN_SUCCESS


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


def pages(source: str, data: bytes, limits: Limits, *, flat: bool = False) -> Iterator[tuple[int, pypdfium2.PdfPage]]:
    """逐页 — each page with its number, while it is needed; `flat`: what fields and remarks show is in it."""
    deadline = Deadline(source, limits)
    with opened(source, data, limits) as document:
        for number in range(1, len(document) + 1):
            deadline.check()
            try:
                page = document[number - 1]
                if flat and _shows_more(page) and raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == _FLATTENED:
                    page.close()
                    page = document[number - 1]
            except pypdfium2.PdfiumError:
                raise refusal("damaged", source) from None
            try:
                yield number, page
            finally:
                page.close()


def _shows_more(page: pypdfium2.PdfPage) -> bool:
    for at in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN:
            return True
    return False
