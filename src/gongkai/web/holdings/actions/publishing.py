"""公开 — what was passed in full becomes what the public sees, at once or at a time set before (条例 第二十六条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gongkai.law.publishing import ROUTE, Act, State
from gongkai.law.scope import Openness
from gongkai.web.bodies import permissions as people
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.files import actions as files
from gongkai.web.files.kinds import FileError
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.files.wholeness import NOT_WHOLE, condition, require_whole
from gongkai.web.holdings import clocks, concluded, logged, notices
from gongkai.web.holdings.actions.apart import one_by_one
from gongkai.web.holdings.actions.taking import (
    BLOCKED,
    UNREAD,
    at_work,
    begin,
    local_day,
    look,
    look_ahead,
    looked_ahead,
    move,
    require_clear,
    require_complete,
    require_intact,
)
from gongkai.web.holdings.draft import Draft, in_force, set_joint_bodies
from gongkai.web.holdings.models import Item, Relation, RelationKind, Review, Version
from gongkai.web.holdings.refusals import ClashError, DraftError, StepError
from gongkai.web.journal import actions as journal
from gongkai.web.journal.sealed_rows import key

THE_CLOCK = "clock"
"""到时自动公开 — who acts in the journal when a time set before has come."""
NOT_OUT = "holdings.not_out"
"""到时没有公开 — the act in the journal where a time came to nothing."""
_FAR = timedelta(days=400)
"""So far ahead no day needs to be worked out."""


@looked_ahead
def publish(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """公开 — the version that passed every review, and nothing else (条例 第二十三条、第二十六条)."""
    _read_ahead(item)
    with transaction.atomic():
        return _published(begin(item, staff, Act.PUBLISH, edition=edition), staff, now)


@transaction.atomic
def schedule(*, item: Item, staff: Staff, publish_at: datetime, now: datetime, edition: int | None = None) -> Item:
    """定时公开 — the platform publishes when the time has come (条例 第二十六条)."""
    fresh = begin(item, staff, Act.SCHEDULE, edition=edition)
    if publish_at <= now:
        raise StepError("定的时间已经过了。请改一个以后的时间，或者现在就公开。").at("at")
    if publish_at - now > _FAR or local_day(publish_at) > clocks.a_year_after(local_day(now)):
        raise StepError(
            "定在 {at} 公开，离现在超过一年。请核对年份：信息形成以后二十个工作日内就要公开。", at=publish_at
        ).at("at")
    for each in _kept(fresh.newest_version):
        require_whole(each)
    at, changes = {"at": publish_at.isoformat()}, {"publish_at": publish_at}
    # No turn: where the time comes to nothing, the same person must be able to publish it by hand.
    move(fresh, Act.SCHEDULE, staff=staff, now=now, record=at, facts=at, changes=changes, takes_turn=False)
    return fresh


@transaction.atomic
def unschedule(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """取消定时 — it waits for a person again, as it did when it had been passed (条例 第二十六条)."""
    fresh = begin(item, staff, Act.UNSCHEDULE, edition=edition)
    if fresh.publish_at is None:
        raise StepError("这一件没有定公开的时间，不用取消。")
    at, changes = {"at": fresh.publish_at.isoformat()}, {"publish_at": None}
    move(fresh, Act.UNSCHEDULE, staff=staff, now=now, record=at, facts=at, changes=changes, takes_turn=False)
    return fresh


def publish_due(*, now: datetime) -> list[Item]:
    """到时公开 — every item whose time has come; what cannot be is told to the office once (条例 第二十六条)."""
    done: list[Item] = []

    def _publish(item: Item) -> None:
        look_ahead(item)
        _read_ahead(item)
        try:
            with transaction.atomic():
                if fresh := _locked(item):
                    done.append(_published(fresh, _in_post(fresh), now, actor=THE_CLOCK))
        except ClashError:  # somebody was faster: it is theirs now
            return
        except (StepError, DraftError, FileError, Refused) as refusal:
            _keep_inside(item, refusal, now)

    due = Item.objects.filter(state=State.CLEARED, publish_at__lte=now).select_related("body")
    one_by_one(list(due.order_by("publish_at", "id")), _publish, now, about=lambda item: item)
    return done


def _read_ahead(item: Item) -> None:
    """The bytes of its attachments are read before it is our turn to write, and need not be again (ADR 0023)."""
    for each in _kept(item.newest_version):
        condition(each)


def _kept(version: Version | None) -> Iterator[File | PublicCopy]:
    """What was reviewed of the attachments of a version, and what the public will get."""
    for each in version.files.select_related("file", "copy") if version else ():
        yield each.file
        if each.copy:
            yield each.copy


def _locked(item: Item) -> Item | None:
    """As it stands now; None where somebody published it or took it back meanwhile."""
    fresh = Item.objects.select_related("body", "newest_version", "public_version").select_for_update(of=("self",))
    return fresh.filter(id=item.id, state=State.CLEARED, publish_at=item.publish_at).first()


def _scheduled(item: Item) -> Review | None:
    return item.reviews.filter(act=Act.SCHEDULE).select_related("by").order_by("-id").first()


def _in_post(item: Item) -> Staff:
    """Who set the time, as long as that person could publish it today as well (条例 第十七条)."""
    scheduled = _scheduled(item)
    staff = scheduled.by if scheduled else item.last_actor
    people.require(staff, Act.PUBLISH, body=item.body, state=item.state)
    return staff


def _keep_inside(item: Item, refusal: StepError | FileError | Refused, now: datetime) -> None:
    """It waits for a person; of two workers the one that took the time away tells."""
    mine = Item.objects.filter(id=item.id, edition=item.edition, publish_at=item.publish_at)
    with transaction.atomic():
        if not mine.update(publish_at=None):
            return
        about: dict[str, Any] = {"chain": item.body.slug, "subject": f"holdings.item:{item.id}", "actor": THE_CLOCK}
        at = {"at": item.publish_at.isoformat()} if item.publish_at else {}
        journal.record(**about, act=NOT_OUT, now=now, facts=at, rows=[item])
    reasons: tuple[tuple[bool, str], ...] = (
        (isinstance(refusal, Refused), notices.NOT_IN_POST),
        (isinstance(refusal, DraftError), notices.NOT_COMPLETE),
        (refusal.template == NOT_WHOLE, notices.NOT_WHOLE),
        (isinstance(refusal, FileError) or refusal.template in UNREAD, notices.NOT_READ),
        (refusal.template == BLOCKED, notices.NOT_SENT),
    )
    template = next((told for applies, told in reasons if applies), notices.NOT_NOW)
    count = len(refusal.problems) if isinstance(refusal, DraftError) else 0
    notices.tell(notices.office_of(item.body), template, item, now, count=count)


def _published(item: Item, staff: Staff, now: datetime, actor: str = "") -> Item:
    version = at_work(item)
    if item.publish_at and item.publish_at > now:
        raise StepError("已定在 {at} 公开，时间还没到。要提前，请用“定时公开”改时间。", at=item.publish_at)
    require_complete(item, version, now)
    require_intact(version)
    _require_passed(item, version)
    look(version, now)
    require_clear(version)
    for each in _kept(version):
        require_whole(each)
    draft = Draft.of(version)
    record = _by_itself(item) if actor == THE_CLOCK else None
    _publish_copies(item, version, now)
    set_joint_bodies(item, draft)
    changes = in_force(draft) | {
        "public_version": version,
        "published_at": item.published_at or now,
        "publish_at": None,
        "changed_on": None,
        "archived_at": None,
        "called_back_on": None,
        "withdraw_due_on": None,
        "call_back_ground": "",
        "call_back_reason": "",
        "withdrawn_at": None,
        "withdrawn_ground": "",
        "withdrawn_reason": "",
    }
    rows, gone = _relate(item, draft, now, actor or f"staff:{staff.id}")
    told: dict[str, Any] = {"record": record, "changes": changes, "rows": rows, "gone": gone}
    move(item, Act.PUBLISH, staff=staff, now=now, actor=actor, **told)
    logged.went_out(item, version, now)
    # Whoever set a time was not there when it came.
    people_told = {version.made_by, item.created_by, staff} if record else {version.made_by, item.created_by} - {staff}
    notices.tell(people_told, notices.PUBLISHED, item, now)
    return item


def _by_itself(item: Item) -> dict[str, str] | None:
    """Of what the platform did: for which time it was set, and when."""
    scheduled = _scheduled(item)
    if scheduled is None or item.publish_at is None:
        return None
    return {"at": item.publish_at.isoformat(), "set_at": scheduled.at.isoformat()}


def _require_passed(item: Item, version: Version) -> None:
    """Every review of the route was passed on these very words since they last came to the first of them, and the last
    secrecy review concluded that the public may see them."""
    if Draft.of(version).openness is not Openness.PROACTIVE:
        raise StepError("公开属性是“{openness}”，不能公开。", openness=Draft.of(version).openness.label)
    steps = list(version.reviews.filter(digest=version.digest).values_list("act", flat=True))
    begun = len(steps) - 1 - steps[::-1].index(Act.SUBMIT) if Act.SUBMIT in steps else 0
    passed = set(steps[begun:])
    legal = bool(version.metadata.get("is_normative"))
    missing = [act for _, act, _ in ROUTE if act not in passed and (legal or act is not Act.PASS_LEGAL)]
    if missing:
        raise StepError("这一稿还差“{act}”，不能公开。请退回，按步骤重新审核（条例第十七条）。", act=missing[0].label)
    concluded.require_agreed(item, version)


def _publish_copies(item: Item, version: Version, now: datetime) -> None:
    copies = {each.copy_id: each.copy for each in version.files.select_related("copy")}
    if None in copies:
        raise StepError("还有附件没有公开副本。请退回，由终审再过一遍（条例第十五条）。")
    if item.public_version:
        for each in item.public_version.files.select_related("copy"):
            if each.copy and each.copy_id not in copies:
                files.unpublish_copy(copy=each.copy, staff=None, now=now)
    for copy in copies.values():
        if copy:
            files.publish_copy(copy=copy, staff=None, now=now)


def _relate(item: Item, draft: Draft, now: datetime, actor: str) -> tuple[list[Relation], list[str]]:
    """What the item says of others is true from the day it takes effect; of its own body's it changes the label.

    The relations that there are now, and the keys of those that are no more.
    """
    on = draft.effective_on or draft.formed_on
    kept: list[Relation] = []
    for kind, number in draft.relations:
        target = Item.objects.filter(index_number=number).first()
        if target is None:
            continue
        relation, _ = Relation.objects.get_or_create(source=item, target=target, kind=kind, defaults={"on": on})
        kept.append(relation)
        label = {RelationKind.REPEALS: "repealed_on", RelationKind.AMENDS: "amended_on"}.get(RelationKind(kind))
        if label and target.body_id == item.body_id and getattr(target, label) is None:
            Item.objects.filter(id=target.id).update(**{label: on, "updated_at": now})
            journal.record(
                chain=item.body.slug,
                act=f"holdings.{kind}",
                subject=f"holdings.item:{target.id}",
                actor=actor,
                now=now,
                facts={"by": item.id, "on": on.isoformat()},
                rows=[target],
            )
    ended = item.relations.exclude(id__in=[each.id for each in kept]).exclude(kind=RelationKind.REPEALS)
    gone = [key(each) for each in ended]
    ended.delete()
    return kept, gone
