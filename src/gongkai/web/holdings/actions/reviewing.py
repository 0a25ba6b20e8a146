"""审核 — 三审三校, 合法性审核, 保密审查; return with a reason; what the guard found is dealt with (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from gongkai.law.procedure import ROUTE, STEPS, Act, Need
from gongkai.web.bodies.models import Staff
from gongkai.web.files import actions as files
from gongkai.web.files.models import CopyKind
from gongkai.web.holdings import guarding, notices
from gongkai.web.holdings.actions.taking import (
    at_work,
    begin,
    look,
    move,
    require_clear,
    require_complete,
    require_intact,
    require_read,
    require_reason,
)
from gongkai.web.holdings.models import Item, ItemFile, Override, Version
from gongkai.web.holdings.refusals import StepError

CHECKS = {"lawful": "合法性", "accurate": "准确性", "may_disclose": "可公开性", "secrecy": "保密性"}
"""四项检查 — of the secrecy review, code and name (条例 第十七条)."""
RECORD = {"way": "拟公开方式", "scope": "公开范围", "time": "公开时间", "ground": "理由和依据", "outcome": "审查结论"}
"""保密审查书面记录 — its fields; all but the ground must be written (条例 第十七条)."""
OUTCOMES = ("公开", "删减后公开", "暂缓公开", "依申请公开", "不予公开", "报保密部门确定")
"""审查结论 — what a secrecy review may come to; only the first two and the fourth and fifth go on."""
PASSES = {act for _, act, _ in ROUTE}


@transaction.atomic
def submit(*, item: Item, staff: Staff, now: datetime, edition: int | None = None, actor: str = "") -> Item:
    """送初审 — with complete metadata (条例 第十七条)."""
    fresh = begin(item, staff, Act.SUBMIT, edition=edition)
    version = at_work(fresh)
    require_complete(fresh, version, now)
    look(version, now)
    move(fresh, Act.SUBMIT, staff=staff, now=now, actor=actor)
    notices.tell_next(fresh, staff, now)
    return fresh


@transaction.atomic
def pass_review(
    *,
    item: Item,
    staff: Staff,
    act: Act,
    now: datetime,
    edition: int | None = None,
    opinion: str = "",
    checks: Collection[str] = (),
    record: Mapping[str, str] | None = None,
) -> Item:
    """审核通过 — one of the five reviews, with what the table of the procedure asks of it (条例 第十七条)."""
    if act not in PASSES:
        raise StepError("“{act}”不是审核的一步。", act=act.label)
    fresh = begin(item, staff, act, edition=edition)
    version = at_work(fresh)
    needs = STEPS[act].needs
    if Need.OPINION in needs:
        require_reason(opinion)
    if Need.CHECKS in needs and (missing := [CHECKS[each] for each in CHECKS if each not in checks]):
        raise StepError("四项检查还差：{missing}。逐项看过再通过。", missing="、".join(missing))
    if Need.RECORD in needs:
        _require_record(record or {})
    if Need.METADATA in needs:
        require_complete(fresh, version, now)
    if Need.GUARD_READ in needs:
        require_read(version)
    if Need.GUARD_CLEAR in needs:
        look(version, now)
        require_clear(version)
        _make_copies(version, staff, now)
        look(version, now)
        require_clear(version)
    require_intact(version)
    kept = {name: (record or {}).get(name, "").strip() for name in RECORD} if Need.RECORD in needs else None
    facts = {"copies": _copies(version), "hits": len(version.guard or ())}
    move(
        fresh,
        act,
        staff=staff,
        now=now,
        opinion=opinion.strip(),
        checks=[each for each in CHECKS if each in checks],
        record=kept,
        facts=facts,
    )
    notices.tell_next(fresh, staff, now)
    return fresh


@transaction.atomic
def send_back(*, item: Item, staff: Staff, opinion: str, now: datetime, edition: int | None = None) -> Item:
    """退回修改 — to the draft, with the reason (条例 第十七条)."""
    fresh = begin(item, staff, Act.RETURN, edition=edition)
    reason = require_reason(opinion)
    move(fresh, Act.RETURN, staff=staff, now=now, opinion=reason, changes={"publish_at": None})
    writers = {at_work(fresh).made_by, fresh.created_by} - {staff}
    notices.tell(writers, notices.RETURNED, fresh, now)
    return fresh


@transaction.atomic
def override_hit(*, item: Item, staff: Staff, hit: str, reason: str, now: datetime, edition: int | None = None) -> Item:
    """放行一处阻断 — a hit of the guard that is none, or may be public, with the reason (条例 第十七条)."""
    fresh = begin(item, staff, Act.OVERRIDE, edition=edition)
    version, why = at_work(fresh), require_reason(reason)
    found = next((each for each in guarding.blocking(version) if each["id"] == hit), None)
    if found is None:
        raise StepError("这一处已经处理过了，请刷新页面。")
    Override.objects.create(version=version, hit=hit, kind=found["kind"], reason=why, by=staff, at=now)
    facts = {"hit": hit, "kind": found["kind"]}
    move(fresh, Act.OVERRIDE, staff=staff, now=now, opinion=why, facts=facts, takes_turn=False)
    return fresh


@transaction.atomic
def use_masked_copy(
    *,
    item: Item,
    staff: Staff,
    item_file: ItemFile,
    now: datetime,
    drop: Collection[tuple[str, int]] = (),
    edition: int | None = None,
) -> Item:
    """换成遮盖副本 — what the public gets of a file is a copy in which the hits are masked (条例 第十五条).

    Those that a reviewer let pass stay as they are; `drop`: columns to leave out, each the sheet and the column.
    """
    fresh = begin(item, staff, Act.MASK, edition=edition)
    version = at_work(fresh)
    used = version.files.select_related("file").filter(id=item_file.id).first()
    if used is None:
        raise StepError("这个附件已经不在这一稿里了，请刷新页面。")
    decisions = {"keep": sorted(_let_pass(version)), "drop": [list(each) for each in drop]}
    used.copy = files.make_public_copy(file=used.file, kind=CopyKind.MASKED, decisions=decisions, staff=staff, now=now)
    used.save(update_fields=["copy"])
    look(version, now)
    facts = {"file": used.file_id, "copy": used.copy.digest}
    move(fresh, Act.MASK, staff=staff, now=now, facts=facts, takes_turn=False)
    return fresh


@transaction.atomic
def look_again(*, item: Item, now: datetime) -> list[guarding.Found]:
    """重新机检 — what blocks now in the version that the public sees, or that is at work (条例 第十五条)."""
    version = item.public_version or at_work(item)
    look(version, now)
    return guarding.blocking(version)


def _require_record(record: Mapping[str, str]) -> None:
    missing = [RECORD[name] for name in RECORD if name != "ground" and not record.get(name, "").strip()]
    if missing:
        raise StepError("保密审查书面记录还差：{missing}（条例第十七条）。", missing="、".join(missing))
    outcome = record["outcome"].strip()
    if outcome in ("暂缓公开", "报保密部门确定"):
        raise StepError("审查结论是“{outcome}”，不能通过。请退回，写明理由（条例第十七条）。", outcome=outcome)


def _make_copies(version: Version, staff: Staff, now: datetime) -> None:
    """What the final reviewer passes is what the public gets: every file has its public copy by then."""
    decisions = {"keep": sorted(_let_pass(version))}
    for each in version.files.select_related("file").filter(copy=None):
        each.copy = files.make_public_copy(
            file=each.file, kind=CopyKind.STRIPPED, decisions=decisions, staff=staff, now=now
        )
        each.save(update_fields=["copy"])


def _let_pass(version: Version) -> set[str]:
    """The keys of hits in files that reviewers let pass."""
    passed = set(version.overrides.values_list("hit", flat=True))
    return {each["key"] for each in version.guard or () if each["id"] in passed and "key" in each}


def _copies(version: Version) -> list[str]:
    return [each.copy.digest for each in version.files.select_related("copy") if each.copy]
