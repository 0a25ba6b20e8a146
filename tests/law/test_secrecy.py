"""保密审查的结论 — the table of the law, walked in full (条例 第十七条)."""

from __future__ import annotations

import pytest

from gongkai.law.publishing import STEPS, Act, Need, State, after
from gongkai.law.roles import Role
from gongkai.law.scope import Openness
from gongkai.law.secrecy import (
    EXPLAINED,
    FOLLOWS,
    REFUSALS,
    Answer,
    Conclusion,
    conclusion_of,
    follows,
    is_wider,
)

PAIRS = [(conclusion, openness) for conclusion in Conclusion for openness in Openness]


@pytest.mark.parametrize(("conclusion", "openness"), PAIRS)
def test_every_pair_has_what_follows_or_why_not(conclusion: Conclusion, openness: Openness) -> None:
    follow = follows(conclusion, openness)
    assert (follow is None) == ((conclusion, openness) not in FOLLOWS)
    if follow is None:
        assert REFUSALS[conclusion].format(openness=openness.label)
        return
    step = STEPS[follow.act]
    assert State.SECRECY_REVIEW in step.sources
    assert step.roles == {Role.SECRECY_REVIEWER}
    is_public = (conclusion in (Conclusion.OPEN, Conclusion.OPEN_AFTER_CUTS)) and openness is Openness.PROACTIVE
    assert follow.may_be_public == is_public
    assert (follow.asks == "ground") == (follow.openness is not openness)


@pytest.mark.parametrize(("conclusion", "openness"), sorted(FOLLOWS))
def test_only_what_may_be_public_comes_to_publication(conclusion: Conclusion, openness: Openness) -> None:
    follow = FOLLOWS[conclusion, openness]
    state = State.SECRECY_REVIEW
    for act in (follow.act, Act.PASS_FINAL):
        if state in STEPS[act].sources:
            state = after(act, state, is_proactive=follow.openness is Openness.PROACTIVE)
    assert (state is State.CLEARED) == follow.may_be_public
    assert state in (State.CLEARED, State.HELD, State.POSTPONED, State.AWAITING_SECRECY_AUTHORITY)


def test_every_conclusion_is_explained_and_known_by_code_and_label_alone() -> None:
    assert set(EXPLAINED) == set(Conclusion)
    for conclusion in Conclusion:
        assert conclusion_of(conclusion.value) is conclusion_of(f" {conclusion.label} ") is conclusion
    for odd in ("随便写的", "", None, "公开 吧", "OPEN", 3, ["open"]):
        assert conclusion_of(odd) is None


def test_no_conclusion_and_no_later_answer_is_wider_than_the_answer() -> None:
    widest_first = [Conclusion.OPEN, Conclusion.OPEN_AFTER_CUTS, Conclusion.ON_REQUEST, Conclusion.CLOSED]
    assert [each.value for each in Answer] == [*(each.value for each in widest_first), "state_secret"]
    for place, answer in enumerate(Answer):
        expected = [other < place for other in range(len(Answer))]
        assert [is_wider(each, answer) for each in Answer] == expected
        assert [is_wider(each, answer) for each in widest_first] == expected[:-1]
        assert not is_wider(Conclusion.REFERRED, answer)
        assert not is_wider(Conclusion.POSTPONED, answer)


def test_from_the_authority_only_its_answer_or_a_second_person_leads_on() -> None:
    out = {act for act, step in STEPS.items() if State.AWAITING_SECRECY_AUTHORITY in step.sources and step.target}
    assert out == {Act.ENTER_ANSWER, Act.TAKE_BACK, Act.ASK_PURGE}
    assert Need.NOT_WHO_REFERRED in STEPS[Act.TAKE_BACK].needs
    assert Need.NUMBER in STEPS[Act.ENTER_ANSWER].needs
    assert Need.ANSWER_SEEN in STEPS[Act.PASS_FINAL].needs


def test_a_secrecy_mark_is_lifted_by_the_secrecy_reviewer_in_that_review_alone() -> None:
    assert STEPS[Act.LIFT_SECRECY].sources == {State.SECRECY_REVIEW}
    assert STEPS[Act.LIFT_SECRECY].roles == {Role.SECRECY_REVIEWER}


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("begun", [None, State.PUBLISHED, State.ARCHIVED, State.HELD, State.WITHDRAWN])
def test_a_revision_that_is_given_up_goes_to_where_it_began(begun: State | None, public: bool) -> None:
    to = after(Act.DISCARD, State.DRAFT, is_public=public, begun_from=begun)
    if begun is None:
        assert to is State.DISCARDED
    elif begun in (State.HELD, State.WITHDRAWN):
        assert to is begun
    else:
        assert to is (begun if public else State.WITHDRAWN)
    assert after(Act.DISCARD, State.WITHDRAWN, begun_from=begun) is State.DISCARDED
