"""取用工作簿 — the cells of an xlsx as they are shown: 12.5%, 000007 (条例 第十二条)."""

from __future__ import annotations

from collections import Counter

from gongkai.documents.decoding import decode
from gongkai.documents.document import Block, Paragraph
from gongkai.documents.document import View as Taken
from gongkai.documents.grids import numbered
from gongkai.documents.limits import Limits
from gongkai.documents.number_format import gives_colour, rendered
from gongkai.documents.sheet import comma_separated
from gongkai.documents.sheet_conditions import Instead
from gongkai.documents.sheet_seen import SeenSheet, pieces_of, words_of
from gongkai.documents.showing import How, Why
from gongkai.documents.showing.sheet import Shown, View, how_of, number_of
from gongkai.documents.showing.workbook import Book, Page

_USUAL_WIDTH = 8.43
_WIDE = "\u2e80"
_OVERFLOWS = ("General", "@", "")


def read(name: str, data: bytes, limits: Limits) -> tuple[Taken, dict[str, int]]:
    """取用工作簿 — every sheet that is seen, under its name where there are several (条例 第十二条)."""
    book = Book(name, data, limits)
    view, counts, found = View(book), Counter[str](), list[tuple[str, list[Block]]]()
    for page in book.pages:
        if page.kind == "worksheet":
            one = _Sheet(name, view, page, limits)
            held = list(one.blocks())
            counts.update(one.counts)
            if held:
                found.append((page.name, held))
    blocks = [each for title, held in found for each in ([Paragraph(title)] * (len(found) > 1) + held)]
    return Taken("shown", tuple(numbered(blocks))), dict(counts)


def read_separated(name: str, data: bytes, limits: Limits) -> Taken:
    """取用 csv — its table whole, rows with one filled cell too (条例 第十二条)."""
    return Taken("shown", tuple(numbered(comma_separated(name, decode(name, data), limits, whole=True))))


class _Sheet(SeenSheet):
    """One sheet: what comes otherwise than it is shown is counted."""

    whole = True

    def __init__(self, source: str, view: View, page: Page, limits: Limits) -> None:
        super().__init__(source, view, page, limits)
        self.counts: Counter[str] = Counter()

    def text(self, one: Shown) -> str:
        """一格 — nothing of one that is hidden; a formula comes as it is worked out (条例 第十二条)."""
        if one.how is How.HIDDEN:
            # A nought that its format does not show is a blank to everybody.
            self.counts["hidden"] += bool(one.text.strip()) and not (one.why is Why.FORMAT and one.cell.text == "0")
            return ""
        instead = self._conditions.instead(one)
        if isinstance(instead, str):
            return instead
        if instead in (Instead.NOTHING, Instead.DRAWN):
            self.counts["drawn"] += instead is Instead.DRAWN
            return ""
        if instead is Instead.OPEN or not one.is_sure or self._view.text(one.cell, one.style) is None:
            self.counts["format" if one.text.strip() else "uncomputed"] += 1
        if one.unseen:
            self.counts["hidden"] += 1
        if one.cell.kind == "n" and self._is_too_narrow(one):
            self.counts["narrow"] += 1
        self.counts["struck"] += sum(how_of(font) is How.STRUCK and bool(text.strip()) for text, font in pieces_of(one))
        if _is_told_by_colour(one):
            self.counts["coloured"] += 1
            return f"-{words_of(one)}"
        return words_of(one)

    def _is_too_narrow(self, one: Shown) -> bool:
        """Whether a program shows #### in the place of a number, whose column has no room for it."""
        if one.style.code in _OVERFLOWS or any(area.holds(one.row, one.column) for area in self._page.merged):
            return False
        widths = [span.width for span in self._page.spans if span.first <= one.column <= span.last]
        width = next((each for each in widths if each is not None), self._page.least_width or _USUAL_WIDTH)
        text = one.text.strip()
        return sum(2 if sign >= _WIDE else 1 for sign in text) > width + 1


def _is_told_by_colour(one: Shown) -> bool:
    """Whether a format shows a number below nought as the one above it, but for its colour."""
    number = number_of(one.cell.text) if one.cell.kind == "n" and gives_colour(one.style.code) else None
    if number is None or number >= 0:
        return False
    shown = rendered(number, one.style.code)
    return shown is not None and shown == rendered(-number, one.style.code) != rendered(0, one.style.code)
