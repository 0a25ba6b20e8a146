"""时钟 — every scheduled task is queued when it is due, once, however many clocks tick and whenever one dies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
TASK = "tests.web.worker.tasks.note"


@pytest.fixture
def alone(ground: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """One task alone, every hour; how often it stands in the queue."""
    from django_tasks_db.models import DBTaskResult

    from gongkai.web.worker import clock

    monkeypatch.setattr(clock, "scheduled", lambda: {TASK: timedelta(hours=1)})
    return DBTaskResult.objects.filter(task_path=TASK)


def test_every_table_of_the_rooms_names_tasks_that_there_are(platform: object) -> None:
    from importlib import import_module

    from django_tasks.base import Task

    from gongkai.web.worker.clock import scheduled

    table = scheduled()
    assert "gongkai.web.files.jobs.sweep_files" in table
    for path, period in table.items():
        module, _, name = path.rpartition(".")
        assert isinstance(getattr(import_module(module), name), Task), path
        assert period >= timedelta(seconds=30)


@given(st.lists(st.integers(0, 5 * 3600), min_size=1, max_size=30))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_queued_once_an_hour_at_most_and_never_forgotten(alone: Any, ticks: list[int]) -> None:
    from gongkai.web.worker.clock import tick
    from gongkai.web.worker.models import Schedule

    alone.delete()
    Schedule.objects.all().delete()
    queued, last = 0, None
    for second in sorted(ticks):
        now = NOW + timedelta(seconds=second)
        done = tick(now)
        assert bool(done) == (last is None or now - last >= timedelta(hours=1))
        if done:
            last, queued = now, queued + 1
            assert alone.filter(status="READY").count() == 1
        alone.update(status="SUCCESSFUL")
    assert alone.count() == queued


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=4000)])
def test_a_clock_set_back_stops_nothing(alone: Any, back: timedelta) -> None:
    from gongkai.web.worker.clock import tick

    tick(NOW)
    alone.update(status="SUCCESSFUL")
    earlier = NOW - back
    times = [earlier + timedelta(minutes=minute) for minute in range(0, 122)]
    queued = 0
    for now in times:
        queued += len(tick(now))
        alone.update(status="SUCCESSFUL")
    assert 1 <= queued <= 3
    assert tick(times[-1] + timedelta(hours=1)) == [TASK]


def test_a_heart_of_the_future_is_one_of_now(alone: Any) -> None:
    from gongkai.web.worker.hearts import beat, lives, take_up_again

    beat("one", NOW + timedelta(days=400))
    take_up_again(NOW)
    assert lives(NOW + timedelta(seconds=59))
    take_up_again(NOW + timedelta(seconds=61))
    assert not lives(NOW + timedelta(seconds=61))


def test_of_two_clocks_one_queues(alone: Any) -> None:
    from gongkai.web.worker.clock import _queue, tick

    tick(NOW)
    alone.update(status="SUCCESSFUL")
    due, following = NOW + timedelta(hours=1), NOW + timedelta(hours=2)
    assert [_queue(TASK, due, following) for _ in range(3)] == [True, False, False]
    assert alone.filter(status="READY").count() == 1


def test_what_still_waits_is_not_queued_twice_and_what_ended_long_ago_is_forgotten(alone: Any) -> None:
    from gongkai.web.worker.clock import forget, tick

    assert tick(NOW) == [TASK]
    assert tick(NOW + timedelta(hours=1)) == []
    alone.update(status="SUCCESSFUL", finished_at=NOW)
    assert forget(NOW + timedelta(days=29)) == 0
    assert forget(NOW + timedelta(days=31)) == 1


def test_what_a_dead_worker_left_is_taken_up_again_and_a_living_ones_is_not(alone: Any) -> None:
    from gongkai.web.worker.clock import tick
    from gongkai.web.worker.hearts import beat, lives, stop, take_up_again

    tick(NOW)
    task = alone.get()
    beat("one", NOW)
    task.claim("one")
    assert lives(NOW)
    assert take_up_again(NOW + timedelta(seconds=59)) == 0
    beat("one", NOW + timedelta(seconds=59))
    assert take_up_again(NOW + timedelta(seconds=100)) == 0
    assert take_up_again(NOW + timedelta(seconds=120)) == 1
    assert not lives(NOW + timedelta(seconds=120))
    assert alone.get().status == "READY"
    beat("two", NOW)
    alone.get().claim("two")
    stop("two")
    assert take_up_again(NOW) == 1
    assert alone.get().worker_ids == ["one", "two"]


def test_whoever_watches_is_told_whether_it_lives(ground: None) -> None:
    from django.test import Client
    from django.utils import timezone

    from gongkai.web.worker.hearts import beat

    assert Client().get("/health/worker/").status_code == 503
    beat("one", timezone.now())
    answer = Client().get("/health/worker/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
