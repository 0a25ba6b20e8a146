"""一事一申请 — one request that asks for several things is split; all were received on its day (条例 第二十九条第二款).

Each part is a request of its own from the start, for the figures and for the fee by item. What had happened before the
split happened to each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, RequestAct
from gongkai.law.requests.correcting import is_reported
from gongkai.law.requests.walk import Walk
from gongkai.law.requests.walking import BEGINNINGS, take_all

# What comes in on the day of the split came before it; what the office did that day it did with the rest.
COMING_IN = frozenset({RequestAct.SUBMIT, RequestAct.REGISTER, RequestAct.CONFIRM, RequestAct.CORRECTED})


@dataclass(frozen=True, slots=True)
class Origin:
    """从哪一件分出 — the acts of a request as they were, and the day on which it began as it had been entered."""

    acts: Sequence[Act] = ()
    entered_on: date | None = None

    @classmethod
    def of(cls, acts: Sequence[Act], entered: Sequence[Act]) -> Origin:
        """由登记得到 — `entered`: the acts before anything was put right."""
        return cls(acts, _begun(entered))

    def split_on(self, on: date) -> date:
        """分案之日 — the day that was entered; where the whole was put right to have come later, the day it came."""
        begun = _begun(self.acts)
        return begun if begun and self.entered_on and self.entered_on <= on < begun else on


def _begun(acts: Sequence[Act]) -> date | None:
    return min((act.on for act in acts if act.kind in BEGINNINGS), default=None)


def inherited(origin: Origin, on: date) -> tuple[Act, ...]:
    """分案以前的行为 — of the request that is split on a day, what came in with its cause (条例 第二十九条)."""
    kept: list[Act] = []
    asked: list[Act] = []
    on = origin.split_on(on)
    for act in sorted(origin.acts, key=lambda act: act.on):
        if act.on < on or (act.on == on and act.kind in COMING_IN):
            # What was corrected on the day of the split was asked for before it.
            kept += [*(asked if act.kind is RequestAct.CORRECTED else ()), act]
        elif act.on == on and act.kind is RequestAct.ASK_CORRECTION:
            asked.append(act)
    return tuple(kept)


def split(walk: Walk, act: Act, before: Sequence[Act]) -> None:
    """分出 — from what was open then; the clock is the same, whatever it has been through (条例 第二十九条)."""
    if walk.arrived_on is not None:
        raise LawError("这件申请已经另行登记，不能又从“{of}”分出", of=act.of)
    is_merged = any(each.kind is RequestAct.MERGE for each in before)
    whole = take_all(Walk(walk.calendar, walk.settings), [each for each in before if each.kind is not RequestAct.MERGE])
    if whole.received_on is None or whole.is_closed or whole.closings or is_merged:
        raise LawError("“{of}”在 {day} 不是收到而没有办结的申请，不能从中分出", of=act.of, day=act.on)
    if is_reported(whole.received_on.year, act.on):
        said = "“{of}”已经计入 {year} 年的年报，不能再分；请把分出的部分登记为新收的申请"
        raise LawError(said, of=act.of, year=whole.received_on.year)
    refused = walk.refused
    for each in fields(Walk):
        setattr(walk, each.name, getattr(whole, each.name))
    # What was paid is kept once, with the request that it was paid for.
    walk.refused, walk.payments = refused, []
    walk.say("{day} 从“{of}”分出，收到之日和已经经过的期限不变", act, of=act.of)
