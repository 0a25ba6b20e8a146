"""扫描的 PDF — pages that are pictures among pages with a text layer, or alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np

from gongkai.documents import pdf_ruled
from gongkai.documents.document import Paragraph, View
from gongkai.documents.limits import Limits
from gongkai.documents.pdf_pages import opened, pages
from gongkai.documents.scan import Items, Scan, view
from gongkai.documents.scan_text import Grey

_LONG_SIDE = 2_400  # pixels: two hundred dots an inch on A4


def makers(
    source: str, data: bytes, numbers: Sequence[int], lines: Mapping[int, Sequence[Paragraph]], limits: Limits
) -> tuple[Callable[[], View], ...]:
    """扫描件的视图 — `seen`, then, where other pages have text, `ruled` beside it, then `seen again`."""
    scan = Scan(source, numbers, lambda number: drawn(source, data, number, limits), limits)

    @cache
    def ruled() -> dict[int, Items]:
        return {
            at: pdf_ruled.parts(source, page, at, limits) for at, page in pages(source, data, limits) if at in lines
        }

    rest: dict[int, Items] = {number: [*found] for number, found in lines.items()}
    beside = (lambda: view("ruled", source, scan.seen, ruled(), limits),) if rest else ()
    return (
        lambda: view("seen", source, scan.seen, rest, limits),
        *beside,
        lambda: view("seen again", source, scan.seen_again, ruled() if rest else {}, limits),
    )


def drawn(source: str, data: bytes, number: int, limits: Limits) -> Grey:
    """画一页 — page `number`, from 1, in greys. DocumentError where the file cannot be opened."""
    with opened(source, data, limits) as document:
        page = document[number - 1]
        bitmap = page.render(scale=_LONG_SIDE / max(1.0, *page.get_size()), grayscale=True)
        return np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
