"""示范县的经过 — what became of an item and when: every step by another person, in office hours, in order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.law.publishing import ROUTE, STEPS, Act, State, after
from gongkai.law.roles import Role
from gongkai.law.scope import Openness
from gongkai.law.secrecy import Check, Conclusion, Written
from gongkai.web.bodies.models import Staff
from gongkai.web.sample.words import data
from gongkai.web.sample.writing import Written as Draughted

OPENS, CLOSES = time(8, 40), time(17, 20)
AGAIN_DAYS = 45
"""暂缓多久 — until a postponed review is taken up again (条例 第十七条)."""
_OPINIONS = {
    Act.PASS_FIRST: "first",
    Act.PASS_SECOND: "second",
    Act.PASS_LEGAL: "legal",
    Act.PASS_SECRECY: "secrecy",
    Act.PASS_FINAL: "final",
    Act.RETURN: "returned",
    Act.WITHDRAW: "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Step:
    """一步 — who did what when, from which state to which, and what was said."""

    act: Act
    by: Staff
    at: datetime
    from_state: State
    to_state: State
    opinion: str = ""
    conclusion: Conclusion | None = None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def checks(self) -> list[str]:
        """四项检查 — made in the secrecy review (条例 第十七条)."""
        return [each.value for each in Check] if self.act is Act.PASS_SECRECY else []

    @property
    def record(self) -> dict[str, str] | None:
        """书面记录 — of the secrecy review, with its conclusion (条例 第十七条)."""
        if self.conclusion is None:
            return None
        again = {Written.AGAIN_ON.value: self.again_on.isoformat()} if self.act is Act.POSTPONE else {}
        return {**data("words")["opinions"]["record"], Written.OUTCOME.value: self.conclusion.value, **again}

    @property
    def again_on(self) -> date:
        """哪一天再看 — where the review is postponed (条例 第十七条)."""
        return timezone.localdate(self.at) + timedelta(days=AGAIN_DAYS)


@dataclass(frozen=True, slots=True)
class Story:
    """一件的经过 — the draft and its steps, the last of them last."""

    written: Draughted
    steps: list[Step]

    @property
    def state(self) -> State:
        """现在的状态 — after the last step."""
        return self.steps[-1].to_state

    def last(self, *acts: Act) -> Step | None:
        """最后一次 — some step of these kinds."""
        return next((step for step in reversed(self.steps) if step.act in acts), None)


def route(is_normative: bool) -> list[Act]:
    """一路的步骤 — of an item that nobody returns, to its publication (条例 第十七条)."""
    passes = [act for _, act, _ in ROUTE if is_normative or act is not Act.PASS_LEGAL]
    return [Act.CREATE, Act.SUBMIT, *passes, Act.PUBLISH]


def returned(acts: list[Act], at: int) -> list[Act]:
    """退回一次 — the same route, returned by the reviewer who stands at a place, and begun again."""
    return [*acts[:at], Act.RETURN, *acts[1:]]


def told(
    written: Draughted,
    acts: Iterable[Act],
    now: datetime,
    chance: random.Random,
    conclusion: Conclusion = Conclusion.OPEN,
) -> Story:
    """讲一遍 — the steps in their times; all are over by now, however late it was begun.

    `conclusion`: of its secrecy review, where it passes and the draft is for the public.
    """
    acts, steps = list(acts), list[Step]()
    at = _moment(written.draft.formed_on, chance)
    pace = min(30.0, (now - at).total_seconds() / 3600 / (len(acts) + 1))
    state = State.DRAFT
    for act in acts:
        to = after(
            act,
            state,
            needs_legal_review=written.draft.is_normative,
            is_proactive=written.draft.openness is Openness.PROACTIVE,
            is_public=any(step.act is Act.PUBLISH for step in steps),
        )
        concluded = _concluded(act, written, conclusion)
        steps.append(Step(act, _who(written, act, state), at, state, to, _said(act, chance), concluded))
        state, at = to, _next(at, chance.uniform(0.2, 1.0) * pace, now)
    return Story(written, steps)


def _concluded(act: Act, written: Draughted, conclusion: Conclusion) -> Conclusion | None:
    openness = written.draft.openness
    passed = conclusion if openness is Openness.PROACTIVE else Conclusion(openness.value)
    waiting = {Act.POSTPONE: Conclusion.POSTPONED, Act.REFER: Conclusion.REFERRED}
    return passed if act is Act.PASS_SECRECY else waiting.get(act)


def _who(written: Draughted, act: Act, state: State) -> Staff:
    if act is Act.RETURN:
        return written.home.people[next(role for each, _, role in ROUTE if each is state)]
    roles = STEPS[act].roles
    return next(written.home.people[role] for role in Role if role in roles)


def _said(act: Act, chance: random.Random) -> str:
    said: str = chance.choice(data("words")["opinions"][_OPINIONS[act]]) if act in _OPINIONS else ""
    return said


def _moment(on: date, chance: random.Random) -> datetime:
    begun = timezone.make_aware(datetime.combine(on, OPENS))
    return begun + timedelta(minutes=chance.randint(0, 400))


def _next(at: datetime, hours: float, now: datetime) -> datetime:
    """Some hours later; what would fall into a night or a weekend falls into the next morning, if that has been."""
    later = timezone.localtime(at + timedelta(hours=hours))
    if later.time() > CLOSES or later.time() < OPENS or later.weekday() >= 5:
        day = later.date() + timedelta(days=later.time() > CLOSES)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        morning = timezone.make_aware(datetime.combine(day, OPENS)) + timedelta(minutes=later.minute)
        later = max(morning, later) if morning < now else later
    return min(later, now)
