"""任命和免去岗位 — by the security administrator; the three administrators are nothing else (条例 第四条、第八条)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.law.administration import SECOND_ROLES, Duty, Event, excluded
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.actions.accounts import journal
from gongkai.web.bodies.actions.consenting import require_second
from gongkai.web.bodies.models import Appointment, Body, Staff
from gongkai.web.bodies.permissions import NOT_ACTIVE, Refused, require
from gongkai.web.bodies.queries import is_settling

OWN = "不能给自己任命或者免去岗位。请另一位安全管理员办。"
HELD = "{name}已经是{body}的{role}了。"
NOT_HELD = "{name}现在不是{body}的{role}，可能刚被免去。请刷新页面。"
EXCLUDED = "{name}是{other}，不能再做{role}：三名管理员不得兼任，也不办业务。请换一个人，或者先免去{other}。"
SEPARATE = "{name}在{body}已是{other}，不能再做{role}：审核岗位要由不同的人担任。人手不够的，可请系统管理员设为小单位。"
LAST = "{name}是{body}唯一的{role}。先任命接替的人，再免去。"


@transaction.atomic
def appoint(*, by: Staff, staff: Staff, body: Body, role: Role, now: datetime) -> Appointment:
    """任命岗位 — a person to a role in a body (条例 第四条). Refused where roles exclude one another."""
    require(by, Duty.APPOINT, body=body)
    # One appointment of a person after the other, so that two at once cannot make what each alone could not.
    kept = Staff.objects.select_for_update().get(id=staff.id)
    if kept == by:
        raise Refused(OWN)
    if not kept.is_active:
        raise Refused(NOT_ACTIVE, name=kept.name, act=Duty.APPOINT.label)
    current = list(Appointment.objects.filter(staff=kept, ended_at__isnull=True))
    here = [each.role for each in current if each.body_id == body.id]
    if role in here:
        raise Refused(HELD, name=kept.name, body=body.short_name, role=role.label)
    elsewhere = [each.role for each in current if each.body_id != body.id]
    other = excluded(role, here, elsewhere, is_small=body.is_small)
    if other is not None:
        template = EXCLUDED if {role, other} & set(ADMINISTRATORS) else SEPARATE
        raise Refused(template, name=kept.name, body=body.short_name, role=role.label, other=other.label)
    require_second(by=by, about=kept, duty=Duty.APPOINT, now=now, what=f"{role}:{body.slug}", role=role)
    made = Appointment.objects.create(staff=kept, body=body, role=role, appointed_at=now)
    journal(by, Event.APPOINT, kept, now, _facts(role, body, now), rows=[made])
    return made


@transaction.atomic
def end_appointment(*, by: Staff, appointment: Appointment, now: datetime) -> None:
    """免去岗位 — from now on; what was done in it stays (条例 第四条). Refused for the last administrator of a kind."""
    body, role = appointment.body, appointment.role
    require(by, Duty.APPOINT, body=body)
    staff = Staff.objects.select_for_update().get(id=appointment.staff_id)
    if staff == by:
        raise Refused(OWN)
    keep_the_last(staff, [appointment])
    require_second(by=by, about=staff, duty=Duty.APPOINT, now=now, what=f"end:{appointment.id}", role=role)
    if not Appointment.objects.filter(id=appointment.id, ended_at__isnull=True).update(ended_at=now):
        raise Refused(NOT_HELD, name=staff.name, body=body.short_name, role=role.label)
    journal(by, Event.END_APPOINTMENT, staff, now, _facts(role, body, now), rows=[appointment])


def _facts(role: Role, body: Body, now: datetime) -> dict[str, object]:
    """With a word where only the first setting up made one administrator enough."""
    by_one = role in SECOND_ROLES and role not in ADMINISTRATORS and is_settling(now)
    return {"role": str(role), "body": body.slug, **({"settling": True} if by_one else {})}


def keep_the_last(staff: Staff, appointments: list[Appointment]) -> None:
    """留住最后一名 — Refused where a body without anybody above it would lose its last administrator of a kind."""
    for each in appointments:
        if each.role not in ADMINISTRATORS or each.body.parent_id is not None:
            continue
        others = Appointment.objects.filter(
            body=each.body, role=each.role, ended_at__isnull=True, staff__is_active=True
        )
        if not others.exclude(staff=staff).exists():
            raise Refused(LAST, name=staff.name, body=each.body.short_name, role=each.role.label)
