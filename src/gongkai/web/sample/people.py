"""示范县的机关和人 — thirty bodies, in each somebody for every role; the small ones make do with three people."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password

from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.models import Appointment, Body, Level, Office, Staff
from gongkai.web.sample.words import data

COUNTY = "shifan"
SECOND_FACTOR = "GONGKAI_SECOND_FACTOR"
"""动态口令 — the setting that says who needs one."""
_ALONE = tuple((role,) for role in Role if role not in (*ADMINISTRATORS, Role.COMPETENT_DEPARTMENT))
# Nobody takes two steps in a row: what one person holds here never meets on the way of an ordinary item.
_SMALL = (
    (Role.CLERK, Role.DISCLOSURE_OFFICE),
    (Role.FIRST_REVIEWER, Role.LEGAL_REVIEWER, Role.SECRECY_REVIEWER),
    (Role.SECOND_REVIEWER, Role.FINAL_REVIEWER),
)
_COUNTY = ((Role.COMPETENT_DEPARTMENT,), *((role,) for role in ADMINISTRATORS))


@dataclass(frozen=True, slots=True)
class Home:
    """一个机关 — a body with its office, its work (name, column, topic) and who holds which role."""

    body: Body
    office: Office
    works: tuple[tuple[str, str, str], ...]
    people: dict[Role, Staff]


@dataclass(frozen=True, slots=True)
class SignIn:
    """登录名 — of one person, for whoever tries the platform."""

    body: str
    roles: tuple[Role, ...]
    username: str


def settle(now: datetime, since: datetime, chance: random.Random) -> list[Home]:
    """安家 — the bodies with their people, in the order of the data."""
    encoded = make_password(password())
    names = data("people")
    homes: list[Home] = []
    for order, row in enumerate(data("bodies")["body"], start=1):
        body = _body(row, order, homes[0].body if homes else None)
        office = Office.objects.create(body=body, name=row.get("office", "办公室"), is_disclosure_office=True)
        people: dict[Role, Staff] = {}
        for roles in _posts(body):
            person = Staff.objects.create(
                username=_username(body, roles),
                name=chance.choice(names["surnames"]) + chance.choice(names["given"]),
                body=body,
                office=office,
                email=f"{_username(body, roles)}@shifan.example",
                password=encoded,
                password_changed_at=now,
                joined_at=since,
            )
            people |= dict.fromkeys(roles, person)
        Appointment.objects.bulk_create(
            Appointment(staff=person, body=body, role=role, appointed_at=since) for role, person in people.items()
        )
        homes.append(Home(body, office, tuple((name, column, topic) for name, column, topic in row["works"]), people))
    return homes


def sign_ins() -> list[SignIn]:
    """登录名 — of the county government and of one small body; the others are named in the same way."""
    found = []
    for body in Body.objects.filter(slug__in=(COUNTY, "minzheng", "hewan")):
        found += [SignIn(body.short_name, roles, _username(body, roles)) for roles in _posts(body)]
    return found


def password() -> str:
    """密码 — of everybody there."""
    return str(data("bodies")["password"])


def ask_no_code() -> None:
    """不要动态口令 — everybody knows the passwords there, and only this machine can open it; what was set stays.

    Processes that are forked have the settings, those that are started anew have the environment.
    """
    if os.environ.setdefault(SECOND_FACTOR, "none") == "none":
        settings.SECOND_FACTOR = "none"


def is_there() -> bool:
    """有示范县 — whether this platform holds the invented county."""
    return Staff.objects.filter(username=_username_of(COUNTY, _COUNTY[1])).exists()


def _posts(body: Body) -> tuple[tuple[Role, ...], ...]:
    if body.is_small:
        return _SMALL
    return (*_ALONE, *_COUNTY) if body.slug == COUNTY else _ALONE


def _username(body: Body, roles: tuple[Role, ...]) -> str:
    return _username_of(body.slug, roles)


def _username_of(slug: str, roles: tuple[Role, ...]) -> str:
    return f"{slug}-{roles[0].value.replace('_', '-')}"


def _body(row: dict[str, str], order: int, county: Body | None) -> Body:
    level = Level(row["level"])
    return Body.objects.create(
        slug=row["slug"],
        name=row["name"],
        short_name=row["short"],
        level=level,
        parent=county,
        uscc=row["uscc"],
        region=data("bodies")["region"],
        number_prefix=row["prefix"],
        is_small=level is Level.TOWNSHIP,
        order=order,
        office_name=row.get("office", f"{row['short']}办公室"),
        address=row.get("place", f"示范县政务路 {order} 号"),
        office_hours="工作日 8:30—12:00，14:30—17:30",
        telephone=f"0000-12345{order:02}",
        fax=f"0000-12346{order:02}",
        postcode="000000",
        email=f"{row['slug']}@shifan.example",
    )
