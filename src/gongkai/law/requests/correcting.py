"""更正登记 — a wrong day or column is put right by an act of its own; the old value stays on record (条例 第四十五条).

What was wrong is as if it had never been: every clock and cell is counted from the right day. A year that was reported
does not move: there the report is corrected first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from gongkai.law.annual_report import Publisher, report_due
from gongkai.law.errors import LawError
from gongkai.law.requests.acts import THREADS, Act, Request, RequestAct
from gongkai.law.requests.walk import Refused

Figures = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Settled:
    """更正以后 — the acts as they were, without the corrections; which of these hold, which do not (条例 第四十五条).

    `originals`: each act that was put right, with the one that it was before.
    """

    request: Request
    taken: tuple[Act, ...] = ()
    refused: tuple[Refused, ...] = ()
    originals: tuple[tuple[Act, Act], ...] = ()


def settled(request: Request, figures: Callable[[Request], Sequence[Figures]]) -> Settled:
    """更正 — `figures`: what a request counts for, a set of (year, …) a line (条例 第四十五条)."""
    if all(act.kind is not RequestAct.CORRECT_RECORD for act in request.acts):
        return Settled(request)
    plain = tuple(act for act in request.in_order if act.kind is not RequestAct.CORRECT_RECORD)
    now, taken, refused, originals = replace(request, acts=plain), [], [], []
    for act in request.in_order:
        if act.kind is not RequestAct.CORRECT_RECORD:
            continue
        try:
            right = _right(now, act)
            if _may_reach_a_report(act):
                _require_unreported(act, figures(now), figures(right))
        except LawError as error:
            refused.append(Refused(act, error.template, error.values))
            continue
        before = {id(each) for each in now.acts}
        originals += [
            (new, old)
            for new in right.acts
            if id(new) not in before
            for old in now.acts
            if old.kind is act.corrects and old.on == act.was_on and replace(old, on=new.on) == new
        ]
        now = right
        taken.append(act)
    return Settled(now, tuple(taken), tuple(refused), tuple(originals))


def is_reported(year: int, on: date) -> bool:
    """已经报出 — whether the report of a year should have been published before a day (条例 第四十九条第一款)."""
    return on > report_due(year, Publisher.DEPARTMENT).due_on


def _right(request: Request, act: Act) -> Request:
    if act.corrects is RequestAct.CORRECT_RECORD:
        raise LawError("更正登记本身不能更正；要再改，请对现在的日期再登记一次更正")
    acts = list(request.acts)
    if act.corrects is not None and act.now_on is not None:
        if act.now_on > act.on:
            raise LawError("更正后的日期 {now_on} 晚于更正的日期 {day}，请核对", now_on=act.now_on, day=act.on)
        place = _place(acts, act)
        if place is None:
            raise LawError("没有“{act}”登记在 {was_on}，不能更正", act=act.corrects.label, was_on=act.was_on)
        acts[place] = replace(acts[place], on=act.now_on)
        # The day decides, and on one day the order in which they stood before.
        acts.sort(key=lambda each: each.on)
    return replace(request, acts=tuple(acts), applicant=act.applicant or request.applicant)


def _place(acts: Sequence[Act], act: Act) -> int | None:
    for place, each in enumerate(acts):
        same = each.kind is act.corrects and each.on == act.was_on
        if same and (each.kind not in THREADS or not act.thread or each.thread == act.thread):
            return place
    return None


def _may_reach_a_report(act: Act) -> bool:
    """What happens in a year never moves a figure of the years before it."""
    days = [day for day in (act.was_on, act.now_on) if day and act.corrects]
    return bool(act.applicant) or is_reported(min(days).year, act.on)


def _require_unreported(act: Act, before: Sequence[Figures], after: Sequence[Figures]) -> None:
    moved = {key for key in _different(before, after) if is_reported(int(str(key[0])), act.on)}
    if moved:
        year = min(int(str(key[0])) for key in moved)
        raise LawError("这样更正会改动 {year} 年已经报出的数字；请先更正 {year} 年的年报，本件暂不改动", year=year)


def _different(before: Sequence[Figures], after: Sequence[Figures]) -> Iterator[tuple[object, ...]]:
    for place in range(max(len(before), len(after))):
        was = before[place] if place < len(before) else frozenset()
        now = after[place] if place < len(after) else frozenset()
        yield from was ^ now
