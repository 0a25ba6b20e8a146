"""名称和登录名 — what looks the same is one, and is said at its box (条例 第四条; GB/T 22239-2019 身份鉴别)."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gongkai.law.roles import Role
from tests.web.cast import NOW, Cast, cast, client_of


@pytest.fixture
def people(ground: None) -> Cast:
    del ground
    return cast()


@pytest.mark.parametrize("given", ["\u0430dmin", "..", "-_.", "w\u00e4ng", "\u03bfmega", "w", "li\u0301", "王\u3042"])
def test_a_name_that_only_looks_like_one_is_no_name_to_sign_in_with(people: Cast, given: str) -> None:
    client = client_of(people.of(Role.SYSTEM_ADMIN))
    answer = client.post(f"/desk/bodies/{people.department.slug}/staff/new/", {"username": given, "name": "王丽"})
    page = answer.content.decode()
    assert (answer.status_code, "登录名写英文字母" in page) == (400, True)
    assert re.search(r'name="username"[^>]*aria-invalid="true"', page)
    assert '<a href="#id_username">' in page


def test_names_of_letters_digits_and_characters_are_taken_once(people: Cast) -> None:
    client, address = client_of(people.of(Role.SYSTEM_ADMIN)), f"/desk/bodies/{people.department.slug}/staff/new/"
    for given in ("王丽", "Wang.Li", "li_2", "\uff37\uff21\uff2e\uff27"):
        assert client.post(address, {"username": given, "name": "王丽"}).status_code == 201, given
    page = client.post(address, {"username": "WANG", "name": "另一人"}).content.decode()
    assert "已经有人用了" in page
    assert re.search(r'name="username"[^>]*aria-invalid="true"', page)


def test_an_office_is_the_same_however_its_brackets_are_typed(people: Cast) -> None:
    client, address = client_of(people.of(Role.SYSTEM_ADMIN)), f"/desk/bodies/{people.department.slug}/offices/"
    client.post(address, {"name": "办公室（一）"})
    shown = client.post(address, {"name": "办公室(一)"}, follow=True).content.decode()
    assert "已经有“办公室（一）”了" in shown
    assert people.department.offices.filter(name__startswith="办公室").count() == 1


def told_of(body: Any) -> dict[str, Any]:
    """What the form of a body shows."""
    from gongkai.web.bodies.forms import BodyForm

    return dict(BodyForm(instance=body).initial)


def test_two_bodies_do_not_number_under_one_prefix(people: Cast) -> None:
    from gongkai.web.bodies.models import Body

    Body.objects.filter(pk=people.county.pk).update(number_prefix="柳政")
    client, address = client_of(people.of(Role.SYSTEM_ADMIN)), f"/desk/bodies/{people.department.slug}/edit/"
    sent = {name: value for name, value in told_of(people.department).items() if value not in (None, False)}
    page = client.post(address, {**sent, "number_prefix": "柳政"}).content.decode()
    assert f"“柳政”已经是{people.county.name}的机关代字了" in page
    assert "机关代字了" not in client.post(address, {**sent, "number_prefix": "柳建"}).content.decode()


def test_who_set_the_platform_up_did_it_on_a_page(people: Cast) -> None:
    from gongkai.law.administration import Event
    from gongkai.web.bodies.wording import named
    from gongkai.web.journal.actions import record

    record(chain="shifan", act=Event.SET_UP, subject="bodies.body:1", actor="console", now=NOW, facts={})
    from gongkai.web.journal.models import Entry

    (row,) = named(Entry.objects.filter(act=Event.SET_UP))
    assert "网页" in row.actor.name


def test_a_password_is_reset_after_one_question(people: Cast) -> None:
    staff = people.of(Role.CLERK)
    client, address = client_of(people.of(Role.SECURITY_ADMIN)), f"/desk/staff/{staff.pk}/"
    for role in (Role.SECURITY_ADMIN, Role.SYSTEM_ADMIN):
        page = client_of(people.of(role)).get(address).content.decode()
        if f"{address}reset-password/" in page:
            client = client_of(people.of(role))
        assert 'value="reset_password"' not in page
    before = staff.password
    asked = client.get(f"{address}reset-password/").content.decode()
    staff.refresh_from_db()
    assert staff.password == before
    assert "马上作废" in asked
    assert 'value="reset_password"' in asked
    assert client.post(address, {"act": "reset_password"}).status_code == 201
    assert client_of(people.of(Role.FIRST_REVIEWER)).get(f"{address}reset-password/").status_code == 404
