"""心跳 — which workers live, and whose half-done tasks must be taken up again.

A task of a worker that was killed is done anew: tasks are written so that doing one twice does no harm.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from gongkai.web.worker.models import Heart

STOPPED_AFTER = timedelta(seconds=60)
"""A heart that has not beaten for so long has stopped; it beats every few seconds."""


def beat(worker: str, now: datetime) -> None:
    """跳一下 — of a worker."""
    Heart.objects.update_or_create(worker=worker, defaults={"beat_at": now})


def stop(worker: str) -> None:
    """停 — of a worker that has ended, or is known to have been killed."""
    Heart.objects.filter(worker=worker).delete()


def lives(now: datetime) -> bool:
    """有后台在干活 — whether any worker lives."""
    return Heart.objects.filter(beat_at__gte=now - STOPPED_AFTER).exists()


@transaction.atomic
def take_up_again(now: datetime) -> int:
    """接着干 — what workers that live no more left half done goes back into the queue; how many tasks.

    A beat of the future is from before the clock was set back: who lives beats again in a few seconds.
    """
    Heart.objects.filter(beat_at__gt=now + STOPPED_AFTER).update(beat_at=now)
    Heart.objects.filter(beat_at__lt=now - STOPPED_AFTER).delete()
    living, taken = set(Heart.objects.values_list("worker", flat=True)), 0
    for left in DBTaskResult.objects.running():
        if not living.intersection(left.worker_ids[-1:]):
            again = DBTaskResult.objects.filter(pk=left.pk, status="RUNNING", started_at=left.started_at)
            taken += again.update(status="READY", started_at=None)
    return taken
