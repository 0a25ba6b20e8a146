"""报送 — a system files a draft with its attachment, once, in the name of its clerk, and for its body alone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from gongkai.law.publishing import Act
from gongkai.law.roles import Role
from tests.web.api.conftest import DRAFT, System, system_of
from tests.web.cast import Cast


def upload(name: str = "名单.csv", data: bytes = b"a,b\n1,2\n") -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def test_an_oa_files_a_draft_with_its_attachment_and_sends_it_to_review(system: System) -> None:
    from gongkai.web.holdings.models import Item
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    made = system.draft()
    assert made["state"] == {"code": "draft", "name": "草稿"}
    with_file = system.call("POST", f"/items/{made['id']}/files", form={"file": upload(), "title": "附件一"})
    assert with_file.status_code == 201, with_file.content.decode()
    (file,) = with_file.json()["files"]
    assert (file["title"], file["name"], file["kind"], file["size"]) == ("附件一", "名单.csv", "csv", 8)
    sent = system.call("POST", f"/items/{made['id']}/submit")
    assert sent.status_code == 200, sent.content.decode()
    assert sent.json()["state"]["code"] == "first_review"
    again = system.call("GET", f"/items/{made['id']}").json()
    assert again["steps"][0]["act"]["code"] == Act.SUBMIT
    item = Item.objects.get(pk=made["id"])
    assert item.created_by == system.people.of(Role.CLERK)
    assert item.newest_version is not None
    assert item.newest_version.files.get().file.inspected_at is not None
    mine = Entry.objects.filter(actor=f"token:{system.token.pk}").values_list("act", flat=True)
    assert {"holdings.create", "holdings.edit", "holdings.submit", "files.receive"} <= set(mine)
    assert not Entry.objects.filter(actor=f"staff:{system.people.of(Role.CLERK).pk}").exists()
    assert not verify()


def test_what_ends_a_normative_document_is_no_less_for_a_system(system: System) -> None:
    from tests.web.holdings.county import Office

    office = Office(system.people)
    office.now = datetime.now(UTC)
    old, unseen = office.create(title="规范性文件"), office.create(title="没有公开的")
    office.seen(old, is_normative=True)
    made = office.create(relations=(("repeals", old.index_number), ("amends", unseen.index_number)))
    refused = system.call("POST", f"/items/{made.pk}/submit")
    assert refused.status_code == 422, refused.content.decode()
    said = [each["message"] for each in refused.json()["problems"] if each["where"] == "relations"]
    assert ["是规范性文件" in each for each in said] == [True, False]
    assert "公众现在看不到" in said[1]


def test_a_call_sent_twice_is_done_once(system: System) -> None:
    from gongkai.web.files.models import File
    from gongkai.web.holdings.models import Item

    first, second = (system.call("POST", "/items", json=DRAFT, headers={"Idempotency-Key": "a"}) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Item.objects.count() == 1
    other = system.call("POST", "/items", json={**DRAFT, "title": "另一件"}, headers={"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    path = f"/items/{first.json()['id']}/files"
    for _ in range(2):
        answer = system.call("POST", path, form={"file": upload()}, headers={"Idempotency-Key": "b"})
        assert answer.status_code == 201, answer.content.decode()
        assert len(answer.json()["files"]) == 1
    assert File.objects.count() == 1
    changed = system.call("POST", path, form={"file": upload(data=b"x,y\n")}, headers={"Idempotency-Key": "b"})
    assert changed.status_code == 409
    elsewhere = system_of(system.people)
    assert elsewhere.call("POST", "/items", json=DRAFT, headers={"Idempotency-Key": "a"}).status_code == 201


def test_what_failed_may_be_sent_again_with_the_same_key(system: System) -> None:
    wrong = system.call("POST", "/items", json={**DRAFT, "column": "nowhere"}, headers={"Idempotency-Key": "a"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "incomplete")
    assert wrong.json()["problems"][0]["where"] == "column"
    assert system.call("POST", "/items", json=DRAFT, headers={"Idempotency-Key": "a"}).status_code == 201


def test_of_two_that_were_sent_at_once_one_is_done(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other asked before the first had answered: the row itself decides, and both get one answer."""
    from gongkai.web.api import actions
    from gongkai.web.holdings.models import Item

    first = system.call("POST", "/items", json=DRAFT, headers={"Idempotency-Key": "a"})
    asked, true = [], actions.answered_before

    def late(*given: Any) -> Any:
        asked.append(given)
        return None if len(asked) == 1 else true(*given)

    monkeypatch.setattr(actions, "answered_before", late)
    second = system.call("POST", "/items", json=DRAFT, headers={"Idempotency-Key": "a"})
    assert second.json() == first.json()
    assert Item.objects.count() == 1
    assert len(asked) == 2


def test_every_item_of_another_body_is_as_unknown_as_one_that_never_was(system: System, people: Cast) -> None:
    theirs = system_of(people, body=people.township).draft()["id"]
    answers = set()
    for number in (theirs, 10**6, 2**63 - 1):
        for method, path, given in (
            ("GET", f"/items/{number}", {}),
            ("POST", f"/items/{number}/submit", {}),
            ("POST", f"/items/{number}/files", {"form": {"file": upload()}}),
        ):
            answer = system.call(method, path, **given)
            assert answer.status_code == 404
            answers.add(answer.content)
    assert len(answers) == 1
    assert [item["id"] for item in system.call("GET", "/items").json()["items"]] == []


def test_a_clerk_of_two_bodies_does_not_open_the_second_to_a_token_of_the_first(system: System, people: Cast) -> None:
    from gongkai.web.bodies.actions import appoint

    theirs = system_of(people, body=people.township).draft()["id"]
    clerk, admin = people.of(Role.CLERK), people.of(Role.SECURITY_ADMIN)
    appoint(by=admin, staff=clerk, body=people.township, role=Role.CLERK, now=datetime.now(UTC))
    mine = system.draft()["id"]
    assert [item["id"] for item in system.call("GET", "/items").json()["items"]] == [mine]
    for method, path, given in (
        ("GET", f"/items/{theirs}", {}),
        ("POST", f"/items/{theirs}/submit", {}),
        ("POST", f"/items/{theirs}/files", {"form": {"file": upload()}}),
    ):
        assert system.call(method, path, **given).status_code == 404, path


def test_a_token_is_used_only_for_what_it_was_given(people: Cast) -> None:
    from gongkai.web.api.models import Scope

    drafting = system_of(people, Scope.DRAFT)
    made = drafting.draft()["id"]
    calls = {
        Scope.READ: [("GET", "/items", {}), ("GET", f"/items/{made}", {})],
        Scope.DRAFT: [
            ("POST", "/items", {"json": DRAFT}),
            ("POST", f"/items/{made}/files", {"form": {"file": upload()}}),
        ],
        Scope.SUBMIT: [("POST", f"/items/{made}/submit", {})],
    }
    for scope in (Scope.READ, Scope.SUBMIT, Scope.DRAFT):
        system = system_of(people, scope)
        for needed, some in calls.items():
            for method, path, given in some:
                answer = system.call(method, path, **given)
                assert (answer.status_code == 403) == (needed is not scope), (scope, path, answer.content.decode())


def test_reading_is_for_the_list_too(system: System) -> None:
    numbers = [system.draft()["id"] for _ in range(3)]
    page = system.call("GET", "/items?size=2&state=draft").json()
    assert (page["total"], page["page"], page["size"]) == (3, 1, 2)
    rest = system.call("GET", "/items?size=2&page=2").json()
    assert [item["id"] for item in page["items"] + rest["items"]] == numbers[::-1]
    assert system.call("GET", "/items?state=published").json()["items"] == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<p>看得见</p><p style="display:none">藏着</p>', "1 处看不见的字"),
        ("<p>看得见</p><p hidden>藏着</p>", "1 处看不见的字"),
        ('<p>看得见<font color="white">白的</font></p>', "1 处看不见的字"),
        ("<p>收费<s>500</s>600元</p>", "1 处划去的字"),
        ("<p>收费<del>500</del>600元</p>", "1 处划去的字"),
    ],
)
def test_words_that_a_reader_of_the_page_does_not_see_are_refused(system: System, html: str, said: str) -> None:
    answer = system.call("POST", "/items", json={**DRAFT, "body_html": html})
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert (problem["where"], said in problem["message"]) == ("body_html", True)
    plain = "<p>看得见</p><script>x()</script><style>p { color: red }</style><p>H<sub>2</sub>O</p>"
    assert system.call("POST", "/items", json={**DRAFT, "body_html": plain}).status_code == 201


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"title": "a\0b"}, "title"),
        *(({"formed_on": day}, "formed_on") for day in ("昨天", 0, "0", 86400 * 20000, 0.0, "2026-02-30", True)),
        *(
            ({"formed_on": day}, "formed_on")
            for day in ("2026-11-27T00:00:00", "2026-11-27T00:00:00+08:00", "2026-3-2")
        ),
        ({"openness": "secret"}, "openness"),
        ({"colour": "red"}, "colour"),
        ({"title": "\ud800"}, "title"),
    ],
)
def test_what_is_filled_in_wrongly_is_said_at_its_place(system: System, changed: dict[str, object], where: str) -> None:
    answer = system.call("POST", "/items", json={**DRAFT, **changed})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    (problem,) = answer.json()["problems"]
    assert problem["where"] == where
    assert problem["message"]


def test_a_file_that_is_not_taken_says_why_and_a_step_out_of_turn_too(system: System) -> None:
    made = system.draft()["id"]
    refused = system.call(
        "POST", f"/items/{made}/files", form={"file": upload("a.rar", b"Rar!\x1a\x07\x00" + b"x" * 50)}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "file")
    assert system.call("POST", f"/items/{made}/submit").status_code == 200
    assert system.call("POST", f"/items/{made}/submit").status_code in (403, 409)


def test_markup_that_does_harm_does_not_come_in(system: System) -> None:
    from gongkai.web.holdings.models import Version

    system.draft(body_html="<p onclick='x()'>字</p><script>alert(1)</script><a href='javascript:x()'>链</a>")
    text = Version.objects.get().body_html
    assert "script" not in text
    assert "onclick" not in text


def test_a_title_of_blanks_is_none(system: System) -> None:
    made = system.draft()
    form = {"file": upload(), "title": " \u200b "}
    (file,) = system.call("POST", f"/items/{made['id']}/files", form=form).json()["files"]
    assert file["title"] == "名单.csv"
