"""时钟 — puts every scheduled task in the queue when it is due: once, however many clocks there are.

Each room's `jobs.scheduled` names its tasks and how often. What was due several times while nobody was there is done
once. Due and queued are written in one transaction: a clock that dies in between has done neither or both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import chain

from django.apps import apps
from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from gongkai.web.worker.models import Schedule

_KEPT = timedelta(days=30)
"""How long it can be looked up what became of a task."""
_UNFINISHED = ("READY", "RUNNING")


def scheduled() -> dict[str, timedelta]:
    """定时表 — of all rooms: the path of each task, and how often."""
    return {f"{module}.{name}": period for module, table in _tables() for name, period in table.items()}


def tick(now: datetime) -> list[str]:
    """走一下 — what was due is in the queue now; its paths."""
    table, queued = scheduled(), []
    known = dict(Schedule.objects.values_list("task", "due_at"))
    Schedule.objects.bulk_create(
        [Schedule(task=path, due_at=now) for path in table.keys() - known.keys()], ignore_conflicts=True
    )
    for path, due_at in chain(known.items(), ((path, now) for path in table.keys() - known.keys())):
        if path in table and _is_due(due_at, table[path], now) and _queue(path, due_at, now + table[path]):
            queued.append(path)
    return queued


def forget(now: datetime) -> int:
    """忘记 — tasks that came to their end long ago; how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - _KEPT).delete()[0]


def _is_due(due_at: datetime, period: timedelta, now: datetime) -> bool:
    """Also what is due later than one period from now: the clock of the machine was set back meanwhile."""
    return due_at <= now or due_at > now + period


@transaction.atomic
def _queue(path: str, due_at: datetime, next_at: datetime) -> bool:
    """Whether it was us: the one clock that changed the row. What still waits or runs is not queued twice."""
    if not Schedule.objects.filter(task=path, due_at=due_at).update(due_at=next_at):
        return False
    if DBTaskResult.objects.filter(task_path=path, status__in=_UNFINISHED).exists():
        return False
    module, _, name = path.rpartition(".")
    task: Task[[], None] = getattr(import_module(module), name)
    task.enqueue()
    return True


def _tables() -> Iterator[tuple[str, dict[str, timedelta]]]:
    for room in apps.get_app_configs():
        name = f"{room.name}.jobs"
        if room.name.startswith("gongkai.") and find_spec(name) is not None:
            table = getattr(import_module(name), "scheduled", {})
            yield name, dict(table)
