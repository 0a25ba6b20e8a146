"""程序 — every procedure is walked: each step has its people and its way, and requests do what their table says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.law.procedures import PROCEDURES
from gongkai.law.requests.acts import Act, Partner, Request, RequestAct
from gongkai.law.requests.courses import courses
from gongkai.law.requests.procedure import PROCEDURE
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Position
from gongkai.law.roles import ADMINISTRATORS
from gongkai.law.sources import Provision
from gongkai.law.steps import AnyProcedure
from gongkai.law.terms import AnswerKind, ApplicantKind, Channel
from gongkai.law.workdays import Calendar

CALENDAR = Calendar.load()
FIRST = date(2026, 3, 2)
A = RequestAct
# The acts that bring a request to each of its states, a day apart.
WAYS: dict[Position, tuple[RequestAct, ...]] = {
    Position.UNCONFIRMED: (),
    Position.REGISTERED: (A.CONFIRM,),
    Position.VOID: (A.NOT_A_REQUEST,),
    Position.AWAITING_CORRECTION: (A.CONFIRM, A.CONSULT, A.ASK_CORRECTION),
    Position.AWAITING_REASONS: (A.CONFIRM, A.CONSULT, A.ASK_REASONS),
    Position.AWAITING_PAYMENT: (A.CONFIRM, A.CONSULT, A.FEE_NOTICE),
    Position.HANDLING: (A.CONFIRM, A.CONSULT),
    Position.IN_REVIEW: (A.CONFIRM, A.CONSULT, A.PROPOSE),
    Position.IN_APPROVAL: (A.CONFIRM, A.CONSULT, A.PROPOSE, A.REVIEW),
    Position.APPROVED: (A.CONFIRM, A.CONSULT, A.PROPOSE, A.REVIEW, A.APPROVE),
    Position.CLOSED: (A.CONFIRM, A.CONSULT, A.DELIVER),
    Position.ARCHIVED: (A.CONFIRM, A.CONSULT, A.DELIVER, A.ARCHIVE),
}
# What a state does not tell: the cause of the act lies further back.
CAUSES = {
    A.CONSULT_DELIVERED: "a thread is open",
    A.OPINION: "a thread is open",
    A.PAID: "a fee was asked for",
    A.LAPSE_PAYMENT: "a fee was asked for",
    A.LAPSE_CORRECTION: "the period is over",
    A.ACCEPT_LATE_CORRECTION: "it was closed for want of a correction",
    A.HAND_OVER: "it was not answered otherwise",
    A.REFUND: "a fee was paid",
}


def act(kind: RequestAct, on: date, thread: str = "a") -> Act:
    return Act(
        kind=kind,
        on=on,
        channel=Channel.INTERNET if kind is A.REGISTER else None,
        thread=thread,
        partner=Partner.OTHER_ORGAN,
        amount=Decimal(100),
        until=date(2026, 6, 30),
        answer=AnswerKind.GRANTED,
        into="host",
        of="host",
        body="另一个局",
        cause="登记有误",
        corrects=A.REGISTER,
        was_on=FIRST,
        now_on=FIRST,
    )


def standing(position: Position) -> Request:
    kinds = (A.REGISTER, *WAYS[position])
    acts = tuple(act(kind, FIRST + timedelta(days=max(0, n - 1))) for n, kind in enumerate(kinds))
    return Request(id="1", applicant=ApplicantKind.BUSINESS, acts=acts)


HOST = Request(id="host", applicant=ApplicantKind.BUSINESS, acts=(Act(kind=A.REGISTER, on=FIRST),))


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda each: each.code)
def test_every_procedure_is_whole(procedure: AnyProcedure) -> None:
    assert Provision.parse(procedure.provision)
    states = set(procedure.states)
    for kind, step in procedure.steps.items():
        assert step.act is kind
        assert step.roles
        assert not step.roles & set(ADMINISTRATORS)
        assert step.sources <= states
        assert step.target is None or step.target in states
    assert procedure.threads <= set(procedure.steps)
    assert set(procedure.waits_for) <= states
    assert not set(procedure.waits_for) & procedure.ends
    begun = [kind for kind in procedure.steps if procedure.is_timely(kind, None)]
    assert begun
    assert all(not procedure.is_timely(kind, state) for kind in begun for state in states)


def test_every_act_of_a_request_stands_in_the_table() -> None:
    assert set(PROCEDURE.steps) == set(RequestAct)
    assert set(WAYS) == set(Position)
    assert all(courses([standing(state)], CALENDAR, Settings.of())[0].position is state for state in Position)


@pytest.mark.parametrize("position", Position)
def test_what_the_table_does_not_allow_is_refused_and_what_it_allows_is_taken(position: Position) -> None:
    before = standing(position)
    assert courses([before], CALENDAR, Settings.of())[0].refused == ()
    for kind in set(RequestAct) - {A.SUBMIT, A.REGISTER}:
        on = before.acts[-1].on + timedelta(days=1)
        tried = replace(before, acts=(*before.acts, act(kind, on, "b" if kind is A.CONSULT else "a")))
        found = courses([HOST, tried], CALENDAR, Settings.of())[-1]
        is_refused = bool(found.refused)
        step = PROCEDURE.steps[kind]
        if not PROCEDURE.is_timely(kind, position):
            assert is_refused, kind
        elif kind not in CAUSES and not (kind is A.ASK_CORRECTION and position is Position.AWAITING_CORRECTION):
            repeated = kind is A.FEE_NOTICE and position is Position.AWAITING_PAYMENT
            assert is_refused == repeated, (kind, [each.reason for each in found.refused])
            assert repeated or step.target is None or found.position is step.target, kind
