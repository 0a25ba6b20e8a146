"""复议、诉讼的经过 — dated acts of one case, its state, its clocks, which decision counts (行政复议法; 行政诉讼法).

As with requests, acts are the only facts: state, clocks and the decision that counts follow from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.law.errors import LawError
from gongkai.law.remedies import RemedyClock, RemedyDue, remedy_due
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import RemedyKind, Term
from gongkai.law.workdays import DAY, Calendar


class RemedyAct(Term):
    """救济中的行为 — one kind of dated act of a case (行政复议法 第三十条; 行政诉讼法 第五十一条)."""

    FILE = "file", "申请复议、起诉", "条例 第五十一条"
    ACCEPT = "accept", "受理、立案", "行政复议法 第三十条第一款"
    COPY = "copy", "收到申请书、起诉状副本", "行政复议法 第四十八条"
    ANSWER = "answer", "提交答复、答辩", "行政复议法 第四十八条"
    HEAR = "hear", "听取意见、开庭", "行政复议法 第四十九条"
    EXTEND = "extend", "延长复议期限", "行政复议法 第六十二条第一款"
    DECIDE = "decide", "收到复议决定、第一审裁判", "行政复议法 第六十二条第一款"
    APPEAL = "appeal", "上诉", "行政诉讼法 第八十五条"
    FINAL = "final", "收到第二审裁判", "行政诉讼法 第八十八条"
    PERFORM = "perform", "履行完毕", "行政复议法 第七十七条第一款"


class RemedyState(Term):
    """救济的状态 — where a case stands (行政复议法 第三十条; 行政诉讼法 第五十一条)."""

    FILED = "filed", "已申请、已起诉", "条例 第五十一条"
    ACCEPTED = "accepted", "已受理", "行政复议法 第三十条第一款"
    ANSWERING = "answering", "待答复、待答辩", "行政复议法 第四十八条"
    HEARD = "heard", "已听取意见、已开庭", "行政复议法 第四十九条"
    DECIDED = "decided", "已决定、已裁判", "行政复议法 第六十二条第一款"
    APPEALED = "appealed", "已上诉", "行政诉讼法 第八十五条"
    FINAL = "final", "第二审已裁判", "行政诉讼法 第八十八条"
    PERFORMED = "performed", "已履行", "行政复议法 第七十七条第一款"


S, A = RemedyState, RemedyAct
MOVES: Mapping[RemedyAct, tuple[frozenset[RemedyState | None], RemedyState | None]] = {
    A.FILE: (frozenset({None}), S.FILED),
    A.ACCEPT: (frozenset({S.FILED}), S.ACCEPTED),
    A.COPY: (frozenset({S.FILED, S.ACCEPTED}), S.ANSWERING),
    A.ANSWER: (frozenset({S.ANSWERING}), S.ACCEPTED),
    A.HEAR: (frozenset({S.ACCEPTED, S.ANSWERING}), S.HEARD),
    A.EXTEND: (frozenset({S.ACCEPTED, S.ANSWERING, S.HEARD}), None),
    A.DECIDE: (frozenset({S.FILED, S.ACCEPTED, S.ANSWERING, S.HEARD}), S.DECIDED),
    A.APPEAL: (frozenset({S.DECIDED}), S.APPEALED),
    A.FINAL: (frozenset({S.APPEALED}), S.FINAL),
    A.PERFORM: (frozenset({S.DECIDED, S.FINAL}), S.PERFORMED),
}
"""步骤表 — from which states an act is taken, and to which it leads; None: it stays (行政复议法; 行政诉讼法)."""
SUITS_ONLY = frozenset({A.APPEAL, A.FINAL})
AT_ONCE = frozenset({"withdrawn", "mediated", "terminated"})
"""即时生效 — endings against which nobody appeals (行政诉讼法 第六十二条)."""


RULINGS = frozenset({"suit_rejected"})
"""裁定 — endings that are no judgment: the time to appeal is ten days (行政诉讼法 第八十五条)."""
APPEALS = (RemedyClock.APPEAL, RemedyClock.APPEAL_RULING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyStep:
    """一个行为 — on a day; `ending`: of a decision; `until`: the day that an order sets (行政诉讼法 第七十二条)."""

    kind: RemedyAct
    on: date
    ending: StrEnum | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """计入的结果 — the ending, and the day on which it counts (年报格式)."""

    ending: StrEnum
    on: date


@dataclass(slots=True)
class RemedyCourse:
    """一件救济的结论 — `clocks`: those that run; `perform_until`: 履行期限; `refused`: what cannot be, with why."""

    kind: RemedyKind
    state: RemedyState | None = None
    clocks: dict[RemedyClock, RemedyDue] = field(default_factory=dict)
    counted: Counted | None = None
    perform_until: date | None = None
    refused: list[tuple[RemedyStep, LawError]] = field(default_factory=list)


def remedy_course(
    kind: RemedyKind,
    acts: tuple[RemedyStep, ...],
    calendar: Calendar,
    settings: Settings,
    *,
    is_simplified: bool = False,
    cut_on: date | None = None,
) -> RemedyCourse:
    """一件救济的结论 — as it stands on a day; acts in any order, those of one day as given (行政复议法 第五十三条).

    By `second_instance` the first judgment counts on its day, or the one that took effect on the day on which it did: a
    first judgment when the time to appeal has passed, so that what counted once is not taken back.
    """
    found = RemedyCourse(kind)
    for act in sorted((each for each in acts if cut_on is None or each.on <= cut_on), key=lambda each: each.on):
        try:
            _require(found, act, calendar)
            _take(found, act, calendar, is_simplified=is_simplified, last=settings.second_instance == "last")
        except LawError as error:
            found.refused.append((act, error))
    if found.counted and cut_on is not None and found.counted.on > cut_on:
        found.counted = None
    return found


def _require(found: RemedyCourse, act: RemedyStep, calendar: Calendar) -> None:
    sources, _ = MOVES[act.kind]
    if found.state not in sources:
        state = found.state.label if found.state else "没有登记"
        raise LawError("现在是“{state}”，不能“{act}”", state=state, act=act.kind.label)
    is_review = found.kind is RemedyKind.RECONSIDERATION
    if (act.kind in SUITS_ONLY and is_review) or (act.kind is A.EXTEND and not is_review):
        raise LawError("{kind}没有“{act}”这一步", kind=found.kind.label, act=act.kind.label)
    if act.kind in (A.DECIDE, A.FINAL) and act.ending is None:
        raise LawError("“{act}”要写明结果", act=act.kind.label)
    until = max((due.due_on for clock, due in found.clocks.items() if clock in APPEALS), default=date.min)
    if act.kind is A.APPEAL and max(until, calendar.first_on) < act.on:
        raise LawError("上诉期限已经届满，或者这样结案不能上诉；请核对收到裁判的日期")


def _take(found: RemedyCourse, act: RemedyStep, calendar: Calendar, *, is_simplified: bool, last: bool) -> None:
    started = _STARTED.get((act.kind, found.kind is RemedyKind.RECONSIDERATION, is_simplified))
    if started is RemedyClock.APPEAL and act.ending in (AT_ONCE | RULINGS):
        started = None if act.ending in AT_ONCE else RemedyClock.APPEAL_RULING
    if act.kind is A.EXTEND:
        begun = found.clocks.get(RemedyClock.RECONSIDERATION_DECISION)
        started = RemedyClock.RECONSIDERATION_DECISION_EXTENDED if begun else None
    started_on = begun.started_on if act.kind is A.EXTEND and begun else act.on
    # A clock that began before the calendar does has long run out; the decision counts all the same.
    due = remedy_due(started, started_on, calendar) if started and started_on >= calendar.first_on else None
    for clock in _ENDED.get(act.kind, ()):
        found.clocks.pop(clock, None)
    if due:
        found.clocks[due.clock] = due
    if act.kind in (A.DECIDE, A.FINAL):
        found.perform_until = act.until
        takes_effect_on = due.due_on + DAY if last and due and due.clock in APPEALS else act.on
        if act.ending and (found.counted is None or last):
            found.counted = Counted(act.ending, takes_effect_on)
    if act.kind is A.APPEAL and last:
        found.counted = None
    found.state = MOVES[act.kind][1] or found.state


_REPLIES = (RemedyClock.RECONSIDERATION_REPLY, RemedyClock.RECONSIDERATION_REPLY_SIMPLIFIED)
_ENDED: Mapping[RemedyAct, tuple[RemedyClock, ...]] = {
    A.ANSWER: (*_REPLIES, RemedyClock.DEFENCE),
    A.EXTEND: (RemedyClock.RECONSIDERATION_DECISION,),
    A.DECIDE: tuple(RemedyClock),
    A.APPEAL: tuple(RemedyClock),
    A.FINAL: tuple(RemedyClock),
}
_STARTED: Mapping[tuple[RemedyAct, bool, bool], RemedyClock] = {
    (A.ACCEPT, True, False): RemedyClock.RECONSIDERATION_DECISION,
    (A.ACCEPT, True, True): RemedyClock.RECONSIDERATION_DECISION_SIMPLIFIED,
    (A.COPY, True, False): RemedyClock.RECONSIDERATION_REPLY,
    (A.COPY, True, True): RemedyClock.RECONSIDERATION_REPLY_SIMPLIFIED,
    (A.DECIDE, True, False): RemedyClock.SUIT_AFTER_RECONSIDERATION,
    (A.DECIDE, True, True): RemedyClock.SUIT_AFTER_RECONSIDERATION,
    (A.ACCEPT, False, False): RemedyClock.JUDGMENT,
    (A.ACCEPT, False, True): RemedyClock.JUDGMENT_SIMPLIFIED,
    (A.COPY, False, False): RemedyClock.DEFENCE,
    (A.COPY, False, True): RemedyClock.DEFENCE,
    (A.DECIDE, False, False): RemedyClock.APPEAL,
    (A.DECIDE, False, True): RemedyClock.APPEAL,
    (A.APPEAL, False, False): RemedyClock.SECOND_INSTANCE,
    (A.APPEAL, False, True): RemedyClock.SECOND_INSTANCE,
}
