"""撤下的定律 — on a ground of the law, read before it is shown; nothing is left (条例 第六条、第十五条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_guarding import public_pages, words
from tests.web.holdings.test_masking import attached

pytestmark = pytest.mark.usefixtures("ground")
IDENTITY = "11010519491231002X"
LEAKS = (
    f"申请人张某（{IDENTITY}）要求撤下", "电话13800138000的当事人要求撤下", "\uff11\uff13\uff1800138000",
    "张某，身份证号110105194912310021", "卡号6222021234567890128",
)  # fmt: skip


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def withdrawn(office: Office, item: Any, ground: WithdrawalGround = WithdrawalGround.INACCURATE) -> Any:
    from gongkai.web.holdings import actions

    director = office.people.of(Role.DISCLOSURE_OFFICE)
    return actions.withdraw(item=item, staff=director, ground=ground, reason="内容有误", now=office.tick())


def called_back(office: Office, item: Any, ground: WithdrawalGround, **changed: Any) -> Any:
    from gongkai.web.holdings import actions

    given = {"changed_on": date(2026, 11, 20), "reason": "决定被依法撤销", **changed}
    return actions.call_back(item=item, staff=office.people.of(Role.CLERK), ground=ground, now=office.tick(), **given)


def test_a_penalty_decision_that_was_annulled_is_due_to_be_withdrawn_in_three_working_days(office: Office) -> None:
    from gongkai.web.holdings import actions, clocks

    item = office.bring(office.create(column="penalties"), State.PUBLISHED)
    item = called_back(office, item, WithdrawalGround.PENALTY_CHANGED)
    due = clocks.due(item, date(2026, 11, 23))
    assert due is not None
    assert (due.on, due.left, due.is_withdrawal) == (date(2026, 11, 25), 2, True)
    item = withdrawn(office, item, WithdrawalGround.PENALTY_CHANGED)
    assert (item.state, item.public_version) == (State.WITHDRAWN, None)
    assert clocks.due(item, date(2026, 11, 23)) is None
    clerk = office.people.of(Role.CLERK)
    item = office.bring(actions.amend(item=item, staff=clerk, now=office.tick()), State.PUBLISHED)
    assert (item.withdrawn_at, item.withdrawn_ground, item.call_back_ground) == (None, "", "")


@pytest.mark.parametrize("why", [each for each in WithdrawalGround if not each.has_period])
def test_no_other_ground_has_a_period_and_the_office_is_told_all_the_same(
    office: Office, why: WithdrawalGround
) -> None:
    from gongkai.web.holdings import clocks, queries

    item = office.bring(office.create(), State.PUBLISHED)
    item = called_back(office, item, why, reason="内容和原件不一致")
    assert (item.withdraw_due_on, clocks.due(item, date(2026, 11, 23))) == (None, None)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    found = queries.desk(director, date(2026, 11, 23))
    assert [row.item.pk for code, _, rows in found.groups if code == "called" for row in rows] == [item.pk]
    assert director.notices.filter(template__contains="应当撤下").exists()
    page = words(client_of(director).get(f"/desk/items/{item.pk}/"))
    assert f"应当撤下：{why.label}" in page


def test_the_ground_of_penalties_is_for_penalties_alone(office: Office) -> None:
    from gongkai.web.holdings import queries
    from gongkai.web.holdings.refusals import StepError

    notice = office.bring(office.create(), State.PUBLISHED)
    with pytest.raises(StepError, match="只用于行政处罚决定"):
        withdrawn(office, notice, WithdrawalGround.PENALTY_CHANGED)
    with pytest.raises(StepError, match="只用于行政处罚决定"):
        called_back(office, notice, WithdrawalGround.PENALTY_CHANGED)
    assert WithdrawalGround.PENALTY_CHANGED not in queries.grounds(notice)
    assert WithdrawalGround.PENALTY_CHANGED in queries.grounds(office.create(column="penalties"))


def test_a_change_that_lies_ahead_is_refused(office: Office) -> None:
    from gongkai.web.holdings.refusals import StepError

    item = office.bring(office.create(), State.PUBLISHED)
    with pytest.raises(StepError, match="还没有到"):
        called_back(office, item, WithdrawalGround.INACCURATE, changed_on=date(2026, 11, 21))
    assert called_back(office, item, WithdrawalGround.INACCURATE, changed_on=date(2026, 11, 20))


@pytest.mark.parametrize("reason", LEAKS)
def test_a_reason_with_personal_data_is_refused_and_stays_in_its_box(office: Office, reason: str) -> None:
    item = office.bring(office.create(column="penalties"), State.PUBLISHED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    given = {"opinion": reason, "ground": "inaccurate", "day": "2026-11-20", "edition": item.edition}
    for act in ("withdraw", "repeal", "call_back"):
        answer = client.post(f"/desk/items/{item.pk}/step/{act}/", given)
        page = words(answer)
        assert answer.status_code == 409, (act, page[:500])
        refusal = page[page.index('class="summary"') : page.index('class="field"', page.index('class="summary"'))]
        assert "公众会直接看到" in refusal
        assert not [part for part in (IDENTITY, "13800138000", "110105194912310021", "6222") if part in refusal]
        assert reason in page, "what was typed stays"
        assert 'value="inaccurate" selected' in page or act == "repeal"
    item.refresh_from_db()
    assert (item.state, item.withdrawn_reason, item.call_back_reason) == (State.PUBLISHED, "", "")


def test_a_ground_must_be_chosen(office: Office) -> None:
    item = office.bring(office.create(), State.PUBLISHED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    for ground in ("", "penalty", "penalty_changed"):
        answer = client.post(f"/desk/items/{item.pk}/step/withdraw/", {"opinion": "内容有误", "ground": ground})
        assert answer.status_code == 409
    page = words(client.get(f"/desk/items/{item.pk}/step/withdraw/"))
    assert "内容有误" in page
    assert "处罚" not in page


def test_the_public_is_told_ground_provision_and_reason_and_nothing_of_what_was_there(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item

    changed = {
        "title": "关于独一处的公告",
        "body_html": "<p>独二处的正文</p>",
        "summary": "独三处",
        "keywords": "独四处",
    }
    item = attached(office, office.create(**changed), "序号,项目\n1,独五处\n".encode(), "独六处.csv")
    item = office.bring(item, State.PUBLISHED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    item = actions.archive(item=item, staff=director, now=office.tick())
    copy = item.public_version.files.get().copy
    before = public_pages(item)
    assert {"独一处", "独二处", "独六处"} <= {mark for mark in ("独一处", "独二处", "独六处") if mark in before}
    item = withdrawn(office, item)
    after = public_pages(item)
    assert not [mark for mark in ("独一处", "独二处", "独三处", "独四处", "独五处", "独六处") if mark in after]
    client = client_of(None)
    gone = client.get(f"/items/{item.index_number}/")
    assert gone.status_code == 410
    for told in ("内容有误", "条例 第六条", "撤下的事由"):
        assert told in words(gone)
    for address in (
        f"/files/{copy.key}/{copy.name}",
        f"/items/{item.index_number}/proof/",
        f"/info/?words={item.index_number}",
    ):
        assert "独" not in words(client.get(address))
    assert client.get(f"/files/{copy.key}/{copy.name}").status_code == 404
    Item.objects.filter(pk=item.pk).update(withdrawn_reason=f"张某{IDENTITY}")  # as it could be written before
    assert IDENTITY not in public_pages(item)


def test_what_is_public_can_be_withdrawn_while_its_revision_is_under_way(office: Office) -> None:
    from gongkai.web.holdings import actions

    item = office.bring(office.create(), State.PUBLISHED)
    item = actions.amend(item=item, staff=office.people.of(Role.CLERK), now=office.tick())
    item = withdrawn(office, item)
    assert (item.state, item.public_version) == (State.DRAFT, None)
