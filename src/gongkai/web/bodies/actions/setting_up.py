"""启用平台 — once, on an empty database: the county and its three administrators (条例 第四条; GB/T 22239-2019 三员).

Whoever can read the console of the platform may do it: the token is printed there, and worth nothing once a body
exists.
"""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongkai.documents.showing.signs import shown_signs
from gongkai.law.administration import SETTLING_DAYS, Duty, Event
from gongkai.law.roles import ADMINISTRATORS, Role
from gongkai.web.bodies.actions import trying
from gongkai.web.bodies.actions.keeping_bodies import new_body
from gongkai.web.bodies.actions.people import NewStaff, new_staff
from gongkai.web.bodies.models import Appointment, Body, Level, Staff
from gongkai.web.bodies.permissions import Refused, require
from gongkai.web.bodies.queries import top_body
from gongkai.web.journal.actions import record
from gongkai.web.journal.stock import take_stock

DONE = "平台已经启用过了。请登录；要加人、加主体，在工作台里办。"
SAME_USERNAME = "登录名“{name}”写了两次。三位管理员各用各的登录名，请改一个。"
SAME_PERSON = "“{name}”写了两次。三位管理员要由三个人担任（三员分立）；同名同姓的，请在姓名后面加上区别，例如科室。"
WRONG_TOKEN = "启用码不对。它印在运行 gongkai serve 的窗口里，从那里抄。"  # noqa: S105 — a sentence

SETTLED = "首次设置已经结束了。"
WAIT = "启用码写错的次数太多，请等 {minutes} 分钟再试。它印在运行 gongkai serve 的窗口里，从那里抄。"


def is_new() -> bool:
    """还没有启用 — whether there is no body at all."""
    return not Body.objects.exists()


def token() -> str:
    """启用码 — of this installation, from its secret: printed on the console while it is new."""
    made = salted_hmac("gongkai.set-up", "once", algorithm="sha256").hexdigest()[:12]
    return "-".join(made[start : start + 4] for start in range(0, 12, 4))


def _require_three(people: Mapping[Role, tuple[str, str]]) -> None:
    """Three administrators are three persons: neither a name to sign in with nor the name of a person stands twice."""
    for place, template in enumerate((SAME_USERNAME, SAME_PERSON)):
        names = [_folded(people[role][place]) for role in ADMINISTRATORS]
        for role, name in zip(ADMINISTRATORS, names, strict=True):
            if names.count(name) > 1:
                raise Refused(template, name=people[role][place].strip()[:40])


def _folded(name: str) -> str:
    """As it is kept: what nobody sees makes no other name of it."""
    return "".join(unicodedata.normalize("NFKC", shown_signs(name)).split()).casefold()


def check_token(given: str, *, address: str | None, now: datetime) -> None:
    """核对启用码 — Refused where it is not right, and without a look while its address has to wait."""
    try:
        counted = trying.count(trying.gates_of_set_up(address), now)
    except trying.WaitError as wait:
        raise Refused(WAIT, minutes=ceil(wait.left / timedelta(minutes=1))) from None
    if not hmac.compare_digest(given.strip().lower().encode(), token().encode()):
        raise Refused(WRONG_TOKEN)
    trying.forgive(counted)


def set_up(
    *,
    given: str,
    slug: str,
    name: str,
    short_name: str,
    people: Mapping[Role, tuple[str, str]],
    address: str | None,
    now: datetime,
) -> dict[Role, NewStaff]:
    """启用平台 — the county, and for each administrator an account with its first password, told this once."""
    if not is_new():
        raise Refused(DONE)
    check_token(given, address=address, now=now)
    _require_three(people)
    return _set_up(slug=slug, name=name, short_name=short_name, people=people, now=now)


@transaction.atomic
def _set_up(
    *, slug: str, name: str, short_name: str, people: Mapping[Role, tuple[str, str]], now: datetime
) -> dict[Role, NewStaff]:
    if not is_new():
        raise Refused(DONE)
    body = new_body(slug=slug, parent=None, name=name, short_name=short_name, level=Level.COUNTY)
    made = {}
    for role in ADMINISTRATORS:
        username, person = people[role]
        made[role] = new_staff(body=body, username=username, name=person, now=now)
        Appointment.objects.create(staff=made[role].staff, body=body, role=role, appointed_at=now)
    Body.objects.filter(id=body.id).update(settling_until=now + timedelta(days=SETTLING_DAYS))
    facts = {str(role): new.staff.id for role, new in made.items()}
    record(chain=body.slug, act=Event.SET_UP, subject=f"bodies.body:{body.id}", actor="console", now=now, facts=facts)
    take_stock(now=now)  # from here on, a row of which the journal does not tell was added past the platform
    return made


@transaction.atomic
def end_settling(*, by: Staff, now: datetime) -> None:
    """结束首次设置 — by the security administrator, before its days are over; it does not begin again (条例 第四条)."""
    top = top_body()
    require(by, Duty.APPOINT, body=top)
    if not Body.objects.filter(id=top.id, settling_until__gt=now).update(settling_until=None):
        raise Refused(SETTLED)
    actor, subject = f"staff:{by.id}", f"bodies.body:{top.id}"
    record(chain=top.slug, act=Event.END_SETTLING, subject=subject, actor=actor, now=now, rows=[top])
