"""查阅令牌 — by the secret that a caller shows; for the administrator who keeps them (条例 第八条)."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from gongkai.law.administration import Duty
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.api.models import Token
from gongkai.web.bodies.models import Appointment, Body, Staff
from gongkai.web.bodies.permissions import may, roles_in


def digest_of(secret: str) -> str:
    """摘要 — by which a secret is known here; it is random enough that no salt and no slow hash is needed."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def token_of(secret: str, now: datetime) -> Token | None:
    """令牌 — of a secret; None for one that is unknown, past its day, revoked, or whose person or body is gone."""
    found = Token.objects.select_related("body", "staff").filter(digest=digest_of(secret)).first()
    if found is None or found.revoked_at is not None or found.expires_at <= now:
        return None
    return found if found.staff.is_active and found.body.is_active else None


def bodies_kept(staff: Staff) -> list[Body]:
    """管得到的主体 — bodies whose tokens a person keeps (条例 第八条)."""
    return [body for body in Body.objects.filter(is_active=True) if may(staff, Duty.KEEP_TOKENS, body=body)]


def tokens_waiting(staff: Staff) -> int | None:
    """接口令牌一栏 — for whoever keeps tokens; it has no count of its own (条例 第八条)."""
    return 0 if Role.SECURITY_ADMIN in frozenset[Role]().union(*roles_in(staff).values()) else None


def tokens_kept(staff: Staff) -> QuerySet[Token]:
    """管得到的令牌 — those in use first, the newest first (条例 第八条)."""
    kept = Token.objects.filter(body__in=bodies_kept(staff)).select_related("body", "staff", "made_by")
    return kept.order_by("revoked_at", "-id")


def clerks(body: Body) -> QuerySet[Staff]:
    """可代表的人 — in whose name a system of a body may act: its clerks (条例 第四条)."""
    held = Appointment.objects.filter(body=body, role=Role.CLERK, ended_at__isnull=True)
    administering = Appointment.objects.filter(role__in=ADMINISTRATORS, ended_at__isnull=True)
    people = Staff.objects.filter(is_active=True, pk__in=held.values("staff"))
    return people.exclude(pk__in=administering.values("staff")).order_by("name", "id")
