"""变动怎么说 — a repeal ahead, one whose day has come, what is public again: on the page, in feeds, as data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from tests.web.holdings.county import Office


@pytest.fixture
def office() -> Office:
    """机关 — whose acts were taken three days ago."""
    made = Office()
    made.now = timezone.now() - timedelta(days=3)
    return made


def told(reader: Any, address: str) -> str:
    """读到的 — the words of an address."""
    answer = reader.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def published(office: Office) -> Any:
    """已公开的 — a normative document without a summary."""
    return office.bring(office.create(formed_on=timezone.localdate() - timedelta(days=5)), State.PUBLISHED)


def repealed(office: Office, item: Any, on: date) -> Any:
    """标注废止 — from a day on."""
    from gongkai.web.holdings import actions

    director = office.people.of(Role.DISCLOSURE_OFFICE)
    return actions.repeal(item=item, staff=director, on=on, reason="由新的代替", now=office.tick())


def changes(reader: Any) -> list[str]:
    """接口里的变动 — the codes, the latest first."""
    return [each["change"]["code"] for each in reader.get("/api/v1/public/changes").json()["changes"]]


@pytest.mark.parametrize("days", [-1, 0, 1, 90])
def test_a_repeal_is_told_as_one_to_come_until_its_day(reader: Any, office: Office, days: int) -> None:
    on = timezone.localdate() + timedelta(days=days)
    item = repealed(office, published(office), on)
    page, feed = told(reader, f"/items/{item.index_number}/"), told(reader, "/feeds/rss.xml")
    if days > 0:
        assert f"将于 {on} 废止" in page
        assert "不再适用" not in page
        assert "【将废止】" in feed
        assert f"将于 {on} 废止" in feed
        assert "【废止】" not in feed
        assert changes(reader)[0] == "to_be_repealed"
    else:
        assert f"自 {on} 起废止，不再适用" in page
        assert "将于" not in page
        assert "【废止】" in feed
        assert f"自 {on} 起废止" in feed
        assert changes(reader)[0] == "repealed"
    assert "<description></description>" not in feed.split("<item>", 1)[1]


def test_a_repeal_that_was_taken_back_before_its_day_never_comes(reader: Any, office: Office) -> None:
    from gongkai.web.holdings import actions

    item = repealed(office, published(office), timezone.localdate() - timedelta(days=1))
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    actions.unrepeal(item=item, staff=director, reason="标注错了", now=office.tick())
    assert changes(reader)[:2] == ["unrepealed", "to_be_repealed"]


def test_what_is_public_again_after_a_withdrawal_is_said_to_be(reader: Any, office: Office) -> None:
    from gongkai.web.holdings import actions

    item, clerk = published(office), office.people.of(Role.CLERK)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    renewed = office.bring(actions.amend(item=item, staff=clerk, now=office.tick()), State.PUBLISHED)
    assert changes(reader)[0] == "renewed"
    assert "重新公开" not in told(reader, f"/items/{item.index_number}/")
    wrong = WithdrawalGround.INACCURATE
    gone = actions.withdraw(item=renewed, staff=director, ground=wrong, reason="内容有误", now=office.tick())
    again = office.bring(actions.amend(item=gone, staff=clerk, now=office.tick()), State.PUBLISHED)
    assert changes(reader)[:3] == ["reopened", "withdrawn", "renewed"]
    day = timezone.localdate(office.now)
    page, feed = told(reader, f"/items/{again.index_number}/"), told(reader, "/feeds/atom.xml")
    assert f"<small>{day} 重新公开</small>" in page
    assert f"{timezone.localtime(office.now):%Y-%m-%d %H:%M} 重新公开" in page
    assert "【重新公开】" in feed
    assert f"{day} 重新公开。" in feed
