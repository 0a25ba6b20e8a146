"""公开以后的定律 — what is archived stays so, one repeal stands until taken back (条例 第二十条、第二十五条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Validity
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    return Office()


def repealed(office: Office, item: Any, on: date) -> Any:
    from gongkai.web.holdings import actions

    director = office.people.of(Role.DISCLOSURE_OFFICE)
    return actions.repeal(item=item, staff=director, on=on, reason="由新的代替", now=office.tick())


def page(item: Any) -> str:
    return str(client_of(None).get(f"/items/{item.index_number}/").content.decode())


def test_what_is_archived_is_shown_so_until_another_version_is_published(office: Office) -> None:
    from gongkai.web.holdings import actions

    director, clerk = office.people.of(Role.DISCLOSURE_OFFICE), office.people.of(Role.CLERK)
    item = office.bring(office.create(), State.PUBLISHED)
    assert "已归档" not in page(item)
    item = actions.archive(item=item, staff=director, now=office.tick())
    assert "已归档" in page(item)
    item = actions.amend(item=item, staff=clerk, now=office.tick())
    assert "已归档" in page(item)
    item = actions.discard(item=item, staff=clerk, now=office.tick())
    assert "已归档" in page(item)
    item = office.bring(actions.amend(item=item, staff=clerk, now=office.tick()), State.PUBLISHED)
    assert "已归档" not in page(item)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(9999, 12, 31), "离现在超过一年"),
        (date(2028, 1, 1), "离现在超过一年"),
        (date(2026, 11, 1), "早于成文日期"),
        (date(2026, 11, 25), "早于实施日期"),
    ],
)
def test_a_day_on_which_nothing_can_be_repealed_is_refused(office: Office, on: date, said: str) -> None:
    from gongkai.web.holdings.refusals import StepError

    item = office.bring(office.create(effective_on=date(2026, 12, 1)), State.PUBLISHED)
    with pytest.raises(StepError, match=said):
        repealed(office, item, on)
    item.refresh_from_db()
    assert item.repealed_on is None


def test_one_repeal_stands_until_it_is_taken_back(office: Office) -> None:
    from gongkai.web.holdings import actions, queries
    from gongkai.web.holdings.refusals import StepError

    director = office.people.of(Role.DISCLOSURE_OFFICE)
    item = office.bring(office.create(document_number="示建〔2026〕9号"), State.PUBLISHED)
    by = office.bring(office.create(document_number="示建〔2026〕10号"), State.PUBLISHED)
    with pytest.raises(StepError, match="没有标注废止"):
        actions.unrepeal(item=item, staff=director, reason="标注错了", now=office.tick())
    given: Any = {"staff": director, "on": date(2026, 11, 20), "reason": "由新的代替"}
    item = actions.repeal(item=item, by=by, now=office.tick(), **given)
    offered = {choice.act for choice in queries.choices(item, director)}
    assert Act.UNREPEAL in offered
    assert Act.REPEAL not in offered
    with pytest.raises(StepError, match="已经标注自 2026-11-20 起废止"):
        repealed(office, item, date(2026, 11, 21))
    browser = client_of(director)
    sent = {"edition": item.edition, "opinion": "选错了文件"}
    assert browser.post(f"/desk/items/{item.pk}/step/unrepeal/", sent).status_code == 302
    item.refresh_from_db()
    assert item.repealed_on is None
    assert not item.related_from.exists()
    assert queries.standing(item, date(2026, 11, 23)) is Validity.IN_FORCE
    assert repealed(office, item, date(2026, 11, 21)).repealed_on == date(2026, 11, 21)
