"""不公开的 — assessed again from time to time, and disclosed when the reason is gone (条例 第十八条、第四十四条)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.law.publishing import Act
from gongkai.law.scope import Openness
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings import clocks
from gongkai.web.holdings.actions.drafting import next_version
from gongkai.web.holdings.actions.taking import (
    MOST_REASON,
    at_work,
    begin,
    local_day,
    looked_ahead,
    move,
    require_reason,
)
from gongkai.web.holdings.draft import Draft, in_force
from gongkai.web.holdings.models import Assessment, Item

EVERY = timedelta(days=365)
"""多久评估一次 — the law says 定期; a year is the setting (条例 第十八条)."""


@transaction.atomic
def reassess(
    *,
    item: Item,
    staff: Staff,
    opinion: str,
    now: datetime,
    next_on: date | None = None,
    edition: int | None = None,
) -> Item:
    """重新评估 — it stays closed, for this reason; asked again on `next_on`, after a year (条例 第十八条)."""
    fresh = begin(item, staff, Act.REASSESS, edition=edition)
    why = require_reason(opinion, MOST_REASON)
    asked_on = next_on or local_day(now) + EVERY
    made = Assessment.objects.create(item=fresh, by=staff, at=now, opinion=why, next_on=asked_on)
    facts = {"next_on": asked_on.isoformat()}
    move(fresh, Act.REASSESS, staff=staff, now=now, opinion=why, takes_turn=False, facts=facts, rows=[made])
    return fresh


@looked_ahead
@transaction.atomic
def change_openness(*, item: Item, staff: Staff, reason: str, now: datetime, edition: int | None = None) -> Item:
    """转为主动公开 — what was closed goes through review as a draft that is to be disclosed (条例 第四十四条)."""
    fresh = begin(item, staff, Act.CHANGE_OPENNESS, edition=edition)
    why = require_reason(reason)
    changed = Draft.of(at_work(fresh)).with_changes(openness=Openness.PROACTIVE, ground=None, ground_note="")
    made = next_version(fresh, staff, changed, now)
    today = local_day(now)
    changes = in_force(changed) | {"newest_version": made, "changed_on": today}
    changes["due_on"] = clocks.disclosure_due_on(today)
    move(fresh, Act.CHANGE_OPENNESS, staff=staff, now=now, opinion=why, changes=changes)
    return fresh
