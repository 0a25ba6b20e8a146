"""登录 — a name and a password, waits after failures (`trying`), sign-out (GB/T 22239-2019 身份鉴别).

A try is counted before it is looked at and in a transaction of its own: guesses that come at the same moment stand in
line, and what is refused stays counted. A name that nobody has is met with the same steps as one that somebody has:
what the journal has of failures it is told later (`telling`).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from gongkai.law.administration import Event
from gongkai.web.bodies.actions import trying
from gongkai.web.bodies.actions.trying import Counted, Visitor, WaitError
from gongkai.web.bodies.models import SignIn, Staff
from gongkai.web.bodies.names import folded
from gongkai.web.journal.actions import record

WRONG = "登录名或者密码不对。再错 {left} 次，就要等几分钟才能再试。"
LAST_WRONG = "登录名或者密码不对。"
NO_LONGER = "这次登录放得太久，请从头再来一次。"
MOST_ADDRESSES = 20
"""最多分几个地址记 — failures of a person, or with names that nobody has, in an hour; the others are one row."""


class SignInError(Exception):
    """登录没有成功 — why, in words that do not tell whether anybody has the name: `template.format(**values)`.

    `seconds`: how long the next try has to wait. `is_wrong`: what was given was looked at, and is not right.
    """

    def __init__(self, template: str, *, seconds: int = 0, is_wrong: bool = True, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values, self.seconds, self.is_wrong = template, values, seconds, is_wrong


def of_name(name: str) -> Staff | None:
    """这个登录名的人 — who may sign in with a name, however it is typed; None where nobody may."""
    return Staff.objects.select_related("body").filter(username=folded(name), is_active=True).first()


def check_password_of(staff: Staff | None, *, name: str, password: str, visitor: Visitor, now: datetime) -> Staff:
    """核对密码 — the person, where it is right. SignInError otherwise, for an unknown name as for a known one.

    `staff`: None where nobody has the name.
    """
    counted = count_try(name=name, staff=staff, visitor=visitor, now=now)
    if staff is None:
        make_password(password)  # takes as long as checking one
    elif check_password(password, staff.password):
        trying.forgive(counted)
        return staff
    raise failed(staff=staff, counted=counted, visitor=visitor, now=now)


def count_try(*, name: str, staff: Staff | None, visitor: Visitor, now: datetime) -> Counted:
    """计一次 — a try with a name, before it is looked at. SignInError while it has to wait."""
    try:
        return trying.count(trying.gates(name, visitor), now)
    except WaitError as wait:
        _tally(staff, Event.LOCK, visitor.address, now)
        raise _waiting(wait.rule, wait.left, is_wrong=False) from None


def failed(*, staff: Staff | None, counted: Counted, visitor: Visitor, now: datetime) -> SignInError:
    """没有对 — a wrong password or code is written down; what is said of it."""
    _tally(staff, Event.SIGN_IN_FAILED, visitor.address, now)
    return _waiting(counted.rule, counted.wait) if counted.wait else SignInError(WRONG, left=counted.left)


def _waiting(rule: trying.Rule, left: timedelta, *, is_wrong: bool = True) -> SignInError:
    """In whole minutes, never too few."""
    values = {"limit": rule.free, "minutes": ceil(left / timedelta(minutes=1))}
    return SignInError(rule.template, seconds=ceil(left.total_seconds()), is_wrong=is_wrong, **values)


@transaction.atomic
def signed_in(*, staff: Staff, visitor: Visitor, now: datetime, facts: dict[str, object] | None = None) -> None:
    """登录成功 — failures here are forgotten, the sign-in is written down (GB/T 22239-2019 安全审计)."""
    trying.forget(staff.username, visitor)
    SignIn.objects.create(staff=staff, at=now, address=visitor.address, outcome=Event.SIGN_IN)
    record(
        chain=staff.body.slug,
        act=Event.SIGN_IN,
        subject=f"bodies.staff:{staff.id}",
        actor=f"staff:{staff.id}",
        now=now,
        facts=facts,
        personal={"address": visitor.address} if visitor.address else None,
    )


@transaction.atomic
def sign_out(*, staff: Staff, now: datetime, facts: dict[str, object] | None = None) -> None:
    """退出 — by oneself, or by the clock after a time of rest or of work (GB/T 22239-2019 身份鉴别)."""
    actor = f"staff:{staff.id}"
    record(
        chain=staff.body.slug, act=Event.SIGN_OUT, subject=f"bodies.staff:{staff.id}", actor=actor, now=now, facts=facts
    )


@transaction.atomic
def _tally(staff: Staff | None, event: Event, address: str | None, now: datetime) -> None:
    """One row an hour and address, and of addresses no more than are worth looking at."""
    hour = SignIn.objects.filter(staff=staff, outcome=event, at__gte=hour_of(now))
    kept = hour.filter(address=address).first()
    if kept is None and hour.count() >= MOST_ADDRESSES:
        address, kept = None, hour.filter(address=None).first()
    if kept is None:
        SignIn.objects.create(staff=staff, at=now, address=address, outcome=event, told=0)
    else:
        SignIn.objects.filter(id=kept.id).update(count=F("count") + 1)


def hour_of(now: datetime) -> datetime:
    """这一小时 — its beginning."""
    return now.replace(minute=0, second=0, microsecond=0)
