"""扫描件 — documents whose pages are pictures: seen once, and, when figures stay open, the cells of figures once more.

Each page is looked at once and remembered as what was seen and its straight picture, packed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property

import cv2
import numpy as np

from gongkai.documents.document import Block, Paragraph, View
from gongkai.documents.limits import Deadline, Limits, announce, check_scan_pages
from gongkai.documents.pdf_ruled import Part, stitched
from gongkai.documents.refusals import refusal
from gongkai.documents.scan_page import SeenPage, look, look_again
from gongkai.documents.scan_straight import lay
from gongkai.documents.scan_text import Grey

Items = list[Paragraph | Part]
_LEAST, _MOST = 2_000, 3_400  # pixels of the longer side: characters of a page are then of the size that was learnt

_SHOWN = 2.0  # pixels a point of the page as it is shown


class Scan:
    """扫描件 — the pages of a file that are pictures, by number; `draw` gives one as it is."""

    def __init__(self, source: str, numbers: Iterable[int], draw: Callable[[int], Grey], limits: Limits) -> None:
        self._source, self._draw, self._limits = source, draw, limits
        self._numbers = tuple(numbers)
        check_scan_pages(source, len(self._numbers), limits)

    @cached_property
    def seen(self) -> dict[int, SeenPage]:
        """看一遍 — every page."""
        return {number: self._look(number) for number in self._numbers}

    @cached_property
    def seen_again(self) -> dict[int, SeenPage]:
        """再看一遍 — every page, its cells of figures by themselves."""
        return {number: look_again(page, self._deadline().check) for number, page in self.seen.items()}

    def _look(self, number: int) -> SeenPage:
        check = self._deadline().check
        return look(self._source, fitted(self._draw(number)), number, check, self._limits)

    def _deadline(self) -> Deadline:
        announce(self._limits.scan_seconds)
        return Deadline(self._source, self._limits, self._limits.scan_seconds)


def view(name: str, source: str, pages: Mapping[int, SeenPage], rest: Mapping[int, Items], limits: Limits) -> View:
    """视图 — the pages that were seen and the `rest` of the document, which has a text layer, in order."""

    def sides() -> Iterator[Items]:
        for number in sorted({*pages, *rest}):
            if number in pages:
                yield from pages[number].blocks()
            else:
                yield rest[number]

    blocks: tuple[Block, ...] = tuple(stitched(source, sides(), limits))
    if not any(
        block.text if isinstance(block, Paragraph) else any(any(row.texts) for row in block.rows) for block in blocks
    ):
        raise refusal("nothing written", source)
    return View(name, blocks, {number: page.layout() for number, page in pages.items()})


def fitted(given: Grey) -> Grey:
    """大小合适 — the picture with its longer side between the least and the most that recognition works well on."""
    longer = max(given.shape)
    wanted = min(max(longer, _LEAST), _MOST)
    if wanted == longer:
        return given
    rate = wanted / longer
    way = cv2.INTER_AREA if rate < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(given, None, fx=rate, fy=rate, interpolation=way), np.uint8)


def picture(given: Grey, straightening: tuple[float, ...], width: float, height: float) -> bytes:
    """页面图像 — the page as it was seen, laid straight, as a PNG in the proportions of its layout."""
    page = fitted(given)
    matrix = np.array(straightening).reshape(3, 3)
    longer = max(page.shape)
    size = (longer, round(longer * height / width)) if width > height else (round(longer * width / height), longer)
    shown = cv2.resize(
        lay(page, matrix, size), (round(width * _SHOWN), round(height * _SHOWN)), interpolation=cv2.INTER_AREA
    )
    return cv2.imencode(".png", shown)[1].tobytes()
