"""副本的版面 — where rows and columns come to stand in a copy, widths, panes, print setup, pictures, links."""

from __future__ import annotations

import warnings
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from PIL import Image, ImageOps

from gongkai.documents.redaction.sheet_headers import written_header
from gongkai.documents.showing.drawings import Drawn
from gongkai.documents.showing.workbook import Area, Page
from gongkai.text.personal_data import find

_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_PADDING, _NARROWEST, _WIDEST = 0.71, 0.5, 255.0
_LONGEST_HEADER, _LONGEST_LINK = 250, 2_000
_DPI = 96
_WRITABLE = ("PNG", "JPEG", "GIF", "BMP")
_MARGINS = ("left", "right", "top", "bottom")
_MOST_SPLIT = 1_000


class Moved:
    """新的行列 — rows and columns of a page without those that are hidden or dropped."""

    def __init__(self, page: Page, dropped: Collection[int]) -> None:
        self._page = page
        self._spans = [(span.first, min(span.last, _LAST_COLUMN)) for span in page.hidden_columns()]
        self.hidden_columns = frozenset(dropped) | {
            column for first, last in self._spans for column in range(first, last + 1)
        }
        self.hidden_rows = frozenset(row for row in page.lines if page.hides_row(row))
        self.down, self.across = _mover(self.hidden_rows), _mover(self.hidden_columns)

    def merged(self) -> Iterator[Area]:
        """合并的区域 — as they come to stand; of two that overlap the first, and none of a single cell."""
        kept: list[Area] = []
        for area in sorted(self._page.merged):
            top, left = self.down(area.top), self.across(area.left)
            bottom = self.down(min(area.bottom, _LAST_ROW) + 1) - 1
            right = self.across(min(area.right, _LAST_COLUMN) + 1) - 1
            if bottom < top or right < left or (top == bottom and left == right) or top < 1 or left < 1:
                continue
            kept = [other for other in kept if other.bottom >= top]
            if not any(other.left <= right and left <= other.right for other in kept):
                kept.append(Area(top, left, bottom, right))
                yield kept[-1]


def _mover(gone: Collection[int]) -> Callable[[int], int]:
    """Where a line goes when those are gone; a line that is gone itself, to the one after it."""
    ordered = sorted(gone)
    return lambda at: at - bisect_left(ordered, at)


def set_frame(sheet: Any, page: Page, lines: Moved, header_sides: Callable[[str], dict[str, str]]) -> None:
    """版面 — widths, panes, print setup, headers and footers of the pages."""
    for span in page.spans:
        first, last = lines.across(span.first), lines.across(min(span.last, _LAST_COLUMN) + 1) - 1
        if span.width is not None and 1 <= first <= last and span.first not in lines.hidden_columns:
            sheet.set_column(first - 1, last - 1, min(max(span.width - _PADDING, _NARROWEST), _WIDEST))
    if page.frame is not None:
        _set_view(sheet, page.frame, lines)
        _set_print(sheet, page.frame)
    if header := written_header(header_sides("oddHeader")):
        sheet.set_header(header[:_LONGEST_HEADER])
    if footer := written_header(header_sides("oddFooter")):
        sheet.set_footer(footer[:_LONGEST_HEADER])


def _set_view(sheet: Any, root: etree._Element, lines: Moved) -> None:
    view = root.find("{*}sheetViews/{*}sheetView")
    if view is None:
        return
    if view.get("showGridLines") in ("0", "false"):
        sheet.hide_gridlines(2)
    if view.get("rightToLeft") in ("1", "true"):
        sheet.right_to_left()
    if 10 <= (zoom := int(_number(view.get("zoomScale")))) <= 400:
        sheet.set_zoom(zoom)
    pane = view.find("{*}pane")
    if pane is not None and pane.get("state") in ("frozen", "frozenSplit"):
        rows, columns = int(_number(pane.get("ySplit"))), int(_number(pane.get("xSplit")))
        if 0 <= rows < _MOST_SPLIT and 0 <= columns < _MOST_SPLIT:
            sheet.freeze_panes(max(0, lines.down(rows + 1) - 1), max(0, lines.across(columns + 1) - 1))


def _set_print(sheet: Any, root: etree._Element) -> None:
    setup = root.find("{*}pageSetup")
    fit = root.find("{*}sheetPr/{*}pageSetUpPr")
    if setup is not None:
        if setup.get("orientation") == "landscape":
            sheet.set_landscape()
        if 0 < (paper := int(_number(setup.get("paperSize")))) < 120:
            sheet.set_paper(paper)
        wide, high = (min(int(_number(setup.get(name, "1"))), 999) for name in ("fitToWidth", "fitToHeight"))
        if fit is not None and fit.get("fitToPage") in ("1", "true"):
            sheet.fit_to_pages(max(0, wide), max(0, high))
        elif 10 <= (scale := int(_number(setup.get("scale")))) <= 400:
            sheet.set_print_scale(scale)
    margins = root.find("{*}pageMargins")
    if margins is not None:
        sheet.set_margins(**{name: min(max(_number(margins.get(name, "0.7")), 0), 10) for name in _MARGINS})


def is_clean_link(address: str) -> bool:
    """干净的链接 — of the web, without a name to sign in with, and nothing of a person in it (条例 第十五条)."""
    try:
        parts = urlsplit(address)
        clean = unquote(address)
        outside = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return False
    return outside and len(address) <= _LONGEST_LINK and clean.isprintable() and not find(clean) and not find(address)


def fitted_picture(data: bytes, drawn: Drawn) -> tuple[bytes, float, float] | None:
    """放进副本的图 — without what was cropped away, and how it is scaled to the size it had; None if it cannot be."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(data)) as image:
                if image.format not in _WRITABLE:
                    return None
                if any(drawn.cropped) or any(drawn.flipped):
                    left, top, right, bottom = drawn.cropped
                    width, height = image.size
                    box = (int(width * left), int(height * top), int(width * (1 - right)), int(height * (1 - bottom)))
                    out = BytesIO()
                    kept = image.convert("RGBA" if image.mode in ("P", "LA", "PA") else image.mode).crop(box)
                    for flipped, turn in zip(drawn.flipped, (ImageOps.mirror, ImageOps.flip), strict=True):
                        kept = turn(kept) if flipped else kept
                    kept.save(out, "PNG")
                    data, size, dpi = out.getvalue(), (box[2] - box[0], box[3] - box[1]), (_DPI, _DPI)
                else:
                    size, dpi = image.size, image.info.get("dpi", (_DPI, _DPI))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return None
    if min(size) < 1:
        return None
    scales = [
        wanted / (pixels * _DPI / (resolution or _DPI)) if wanted else 1.0
        for wanted, pixels, resolution in zip(drawn.size or (0, 0), size, dpi, strict=False)
    ]
    return data, min(max(scales[0], 0.001), 1_000), min(max(scales[1], 0.001), 1_000)


def _number(text: str | None) -> float:
    try:
        number = float(text or 0)
    except ValueError:
        return 0
    return number if abs(number) < 1e9 else 0
