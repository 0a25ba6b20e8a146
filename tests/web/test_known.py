"""认得的人 — who has signed in does not wait behind strangers of the same address (GB/T 22239-2019)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.roles import Role
from gongkai.web.look.visitors import SIGNED_IN
from gongkai.web.serving.known import MOST, Known
from tests.web.cast import PASSWORD, client_of
from tests.web.holdings.county import Office


def shown(session: str) -> dict[bytes, bytes]:
    return {b"cookie": f"a=1; gongkai_session={session}; b=2".encode()}


def test_only_what_the_platform_said_counts() -> None:
    known = Known("gongkai_session")
    assert known.person(shown("made-up")) == ""
    known.learn(shown("made-up"), {})
    known.learn(shown("made-up"), {SIGNED_IN: None})
    assert known.person(shown("made-up")) == ""
    known.learn({}, {SIGNED_IN: ("real", "staff:1")})
    assert known.person(shown("real")) == "staff:1"
    assert known.person({b"cookie": b"xgongkai_session=real"}) == ""
    known.learn(shown("real"), {})  # a picture: nobody was asked
    assert known.person(shown("real")) == "staff:1"
    known.learn(shown("real"), {SIGNED_IN: None})
    assert known.person(shown("real")) == ""


def test_who_signs_in_twice_is_one_person() -> None:
    known = Known("gongkai_session")
    for session, person in (("here", "staff:1"), ("there", "staff:1"), ("other", "staff:2")):
        known.learn({}, {SIGNED_IN: (session, person)})
    assert [known.person(shown(session)) for session in ("here", "there", "other")] == ["staff:1", "staff:1", "staff:2"]


def test_no_more_are_known_than_may_be_and_those_at_work_stay() -> None:
    known = Known("gongkai_session")
    for number in range(2 * MOST):
        known.learn({}, {SIGNED_IN: (str(number), "one")})
        known.learn(shown("0"), {SIGNED_IN: ("0", "two")})
    assert len(known._persons) == MOST
    assert known.person(shown("0"))
    assert not known.person(shown("1"))


@pytest.mark.usefixtures("ground")
def test_the_platform_says_who_is_at_work_from_signing_in_to_signing_out() -> None:
    from django.test import Client

    client: Any = Client()
    clerk = Office().people.of(Role.CLERK)

    def told(answer: Any) -> object:
        return answer.wsgi_request.META.get(SIGNED_IN, "")

    assert told(client.get("/sign-in/")) == ""
    client.cookies["gongkai_session"] = "made-up"
    assert told(client.get("/")) is None
    answer = client.post("/sign-in/", {"name": clerk.username, "password": PASSWORD})
    here = (client.cookies["gongkai_session"].value, f"staff:{clerk.pk}")
    assert told(answer) == here
    assert told(client.get("/desk/")) == here
    assert told(client.get("/")) == here, "who reads the public pages is at work too"
    assert not told(client.post("/sign-out/"))
    gone = client_of(clerk)
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    assert told(gone.get("/desk/")) is None
