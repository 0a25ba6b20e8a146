"""许多件申请 — their courses together: what is merged closes with its host (年报格式)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course, Lines, lines
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.splitting import Origin
from gongkai.law.workdays import Calendar


def courses(requests: Iterable[Request], calendar: Calendar, settings: Settings) -> list[Course]:
    """各件的结论 — in the order given; one that is handled again and counts anew has a line more (年报格式)."""
    return [course for each in _walked(requests, calendar, settings) for course in each.courses]


def as_they_were(requests: Iterable[Request], calendar: Calendar, settings: Settings) -> list[Request]:
    """还原 — before they are cut at a day: what was put right later was so before, what was split came as several."""
    asked = list(requests)
    if not any(act.kind in _LATER for each in asked for act in each.acts):
        return asked
    return [each.was for each in _walked(asked, calendar, settings)]


_CIRCLE = "“{into}”已经并入“{id}”（直接或者经过别的件），不能再并回去；请核对由哪一件一并答复，删去多写的并入编号"
_ITSELF = "“{id}”不能并入自己，请核对并入编号"
_LATER = frozenset({RequestAct.CORRECT_RECORD, RequestAct.SPLIT})


def _walked(requests: Iterable[Request], calendar: Calendar, settings: Settings) -> list[Lines]:
    asked = {request.id: request for request in requests}
    into, whole, circles = _links(asked)
    found: dict[str, Lines] = {}

    def host(number: str, on: date, merged: str) -> Course | None:
        if merged == number:
            raise LawError(_ITSELF, id=number)
        if (merged, number) in circles:
            raise LawError(_CIRCLE, id=merged, into=number)
        received = found[number].courses if number in found else []
        known = [each for each in received if each.received_on and each.received_on <= on]
        return known[-1] if known else None

    for number in asked:
        waiting = [number]
        while waiting:
            first = [each for each in into[waiting[-1]] if each not in found]
            if first:
                waiting += first
                continue
            last = waiting.pop()
            if last not in found:
                origins = {each: Origin.of(found[each].was.acts, asked[each].acts) for each in whole.get(last, ())}
                found[last] = lines(asked[last], calendar, settings, partial(host, merged=last), origins)
    return [found[number] for number in asked]


def _links(
    asked: dict[str, Request],
) -> tuple[dict[str, list[str]], dict[str, list[str]], set[tuple[str, str]]]:
    """By each request the ones that it is merged into or split from; of a circle the link that closes it is left out.

    And by each part the ones that it is split from, and the mergers that were left out.
    """
    links = [
        (act.on, number, other, act.kind)
        for number, request in asked.items()
        for act in request.acts
        if (other := _link(act)) in asked
    ]
    into: dict[str, list[str]] = {number: [] for number in asked}
    whole: dict[str, list[str]] = {}
    circles: set[tuple[str, str]] = set()
    for _, number, other, kind in sorted(links, key=lambda each: each[0]):
        reached, waiting = {other}, [other]
        while waiting:
            more = [each for each in into[waiting.pop()] if each not in reached]
            reached.update(more)
            waiting += more
        if number in reached:
            circles |= {(number, other)} if kind is RequestAct.MERGE else set()
            continue
        into[number].append(other)
        if kind is RequestAct.SPLIT:
            whole.setdefault(number, []).append(other)
    return into, whole, circles


def _link(act: Act) -> str:
    if act.kind is RequestAct.SPLIT:
        return act.of
    return act.into if act.kind is RequestAct.MERGE else ""


def until(request: Request, cut_on: date) -> Request:
    """截至某日 — the request as it stood at the end of a day: later acts have not happened (条例 第五十条)."""
    return Request(
        id=request.id, applicant=request.applicant, acts=tuple(act for act in request.acts if act.on <= cut_on)
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """期限的变动 — by which act (None: by a new calendar), from which day to which (条例 第三十三条)."""

    act: Act | None
    from_on: date | None
    to_on: date | None


def moves(request: Request, calendar: Calendar, settings: Settings) -> list[Moved]:
    """期限怎样变到今天 — every act after which another day was due, in order (条例 第三十条至第三十五条)."""
    found: list[Moved] = []
    due_on: date | None = None
    acts = request.in_order
    for place, act in enumerate(acts, 1):
        so_far = Request(id=request.id, applicant=request.applicant, acts=acts[:place])
        after = lines(so_far, calendar, settings).courses[-1].due_on
        if after != due_on:
            found.append(Moved(act, due_on, after))
            due_on = after
    return found


def recounted(requests: Iterable[Request], before: Calendar, after: Calendar, settings: Settings) -> dict[str, Moved]:
    """按新日历重算 — the requests whose day a new notice moves, and nothing else (放假办法)."""
    asked = list(requests)
    pairs = zip(courses(asked, before, settings), courses(asked, after, settings), strict=True)
    return {old.id: Moved(None, old.due_on, new.due_on) for old, new in pairs if old.due_on != new.due_on}
