"""按内容认栏 — which of two columns a head is of: 办理情况 over 予以公开 holds results (条例 第三十六条)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gongkai.documents.columns.heads import Matched
from gongkai.documents.columns.layouts import Column, Layout
from gongkai.documents.columns.values import CellError, says_nothing
from gongkai.documents.columns.words import read_choice

_LOOKED_AT = 200
_MOST_UNREAD = 5
"""One cell of so many may say something else."""


def by_content(found: Matched, texts: Sequence[Sequence[str]], layout: Layout, given: Mapping[str, str]) -> Matched:
    """按内容认 — the heads, with a column under the name of the one whose choices stand below it.

    A column that `given` names, or beside which the other one stands, is as its head says.
    """
    for column in layout.columns:
        other = column.or_holds
        if not other or column.name not in found.columns or given.keys() & {column.name, column.label}:
            continue
        if other in found.columns or other in found.twice:
            continue
        at = found.columns[column.name]
        below = texts[found.ends_at + 1 : found.ends_at + 1 + _LOOKED_AT]
        if _holds([row[at - 1] for row in below], layout.column(other)):
            found = _renamed(found, column.name, other)
    return found


def _holds(cells: Sequence[str], column: Column) -> bool:
    """Whether nearly all cells that say something are choices of a column."""
    read = unread = 0
    for cell in cells:
        try:
            read += not says_nothing(cell) and read_choice(cell, column) is not None
        except CellError:
            unread += 1
    return read > 0 and unread * _MOST_UNREAD <= read


def _renamed(found: Matched, name: str, other: str) -> Matched:
    columns, printed, wide = dict(found.columns), dict(found.printed), dict(found.wide)
    columns[other], printed[other] = columns.pop(name), printed.pop(name)
    wide[other] = wide.pop(name, ())
    return replace(found, columns=columns, printed=printed, wide=wide)
