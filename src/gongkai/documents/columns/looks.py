"""看上去 — what the cells of a workbook do not say and its reader sees: what is struck out, and rows out of sight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from gongkai.documents.limits import Limits
from gongkai.documents.showing import How
from gongkai.documents.showing.parts import Parts
from gongkai.documents.showing.sheet import Shown, View
from gongkai.documents.showing.workbook import Book

_STRUCK = re.compile(rb"<(?:\w+:)?strike\b")
_OUT_OF_SIGHT = re.compile(rb"<(?:\w+:)?row [^>]*(?:hidden=\"(?:1|true)\"|ht=\"[01](?:\.\d*)?\")")
_FROM_1904 = re.compile(rb"date1904=\"(?:1|true)\"")
_PARTS = ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/")


@dataclass(frozen=True, slots=True)
class Looks:
    """看上去 — `struck`: sheet, row and column of cells with words struck out; `unseen`: how many rows of a sheet are
    out of sight; `is_from_1904`: numbers of days begin in 1904."""

    struck: frozenset[tuple[str, int, int]] = frozenset()
    unseen: Mapping[str, int] = field(default_factory=dict)
    is_from_1904: bool = False


def looks(source: str, data: bytes, limits: Limits) -> Looks:
    """看上去怎样 — of an xlsx; nothing is known of other files. A workbook without such cells is not walked through."""
    if not data.startswith(b"PK"):
        return Looks()
    parts = Parts(source, data, limits)
    if not any(_says_something(name, parts.data(name)) for name in parts.names if name.startswith(_PARTS)):
        return Looks()
    view = View(Book(source, data, limits))
    struck: set[tuple[str, int, int]] = set()
    unseen: Counter[str] = Counter()
    for page in view.book.pages:
        if page.is_hidden:
            continue
        for row, cells in view.rows(page):
            unseen[page.name] += page.hides_row(row)
            struck |= {(page.name, row, cell.column) for cell in cells if _is_struck(cell)}
    return Looks(frozenset(struck), {name: count for name, count in unseen.items() if count}, view.book.from_1904)


def _says_something(name: str, data: bytes) -> bool:
    if name.startswith("xl/worksheets/"):
        return bool(_OUT_OF_SIGHT.search(data))
    return bool((_FROM_1904 if name == "xl/workbook.xml" else _STRUCK).search(data))


def _is_struck(cell: Shown) -> bool:
    """Also in part: what remains of such a cell is no longer what it says."""
    if cell.how is How.HIDDEN:
        return cell.style.font.struck
    return cell.how is How.STRUCK or (
        not isinstance(cell.seen, str) and any(piece.font is not None and piece.font.struck for piece in cell.seen)
    )
