"""每一步 — who takes it, from where to where, what the clock does, which row: the table of the law of requests, walked.

`date(2026, 3, 2)` is the receipt; its twentieth working day is 30 March, the extended one 28 April.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongkai.law.fees import item_fee
from gongkai.law.requests.acts import RequestAct
from gongkai.law.requests.course import Course
from gongkai.law.requests.courses import as_they_were, courses, until
from gongkai.law.requests.procedure import PROCEDURE, RequestNeed
from gongkai.law.requests.rows import request_from
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Position
from gongkai.law.requests.together import fees, handed_over, suspended
from gongkai.law.roles import SIGNERS, Role
from gongkai.law.terms import Outcome
from gongkai.law.workdays import Calendar

CALENDAR = Calendar.load()
Row = dict[str, Any]
CAME: Row = {"act": "register", "on": "2026-03-02", "channel": "in_person"}
NET: Row = {"act": "submit", "on": "2026-03-02", "channel": "internet"}
DUE = date(2026, 3, 30)

NOT_MODELLED = {
    "confirm_failed": "moves no date: the request stays unconfirmed; attempts are a record of the desk",
    "forward_inside": "moves no date: the receipt stays; inner due dates are the desk’s",
    "correction_useless": "is the answer still_unclear",
    "silence": "is no act: the fifteenth working day follows from the delivery",
    "override_objection": "moves no date: it is excluded from nothing; reasons and the notice are the desk’s",
    "delivery_failed": "moves no date: by the rule of the post the answer day stays",
    "answer_on_the_spot": "is deliver on the day of receipt",
    "suggest_public": "belongs to the holdings",
    "correct_record_of_me": "has a register of its own, not table three",
}
"""未列为行为的 — steps of the design that are no act here, each with its reason."""

H, V, D = Role.CLERK, Role.DISCLOSURE_OFFICE, Role.OFFICE_HEAD
# act, who may, acts before it, the act, position after, due day after, row.
STEPS: list[tuple[set[Role], list[Row], Row, Position, date | None, Outcome | None]] = [
    ({H}, [], NET, Position.UNCONFIRMED, None, None),
    ({H}, [], CAME, Position.REGISTERED, DUE, None),
    ({H}, [NET], {"act": "confirm", "on": "2026-03-03"}, Position.REGISTERED, date(2026, 3, 31), None),
    ({H}, [CAME], {"act": "not_a_request", "on": "2026-03-03"}, Position.VOID, DUE, None),
    ({V}, [CAME], {"act": "ask_correction", "on": "2026-03-04"}, Position.AWAITING_CORRECTION, None, None),
    ({V}, [CAME], {"act": "ask_reasons", "on": "2026-03-04"}, Position.AWAITING_REASONS, DUE, None),
    (
        {D},
        [CAME],
        {"act": "set_reasonable_delay", "on": "2026-03-04", "until": "2026-06-30"},
        Position.HANDLING,
        date(2026, 6, 30),
        None,
    ),
    ({H, V}, [CAME], {"act": "consult", "on": "2026-03-04", "with": "other_organ"}, Position.HANDLING, None, None),
    ({H}, [CAME], {"act": "extend", "on": "2026-03-04"}, Position.REGISTERED, date(2026, 4, 28), None),
    ({H, V}, [CAME], {"act": "fee_notice", "on": "2026-03-04", "amount": "100"}, Position.AWAITING_PAYMENT, None, None),
    ({H}, [CAME], {"act": "propose_answer", "on": "2026-03-04"}, Position.IN_REVIEW, DUE, None),
    (
        {H},
        [CAME],
        {"act": "deliver", "on": "2026-03-04", "answer": "not_existing"},
        Position.CLOSED,
        DUE,
        Outcome.NOT_HELD,
    ),
    ({H}, [CAME], {"act": "withdraw", "on": "2026-03-04"}, Position.CLOSED, DUE, Outcome.OTHER),
    ({V}, [CAME], {"act": "cease", "on": "2026-03-04"}, Position.CLOSED, DUE, Outcome.OTHER),
    ({H}, [CAME], {"act": "narrow", "on": "2026-03-04"}, Position.REGISTERED, DUE, None),
    (
        {V},
        [CAME],
        {"act": "hand_over", "on": "2026-03-04", "body": "乙局", "into": "B-1"},
        Position.CLOSED,
        DUE,
        Outcome.NOT_HELD,
    ),
    (
        {D},
        [CAME],
        {"act": "suspend_all", "on": "2026-03-04", "until": "2026-03-08"},
        Position.REGISTERED,
        date(2026, 4, 2),
        None,
    ),
    (
        {H, V},
        [CAME],
        {
            "act": "correct_record",
            "on": "2026-03-04",
            "corrects": "register",
            "was_on": "2026-03-02",
            "now_on": "2026-02-27",
            "cause": "登记有误",
        },
        Position.REGISTERED,
        date(2026, 3, 26),
        None,
    ),
]


NAMED = [f"{place}-{step[2]['act']}" for place, step in enumerate(STEPS)]
"""A name of its own for each: sets are written in another order in each process."""


def one(number: str, *acts: Row) -> Any:
    return request_from({"id": number, "applicant": "research", "acts": list(acts)})


def walked(*requests: Any, **settings: str) -> list[Course]:
    return courses(requests, CALENDAR, Settings.of(settings))


@pytest.mark.parametrize(("who", "before", "act", "position", "due_on", "row"), STEPS, ids=NAMED)
def test_a_step_is_taken_by_its_people_and_does_what_the_table_says(
    who: set[Role], before: list[Row], act: Row, position: Position, due_on: date | None, row: Outcome | None
) -> None:
    (found,) = walked(one("A", *before, act))
    assert found.refused == ()
    assert PROCEDURE.steps[RequestAct(act["act"])].roles == who
    assert (found.position, found.due_on, found.cell.row if found.cell else None) == (position, due_on, row)


def test_nothing_that_is_not_modelled_is_an_act() -> None:
    assert not set(NOT_MODELLED) & set(RequestAct)
    assert all(len(reason) > 20 for reason in NOT_MODELLED.values())


# Who drafts and enters an act stands in its row above; these sign, always another person than who drafted it.
SIGNED = {
    "not_a_request": {V},
    "ask_correction": {V, D},
    "lapse_correction": {V},
    "ask_reasons": {D},
    "consult": {V},
    "extend": {D},
    "fee_notice": {D},
    "lapse_payment": {V},
    "cease": {D},
    "merge": {D},
    "correct_record": {V, D},
}


def test_who_signs_is_another_than_who_drafts() -> None:
    assert {act: step.signed_by for act, step in PROCEDURE.steps.items() if step.signed_by} == SIGNED
    for step in PROCEDURE.steps.values():
        assert step.signed_by <= SIGNERS
        # Nobody reviews or approves a draft answer by a signature: those are steps of their own.
        assert not (step.signed_by and RequestNeed.ANOTHER_PERSON in step.needs)
        for role in Role:
            assert not step.may_sign(role, took_it=True)
            assert step.may_sign(role, took_it=False) == (role in step.signed_by)


def test_what_moves_a_period_passes_the_head() -> None:
    of_the_head = {act for act, step in PROCEDURE.steps.items() if step.roles == {D} or step.signed_by == {D}}
    taken = {"approve", "set_reasonable_delay", "suspend_all"}
    assert of_the_head == taken | {"ask_reasons", "extend", "fee_notice", "cease", "merge"}


def test_parts_inherit_the_receipt_and_what_happened_before_the_split() -> None:
    whole = one("A", CAME, {"act": "extend", "on": "2026-03-09", "workdays": 10}, {"act": "narrow", "on": "2026-03-10"})
    split = {"act": "split", "on": "2026-03-10", "of": "A"}
    parts = [one("A-2", split), one("A-3", split, {"act": "deliver", "on": "2026-03-20", "answer": "granted"})]
    found = walked(*parts, whole)
    assert [each.due_on for each in found] == [date(2026, 4, 14)] * 3
    assert all(each.received_on == date(2026, 3, 2) and not each.refused for each in found)
    assert item_fee(len(found), before=9).amount > item_fee(1, before=9).amount
    # They were several from the start, also on a day before the split.
    were = [until(each, date(2026, 3, 5)) for each in as_they_were([*parts, whole], CALENDAR, Settings.of())]
    assert [each.is_counted for each in walked(*were)] == [True] * 3


@pytest.mark.parametrize(
    ("whole", "on"),
    [
        ([CAME, {"act": "deliver", "on": "2026-03-05", "answer": "granted"}], "2026-03-10"),
        ([NET], "2026-03-10"),
        ([CAME, {"act": "merge", "on": "2026-03-05", "into": "H"}], "2026-03-10"),
        ([CAME], "2027-02-01"),
        ([CAME], "2026-03-01"),
    ],
)
def test_what_is_not_open_or_was_reported_is_not_split(whole: list[Row], on: str) -> None:
    part = one("A-2", {"act": "split", "on": on, "of": "A"})
    found = walked(one("H", CAME), one("A", *whole), part)[-1]
    assert [each.act.kind for each in found.refused] == ["split"]
    assert not found.is_counted


def test_a_part_stays_where_the_whole_was_put_right_to_have_come_after_the_split() -> None:
    """What is put right of one request takes no other out of the figures that were reported (条例 第五十条)."""
    came = {**CAME, "on": "2026-03-02"}
    right = {"act": "correct_record", "on": "2027-06-05", "corrects": "register", "was_on": "2026-03-02"}
    whole = one("A", came, {**right, "now_on": "2026-03-04", "cause": "登记有误"})
    part = one("A-2", {"act": "split", "on": "2026-03-03", "of": "A"})
    found = walked(whole, part)
    assert [(each.is_counted, each.received_on) for each in found] == [(True, date(2026, 3, 4))] * 2
    assert not found[1].refused


def test_requests_that_are_split_from_each_other_stand_nowhere_and_stop_no_other() -> None:
    a, b = (one(x, {"act": "split", "on": "2026-03-03", "of": y}) for x, y in (("A", "B"), ("B", "A")))
    found = walked(a, b, one("C", CAME))
    assert [each.is_counted for each in found] == [False, False, True]


def test_a_wrong_day_is_put_right_and_the_old_one_stays_on_record() -> None:
    wrong = {"act": "correct_record", "corrects": "register", "was_on": "2026-01-05", "cause": "登记有误"}
    came = {**CAME, "on": "2026-01-05"}
    in_time = one("A", came, {**wrong, "on": "2026-01-20", "now_on": "2025-12-30"})
    (found,) = walked(in_time)
    assert found.received_on == date(2025, 12, 30)
    assert any("2026-01-05" in step.message and "2025-12-30" in step.message for step in found.steps)
    reported = one("A", came, {**wrong, "on": "2026-02-02", "now_on": "2025-12-30"})
    (found,) = walked(reported)
    assert found.received_on == date(2026, 1, 5)
    assert "2025 年" in found.refused[0].reason
    column = {"act": "correct_record", "on": "2026-03-02", "applicant": "business", "cause": "登记有误"}
    assert walked(one("A", came, column))[0].applicant == "business"
    assert walked(one("A", {**CAME, "on": "2025-06-02"}, column))[0].applicant == "research"


def test_a_pair_that_was_handed_over_is_linked_and_counts_at_both() -> None:
    here = one("A-1", CAME, {"act": "hand_over", "on": "2026-03-05", "body": "乙局"})
    there = one("B-7", {**CAME, "on": "2026-03-09", "body": "甲局", "of": "A-1"})
    (pair,) = handed_over({"甲局": [here], "乙局": [there]})
    assert (pair.id, pair.to_id, pair.received_on, pair.is_linked) == ("A-1", "B-7", date(2026, 3, 9), True)
    assert walked(there)[0].received_on == date(2026, 3, 9)
    assert not handed_over({"甲局": [here], "乙局": []})[0].is_linked


def test_a_disaster_stops_every_open_clock_and_the_strict_count_goes_on() -> None:
    requests = [
        one("open", CAME),
        one("closed", CAME, {"act": "deliver", "on": "2026-03-06", "answer": "granted"}),
        one("meanwhile", {**CAME, "on": "2026-03-12"}),
        one("later", {**CAME, "on": "2026-03-16"}),
    ]
    act = one("x", {"act": "suspend_all", "on": "2026-03-09", "until": "2026-03-13", "cause": "洪水"}).acts[0]
    found = walked(*suspended(requests, act, CALENDAR, Settings.of()))
    assert [len(each.acts) for each in suspended(requests, act, CALENDAR, Settings.of())] == [2, 2, 2, 1]
    assert [str(each.due_on) for each in found] == ["2026-04-07", "2026-03-30", "2026-04-13", "2026-04-14"]
    assert found[0].due_on_strict == DUE


def test_fees_of_a_year_are_what_came_in_less_what_was_given_back() -> None:
    asked = {"act": "fee_notice", "on": "2026-03-04", "amount": "300"}
    paid = [{"act": "paid", "on": "2026-03-10", "amount": "100"}, {"act": "paid", "on": "2026-03-12", "amount": "200"}]
    back = {"act": "refund", "on": "2027-01-05", "amount": "120"}
    found = walked(one("A", CAME, asked, *paid, back))
    assert (fees(found, 2026, date(2026, 12, 31)), fees(found, 2027, date(2027, 12, 31))) == (300, Decimal(-120))
    assert "核对" in walked(one("A", CAME, asked, *paid, {**back, "amount": "301"}))[0].refused[0].reason
