"""时钟倒了 — what would be written down as older than the entry before it is not done (条例 第四十五条)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

pytestmark = pytest.mark.usefixtures("ground")
LAST = datetime(2031, 5, 6, 1, 0, tzinfo=UTC)


def noted(at: datetime, chain: str = "county") -> None:
    from gongkai.web.journal.actions import record

    record(chain=chain, act="edit", subject="x:1", actor="p:1", now=at)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> list[timedelta]:
    """The clock on the wall, as an offset of the last entry, which is there."""
    shown = [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: LAST + shown[0])
    noted(LAST)
    return shown


@pytest.mark.parametrize(
    ("act", "clock", "is_done"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(minutes=-5), timedelta(minutes=-5), True),
        (timedelta(minutes=-5, microseconds=-1), timedelta(minutes=-5, microseconds=-1), False),
        (timedelta(hours=-1), timedelta(0), True),  # it waited for its turn, or looked into a long file
        (timedelta(0), timedelta(hours=-1), True),
        (timedelta(days=-400), timedelta(days=-400), False),
    ],
)
def test_an_act_older_than_the_last_entry_is_refused_where_the_clock_was_set_back(
    wall: list[timedelta], act: timedelta, clock: timedelta, is_done: bool
) -> None:
    from gongkai.web.journal.actions import ClockError
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    wall[0] = clock
    if is_done:
        noted(LAST + act)
    else:
        with pytest.raises(ClockError):
            noted(LAST + act)
        with override_settings(CLOCK_IS_RIGHT=True):
            noted(LAST + act)
    assert Entry.objects.filter(chain__code="county").count() == 2
    assert verify(["county"]) == []


def test_health_tells_of_the_clock_until_it_has_passed_the_last_entry(wall: list[timedelta]) -> None:
    from gongkai.web.journal.queries import fault

    told = {minutes: (wall.__setitem__(0, timedelta(minutes=minutes)), fault())[1] for minutes in (-6, -5, 0, 9)}
    assert told == {-6: "clock", -5: "", 0: "", 9: ""}
    wall[0] = timedelta(minutes=-6)
    with override_settings(CLOCK_IS_RIGHT=True):
        assert fault() == ""
