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
    assert known.session(shown("made-up")) == ""
    known.learn(shown("made-up"), {})
    known.learn(shown("made-up"), {SIGNED_IN: ""})
    assert known.session(shown("made-up")) == ""
    known.learn({}, {SIGNED_IN: "real"})
    assert known.session(shown("real")) == "real"
    assert known.session({b"cookie": b"xgongkai_session=real"}) == ""
    known.learn(shown("real"), {})  # a picture: nobody was asked
    assert known.session(shown("real")) == "real"
    known.learn(shown("real"), {SIGNED_IN: ""})
    assert known.session(shown("real")) == ""


def test_no_more_are_known_than_may_be_and_those_at_work_stay() -> None:
    known = Known("gongkai_session")
    for number in range(2 * MOST):
        known.learn({}, {SIGNED_IN: str(number)})
        known.learn(shown("0"), {SIGNED_IN: "0"})
    assert len(known._sessions) == MOST
    assert known.session(shown("0"))
    assert not known.session(shown("1"))


@pytest.mark.usefixtures("ground")
def test_the_platform_says_who_is_at_work_from_signing_in_to_signing_out() -> None:
    from django.test import Client

    client: Any = Client()
    clerk = Office().people.of(Role.CLERK)

    def told(answer: Any) -> object:
        return answer.wsgi_request.META.get(SIGNED_IN)

    assert told(client.get("/sign-in/")) is None
    client.cookies["gongkai_session"] = "made-up"
    assert told(client.get("/")) == ""
    answer = client.post("/sign-in/", {"name": clerk.username, "password": PASSWORD})
    key = client.cookies["gongkai_session"].value
    assert told(answer) == key
    assert told(client.get("/desk/")) == key
    assert told(client.get("/")) == key, "who reads the public pages is at work too"
    assert not told(client.post("/sign-out/"))
    gone = client_of(clerk)
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    assert told(gone.get("/desk/")) == ""
