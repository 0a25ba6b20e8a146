"""结转的申请 — one request on two sheets, open in the one and answered in the other (条例 第五十条).

An office begins a sheet for each quarter or year and writes what is still open there once more, numbered anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import plain

_NAMES = "姓名|名称|申请人$|内容|事项|标题"
_CARRIED = re.compile("结转|上年转|转入|上季度?转|承前")

At = tuple[str, int]


def carried(entries: Sequence[Entry], *, runs: bool) -> Mapping[At, Entry]:
    """哪些像是同一件 — by sheet and row, the row of the other sheet. `runs`: numbers begin anew in each sheet."""
    alike: dict[tuple[object, object], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.values.get("received_on"):
            alike[entry.values["received_on"], entry.values.get("applicant")].append(entry)
    found: dict[At, Entry] = {}
    for held in alike.values():
        for first, second in _pairs(held) if len({each.sheet for each in held}) > 1 else ():
            places = (first.sheet, first.row), (second.sheet, second.row)
            if not any(at in found for at in places) and _is_one(first, second, runs=runs):
                found |= {places[0]: second, places[1]: first}
    return found


def is_answered(entry: Entry) -> bool:
    """答复了的 — whether the row tells of an end (条例 第三十六条)."""
    return bool(entry.values.get("answered_on"))


def _pairs(held: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    still_open = [each for each in held if not is_answered(each)]
    answered = [each for each in held if is_answered(each)]
    yield from ((first, second) for first in still_open for second in answered if first.sheet != second.sheet)


def _is_one(first: Entry, second: Entry, *, runs: bool) -> bool:
    one, other = _named(first), _named(second)
    shared = one.keys() & other.keys()
    if any(one[head] != other[head] for head in shared):
        return False
    number = first.values.get("id")
    is_numbered = bool(number) and not runs and number == second.values.get("id")
    return bool(shared) or is_numbered or any(map(_says_carried, (first, second)))


def _named(entry: Entry) -> dict[str, str]:
    return {head: plain(text) for head, text in entry.kept.items() if re.search(_NAMES, head) and plain(text)}


def _says_carried(entry: Entry) -> bool:
    return any(map(_CARRIED.search, (*entry.beside.values(), *entry.remarks.values(), entry.section)))
