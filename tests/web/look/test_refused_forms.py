"""不收的表单 — too many words, fields or files, or an odd name: each its own sentence, in JSON for programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FIELDS = [(f"f{number}", "x") for number in range(1001)]


@pytest.fixture
def client(platform: Path) -> Any:
    del platform
    from django.test import Client

    return Client(raise_request_exception=False)


def posted(client: Any, address: str, fields: list[tuple[str, str]]) -> Any:
    from urllib.parse import urlencode

    return client.post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")


def files(count: int) -> tuple[bytes, str]:
    part = b'--x\r\nContent-Disposition: form-data; name="current"; filename="a.csv"\r\n\r\na\r\n'
    return part * count + b"--x--\r\n", "multipart/form-data; boundary=x"


@pytest.mark.parametrize("address", ["/prefer/", "/check/", "/sign-in/"])
def test_what_is_too_much_is_said_by_its_kind(client: Any, address: str) -> None:
    many = posted(client, address, FIELDS)
    assert (many.status_code, "一张表单最多 1000 栏" in many.content.decode()) == (413, True)
    body, kind = files(401)
    many = client.post(address, body, content_type=kind)
    assert (many.status_code, "一次最多 400 个文件" in many.content.decode()) == (413, True)
    odd = posted(client, address, [("a\0b", "x")])
    assert (odd.status_code, "栏的名称" in odd.content.decode()) == (400, True)


def test_a_form_may_be_as_long_as_the_sentence_says(client: Any) -> None:
    assert posted(client, "/prefer/", [("back", "/"), ("long", "a" * 3_900_000)]).status_code == 302
    long = posted(client, "/prefer/", [("long", "a" * 4_300_000)])
    assert (long.status_code, "4 MB" in long.content.decode()) == (413, True)


@pytest.mark.parametrize(("is_fault", "status", "said"), [(True, 503, "没有轮到"), (False, 400, "登录已经退出")])
def test_a_session_that_could_not_be_kept_is_no_broken_connection(
    client: Any, monkeypatch: pytest.MonkeyPatch, is_fault: bool, status: int, said: str
) -> None:
    """As Django raises it: whatever the database said stands behind it."""
    del client
    from django.contrib.sessions.backends.base import UpdateError
    from django.contrib.sessions.exceptions import SessionInterrupted
    from django.db import DatabaseError
    from django.test import RequestFactory

    from gongkai.web.look import troubles, views
    from gongkai.web.settings.embedded.turns import BusyError

    monkeypatch.setattr(troubles, "_noted", {})
    request = RequestFactory().get("/desk/")
    try:
        try:
            try:
                raise BusyError("others") if is_fault else DatabaseError("did not affect any rows")
            except DatabaseError:
                raise UpdateError  # noqa: B904
        except UpdateError:
            raise SessionInterrupted("gone")  # noqa: B904
    except SessionInterrupted as error:
        answer = views.bad_request(request, error)
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


@pytest.mark.parametrize("status", [400, 408, 413, 414, 503, 507])
def test_a_program_is_told_in_json_what_the_server_did_not_take(client: Any, status: int) -> None:
    from gongkai.web.look.refused import KEY

    told = client.get("/api/v1/items/", **{KEY: status})
    assert told.status_code == status
    said = json.loads(told.content)
    assert said.keys() == {"code", "message", "problems"}
    assert said["message"]
    assert ("Retry-After" in told.headers) == (status >= 500)


def test_a_program_is_told_in_json_that_there_is_no_such_address(client: Any) -> None:
    told = client.get("/api/v1/nothing-of-the-kind/")
    assert (told.status_code, json.loads(told.content)["code"]) == (404, "not_found")
