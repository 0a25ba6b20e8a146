"""与另一件的关系 — no circle of documents that end one another, none of several lost (条例 第二十条第（一）项)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_pages import FORM

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")
ENDING = ["repeals", "amends", "replaces"]


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def sent(office: Office, item: Item, **told: object) -> str:
    """送初审 — through the form of the item, as its clerk does; the page that comes back."""
    item.refresh_from_db()
    client, address = client_of(office.people.of(Role.CLERK)), f"/desk/items/{item.id}/edit/"
    given = {**FORM, "edition": item.edition, "do": "submit", **told}
    return client.post(address, given, follow=True).content.decode()


@pytest.mark.parametrize("kind", ENDING)
def test_two_drafts_do_not_end_each_other(office: Office, kind: str) -> None:
    one, other = office.create(title="甲"), office.create(title="乙")
    assert "已送初审" in sent(office, one, relation_kind=kind, relation_to=other.index_number)
    page = sent(office, other, relation_kind="repeals", relation_to=one.index_number)
    assert f"{one.index_number} 已经" in page
    other.refresh_from_db()
    assert other.state is State.DRAFT


def test_three_in_a_circle_are_refused_and_an_interpretation_is_not(office: Office) -> None:
    items = [office.create(title=title) for title in "甲乙丙"]
    numbers = [item.index_number for item in items]
    assert "已送初审" in sent(office, items[0], relation_kind="replaces", relation_to=numbers[1])
    assert "已送初审" in sent(office, items[1], relation_kind="amends", relation_to=numbers[2])
    assert f"{numbers[1]} 已经修改" in sent(office, items[2], relation_kind="repeals", relation_to=numbers[0])
    assert "已送初审" in sent(office, items[2], relation_kind="interprets", relation_to=numbers[0])


def test_what_another_body_has_not_published_is_not_told(office: Office) -> None:
    one, other = office.create(title="甲"), office.create(title="乙")
    assert "已送初审" in sent(office, one, relation_kind="repeals", relation_to=other.index_number)
    type(one).objects.filter(id=one.id).update(body=office.people.township)
    assert "已送初审" in sent(office, other, relation_kind="repeals", relation_to=one.index_number)


def test_what_is_repealed_by_a_public_document_does_not_repeal_it(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    old = office.bring(office.create(title="旧"), State.PUBLISHED)
    new = office.bring(office.create(title="新", relations=(("repeals", old.index_number),)), State.PUBLISHED)
    by, day = office.people.of(Role.DISCLOSURE_OFFICE), office.now.date()
    with pytest.raises(StepError, match=new.index_number):
        actions.repeal(item=new, staff=by, on=day, reason="不再适用", now=office.tick(), by=old)
    item = office.create(title="自己")
    assert "不能和自己关联" in sent(office, item, relation_kind="repeals", relation_to=item.index_number)


def test_several_relations_are_shown_and_kept(office: Office) -> None:
    numbers = [office.create(title=title).index_number for title in "甲乙丙"]
    pairs = tuple(zip(("repeals", "amends", "interprets"), numbers, strict=True))
    item = office.create(title="丁", relations=pairs)
    client, address = client_of(office.people.of(Role.CLERK)), f"/desk/items/{item.id}/edit/"
    page = client.get(address).content.decode()
    ticked = re.findall(r'name="related" value="([^"]+)" checked', page)
    assert ticked == [" ".join(pair) for pair in pairs[1:]]
    told = {"relation_kind": "repeals", "relation_to": numbers[0], "do": "save", "title": "丁，改过"}
    client.post(address, {**FORM, "edition": item.edition, "related": ticked, **told})
    item.refresh_from_db()
    assert item.newest_version.metadata["relations"] == [list(pair) for pair in pairs]
    client.post(address, {**FORM, "edition": item.edition, "related": ticked[1:], **told})
    item.refresh_from_db()
    assert item.newest_version.metadata["relations"] == [list(pairs[0]), list(pairs[2])]
