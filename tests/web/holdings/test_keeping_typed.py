"""填过的留着 — for its own person alone, while others use the browser, and whatever is pressed (条例 第十二条)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import PASSWORD, client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM
from tests.web.holdings.test_typing import WORDS, expired, signed_in_again

pytestmark = pytest.mark.usefixtures("ground")


def entered(client: Any, staff: Any, onward: str = "/desk/") -> str:
    """登录 — in this browser, by the form; where it leads."""
    given = {"name": staff.username, "password": PASSWORD, "next": onward}
    return str(client.post("/sign-in/", given)["Location"])


@pytest.mark.parametrize("how", ["idle", "signed out"])
def test_on_a_shared_computer_what_was_typed_waits_for_its_own_person(how: str) -> None:
    office = Office()
    clerk, other = office.people.of(Role.CLERK), office.people.of(Role.CLERK, office.people.township)
    address = f"/desk/items/{office.create().id}/edit/"
    client = expired(client_of(clerk))
    page = client.post(address, {**FORM, "body": WORDS, "edition": 1, "do": "save"})
    came = signed_in_again(client, page, other.username)
    assert came["Location"] == "/desk/", "the page of another body's item is no way for the one who signs in"
    assert "是另一个人填的，没有带进来" in client.get("/desk/").content.decode()
    assert WORDS not in client.get(address).content.decode()
    assert WORDS not in client.get("/desk/items/new/").content.decode()
    if how == "idle":
        expired(client).get("/desk/")
    else:
        client.post("/sign-out/")
    assert entered(client, other) == "/desk/"
    client.post("/sign-out/")
    assert entered(client, clerk) == address
    text = client.get(address).content.decode()
    assert WORDS in text
    assert "您填的还在下面" in text
    assert "还留着" not in text, "it is said once"
    client.post("/sign-out/")
    assert entered(client, clerk) == address, "not sent yet"
    client.post(address, {**FORM, "body": WORDS, "do": "save", "edition": 1})
    client.post("/sign-out/")
    assert entered(client, clerk) == "/desk/", "sent"


@pytest.mark.parametrize("way", ["edit/", "review/"])
def test_a_form_that_was_open_while_its_person_signed_in_anew_is_given_back(way: str) -> None:
    office = Office()
    item = office.create() if way == "edit/" else office.bring(office.create(), State.FIRST_REVIEW)
    person = office.people.of(Role.CLERK if way == "edit/" else Role.FIRST_REVIEWER)
    address = f"/desk/items/{item.id}/{way}"
    field = "body" if way == "edit/" else "opinion"
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    sent = {**FORM, field: WORDS, "do": "return", "edition": item.edition, "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(address, sent, HTTP_ORIGIN="http://testserver")
    assert answer["Location"] == address
    for _ in range(2):
        text = client.get(address).content.decode()
        assert f"{WORDS}</textarea>" in text
        assert "没有提交上" in text
    other = Client(enforce_csrf_checks=True)
    other.force_login(person)
    stale = other.post(address, {**sent, field: "别的网站填的"}, HTTP_ORIGIN="http://elsewhere.example")
    assert stale.status_code == 403
    text = other.get(address).content.decode()
    assert "别的网站填的" not in text, "what another site sends is nobody's typing"
    assert WORDS in text, "in another browser it is still the same person"


def test_another_page_that_was_asked_for_is_shown_and_where_the_words_are_is_said() -> None:
    office = Office()
    clerk = office.people.of(Role.CLERK)
    address = f"/desk/items/{office.create().id}/edit/"
    client = client_of(clerk)
    client.post("/sign-out/", {**FORM, "body": WORDS}, HTTP_REFERER=f"http://testserver{address}")
    assert entered(client, clerk, "/desk/items/") == "/desk/items/"
    assert f'<a href="{address}">打开填过的那一页</a>' in client.get("/desk/items/").content.decode()
    assert WORDS in client.get(address).content.decode()


def test_two_pages_left_one_after_the_other_both_have_their_words() -> None:
    office = Office()
    clerk = office.people.of(Role.CLERK)
    pages = [f"/desk/items/{office.create().id}/edit/" for _ in range(2)]
    client = client_of(clerk)
    for number, page in enumerate(pages):
        sent = {**FORM, "body": f"{WORDS}{number}", "to": "/desk/"}
        client.post("/desk/leave/", sent, HTTP_REFERER=f"http://testserver{page}")
    for number, page in enumerate(pages):
        assert f"{WORDS}{number}" in client.get(page).content.decode()


def test_what_bears_a_stamped_mark_is_not_kept_over_signing_out_and_nothing_is_kept_of_an_empty_form() -> None:
    office = Office()
    clerk = office.people.of(Role.CLERK)
    client = client_of(clerk)
    before = {"HTTP_REFERER": "http://testserver/desk/items/new/"}
    told = client.post("/sign-out/", {**FORM, "body": f"机密★20年 {WORDS}"}, follow=True, **before)
    assert "没有留" in told.content.decode()
    assert WORDS not in str(dict(client.session.items()))
    entered(client, clerk)
    client.post("/sign-out/", {"opinion": "", "edition": "3"}, **before)
    assert not client.session.get("left")
    late = client_of(None).post("/sign-out/", {**FORM, "body": f"{WORDS}，{WORDS}"}, **before).content.decode()
    assert WORDS in late, "the visit had ended before: the words are shown to be copied"


def test_every_way_out_of_a_form_takes_what_was_typed_along() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer, clerk = office.people.of(Role.FIRST_REVIEWER), office.people.of(Role.CLERK)
    given = (
        (reviewer, f"/desk/items/{item.id}/review/"),
        (reviewer, f"/desk/items/{item.id}/step/return/"),
        (clerk, "/desk/items/new/"),
    )
    for staff, address in given:
        text = client_of(staff).get(address).content.decode()
        bar = re.sub(r'<a class="skip".*?</a>', "", text.split("<main")[0])
        assert not re.findall(r"<a [^>]*href=", bar), address
        assert re.search(r'<button form="\w+" formaction="/sign-out/" formnovalidate>退出', bar), address
        head = text.split('class="page-head')[1].split("</div></div>")[0]
        assert not re.findall(r"<a [^>]*href=", head), address


def test_a_sending_that_is_refused_says_that_the_draft_is_kept_and_going_back_changes_that_draft() -> None:
    from gongkai.web.holdings.models import Item

    office = Office()
    client = client_of(office.people.of(Role.CLERK))
    page = client.get("/desk/items/new/").content.decode()
    once = re.search(r'name="once" value="([0-9a-f]{32})"', page)
    assert once is not None
    sent = {**FORM, "openness": "on_request", "ground": "", "do": "submit", "once": once[1]}
    refused = client.post("/desk/items/new/", sent)
    assert refused.status_code == 400
    assert "填的已存为草稿，还没有送初审" in refused.content.decode()
    assert f'action="/desk/items/{Item.objects.get().id}/edit/"' in refused.content.decode()
    again = client.post("/desk/items/new/", {**sent, "title": "后退以后改的题目"})
    assert again.status_code == 400
    assert "填的已存为草稿，还没有送初审" in again.content.decode()
    assert client.post("/desk/items/new/", {**sent, **FORM, "do": "submit"}).status_code == 302
    assert Item.objects.get().state is State.FIRST_REVIEW
    assert Item.objects.get().versions.count() == 3


@pytest.mark.parametrize("way", ["expired", "leave"])
def test_a_draft_that_was_made_with_something_wrong_is_one_item_wherever_its_form_is_shown(way: str) -> None:
    """The form of the item stands at the address of a new one, until the page is opened anew."""
    from gongkai.web.holdings.models import Item

    office = Office()
    clerk = office.people.of(Role.CLERK)
    client = client_of(clerk)
    wrong = {**FORM, "effective_on": "2026-12-01", "expires_on": "2026-11-01", "do": "submit", "once": "a" * 32}
    page = client.post("/desk/items/new/", {**wrong, "files": SimpleUploadedFile("表.csv", b"a,b\n")}).content.decode()
    item = Item.objects.get()
    form = dict(re.findall(r'<input type="hidden" name="(page|edition)" value="([^"]*)"', page))
    action = re.search(r'id="filled"[^>]*action="([^"]*)"', page)
    assert action is not None
    sent = {**FORM, **form, "body": WORDS, "do": "save"}
    asked = {"HTTP_REFERER": "http://testserver/desk/items/new/"}
    if way == "leave":
        client.post("/desk/leave/", {**sent, "to": "/desk/"}, **asked)
    else:
        came = signed_in_again(client, expired(client).post(action[1], sent, **asked), clerk.username)
        assert came["Location"] == f"/desk/items/{item.id}/edit/"
    assert WORDS not in client.get("/desk/items/new/").content.decode()
    text = client.get(f"/desk/items/{item.id}/edit/").content.decode()
    assert WORDS in text
    assert "表.csv" in text
    assert Item.objects.count() == 1
