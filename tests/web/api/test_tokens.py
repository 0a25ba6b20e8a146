"""令牌 — made and revoked by the security administrator alone, shown once, kept as a digest, used within bounds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gongkai.law.roles import ADMINISTRATORS, Role
from tests.web.api.conftest import System, system_of
from tests.web.cast import Cast, client_of


def test_nobody_is_let_in_without_a_token_that_stands(system: System) -> None:
    from django.test import Client
    from django.utils import timezone

    from gongkai.web.api.models import Token

    bare = Client().get("/api/v1/items")
    assert (bare.status_code, bare["WWW-Authenticate"], bare.json()["code"]) == (401, "Bearer", "unauthorized")
    for secret in ("", "gk_" + "a" * 43, system.token.digest, system.secret + " x", "\u0130"):
        answer = Client().get("/api/v1/items", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 401
    assert system.call("GET", "/items").status_code == 200
    mine = Token.objects.filter(pk=system.token.pk)
    mine.update(expires_at=timezone.now())
    assert system.call("GET", "/items").status_code == 401
    mine.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert system.call("GET", "/items").status_code == 401


def test_a_token_ends_with_its_person_and_its_body(system: System) -> None:
    from gongkai.web.bodies.models import Appointment

    for thing in (system.token.staff, system.token.body):
        type(thing).objects.filter(pk=thing.pk).update(is_active=False)
        assert system.call("GET", "/items").status_code == 401
        type(thing).objects.filter(pk=thing.pk).update(is_active=True)
    Appointment.objects.filter(staff=system.token.staff).delete()
    assert system.call("GET", "/items").json()["items"] == []
    from tests.web.api.conftest import DRAFT

    assert system.call("POST", "/items", json=DRAFT).json()["code"] == "refused"


def test_a_token_for_a_body_that_is_not_there_opens_no_other(people: Cast) -> None:
    from gongkai.web.api.models import Token

    client = client_of(people.of(Role.SECURITY_ADMIN))
    sent = {"acts_as": people.of(Role.CLERK, people.county).pk, "name": "OA", "scopes": "draft", "days": "30"}
    for slug in ("nope", ""):
        answer = client.post("/desk/tokens/", {**sent, "body": slug})
        assert (answer.status_code, f"没有代号为“{slug}”的主体" in answer.content.decode()) == (400, True)
    assert not Token.objects.exists()


def test_the_secret_is_shown_once_and_kept_nowhere(people: Cast) -> None:
    from gongkai.web.api.models import Token
    from gongkai.web.journal.models import Entry

    client = client_of(people.of(Role.SECURITY_ADMIN))
    form = {
        "body": people.department.slug,
        "name": "OA",
        "acts_as": people.of(Role.CLERK).pk,
        "scopes": ["read", "draft"],
        "days": "30",
    }
    answer = client.post("/desk/tokens/", form)
    (secret,) = set(re.findall(r"gk_[\w-]{43}", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    token = Token.objects.get()
    kept = " ".join(str(value) for value in Token.objects.values_list().get())
    assert secret not in kept + str(list(Entry.objects.values_list("facts", flat=True)))
    assert token.scopes == ["read", "draft"]
    page = client.get("/desk/tokens/").content.decode()
    assert secret not in page
    assert secret[:8] in page
    assert System(people, token, secret).call("GET", "/items").status_code == 200
    assert client.post(f"/desk/tokens/{token.pk}/revoke/").status_code == 302
    assert System(people, token, secret).call("GET", "/items").status_code == 401
    acts = [entry.act for entry in Entry.objects.filter(subject=f"api.token:{token.pk}").order_by("id")]
    assert acts == ["api.make_token", "api.revoke_token"]


def test_only_the_security_administrator_has_tokens(people: Cast, system: System) -> None:
    from gongkai.web.api.models import Token

    form = {"name": "x", "acts_as": people.of(Role.CLERK).pk, "scopes": ["read"], "days": "1"}
    for role in Role:
        for body in (people.county, None):
            client = client_of(people.of(role, body))
            is_theirs = role is Role.SECURITY_ADMIN
            assert client.get("/desk/tokens/").status_code == (200 if is_theirs else 404)
            if not is_theirs:
                assert client.post("/desk/tokens/", {**form, "body": people.department.slug}).status_code == 404
                assert client.post(f"/desk/tokens/{system.token.pk}/revoke/").status_code == 404
    assert client_of(None).get("/desk/tokens/").status_code == 302
    assert Token.objects.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["everything"]}, "scopes"),
        ({"days": "0"}, "days"),
        ({"days": "9999"}, "days"),
        ({"days": "-1"}, "days"),
        ({"acts_as": "x"}, "acts_as"),
        ({"acts_as": "999999"}, "acts_as"),
    ],
)
def test_what_is_missing_is_said_at_its_field(people: Cast, changed: dict[str, Any], field: str) -> None:
    from gongkai.web.api.models import Token

    form = {"body": people.department.slug, "name": "OA", "acts_as": people.of(Role.CLERK).pk, "days": "30"}
    answer = client_of(people.of(Role.SECURITY_ADMIN)).post("/desk/tokens/", {**form, "scopes": ["read"], **changed})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert page.count('class="wrong"') == 1
    assert re.search(rf'is-wrong">.*(for|name)="{field}"', page, re.DOTALL)
    assert not Token.objects.exists()


def test_no_administrator_and_nobody_of_another_body_lends_the_name(people: Cast) -> None:
    from gongkai.web.api.actions import TokenError, make_token
    from gongkai.web.api.models import Scope

    given = {"body": people.department, "staff": people.of(Role.SECURITY_ADMIN), "scopes": [Scope.READ], "days": 1}
    for staff in (people.of(Role.CLERK, people.township), *(people.of(role) for role in ADMINISTRATORS), None):
        with pytest.raises(TokenError):
            make_token(**given, acts_as=staff, name="x", now=datetime.now(UTC))


def test_a_token_is_used_so_often_in_a_minute_and_no_oftener(people: Cast) -> None:
    from django.test import override_settings

    from gongkai.web.api.actions import count_call
    from gongkai.web.api.refusals import CallError

    system, now = system_of(people), datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    with override_settings(API_CALLS_A_MINUTE=3):
        for minute in range(2):
            for _ in range(3):
                count_call(token=system.token, now=now + timedelta(minutes=minute))
            with pytest.raises(CallError):
                count_call(token=system.token, now=now + timedelta(minutes=minute, seconds=59))
        answers = [system.call("GET", "/items") for _ in range(8)]
    assert 429 in {answer.status_code for answer in answers}
    last = next(answer for answer in answers if answer.status_code == 429)
    assert (last["Retry-After"], last.json()["code"]) == ("60", "too_many")


def test_a_session_is_no_token_and_no_form_can_be_forged(people: Cast, system: System) -> None:
    from django.test import Client

    clerk = client_of(people.of(Role.CLERK))
    assert clerk.get("/api/v1/items").status_code == 401
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(people.of(Role.SECURITY_ADMIN))
    assert strict.post(f"/desk/tokens/{system.token.pk}/revoke/").status_code == 403
