"""公开以后 — call back, withdraw, repeal, archive (条例 第六条、第二十条、第二十五条; 行政处罚法 第四十八条)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.models import Staff
from gongkai.web.files import actions as files
from gongkai.web.holdings import circles, clocks, guarding, hits, logged, notices, queries
from gongkai.web.holdings.actions.taking import MOST_REASON, begin, local_day, move, require_intact, require_reason
from gongkai.web.holdings.digests import ALGORITHM, digest_of
from gongkai.web.holdings.models import Item, Relation, RelationKind, Snapshot, Version
from gongkai.web.holdings.refusals import StepError
from gongkai.web.holdings.snapshots import page
from gongkai.web.journal.sealed_rows import key

NOT_FOR_THE_PUBLIC = (
    "理由里有{kinds}。公众会直接看到理由，请去掉，或者改成“张某”“某公司”这样的写法，再交（条例第十五条）。"
)
REPEALED_BEFORE = "已经标注自 {day} 起废止。日期写错了，或者不该废止的，请先“撤销废止标注”，再重新标注。"
NOT_BY_THEM = (
    "{number} 是{body}的，废止不了这一件：只有制发这一件的机关、一起发文的机关和上级机关的文件能。请核对索引号。"
)
SAID_BY_THEM = (
    "{body}的 {number} 公开写着废止这一件，不能只在这里撤销。写错了的，请{body}修订那一件，公开以后再来撤销。"
)
TOO_FAR = "废止日期 {day} 离现在超过一年。请核对年份；一年以后才废止的，临近时再标注。"
NOT_IN_FORCE = "废止日期早于实施日期 {day}，请核对；从没有实施的，请用“撤下”。"
NOT_A_PENALTY = "“{ground}”只用于行政处罚决定，这一件不是。请选别的事由。"


@transaction.atomic
def call_back(
    *,
    item: Item,
    staff: Staff,
    ground: WithdrawalGround,
    changed_on: date,
    reason: str,
    now: datetime,
    edition: int | None = None,
) -> Item:
    """登记应撤事由 — what must be withdrawn, and why; three working days for a penalty decision that was changed or
    annulled, no period where the law sets none (行政处罚法 第四十八条第二款; 条例 第六条)."""
    fresh = begin(item, staff, Act.CALL_BACK, edition=edition)
    _require_public(fresh)
    _require_fitting(fresh, ground)
    why = public_reason(fresh, reason)
    if changed_on > local_day(now):
        raise StepError("发生的日期是 {day}，还没有到。请核对。", day=changed_on).at("day")
    due_on = _withdraw_by(changed_on) if ground.has_period else None
    changes = {"called_back_on": changed_on, "call_back_ground": ground, "call_back_reason": why}
    changes |= {"withdraw_due_on": due_on}
    facts = {"ground": ground.value}
    move(fresh, Act.CALL_BACK, staff=staff, now=now, opinion=why, takes_turn=False, facts=facts, changes=changes)
    office = notices.in_post(fresh.body, Role.DISCLOSURE_OFFICE, staff)
    if due_on:
        notices.tell(office, notices.CALLED_BACK, fresh, now, day=due_on)
    else:
        notices.tell(office, notices.TO_WITHDRAW, fresh, now, ground=ground.label)
    return fresh


@transaction.atomic
def withdraw(
    *,
    item: Item,
    staff: Staff,
    ground: WithdrawalGround,
    reason: str,
    now: datetime,
    edition: int | None = None,
) -> Item:
    """撤下 — the public sees ground and reason in its place, and nothing of the text (条例 第六条).

    One person of the office suffices: it is urgent, it only takes away, and the ground is one of a closed list. The
    reason, which nobody else reads before the public does, is read by the guard: it is refused if anything blocks.
    """
    fresh = begin(item, staff, Act.WITHDRAW, edition=edition)
    version = _require_public(fresh)
    _require_fitting(fresh, ground)
    why = public_reason(fresh, reason)
    for each in version.files.select_related("copy"):
        if each.copy:
            files.unpublish_copy(copy=each.copy, staff=staff, now=now)
    changes = {
        "public_version": None,
        "withdrawn_at": now,
        "withdrawn_ground": ground,
        "withdrawn_reason": why,
        "withdraw_due_on": None,
    }
    facts = {"ground": ground.value}
    move(fresh, Act.WITHDRAW, staff=staff, now=now, opinion=why, takes_turn=False, facts=facts, changes=changes)
    logged.taken_back(fresh, Act.WITHDRAW, now)
    ended = fresh.relations.filter(kind=RelationKind.REPEALS, target__repealed_on__isnull=False)
    for relation in ended.select_related("target__body"):
        target = relation.target
        notices.tell(notices.office_of(target.body), notices.ENDED_BY_NONE, target, now, number=fresh.index_number)
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
    """标注废止 — the label changes everywhere; `by`: what repeals it, linked both ways (条例 第二十条第（一）项).

    One repeal stands until it is taken back.
    """
    fresh = begin(item, staff, Act.REPEAL, edition=edition)
    _require_public(fresh)
    why = public_reason(fresh, reason)
    _require_repealable(fresh, on, local_day(now))
    rows: list[Relation] = []
    if by is not None:
        if by.id == fresh.id:
            raise StepError("不能由自己废止自己，请选另一件。").at("by")
        if not circles.may_end(by.body_id, fresh):
            raise StepError(NOT_BY_THEM, number=by.index_number, body=by.body.short_name).at("by")
        if found := circles.closing(by, fresh.index_number):
            raise StepError(circles.CIRCLE, other=found[0], kind=found[1].label).at("by")
        given = {"source": by, "target": fresh, "kind": RelationKind.REPEALS}
        rows = [Relation.objects.get_or_create(**given, defaults={"on": on})[0]]
    facts = {"on": on.isoformat(), "by": by.id if by else None}
    changes = {"repealed_on": on}
    move(
        fresh,
        Act.REPEAL,
        staff=staff,
        now=now,
        opinion=why,
        record={"on": on.isoformat()},
        facts=facts,
        changes=changes,
        takes_turn=False,
        rows=rows,
    )
    return fresh


@transaction.atomic
def unrepeal(*, item: Item, staff: Staff, reason: str, now: datetime, edition: int | None = None) -> Item:
    """撤销废止标注 — it is in force again, and no document is said to repeal it (条例 第二十条第（一）项)."""
    fresh = begin(item, staff, Act.UNREPEAL, edition=edition)
    _require_public(fresh)
    why = public_reason(fresh, reason)
    if fresh.repealed_on is None:
        raise StepError("这一件没有标注废止，不用撤销。")
    _require_not_said_elsewhere(fresh)
    facts: dict[str, object] = {"on": fresh.repealed_on.isoformat()}
    repealing = fresh.related_from.filter(kind=RelationKind.REPEALS)
    gone = [key(each) for each in repealing]
    repealing.delete()
    told: dict[str, Any] = {"facts": facts, "changes": {"repealed_on": None}, "gone": gone}
    move(fresh, Act.UNREPEAL, staff=staff, now=now, opinion=why, takes_turn=False, **told)
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
    told = {"html": html, "algorithm": ALGORITHM, "digest": sealed, "made_at": now}
    made = Snapshot.objects.create(item=fresh, version=version, **told)
    changes = {"archived_at": now}
    move(fresh, Act.ARCHIVE, staff=staff, now=now, facts={"snapshot": sealed}, changes=changes, rows=[made])
    return fresh


def _require_public(item: Item) -> Version:
    if item.public_version is None:
        raise StepError("这一件现在没有公开，这一步用不上。")
    return item.public_version


def _require_not_said_elsewhere(item: Item) -> None:
    """What another body says in a public document of its own, its document alone can say otherwise."""
    repealing = item.related_from.filter(kind=RelationKind.REPEALS).exclude(source__body=item.body_id)
    for relation in repealing.select_related("source__body", "source__public_version"):
        said = relation.source.public_version
        if said and [RelationKind.REPEALS, item.index_number] in said.metadata.get("relations", ()):
            raise StepError(SAID_BY_THEM, number=relation.source.index_number, body=relation.source.body.short_name)


def _require_repealable(item: Item, on: date, today: date) -> None:
    if item.repealed_on:
        raise StepError(REPEALED_BEFORE, day=item.repealed_on)
    if on < item.formed_on:
        raise StepError("废止日期早于成文日期 {day}，请核对。", day=item.formed_on).at("day")
    if item.effective_on and on < item.effective_on:
        raise StepError(NOT_IN_FORCE, day=item.effective_on).at("day")
    if on > clocks.a_year_after(today):
        raise StepError(TOO_FAR, day=on).at("day")


def public_reason(item: Item, reason: str) -> str:
    """写给公众的理由 — as typed. Raises StepError if nothing was said, or if the guard finds something."""
    why = require_reason(reason, MOST_REASON)
    if found := guarding.blocks_in(why, item.body):
        kinds = "、".join(dict.fromkeys(hits.label(each.kind) for each in found))
        raise StepError(NOT_FOR_THE_PUBLIC, kinds=kinds).at("opinion")
    return why


def _require_fitting(item: Item, ground: WithdrawalGround) -> None:
    if ground.has_period and not queries.is_penalty(item):
        raise StepError(NOT_A_PENALTY, ground=ground.label).at("ground")


def _withdraw_by(changed_on: date) -> date:
    counted = clocks.withdrawal(changed_on)
    return counted.due_on if counted else changed_on + timedelta(days=3)
