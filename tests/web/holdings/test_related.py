"""与另一件的关系 — no circle of documents that end one another, none of several lost (条例 第二十条第（一）项)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office, draft
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


def amended(office: Office, item: Item) -> Item:
    """修订 — a draft of what people see."""
    from gongkai.web.holdings import actions

    item.refresh_from_db()
    return actions.amend(item=item, staff=office.people.of(Role.CLERK), now=office.tick())


@pytest.mark.parametrize("kind", ENDING)
def test_two_documents_do_not_end_each_other(office: Office, kind: str) -> None:
    one, other = (amended(office, office.seen(office.create(title=title))) for title in "甲乙")
    assert "已送初审" in sent(office, one, relation_kind=kind, relation_to=other.index_number)
    page = sent(office, other, relation_kind="repeals", relation_to=one.index_number)
    assert f"{one.index_number} 已经" in page
    other.refresh_from_db()
    assert other.state is State.DRAFT


def test_three_in_a_circle_are_refused_and_an_interpretation_is_not(office: Office) -> None:
    items = [amended(office, office.seen(office.create(title=title))) for title in "甲乙丙"]
    numbers = [item.index_number for item in items]
    assert "已送初审" in sent(office, items[0], relation_kind="replaces", relation_to=numbers[1])
    assert "已送初审" in sent(office, items[1], relation_kind="amends", relation_to=numbers[2])
    assert f"{numbers[1]} 已经修改" in sent(office, items[2], relation_kind="repeals", relation_to=numbers[0])
    assert "已送初审" in sent(office, items[2], relation_kind="interprets", relation_to=numbers[0])


def test_what_another_body_has_not_published_is_not_told(office: Office) -> None:
    one, other = (office.seen(office.create(title=title)) for title in "甲乙")
    assert "已送初审" in sent(office, amended(office, one), relation_kind="repeals", relation_to=other.index_number)
    type(one).objects.filter(id=one.id).update(body=office.people.township)
    one.joint_bodies.add(office.people.department)
    assert "已送初审" in sent(office, amended(office, other), relation_kind="repeals", relation_to=one.index_number)


def test_a_number_that_differs_in_its_signs_alone_is_told(office: Office) -> None:
    one, item = office.seen(office.create(title="甲")), office.create(title="乙")
    for typed in (
        one.index_number.lower(),
        one.index_number.replace("-", "－"),
        f"{one.index_number[:4]} {one.index_number[4:]}",
    ):
        assert f"只差大小写、全角半角或者空格的有 {one.index_number}" in sent(
            office, item, relation_kind="interprets", relation_to=typed
        ), typed
    type(one).objects.filter(id=one.id).update(body=office.people.township, public_version=None)
    page = sent(office, item, relation_kind="interprets", relation_to=one.index_number.lower())
    assert "没有索引号为" in page
    assert "只差" not in page


@pytest.mark.parametrize("kind", ENDING)
def test_what_people_cannot_see_is_neither_ended_nor_changed(office: Office, kind: str) -> None:
    draft_of_mine, item = office.create(title="草稿"), office.create(title="新")
    page = sent(office, item, relation_kind=kind, relation_to=draft_of_mine.index_number)
    assert f"{draft_of_mine.index_number} 公众现在看不到" in page
    type(item).objects.filter(id=draft_of_mine.id).update(body=office.people.township)
    for each in (kind, "interprets"):
        page = sent(office, item, relation_kind=each, relation_to=draft_of_mine.index_number)
        assert f"没有索引号为 {draft_of_mine.index_number} 的信息" in page
    assert "柳林镇" not in page.partition("relation_to")[2].partition("</p>")[0]
    type(item).objects.filter(id=draft_of_mine.id).update(body=office.people.department)
    office.seen(draft_of_mine)
    assert "已送初审" in sent(office, item, relation_kind=kind, relation_to=draft_of_mine.index_number)


def test_what_is_withdrawn_meanwhile_holds_back_what_ends_it(office: Office) -> None:
    from gongkai.law.withdrawal import WithdrawalGround
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import DraftError

    old, told = office.seen(office.create(title="旧")), office.seen(office.create(title="被解读的"))
    relations = (("repeals", old.index_number), ("interprets", told.index_number))
    new = office.bring(office.create(title="新", relations=relations), State.CLEARED)
    given = {"staff": office.people.of(Role.DISCLOSURE_OFFICE), "ground": WithdrawalGround.INACCURATE}
    for item in (old, told):
        actions.withdraw(item=item, reason="内容有误", now=office.tick(), **given)
    with pytest.raises(DraftError) as refused:
        office.bring(new, State.PUBLISHED)
    assert [each.values["number"] for each in refused.value.problems] == [old.index_number, told.index_number]
    assert all("公众现在看不到" in each.message for each in refused.value.problems)


def test_what_was_said_in_public_may_be_said_again_when_the_other_is_withdrawn(office: Office) -> None:
    old = office.seen(office.create(title="旧"))
    new = office.bring(office.create(title="新", relations=(("repeals", old.index_number),)), State.PUBLISHED)
    type(old).objects.filter(id=old.id).update(state=State.WITHDRAWN, public_version=None)
    told = {"relation_kind": "repeals", "relation_to": old.index_number}
    assert "已送初审" in sent(office, amended(office, new), **told)


@pytest.mark.parametrize("kind", ENDING)
def test_a_normative_document_is_ended_by_one_that_had_the_legal_review(office: Office, kind: str) -> None:
    old, item = office.seen(office.create(title="规范性文件"), is_normative=True), office.create(title="新")
    told = {"relation_kind": kind, "relation_to": old.index_number, "document_number": "示建〔2026〕9号"}
    page = sent(office, item, **told)
    assert f"{old.index_number} 是规范性文件" in page
    assert "行政规范性文件" in page
    item.refresh_from_db()
    assert item.state is State.DRAFT
    assert "已送初审" in sent(office, item, is_normative="on", **told)
    other = office.create(title="解读")
    assert "已送初审" in sent(office, other, relation_kind="interprets", relation_to=old.index_number)


def test_what_became_normative_meanwhile_is_ended_by_nothing_less(office: Office) -> None:
    from gongkai.web.holdings.refusals import DraftError

    old = office.seen(office.create(title="旧"))
    new = office.bring(office.create(title="新", relations=(("amends", old.index_number),)), State.CLEARED)
    type(old).objects.filter(id=old.id).update(is_normative=True)
    with pytest.raises(DraftError) as refused:
        office.bring(new, State.PUBLISHED)
    assert "是规范性文件" in refused.value.problems[0].message


def test_nothing_ends_before_it_began_nor_twice(office: Office) -> None:
    began = {"formed_on": date(2026, 10, 14), "effective_on": date(2026, 11, 13)}
    old = office.bring(office.create(title="旧", **began), State.PUBLISHED)
    told = {"relation_kind": "repeals", "relation_to": old.index_number}
    for day, is_taken in (("2026-11-12", False), ("2026-11-13", True)):
        item = office.create(title=f"自 {day} 起")
        page = sent(office, item, effective_on=day, formed_on="2026-11-02", **told)
        assert ("已送初审" in page) is is_taken
        assert ("却早于它的成文或者实施日期 2026-11-13" in page) is not is_taken
    days = {"effective_on": date(2026, 11, 13), "formed_on": date(2026, 11, 2)}
    ending = office.create(title="废止它的", relations=(("repeals", old.index_number),), **days)
    office.bring(ending, State.PUBLISHED)
    again = office.create(title="又一件")
    assert "已于 2026-11-13 废止" in sent(office, again, effective_on="2026-11-20", **told)


def test_whose_document_is_repealed_is_told_when_what_repealed_it_is_withdrawn(office: Office) -> None:
    from gongkai.law.withdrawal import WithdrawalGround
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Notice

    old = office.bring(office.create(title="旧"), State.PUBLISHED)
    new = office.bring(office.create(title="新", relations=(("repeals", old.index_number),)), State.PUBLISHED)
    other = office.bring(office.create(title="没有关系"), State.PUBLISHED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    given = {"staff": director, "ground": WithdrawalGround.INACCURATE, "reason": "内容有误"}
    actions.withdraw(item=other, now=office.tick(), **given)
    assert not Notice.objects.filter(template=notices.ENDED_BY_NONE).exists()
    actions.withdraw(item=new, now=office.tick(), **given)
    told = Notice.objects.get(template=notices.ENDED_BY_NONE, to=director)
    assert (told.item, told.values) == (old, {"number": new.index_number})


def test_only_its_own_body_or_one_above_ends_a_document(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item

    people = office.people
    of_county = office.bring(office.create(title="县里的文件"), State.PUBLISHED)
    Item.objects.filter(id=of_county.id).update(body=people.county)
    of_county.refresh_from_db()
    mine = office.create(title="部门的通知")
    for kind in ENDING:
        assert "只有制发它的机关和上级机关能" in sent(
            office, mine, relation_kind=kind, relation_to=of_county.index_number
        )
    of_county.joint_bodies.add(people.department)
    assert "已送初审" in sent(office, mine, relation_kind="repeals", relation_to=of_county.index_number)
    of_township = actions.create(
        body=people.township,
        staff=people.of(Role.CLERK, people.township),
        draft=draft(title="镇里的文件"),
        now=office.tick(),
    )
    other = office.create(title="部门的另一件")
    page = sent(office, other, relation_kind="repeals", relation_to=of_township.index_number)
    assert "没有索引号为" in page
    office.seen(of_township)
    assert "只有制发它的机关" in sent(office, other, relation_kind="repeals", relation_to=of_township.index_number)
    assert "已送初审" in sent(office, other, relation_kind="interprets", relation_to=of_township.index_number)


@pytest.mark.parametrize("is_own", [True, False], ids=["own", "of another body"])
def test_what_another_body_said_of_a_document_before_is_not_shown_as_its_end(office: Office, *, is_own: bool) -> None:
    from django.test import Client

    from gongkai.web.holdings.models import Item, Relation

    old = office.bring(office.create(title="旧的文件"), State.PUBLISHED)
    new = office.bring(office.create(title="说它废止了"), State.PUBLISHED)
    Relation.objects.create(source=new, target=old, kind="repeals", on=office.now.date())
    if not is_own:
        Item.objects.filter(id=old.id).update(body=office.people.county)
    page = Client().get(f"/items/{old.index_number}/").content.decode()
    assert ("说它废止了" in page) is is_own


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


def test_a_document_is_marked_as_repealed_by_none_that_could_not_repeal_it(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.refusals import StepError

    people, mine = office.people, office.seen(office.create(title="部门的"))
    by, day = people.of(Role.DISCLOSURE_OFFICE), office.now.date()
    other = office.create(title="别的")
    for body, is_taken in ((people.township, False), (people.county, True)):
        office.seen(other, body=body)
        given = {"item": mine, "staff": by, "on": day, "reason": "不再适用", "by": other}
        if is_taken:
            assert actions.repeal(now=office.tick(), **given).repealed_on == day
        else:
            with pytest.raises(StepError, match="柳林镇的，废止不了这一件"):
                actions.repeal(now=office.tick(), **given)
            assert not other.relations.exists()


def test_what_a_body_above_says_in_public_is_not_unsaid_below(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Relation
    from gongkai.web.holdings.refusals import StepError

    mine = office.seen(office.create(title="部门的"), repealed_on=office.now.date())
    decision = office.create(title="县里的决定", relations=(("repeals", mine.index_number),))
    office.seen(decision, body=office.people.county)
    Relation.objects.create(source=decision, target=mine, kind="repeals", on=office.now.date())
    given = {"item": mine, "staff": office.people.of(Role.DISCLOSURE_OFFICE), "reason": "标错了"}
    with pytest.raises(StepError, match=f"示范县的 {decision.index_number} 公开写着废止这一件"):
        actions.unrepeal(now=office.tick(), **given)
    type(decision).objects.filter(id=decision.id).update(public_version=None)
    assert actions.unrepeal(now=office.tick(), **given).repealed_on is None


def test_the_title_of_another_bodys_draft_is_not_shown_beside_a_relation(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item, Relation

    mine, theirs = office.seen(office.create(title="解读")), office.create(title="还没有公开的题目")
    for source, target in ((mine, theirs), (theirs, mine)):
        Relation.objects.create(source=source, target=target, kind="interprets", on=office.now.date())
    clerk = office.people.of(Role.CLERK)
    client, address = client_of(clerk), f"/desk/items/{mine.id}/"
    assert client.get(address).content.decode().count(f'href="/desk/items/{theirs.id}/">还没有公开的题目') == 2
    Item.objects.filter(id=theirs.id).update(body=office.people.township)
    page = client.get(address).content.decode()
    assert "还没有公开的题目" not in page
    assert page.count(theirs.index_number) == 2
    Item.objects.filter(id=theirs.id).update(body=office.people.department)
    theirs = actions.amend(item=office.seen(theirs), staff=clerk, now=office.tick())
    changed = draft(title="改了还没有公开的题目")
    actions.edit(item=theirs, staff=clerk, draft=changed, edition=theirs.edition, now=office.tick())
    Item.objects.filter(id=theirs.id).update(body=office.people.township)
    page = client.get(address).content.decode()
    assert page.count("还没有公开的题目") == 2
    assert "改了" not in page
