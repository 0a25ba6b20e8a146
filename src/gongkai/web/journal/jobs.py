"""后台工作 — the anchors of every day and of every hour (条例 第四十五条)."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.journal.actions import anchor
from gongkai.web.journal.log import anchor_chains, sign_head, write_heads
from gongkai.web.journal.stock import take_stock


@task()
def anchor_day() -> None:
    """立日锚 — over the heads of all chains, for the day that is ending or has just ended."""
    anchor(day=timezone.localdate())


@task()
def anchor_hour() -> None:
    """立时锚 — where the chains stand now goes into the public log (条例 第四十五条)."""
    anchor_chains(now=timezone.now())


@task()
def seal_rows() -> None:
    """盘存 — of what was there before rows were sealed; nothing afterwards (条例 第四十五条)."""
    take_stock(now=timezone.now())


@task()
def sign_heads() -> None:
    """签树头 — every ten minutes, where the log has grown; written beside the data (条例 第二十三条)."""
    sign_head(now=timezone.now())
    write_heads()


scheduled = {
    "anchor_day": timedelta(hours=1),
    "anchor_hour": timedelta(hours=1),
    "seal_rows": timedelta(hours=1),
    "sign_heads": timedelta(minutes=10),
}
"""定时 — asked every hour, so that a platform that sleeps at night has its anchors too; that of a day is made once."""
