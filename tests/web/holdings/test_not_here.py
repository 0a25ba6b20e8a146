"""不归您办了 — a page that is no longer this person's when the form comes in: the words are shown, nothing is told."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import NOW, client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")
WORDS = "各村：请照此办理，不得拖延。"
LOST = "您填的没有存上：这一页现在不归您办"


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def dismissed(staff: Any) -> Any:
    """免去 — the browser of a person whose posts have just ended."""
    from gongkai.web.bodies.models import Appointment

    client = client_of(staff)
    Appointment.objects.filter(staff=staff).update(ended_at=NOW)
    return client


def said(answer: Any) -> str:
    assert answer.status_code == 404
    page = str(answer.content.decode())
    assert "look/kept" in page
    return page


@pytest.mark.parametrize("address", ["new/", "{id}/edit/"])
def test_who_was_dismissed_while_typing_has_the_words_to_copy(office: Office, address: str) -> None:
    item = office.create()
    client = dismissed(office.people.of(Role.CLERK))
    sent = {**FORM, "body": WORDS, "edition": item.edition, "do": "save"}
    page = said(client.post(f"/desk/items/{address.format(id=item.id)}", sent))
    assert LOST in page
    assert f"{WORDS}</textarea>" in page
    assert "您刚才填的字，请先复制下来" in page
    assert item.index_number not in page
    assert item.newest_version.title not in page


def test_an_opinion_is_not_lost_either(office: Office) -> None:
    item = office.bring(office.create(), State.FIRST_REVIEW)
    client = dismissed(office.people.of(Role.FIRST_REVIEWER))
    for address in ("review/", "step/return/"):
        sent = {"opinion": "写好的意见", "edition": item.edition, "do": "return"}
        assert "写好的意见</textarea>" in said(client.post(f"/desk/items/{item.id}/{address}", sent))


def test_what_is_there_and_what_is_not_are_told_alike(office: Office) -> None:
    item = office.create()
    client = client_of(office.people.of(Role.CLERK, office.people.township))
    sent = {**FORM, "body": WORDS, "edition": item.edition, "do": "save"}
    posts = [said(client.post(f"/desk/items/{number}/edit/", sent)) for number in (item.id, item.id + 99)]
    gets = [said(client.get(f"/desk/items/{number}/edit/")) for number in (item.id, item.id + 99)]
    for pages in (posts, gets):
        one, other = (page.partition("<main")[2].partition("</main>")[0] for page in pages)
        assert one == other
    assert LOST not in gets[0]
    assert "没有这个网页" in gets[0]


def test_nothing_is_said_again_of_a_secret(office: Office) -> None:
    from gongkai.web.holdings import actions

    item = office.create()
    client = client_of(office.people.of(Role.CLERK))
    sent = {**FORM, "body": WORDS, "edition": item.edition, "do": "save"}
    actions.ask_purge(item=item, staff=office.people.of(Role.SECRECY_REVIEWER), now=office.tick())
    assert WORDS not in said(client.post(f"/desk/items/{item.id}/edit/", sent))
    elsewhere = dismissed(office.people.of(Role.CLERK, office.people.township))
    assert WORDS not in said(elsewhere.post("/desk/items/new/", {**sent, "annotation": "机密★10年"}))


def test_a_button_alone_brings_no_words(office: Office) -> None:
    item = office.create()
    client = dismissed(office.people.of(Role.CLERK))
    assert LOST not in said(client.post(f"/desk/items/{item.id}/step/submit/", {"edition": item.edition}))
