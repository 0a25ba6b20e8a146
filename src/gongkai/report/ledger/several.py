"""一行几件 — rows that stand for more requests than one: each counts by itself, so such a row is stopped (年报格式).

A number such as 2-4 is a range only where the numbers around it go on: 3-4 may be the fourth of March.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import shown
from gongkai.report.ledger import LedgerError
from gongkai.text.folding import fold

_LISTED = re.compile(r"\d\s*(?:至|到|~|—+|、|,|;)\s*\d")
_SPAN = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")
_COUNT_HEAD = re.compile(r"(?:申请|合计|受理)?件数(?:\(件\))?")
_COUNT = re.compile(r"(\d+(?:\.0+)?)\s*件?")

_NUMBERS = "编号“{said}”像是几件，请一件一行，各写各的编号"
_PIECES = "“{head}”一栏写着“{said}”，一行只计一件，请一件一行"


def several(entries: Sequence[Entry]) -> Mapping[tuple[str, int], tuple[int, LedgerError]]:
    """哪些行是几件 — by sheet and row: the column that says so, and why it is stopped."""
    found: dict[tuple[str, int], tuple[int, LedgerError]] = {}
    numbers = {(each.sheet, _plain(each)) for each in entries}
    for entry in entries:
        pieces = _pieces(entry)
        if pieces:
            found[entry.sheet, entry.row] = pieces
        elif "id" in entry.columns and _is_range(entry, numbers):
            said = shown(str(entry.values.get("id")))
            found[entry.sheet, entry.row] = entry.columns["id"], LedgerError(_NUMBERS, said=said)
    return found


def _pieces(entry: Entry) -> tuple[int, LedgerError] | None:
    for head, column in entry.unused.items():
        text = entry.beside.get(column, "")
        count = _COUNT.fullmatch(fold(text).strip())
        if not (count and _COUNT_HEAD.fullmatch(fold(head).replace(" ", ""))):
            continue
        try:
            if Decimal(count[1]) != 1:
                return column, LedgerError(_PIECES, head=shown(head), said=shown(text))
        except InvalidOperation:
            continue
    return None


def _is_range(entry: Entry, numbers: set[tuple[str, str]]) -> bool:
    number = _plain(entry)
    if _LISTED.search(number):
        return True
    span = _SPAN.fullmatch(number)
    if not span:
        return False
    first, last = int(span[1]), int(span[2])
    around = {(entry.sheet, str(first - 1)), (entry.sheet, str(last + 1))}
    within = {(entry.sheet, str(each)) for each in (first, last)}
    return first < last and bool(around & numbers) and not within & numbers


def _plain(entry: Entry) -> str:
    return fold(str(entry.values.get("id") or "")).strip()
