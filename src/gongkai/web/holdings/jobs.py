"""后台工作 — publishes at the time set, mails, looks again at what is public (条例 第十五条、第二十六条)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.holdings import actions, logged


@task()
def publish_what_is_due() -> None:
    """定时公开 — every minute (条例 第二十六条)."""
    actions.publish_due(now=timezone.now())


@task(queue_name="files")
def look_into_waiting_files() -> None:
    """补看附件 — every minute: what came while others were looked into, a few seconds each (条例 第十七条)."""
    actions.look_into_files(now=timezone.now(), is_quick=True)


@task(queue_name="long")
def look_into_long_files() -> None:
    """补看慢的附件 — every minute: scans and the like (条例 第十七条)."""
    actions.look_into_files(now=timezone.now(), is_quick=False)


@task()
def mail_what_was_told() -> None:
    """寄出提醒 — every ten minutes (条例 第四十七条)."""
    actions.mail_notices(now=timezone.now())


@task()
def begin_the_day() -> None:
    """每日提要 — from eight on: what is due, by mail; what expires or is to be assessed (条例 第十八条)."""
    actions.begin_the_day(now=timezone.now())


@task(queue_name="slow")
def look_at_what_is_public() -> None:
    """再查已公开的 — with the rules of today, a few hundred at a time (条例 第十五条)."""
    after: int | None = 0
    while after is not None:
        after = actions.look_at_public(now=timezone.now(), after=after)


@task()
def tell_what_waits() -> None:
    """暂缓公开到期 — every hour (条例 第十七条)."""
    actions.tell_what_waits(now=timezone.now())


@task(queue_name="slow")
def read_public_files_again() -> None:
    """再读公开的附件 — every day: whether they still are what was made public (条例 第六条)."""
    actions.tell_damaged(now=timezone.now())


@task()
def log_what_is_public() -> None:
    """补存证 — every minute, a few seconds each: what went out before there was a public log (条例 第二十三条)."""
    logged.catch_up(now=timezone.now())


scheduled = {
    "publish_what_is_due": timedelta(minutes=1),
    "look_into_waiting_files": timedelta(minutes=1),
    "look_into_long_files": timedelta(minutes=1),
    "mail_what_was_told": timedelta(minutes=10),
    "begin_the_day": timedelta(hours=1),
    "tell_what_waits": timedelta(hours=1),
    "look_at_what_is_public": timedelta(days=7),
    "read_public_files_again": timedelta(days=1),
    "log_what_is_public": timedelta(minutes=1),
}
"""定时 — the task of this module, and how often."""
