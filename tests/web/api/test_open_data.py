"""开放数据 — what is public is read without a token, page by page; what is not, is not there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.api.conftest import System
from tests.web.cast import Cast
from tests.web.holdings.county import Office


def read(path: str, **headers: str) -> Any:
    from django.test import Client

    return Client().get(f"/api/v1{path}", headers=headers)


def published(office: Office, **changed: Any) -> Any:
    """An item that went the whole way, with a file."""
    import io

    from gongkai.web.files.actions import inspect_file, make_public_copy, receive
    from gongkai.web.files.models import CopyKind
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item, ItemFile

    item, clerk = office.create(**changed), office.people.of(Role.CLERK)
    given = {"body": office.people.department, "staff": clerk, "name": "表.csv", "stream": io.BytesIO(b"a,b\n1,2\n")}
    file = receive(**given, now=office.tick())
    inspect_file(file=file, now=office.tick())
    item = actions.attach_file(item=item, staff=clerk, file=file, title="附表", now=office.tick())
    copy = make_public_copy(file=file, kind=CopyKind.STRIPPED, decisions=None, staff=clerk, now=office.tick())
    ItemFile.objects.filter(file=file).update(copy=copy)
    for act in (Act.SUBMIT, Act.PASS_FIRST, Act.PASS_SECOND, Act.PASS_SECRECY, Act.PASS_FINAL, Act.PUBLISH):
        item = office.take(item, act)
    return Item.objects.get(pk=item.pk)


def test_what_is_public_is_read_with_its_text_and_its_files_and_what_is_not_is_not_there(people: Cast) -> None:
    from gongkai.web.holdings import actions

    office = Office(people)
    office.create(title="还没有公开的草稿")
    item = published(office, title="关于植树的通知")
    listed = read("/public/items").json()
    assert (listed["total"], [each["title"] for each in listed["items"]]) == (1, ["关于植树的通知"])
    one = read(f"/public/items/{item.pk}").json()
    assert one["body"] == {"code": people.department.slug, "name": people.department.name}
    assert one["validity"] is None
    assert "现将方案印发给你们" in one["body_html"]
    assert one["url"].endswith(f"/items/{item.index_number}/")
    (file,) = one["files"]
    from django.test import Client

    given: Any = Client().get(file["url"].removeprefix("http://testserver"))
    assert b"".join(given).split() == [b"\xef\xbb\xbfa,b", b"1,2"]
    who = people.of(Role.DISCLOSURE_OFFICE)
    actions.withdraw(item=item, staff=who, ground=WithdrawalGround.INACCURATE, reason="内容有误", now=office.tick())
    assert read(f"/public/items/{item.pk}").status_code == 404
    assert read("/public/items").json()["total"] == 0
    assert Client().get(file["url"].removeprefix("http://testserver")).status_code == 404


def test_nothing_of_a_draft_comes_out_by_any_number(people: Cast) -> None:
    number = Office(people).create().pk
    answers = {read(f"/public/items/{each}").content for each in (number, number + 1, 2**63 - 1)}
    assert len(answers) == 1
    assert read("/public/items/0").status_code == 422
    assert read(f"/public/items/{2**70}").status_code == 422


def test_filters_and_pages_are_what_they_say(people: Cast) -> None:
    office = Office(people)
    numbers = [published(office, title=f"第{place}件").pk for place in range(3)]
    pages = [read(f"/public/items?size=2&page={page}").json() for page in (1, 2, 3)]
    assert [item["id"] for page in pages for item in page["items"]] == numbers[::-1]
    assert {page["total"] for page in pages} == {3}
    day = office.now.date().isoformat()
    for asked, total in (
        (f"body={people.department.slug}", 3),
        (f"body={people.township.slug}", 0),
        ("column=policies", 3),
        ("genre=notice", 3),
        ("genre=order", 0),
        (f"since={day}", 3),
        (f"until={day}", 3),
        ("since=2099-01-01", 0),
        ("until=2001-01-01", 0),
    ):
        assert read(f"/public/items?{asked}").json()["total"] == total, asked
    for asked in (
        "page=0",
        "size=101",
        "since=x",
        "column=A%27",
        "genre=x",
        "page=x",
        "column=nowhere",
        "body=nobody",
        "since=0",
        "until=0",
        "validity=repealed",
        "words=x",
        "genre=notice&genre=order",
    ):
        assert read(f"/public/items?{asked}").status_code == 422, asked


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(people: Cast) -> None:
    office = Office(people)
    published(office)
    for path in ("/public/items", "/public/columns"):
        first = read(path)
        assert not first.cookies
        again = read(path, **{"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    etag = read("/public/items")["ETag"]
    published(office)
    assert read("/public/items", **{"If-None-Match": etag}).status_code == 200


def test_the_list_costs_the_same_however_long_it_is(people: Cast) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    office = Office(people)
    published(office)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            read("/public/items")
        return len(queries)

    one = cost()
    published(office)
    published(office)
    assert cost() == one


def test_the_list_of_a_body_costs_the_same_however_long_it_is(system: System) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            system.call("GET", "/items")
        return len(queries)

    system.draft()
    one = cost()
    for _ in range(3):
        system.draft()
    assert cost() == one


def test_the_columns_are_a_tree(people: Cast) -> None:
    columns = read("/public/columns").json()
    codes = {column["code"] for column in columns}
    assert "policies" in codes
    assert all(column["parent"] is None or column["parent"] in codes for column in columns)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_description_is_for_people_and_for_programs(people: Cast, language: str) -> None:
    from django.test import Client

    client = Client()
    client.cookies["gongkai_language"] = language
    schema = client.get("/api/v1/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    page = client.get("/api/v1/docs/").content.decode()
    for path, methods in schema["paths"].items():
        assert path in page
        for operation in methods.values():
            assert operation["summary"] in page
    assert "Idempotency-Key" in page


def test_what_happened_to_an_item_is_told_to_programs_and_readers_of_feeds(people: Cast) -> None:
    from gongkai.web.holdings import actions

    office, director, clerk = Office(people), people.of(Role.DISCLOSURE_OFFICE), people.of(Role.CLERK)
    kept, lost = published(office, title="关于停车的办法"), published(office, title="写错了的通知")
    now = office.tick
    kept = actions.archive(item=kept, staff=director, now=now())
    kept = office.bring(actions.amend(item=kept, staff=clerk, now=now()), State.PUBLISHED)
    kept = actions.repeal(item=kept, staff=director, on=date(2026, 11, 20), reason="由新的代替", now=now())
    wrong = WithdrawalGround.INACCURATE
    actions.withdraw(item=lost, staff=director, ground=wrong, reason="内容有误", now=now())

    one = read(f"/public/items/{kept.pk}").json()
    assert [each["change"]["code"] for each in one["history"]] == ["repealed", "renewed", "archived", "published"]
    assert (one["repealed_on"], one["archived_at"], one["history"][0]["on"]) == ("2026-11-20", None, "2026-11-20")

    told = read("/public/changes").json()
    assert [each["change"]["code"] for each in told["changes"]][:2] == ["withdrawn", "repealed"]
    assert told["total"] == 6
    assert "写错了的通知" not in read("/public/changes").content.decode()
    assert read("/public/changes?since=2999-01-01").json()["total"] == 0

    from django.test import Client

    feed = Client().get("/feeds/atom.xml")
    text = feed.content.decode()
    assert text.count("<entry>") == 5
    assert all(f"【{word}】" in text for word in ("撤下", "废止", "更新", "归档"))
    assert "写错了的通知" not in text
    assert lost.index_number in text
