"""登录 — by a name however it is typed, the same words for a name that nobody has, sessions that end."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.roles import Role
from gongkai.web.bodies.names import folded
from tests.web.cast import PASSWORD, cast, client_of

pytestmark = pytest.mark.usefixtures("ground")

ADDRESS = "2001:db8::7"


def variations(name: str) -> st.SearchStrategy[str]:
    """The same name to a person's eye: capitals, full width, blanks and marks that nobody sees between."""
    wide = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
    letter = [
        st.sampled_from([c, c.upper(), wide.get(c, c), c + "\u200b", " " + c, c + "\u3000", "\u00ad" + c, c + "\x00"])
        for c in name
    ]
    return st.tuples(*letter).map("".join)


@given(st.text(max_size=30))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)


@given(variations("wang-li"))
def test_every_way_to_write_a_name_is_one_name(name: str) -> None:
    assert folded(name) == "wang-li"


def test_a_success_forgets_the_failures() -> None:
    people = cast()
    client = client_of(None)
    name = people.of(Role.CLERK).username
    for _ in range(3):
        for password in ["wrong"] * 4 + [PASSWORD]:
            answer = client.post("/sign-in/", {"name": name, "password": password})
        assert answer.status_code == 302
        client.post("/sign-out/")


def test_a_name_that_nobody_has_is_answered_word_for_word_the_same() -> None:
    people = cast()

    def said(name: str) -> list[str]:
        client = client_of(None)
        pages = [client.post("/sign-in/", {"name": name, "password": "wrong"}).content.decode() for _ in range(7)]
        return [re.sub(r'value="[^"]*"', "", page) for page in pages]

    known, unknown = said(people.of(Role.CLERK).username), said("nobody-at-all")
    assert known == unknown
    assert "再错 4 次" in known[0]
    assert "登录名或者密码不对。 连错 5 次以上，请等 1 分钟再试" in known[4]
    assert "登录名或者密码不对" not in known[5]


def test_a_name_that_nobody_has_costs_as_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.bodies.actions import signing_in

    worked: list[str] = []
    monkeypatch.setattr(signing_in, "make_password", lambda *_: worked.append("made"))
    monkeypatch.setattr(signing_in, "check_password", lambda *_: worked.append("checked") and False)
    people = cast()
    for name in ("nobody", people.of(Role.CLERK).username):
        client_of(None).post("/sign-in/", {"name": name, "password": "wrong"})
    assert worked == ["made", "checked"]


def test_everything_is_written_down_and_no_secret_with_it() -> None:
    from django.utils import timezone

    from gongkai.web.bodies.actions.telling import tell_failures
    from gongkai.web.bodies.models import SignIn
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import of_subject, verify

    staff = cast().of(Role.CLERK)
    client = client_of(None)
    for password in ["Geheim-1234-x"] * 2 + [PASSWORD]:
        client.post("/sign-in/", {"name": staff.username, "password": password})
    client_of(None).post("/sign-in/", {"name": "Geheim-5678-y", "password": "x"})
    client.post("/sign-out/")
    tell_failures(timezone.now())
    acts = [entry.act for entry in of_subject(f"bodies.staff:{staff.id}")]
    assert acts == ["sign_in", "sign_out", "sign_in_failed"]
    written = json.dumps([list(map(str, row)) for row in Entry.objects.values_list()])
    assert "Geheim" not in written
    assert PASSWORD not in written
    assert "127.0.0.1" not in written
    assert list(SignIn.objects.order_by("id").values_list("address", "count")) == [
        ("127.0.0.1", 2),
        ("127.0.0.1", 1),
        ("127.0.0.1", 1),
    ]
    assert verify() == []


def test_the_session_is_another_after_signing_in_and_gone_after_signing_out() -> None:
    staff = cast().of(Role.CLERK)
    client = client_of(None)
    client.post("/sign-in/", {"name": "x", "password": "y"})
    client.cookies["gongkai_session"] = "chosen-by-someone-else"
    client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    first = client.cookies["gongkai_session"].value
    assert first != "chosen-by-someone-else"
    assert client.get("/account/").status_code == 200
    client.post("/sign-out/")
    client.cookies["gongkai_session"] = first
    assert client.get("/account/")["Location"].startswith("/sign-in/")


def test_rest_ends_the_visit() -> None:
    client = client_of(cast().of(Role.CLERK))
    assert client.get("/account/").status_code == 200
    session = client.session
    session["seen"] -= 19 * 60
    session.save()
    assert client.get("/account/").status_code == 200
    session = client.session
    session["seen"] -= 20 * 60 + 1
    session.save()
    answer = client.get("/account/?a=1", follow=True)
    assert answer.redirect_chain[-1][0] == "/sign-in/?next=%2Faccount%2F%3Fa%3D1"
    assert "没有操作" in answer.content.decode()


def test_a_disabled_person_is_out_at_once_and_stays_out() -> None:
    from gongkai.web.bodies.models import Staff

    staff = cast().of(Role.CLERK)
    client = client_of(staff)
    assert client.get("/account/").status_code == 200
    Staff.objects.filter(id=staff.id).update(is_active=False)
    assert client.get("/account/").status_code == 302
    answer = client.post("/sign-in/", {"name": staff.username, "password": PASSWORD})
    assert answer.status_code == 400
    assert "登录名或者密码不对" in answer.content.decode()


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_the_way_onward_leads_nowhere_else(onward: str) -> None:
    staff = cast().of(Role.CLERK)
    answer = client_of(None).post("/sign-in/", {"name": staff.username, "password": PASSWORD, "next": onward})
    assert answer["Location"] == "/desk/"


def test_what_is_missing_is_said_at_its_field_and_costs_no_try() -> None:
    from gongkai.web.bodies.models import Tries

    page = client_of(None).post("/sign-in/", {"name": " ", "password": ""}).content.decode()
    assert "还没有填“登录名”" in page
    assert "还没有填“密码”" in page
    assert not Tries.objects.exists()


def test_a_form_from_elsewhere_signs_nobody_in() -> None:
    staff = cast().of(Role.CLERK)
    client = Client(enforce_csrf_checks=True)
    assert client.post("/sign-in/", {"name": staff.username, "password": PASSWORD}).status_code == 403


def test_the_public_is_asked_nothing() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        client_of(None).get("/check/rules/")
    assert len(asked) == 0


@pytest.mark.parametrize(
    ("page", "sent", "said"),
    [
        ("/sign-in/", {"name": "x" * 151, "password": "p"}, "这一栏写了 151 字，最多 150 字"),
        ("/sign-in/", {"name": "x", "password": "p" * 501}, "这一栏写了 501 字，最多 500 字"),
        ("/sign-in/", {"name": "x\x00", "password": "p"}, "“登录名”里有看不见的字符"),
        ("/sign-in/", {"name": " ", "password": "p"}, "还没有填“登录名”"),
        ("/account/password/", {"old": "p" * 501, "new": "n", "again": "n"}, "这一栏写了 501 字"),
        ("/account/password/", {"old": "o", "new": "n\x00", "again": "n"}, "“新密码”里有看不见的字符"),
        ("/account/second-factor/", {"code": "1" * 41}, "这一栏写了 41 字"),
    ],
)  # fmt: skip
def test_no_form_is_refused_without_a_sentence(page: str, sent: dict[str, str], said: str) -> None:
    client = Client() if page == "/sign-in/" else client_of(cast().of(Role.CLERK))
    answer = client.post(page, sent | {"typed": "carried"})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert said in text
    assert page != "/sign-in/" or 'value="carried"' in text, "what was typed before goes on being carried"
