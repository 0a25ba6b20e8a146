"""结转的申请 — one request on two sheets, open in the one and answered in the other, or copied whole (条例 第五十条).

An office begins a sheet for each quarter or year and writes what is still open there once more, numbered anew; later it
fills in both. A sheet of some of the rows (不予公开) is written beside the whole list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from datetime import date
from typing import NamedTuple

from gongkai.documents.columns import Entry
from gongkai.documents.columns.values import plain, shown
from gongkai.report.ledger import ToldYear
from gongkai.report.ledger.doubts import CONTENT, called, is_no
from gongkai.report.ledger.said import place_at
from gongkai.text.folding import fold

_NAMES = "姓名|名称|申请人$|内容|事项|标题"
_CARRIED = re.compile("结转|上年转|转入|上季度?转|承前")

At = tuple[str, int]


class Carried(NamedTuple):
    """像是同一件的 — by sheet and row: `pairs`, an open row and the answered one, each with the other; `again`,
    further open rows and rows answered alike with the first."""

    pairs: MutableMapping[At, Entry]
    again: MutableMapping[At, Entry]


def carried(entries: Sequence[Entry], *, runs: bool) -> Carried:
    """哪些像是同一件 — of requests on several sheets. `runs`: numbers begin anew in each sheet."""
    alike: dict[tuple[object, object], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.values.get("received_on"):
            alike[entry.values["received_on"], entry.values.get("applicant")].append(entry)
    found = Carried({}, {})
    for held in alike.values():
        if len({each.sheet for each in held}) > 1:
            _join(held, runs, found)
            _join_answered(held, found)
    _join_by_words(entries, found)
    return found


def _join(held: Sequence[Entry], runs: bool, found: Carried) -> None:
    """Rows of one day and kind: an answered one with all that are open elsewhere, then the open ones together."""
    still_open = [each for each in held if not is_answered(each)]
    for answered in filter(is_answered, held):
        same = [each for each in still_open if each.sheet != answered.sheet and _is_one(each, answered, runs=runs)]
        _keep(same, answered, found)
    left = [each for each in still_open if _at(each) not in found.pairs and _at(each) not in found.again]
    for at, first in enumerate(left):
        for other in left[at + 1 :]:
            is_new = other.sheet != first.sheet and not {_at(first), _at(other)} & found.again.keys()
            if is_new and (_named(first) or _says_carried(other)) and _is_one(first, other, runs=True):
                found.again[_at(other)] = first


def _join_answered(held: Sequence[Entry], found: Carried) -> None:
    """Rows of one day and kind that were answered on one day with one result, and name the same."""
    answered = [each for each in held if is_answered(each) and _at(each) not in found.pairs]
    for at, first in enumerate(answered):
        for other in answered[at + 1 :]:
            is_apart = other.sheet != first.sheet and not {_at(first), _at(other)} & found.again.keys()
            is_alike = all(first.values.get(name) == other.values.get(name) for name in ("answered_on", "answer"))
            if is_apart and is_alike and _named(first) and _is_one(first, other, runs=True):
                found.again[_at(other)] = first


def _keep(same: Sequence[Entry], answered: Entry, found: Carried) -> None:
    free = [each for each in same if _at(each) not in found.pairs and _at(each) not in found.again]
    if free and _at(answered) not in found.pairs:
        first = free[0]
        found.pairs.update({_at(first): answered, _at(answered): first})
        sheets = {first.sheet}
        for each in free[1:]:
            if each.sheet not in sheets:
                sheets.add(each.sheet)
                found.again[_at(each)] = first


def _join_by_words(entries: Sequence[Entry], found: Carried) -> None:
    """A row that says that it is carried over, with the open one that it was, received on another day."""
    for entry in entries:
        received = entry.values.get("received_on")
        if not _says_carried(entry) or not is_answered(entry) or not isinstance(received, date):
            continue
        names = _named(entry)
        before = [
            each
            for each in entries
            if each.sheet != entry.sheet
            and not is_answered(each)
            and isinstance(day := each.values.get("received_on"), date)
            and day < received
            and each.values.get("applicant") == entry.values.get("applicant")
            and len(names) > 1
            and _named(each) == names
        ]
        _keep(before, entry, found)


def _at(entry: Entry) -> At:
    return entry.sheet, entry.row


def is_answered(entry: Entry) -> bool:
    """答复了的 — whether the row tells of an end (条例 第三十六条)."""
    return bool(entry.values.get("answered_on"))


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


_NEXT = re.compile(r"(?:结?转)(?:到|至|入)?(?:下|明|次|20\d\d)(?:一?年|季)|不结转|未结转|无结转")
_LAST_YEAR = re.compile(r"(?:上|去|前)一?年度?(?:结|未办结)?转|结转|上年转")
_NEW = re.compile("(?:本|当|今)年度?(?:新收|收到|新增)|新收")
_YES = frozenset({"是", "有", "√", "y", "yes", "1"})


def told_years(places: Mapping[str, Entry]) -> dict[str, ToldYear]:
    """说是上年的还是本年的 — by number, requests whose row, part or sheet says so (年报格式 表三)."""
    said = {number: _told_year(entry) for number, entry in places.items() if entry.layout == "requests"}
    return {number: told for number, told in said.items() if told}


def _told_year(entry: Entry) -> ToldYear | None:
    for column, head, text in _words(entry):
        is_carried = _by_words(head) if column else None
        if is_carried is not None and (plain(text) in _YES or is_no(text)):
            is_carried = is_carried is not is_no(text)
        else:
            is_carried = None if CONTENT.search(head) else _by_words(fold(text))
        if is_carried is not None:
            return ToldYear(is_carried, place_at(entry, column), {"head": called(head), "said": shown(text)})
    return None


def _words(entry: Entry) -> Iterator[tuple[int, str, str]]:
    heads = {column: head for head, column in entry.unused.items()}
    yield from ((column, heads.get(column, ""), text) for column, text in entry.beside.items())
    yield from ((column, "批注", text) for column, text in entry.remarks.items())
    yield from ((0, head, text) for head, text in (("分段", entry.section), ("工作表", entry.sheet)))


def _by_words(text: str) -> bool | None:
    left = _NEXT.sub("", text)
    is_old, is_new = bool(_LAST_YEAR.search(left)), bool(_NEW.search(left))
    return is_old if is_old is not is_new else None


def _says_carried(entry: Entry) -> bool:
    return any(map(_CARRIED.search, (*entry.beside.values(), *entry.remarks.values(), entry.section)))
