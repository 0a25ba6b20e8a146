"""几件一起看 — a disaster that stops all clocks, what was handed over, a year’s fees (条例 第三十六条第（五）项)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.courses import courses
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.walking import ARRIVALS, BEGINNINGS
from gongkai.law.workdays import Calendar


def suspended(requests: Iterable[Request], act: Act, calendar: Calendar, settings: Settings) -> list[Request]:
    """全部中止 — the requests, with the suspension added to each that is open then (民法典 第一百八十条第二款).

    What comes in on one of its days is suspended from that day.
    """
    asked = list(requests)
    tried = [_with(request, act) for request in asked]
    refused = {id(each.act) for found in courses(tried, calendar, settings) for each in found.refused}
    return [new if id(new.acts[-1]) not in refused else old for old, new in zip(asked, tried, strict=True)]


def _with(request: Request, act: Act) -> Request:
    came_on = min((each.on for each in request.acts if each.kind in BEGINNINGS), default=act.on)
    return replace(request, acts=(*request.acts, replace(act, on=max(act.on, came_on))))


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
    """转送的各件 — of several bodies, each here and there: two requests, for a roll-up to show in pairs."""
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
