"""给出附件 — the public gets published copies alone, the body's people its originals, and nothing runs anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.files.conftest import NOW, PDF, People, copied, received

DATA = bytes(range(256)) * 5000


@pytest.fixture
def browse(people: People) -> Callable[..., Any]:
    """Anybody's browser."""
    from django.test import Client

    return Client().get


def published(people: People, data: bytes = b"a,b\n", name: str = "名单.csv", original: bytes = b"") -> tuple[Any, str]:
    from gongkai.web.files.actions import publish_copy
    from gongkai.web.files.queries import address

    copy = copied(received(people, name, original or data), data, name)
    publish_copy(copy=copy, staff=people.clerk, now=NOW)
    return copy, address(copy)


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def test_a_copy_is_served_while_it_is_published_and_at_one_address_always(people: People, browse: Any) -> None:
    from gongkai.web.files.actions import publish_copy, unpublish_copy
    from gongkai.web.files.queries import address
    from gongkai.web.journal.queries import of_subject, verify

    copy = copied(received(people, data=b"secret"), b"a,b\n")
    where = address(copy)
    assert browse(where).status_code == 404
    publish_copy(copy=copy, staff=people.clerk, now=NOW)
    assert body(browse(where)) == b"a,b\n"
    unpublish_copy(copy=copy, staff=people.clerk, now=NOW)
    assert browse(where).status_code == 404
    publish_copy(copy=copy, staff=None, now=NOW)
    publish_copy(copy=copy, staff=None, now=NOW)
    assert address(copy) == where
    assert body(browse(where)) == b"a,b\n"
    acts = [(entry.act, entry.actor) for entry in of_subject(f"files.file:{copy.file_id}")]
    clerk = f"staff:{people.clerk.pk}"
    assert acts == [
        ("files.receive", clerk),
        ("files.publish", clerk),
        ("files.unpublish", clerk),
        ("files.publish", "platform"),
    ]
    assert not verify()


def test_an_address_cannot_be_guessed_or_bent(people: People, browse: Any) -> None:
    copy, where = published(people)
    assert re.fullmatch(r"/files/[A-Za-z0-9_-]{43}/[^/]+", where)
    assert browse(where + "x").status_code == 404
    assert browse(f"/files/{copy.key}/").status_code == 404
    assert browse(f"/files/{copy.key}/other.csv").status_code == 404
    assert browse(f"/files/{copy.key[:-1]}/{copy.name}").status_code == 404
    assert browse(f"/files/{copy.key}/../{copy.storage_name}").status_code == 404
    assert browse(f"/files/{copy.storage_name}/{copy.name}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "is_shown"),
    [("图.pdf", PDF, True), ("页.html", b"<html><script>alert(1)</script></html>", False), ("表.csv", b"a,b\n", False)],
)
def test_what_is_given_runs_nowhere(people: People, browse: Any, name: str, data: bytes, is_shown: bool) -> None:
    from django.test import Client

    _, where = published(people, data, name)
    for answer in (browse(where), Client().head(where)):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert is_shown or answer["Content-Security-Policy"].startswith("sandbox;")
        assert answer["Content-Disposition"].startswith("inline" if is_shown else "attachment")
        assert "filename*=utf-8''%" in answer["Content-Disposition"]
        assert answer["Content-Length"] == str(len(data))
        assert answer["Cache-Control"] == "public, no-cache"
        assert not answer.cookies
        assert "Set-Cookie" not in answer
    assert body(Client().head(where)) == b""


def test_only_get_and_head(people: People) -> None:
    from django.test import Client

    _, where = published(people)
    for method in ("post", "put", "delete", "patch"):
        assert getattr(Client(), method)(where).status_code == 405


def test_what_has_not_changed_is_not_sent_again(people: People, browse: Any) -> None:
    _, where = published(people)
    etag = browse(where)["ETag"]
    again = browse(where, headers={"If-None-Match": etag})
    assert (again.status_code, body(again), again["ETag"]) == (304, b"", etag)
    assert browse(where, headers={"If-None-Match": '"other"'}).status_code == 200
    assert browse(where, headers={"If-Match": '"other"'}).status_code == 412


@pytest.fixture
def ranged(people: People, browse: Any) -> Any:
    """One published file for all ranges."""
    _, where = published(people, DATA, "数.txt", original=b"x")
    return lambda asked, **headers: browse(where, headers={"Range": asked, **headers})


@given(st.integers(0, len(DATA) + 9), st.one_of(st.none(), st.integers(0, len(DATA) + 9)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_range_is_what_slicing_says(ranged: Any, first: int, last: int | None) -> None:
    answer = ranged(f"bytes={first}-{'' if last is None else last}")
    if last is not None and last < first:
        assert (answer.status_code, body(answer)) == (200, DATA)
    elif first >= len(DATA):
        assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(DATA)}")
    else:
        wanted = DATA[first : None if last is None else last + 1]
        assert body(answer) == wanted
        assert answer["Content-Length"] == str(len(wanted))
        end = first + len(wanted) - 1
        assert answer.status_code == 206 or wanted == DATA
        assert answer.get("Content-Range", f"bytes {first}-{end}/{len(DATA)}") == f"bytes {first}-{end}/{len(DATA)}"


def test_ranges_at_the_edge(ranged: Any) -> None:
    assert body(ranged("bytes=-7")) == DATA[-7:]
    assert ranged("bytes=-0").status_code == 416
    assert body(ranged(f"bytes=-{10**30}")) == DATA
    assert body(ranged("bytes=0-1,4-5")) == DATA
    assert body(ranged(f"bytes={'9' * 5000}-")) == body(ranged(f"bytes=-{'9' * 5000}")) == DATA
    assert body(ranged("lines=0-1")) == DATA
    assert body(ranged("bytes=-")) == DATA
    assert body(ranged("bytes=0-4", **{"If-Range": '"other"'})) == DATA
    assert body(ranged("bytes=0-4", **{"If-Range": ranged("")["ETag"]})) == DATA[:5]


def test_lost_bytes_are_said_to_be_lost_and_never_an_error(people: People, browse: Any, caplog: Any) -> None:
    from gongkai.web.files.storing import remove

    copy, where = published(people)
    remove(copy.storage_name)
    remove(copy.file.storage_name)
    for answer in (browse(where), signed_in(people.clerk).get(f"/desk/files/{copy.file_id}/")):
        assert answer.status_code == 503
        assert "找不到了" in answer.content.decode()
    assert f"PublicCopy:{copy.pk} are lost" in caplog.text
    assert f"File:{copy.file_id} are lost" in caplog.text


def signed_in(staff: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(staff)
    return client


def test_an_original_is_for_the_people_of_its_body_and_every_look_is_written_down(people: People) -> None:
    from django.test import Client

    from gongkai.web.journal.queries import of_subject

    file = received(people)
    where = f"/desk/files/{file.pk}/"
    answer = signed_in(people.clerk).get(where)
    assert body(answer) == b"a,b\n1,2\n"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert signed_in(people.clerk).head(where).status_code == 200
    for staff in (people.stranger, people.admin):
        assert signed_in(staff).get(where).status_code == 404
    assert Client().get(where).status_code == 302
    looks = [entry for entry in of_subject(f"files.file:{file.pk}") if entry.act == "files.open"]
    assert [entry.actor for entry in looks] == [f"staff:{people.clerk.pk}"]


def test_every_number_of_another_body_is_as_unknown_as_one_that_never_was(people: People) -> None:
    mine = [received(people).pk for _ in range(3)]
    client = signed_in(people.stranger)
    pages = set()
    for number in [*mine, max(mine) + 1, 0, 2**62, 2**70]:
        answer = client.get(f"/desk/files/{number}/")
        assert answer.status_code == 404
        page = answer.content.decode().replace(f"/desk/files/{number}/", "")
        pages.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert len(pages) == 1


def test_what_turns_out_infected_is_given_to_nobody(people: People, browse: Any, clamd: Any) -> None:
    from gongkai.web.files.actions import rescan
    from gongkai.web.files.models import ScanState

    copy, where = published(people)
    assert browse(where).status_code == 200
    clamd.says = b"stream: Late-Signature FOUND\0"
    assert rescan(file=copy.file, now=NOW) is ScanState.INFECTED
    assert browse(where).status_code == 404
    assert signed_in(people.clerk).get(f"/desk/files/{copy.file_id}/").status_code == 404


def test_nobody_of_another_body_shows_or_hides_a_copy(people: People) -> None:
    from gongkai.web.bodies.permissions import Refused
    from gongkai.web.files.actions import open_original, publish_copy, unpublish_copy

    copy, _ = published(people)
    for staff in (people.stranger, people.admin):
        for act in (publish_copy, unpublish_copy):
            with pytest.raises(Refused):
                act(copy=copy, staff=staff, now=NOW)
        with pytest.raises(Refused):
            open_original(staff=staff, file=copy.file, now=NOW)
