"""后台工作 — what was kept long enough goes: sign-ins, tries, sessions, typing; heads leave, the journal is
verified (GB/T 22239-2019 安全审计)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import task

from gongkai.web.bodies import unsent
from gongkai.web.bodies.actions import mailing_heads, telling, trying
from gongkai.web.bodies.models import Body, SignIn
from gongkai.web.journal.actions import PLATFORM
from gongkai.web.journal.verifying import verify_and_keep


@task()
def sweep_sign_ins() -> None:
    """清理登录记录 — those past their time; the journal keeps that they were, without the address (网络安全法)."""
    now = timezone.now()
    SignIn.objects.filter(at__lt=now - timedelta(days=settings.SIGN_IN_DAYS_KEPT)).delete()
    SessionStore.clear_expired()
    unsent.sweep(now)


@task()
def tell_failures() -> None:
    """登录失败 — into the journal, how many there were; counts that have sunk go (GB/T 22239-2019 登录失败处理)."""
    now = timezone.now()
    telling.tell_failures(now)
    trying.sweep(now)


@task()
def mail_heads() -> None:
    """寄出树头 — every day from eight on; what failed is tried again every hour (条例 第四十五条)."""
    mailing_heads.mail_heads(now=timezone.now())


@task(queue_name="slow")
def verify_journal() -> None:
    """核验 — every day, all of it, so that the auditor finds a result (条例 第四十五条)."""
    chains = [*Body.objects.values_list("slug", flat=True), PLATFORM]
    verify_and_keep(chains=chains, by="platform", is_whole=True)


scheduled = {"sweep_sign_ins": timedelta(days=1), "tell_failures": timedelta(minutes=1),
    "mail_heads": timedelta(hours=1), "verify_journal": timedelta(days=1)}  # fmt: skip
"""定时 — the tasks of this module, and how often."""
