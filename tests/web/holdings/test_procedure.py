"""程序的定律 — whatever people try: nothing unreviewed is public, nobody acts twice in a row (条例 第十七条)."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gongkai.law.publishing import REVIEWS, ROUTE, Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import Answer, Conclusion
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.holdings.county import CHECKS, RECORD, agreed, draft

LONG = os.environ.get("GONGKAI_LONG") == "1"
PASSES = [act for _, act, _ in ROUTE]
TITLES = ("甲", "乙", "11010519491231002X")
PEOPLE = 3
"""A small office: three people, each holding most posts, so that separation by step is all that keeps them apart."""


class Procedure(RuleBasedStateMachine):
    """办理 — three people of one body and two items, and every step that the platform knows."""

    def __init__(self) -> None:
        super().__init__()
        from django.db import transaction

        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    def teardown(self) -> None:
        from django.db import transaction

        from gongkai.web.journal.queries import told_by_rooms, verify

        try:
            assert verify() == []
            assert list(told_by_rooms()) == []
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @initialize(posts=st.lists(st.sets(st.sampled_from(list(Role)[:7]), min_size=4), min_size=PEOPLE, max_size=PEOPLE))
    def begin(self, posts: list[set[Role]]) -> None:
        from gongkai.web.bodies.models import Appointment
        from tests.web.holdings.county import Office

        self.office = Office()
        self.body = self.office.people.department
        self.staff = [self.office.people.idle(self.body)]
        self.staff += [self.office.people.of(role) for role in (Role.CLERK, Role.FINAL_REVIEWER)]
        Appointment.objects.filter(body=self.body).delete()
        posts[0] |= {Role.CLERK, Role.FIRST_REVIEWER}
        for person, roles in zip(self.staff, posts, strict=True):
            for role in roles:
                Appointment.objects.create(staff=person, body=self.body, role=role, appointed_at=self.office.now)
        self.items: list[Any] = []
        self.numbers: dict[int, str] = {}

    def attempt(self, action: Any, **given: Any) -> Any:
        """试办 — refusals are as good an end as any other."""
        from gongkai.web.bodies.permissions import Refused
        from gongkai.web.holdings.refusals import StepError

        try:
            return action(now=self.office.tick(), **given)
        except (StepError, Refused):
            return None

    def item(self, index: int) -> Any:
        found = self.items[index % len(self.items)]
        found.refresh_from_db()
        return found

    people = st.integers(0, PEOPLE - 1)
    which = st.integers(0, 1)

    @precondition(lambda self: len(self.items) < 2)
    @rule(who=people, closed=st.booleans(), normative=st.booleans())
    def create(self, who: int, closed: bool, normative: bool) -> None:
        from gongkai.web.holdings import actions

        given = {"openness": Openness.CLOSED, "ground": Ground.INTERNAL_AFFAIRS} if closed else {}
        if normative:
            given |= {"is_normative": True, "document_number": f"示建〔2026〕{len(self.items) + 1}号"}
        made = self.attempt(actions.create, body=self.body, staff=self.staff[who], draft=draft(**given))
        if made:
            self.items.append(made)
            self.numbers[made.id] = made.index_number

    @precondition(lambda self: self.items)
    @rule(who=people, which=which, title=st.sampled_from(TITLES), stale=st.booleans())
    def edit(self, who: int, which: int, title: str, stale: bool) -> None:
        from gongkai.web.holdings import actions
        from gongkai.web.holdings.draft import Draft

        item = self.item(which)
        changed = Draft.of(item.newest_version).with_changes(title=title)
        edition = item.edition - stale
        self.attempt(actions.edit, item=item, staff=self.staff[who], draft=changed, edition=edition)

    @precondition(lambda self: self.items)
    @rule(who=people, which=which, steps=st.integers(1, 8))
    def go_on(self, who: int, which: int, steps: int) -> None:
        """一步步办 — whatever the state asks for, by whoever may."""
        for place in range(steps * PEOPLE):
            item = self.item(which)
            if item.state in REVIEWS:
                act = next(act for state, act, _ in ROUTE if state is item.state)
                self.take(act, (who + place) % PEOPLE, which)
            elif item.state in (State.DRAFT, State.CLEARED):
                act = Act.PUBLISH if item.state is State.CLEARED else Act.SUBMIT
                self.take(act, (who + place) % PEOPLE, which)

    @precondition(lambda self: self.items)
    @rule(act=st.sampled_from([*PASSES, Act.SUBMIT, Act.PUBLISH]), who=people, which=which)
    def take(self, act: Act, who: int, which: int) -> None:
        from gongkai.web.holdings import actions

        item, staff = self.item(which), self.staff[who]
        if act in (Act.SUBMIT, Act.PUBLISH):
            self.attempt(actions.submit if act is Act.SUBMIT else actions.publish, item=item, staff=staff)
        else:
            given = {
                "opinion": "同意",
                "checks": (*CHECKS, "answer_seen"),
                "record": RECORD | {"outcome": agreed(item)},
            }
            self.attempt(actions.pass_review, item=item, staff=staff, act=act, **given)

    @precondition(lambda self: self.items)
    @rule(who=people, which=which, conclusion=st.sampled_from([*Conclusion, "随便写的"]))
    def conclude(self, who: int, which: int, conclusion: str) -> None:
        """作结论 — any of them, by anybody, on whatever draft."""
        from gongkai.web.holdings import actions

        item, staff = self.item(which), self.staff[who]
        decided = {"closed_as": "internal_affairs", "ground": "理由", "again_on": "2027-01-11", "outcome": conclusion}
        record = {**RECORD, **decided}
        self.attempt(actions.pass_review, item=item, staff=staff, act=Act.PASS_SECRECY, checks=CHECKS, record=record)
        self.attempt(actions.postpone, item=self.item(which), staff=staff, record=record)
        self.attempt(actions.refer, item=self.item(which), staff=staff, record=record, authority="市国家保密局")

    @precondition(lambda self: self.items)
    @rule(who=people, which=which, answer=st.sampled_from([*Answer, "referred"]), number=st.integers(1, 3))
    def enter_answer(self, who: int, which: int, answer: str, number: int) -> None:
        from gongkai.web.holdings import actions

        given = {"answer": answer, "number": f"市密函〔2026〕{number}号", "answered_on": self.office.now.date()}
        self.attempt(actions.enter_answer, item=self.item(which), staff=self.staff[who], **given)

    @precondition(lambda self: self.items)
    @rule(
        name=st.sampled_from(
            [
                *(
                    "amend",
                    "discard",
                    "archive",
                    "send_back",
                    "withdraw",
                    "change_openness",
                    "take_up",
                    "take_back",
                    "recall",
                ),
                *("ask_purge", "confirm_purge", "decline_purge"),
            ]
        ),
        who=people,
        which=which,
    )
    def turn(self, name: str, who: int, which: int) -> None:
        from gongkai.web.holdings import actions

        reasons = {"withdraw": "reason", "change_openness": "reason"}
        reasons |= dict.fromkeys(("send_back", "take_up", "take_back"), "opinion")
        given: dict[str, Any] = {reasons[name]: "理由"} if name in reasons else {}
        if name == "withdraw":
            given["ground"] = WithdrawalGround.INACCURATE
        self.attempt(getattr(actions, name), item=self.item(which), staff=self.staff[who], **given)

    @precondition(lambda self: self.items)
    @rule(who=people, which=which)
    def let_pass(self, who: int, which: int) -> None:
        from gongkai.web.holdings import actions
        from gongkai.web.holdings.guarding import blocking

        item = self.item(which)
        for hit in blocking(item.newest_version):
            self.attempt(actions.override_hit, item=item, staff=self.staff[who], hit=hit["id"], reason="可以公开")

    @invariant()
    def what_is_public_was_passed_in_full(self) -> None:
        from gongkai.web.holdings.digests import is_intact
        from gongkai.web.holdings.guarding import blocking

        for item in getattr(self, "items", ()):
            item.refresh_from_db()
            version = item.public_version
            if version is None:
                assert item.state is not State.PUBLISHED
                assert item.state is not State.ARCHIVED or item.openness is not Openness.PROACTIVE
                continue
            assert item.state not in (State.STOPPED, State.HELD)
            assert is_intact(version)
            assert blocking(version) == []
            passed = {each.act for each in version.reviews.filter(digest=version.digest)}
            legal = version.metadata["is_normative"]
            assert passed >= {act for act in PASSES if legal or act is not Act.PASS_LEGAL} | {Act.PUBLISH}
            assert version.metadata["openness"] == "proactive"
            concluded = version.reviews.filter(act=Act.PASS_SECRECY).last().record["outcome"]
            assert concluded in (Conclusion.OPEN, Conclusion.OPEN_AFTER_CUTS)

    @invariant()
    def no_question_is_passed_by_and_no_answer_widened(self) -> None:
        from gongkai.law.secrecy import is_wider

        for item in getattr(self, "items", ()):
            item.refresh_from_db()
            if item.state in (State.FINAL_REVIEW, State.CLEARED, State.PUBLISHED, State.HELD):
                assert not item.referrals.filter(ended_at=None).exists()
                passed = item.reviews.filter(act=Act.PASS_SECRECY).last()
                answered = item.referrals.exclude(answer="").last()
                if answered is not None and passed is not None and passed.at > answered.ended_at:
                    assert not is_wider(Conclusion(passed.record["outcome"]), answered.answer)
            for each in item.reviews.filter(act=Act.TAKE_BACK):
                asked = item.reviews.filter(act=Act.REFER, id__lt=each.id).last()
                assert asked.by_id != each.by_id

    @invariant()
    def of_state_secrets_nothing_is_kept(self) -> None:
        for item in getattr(self, "items", ()):
            item.refresh_from_db()
            if item.newest_version.metadata["ground"] == Ground.STATE_SECRET:
                for version in item.versions.all():
                    assert not version.body_html
                    assert not version.files.exists()
                    assert version.title.startswith("（涉密信息")

    @invariant()
    def nobody_took_two_steps_in_a_row(self) -> None:
        apart = {*PASSES, Act.PUBLISH, Act.SCHEDULE}
        quiet = {Act.OVERRIDE, Act.MASK, Act.WITHDRAW, Act.POSTPONE, Act.REFER, Act.ENTER_ANSWER, Act.TAKE_UP}
        quiet |= {Act.TAKE_BACK}
        for item in getattr(self, "items", ()):
            steps = [each for each in item.reviews.select_related("version") if each.act not in quiet]
            for before, after in pairwise(steps):
                moves_the_time = before.act is Act.SCHEDULE and after.act in (Act.SCHEDULE, Act.PUBLISH)
                assert after.act not in apart or before.by_id != after.by_id or moves_the_time
            for each in steps:
                assert each.act is not Act.PASS_FIRST or each.by_id != each.version.made_by_id

    @invariant()
    def index_numbers_stay(self) -> None:
        for item in getattr(self, "items", ()):
            item.refresh_from_db()
            assert item.index_number == self.numbers[item.id]


@pytest.mark.usefixtures("platform")
def test_whatever_people_try_nothing_unreviewed_is_public() -> None:
    run_state_machine_as_test(
        Procedure,
        settings=settings(
            max_examples=200 if LONG else 15,
            stateful_step_count=60 if LONG else 20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_state_can_be_left_or_is_an_end() -> None:
    from gongkai.law.publishing import STEPS

    left = {state for act, step in STEPS.items() if act is not Act.ASK_PURGE for state in step.sources}
    assert set(State) - left == {State.DISCARDED}, "一件作废的只能清除"


def test_every_state_can_be_come_to() -> None:
    from gongkai.law.publishing import STEPS, after

    settled = (State.PUBLISHED, State.ARCHIVED, State.HELD, State.WITHDRAWN)
    reached: set[State] = {State.DRAFT}
    while True:
        grown = reached | {
            after(act, state, needs_legal_review=legal, is_proactive=proactive, is_public=public, begun_from=begun)
            for act, step in STEPS.items()
            for state in step.sources & reached
            for legal in (False, True)
            for proactive in (False, True)
            for public in (False, True)
            for begun in (None, *settled)
        }
        if grown == reached:
            break
        reached = grown
    assert reached == set(State)
