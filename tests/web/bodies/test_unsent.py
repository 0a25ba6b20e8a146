"""没有提交的 — kept under the person, not under the session: nobody else's, bounded, gone when sent (条例 第十二条)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import PASSWORD, client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_keeping_typed import entered
from tests.web.holdings.test_pages import FORM
from tests.web.holdings.test_typing import WORDS

pytestmark = pytest.mark.usefixtures("ground")


def left(client: Any, page: str, **fields: Any) -> Any:
    """离开 — a page, by a button that sends its form along."""
    return client.post("/desk/leave/", {**fields, "to": "/desk/"}, HTTP_REFERER=f"http://testserver{page}")


def test_an_opinion_outlives_the_cookie_and_the_browser_and_is_nobody_elses() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer, clerk = office.people.of(Role.FIRST_REVIEWER), office.people.of(Role.CLERK)
    address = f"/desk/items/{item.id}/review/"
    client = client_of(reviewer)
    sent = {"opinion": WORDS, "edition": item.edition, "hit": "0", "reason-0": ""}
    assert client.post(f"{address}override/", sent)["Location"] == address
    assert WORDS in client.get(address).content.decode()
    client.cookies.clear()
    assert client.get(address)["Location"].startswith("/sign-in/")
    assert entered(client, reviewer, address) == address
    for each in (client, client_of(reviewer)):
        assert WORDS in each.get(address).content.decode()
    assert WORDS not in client_of(clerk).get(address).content.decode()
    assert WORDS not in client.get("/desk/").content.decode()
    client.post(address, {"opinion": WORDS, "edition": item.edition, "do": "return"})
    assert WORDS not in client_of(reviewer).get(address).content.decode()
    assert not reviewer.unsent.exists()


def test_it_lies_sealed_and_goes_after_three_days_with_the_person_and_with_the_secret() -> None:
    from gongkai.web.bodies import jobs, unsent
    from gongkai.web.bodies.models import Unsent

    office = Office()
    clerk = office.people.of(Role.CLERK)
    page, now = "/desk/items/new/", timezone.now()
    left(client_of(clerk), page, **{**FORM, "body": WORDS})
    kept = Unsent.objects.get()
    assert WORDS not in kept.words
    assert page not in kept.place
    assert unsent.newest_page(clerk.id, now) == page
    with override_settings(SECRET_KEY="another"):
        assert unsent.of_page(clerk.id, page, now) is None
    for hours, is_there in ((71, True), (72, False)):
        Unsent.objects.update(kept_at=now - timedelta(hours=hours))
        assert (unsent.of_page(clerk.id, page, now) is not None) is is_there
        jobs.sweep_sign_ins.func()
        assert Unsent.objects.exists() is is_there


def test_of_many_pages_the_newest_are_kept_and_of_one_page_the_newest_words() -> None:
    from gongkai.web.bodies import unsent

    clerk = Office().people.of(Role.CLERK)
    now = timezone.now()
    for number in (0, *range(unsent.MOST + 1)):
        told = {"fields": {"body": [str(number)]}, "files": []}
        unsent.keep(clerk.id, f"/desk/{'页' * 300}\0{number}", told, now + timedelta(seconds=number))
    assert clerk.unsent.count() == unsent.MOST
    assert unsent.of_page(clerk.id, f"/desk/{'页' * 300}\0{0}", now) is None
    newest = unsent.of_page(clerk.id, f"/desk/{'页' * 300}\0{unsent.MOST}", now)
    assert newest is not None
    assert newest["fields"] == {"body": [str(unsent.MOST)]}


def test_what_broke_when_it_was_sent_is_still_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer = office.people.of(Role.FIRST_REVIEWER)
    client = client_of(reviewer)
    address = f"/desk/items/{item.id}/review/"
    left(client, address, opinion=WORDS, edition=item.edition)

    def broken(**_: object) -> None:
        raise OSError("the disk went away")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "send_back", broken)
        client.raise_request_exception = False
        assert client.post(address, {"opinion": WORDS, "edition": item.edition, "do": "return"}).status_code >= 500
    assert WORDS in client.get(address).content.decode()


def test_forms_of_administration_take_what_was_typed_along_and_nothing_that_was_not() -> None:
    from gongkai.web.bodies.forms import BodyForm

    office = Office()
    system = office.people.of(Role.SYSTEM_ADMIN)
    client = client_of(system)
    slug = office.people.department.slug
    page = f"/desk/bodies/{slug}/edit/"
    for address in (page, "/desk/bodies/new/", f"/desk/bodies/{slug}/staff/new/"):
        text = client.get(address).content.decode()
        assert "<a " not in text.split('class="page-head')[1].split("</form>")[0], address
    form = BodyForm(instance=office.people.department)
    given = {name: value for name in form.fields if (value := form[name].value()) is not None and value is not False}
    left(client, page, **given)
    assert "还没有提交" not in client.get(page).content.decode(), "nothing was typed"
    left(client, page, **{**given, "address": "政务路 9 号"})
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"name": system.username, "password": PASSWORD})
    text = elsewhere.get(page).content.decode()
    assert 'value="政务路 9 号"' in text
    assert "还没有提交" in text
    back = f"/desk/bodies/{slug}/"
    given_up = client.post(
        "/desk/leave/", {"address": "政务路 9 号", "drop": back}, HTTP_REFERER=f"http://testserver{page}"
    )
    assert given_up["Location"] == back
    assert "政务路 9 号" not in client.get(page).content.decode()
    away = client.post("/desk/leave/", {"drop": "//evil.example/"}, HTTP_REFERER=f"http://testserver{page}")
    assert away["Location"] == page
