"""登录 — a name and a password, a lock after too many failures, sign-out (GB/T 22239-2019 身份鉴别).

A try is counted before it is looked at and in a transaction of its own: guesses that come at the same moment stand in
line, and what is refused stays counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from gongkai.law.administration import Event
from gongkai.web.bodies.models import SignIn, Staff, Tries
from gongkai.web.bodies.names import folded, tries_key
from gongkai.web.journal.actions import PLATFORM, record

WRONG = "登录名或者密码不对。再错 {left} 次，这个登录名会锁定 {minutes} 分钟。"
LAST_WRONG = "登录名或者密码不对。这个登录名已锁定 {minutes} 分钟；急用请找安全管理员解除。"
LOCKED = "这个登录名连错 {limit} 次，已锁定，{minutes} 分钟以后再试；急用请找安全管理员解除。"
NO_LONGER = "这次登录放得太久，请从头再来一次。"


class SignInError(Exception):
    """登录没有成功 — why, in words that do not tell whether anybody has the name: `template.format(**values)`."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def check_name_and_password(*, name: str, password: str, address: str | None, now: datetime) -> Staff:
    """核对登录名和密码 — the person whose they are. SignInError otherwise, for an unknown name as for a known one."""
    staff = Staff.objects.select_related("body").filter(username=folded(name), is_active=True).first()
    left = count_try(name=name, staff=staff, address=address, now=now)
    if staff is None:
        make_password(password)  # takes as long as checking one
    elif check_password(password, staff.password):
        return staff
    _failed(staff, left, address, now)
    raise _refusal(left)


def count_try(*, name: str, staff: Staff | None, address: str | None, now: datetime) -> int:
    """计一次 — how many more failures the name has. SignInError while it is locked."""
    limit, pause = settings.SIGN_IN_FAILURES, timedelta(minutes=settings.SIGN_IN_LOCK_MINUTES)
    with transaction.atomic():
        tries, _ = Tries.objects.select_for_update().get_or_create(key=tries_key(name), defaults={"last_at": now})
        locked_until = tries.locked_until if tries.locked_until and tries.locked_until > now else None
        if locked_until is None:
            past = 0 if tries.locked_until or now - tries.last_at > pause else tries.failures
            tries.failures, tries.last_at = past + 1, now
            tries.locked_until = now + pause if tries.failures >= limit else None
            tries.save()
        else:
            SignIn.objects.create(staff=staff, at=now, address=address, outcome=Event.LOCK)
    if locked_until is not None:
        raise SignInError(LOCKED, limit=limit, minutes=-(-int((locked_until - now).total_seconds()) // 60))
    return int(max(0, limit - tries.failures))


def fail_code(*, staff: Staff, left: int, address: str | None, now: datetime) -> None:
    """动态口令不对 — a failure like a wrong password."""
    _failed(staff, left, address, now)


@transaction.atomic
def signed_in(*, staff: Staff, address: str | None, now: datetime, facts: dict[str, object] | None = None) -> None:
    """登录成功 — failures are forgotten, the sign-in is written down (GB/T 22239-2019 安全审计)."""
    Tries.objects.filter(key=tries_key(staff.username)).delete()
    _note(staff, Event.SIGN_IN, address, now, facts)


@transaction.atomic
def sign_out(*, staff: Staff, now: datetime, idle: bool = False) -> None:
    """退出 — by oneself, or by the clock after a time of rest (GB/T 22239-2019 身份鉴别)."""
    facts = {"idle": True} if idle else {}
    actor = f"staff:{staff.id}"
    record(
        chain=staff.body.slug, act=Event.SIGN_OUT, subject=f"bodies.staff:{staff.id}", actor=actor, now=now, facts=facts
    )


@transaction.atomic
def _failed(staff: Staff | None, left: int, address: str | None, now: datetime) -> None:
    _note(staff, Event.SIGN_IN_FAILED, address, now)
    if not left:
        _note(staff, Event.LOCK, address, now)


def _note(
    staff: Staff | None, event: Event, address: str | None, now: datetime, facts: dict[str, object] | None = None
) -> None:
    SignIn.objects.create(staff=staff, at=now, address=address, outcome=event)
    record(
        chain=staff.body.slug if staff else PLATFORM,
        act=event,
        subject=f"bodies.staff:{staff.id}" if staff else "bodies.staff:unknown",
        actor=f"staff:{staff.id}" if staff else "anonymous",
        now=now,
        facts=facts,
        personal={"address": address} if address else None,
    )


def _refusal(left: int) -> SignInError:
    minutes = settings.SIGN_IN_LOCK_MINUTES
    return SignInError(WRONG, left=left, minutes=minutes) if left else SignInError(LAST_WRONG, minutes=minutes)
