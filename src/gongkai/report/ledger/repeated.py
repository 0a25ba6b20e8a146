"""重复的工作表 — sheets that hold once more what others hold: a summary 汇总, or a copy (条例 第五十条).

Rows are compared by what they say, their numbers left aside: a running number begins anew in each sheet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gongkai.documents.columns import Entry
from gongkai.report.ledger.layouts import ACTS
from gongkai.report.ledger.numbering import Numbers

_SUMMARY = re.compile("汇总|总表|总台账|总册|合计|全年|年度总")
_LEAST = 2
_WHAT = ("repeated", "copied", "alone")
_ASIDE = frozenset({"id", "year", "handler", "state"})


class Repeated(NamedTuple):
    """重复的行 — `told`: rows of a summary that other sheets have; `copied`, `alone`: rows to be looked at, of a sheet
    that is a copy, and of a summary where no other sheet has them."""

    told: frozenset[tuple[str, int]]
    copied: frozenset[tuple[str, int]]
    alone: frozenset[tuple[str, int]]


def each_once(entries: Sequence[Entry], numbers: Numbers) -> Iterator[tuple[Entry, str]]:
    """每行一次 — each entry, with what it is where others hold it too: `repeated`, `copied`, `alone`; else empty."""
    for layout in dict.fromkeys(each.layout for each in entries):
        held = [each for each in entries if each.layout == layout]
        runs = numbers.runs(layout) or not all(map(numbers.is_numbered, held))
        found = repeated(held, runs) if layout != ACTS else Repeated(frozenset(), frozenset(), frozenset())
        for entry in held:
            at = entry.sheet, entry.row
            yield entry, next((name for name, rows in zip(_WHAT, found, strict=True) if at in rows), "")


def repeated(entries: Sequence[Entry], runs: bool) -> Repeated:
    """哪些行重复 — of one layout. `runs`: numbers run anew in each sheet, so that they tell no copy apart."""
    sheets: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        sheets[entry.sheet].append(entry)
    told: set[tuple[str, int]] = set()
    copied: set[tuple[str, int]] = set()
    alone: set[tuple[str, int]] = set()
    for name in sorted(sheets, key=lambda each: (not _SUMMARY.search(each), -list(sheets).index(each))):
        held, others = sheets[name], [each for sheet in sheets if sheet != name for each in sheets[sheet]]
        is_summary = bool(_SUMMARY.search(name))
        if not others or not (is_summary or (runs and len(held) >= _LEAST)):
            continue
        found = _found(held, others)
        here = {(name, each.row) for each in held}
        if is_summary and found:
            told |= found
            alone |= here - found
        elif found == here:
            copied |= found
        else:
            continue
        del sheets[name]
    return Repeated(frozenset(told), frozenset(copied), frozenset(alone))


def _found(held: Sequence[Entry], others: Sequence[Entry]) -> set[tuple[str, int]]:
    """Rows that stand in the other sheets too, each as often as there."""
    columns = [*set(held[0].columns).intersection(*(each.columns for each in others)) - _ASIDE]
    left = Counter(_said(each.values, columns) for each in others)
    found = set()
    for entry in held:
        said = _said(entry.values, columns)
        if left[said] > 0:
            left[said] -= 1
            found.add((entry.sheet, entry.row))
    return found


def _said(values: Mapping[str, object], columns: Sequence[str]) -> tuple[object, ...]:
    return tuple(values.get(name) for name in columns)
