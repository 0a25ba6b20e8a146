"""查阅 — bodies, people and what they hold; what a body lacks (条例 第四条)."""

from __future__ import annotations

from django.conf import settings

from gongkai.law.procedure import ADMINISTRATORS, Role
from gongkai.web.bodies.models import Appointment, SecondFactor, Staff


def has_second_factor(staff: Staff) -> bool:
    """有动态口令 — whether a person signs in with a one-time code (GB/T 22239-2019 双因素)."""
    return SecondFactor.objects.filter(staff=staff, confirmed_at__isnull=False).exists()


def needs_second_factor(staff: Staff) -> bool:
    """还缺动态口令 — whether a person has none though the platform's setting asks for it (GB/T 22239-2019 双因素)."""
    if settings.SECOND_FACTOR not in ("administrators", "all"):
        return False
    asked = settings.SECOND_FACTOR == "all" or is_administrator(staff)
    return asked and not has_second_factor(staff)


def is_administrator(staff: Staff) -> bool:
    """是管理员 — whether a person is one of the three administrators of any body (条例 第八条)."""
    return Appointment.objects.filter(staff=staff, ended_at__isnull=True, role__in=ADMINISTRATORS).exists()


def current_appointments(staff: Staff) -> list[Appointment]:
    """现任岗位 — of a person, in the order of bodies and roles (条例 第四条)."""
    held = Appointment.objects.filter(staff=staff, ended_at__isnull=True).select_related("body")
    return sorted(held, key=lambda each: (each.body.order, each.body_id, list(Role).index(each.role)))
