"""写明的列 — columns that options name by the letters of a spreadsheet: 编号=A列."""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongkai.documents.columns.layouts import Layout

LETTERS = re.compile(r"([A-Za-z]{1,3})\s*列|column\s+([A-Za-z]{1,3})", re.IGNORECASE)
"""列号的写法 — A列, column A."""


def by_letters(layout: Layout, given: Mapping[str, str], width: int) -> dict[str, int]:
    """写明的列 — columns that are given by the letters of a spreadsheet, as two with one head can only be."""
    found = {}
    for column in layout.columns:
        said = LETTERS.fullmatch((given.get(column.name) or given.get(column.label) or "").strip())
        at = 0
        for letter in (said[1] or said[2]).upper() if said else "":
            at = at * 26 + ord(letter) - 64
        if 0 < at <= width:
            found[column.name] = at
    return found
