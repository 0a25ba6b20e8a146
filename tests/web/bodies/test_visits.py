"""一次登录到几时 — rest, twelve hours, the account, the password, 退出所有设备; what was typed outlives them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from gongkai.law.roles import Role
from tests.web.cast import NOW, PASSWORD, Cast, client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM
from tests.web.holdings.test_typing import WORDS, entered_by, signed_in_again

if TYPE_CHECKING:
    from gongkai.web.bodies.models import Staff

pytestmark = pytest.mark.usefixtures("ground")


def is_in(client: Any) -> bool:
    return bool(client.get("/account/").status_code == 200)


def over(client: Any, seconds: int) -> None:
    """As if the person had come in so much earlier, and had never rested."""
    session = client.session
    session["since"] -= seconds
    session.save()


def end_by_clock(_people: Cast, _staff: Staff, client: Any) -> None:
    over(client, 12 * 3600 + 1)


def end_by_disabling(people: Cast, staff: Staff, _client: Any) -> None:
    from gongkai.web.bodies.actions import disable_staff, enable_staff

    system = people.of(Role.SYSTEM_ADMIN)
    disable_staff(by=system, staff=staff, now=NOW)
    enable_staff(by=system, staff=staff, now=NOW)


def end_by_administrator(people: Cast, staff: Staff, _client: Any) -> None:
    answer = client_of(people.of(Role.SECURITY_ADMIN)).post(f"/desk/staff/{staff.id}/", {"act": "end_visits"})
    assert answer.status_code == 302


def end_by_oneself(_people: Cast, staff: Staff, _client: Any) -> None:
    there = client_of(staff)
    assert there.post("/account/everywhere/")["Location"] == "/sign-in/"
    assert not is_in(there)


def end_by_password(_people: Cast, staff: Staff, _client: Any) -> None:
    new = "Ganz-neu-2026"
    there = client_of(staff)
    assert there.post("/account/password/", {"old": PASSWORD, "new": new, "again": new}).status_code == 302
    assert is_in(there)
    staff.refresh_from_db()
    staff.set_password(PASSWORD)  # so that the person comes in as in every case
    staff.save()


WAYS: list[Callable[[Cast, Any, Any], None]] = [
    end_by_clock, end_by_disabling, end_by_administrator, end_by_oneself, end_by_password]  # fmt: skip


@pytest.mark.parametrize("end", WAYS)
def test_a_visit_that_was_ended_stays_ended_and_what_was_typed_outlives_it(
    end: Callable[[Cast, Any, Any], None],
) -> None:
    office = Office()
    people = office.people
    clerk = people.of(Role.CLERK)
    item = office.create()
    address = f"/desk/items/{item.id}/edit/"
    client = entered_by(clerk)
    assert is_in(client)
    client.post(
        "/desk/leave/", {"title": "先留着的", "to": "/desk/"}, headers={"Referer": "http://testserver/desk/items/new/"}
    )
    end(people, clerk, client)
    page = client.post(address, {**FORM, "body": WORDS, "edition": item.edition, "do": "save"})
    assert page.status_code == 403
    assert "您填的字没有丢" in page.content.decode()
    assert not is_in(client)
    assert signed_in_again(client, page, clerk.username)["Location"] == address
    assert WORDS in client.get(address).content.decode()
    assert "先留着的" in client.get("/desk/items/new/").content.decode(), "what was kept before is still there"
    assert "left" not in client.session


def test_work_without_rest_ends_after_twelve_hours_and_not_before() -> None:
    from gongkai.web.journal.queries import of_subject

    clerk = Office().people.of(Role.CLERK)
    client = entered_by(clerk)
    assert is_in(client)
    over(client, 12 * 3600 - 60)
    assert is_in(client)
    over(client, 61)
    answer = client.get("/account/", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/?next=%2Faccount%2F"
    assert "登录满 12 小时" in answer.content.decode()
    assert of_subject(f"bodies.staff:{clerk.id}").last().facts == {"over": True}  # type: ignore[union-attr]


def test_half_way_in_is_over_too() -> None:
    from gongkai.web.bodies import one_time_codes
    from gongkai.web.bodies.actions.accounts import (
        confirm_second_factor,
        prepare_second_factor,
        sign_out_everywhere,
    )

    staff = Office().people.of(Role.CLERK)
    secret = prepare_second_factor(staff=staff, now=NOW)
    codes = confirm_second_factor(staff=staff, code=one_time_codes.code(secret, int(NOW.timestamp()) // 30), now=NOW)
    client = entered_by(staff)
    assert client.get("/sign-in/code/").status_code == 200
    sign_out_everywhere(staff=staff, now=NOW)
    assert client.post("/sign-in/code/", {"code": codes[0]})["Location"] == "/sign-in/"
    assert not is_in(client)


def test_a_visit_that_was_ended_takes_nothing_from_others_at_the_computer() -> None:
    people = Office().people
    first, second = people.of(Role.CLERK), people.of(Role.FINAL_REVIEWER)
    client = entered_by(first)
    client.post("/sign-out/", {"title": WORDS}, headers={"Referer": "http://testserver/desk/items/new/"})
    client.post("/sign-in/", {"name": second.username, "password": PASSWORD})
    end_by_administrator(people, second, client)
    assert not is_in(client)
    client.post("/sign-in/", {"name": first.username, "password": PASSWORD})
    assert WORDS in client.get("/desk/items/new/").content.decode()
