"""后台工作 — the anchor of every day (条例 第四十五条)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.journal.actions import anchor


@task()
def anchor_day() -> None:
    """立日锚 — over the heads of all chains, for the day that is ending or has just ended."""
    anchor(day=timezone.localdate())


scheduled = {"anchor_day": timedelta(hours=1)}
"""定时 — asked every hour, so that a platform that sleeps at night has its anchor too; made once a day."""
