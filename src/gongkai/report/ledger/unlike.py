"""不像这一栏 — columns of words none of whose cells can be read: their head means something else (条例 第五十条).

The rows are not at fault: it is said once, and without the cells, which may be names of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gongkai.documents.columns import Entry

_WORDS = ("applicant", "channel", "answer", "kind", "ending")
_LEAST = 3


class Unlike(NamedTuple):
    """不像的栏 — of a list: its layout and sheet, the column by name and letters, how many cells say something."""

    layout: str
    sheet: str
    name: str
    letters: str
    cells: int


def unlike(entries: Sequence[Entry]) -> Mapping[tuple[str, str], Mapping[str, Unlike]]:
    """哪些栏不像 — by layout and sheet: several cells, and none that can be read."""
    wrong: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    read: set[tuple[str, str, str]] = set()
    for entry in entries:
        for each in entry.wrong:
            if each.name in _WORDS:
                wrong[entry.layout, entry.sheet, each.name].append(each.place.letters)
        read |= {(entry.layout, entry.sheet, name) for name in _WORDS if entry.values.get(name)}
    found: dict[tuple[str, str], dict[str, Unlike]] = defaultdict(dict)
    for (layout, sheet, name), letters in wrong.items():
        if len(letters) >= _LEAST and (layout, sheet, name) not in read:
            found[layout, sheet][name] = Unlike(layout, sheet, name, letters[0], len(letters))
    return found
