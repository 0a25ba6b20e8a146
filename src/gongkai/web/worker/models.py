"""定时与心跳 — when each of the scheduled tasks is due again; which workers live."""

from __future__ import annotations

from django.db import models


class Schedule(models.Model):
    """定时 — a task by its path, and when it is due next; the row decides between clocks."""

    task = models.CharField(max_length=120, unique=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.task


class Heart(models.Model):
    """心跳 — of one worker process, by its own name; a worker whose heart has stopped does nothing any more."""

    worker = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
