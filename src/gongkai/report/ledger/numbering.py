"""编号 — how rows are called: by their number, by sheet and number, or by their place (条例 第五十条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.documents.columns import Entry, Reading
from gongkai.report.ledger.layouts import ACTS, REMEDIES

_RUNNING = "序号"


class Numbers:
    """各行的称呼 — of one file (条例 第五十条)."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._numbered = _numbered(reading.entries)
        self._is_alone = len({each.sheet for each in reading.entries}) < 2

    def of(self, entry: Entry) -> str:
        """一行叫什么 — a running number that begins anew in each sheet is told apart by the sheet; without numbers rows
        are called by their place."""
        if not self.is_numbered(entry):
            return self.place(entry)
        number = str(entry.values.get("id") or "")
        return f"{entry.sheet}-{number}" if number and self.runs(entry.layout) else number

    def is_numbered(self, entry: Entry) -> bool:
        """有没有编号 — whether the list of a row has numbers (条例 第五十条)."""
        return entry.layout == ACTS or (entry.layout, entry.sheet) in self._numbered

    def place(self, entry: Entry) -> str:
        """在哪一行 — as people call it (条例 第五十条)."""
        return f"#{entry.row}" if self._is_alone else f"{entry.sheet}#{entry.row}"

    def runs(self, layout: str) -> bool:
        """各表重新编号 — whether numbers tell rows of different sheets not apart (条例 第五十条)."""
        heads = [each for each in self._reading.heads if (each.layout == REMEDIES) == (layout == REMEDIES)]
        is_running = any("id" in each.printed and _RUNNING in each.printed["id"] for each in heads)
        return is_running and len({each.sheet for each in heads}) > 1


def _numbered(entries: Sequence[Entry]) -> frozenset[tuple[str, str]]:
    """By layout and sheet: lists whose rows have numbers, or that hold one row and a column for its."""
    lists = Counter((each.layout, each.sheet) for each in entries)
    return frozenset(
        (each.layout, each.sheet)
        for each in entries
        if each.values.get("id") or ("id" in each.columns and lists[each.layout, each.sheet] == 1)
    )
