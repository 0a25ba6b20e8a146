"""登录失败写进办理记录 — how many there were, not one by one: strangers do not fill the journal (条例 第四十五条).

Of a person the first of an hour within a minute, the others when the hour is over; with names that nobody has, one
entry an hour. What was not told while the platform slept is told when it wakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import F

from gongkai.law.administration import Event
from gongkai.web.bodies.actions.signing_in import hour_of
from gongkai.web.bodies.models import SignIn, Staff
from gongkai.web.journal.actions import PLATFORM, record


def tell_failures(now: datetime, *, staff: Staff | None = None) -> None:
    """写进记录 — what is due now, a person at a time; of one person, before the rows go, all that there is."""
    untold = SignIn.objects.filter(count__gt=F("told")).order_by("staff_id", "outcome", "id")
    of = untold.filter(staff=staff) if staff else untold
    for (person, event), rows in groupby(of, key=attrgetter("staff_id", "outcome")):
        _tell(person, event, [row.id for row in rows], now, is_all=staff is not None)


@transaction.atomic
def _tell(person: int | None, event: Event, listed: Sequence[int], now: datetime, *, is_all: bool) -> None:
    rows = list(SignIn.objects.select_for_update(of=("self",)).filter(id__in=listed).select_related("staff__body"))
    hour = hour_of(now)
    is_told = SignIn.objects.filter(staff=person, outcome=event, at__gte=hour, told__gt=0).exists()
    is_first = person is not None and not is_told
    due = [row for row in rows if row.count > row.told and (is_all or is_first or row.at < hour)]
    if not due:
        return
    staff, addresses = due[0].staff, {row.address for row in due}
    address = addresses.pop() if staff and len(addresses) == 1 else None
    record(
        chain=staff.body.slug if staff else PLATFORM,
        act=event,
        subject=f"bodies.staff:{staff.id if staff else 'unknown'}",
        actor="anonymous",
        now=now,
        facts={"count": sum(row.count - row.told for row in due)},
        personal={"address": address} if address else None,
    )
    for row in due:
        SignIn.objects.filter(id=row.id).update(told=row.count)
