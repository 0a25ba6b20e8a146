"""程序 — a procedure as a value: states, steps, who takes them, what they need, whose turn it is (条例 第四条).

A procedure may store its state, as publishing does, or derive it from dated acts with threads beside it, as requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from gongkai.law.roles import Role
from gongkai.law.terms import Term

Act = TypeVar("Act", bound=Term)
State = TypeVar("State", bound=Term)
Need = TypeVar("Need", bound=Term)


@dataclass(frozen=True)
class Step(Generic[Act, State, Need]):
    """程序中的一步 — from which states to which, by whom, on what conditions (条例 第四条).

    `target`: None where the route or the acts before decide, or where it stays as it is. `signed_by`: who must agree
    before it counts, always another person than who takes it; empty where it needs no signature.
    """

    act: Act
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    needs: frozenset[Need] = frozenset()
    signed_by: frozenset[Role] = frozenset()

    def may_sign(self, role: Role, *, took_it: bool) -> bool:
        """可以签发 — whether who holds this role may sign the step; `took_it`: this person drafted it (条例 第四条)."""
        return role in self.signed_by and not took_it


@dataclass(frozen=True, kw_only=True)
class Procedure(Generic[Act, State, Need]):
    """程序 — everything that documents print, permissions ask and tests walk (条例 第四条).

    `waits_for`: whose turn it is in a state, in words; a state that is not named waits for nobody. `threads`: the acts
    that go on beside the main state. `is_stored`: whether the state is kept, or derived from the acts.
    """

    code: str
    label: str
    provision: str
    states: tuple[State, ...]
    steps: Mapping[Act, Step[Act, State, Need]]
    waits_for: Mapping[State, str]
    is_stored: bool
    threads: frozenset[Act] = frozenset()

    def is_timely(self, act: Act, state: State | None) -> bool:
        """正是时候 — whether the procedure has this step in this state; None: before there is anything."""
        sources = self.steps[act].sources
        return state in sources if sources else state is None

    def step(self, act: Act) -> Step[Act, State, Need]:
        """一步 — what the procedure says of an act."""
        return self.steps[act]

    @property
    def ends(self) -> frozenset[State]:
        """终点 — the states that no step leaves."""
        return frozenset(self.states) - {state for step in self.steps.values() for state in step.sources}


AnyProcedure = Procedure[Any, Any, Any]
