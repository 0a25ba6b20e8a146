"""复议、诉讼的经过 — every clock of a case at its boundary days, every state, and which decision counts."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.remedies import RemedyClock, remedy_due
from gongkai.law.remedy_course import MOVES, RemedyAct, RemedyCourse, RemedyState, RemedyStep, remedy_course
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import RemedyKind
from gongkai.law.workdays import Calendar

CALENDAR = Calendar.load()
DAY = timedelta(days=1)
REVIEW, SUIT = RemedyKind.RECONSIDERATION, RemedyKind.LITIGATION_DIRECT
A, S = RemedyAct, RemedyState


class Result(StrEnum):
    UPHELD = "upheld"
    QUASHED = "quashed"
    WITHDRAWN = "withdrawn"
    SUIT_REJECTED = "suit_rejected"


def step(kind: RemedyAct, on: str, ending: Result | None = None, until: date | None = None) -> RemedyStep:
    return RemedyStep(kind=kind, on=date.fromisoformat(on), ending=ending, until=until)


def course(
    kind: RemedyKind, *steps: RemedyStep, cut: str = "", instance: str = "first", is_simplified: bool = False
) -> RemedyCourse:
    cut_on = date.fromisoformat(cut) if cut else None
    settings = Settings.of({"second_instance": instance})
    return remedy_course(kind, steps, CALENDAR, settings, is_simplified=is_simplified, cut_on=cut_on)


@pytest.mark.parametrize(
    ("clock", "started_on", "due_on"),
    [
        # Ticked off on the calendar: the day that starts it is not counted; the last day moves off days of rest.
        (RemedyClock.RECONSIDERATION, date(2026, 3, 2), date(2026, 5, 6)),  # 1 May to 5 May are off
        (RemedyClock.RECONSIDERATION, date(2026, 3, 9), date(2026, 5, 8)),
        (RemedyClock.RECONSIDERATION, date(2026, 3, 10), date(2026, 5, 9)),  # a Saturday on which offices work
        (RemedyClock.RECONSIDERATION_NOT_TOLD, date(2025, 2, 28), date(2026, 2, 28)),  # such a Saturday too
        (RemedyClock.RECONSIDERATION_NOT_TOLD, date(2024, 2, 29), date(2025, 2, 28)),
        (RemedyClock.SUIT, date(2025, 8, 31), date(2026, 2, 28)),
        (RemedyClock.SUIT, date(2026, 1, 4), date(2026, 7, 6)),  # 4 July is a Saturday
        (RemedyClock.SUIT_AFTER_RECONSIDERATION, date(2026, 1, 30), date(2026, 2, 14)),
        (RemedyClock.SUIT_AFTER_RECONSIDERATION, date(2026, 1, 31), date(2026, 2, 24)),  # 15 to 23 February are off
        (RemedyClock.RECONSIDERATION_REPLY, date(2026, 2, 9), date(2026, 2, 28)),
        (RemedyClock.RECONSIDERATION_REPLY_SIMPLIFIED, date(2026, 2, 9), date(2026, 2, 14)),
        (RemedyClock.RECONSIDERATION_DECISION, date(2026, 3, 2), date(2026, 5, 6)),
        (RemedyClock.RECONSIDERATION_DECISION_EXTENDED, date(2026, 3, 2), date(2026, 6, 1)),  # 31 May is a Sunday
        (RemedyClock.RECONSIDERATION_DECISION_SIMPLIFIED, date(2026, 3, 2), date(2026, 4, 1)),
        (RemedyClock.DEFENCE, date(2026, 9, 16), date(2026, 10, 8)),  # 1 to 7 October are off
        (RemedyClock.DEFENCE, date(2026, 9, 15), date(2026, 9, 30)),
        (RemedyClock.JUDGMENT, date(2025, 8, 15), date(2026, 2, 24)),  # the fifteenth is in the Spring Festival
        (RemedyClock.APPEAL, date(2026, 4, 15), date(2026, 4, 30)),
        (RemedyClock.APPEAL, date(2026, 4, 16), date(2026, 5, 6)),
        (RemedyClock.APPEAL_RULING, date(2026, 4, 20), date(2026, 4, 30)),
        (RemedyClock.APPEAL_RULING, date(2026, 4, 21), date(2026, 5, 6)),
        (RemedyClock.JUDGMENT_SIMPLIFIED, date(2026, 1, 5), date(2026, 2, 24)),  # the nineteenth is in the festival
        (RemedyClock.SECOND_INSTANCE, date(2025, 11, 30), date(2026, 2, 28)),
    ],
)
def test_every_clock_ends_on_its_day(clock: RemedyClock, started_on: date, due_on: date) -> None:
    assert remedy_due(clock, started_on, CALENDAR).due_on == due_on


def test_every_clock_of_a_case_is_started_by_an_act() -> None:
    filed, accepted, copied = step(A.FILE, "2026-03-02"), step(A.ACCEPT, "2026-03-05"), step(A.COPY, "2026-03-06")
    decided = step(A.DECIDE, "2026-04-15", Result.UPHELD)
    seen = set()
    for kind, is_simplified in ((REVIEW, False), (REVIEW, True), (SUIT, False), (SUIT, True)):
        acts = (filed, accepted, copied)
        seen |= set(course(kind, *acts, is_simplified=is_simplified).clocks)
        seen |= set(course(kind, *acts, decided, is_simplified=is_simplified).clocks)
    seen |= set(course(REVIEW, filed, accepted, step(A.EXTEND, "2026-04-30")).clocks)
    seen |= set(course(SUIT, filed, accepted, decided, step(A.APPEAL, "2026-04-20")).clocks)
    seen |= set(course(SUIT, filed, accepted, step(A.DECIDE, "2026-04-15", Result.SUIT_REJECTED)).clocks)
    # Those of the applicant start with the delivery of the answer: the paragraph of the letter tells them.
    of_the_letter = {RemedyClock.RECONSIDERATION, RemedyClock.RECONSIDERATION_NOT_TOLD, RemedyClock.SUIT}
    assert seen == set(RemedyClock) - of_the_letter


def test_every_state_is_reached_and_what_the_table_does_not_allow_is_refused() -> None:
    ways: dict[RemedyState | None, tuple[RemedyAct, ...]] = {
        None: (),
        S.FILED: (A.FILE,),
        S.ACCEPTED: (A.FILE, A.ACCEPT),
        S.ANSWERING: (A.FILE, A.ACCEPT, A.COPY),
        S.HEARD: (A.FILE, A.ACCEPT, A.HEAR),
        S.DECIDED: (A.FILE, A.DECIDE),
        S.APPEALED: (A.FILE, A.DECIDE, A.APPEAL),
        S.FINAL: (A.FILE, A.DECIDE, A.APPEAL, A.FINAL),
        S.PERFORMED: (A.FILE, A.DECIDE, A.PERFORM),
    }
    assert set(ways) == {None, *RemedyState}
    for state, way in ways.items():
        acts = [RemedyStep(kind=kind, on=date(2026, 3, 2), ending=Result.UPHELD) for kind in way]
        assert course(SUIT, *acts).state is state
        for kind, (sources, target) in MOVES.items():
            found = course(SUIT, *acts, RemedyStep(kind=kind, on=date(2026, 3, 3), ending=Result.QUASHED))
            is_taken = state in sources and kind is not A.EXTEND
            assert bool(found.refused) != is_taken, (state, kind, found.refused)
            assert found.state is ((target or state) if is_taken else state)
    review = course(REVIEW, step(A.FILE, "2026-03-02"), step(A.DECIDE, "2026-03-03", Result.UPHELD))
    assert course(REVIEW, step(A.FILE, "2026-03-02"), step(A.DECIDE, "2026-03-03")).refused
    assert review.state is S.DECIDED
    assert course(REVIEW, step(A.FILE, "2026-03-02"), step(A.APPEAL, "2026-03-03")).refused


def test_of_two_instances_the_setting_says_which_counts() -> None:
    first = (step(A.FILE, "2025-06-02"), step(A.DECIDE, "2025-12-20", Result.UPHELD))
    both = (*first, step(A.APPEAL, "2026-01-04"), step(A.FINAL, "2026-03-20", Result.QUASHED))
    counted = course(SUIT, *both).counted
    assert counted is not None
    assert (counted.ending, counted.on) == (Result.UPHELD, date(2025, 12, 20))
    counted = course(SUIT, *both, instance="last").counted
    assert counted is not None
    assert (counted.ending, counted.on) == (Result.QUASHED, date(2026, 3, 20))
    # Nobody appealed: it took effect when the fifteen days had passed, in the next year.
    assert course(SUIT, *first, instance="last", cut="2025-12-31").counted is None
    assert course(SUIT, *first, instance="last", cut="2026-01-04").counted is None
    counted = course(SUIT, *first, instance="last", cut="2026-01-05").counted
    assert counted is not None
    assert (counted.ending, counted.on) == (Result.UPHELD, date(2026, 1, 5))
    assert "届满" in str(course(SUIT, *first, step(A.APPEAL, "2026-01-05")).refused[0][1])
    withdrawn = course(
        SUIT, step(A.FILE, "2025-06-02"), step(A.DECIDE, "2025-12-20", Result.WITHDRAWN), instance="last"
    )
    assert withdrawn.counted is not None
    assert withdrawn.counted.on == date(2025, 12, 20)


ACTS = st.builds(
    RemedyStep,
    kind=st.sampled_from(RemedyAct),
    on=st.dates(date(2025, 1, 1), date(2026, 6, 30)),
    ending=st.sampled_from(Result),
)


@given(
    st.lists(ACTS, max_size=8),
    st.sampled_from(RemedyKind),
    st.sampled_from(["first", "last"]),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
def test_what_counted_once_counts_for_ever(acts: list[RemedyStep], kind: RemedyKind, instance: str, cut: date) -> None:
    came = (RemedyStep(kind=A.FILE, on=date(2025, 1, 1)), *acts)
    then = course(kind, *came, cut=cut.isoformat(), instance=instance).counted
    now = course(kind, *came, instance=instance).counted
    assert then is None or then == now
    assert now is None or (then == now) == (now.on <= cut)


def test_an_order_sets_the_day_of_performing() -> None:
    ordered = step(A.DECIDE, "2026-03-03", Result.QUASHED, until=date(2026, 4, 1))
    found = course(REVIEW, step(A.FILE, "2026-03-02"), ordered)
    assert found.perform_until == date(2026, 4, 1)
    assert course(REVIEW, step(A.FILE, "2026-03-02"), ordered, step(A.PERFORM, "2026-03-30")).state is S.PERFORMED
