"""盖在页上的字 — what stamps, fields and remarks write on a page, read with the words beside them (条例 第十七条).

A reader sees one line where the page writes the first half of a number and a stamp the second. The text of a page does
not hold what its notes draw: it does once they are made part of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import pypdfium2
from pypdfium2 import raw

from gongkai.documents.redaction.pdf_page import dots_a_point
from gongkai.documents.showing.pdf import Sign, signs
from gongkai.documents.showing.pdf_place import Box
from gongkai.text.hit import Hit


class Stamps:
    """盖在页上的字 — by page, numbered on from the signs of the page itself (条例 第十七条)."""

    def __init__(self) -> None:
        self._signs: dict[int, list[Sign]] = {}
        self._dots: dict[int, float] = {}
        self._first: dict[int, int] = {}

    def take(self, document: pypdfium2.PdfDocument, at: int, page: pypdfium2.PdfPage, own: Sequence[Sign]) -> None:
        """读一页 — what notes draw on it beside its own signs; the page of the document is another from now on."""
        if not raw.FPDFPage_GetAnnotCount(page.raw):
            return
        self._dots[at], self._first[at] = dots_a_point(page), len(own)
        if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
            return
        flat = document[at]
        known = Counter(map(_key, own))
        for sign in signs(flat):
            if sign.thing and known[_key(sign)]:
                known[_key(sign)] -= 1
            elif sign.thing:
                kept = self._signs.setdefault(at, [])
                kept.append(sign._replace(at=len(own) + len(kept)))
        flat.close()

    def on(self, at: int) -> Sequence[Sign]:
        """一页上的 — the signs that notes draw on a page."""
        return self._signs.get(at, ())

    def boxes(self, at: int, numbers: Iterable[int]) -> list[Box]:
        """遮哪里 — the boxes of those that notes draw, in dots of the picture behind the text of a page; the
        page's own signs have none."""
        dots = self._dots.get(at, 1.0)
        found = [self._signs[at][number - self._first[at]].box for number in numbers if self.is_one(at, number)]
        return [(box[0] * dots, box[1] * dots, box[2] * dots, box[3] * dots) for box in found]

    def is_one(self, at: int, number: int) -> bool:
        """是盖上去的 — whether a number is that of a sign that a note draws."""
        return at in self._signs and number >= self._first[at]

    def only(self, at: int, numbers: Sequence[int]) -> Callable[[Hit], bool]:
        """带着盖上去的字 — which hits in a text of signs of these numbers hold one that a note draws."""
        return lambda hit: any(self.is_one(at, number) for number in numbers[hit.start : hit.end])


def _key(sign: Sign) -> tuple[str, int, int]:
    return sign.text, round(sign.origin[0]), round(sign.origin[1])
