"""填回去以后 — words that are put back keep the edition they were typed on, and what was saved is not offered again.

(条例 第十七条)
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(edition|typed_on|page)" value="([^"]*)"', page))


def overtaken(office: Office) -> tuple[Any, Client, str]:
    """Another saved a title meanwhile; the one who saves later is shown the difference."""
    from gongkai.web.holdings import actions

    item = office.create()
    client, address = client_of(office.people.of(Role.FIRST_REVIEWER)), f"/desk/items/{item.id}/edit/"
    other = draft(title="别人存下的标题")
    actions.edit(item=item, staff=office.people.of(Role.CLERK), draft=other, edition=item.edition, now=office.tick())
    told = client.post(address, {**FORM, "edition": item.edition, "do": "save"})
    assert told.status_code == 409
    return item, client, told.content.decode()


@pytest.mark.parametrize("way", ["leave", "invalid first"])
def test_whoever_left_a_comparison_is_shown_it_again(way: str) -> None:
    item, client, page = overtaken(Office())
    address, given = f"/desk/items/{item.id}/edit/", hidden(page)
    if way == "invalid first":
        told = client.post(address, {**FORM, **given, "formed_on": "没有", "do": "save"})
        assert told.status_code == 400
        given = hidden(told.content.decode())
    client.post("/desk/leave/", {**FORM, **given, "to": "/desk/"})
    again = client.get(address).content.decode()
    assert FORM["title"] in again
    told = client.post(address, {**FORM, **hidden(again), "do": "save"})
    assert told.status_code == 409
    assert "别人存下的标题" in told.content.decode()
    item.refresh_from_db()
    assert item.newest_version.title == "别人存下的标题"


def test_whoever_saves_below_the_comparison_has_decided() -> None:
    item, client, page = overtaken(Office())
    told = client.post(f"/desk/items/{item.id}/edit/", {**FORM, **hidden(page), "do": "save"})
    assert told.status_code == 302
    item.refresh_from_db()
    assert item.newest_version.title == FORM["title"]


def test_what_was_saved_as_a_draft_is_not_called_unsaved() -> None:
    """The script of the page takes an answer that says so for the page itself."""
    office = Office()
    item = office.create()
    client, address = client_of(office.people.of(Role.FIRST_REVIEWER)), f"/desk/items/{item.id}/edit/"
    sent = {**FORM, "edition": item.edition, "do": "submit", "tab": "abcdef0123"}
    told = client.post(address, sent)
    text = told.content.decode()
    assert "填的已存为草稿，还没有送初审" in text
    assert 'data-method="GET"' in text
    number = {**FORM, "document_number": "示建〔2026〕9号"}
    office.create(document_number="示建〔2026〕9号")
    item.refresh_from_db()
    left_out = client.post(address, {**number, "edition": item.edition, "do": "save"}).content.decode()
    assert "文号没有存，其余的都存了" in left_out
    assert 'data-method="POST"' in left_out, "the number was not saved"


def test_whoever_may_not_send_to_review_has_no_such_button() -> None:
    office = Office()
    item = office.create()
    address = f"/desk/items/{item.id}/edit/"
    reviewer = client_of(office.people.of(Role.FIRST_REVIEWER)).get(address).content.decode()
    assert "保存，送初审" not in reviewer
    assert re.search(r'<button class="button primary" name="do"\s+value="save">保存</button>', reviewer)
    assert "请告诉拟稿的人要改什么" in reviewer
    assert "请退回" not in reviewer
    assert "保存，送初审" in client_of(office.people.of(Role.CLERK)).get(address).content.decode()


def test_whoever_may_not_take_back_is_told_who_may() -> None:
    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    page = f"/desk/items/{item.id}/"
    reviewer = client_of(office.people.of(Role.FIRST_REVIEWER)).get(f"{page}edit/").content.decode()
    assert "请信息员“撤回送审”" in reviewer
    assert "step/recall/" not in reviewer
    assert "step/recall/" in client_of(office.people.of(Role.CLERK)).get(f"{page}edit/").content.decode()
    item = office.bring(item, State.PUBLISHED)
    reviewer = client_of(office.people.of(Role.FIRST_REVIEWER)).get(f"{page}edit/").content.decode()
    assert "请信息员在它的页上用“修订”" in reviewer
