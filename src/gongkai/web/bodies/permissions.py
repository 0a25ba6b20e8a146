"""权限 — who may do what: the roles that a person holds, against the tables of the law (条例 第四条、第十七条).

May this person? is asked here; may this be done now? is for actions to ask. What one may do with items, one may in the
body of the appointment; administrators also in the bodies below it.
"""

from __future__ import annotations

from gongkai.law.administration import DUTIES, Duty
from gongkai.law.publishing import PROCEDURE, STEPS, Act, State
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.models import Appointment, Body, Staff

NOT_APPOINTED = "“{act}”由{roles}办理。{name}现在没有{body}的这个岗位，请安全管理员任命。"
NOT_NOW = "现在是“{state}”，不能“{act}”。请刷新页面，看看现在到了哪一步。"
NOT_ACTIVE = "{name}的账号已停用，不能“{act}”。要恢复，请找系统管理员。"


class Refused(Exception):  # noqa: N818 — said as the house says it
    """不能办理 — why a person may not do something, and what to try: `template.format(**values)` (条例 第十七条)."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values


def roles(staff: Staff, body: Body) -> frozenset[Role]:
    """岗位 — those that a person holds in a body now; none for one whose account is disabled (条例 第四条)."""
    return roles_in(staff).get(body.id, frozenset())


def roles_in(staff: Staff) -> dict[int, frozenset[Role]]:
    """各主体的岗位 — of a person now, by the id of the body: one query for a whole list (条例 第四条)."""
    if not staff.is_active:
        return {}
    held: dict[int, frozenset[Role]] = {}
    current = Appointment.objects.filter(staff=staff, ended_at__isnull=True, body__is_active=True)
    for body, role in current.values_list("body", "role"):
        held[body] = held.get(body, frozenset()) | {Role(role)}
    return held


def may(staff: Staff, act: Act | Duty, *, body: Body, state: State | None = None) -> bool:
    """可否 — whether a person may do this in a body, to an item in this state (None: to none yet) (条例 第十七条)."""
    if isinstance(act, Duty):
        held = roles_in(staff)
        return any(DUTIES[act] & held.get(each, frozenset()) for each in above(body))
    return is_timely(act, state) and bool(STEPS[act].roles & roles(staff, body))


def require(staff: Staff, act: Act | Duty, *, body: Body, state: State | None = None) -> None:
    """须可办理 — Refused, with the reason, where a person may not (条例 第十七条)."""
    if not staff.is_active:
        raise Refused(NOT_ACTIVE, name=staff.name, act=act.label)
    if may(staff, act, body=body, state=state):
        return
    allowed = DUTIES[act] if isinstance(act, Duty) else STEPS[act].roles
    if isinstance(act, Act) and not is_timely(act, state) and allowed & roles(staff, body):
        raise Refused(NOT_NOW, state=state.label if state else "", act=act.label)
    raise Refused(NOT_APPOINTED, act=act.label, roles=labels(allowed), name=staff.name, body=body.short_name)


def may_consent(staff: Staff, body: Body) -> bool:
    """可否同意 — whether a person is an administrator of a body, or of one above it (GB/T 22239-2019 三员分立)."""
    held = roles_in(staff)
    return any(held.get(each, frozenset()) & set(ADMINISTRATORS) for each in above(body))


def is_timely(act: Act, state: State | None) -> bool:
    """正是时候 — whether the procedure has this step in this state (条例 第十七条)."""
    return PROCEDURE.is_timely(act, state)


def above(body: Body) -> list[int]:
    """本级和上级 — the ids of a body and of those above it, nearest first (条例 第三条)."""
    found = [body.id]
    parent = body.parent_id
    while parent is not None and parent not in found:
        found.append(parent)
        parent = Body.objects.values_list("parent_id", flat=True).get(id=parent)
    return found


def labels(terms: frozenset[Role]) -> str:
    """并列 — the labels of roles in the order in which the law lists them."""
    return "、".join(role.label for role in Role if role in terms)
