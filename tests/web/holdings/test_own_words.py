"""自己写的自己不审 — whoever would end his own review by a change is told before it is saved (条例 第十七条)."""

from __future__ import annotations

import pytest

from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office

pytestmark = pytest.mark.usefixtures("ground")
SAID = ("没有人能初审了", "这一稿就算您写的，初审要由")


def test_a_reviewer_is_told_before_a_change_makes_the_draft_his() -> None:
    from gongkai.web.bodies.models import Appointment

    office = Office()
    item = office.create(title="两个人的单位")
    reviewer, clerk = office.people.of(Role.FIRST_REVIEWER), office.people.of(Role.CLERK)

    def said(staff: object) -> list[bool]:
        page = client_of(staff).get(f"/desk/items/{item.id}/edit/").content.decode()
        return [each in page for each in SAID]

    assert said(clerk) == [False, False]
    assert said(reviewer) == [True, False]
    Appointment.objects.create(body=item.body, staff=clerk, role=Role.FIRST_REVIEWER, appointed_at=office.now)
    assert said(reviewer) == [False, True]
    assert said(clerk) == [False, False]
