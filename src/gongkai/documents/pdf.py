"""版式文件 — PDF with a text layer: three views, each dearer than the last.

`lines` of text, `words` in columns, `ruled` grids.
The renderer behind it is not safe for threads: one process reads one file at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pypdfium2
from pypdfium2 import raw

from gongkai.documents import pdf_ruled, pdf_words
from gongkai.documents.document import Block, DocumentError, Paragraph, PicturedError, View
from gongkai.documents.limits import Limits
from gongkai.documents.pdf_pages import pages
from gongkai.documents.pdf_seen import take_out_unseen

_SOFT_HYPHENS = str.maketrans({"\ufffe": None, "\u0002": None, "\x00": None})


_FEW_SIGNS = 60
_HALF = 0.5
_DEEP = 4


def makers(source: str, data: bytes, limits: Limits) -> tuple[Callable[[], View], ...]:
    """版式文件的视图 — `lines`, `words`, `ruled`. PicturedError where a page is a picture."""
    lines: dict[int, list[Paragraph]] = {}
    pictured = []
    patched = False
    for number, page, is_covered in _seen_pages(source, data, limits):
        patched = patched or is_covered
        found = _lines(page, number)
        if _is_picture(page, found):
            pictured.append(number)
        else:
            lines[number] = found
    if pictured:
        raise PicturedError(pictured, lines)
    found_makers = text_makers(source, data, lines, limits)
    return found_makers[1:] if patched else found_makers


def text_makers(
    source: str, data: bytes, lines: Mapping[int, Sequence[Paragraph]], limits: Limits
) -> tuple[Callable[[], View], ...]:
    """有文字的页的视图 — from the text layer alone."""
    shown = tuple(line for page in lines.values() for line in page)
    if not shown:
        raise DocumentError(
            source, "{file}：这份 PDF 是空白的，没有文字，也没有图像。请看看是不是选错了文件", file=source
        )
    return (
        lambda: View("lines", shown),
        lambda: View("words", tuple(_words(source, data, limits))),
        lambda: View("ruled", tuple(_ruled(source, data, limits))),
    )


def _pages(source: str, data: bytes, limits: Limits) -> Iterator[tuple[int, pypdfium2.PdfPage]]:
    """Each page as its reader sees it."""
    for number, page, _ in _seen_pages(source, data, limits):
        yield number, page


def _seen_pages(source: str, data: bytes, limits: Limits) -> Iterator[tuple[int, pypdfium2.PdfPage, bool]]:
    """The same, and whether something of it is covered by something else."""
    for number, page in pages(source, data, limits, flat=True):
        yield number, page, take_out_unseen(page)


def _lines(page: pypdfium2.PdfPage, number: int) -> list[Paragraph]:
    text_page = page.get_textpage()
    found = [
        Paragraph(text, line, number, loose=True)
        for line, printed in enumerate(text_page.get_text_range().splitlines(), 1)
        if (text := printed.translate(_SOFT_HYPHENS).strip())
    ]
    is_hidden = bool(found) and _is_hidden(text_page)
    text_page.close()
    return [] if is_hidden else found


def _is_hidden(text_page: pypdfium2.PdfTextPage) -> bool:
    """Whether the text is not shown: a scanner's own guesses under the picture of the page."""
    printed = raw.FPDFText_GetTextObject(text_page.raw, 0)
    return bool(printed) and raw.FPDFTextObj_GetTextRenderMode(printed) == raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _is_picture(page: pypdfium2.PdfPage, lines: list[Paragraph]) -> bool:
    """Whether what there is to read on a page is a picture: something is drawn and nothing written, or little is
    written and a picture covers the page."""
    if sum(len(line.text) for line in lines) >= _FEW_SIGNS:
        return False
    width, height = page.get_size()
    drawn = False
    for item in page.get_objects(max_depth=_DEEP):
        drawn = True
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) > _HALF * width * height:
                return True
    return drawn and not lines


def _words(source: str, data: bytes, limits: Limits) -> Iterator[Block]:
    number = 1
    for at, page in _pages(source, data, limits):
        for block in pdf_words.blocks(source, page, at, number, limits):
            number += not isinstance(block, Paragraph)
            yield block


def _ruled(source: str, data: bytes, limits: Limits) -> Iterator[Block]:
    parts = (pdf_ruled.parts(source, page, at, limits) for at, page in _pages(source, data, limits))
    return pdf_ruled.stitched(source, parts, limits)
