"""留住的 — drafts without a column, one save one version, files of a refused form, another look (条例 第十二条)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")
NEW = "/desk/items/new/"
WORDS = "写了很久的一段话"


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def table(name: str, told: str) -> Any:
    return SimpleUploadedFile(name, f"项目,金额\n{told},1\n".encode())


def kept(page: Any) -> list[str]:
    return re.findall(r'name="kept" value="(\d+)" checked', page.content.decode())


def test_a_draft_is_kept_without_a_column_and_asked_for_it_when_it_is_sent(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    assert client.post(NEW, {**FORM, "column": "", "do": "save"}).status_code == 302
    item = Item.objects.get()
    assert item.column.name == "未选栏目"
    address = f"/desk/items/{item.pk}/edit/"
    assert 'value="unsorted"' not in client.get(address).content.decode()
    sent = client.post(address, {**FORM, "column": "", "edition": item.edition, "do": "submit"})
    assert sent.status_code == 400
    assert "还没有选栏目" in sent.content.decode()
    assert client.post(address, {**FORM, "edition": item.edition, "do": "submit"}).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.column.slug) == (State.FIRST_REVIEW, "policies")
    assert client_of(None).get("/info/unsorted/").status_code == 404


def test_one_save_is_one_version_however_many_files(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    files = [table(f"{name}.csv", name) for name in "甲乙丙丁"]
    client.post(NEW, {**FORM, "do": "save", "files": files})
    item = Item.objects.get()
    assert item.versions.count() == 1
    assert [each.title for each in item.newest_version.files.all()] == ["甲.csv", "乙.csv", "丙.csv", "丁.csv"]
    gone = item.newest_version.files.all()[0].file_id
    sent = {**FORM, "title": "新标题", "edition": item.edition, "remove": gone, "files": table("戊.csv", "戊")}
    client.post(f"/desk/items/{item.pk}/edit/", {**sent, "do": "save"})
    item.refresh_from_db()
    assert item.versions.count() == 2
    assert [each.title for each in item.newest_version.files.all()] == ["乙.csv", "丙.csv", "丁.csv", "戊.csv"]


def test_back_and_save_again_changes_what_the_form_made(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    client = client_of(office.people.of(Role.CLERK))
    sent = {**FORM, "do": "save", "once": "a" * 32}
    client.post(NEW, {**sent, "files": table("甲.csv", "甲")})
    client.post(NEW, {**sent, "body": WORDS, "files": table("甲.csv", "甲")})
    item = Item.objects.get()
    assert WORDS in item.newest_version.body_text
    assert item.newest_version.files.count() == 1
    client.post(NEW, {**sent, "do": "submit"})
    assert Item.objects.get().state is State.FIRST_REVIEW
    assert client.post(NEW, {**sent, "do": "submit"}).status_code == 302
    assert Item.objects.get().state is State.FIRST_REVIEW
    more = client.post(NEW, {**sent, "body": "后来添上的一句", "do": "submit"})
    assert (more.status_code, "后来添上的一句" in more.content.decode()) == (409, True)
    assert "先“撤回送审”" in more.content.decode()


@pytest.mark.parametrize("between", ["create", "edit"])
def test_a_form_that_is_sent_twice_at_once_is_answered_alike(
    office: Office, between: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other sending goes on between two steps of this one, as another thread would."""
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item

    clerk = office.people.of(Role.CLERK)
    client, sent = client_of(clerk), {**FORM, "do": "submit", "once": "a" * 32}
    assert client.post(NEW, {**sent, "do": "save"}).status_code == 302
    step = getattr(actions, between)

    def interrupted(**given: object) -> Item:
        monkeypatch.setattr(actions, between, step)
        try:
            return step(**given)
        finally:
            actions.submit(item=Item.objects.get(), staff=clerk, now=office.tick())

    monkeypatch.setattr(actions, between, interrupted)
    answer = client.post(NEW, sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/items/{Item.objects.get().pk}/")
    assert Item.objects.get().reviews.filter(act="submit").count() == 1


def test_files_of_a_refused_form_need_not_be_chosen_again_and_are_their_typists_alone(office: Office) -> None:
    from gongkai.web.holdings.models import Item

    people = office.people
    client = client_of(people.of(Role.CLERK))
    page = client.post(NEW, {**FORM, "formed_on": "2026-02-30", "do": "save", "files": table("甲.csv", "甲")})
    assert page.status_code == 400
    (number,) = kept(page)
    other = client_of(people.of(Role.CLERK, people.township))
    assert kept(other.post(NEW, {**FORM, "formed_on": "", "kept": number})) == []
    (again,) = kept(client.post(NEW, {**FORM, "title": "长" * 201, "do": "save", "kept": number}))
    assert again == number
    client.post(NEW, {**FORM, "do": "save", "kept": [number, "x", "9" * 30]})
    item = Item.objects.get()
    assert [each.title for each in item.newest_version.files.all()] == ["甲.csv"]
    assert kept(client.post(NEW, {**FORM, "formed_on": "", "kept": number})) == [], "it is used"
    stamped = client.post(NEW, {**FORM, "formed_on": "", "body": "机密★10年", "files": table("丁.csv", "丁")})
    assert kept(stamped) == []


def test_another_look_and_another_page_lose_nothing_that_was_typed(office: Office) -> None:
    client = client_of(office.people.of(Role.CLERK))
    page = client.get(NEW).content.decode()
    assert 'form="filled" formaction="/desk/leave/" formnovalidate name="mode" value="elder"' in page
    here = {"Referer": f"http://testserver{NEW}"}
    sent = {**FORM, "body": WORDS, "once": "b" * 32, "files": table("甲.csv", "甲")}
    answer = client.post("/desk/leave/", {**sent, "mode": "elder"}, headers=here)
    assert answer["Location"].endswith(NEW)
    assert answer.cookies["gongkai_mode"].value == "elder"
    shown = client.get(NEW).content.decode()
    assert WORDS in shown
    assert "选过的文件要重新选：甲.csv" in shown
    assert 'name="once" value="' + "b" * 32 in shown
    assert client.post("/desk/leave/", {**sent, "to": "/desk/"}, headers=here)["Location"] == "/desk/"
    client.get("/desk/")
    assert WORDS in client.get(NEW).content.decode()
    away = client.post("/desk/leave/", {**sent, "to": "https://example.com/"}, headers=here)
    assert away["Location"] == f"http://testserver{NEW}"
    client.get(NEW)
    client.post("/desk/leave/", {**sent, "body": "机密★10年 某事", "to": "/desk/"}, headers=here)
    assert "某事" not in client.get(NEW).content.decode()


def test_who_may_not_edit_leaves_no_file_here(office: Office) -> None:
    from gongkai.web.files.models import File

    item = office.create()
    client = client_of(office.people.of(Role.FINAL_REVIEWER))
    for day in ("2026-11-16", ""):
        sent = {**FORM, "formed_on": day, "edition": item.edition, "do": "save", "files": table("甲.csv", "甲")}
        assert client.post(f"/desk/items/{item.pk}/edit/", sent).status_code in (400, 403, 409)
    assert not File.objects.exists()
