"""公开以后 — call back, withdraw, repeal, archive (行政处罚法 第四十八条; 条例 第二十条、第二十五条)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from gongkai.law.procedure import Act, Role, State
from gongkai.web.bodies.models import Staff
from gongkai.web.files import actions as files
from gongkai.web.holdings import clocks, notices
from gongkai.web.holdings.actions.taking import begin, local_day, move, require_intact, require_reason
from gongkai.web.holdings.digests import ALGORITHM, digest_of
from gongkai.web.holdings.models import Item, Relation, RelationKind, Snapshot, Version
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.snapshots import page


@transaction.atomic
def call_back(
    *, item: Item, staff: Staff, changed_on: date, reason: str, now: datetime, edition: int | None = None
) -> Item:
    """登记应撤事由 — changed or annulled: three working days to withdraw it (行政处罚法 第四十八条第二款)."""
    fresh = begin(item, staff, Act.CALL_BACK, edition=edition)
    _require_public(fresh)
    why = require_reason(reason)
    if changed_on > local_day(now):
        raise StepError("变更的日期是 {day}，还没有到。请核对。", day=changed_on)
    counted = clocks.withdrawal(changed_on)
    due_on = counted.due_on if counted else changed_on + timedelta(days=3)
    changes = {"called_back_on": changed_on, "withdraw_due_on": due_on, "call_back_reason": why}
    move(fresh, Act.CALL_BACK, staff=staff, now=now, opinion=why, takes_turn=False, changes=changes)
    office = notices.in_post(fresh.body, Role.DISCLOSURE_OFFICE, staff)
    notices.tell(office, notices.CALLED_BACK, fresh, now, day=due_on)
    return fresh


@transaction.atomic
def withdraw(*, item: Item, staff: Staff, reason: str, now: datetime, edition: int | None = None) -> Item:
    """撤下 — the public sees the reason in its place, and nothing of the text (行政处罚法 第四十八条第二款)."""
    fresh = begin(item, staff, Act.WITHDRAW, edition=edition)
    version = _require_public(fresh)
    why = require_reason(reason)
    for each in version.files.select_related("copy"):
        if each.copy:
            files.unpublish_copy(copy=each.copy, staff=staff, now=now)
    changes = {"public_version": None, "withdrawn_at": now, "withdrawn_reason": why, "withdraw_due_on": None}
    move(fresh, Act.WITHDRAW, staff=staff, now=now, opinion=why, takes_turn=False, changes=changes)
    return fresh


@transaction.atomic
def repeal(
    *,
    item: Item,
    staff: Staff,
    on: date,
    reason: str,
    now: datetime,
    by: Item | None = None,
    edition: int | None = None,
) -> Item:
    """标注废止 — the label changes everywhere; `by`: what repeals it, linked both ways (条例 第二十条第（一）项)."""
    fresh = begin(item, staff, Act.REPEAL, edition=edition)
    _require_public(fresh)
    why = require_reason(reason)
    if on < fresh.formed_on:
        raise StepError("废止日期早于成文日期 {day}，请核对。", day=fresh.formed_on)
    if by is not None:
        if by.id == fresh.id:
            raise StepError("不能由自己废止自己，请选另一件。")
        Relation.objects.get_or_create(source=by, target=fresh, kind=RelationKind.REPEALS, defaults={"on": on})
    facts = {"on": on.isoformat(), "by": by.id if by else None}
    changes = {"repealed_on": on}
    move(fresh, Act.REPEAL, staff=staff, now=now, opinion=why, takes_turn=False, facts=facts, changes=changes)
    return fresh


@transaction.atomic
def archive(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """归档 — a snapshot of the page as the public sees it, and its digest (条例 第二十五条; DA/T 80).

    Of what is held nothing is shown, so there is no snapshot: it is not assessed any more (档案法).
    """
    fresh = begin(item, staff, Act.ARCHIVE, edition=edition)
    if fresh.state is State.HELD:
        move(fresh, Act.ARCHIVE, staff=staff, now=now, changes={"archived_at": now})
        return fresh
    version = _require_public(fresh)
    require_intact(version)
    html = page(fresh, version)
    sealed = digest_of(html)
    Snapshot.objects.create(item=fresh, version=version, html=html, algorithm=ALGORITHM, digest=sealed, made_at=now)
    move(fresh, Act.ARCHIVE, staff=staff, now=now, facts={"snapshot": sealed}, changes={"archived_at": now})
    return fresh


def _require_public(item: Item) -> Version:
    if item.public_version is None:
        raise StepError("这一件现在没有公开，这一步用不上。")
    return item.public_version
