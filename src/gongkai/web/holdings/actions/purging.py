"""清除涉密内容 — one person asks and all stops, another confirms and it is gone (保密法 第三十一条、第四十七条).

The journal keeps who, when and how much, and no word of what it was. In an office of two the second person may be of
保密审查, 终审 or 工作机构.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.urls import reverse

from gongkai.law.publishing import STEPS, Act, State
from gongkai.law.scope import Ground, Openness
from gongkai.web.bodies import unsent
from gongkai.web.bodies.models import Staff
from gongkai.web.files import actions as files
from gongkai.web.files.models import File
from gongkai.web.holdings import guarding, logged, notices
from gongkai.web.holdings.actions.drafting import stub_version
from gongkai.web.holdings.actions.openness import EVERY
from gongkai.web.holdings.actions.taking import at_work, begin, local_day, move
from gongkai.web.holdings.draft import Draft, in_force
from gongkai.web.holdings.models import Assessment, Item, ItemFile, Override, Version
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.secrets import FORGOTTEN, stub_title
from gongkai.web.journal.actions import erase
from gongkai.web.journal.sealed_rows import key

WITHDRAWN = "依法撤下，不再公开。"
"""撤下的说法 — what the public reads in its place; it does not say why (保密法 第三十四条)."""
NOTHING = "这一件没有正文和附件，没有要清除的。"
ELSEWHERE: list[Callable[[Item], None]] = []
"""别处留存的 — what rooms above keep of an item and forget when it is purged (保密法 第四十七条)."""


@transaction.atomic
def ask_purge(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """停办，请求清除 — nothing more is done with it and nobody is shown it, the public neither (保密法 第三十一条)."""
    fresh = begin(item, staff, Act.ASK_PURGE, edition=edition)
    held = _files(fresh)
    if not held and all(_is_empty(each) for each in fresh.versions.all()):
        raise StepError(NOTHING)
    for file in held:
        files.quarantine(file=file, staff=staff, now=now)
    waiting = list(fresh.referrals.filter(ended_at=None))
    fresh.referrals.filter(ended_at=None).update(ended_at=now)
    changes: dict[str, object] = {"stopped_by": staff, "stopped_at": now, "publish_at": None, "look_again_on": None}
    if fresh.state is State.DISCARDED:  # another may bear its number since: that must not keep it from being stopped
        changes["document_number"] = ""
    was_public = fresh.public_version_id is not None
    if was_public:
        changes |= {"public_version": None, "withdrawn_at": now, "withdrawn_reason": WITHDRAWN, "withdrawn_ground": ""}
        changes |= {"withdraw_due_on": None}
    move(fresh, Act.ASK_PURGE, staff=staff, now=now, changes=changes, rows=waiting)
    if was_public:
        logged.taken_back(fresh, Act.ASK_PURGE, now)
    second = {each for role in STEPS[Act.CONFIRM_PURGE].roles for each in notices.in_post(fresh.body, role, staff)}
    notices.tell(second, notices.ASKED_TO_PURGE, fresh, now)
    return fresh


@transaction.atomic
def confirm_purge(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """确认清除 — texts, files, copies, snapshots, opinions are gone; a stub stays (保密法 第四十七条)."""
    fresh = begin(item, staff, Act.CONFIRM_PURGE, edition=edition)
    _overwrite_what_is_freed()
    held = _files(fresh)
    gone = [key(each) for each in (*ItemFile.objects.filter(version__item=fresh), *fresh.relations.all())]
    emptied = _empty(fresh, now)
    stub = stub_version(fresh, staff, _stub(at_work(fresh)), now)
    for file in held:
        files.purge(file=file, staff=staff, now=now)
    for forget in ELSEWHERE:
        forget(fresh)
    unsent.forget_under(reverse("holdings:item", args=[fresh.id]))
    guarding.forget()
    facts: dict[str, object] = {"versions": emptied, "files": [file.pk for file in held]}
    asked = [fresh.stopped_by] if fresh.stopped_by else []
    changes = {
        "newest_version": stub,
        **in_force(Draft.of(stub)),
        "changed_on": None,
        "called_back_on": None,
        "call_back_reason": "",
        "call_back_ground": "",
        "stopped_by": None,
        "stopped_at": None,
    }
    if fresh.withdrawn_at:
        changes |= {"withdrawn_reason": WITHDRAWN, "withdrawn_ground": ""}
    Assessment.objects.create(item=fresh, by=staff, at=now, opinion="", next_on=local_day(now) + EVERY)
    told: dict[str, Any] = {"facts": facts, "changes": changes, "rows": _rows(fresh), "gone": gone}
    move(fresh, Act.CONFIRM_PURGE, staff=staff, now=now, **told)
    about = {"chain": fresh.body.slug, "subject": f"holdings.item:{fresh.id}", "actor": f"staff:{staff.id}"}
    erase(**about, now=now, rows=_rows(fresh))
    notices.tell(asked, notices.PURGED, fresh, now)
    return fresh


@transaction.atomic
def decline_purge(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """不清除 — it is a draft again and goes through every review; what was withdrawn stays so (保密法 第三十五条)."""
    fresh = begin(item, staff, Act.DECLINE_PURGE, edition=edition)
    for file in _files(fresh):
        files.release(file=file, staff=staff, now=now)
    told = {fresh.created_by, *([fresh.stopped_by] if fresh.stopped_by else [])} - {staff}
    changes = {"stopped_by": None, "stopped_at": None}
    move(fresh, Act.DECLINE_PURGE, staff=staff, now=now, changes=changes)
    notices.tell(told, notices.NOT_PURGED, fresh, now)
    return fresh


def _rows(item: Item) -> list[Model]:
    """All that stays of an item."""
    kept: list[Model] = [item, *Override.objects.filter(version__item=item)]
    return [*kept, *item.versions.all(), *item.reviews.all(), *item.assessments.all(), *item.snapshots.all(),
            *item.referrals.all()]  # fmt: skip


def _files(item: Item) -> list[File]:
    used = ItemFile.objects.filter(version__item=item, file__purged_at=None).values("file")
    return list(File.objects.filter(pk__in=used).select_related("body").order_by("pk"))


def _is_empty(version: Version) -> bool:
    return version.emptied_at is not None or version.metadata.get("ground") == Ground.STATE_SECRET


def _stub(version: Version) -> Draft:
    kept = Draft.of(version)
    return Draft(
        title="",
        column=kept.column,
        formed_on=kept.formed_on,
        genre=kept.genre,
        openness=Openness.CLOSED,
        ground=Ground.STATE_SECRET,
    )


def _empty(item: Item, now: datetime) -> int:
    """Every version of an item and whatever was said of one; how many versions."""
    words = dict.fromkeys(("summary", "keywords", "source", "annotation", "body_html", "body_text"), "")
    ItemFile.objects.filter(version__item=item).delete()
    versions = list(item.versions.all())
    for version in versions:
        Version.objects.filter(id=version.id).update(
            title=stub_title(item.index_number),
            guard=[],
            emptied_at=now,
            metadata={**version.metadata, **FORGOTTEN, "ground_note": ""},
            **words,
        )
    item.reviews.update(opinion="", record=None)
    item.assessments.update(opinion="")
    item.snapshots.update(html="")
    item.referrals.update(number="")
    Override.objects.filter(version__item=item).update(reason="")
    item.relations.all().delete()
    item.joint_bodies.clear()
    return len(versions)


def _overwrite_what_is_freed() -> None:
    """SQLite leaves deleted words in the pages of the file unless it is told to overwrite them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def is_stopped(item: Item) -> bool:
    """已停办 — whether nobody is shown what an item holds (保密法 第三十一条)."""
    return item.state is State.STOPPED
