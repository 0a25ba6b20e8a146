"""提醒 — told in the site, mailed once; what is public is looked at again (条例 第四十七条)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from tests.web.holdings.county import Office, draft

pytestmark = pytest.mark.usefixtures("ground")


def test_who_is_next_is_told_once_and_only_the_index_number_goes_by_mail(post: list[object]) -> None:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.holdings import actions

    office = Office()
    Staff.objects.update(email="person@example.cn")
    item = office.bring(office.create(title="张某的困难补助"), State.FIRST_REVIEW)
    assert actions.mail_notices(now=office.tick()) == 1
    assert actions.mail_notices(now=office.tick()) == 0
    (letter,) = post
    text = f"{letter.subject}\n{letter.body}"  # type: ignore[attr-defined]
    assert item.index_number in text
    assert "张某" not in text
    assert office.people.of(Role.CLERK).name not in text


def test_what_has_moved_on_is_told_to_nobody_any_more(post: list[object]) -> None:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Notice

    office = Office()
    Staff.objects.update(email="person@example.cn")
    office.bring(office.create(), State.SECOND_REVIEW)
    waiting = Notice.objects.filter(read_at=None)
    assert [each.to for each in waiting] == [office.people.of(Role.SECOND_REVIEWER)]
    assert actions.mail_notices(now=office.tick()) == 1


def test_a_closed_post_office_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.actions import telling

    def closed(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(telling, "send_mail", closed)
    office = Office()
    Staff.objects.update(email="person@example.cn")
    office.bring(office.create(), State.FIRST_REVIEW)
    assert actions.mail_notices(now=office.tick()) == 1


def test_the_digest_goes_to_those_for_whom_something_is_due_and_not_on_days_off(post: list[object]) -> None:
    from gongkai.web.bodies.models import Staff
    from gongkai.web.holdings import actions

    office = Office()
    Staff.objects.update(email="person@example.cn")
    item = office.bring(office.create(), State.SECOND_REVIEW)
    assert actions.mail_digests(today=date(2026, 12, 13)) == 0
    assert actions.mail_digests(today=item.due_on) == 1
    assert "1 件今天到期" in post[0].subject  # type: ignore[attr-defined]


def test_what_is_public_is_told_of_when_a_new_rule_blocks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions, guarding
    from gongkai.web.holdings.models import Notice

    office = Office()
    item = office.bring(office.create(), State.PUBLISHED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    Notice.objects.all().delete()
    assert actions.look_at_public(now=office.tick()) is None
    assert not Notice.objects.exists()
    hit = {"id": "x", "field": "title", "kind": "identity", "severity": "block", "start": 0, "end": 1, "mask": None}
    monkeypatch.setattr(guarding, "look", lambda *_: [{**hit, "template": "", "values": {}, "provision": ""}])
    actions.look_at_public(now=office.tick())
    actions.look_at_public(now=office.tick())
    assert [(each.to, each.item) for each in Notice.objects.all()] == [(director, item)]


def test_what_expires_and_what_is_closed_come_back_to_the_desk() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    office.bring(office.create(expires_on=date(2027, 11, 20)), State.PUBLISHED)
    assert actions.tell_expiring(today=date(2027, 10, 21), now=office.tick()) == 1
    assert actions.tell_expiring(today=date(2027, 10, 22), now=office.tick()) == 0
    closed = office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    closed = office.bring(closed, State.HELD)
    assert actions.tell_to_assess(today=closed.updated_at.date() + timedelta(days=365), now=office.tick()) == 1
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    actions.reassess(item=closed, staff=director, opinion="仍是", next_on=date(2027, 3, 1), now=office.tick())
    assert actions.tell_to_assess(today=date(2027, 3, 1), now=office.tick()) == 1


def test_what_was_scheduled_and_is_blocked_meanwhile_stays_inside_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions, guarding
    from gongkai.web.holdings.models import Notice

    office = Office()
    item = office.bring(office.create(), State.CLEARED)
    director, at = office.people.of(Role.DISCLOSURE_OFFICE), office.now + timedelta(hours=1)
    actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())
    hit = {"id": "x", "field": "title", "kind": "identity", "severity": "block", "start": 0, "end": 1, "mask": None}
    monkeypatch.setattr(guarding, "look", lambda *_: [{**hit, "template": "", "values": {}, "provision": ""}])
    assert actions.publish_due(now=at) == []
    item.refresh_from_db()
    assert (item.state, item.publish_at) == (State.CLEARED, None)
    assert Notice.objects.filter(to=director, item=item).exists()
    assert Act.PUBLISH not in item.reviews.values_list("act", flat=True)
    assert draft().title == item.newest_version.title
