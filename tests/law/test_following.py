"""接下来 — on any day of any history: each date is told with whose it is, and none that has passed as if to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.courses import until
from gongkai.law.requests.following import following
from gongkai.law.requests.settings import Settings
from gongkai.law.terms import AnswerKind
from gongkai.law.workdays import Calendar
from tests.law.courses import anything, possible, request

CALENDAR = Calendar.load()
FIRST = date(2024, 1, 1)
CAME: dict[str, Any] = {"act": "register", "on": "2026-03-02", "channel": "in_person"}
ASKED = {"act": "ask_correction", "on": "2026-03-05", "workdays": 10}


def found(*acts: dict[str, Any]) -> Course:
    return course(request([CAME, *acts]), CALENDAR, Settings.of())


def said(course: Course, on: str) -> str:
    return "；".join(step.message for step in following(course, CALENDAR, date.fromisoformat(on)))


@given(anything("1", ("1", "2"), FIRST, 300), st.integers(0, 500))
def test_a_day_that_has_passed_is_never_told_as_one_to_come(drawn: Request, after: int) -> None:
    on = FIRST + timedelta(days=after)
    known = course(until(drawn, on), CALENDAR, Settings.of())
    steps = following(known, CALENDAR, on)
    assert bool(steps) == (known.waits_for != "nobody")
    for step in steps:
        for name in ("until", "due_on", "lapse_from", "told_by"):
            day = step.values.get(name)
            if isinstance(day, date) and day < on:
                assert re.search("过了", step.template), step.message
                assert "起可以确认" not in step.template
                assert name != "due_on" or "逾期" in step.template


@given(anything("1", ("1", "2"), FIRST, 300), st.integers(0, 500))
def test_the_days_of_others_are_told_as_theirs(drawn: Request, after: int) -> None:
    on = FIRST + timedelta(days=after)
    known = course(until(drawn, on), CALENDAR, Settings.of())
    of_others = {each.until for each in known.unanswered if each.until} | {known.applicant_until, known.payment_until}
    for step in following(known, CALENDAR, on):
        if step.values.get("until") in of_others - {None}:
            assert re.search("第三方|共同制作机关|对方|申请人", step.message)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-03-19", ("等申请人补正，到 2026-03-19", "2026-03-20 起可以确认")),
        ("2026-03-20", ("2026-03-19，已经过了", "请确认逾期", "确认以前补正的，可以接受")),
    ],
)
def test_a_lapse_may_be_confirmed_or_should_have_been(on: str, words: tuple[str, ...]) -> None:
    assert all(word in said(found(ASKED), on) for word in words)


@pytest.mark.parametrize(
    ("partner", "on", "words"),
    [
        ("third_party", "2026-04-01", ("对方的期限到 2026-04-01", "到 2026-04-23 答复")),
        ("third_party", "2026-04-02", ("2026-04-01，已经过了", "依法决定是否公开", "到 2026-04-23 答复")),
        ("co_maker", "2026-04-02", ("2026-04-01，已经过了", "视为同意公开")),
        ("other_organ", "2026-04-02", ("请催办", "待定")),
    ],
)
def test_what_a_silent_third_party_leads_to(partner: str, on: str, words: tuple[str, ...]) -> None:
    sent = {"act": "consult", "on": "2026-03-09", "thread": "a", "with": partner}
    got = {"act": "consult_delivered", "on": "2026-03-11", "thread": "a"}
    assert all(word in said(found(sent, got), on) for word in words)


def test_a_presumed_period_is_called_presumed_wherever_it_decides() -> None:
    usual = {key: value for key, value in ASKED.items() if key != "workdays"}
    late = {"act": "corrected", "on": "2026-03-25"}
    assert "按 10 个工作日推定" in said(found(usual), "2026-03-10")
    assert "推定" not in said(found(ASKED), "2026-03-10")
    assert [mark.value for mark in found(usual, late).marks] == ["perhaps_taken_late"]
    assert [mark.value for mark in found(ASKED, late).marks] == ["taken_late"]
    assert any("推定的补正期限 2026-03-19" in step.message for step in found(usual, late).steps)
    lapsed = found(usual, {"act": "lapse_correction", "on": "2026-03-19"})
    assert "推定" in lapsed.refused[0].reason


@pytest.mark.parametrize(("noticed", "is_late"), [("2026-03-30", False), ("2026-03-31", True)])
def test_a_fee_told_after_the_period_saves_nobody_from_lateness(noticed: str, is_late: bool) -> None:
    fee = {"act": "fee_notice", "on": noticed, "amount": "400"}
    paid = {"act": "paid", "on": "2026-04-07", "amount": "400"}
    done = {"act": "deliver", "on": "2026-04-10", "answer": "granted"}
    ended = found(fee, paid, done)
    assert bool(ended.late_workdays) == is_late
    assert ("fee_notice_late" in ended.marks) == ("answered_late" in ended.marks) == is_late
    told = "".join(step.message for step in ended.steps)
    assert ("通知迟了 1 个工作日" in told) == ("没有答复，已经逾期" in told) == is_late
    assert found(fee).is_overdue(date(2026, 4, 8)) == is_late


@given(possible(), st.integers(0, 8))
def test_who_answers_by_the_day_that_is_told_is_in_time_by_every_count(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]], place: int
) -> None:
    rows, settings = drawn[0], Settings.of(drawn[1])
    # On the day of one of its acts, when something mostly runs.
    on = rows[place % len(rows)]["on"]
    so_far = until(request(rows), on)
    known = course(so_far, CALENDAR, settings)
    counts = [day for day in (known.due_on, known.due_on_strict, known.in_time_until) if day]
    told = [step for step in following(known, CALENDAR, on) if re.match("到 .* 答复", step.template)]
    assert bool(told) <= bool(counts)
    assert bool(known.strict_on) == bool(counts)
    if not told or known.strict_on is None or known.strict_on < on:
        return
    first = told[0].template.split(" ")[1].strip("{}")
    assert told[0].values[first] == known.strict_on
    assert known.strict_on <= min(counts)
    answer = Act(kind=RequestAct.DELIVER, on=known.strict_on, answer=AnswerKind.GRANTED)
    ended = course(replace(so_far, acts=(*so_far.acts, answer)), CALENDAR, settings)
    assert ended.late_workdays in (0, None)
    assert bool(ended.closings) == (ended.late_workdays == 0)


@pytest.mark.parametrize(
    ("acts", "on", "words"),
    [
        (
            [("ask_correction", "2026-03-16"), ("corrected", "2026-03-20")],
            "2026-03-21",
            ("到 2026-03-30 答复", "2026-04-20"),
        ),
        ([("ask_correction", "2026-03-16")], "2026-03-18", ("等申请人补正", "到 2026-03-30 答复")),
    ],
)
def test_a_restart_after_a_late_notice_is_not_the_day_to_answer_by(
    acts: list[tuple[str, str]], on: str, words: tuple[str, ...]
) -> None:
    told = said(found(*({"act": act, "on": day} for act, day in acts)), on)
    assert all(word in told for word in words)
    assert not re.search("^到 2026-04-20 答复", told)


def test_two_consultations_that_overlap_are_answered_by_the_stricter_day() -> None:
    threads = [("a", "third_party", "05", "06", "20"), ("b", "co_maker", "18", "19", "25")]
    acts: list[dict[str, Any]] = []
    for thread, partner, *days in threads:
        for act, day in zip(("consult", "consult_delivered", "opinion"), days, strict=True):
            acts.append({"act": act, "on": f"2026-03-{day}", "thread": thread, "with": partner})
    acts.sort(key=lambda each: str(each["on"]))
    known = found(*acts)
    assert str(known.due_on) == "2026-04-21"
    assert said(known, "2026-03-26").startswith("到 2026-04-20 答复")
    assert "期限 2026-04-21" in said(known, "2026-03-26")


def test_what_was_taken_late_is_marked_under_the_provision_of_what_it_was() -> None:
    fee = {"act": "fee_notice", "on": "2026-03-05", "amount": "400"}
    paid = {"act": "paid", "on": "2026-04-20", "amount": "400"}
    corrected = {"act": "corrected", "on": "2026-03-25"}
    assert [str(mark.provision) for mark in found(fee, paid).marks] == ["收费办法 第六条"]
    assert [str(mark.provision) for mark in found(ASKED, corrected).marks] == ["条例 第三十条"]
    assert len(found(fee, ASKED, corrected, paid).marks) == 2


@pytest.mark.parametrize(
    ("acts", "strict_on", "in_time_until"),
    [
        # The day of sending is the office's own also in the period that a late notice does not undo.
        (
            [
                {"act": "ask_correction", "on": "2026-03-16"},
                {"act": "corrected", "on": "2026-03-20"},
                {"act": "consult", "on": "2026-03-23", "thread": "a", "with": "other_organ"},
                {"act": "opinion", "on": "2026-03-25", "thread": "a"},
            ],
            "2026-04-01",
            "2026-04-02",
        ),
        ([{"act": "fee_notice", "on": "2026-04-03", "amount": "400"}], "2026-03-30", "2026-03-30"),
        (
            [
                {"act": "fee_notice", "on": "2026-04-03", "amount": "400"},
                {"act": "paid", "on": "2026-04-07", "amount": "400"},
            ],
            "2026-03-30",
            "2026-03-30",
        ),
        ([ASKED], "None", "None"),
    ],
)
def test_the_day_to_arrange_for_is_the_earliest_of_all_counts(
    acts: list[dict[str, Any]], strict_on: str, in_time_until: str
) -> None:
    known = found(*acts)
    assert (str(known.strict_on), str(known.in_time_until)) == (strict_on, in_time_until)
    told = said(known, "2026-03-26")
    assert "None" in (strict_on, told) or f"到 {strict_on} 答复" in told
    # Where the period is counted anew, an earlier day is not called its end.
    assert f"期限 {in_time_until}" not in told


def test_an_open_consultation_does_not_hide_that_the_request_is_late() -> None:
    late = [{"act": "fee_notice", "on": "2026-04-03", "amount": "400"}, {"act": "paid", "on": "2026-04-07"}]
    sent = {"act": "consult", "on": "2026-04-08", "thread": "a", "with": "other_organ"}
    assert "2026-03-30，已经过了" in said(found(*late, sent), "2026-04-10")


def test_days_of_a_disaster_are_not_called_days_of_a_consultation() -> None:
    known = found({"act": "suspend_all", "on": "2026-03-09", "until": "2026-03-13"})
    (strict,) = [step for step in known.steps if str(known.due_on_strict) in step.message and "从严" in step.message]
    assert "不可抗力" in strict.message
    assert "到 2026-03-30 答复（从严）" in said(known, "2026-03-20")
