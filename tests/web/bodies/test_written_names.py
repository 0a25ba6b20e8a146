"""名称 — nothing that shows nothing is a name, and nothing unseen is kept in one (条例 第四条、第十七条)."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from gongkai.law.roles import Role
from tests.web.cast import Cast, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")
UNSEEN = [
    "\u200b",
    "\u2060\ufeff",
    "\u00ad",
    "\u3164",
    "\u2800",
    "\u202e\u2066",
    "\ufe0f",
    "\u0301\u0301",
    "\u200b \u3000",
]


@pytest.fixture
def people(ground: None) -> Cast:
    del ground
    return cast()


@pytest.mark.parametrize("name", UNSEEN)
def test_a_person_an_office_and_a_system_have_names_that_are_seen(people: Cast, name: str) -> None:
    from gongkai.web.api.actions import TokenError, make_token
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.models import Level, Office, Staff
    from gongkai.web.bodies.permissions import Refused

    admin, now, home = people.of(Role.SYSTEM_ADMIN), timezone.now(), people.department
    client, desk = client_of(admin), f"/desk/bodies/{home.slug}"
    before = Staff.objects.count(), Office.objects.count()
    page = client.post(f"{desk}/staff/new/", {"username": "zhang.san", "name": name}).content.decode()
    assert "看不见的字符" in page or "还没有填" in page
    page = client.post(f"{desk}/offices/", {"name": name}, follow=True).content.decode()
    assert "看不见的字符" in page or "还没有填" in page
    assert (Staff.objects.count(), Office.objects.count()) == before
    told = {"slug": "shifan-x", "name": "甲", "short_name": name, "level": Level.DEPARTMENT}
    with pytest.raises(Refused):
        actions.add_office(by=admin, body=home, name=name, now=now)
    with pytest.raises(Refused):
        actions.add_body(by=admin, parent=people.county, now=now, **told)
    with pytest.raises(TokenError, match="哪个系统"):
        make_token(body=home, staff=people.of(Role.SECURITY_ADMIN), acts_as=None, name=name, scopes=(), days=1, now=now)


def test_signs_that_nobody_sees_are_taken_out_of_names(people: Cast) -> None:
    from gongkai.web.bodies import actions

    admin, now = people.of(Role.SYSTEM_ADMIN), timezone.now()
    office = actions.add_office(by=admin, body=people.department, name="法\u200b规\ufeff科", now=now)
    assert office.name == "法规科"
    made = actions.add_staff(by=admin, body=people.department, username="li.si", name="李\ufeff四", now=now)
    assert made.staff.name == "李四"


def test_a_sign_that_turns_a_name_is_said_at_its_field_not_cleaned_in_silence(people: Cast) -> None:
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.models import Office, Staff
    from gongkai.web.bodies.permissions import Refused

    client, desk = client_of(people.of(Role.SYSTEM_ADMIN)), f"/desk/bodies/{people.department.slug}"
    before = Staff.objects.count(), Office.objects.count()
    page = client.post(f"{desk}/offices/", {"name": "法规\u202e科"}, follow=True).content.decode()
    assert "改变文字方向的字符（看不见，U+202E）" in page
    page = client.post(f"{desk}/staff/new/", {"username": "wang.wu", "name": "王\u2067五"}).content.decode()
    assert "U+2067" in page
    assert re.search(r'name="name"[^>]*aria-invalid="true"', page)
    page = client.post(f"{desk}/edit/", {"address": "\u202e路政务"}).content.decode()
    assert "U+202E" in page
    assert (Staff.objects.count(), Office.objects.count()) == before
    with pytest.raises(Refused, match=r"U\+202E"):
        actions.add_office(
            by=people.of(Role.SYSTEM_ADMIN), body=people.department, name="法规\u202e科", now=timezone.now()
        )


@pytest.mark.parametrize("title", ["\u2800", "\u0301"])
def test_a_title_of_unseen_signs_is_no_title(people: Cast, title: str) -> None:
    from tests.web.holdings.test_pages import FORM

    page = client_of(people.of(Role.CLERK)).post("/desk/items/new/", {**FORM, "title": title, "do": "submit"})
    assert "还没有标题" in page.content.decode()
