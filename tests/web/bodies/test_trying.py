"""登录失败以后等多久 — by place, by name, by address; strangers keep nobody waiting (GB/T 22239-2019 登录失败处理)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.roles import Role
from tests.web.bodies.test_signing_in import variations
from tests.web.cast import NOW, PASSWORD, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")

SPARED = 2
HOME, STRANGER = "203.0.113.9", "198.51.100.7"


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def attempt(
    name: str, password: str = "x", *, address: str | None = STRANGER, device: str = "", now: datetime = NOW
) -> str:
    """What came of it: in, wrong, or wait. A wrong password is not hashed here: there are hundreds of them."""
    from gongkai.web.bodies.actions import signing_in
    from gongkai.web.bodies.actions.trying import Visitor

    visitor, staff = Visitor(address, device), signing_in.of_name(name)
    try:
        if password == "x":
            counted = signing_in.count_try(name=name, staff=staff, visitor=visitor, now=now)
            raise signing_in.failed(staff=staff, counted=counted, visitor=visitor, now=now)
        staff = signing_in.check_password_of(staff, name=name, password=password, visitor=visitor, now=now)
    except signing_in.SignInError as refusal:
        return "wrong" if refusal.is_wrong else "wait"
    signing_in.signed_in(staff=staff, visitor=visitor, now=now)
    return "in"


def sign_in(client: Any, name: str, password: str = PASSWORD, address: str = HOME) -> Any:
    return client.post("/sign-in/", {"name": name, "password": password}, REMOTE_ADDR=address)


def test_the_wait_grows_and_is_over_to_the_second() -> None:
    name, now = cast().of(Role.CLERK).username, 0.0
    assert [attempt(name) for _ in range(5)] == ["wrong"] * 5
    for minutes in (1, 2, 4, 8, 16, 30, 30, 30):
        assert attempt(name, PASSWORD, now=at(now + minutes * 60 - 1)) == "wait", minutes
        now += minutes * 60
        assert attempt(name, now=at(now)) == "wrong", minutes
    assert attempt(name, PASSWORD, now=at(now + 30 * 60)) == "in"
    assert attempt(name, now=at(now + 30 * 60)) == "wrong"


@pytest.mark.parametrize("moved", [-30, 30])
def test_a_clock_that_was_wrong_keeps_nobody_waiting_for_days(moved: int) -> None:
    name = cast().of(Role.CLERK).username
    wrong_clock = NOW + timedelta(days=moved)
    for _ in range(5):
        attempt(name, now=wrong_clock)
    assert attempt(name, PASSWORD) == "in"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=4, deadline=None)
@given(st.data())
def test_no_spelling_has_a_count_of_its_own(data: st.DataObject) -> None:
    from gongkai.web.bodies.models import Staff, Tries

    Tries.objects.all().delete()
    staff = Staff.objects.filter(username="wang-li").first() or cast().idle()
    Staff.objects.filter(id=staff.id).update(username="wang-li")
    assert {attempt(data.draw(variations("wang-li"))) for _ in range(5)} == {"wrong"}
    assert attempt(data.draw(variations("wang-li")), PASSWORD) == "wait"


def test_a_stranger_keeps_nobody_out_of_a_browser_that_they_came_in_by_before() -> None:
    people = cast()
    name = people.of(Role.SECURITY_ADMIN).username
    known, unknown = client_of(None), client_of(None)
    assert sign_in(known, name).status_code == 302
    known.post("/sign-out/")
    for number in range(40):  # from everywhere, also from the same address
        address = HOME if number % 2 else f"198.51.100.{number}"
        attempt(name, address=address, now=datetime.now(NOW.tzinfo))
    assert sign_in(unknown, name).status_code == 429
    assert sign_in(unknown, name, address="192.0.2.77").status_code == 429, "the name has too many failures"
    assert sign_in(known, name).status_code == 302


def test_the_page_says_how_long_and_keeps_the_name() -> None:
    name = cast().of(Role.CLERK).username
    client = client_of(None)
    for _ in range(5):
        answer = sign_in(client, name, "x")
    assert (answer.status_code, answer["Retry-After"]) == (429, "60")
    page = answer.content.decode()
    assert "请等 1 分钟再试" in page
    assert f'value="{name}"' in page


@pytest.mark.parametrize("shared", [True, False])
def test_a_mark_that_was_stolen_is_worth_no_more_than_its_own_few_tries(shared: bool) -> None:
    people = cast()
    staff, other = people.of(Role.CLERK), people.of(Role.SECURITY_ADMIN)
    owner = client_of(None)
    sign_in(owner, staff.username)
    mark = owner.cookies["gongkai_device"].value
    thief = client_of(None)
    codes = []
    for number in range(6):  # a new address for each
        thief.cookies["gongkai_device"] = mark
        address = f"198.51.100.{number}"
        codes.append(sign_in(thief, staff.username if shared else other.username, "guess", address).status_code)
    assert codes.count(400) == (4 if shared else 6), "the mark of one name is none of another"
    assert thief.get("/account/").status_code == 302, "it opens nothing"


def test_marks_are_void_once_all_visits_were_ended() -> None:
    from gongkai.web.bodies.actions import end_visits_of

    people = cast()
    staff = people.of(Role.CLERK)
    client = client_of(None)
    sign_in(client, staff.username)
    end_visits_of(by=people.of(Role.SECURITY_ADMIN), staff=staff, now=NOW)
    for number in range(20):
        attempt(staff.username, address=f"198.51.100.{number}", now=datetime.now(NOW.tzinfo))
    assert sign_in(client, staff.username).status_code == 429


def test_two_people_at_one_computer_are_both_known_there() -> None:
    people = cast()
    both = [people.of(role).username for role in (Role.CLERK, Role.FINAL_REVIEWER)]
    client = client_of(None)
    for name in both:
        assert sign_in(client, name).status_code == 302
        client.post("/sign-out/")
    for number in range(60):
        attempt(both[number % 2], address=f"198.51.100.{number}", now=datetime.now(NOW.tzinfo))
    assert [sign_in(client_of(None), name).status_code for name in both] == [429, 429]
    for name in both:
        assert sign_in(client, name).status_code == 302
        client.post("/sign-out/")


def spray(names: int, rounds: int = SPARED, *, address: str = STRANGER, now: datetime = NOW) -> list[str]:
    """One password after another over many names that nobody has."""
    return [attempt(f"name-{each}", address=address, now=now) for _ in range(rounds) for each in range(names)]


def test_one_password_over_twenty_names_is_slowed() -> None:
    assert spray(20, 1) == ["wrong"] * 15 + ["wait"] * 5
    assert attempt("name-21", address=HOME) == "wrong", "others are not"
    assert attempt("name-22", now=at(60)) == "wrong"
    assert attempt("name-23", now=at(60)) == "wait"


def test_passwords_over_a_few_names_are_slowed_once_each_had_its_few_tries() -> None:
    assert spray(10) == ["wrong"] * 10 * SPARED
    assert spray(10, 1) == ["wait"] * 10


def test_a_spray_keeps_nobody_of_the_same_network_waiting_who_was_not_aimed_at() -> None:
    people = cast()
    fresh, mistyping = people.of(Role.CLERK).username, people.of(Role.FINAL_REVIEWER).username
    spray(12, 3)
    assert attempt(fresh, PASSWORD) == "in"
    assert [attempt(mistyping), attempt(mistyping, PASSWORD)] == ["wrong", "in"]
    assert attempt("name-1") == "wait", "who comes in brings no guesses to others"
    assert [attempt(fresh), attempt(fresh), attempt(fresh)] == ["wrong", "wrong", "wait"], "nor many at their own name"


def test_what_is_said_of_a_wait_is_so() -> None:
    from gongkai.web.bodies.actions import trying

    spray(10)
    gates = trying.gates("a-clerk", trying.Visitor(STRANGER))
    assert [trying.count(gates, NOW).wait > timedelta() for _ in range(SPARED)] == [False] * (SPARED - 1) + [True]


def test_an_address_of_ipv6_is_its_network() -> None:
    assert [attempt(f"name-{number % 8}", address=f"2001:db8::{number:x}") for number in range(17)][-1] == "wait"
    assert attempt("name-1", address="2001:db8:0:1::1") == "wrong"


def test_an_office_behind_one_address_comes_in_on_monday() -> None:
    people = cast()
    names = [staff.username for staff in people.people.values()]
    mistyped = [attempt(name, "x", address=HOME) for name in names[:14]]
    assert mistyped == ["wrong"] * 14
    assert [attempt(name, PASSWORD, address=HOME) for name in names] == ["in"] * len(names)


def test_who_comes_in_brings_no_guesses_to_others_at_the_address() -> None:
    people = cast()
    own, aim = people.of(Role.CLERK).username, people.of(Role.SECURITY_ADMIN).username
    told = []
    for _ in range(8):
        told.append(attempt(aim, now=NOW))
        attempt(own, PASSWORD, now=NOW)
    assert told.count("wrong") == 5


def test_many_addresses_with_one_name_are_slowed() -> None:
    name = cast().of(Role.CLERK).username
    for of in (name, "nobody-at-all"):
        told = [attempt(of, address=f"203.0.113.{number}") for number in range(40)]
        assert told == ["wrong"] * 20 + ["wait"] * 20


def test_without_an_address_all_do_not_share_a_count() -> None:
    assert [attempt(f"name-{number}", address=None) for number in range(40)] == ["wrong"] * 40


def test_counts_sink_and_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.bodies.actions import trying
    from gongkai.web.bodies.models import Tries

    attempt("a-name")
    trying.sweep(NOW + timedelta(days=2))
    assert Tries.objects.count() == 3
    for _ in range(3):
        attempt("b-name")
    monkeypatch.setattr(trying, "MOST_ROWS", 3)
    trying.sweep(NOW)
    assert sorted(Tries.objects.values_list("level", flat=True)) == [3, 3, 4], "those of the fewest failures went"
    trying.sweep(NOW + timedelta(days=4))
    assert not Tries.objects.exists()


def test_what_waits_makes_no_new_counts() -> None:
    from gongkai.web.bodies.models import Tries

    spray(10, 5)
    told = list(Tries.objects.values_list("level", flat=True))
    assert (len(told), sum(told)) == (1 + 2 * 10, 20 + 2 * SPARED * 10), "of the address, of names and of both"


def test_a_right_password_takes_back_what_it_counted_and_no_more() -> None:
    from gongkai.web.bodies.models import Tries

    name = cast().of(Role.CLERK).username
    attempt(name)
    attempt(name)
    assert attempt(name, PASSWORD) == "in"
    assert list(Tries.objects.values_list("level", flat=True)) == [2, 2], "of the name and of the address"


@pytest.mark.parametrize("names", [7, 10])
def test_a_right_password_ends_no_wait_that_others_have_to_keep(names: int) -> None:
    people = cast()
    own, aim = people.of(Role.CLERK).username, people.of(Role.SECURITY_ADMIN).username
    spray(names)
    assert [attempt(aim) for _ in range(SPARED)] == ["wrong"] * SPARED
    assert attempt(own, PASSWORD) == "in"
    assert attempt(aim) == "wait"


def test_a_mark_is_read_from_the_cookies_of_a_request_by_its_signature_alone() -> None:
    from gongkai.web.bodies import devices

    staff = cast().of(Role.CLERK)
    owner = client_of(None)
    sign_in(owner, staff.username)
    mark = owner.cookies["gongkai_device"].value
    assert devices.shown(f"a=1; gongkai_device={mark}; b=2") == f"staff {staff.pk}"
    for told in (
        "",
        f"gongkai_device={mark}x",
        f"xgongkai_device={mark}",
        "gongkai_device=",
        f"gongkai_device={mark[1:]}",
    ):
        assert devices.shown(told) == "", told
