"""怎样办都核得清 — whatever an office does verifies, and one thing done past the platform at any time is named: at
once, or beside an export or a head that somebody kept (条例 第四十五条)."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
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

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.journal.changed_rows import IS_LONG, changes, gone_or_new, undone
from tests.web.journal.test_against import exported, sealed_anew
from tests.web.journal.test_any_change import OF_THE_JOURNAL, models_of, named
from tests.web.journal.test_journal import without_guard
from tests.web.journal.test_log import emptied, off_guard

pytestmark = pytest.mark.usefixtures("ground")
STATES = (State.FIRST_REVIEW, State.SECRECY_REVIEW, State.CLEARED, State.PUBLISHED)


class Lived(RuleBasedStateMachine):
    """办理和篡改 — an office at work; what is done past the platform is undone again after it was looked at."""

    def __init__(self) -> None:
        super().__init__()
        from django.db import transaction

        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.items: list[Any] = []
        self.exports: list[list[bytes]] = []
        self.heads: list[Any] = []

    def teardown(self) -> None:
        from django.db import transaction

        try:
            if hasattr(self, "office"):
                self.every_way()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def every_way(self) -> None:
        """每样一次 — whatever was drawn, each history ends with one of each."""
        chance = random.Random(len(self.exports) + len(self.items))
        self.anchor()
        for _ in range(8):
            self.a_row_is_another(chance)
        self.the_journal_is_another(chance)
        self.two_entries_are_exchanged(chance)
        for how in ("cut", "edited", "emptied"):
            self.what_is_sealed_anew(chance, how)
        self.an_older_copy_is_put_back(0)

    @initialize()
    def begin(self) -> None:
        from gongkai.web.journal.stock import take_stock
        from tests.web.holdings.county import Office

        self.office = Office()
        take_stock(now=self.office.tick())
        self.create()

    def attempt(self, act: Callable[[], Any]) -> Any:
        from django.db import transaction

        from gongkai.web.bodies.actions.accounts import AccountError
        from gongkai.web.bodies.permissions import Refused
        from gongkai.web.holdings.refusals import StepError

        try:
            with transaction.atomic():
                return act()
        except (AccountError, Refused, StepError):
            return None

    def item(self, which: int) -> Any:
        found = self.items[which % len(self.items)]
        found.refresh_from_db()
        return found

    which = st.integers(0, 2)

    @precondition(lambda self: len(self.items) < 3)
    @rule()
    def create(self) -> None:
        self.items.append(self.office.create(title=f"第{len(self.items) + 1}件"))

    @rule(which=which, title=st.sampled_from(["另一个题目", "再换一个"]))
    def edit(self, which: int, title: str) -> None:
        from gongkai.web.holdings import actions
        from gongkai.web.holdings.draft import Draft

        item, clerk = self.item(which), self.office.people.of(Role.CLERK)
        told = {"item": item, "staff": clerk, "edition": item.edition, "now": self.office.tick()}
        changed = Draft.of(item.newest_version).with_changes(title=title)
        self.attempt(lambda: actions.edit(draft=changed, **told))

    @precondition(lambda self: any(self.item(each).state in (State.DRAFT, *STATES[:-1]) for each in range(3)))
    @rule(which=which, state=st.sampled_from(STATES))
    def go_on(self, which: int, state: State) -> None:
        order = (State.DRAFT, *STATES)
        item = self.item(which)
        if item.state in order and order.index(item.state) < order.index(state):
            self.attempt(lambda: self.office.bring(item, state))

    @rule(which=which, name=st.sampled_from(["amend", "withdraw", "archive"]))
    def turn(self, which: int, name: str) -> None:
        from gongkai.web.holdings import actions

        staff = self.office.people.of(Role.CLERK if name == "amend" else Role.DISCLOSURE_OFFICE)
        given: dict[str, Any] = {"item": self.item(which), "staff": staff, "now": self.office.tick()}
        if name == "withdraw":
            given |= {"ground": WithdrawalGround.INACCURATE, "reason": "内容有误"}
        self.attempt(lambda: getattr(actions, name)(**given))

    @rule(name=st.sampled_from(["appoint", "consent", "prepare", "put_off", "token"]))
    def keep_people(self, name: str) -> None:
        from gongkai.law.administration import Duty
        from gongkai.web.api.actions import make_token
        from gongkai.web.api.models import Scope, Token
        from gongkai.web.bodies import actions
        from gongkai.web.bodies.actions import accounts
        from gongkai.web.bodies.actions.consenting import ConsentNeeded, ask_consent

        of, now, body = self.office.people.of, self.office.tick(), self.office.people.department
        security, clerk, scopes = of(Role.SECURITY_ADMIN), of(Role.CLERK), [Scope.READ]
        token = {"name": f"系统{Token.objects.count()}", "scopes": scopes, "days": 9, "acts_as": clerk}
        acts: dict[str, Callable[[], object]] = {
            "appoint": lambda: actions.appoint(by=security, staff=clerk, role=Role.FIRST_REVIEWER, body=body, now=now),
            "consent": lambda: ask_consent(ConsentNeeded(security, of(Role.AUDIT_ADMIN), Duty.UNLOCK, ""), now),
            "prepare": lambda: accounts.prepare_second_factor(staff=security, now=now),
            "put_off": lambda: accounts.put_off_second_factor(staff=clerk, now=now),
            "token": lambda: make_token(body=body, staff=security, now=now, **token),
        }
        self.attempt(acts[name])

    @rule()
    def anchor(self) -> None:
        """日锚、时锚、树头 — and an export that leaves the house."""
        from gongkai.web.journal import log
        from gongkai.web.journal.actions import anchor

        anchor(day=(self.office.now + timedelta(days=len(self.exports))).date())
        log.anchor_chains(now=self.office.tick())
        made = log.sign_head(now=self.office.tick())
        self.heads += [log.of_row(made)] if made else []
        self.exports.append(exported())

    @invariant()
    def holds(self) -> None:
        """没有动过的，什么也不说 — nor do earlier exports and heads."""
        if not hasattr(self, "office"):
            return
        assert named() == []
        assert self.beside(self.exports, self.heads) == []

    def beside(self, exports: list[list[bytes]], heads: list[Any]) -> list[str]:
        from gongkai.web.journal.exported import held
        from gongkai.web.journal.log_checks import log_breaks
        from gongkai.web.journal.queries import since

        found = [each for lines in exports for each in since(held(lines))]
        return [str(each) for each in (*found, *log_breaks(heads))]

    seeds = st.randoms(use_true_random=False)

    @rule(chance=seeds)
    def a_row_is_another(self, chance: random.Random) -> None:
        from django.db import IntegrityError

        from gongkai.web.journal.sealed_rows import tables

        kept = chance.choice([each for each in tables().values() if each.model._base_manager.exists()])
        columns = [each.name for each in kept.model._meta.concrete_fields if not each.primary_key]
        name = chance.choice([each for each in columns if each not in kept.free])
        missed = list[str]()  # asserted at the end: what looks on within a savepoint ends it first
        for found in (changes(kept.model, name, chance), gone_or_new(kept.model, chance)):
            with suppress(IntegrityError):  # the database itself takes no such row
                missed += [what for what in found if not named()]
        assert missed == []

    @rule(chance=seeds)
    def the_journal_is_another(self, chance: random.Random) -> None:
        label = chance.choice(["Chain", "Entry"] + (["Anchor", "LogLeaf", "LogHead", "LogEnd"] if self.heads else []))
        model = models_of(label)
        names = [each.name for each in model._meta.concrete_fields if each.name not in OF_THE_JOURNAL[label]]
        with undone():
            without_guard()
            off_guard()
            missed = [what for what in changes(model, chance.choice(names), chance) if not named()]
        assert missed == []

    @rule(chance=seeds)
    def two_entries_are_exchanged(self, chance: random.Random) -> None:
        from gongkai.web.journal.models import Entry

        chain = chance.choice(list(Entry.objects.values_list("chain", flat=True).distinct()))
        entries = list(Entry.objects.filter(chain=chain).order_by("number"))
        if len(entries) < 2:
            return
        one, other = chance.sample(entries, 2)
        with undone():
            without_guard()
            for row, number in ((one, 10**6), (other, one.number), (one, other.number)):
                Entry.objects.filter(pk=row.pk).update(number=number)
            assert named(), (one.number, other.number)

    @rule(chance=seeds, how=st.sampled_from(["cut", "edited", "emptied"]))
    def what_is_sealed_anew(self, chance: random.Random, how: str) -> None:
        """重新封过 — beside an export that was made a moment ago it is named."""
        from gongkai.web.journal.models import Anchor, Chain, Entry

        before = [exported()]
        row = chance.choice(list(Entry.objects.all()))
        with undone():
            without_guard()
            if how == "emptied":
                emptied()
                for model in (Entry, Anchor, Chain):
                    model.objects.all().delete()
            elif how == "cut":
                Entry.objects.filter(chain=row.chain, number__gte=row.number).delete()
            else:
                Entry.objects.filter(pk=row.pk).update(actor="staff:999")
            if how != "emptied":
                sealed_anew()
            assert self.beside(before, []), (how, row.chain.code, row.number)

    @precondition(lambda self: self.heads)
    @rule(which=which)
    def an_older_copy_is_put_back(self, which: int) -> None:
        """换回旧的 — an office goes on, what it did is as if it had not been: alone it looks whole."""
        with undone():
            self.edit(which, "后来的题目")
            self.office.create(title="后来的一件")
            self.anchor()
        assert named() == []
        assert self.beside([self.exports.pop()], [])
        assert self.beside([], [self.heads.pop()])


def test_whatever_an_office_does_verifies_and_whatever_is_done_past_it_is_named() -> None:
    run_state_machine_as_test(
        Lived,
        settings=settings(
            max_examples=60 if IS_LONG else 3,
            stateful_step_count=25 if IS_LONG else 12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
