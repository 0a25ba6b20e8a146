"""定时公开 — said to be the platform's, with the time; moved, cancelled, and read in full before (条例 第二十六条)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from tests.web.cast import client_of
from tests.web.holdings.county import Office
from tests.web.holdings.test_masking import attached

pytestmark = pytest.mark.usefixtures("ground")


@pytest.fixture
def office(ground: None) -> Office:
    del ground
    made = Office()
    made.now = timezone.now() - timedelta(days=1)
    return made


def clock(at: datetime) -> str:
    """几点 — as the pages write a time."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def set_for(office: Office, item: Any, at: datetime) -> Any:
    from gongkai.web.holdings import actions

    director = office.people.of(Role.DISCLOSURE_OFFICE)
    return actions.schedule(item=item, staff=director, publish_at=at, now=office.tick())


def test_what_the_clock_published_is_said_to_be_the_platforms_and_who_set_it_when(office: Office) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Notice
    from gongkai.web.holdings.notices import PUBLISHED

    first, at = office.now + timedelta(hours=5), office.now + timedelta(hours=3)
    item = set_for(office, office.bring(office.create(), State.CLEARED), first)
    item = set_for(office, item, at)
    was_set = office.now
    assert actions.publish_due(now=at) == [item]
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    client = client_of(director)
    page = client.get(f"/desk/items/{item.id}/").content.decode()
    assert f"{director.name}在 {clock(was_set)} 定的：{clock(at)} 公开" in page
    assert "<b>到时公开</b>　平台" in page
    assert f"<b>公开</b>　{director.name}" not in page
    assert f"定在 {clock(first)} 公开" in page, "each time that was set"
    assert f"定在 {clock(at)} 公开" in page
    recent = client.get("/desk/").content.decode()
    assert "平台，到时公开" in recent
    assert Notice.objects.filter(to=director, item=item, template=PUBLISHED).exists(), "nobody was there to see it"


def test_what_a_person_published_is_that_persons(office: Office) -> None:
    item = office.bring(office.create(), State.PUBLISHED)
    published = item.reviews.get(act=Act.PUBLISH)
    assert (published.actor, published.done) == (office.people.of(Role.DISCLOSURE_OFFICE).name, "公开")


def test_a_time_is_shown_where_it_was_set_and_is_cancelled_alone(office: Office) -> None:
    from gongkai.web.holdings import actions

    at = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    item = set_for(office, office.bring(office.create(), State.CLEARED), at)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    client, address = client_of(director), f"/desk/items/{item.id}/"
    assert f'value="{timezone.localtime(at):%Y-%m-%dT%H:%M}"' in client.get(f"{address}step/schedule/").content.decode()
    assert f"已定在 {clock(at)} 公开" in client.get("/desk/?tab=office").content.decode()
    assert f"{address}step/unschedule/" in client.get(address).content.decode()
    answer = client.post(f"{address}step/unschedule/", {"edition": item.edition}, follow=True).content.decode()
    assert "已取消定时" in answer
    assert f"原定 {clock(at)} 公开" in answer
    item.refresh_from_db()
    assert (item.state, item.publish_at) == (State.CLEARED, None)
    assert "step/unschedule/" not in client.get(address).content.decode()
    assert actions.publish_due(now=at + timedelta(days=1)) == []
    again = client.post(f"{address}step/unschedule/", {"edition": item.edition}, follow=True).content.decode()
    assert "没有定公开的时间" in again
    assert office.take(item, Act.PUBLISH).state is State.PUBLISHED, "whoever took it back may publish it"


@pytest.mark.parametrize("way", ["publish", "schedule"])
def test_who_lets_it_go_out_reads_the_whole_of_it(office: Office, way: str) -> None:
    text = "<p>第一段</p><table><tr><td>甲</td><td>5</td></tr></table><p>最后一段</p>"
    item = office.create(body_html=text, summary="概述的话")
    item = attached(office, item, b"a,b\n1,2\n", "list.csv")
    item = office.bring(item, State.CLEARED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    page = client.get(f"/desk/items/{item.id}/step/{way}/").content.decode()
    for told in ("公众将看到的", "第一段", "<td>甲</td>", "最后一段", "概述的话"):
        assert told in page, told
    used = item.newest_version.files.get()
    assert f'href="/desk/items/{item.id}/copies/{used.id}/"' in page or f"/{used.id}/" in page


def test_a_time_past_the_legal_deadline_is_warned_of_while_it_stands(office: Office) -> None:
    item = office.bring(office.create(), State.CLEARED)
    client = client_of(office.people.of(Role.DISCLOSURE_OFFICE))
    late = datetime.combine(item.due_on + timedelta(days=30), office.now.timetz())
    item = set_for(office, item, late)
    for _ in range(2):
        page = client.get(f"/desk/items/{item.id}/").content.decode()
        assert f"过了 {item.due_on} 的公开期限" in page
    item = set_for(office, item, timezone.now() + timedelta(hours=5))
    late_now = timezone.localdate(item.publish_at) > item.due_on
    assert (
        "的公开期限（条例第二十六条）。没有特别" in client.get(f"/desk/items/{item.id}/").content.decode()
    ) is late_now
