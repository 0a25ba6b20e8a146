"""一件申请的规律 — what must hold for every course that a request can take, and for those that it cannot."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.errors import LawError
from gongkai.law.requests.acts import Act, Request, RequestAct
from gongkai.law.requests.course import Course, course
from gongkai.law.requests.courses import courses, moves, recounted, until
from gongkai.law.requests.rows import act_from, request_from
from gongkai.law.requests.settings import Settings
from gongkai.law.requests.states import Mark, Position
from gongkai.law.requests.walk import Refused
from gongkai.law.workdays import DAY, Break, Calendar, Year
from tests.law import by_hand, day_by_day
from tests.law.courses import SETTINGS, anything, many, possible, request

CALENDAR = Calendar.load()
FIRST = date(2024, 1, 1)
DATES = ("received_on", "correction_notice_by", "first_period_ends_on", "due_on", "due_on_strict", "applicant_until")


@given(possible())
def test_what_can_be_is_counted_as_by_hand(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    rows, settings = drawn
    found = course(request(rows), CALENDAR, Settings.of(settings))
    assert found.refused == ()
    expected = by_hand.dates(rows, settings)
    assert {name: getattr(found, name) for name in expected} == expected


@given(possible(), st.integers(0, 90))
def test_lateness_is_counted_as_in_loops_over_days(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]], after: int
) -> None:
    rows, settings = drawn
    rows = [*rows, {"act": "deliver", "on": max(row["on"] for row in rows) + DAY * after, "answer": "granted"}]
    found, expected = course(request(rows), CALENDAR, Settings.of(settings)), day_by_day.walk(rows, settings)
    assert found.answered_on == rows[-1]["on"]
    assert found.late_workdays == expected["late_workdays"]
    assert (Mark.ANSWERED_LATE in found.marks) == bool(
        found.in_time_until and found.answered_on and found.answered_on > found.in_time_until
    )


@given(anything("1", ("1", "2"), FIRST, 300), SETTINGS)
def test_no_counted_clock_ends_on_a_day_off(drawn: Request, settings: Settings) -> None:
    found = course(drawn, CALENDAR, settings)
    set_by_a_person = {act.until for act in drawn.acts}
    for name in ("correction_notice_by", "first_period_ends_on", "due_on", "applicant_until", "third_party_until"):
        day = getattr(found, name)
        assert day is None or CALENDAR.is_workday(day) or (name == "due_on" and day in set_by_a_person)


@given(anything("1", ("1", "2"), FIRST, 300), SETTINGS)
def test_what_is_refused_moves_nothing(drawn: Request, settings: Settings) -> None:
    found = courses([drawn], CALENDAR, settings)
    refused = {id(each.act) for each in found[0].refused} | {id(each.act) for line in found for each in line.refused}
    kept = replace(drawn, acts=tuple(act for act in drawn.acts if id(act) not in refused))
    again = courses([kept], CALENDAR, settings)
    assert [replace(line, refused=()) for line in found] == [replace(line, refused=()) for line in again]
    # An act that was put right is another one; as it was drawn, nothing is refused a second time.
    given = {id(act) for act in kept.acts}
    assert not [each for line in again for each in line.refused if id(each.act) in given]
    places = [each.place for line in found for each in line.refused]
    assert all(drawn.acts[place].kind is each.act.kind for place, each in _refused(found))
    assert len(set(places)) == len(places)


def _refused(found: list[Course]) -> list[tuple[int, Refused]]:
    return [(each.place if each.place is not None else -99, each) for line in found for each in line.refused]


@given(st.data(), anything("1", ("1", "2"), FIRST, 300), SETTINGS)
def test_acts_may_be_entered_in_any_order_of_days(data: st.DataObject, drawn: Request, settings: Settings) -> None:
    days = data.draw(st.permutations(sorted({act.on for act in drawn.acts})))
    shuffled = replace(drawn, acts=tuple(act for day in days for act in drawn.acts if act.on == day))
    assert courses([shuffled], CALENDAR, settings) == courses([drawn], CALENDAR, settings)


@given(st.data(), many(FIRST, 300), SETTINGS)
def test_requests_may_be_listed_in_any_order(data: st.DataObject, drawn: list[Request], settings: Settings) -> None:
    def by_id(requests: list[Request]) -> dict[str, Course]:
        return {each.id: each for each in courses(requests, CALENDAR, settings)}

    merged_on = [act.on for each in drawn for act in each.acts if act.kind is RequestAct.MERGE]
    if len(set(merged_on)) == len(merged_on):  # of two circles closed on one day the one that is listed first counts
        assert by_id(data.draw(st.permutations(drawn))) == by_id(drawn)


@given(many(FIRST, 300), SETTINGS, st.integers(0, 500))
def test_a_new_holiday_moves_what_it_must_and_nothing_else(
    drawn: list[Request], settings: Settings, after: int
) -> None:
    day = FIRST + DAY * after
    year = next(year for year in CALENDAR.years if year.year == day.year)
    kept = tuple(make_up for make_up in year.make_ups if make_up.on != day)
    more = CALENDAR.with_year(Year(year.year, year.notices, (*year.breaks, Break("新假日", day, day)), kept))
    was = {each.id: each for each in courses(drawn, CALENDAR, settings)}
    moved = recounted(drawn, CALENDAR, more, settings)
    for number, each in was.items():
        last_on = max((on for on in (each.due_on, each.due_on_strict) if on), default=None)
        if not CALENDAR.is_workday(day) or (last_on and day > last_on) or (each.received_on or day) > day:
            assert number not in moved or each.refused, "what the day does not touch stays"


@given(possible(), st.integers(0, 400))
def test_a_new_holiday_never_brings_a_day_forward(
    drawn: tuple[list[dict[str, Any]], dict[str, Any]], after: int
) -> None:
    rows, settings = drawn
    day = rows[0]["on"] + DAY * after
    year = next(year for year in CALENDAR.years if year.year == day.year)
    kept = tuple(make_up for make_up in year.make_ups if make_up.on != day)
    more = CALENDAR.with_year(Year(year.year, year.notices, (*year.breaks, Break("新假日", day, day)), kept))
    before, later = (course(request(rows), each, Settings.of(settings)) for each in (CALENDAR, more))
    for name in DATES:
        was, now = getattr(before, name), getattr(later, name)
        assert was is None or now is None or now >= was


@given(possible())
def test_the_strict_day_is_never_later(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    found = course(request(drawn[0]), CALENDAR, Settings.of(drawn[1]))
    assert found.due_on is None or (found.due_on_strict is not None and found.due_on_strict <= found.due_on)


@given(possible())
def test_every_move_of_the_day_has_its_act(drawn: tuple[list[dict[str, Any]], dict[str, Any]]) -> None:
    rows, settings = drawn
    found = moves(request(rows), CALENDAR, Settings.of(settings))
    ends = found[-1].to_on if found else None
    assert ends == course(request(rows), CALENDAR, Settings.of(settings)).due_on
    assert all(each.act is not None and each.from_on != each.to_on for each in found)
    assert all(before.to_on == after.from_on for before, after in pairwise(found))


@given(anything("1", ("1",), FIRST, 300), SETTINGS, st.integers(0, 400))
def test_what_happens_later_does_not_change_where_it_counted_in_a_closed_year(
    drawn: Request, settings: Settings, days: int
) -> None:
    cut_on = FIRST + DAY * days
    then = courses([until(drawn, cut_on)], CALENDAR, settings)[0]
    now = courses([drawn], CALENDAR, settings)[0]
    if then.cell and then.cell.closed_on.year < cut_on.year and now.position is not Position.VOID:
        assert now.cell == then.cell


def test_a_merged_request_closes_with_its_host_and_in_its_row() -> None:
    def one(number: str, *acts: dict[str, Any]) -> Request:
        return request_from({"id": number, "applicant": "business", "acts": list(acts)})

    came = {"act": "register", "on": "2026-03-02", "channel": "in_person"}
    into = {"act": "merge", "on": "2026-03-10", "into": "B"}
    answered = {"act": "deliver", "on": "2026-04-02", "answer": "granted"}
    guest, host = one("A", {**came, "on": "2026-02-25"}, into), one("B", came, answered)
    first, second = courses([guest, host], CALENDAR, Settings.of())
    assert first.cell
    assert second.cell
    assert (first.cell.row, first.answered_on, first.due_on) == (second.cell.row, date(2026, 4, 2), date(2026, 3, 24))
    assert Mark.ANSWERED_LATE in first.marks
    apart = courses([guest, host], CALENDAR, Settings.of({"merge": "other"}))[0]
    assert apart.cell
    assert (apart.cell.row, apart.cell.closed_on) == ("other_handling.other", date(2026, 3, 10))
    late = courses([one("A", came, {**into, "on": "2026-04-03"}), host], CALENDAR, Settings.of())[0]
    assert "办结" in late.refused[0].reason
    nowhere = courses([one("A", came, {**into, "into": "Z"})], CALENDAR, Settings.of())[0]
    assert "Z" in nowhere.refused[0].reason


def test_what_is_handled_again_may_count_anew() -> None:
    acts = [
        {"act": "register", "on": "2026-03-02", "channel": "in_person"},
        {"act": "deliver", "on": "2026-03-20", "answer": "internal_affairs"},
        {"act": "reopen", "on": "2026-08-03", "workdays": 15},
        {"act": "deliver", "on": "2026-08-25", "answer": "granted"},
    ]
    drawn = request_from({"id": "A", "applicant": "business", "acts": acts})
    first, second = courses([drawn], CALENDAR, Settings.of({"reopen": "count_anew"}))
    assert (first.id, second.id) == ("A", "A+2")
    assert (second.received_on, second.due_on, second.late_workdays) == (date(2026, 8, 3), date(2026, 8, 24), 1)
    assert first.cell
    assert second.cell
    assert (first.cell.row, second.cell.row) == ("refused.internal_affairs", "granted")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"act": "fly", "on": "2026-03-02"}, "fly"),
        ({"act": "deliver", "on": "2026-03-02"}, "答复种类"),
        ({"act": "deliver", "on": "2026-03-02", "answer": "maybe"}, "maybe"),
        ({"act": "register", "on": "2026-02-30"}, "2026-02-30"),
        ({"act": "register", "on": "2026-02-03", "chanel": "mail"}, "chanel"),
        ({"act": "consult", "on": "2026-02-03", "with": "nobody"}, "nobody"),
        ({"act": "extend", "on": "2026-02-03", "workdays": "ten"}, "ten"),
        ({"act": "extend", "on": "2026-02-03", "workdays": True}, "True"),
        ({"act": "extend", "on": "2026-02-03", "workdays": 0}, "0"),
        ({"act": "paid", "on": "2026-02-03", "amount": "NaN"}, "NaN"),
        ({"act": "paid", "on": "2026-02-03", "amount": "x"}, "x"),
    ],
)
def test_a_row_that_cannot_be_an_act_is_named(row: dict[str, Any], said: str) -> None:
    with pytest.raises(LawError) as raised:
        act_from(row)
    assert said in str(raised.value)


@pytest.mark.parametrize("values", [{"merge": "never"}, {"mergers": "host"}, {"reasons_pause": "yes"}])
def test_a_setting_that_is_none_is_named(values: dict[str, str]) -> None:
    with pytest.raises(LawError) as raised:
        Settings.of(values)
    assert next(iter(values)) in str(raised.value)


def test_a_long_chain_of_merged_requests_is_walked() -> None:
    came = Act(kind=RequestAct.REGISTER, on=date(2026, 3, 2))
    most = 3000
    chain = [
        Request(
            id=str(number),
            applicant=request([]).applicant,
            acts=(came, Act(kind=RequestAct.MERGE, on=date(2026, 3, 3), into=str(number + 1))),
        )
        for number in range(most)
    ]
    last = Request(id=str(most), applicant=chain[0].applicant, acts=(came,))
    assert len(courses([*chain, last], CALENDAR, Settings.of())) == most + 1


def test_days_that_leave_no_room_to_count_are_refused_and_stop_no_other() -> None:
    far = request([{"act": "register", "on": "2099-12-30"}], "far")
    early = request([{"act": "register", "on": "2018-12-30"}], "early")
    good = request([{"act": "register", "on": "2026-03-02"}], "good")
    found = {each.id: each for each in courses([far, early, good], CALENDAR, Settings.of())}
    assert [len(found[name].refused) for name in ("far", "early", "good")] == [1, 1, 0]
    assert found["good"].due_on == date(2026, 3, 30)


def test_what_is_no_request_is_not_handled_again() -> None:
    acts = [
        {"act": "register", "on": "2026-03-02"},
        {"act": "not_a_request", "on": "2026-03-03"},
        {"act": "reopen", "on": "2026-04-01"},
    ]
    (found,) = courses([request(acts)], CALENDAR, Settings.of({"reopen": "count_anew"}))
    assert found.position is Position.VOID
    assert [each.act.kind for each in found.refused] == [RequestAct.REOPEN]


@given(anything("1", ("1", "2"), FIRST, 300), SETTINGS)
def test_no_sentence_holds_a_code(drawn: Request, settings: Settings) -> None:
    for found in courses([drawn], CALENDAR, settings):
        said = [each.reason for each in found.refused] + [step.message for step in found.steps]
        # The threads of the drawn acts are called a and b.
        assert not [each for each in said if re.search("[A-Za-z_]{2,}", each)]
