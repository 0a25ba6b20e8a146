"""后台工作 — item by item, at its hour or as soon after as may be, each thing told once (条例 第四十七条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.scope import Ground, Openness
from tests.web.holdings.county import RECORD, Office
from tests.web.holdings.test_masking import attached

if TYPE_CHECKING:
    from gongkai.web.holdings.models import Item

pytestmark = pytest.mark.usefixtures("ground")
HOUR = timedelta(hours=1)


def scheduled(office: Office, title: str = "甲", content: bytes = b"") -> Item:
    """定了时间的一件 — an hour from now."""
    from gongkai.web.holdings import actions

    made = office.create(title=f"关于{title}的通知")
    cleared = office.bring(attached(office, made, content, "a.csv") if content else made, State.CLEARED)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    actions.schedule(item=cleared, staff=director, publish_at=office.now + HOUR, now=office.tick())
    cleared.refresh_from_db()
    return cleared


def told(item: Item) -> list[str]:
    """告知了什么 — about an item to its office, once for each notice."""
    from gongkai.web.holdings.models import Notice

    to_office = Notice.objects.filter(item=item, to__appointments__role=Role.DISCLOSURE_OFFICE)
    return list(to_office.exclude(template__startswith="到了“").values_list("template", flat=True).order_by("id"))


def test_one_file_without_its_scan_stops_nobody_else_and_is_told_once() -> None:
    from gongkai.web.files.models import File, ScanState
    from gongkai.web.holdings import actions, notices

    office = Office()
    bad, good = scheduled(office, "甲", b"a,b\n1,2\n"), scheduled(office, "乙")
    File.objects.update(scan_state=ScanState.FAILED)
    at = office.now + HOUR
    assert [each.id for each in actions.publish_due(now=at)] == [good.id]
    assert actions.publish_due(now=at + HOUR) == []
    assert told(bad) == [notices.NOT_READ]
    File.objects.update(scan_state=ScanState.CLEAN)
    bad.refresh_from_db()
    assert (bad.state, bad.publish_at) == (State.CLEARED, None)
    # The same person, who may be the only one of the office, goes on with it.
    office.now = at + HOUR
    assert office.take(bad, Act.PUBLISH).state is State.PUBLISHED


def test_what_somebody_else_publishes_meanwhile_is_published_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.actions import publishing
    from gongkai.web.holdings.notices import PUBLISHED

    office = Office()
    items = [scheduled(office, title) for title in "甲乙"]
    real, at, inner = publishing._locked, office.now + HOUR, []

    def late(item: Item) -> Item | None:
        if not inner:
            inner.append(item)
            assert len(actions.publish_due(now=at)) == 2
        return real(item)

    monkeypatch.setattr(publishing, "_locked", late)
    assert actions.publish_due(now=at) == []
    assert [each.reviews.filter(act=Act.PUBLISH).count() for each in items] == [1, 1]
    assert [told(each) for each in items] == [[PUBLISHED], [PUBLISHED]], "whoever set the time is told that it came"


def test_a_fault_of_the_platform_in_one_stops_no_other_and_is_told_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.actions import publishing

    office = Office()
    bad, good = scheduled(office, "甲"), scheduled(office, "乙")
    real, at = publishing.require_intact, office.now + HOUR

    def broken(version: Any) -> None:
        if version.item_id == bad.id:
            raise RuntimeError
        real(version)

    monkeypatch.setattr(publishing, "require_intact", broken)
    assert [each.id for each in actions.publish_due(now=at)] == [good.id]
    for minute in range(5):
        assert actions.publish_due(now=at + timedelta(minutes=minute)) == []
    assert told(bad) == [notices.FAILED]
    actions.publish_due(now=at + timedelta(days=1))
    assert told(bad) == [notices.FAILED, notices.FAILED]
    monkeypatch.setattr(publishing, "require_intact", real)
    assert [each.id for each in actions.publish_due(now=at + timedelta(days=1))] == [bad.id]


def _end_post(office: Office) -> None:
    from gongkai.web.bodies.models import Appointment

    Appointment.objects.filter(staff=office.people.of(Role.DISCLOSURE_OFFICE)).update(ended_at=office.now)


def _close_account(office: Office) -> None:
    from gongkai.web.bodies.models import Staff

    Staff.objects.filter(id=office.people.of(Role.DISCLOSURE_OFFICE).id).update(is_active=False)


@pytest.mark.parametrize("leave", [_end_post, _close_account])
def test_who_scheduled_and_has_left_the_post_publishes_nothing(leave: Any) -> None:
    from gongkai.web.bodies.models import Appointment
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Notice

    office = Office()
    item, other = scheduled(office), office.people.idle()
    leave(office)
    Appointment.objects.create(
        staff=other, body=office.people.department, role=Role.DISCLOSURE_OFFICE, appointed_at=office.now
    )
    at = office.now + HOUR
    assert actions.publish_due(now=at) == []
    item.refresh_from_db()
    assert (item.state, item.publish_at, item.public_version) == (State.CLEARED, None, None)
    assert [each.template for each in Notice.objects.filter(item=item, to=other)] == [notices.NOT_IN_POST]
    assert actions.publish(item=item, staff=other, now=at).state is State.PUBLISHED


def test_where_nobody_is_in_the_office_the_final_reviewer_is_told() -> None:
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Notice

    office = Office()
    item = scheduled(office)
    _end_post(office)
    actions.publish_due(now=office.now + HOUR)
    mine = Notice.objects.filter(item=item, to=office.people.of(Role.FINAL_REVIEWER), read_at=None)
    assert [each.template for each in mine] == [notices.NOT_IN_POST]


def test_a_draft_that_no_longer_fits_is_told_with_how_much_is_to_do() -> None:
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.models import Column

    office = Office()
    item = scheduled(office)
    Column.objects.filter(slug="policies").update(is_active=False)
    assert actions.publish_due(now=office.now + HOUR) == []
    assert told(item) == [notices.NOT_COMPLETE]
    assert item.notices.get(template=notices.NOT_COMPLETE).values == {"count": "1"}


def test_one_file_that_cannot_be_looked_into_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.files.models import File
    from gongkai.web.files.queries import uninspected
    from gongkai.web.holdings import actions, notices
    from gongkai.web.holdings.actions import inspecting

    office = Office()
    bad, good = (attached(office, office.create(title=each), b"a,b\n1,2\n", "a.csv") for each in "甲乙")
    File.objects.update(rules="older")
    real, broken_file = inspecting.inspect_file, bad.newest_version.files.get().file_id

    def broken(*, file: File, **given: Any) -> Any:
        if file.pk == broken_file:
            raise OSError
        return real(file=file, **given)

    monkeypatch.setattr(inspecting, "inspect_file", broken)
    assert [actions.look_into_files(now=office.tick()) for _ in range(3)] == [1, 0, 0]
    assert [each.pk for each in uninspected()] == [broken_file]
    assert told(bad) == [notices.FAILED]
    assert told(good) == []


def test_before_eight_the_day_has_not_begun_and_later_it_is_caught_up_once(post: list[Any]) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    day = datetime.combine(item.due_on, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    counts = []
    for minutes in (7 * 60 + 59, 8 * 60, 8 * 60 + 1, 7 * 60 + 30, 11 * 60, 23 * 60):
        actions.begin_the_day(now=day + timedelta(minutes=minutes))
        counts.append(len(post))
    assert counts == [0, 1, 1, 1, 1, 1]


def test_asleep_in_the_morning_or_for_days_the_digest_of_today_comes(post: list[Any]) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    item = office.bring(office.create(), State.SECOND_REVIEW)
    day = datetime.combine(item.due_on, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    actions.begin_the_day(now=day + 11 * HOUR)
    assert len(post) == 1
    actions.begin_the_day(now=day + timedelta(days=3, hours=15))
    assert len(post) == 2


def test_one_letter_that_cannot_be_written_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.actions import telling

    office, sent = Office(), list[str]()

    def write(_subject: str, _text: str, _from: None, to: list[str]) -> None:
        if to == [office.people.of(Role.FIRST_REVIEWER).email]:
            raise ValueError
        sent.extend(to)

    monkeypatch.setattr(telling, "send_mail", write)
    office.bring(office.create(), State.FIRST_REVIEW)
    office.bring(office.create(title="乙"), State.SECOND_REVIEW)
    assert actions.mail_notices(now=office.tick()) == 2
    assert sent == [office.people.of(Role.SECOND_REVIEWER).email]
    assert actions.mail_notices(now=office.tick()) == 0


@pytest.mark.parametrize(
    ("expires_on", "today", "is_told"),
    [
        (date(2027, 11, 20), date(2027, 10, 20), False),
        (date(2027, 11, 20), date(2027, 10, 21), True),
        (date(2027, 11, 20), date(2027, 11, 20), True),
        (date(2027, 11, 20), date(2028, 2, 1), True),
        (date(2026, 11, 20), date(2027, 2, 1), True),
        (date(2026, 11, 19), date(2027, 2, 1), False),
    ],
)
def test_a_month_before_or_as_soon_after_but_not_what_had_lapsed_before_it_was_public(
    expires_on: date, today: date, *, is_told: bool
) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    office.bring(office.create(expires_on=expires_on), State.PUBLISHED)
    assert actions.tell_expiring(today=today, now=office.tick()) == is_told
    assert actions.tell_expiring(today=today, now=office.tick()) == 0


def test_the_day_set_last_counts_and_the_ones_before_it_do_not() -> None:
    from gongkai.web.holdings import actions

    office = Office()
    closed = office.bring(office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS), State.HELD)
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    for day in (date(2027, 3, 1), date(2027, 5, 1)):
        actions.reassess(item=closed, staff=director, opinion="仍是", next_on=day, now=office.tick())
    asked = [actions.tell_to_assess(today=each, now=office.tick()) for each in (date(2027, 4, 1), date(2027, 4, 30))]
    assert asked == [0, 0]
    asked = [actions.tell_to_assess(today=each, now=office.tick()) for each in (date(2027, 5, 3), date(2027, 6, 1))]
    assert asked == [1, 0]


def test_a_year_after_it_was_decided_whatever_was_written_since() -> None:
    from gongkai.web.holdings import actions
    from gongkai.web.holdings.models import Item

    office = Office()
    closed = office.bring(office.create(openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS), State.HELD)
    decided = closed.updated_at.date()
    Item.objects.update(updated_at=office.now + timedelta(days=100))
    assert actions.tell_to_assess(today=decided + timedelta(days=364), now=office.tick()) == 0
    assert actions.tell_to_assess(today=decided + timedelta(days=365), now=office.tick()) == 1
    assert actions.tell_to_assess(today=decided + timedelta(days=366), now=office.tick()) == 0


WALK = st.lists(
    st.tuples(st.sampled_from([-60, -10, 1, 59, 60, 61, 240, 1440, 3 * 1440, 12 * 1440]), st.integers(1, 2)), max_size=8
)


@given(WALK)
@example([(-60, 2), (60, 1), (60, 2)])
@example([(3 * 1440, 2), (12 * 1440, 1)])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_the_platform_sleeps_and_wakes_each_thing_is_told_exactly_once(
    post: list[Any], walk: list[tuple[int, int]]
) -> None:
    """Minutes until the next run, and how often it runs then; the clock may be set back."""
    from gongkai.web.holdings import notices
    from gongkai.web.holdings.models import Notice

    with undone():
        post.clear()
        awaited = _things()
        now, letters = datetime(2026, 11, 26, 7, 30, tzinfo=ZoneInfo("Asia/Shanghai")), Counter[tuple[str, date]]()
        for minutes, times in [*walk, (60, 1)]:
            now += timedelta(minutes=minutes)
            _run(now, times, post, letters)
            early = Notice.objects.filter(once__isnull=False).values_list("values__day", "template")
            assert all(awaited[template] <= now.date() for _, template in early)
        _run(max(now, datetime(2026, 12, 30, 9, 0, tzinfo=now.tzinfo)), 2, post, letters)
        found = Counter(Notice.objects.filter(template__in=[*awaited, notices.PUBLISHED]).values_list("template", "to"))
        assert set(found.values()) == {1}
        assert {template for template, _ in found} == {*awaited, notices.PUBLISHED}
        assert max(letters.values()) == 1


def _things() -> dict[str, date]:
    """What there is to be told, and from which day on: of an office of its own."""
    from gongkai.web.holdings import actions, notices

    office = Office()
    director = office.people.of(Role.DISCLOSURE_OFFICE)
    office.bring(office.create(title="失效", expires_on=date(2026, 12, 28)), State.PUBLISHED)
    closed = office.create(title="不公开", openness=Openness.CLOSED, ground=Ground.INTERNAL_AFFAIRS)
    held = office.bring(closed, State.HELD)
    actions.reassess(item=held, staff=director, opinion="仍是", next_on=date(2026, 12, 5), now=office.tick())
    secret = office.bring(office.create(title="暂缓"), State.SECRECY_REVIEW)
    record = RECORD | {"outcome": "postponed", "ground": "还在过程中", "again_on": "2026-12-10"}
    reviewer = office.people.of(Role.SECRECY_REVIEWER)
    actions.postpone(item=secret, staff=reviewer, record=record, now=office.tick())
    return {
        notices.EXPIRES: date(2026, 11, 28),
        notices.ASK_AGAIN: date(2026, 12, 5),
        notices.LOOK_AGAIN: date(2026, 12, 10),
    }


def _run(now: datetime, times: int, post: list[Any], letters: Counter[tuple[str, date]]) -> None:
    from gongkai.web.holdings import actions

    for _ in range(times):
        post.clear()
        actions.publish_due(now=now)
        actions.begin_the_day(now=now)
        actions.tell_what_waits(now=now)
        letters.update((letter.to[0], now.date()) for letter in post)


@contextmanager
def undone() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)
