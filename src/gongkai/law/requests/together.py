"""几件一起看 — what concerns more than one request: a disaster, what was handed over, fees (条例 第三十六条第（五）项)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.walking import ARRIVALS


def suspended(requests: Iterable[Request], found: Iterable[Course], act: Act) -> list[Request]:
    """全部中止 — the requests, with the suspension added to each that is open on one of its days (民法典 第一百八十条).

    `found`: the courses of these requests. What came in meanwhile is suspended from its arrival.
    """
    closed = {each.id: each for each in found}
    return [_suspended(request, closed.get(request.id), act) for request in requests]


def _suspended(request: Request, found: Course | None, act: Act) -> Request:
    arrived_on = min((each.on for each in request.acts if each.kind in ARRIVALS), default=None)
    is_past = found is not None and found.waits_for == "nobody" and (found.answered_on or date.min) < act.on
    if arrived_on is None or is_past or (act.until and arrived_on > act.until):
        return request
    return replace(request, acts=(*request.acts, replace(act, on=max(act.on, arrived_on))))


@dataclass(frozen=True, slots=True)
class Handed:
    """转送的一件 — its number here and there; `received_on`: by the other body, None where it did not register it."""

    body: str
    id: str
    handed_on: date
    to_body: str
    to_id: str
    received_on: date | None

    @property
    def is_linked(self) -> bool:
        """两头都登记了 — whether the other body registered it, not before it was handed over (条例 第三十一条)."""
        return self.received_on is not None and self.received_on >= self.handed_on


def handed_over(bodies: Mapping[str, Sequence[Request]]) -> list[Handed]:
    """转送的各件 — of several bodies, each at its body and at the next: two requests, for a roll-up to show as a pair."""
    came = {
        (body, act.body, act.of): (request.id, act.on)
        for body, requests in bodies.items()
        for request in requests
        for act in request.acts
        if act.kind in ARRIVALS and act.body and act.of
    }
    found = []
    for body, requests in bodies.items():
        for request in requests:
            for act in request.in_order:
                if act.kind is RequestAct.HAND_OVER:
                    number, on = came.get((act.body, body, request.id), (act.into, None))
                    found.append(Handed(body, request.id, act.on, act.body, number, on))
    return found


def fees(found: Iterable[Course], year: int, cut_on: date) -> Decimal:
    """全年收取的信息处理费 — 元 received less what was given back, as section six tells it (条例 第四十二条第一款)."""
    payments = (each for course in found for each in course.payments)
    return sum((each.amount for each in payments if each.on.year == year and each.on <= cut_on), Decimal(0))
