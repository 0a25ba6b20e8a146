"""晚了一步 — a form of which the item has moved on: what happened is said, what was typed is shown (条例 第十七条)."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

pytestmark = pytest.mark.usefixtures("ground")


def words(answer: Any) -> str:
    """页面的字 — of an answer that says that the step was not taken."""
    assert answer.status_code == 409
    return str(answer.content.decode())


def test_of_two_windows_the_second_is_told_what_the_first_did() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    reviewer = office.people.of(Role.FIRST_REVIEWER)
    client, address = client_of(reviewer), f"/desk/items/{item.id}/review/"
    sent = {"opinion": "同意公开", "edition": item.edition, "do": "pass"}
    assert client.post(address, sent).status_code == 302
    text = words(client.post(address, {**sent, "do": "return", "opinion": "退回"}))
    assert "已办：初审通过" in text
    assert "您 " in text
    assert "退回</textarea>" in text
    assert f'href="/desk/items/{item.id}/"' in text
    assert "两份的差别" not in text
    other = office.people.of(Role.SECOND_REVIEWER)
    assert f"{reviewer.name} " in words(client_of(other).post(address, sent))
    item.refresh_from_db()
    assert item.state is State.SECOND_REVIEW


@pytest.mark.parametrize("far", [State.CLEARED, State.PUBLISHED])
def test_also_where_there_is_nothing_to_review_any_more(far: State) -> None:
    office = Office()
    item = office.bring(office.create(), State.FINAL_REVIEW)
    edition = item.edition
    office.bring(item, far)
    client = client_of(office.people.of(Role.FINAL_REVIEWER))
    sent = {"opinion": "写好的意见", "edition": edition, "do": "pass"}
    text = words(client.post(f"/desk/items/{item.id}/review/", sent))
    assert "已办：终审通过" in text
    assert "写好的意见</textarea>" in text
    assert "机密" not in words(client.post(f"/desk/items/{item.id}/review/", {**sent, "opinion": "机密★10年 某某规划"}))


def test_a_step_that_came_too_late_says_so_and_keeps_its_reason() -> None:
    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    client, address = client_of(office.people.of(Role.DISCLOSURE_OFFICE)), f"/desk/items/{item.id}/step/withdraw/"
    sent = {"ground": "inaccurate", "opinion": "发现不宜公开的内容", "edition": item.edition}
    first = client.post(address, sent)
    assert first.status_code == 302, first.content.decode()
    text = words(client.post(address, {**sent, "opinion": "发现不宜公开的内容，撤下核对"}))
    assert "已办：撤下" in text
    assert "发现不宜公开的内容，撤下核对</textarea>" in text


def test_who_edits_while_a_reviewer_acts_is_told_of_the_review() -> None:
    office = Office()
    item = office.bring(office.create(), State.FIRST_REVIEW)
    edition = item.edition
    office.bring(item, State.SECOND_REVIEW)
    sent = {**FORM, "body": "改过的正文", "edition": edition, "do": "save"}
    text = words(client_of(office.people.of(Role.CLERK)).post(f"/desk/items/{item.id}/edit/", sent))
    name = office.people.of(Role.FIRST_REVIEWER).name
    assert "已办：初审通过。您写的没有丢" in text
    assert name in text
    assert "改过的正文" in text
