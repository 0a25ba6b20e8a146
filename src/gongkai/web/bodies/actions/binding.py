"""绑定统一身份认证 — by whoever is signed in here, with the person as whom the other side knows them at that moment.

A name or an e-mail address binds nobody: the other side may give it to another person (GB/T 22239-2019 身份鉴别).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from gongkai.law.administration import Event
from gongkai.web.bodies.actions.accounts import AccountError
from gongkai.web.bodies.models import OpenidBinding, Staff
from gongkai.web.journal.actions import record
from gongkai.web.journal.sealed_rows import key

TAKEN = "统一身份认证里的这个人已经绑定了平台上的另一个账号。请核对那边登录的是不是您本人。"
BOUND = "您的账号已经绑定了统一身份认证里的另一个人。要换，先在“本人账号”里解除绑定。"
NOT_BOUND = "您的账号没有绑定统一身份认证。"


@dataclass(frozen=True, slots=True)
class Identity:
    """那边的人 — who says so, and the number under which it knows the person."""

    issuer: str
    subject: str


def bound(identity: Identity) -> Staff | None:
    """绑定的账号 — of a person of the other side; None where there is none, or it is disabled."""
    kept = OpenidBinding.objects.select_related("staff__body").filter(
        issuer=identity.issuer, subject=identity.subject, staff__is_active=True
    )
    found = kept.first()
    return found.staff if found else None


@transaction.atomic
def bind_openid(*, staff: Staff, identity: Identity, now: datetime) -> None:
    """绑定统一身份认证 — one's own account; AccountError where either of the two is bound to another."""
    kept = OpenidBinding.objects.filter(staff=staff).first()
    if kept is not None:
        if (kept.issuer, kept.subject) == (identity.issuer, identity.subject):
            return
        raise AccountError(BOUND)
    given = {"issuer": identity.issuer, "subject": identity.subject}
    try:
        with transaction.atomic():
            made = OpenidBinding.objects.create(staff=staff, bound_at=now, **given)
    except IntegrityError:
        raise AccountError(TAKEN) from None
    _journal(staff, Event.BIND_OPENID, f"staff:{staff.id}", now, identity, rows=[made])


@transaction.atomic
def unbind_openid(*, staff: Staff, now: datetime) -> None:
    """解除绑定 — of one's own account; AccountError where there is none (GB/T 22239-2019 身份鉴别)."""
    if not void_binding(staff, f"staff:{staff.id}", now):
        raise AccountError(NOT_BOUND)


def void_binding(staff: Staff, actor: str, now: datetime) -> bool:
    """作废绑定 — written down; whether there was one. A new password does it too: it may not have been oneself."""
    kept = OpenidBinding.objects.filter(staff=staff).first()
    if kept is None:
        return False
    gone = [key(kept)]
    kept.delete()
    _journal(staff, Event.UNBIND_OPENID, actor, now, Identity(kept.issuer, kept.subject), gone=gone)
    return True


def _journal(
    staff: Staff,
    event: Event,
    actor: str,
    now: datetime,
    identity: Identity,
    *,
    rows: Collection[OpenidBinding] = (),
    gone: Collection[str] = (),
) -> None:
    record(
        chain=staff.body.slug,
        act=event,
        subject=f"bodies.staff:{staff.id}",
        actor=actor,
        now=now,
        personal={"openid": f"{identity.issuer} {identity.subject}"},
        rows=rows,
        gone=gone,
    )
