"""几个台账一起 — one request in the ledgers of two years: open in the one, answered in the other (条例 第三十三条).

An office keeps last year's file as it stood and goes on with the request in this year's, under the same number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from gongkai.law.requests.acts import Request, RequestAct
from gongkai.report.ledger import Ledger, RefusedRow
from gongkai.report.ledger.case import ENDS

_OVER = frozenset({RequestAct.DELIVER.value, *ENDS})
_ANSWERED = "“{file}”里同一编号的一件 {day} 已经答复，像是同一件，看不出是否逾期；是同一件的，请把答复写到这一行"

_Key = tuple[str, str, date]


def together(ledgers: Mapping[str, Ledger]) -> dict[str, Ledger]:
    """彼此看过的台账 — by file, each with what the others say of its requests (条例 第三十三条)."""
    held = {file: dict(_keyed(ledger)) for file, ledger in ledgers.items()}
    return {file: _with_others(file, ledger, held) for file, ledger in ledgers.items()}


def again(ledgers: Sequence[Ledger]) -> int:
    """重复的件数 — how many requests stand in a ledger before too, so that the files together count them twice."""
    seen: set[_Key] = set()
    count = 0
    for ledger in ledgers:
        keys = {key for key, _ in _keyed(ledger)}
        count += len(keys & seen)
        seen |= keys
    return count


def _with_others(file: str, ledger: Ledger, held: Mapping[str, Mapping[_Key, Request]]) -> Ledger:
    """An open one that is answered elsewhere is called late by nobody."""
    unreadable = dict(ledger.unreadable)
    for key, request in held[file].items():
        for other, requests in held.items() if _ended(request) is None else ():
            day = _ended(requests[key]) if other != file and key in requests else None
            if day:
                row = RefusedRow("", "", _ANSWERED, {"file": other, "day": day}, is_doubt=True)
                unreadable[request.id] = (*unreadable.get(request.id, ()), row)
                break
    return replace(ledger, unreadable=unreadable)


def _keyed(ledger: Ledger) -> Iterator[tuple[_Key, Request]]:
    """Requests with a number of their own, by it, the applicant's kind and the first day."""
    if ledger.is_numbered:
        for request in ledger.requests:
            if request.acts:
                yield (request.id, request.applicant.value, request.in_order[0].on), request


def _ended(request: Request) -> date | None:
    return next((act.on for act in request.acts if act.kind.value in _OVER), None)
