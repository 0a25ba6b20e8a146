"""后台工作 — old answers are forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.api.actions import forget_answers


@task()
def forget_old_answers() -> None:
    """忘记答复 — every day."""
    forget_answers(now=timezone.now())


scheduled = {"forget_old_answers": timedelta(days=1)}
"""定时 — the task of this module, and how often."""
