"""一班人 — a county with a department and a township, and one person of every role in each of the three.

`people = cast()` inside `ground`; `people.of(Role.CLERK)` is of the department, `people.of(Role.CLERK,
people.township)` of another body. The three administrators are of the county.
`client_of(staff)` is the browser of one who signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from gongkai.law.roles import ADMINISTRATORS, Role

if TYPE_CHECKING:
    from django.test import Client

    from gongkai.web.bodies.models import Body, Staff

T = TypeVar("T")
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""此刻 — a Friday morning, for actions that ask for the time."""
PASSWORD = "Chun-2026-feng"
"""密码 — of everybody."""


@dataclass
class Cast:
    """一班人 — the three bodies, and the people by body and role."""

    county: Body
    department: Body
    township: Body
    people: dict[tuple[int, Role], Staff] = field(default_factory=dict)

    def of(self, role: Role, body: Body | None = None) -> Staff:
        """某岗位的人 — of the department, unless another body is named; administrators are of the county."""
        home = self.county if role in ADMINISTRATORS else self.department
        return self.people[(body or home).id, role]

    def idle(self, body: Body | None = None) -> Staff:
        """没有岗位的人 — a person of a body who is appointed to nothing."""
        person = _person(body or self.department, "无岗", f"idle-{(body or self.department).slug}")
        person.save()
        return person


def cast() -> Cast:
    """一班人 — made anew in the database."""
    from gongkai.web.bodies.models import Appointment, Body, Level, Staff

    county = Body.objects.create(
        slug="shifan", name="示范县人民政府", short_name="示范县", level=Level.COUNTY, uscc="11419900MB0000001A"
    )
    department = Body.objects.create(
        slug="shifan-housing",
        name="示范县住房和城乡建设局",
        short_name="县住建局",
        level=Level.DEPARTMENT,
        parent=county,
        uscc="11419900MB0000002B",
        number_prefix="示建",
    )
    township = Body.objects.create(
        slug="shifan-liulin",
        name="示范县柳林镇人民政府",
        short_name="柳林镇",
        level=Level.TOWNSHIP,
        parent=county,
        uscc="11419900MB0000003C",
        number_prefix="柳政",
    )
    made = Cast(county, department, township)
    posts = [
        (body, role)
        for body in (county, department, township)
        for role in Role
        if role not in ADMINISTRATORS or body == county
    ]
    people = Staff.objects.bulk_create(
        _person(body, role.label, f"{role.value.replace('_', '-')}-{body.slug}") for body, role in posts
    )
    appointments = []
    for (body, role), person in zip(posts, people, strict=True):
        made.people[body.id, role] = person
        appointments.append(Appointment(staff=person, body=body, role=role, appointed_at=NOW))
    Appointment.objects.bulk_create(appointments)
    return made


def client_of(staff: Staff | None) -> Client:
    """浏览器 — of a person who signed in; of the public where nobody is named."""
    from django.test import Client

    client = Client()
    if staff is not None:
        client.force_login(staff)
    return client


@cache
def _encoded() -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


def _person(body: Body, name: str, username: str) -> Staff:
    from django.utils import timezone

    from gongkai.web.bodies.models import Staff

    return Staff(
        username=username,
        name=f"{name}员" if not name.endswith("员") else name,
        body=body,
        password=_encoded(),
        password_changed_at=timezone.now(),
        joined_at=NOW,
        email=f"{username}@example.cn",
    )


def agreed(act: Callable[[], T]) -> T:
    """经另一名管理员同意 — what an administrator does that concerns another: asked, agreed to, done."""
    from gongkai.web.bodies import actions
    from gongkai.web.bodies.actions.consenting import ConsentNeeded
    from gongkai.web.bodies.models import Appointment

    try:
        return act()
    except ConsentNeeded as need:
        held = Appointment.objects.filter(role__in=ADMINISTRATORS, ended_at=None).exclude(staff=need.by)
        other = held.filter(body__parent=None).select_related("staff").order_by("id")[0].staff
        actions.answer_consent(by=other, consent=actions.ask_consent(need, NOW), agreed=True, now=NOW)
        return act()
