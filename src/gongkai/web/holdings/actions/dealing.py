"""处理机检发现 — a hit is let pass with its reason, or a file gets a masked copy (条例 第十五条、第十七条)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from gongkai.law.publishing import Act
from gongkai.text.proofreading import Slip
from gongkai.web.bodies.models import Staff
from gongkai.web.files import actions as files
from gongkai.web.files.models import CopyKind, File
from gongkai.web.holdings import guarding
from gongkai.web.holdings.actions.taking import (
    MOST_OVERRIDE,
    at_work,
    begin,
    look,
    look_ahead,
    move,
    require_reason,
    require_short,
    written,
)
from gongkai.web.holdings.models import Item, ItemFile, Override, Version
from gongkai.web.holdings.refusals import ClashError, StepError
from gongkai.web.holdings.stamped import is_stamp

SECRECY = str(Slip.SECRECY)
"""密级标志 — the kind of hit that 保密审查 alone lets pass (保密法 第三十五条)."""
STOP = (
    "这一处是密级或者内部资料的标志。请立即停止，不要在本系统处理；是不是国家秘密，由保密审查在“待保密审查”这一步"
    "写明依据（保密法第三十一条、第三十五条）。"
)
STAMPED = (
    "这一处是盖的密级标志，不能放行。涉密的，请“停办，请求清除涉密内容”；已经解密或者误标的，请退回，"
    "去掉标志再送审：不属于国家秘密的，不得作出国家秘密标志（保密法第二十二条）。"
)
NO_BASIS = "请写明解密依据，或者为什么不是密级标志（保密法第二十四条）。"
DEALT_WITH = "这一处已经处理过了，请刷新页面。"


@transaction.atomic
def override_hit(*, item: Item, staff: Staff, hit: str, reason: str, now: datetime, edition: int | None = None) -> Item:
    """放行一处阻断 — a hit of the guard that is none, or may be public, with the reason (条例 第十七条).

    StepError for a secrecy mark: only `lift_secrecy` deals with it.
    """
    fresh = begin(item, staff, Act.OVERRIDE, edition=edition)
    why, found = require_reason(reason, MOST_OVERRIDE), _blocking(fresh, hit)
    if found["kind"] == SECRECY:
        raise StepError(STOP)
    return _overridden(fresh, staff, Act.OVERRIDE, found, why, now)


@transaction.atomic
def lift_secrecy(*, item: Item, staff: Staff, hit: str, basis: str, now: datetime, edition: int | None = None) -> Item:
    """放行一处密级标志 — a mention that is no secret, with the ground; never a stamp (保密法 第二十四条)."""
    fresh = begin(item, staff, Act.LIFT_SECRECY, edition=edition)
    if not (basis := written(basis)):
        raise StepError(NO_BASIS).at("opinion")
    found = _blocking(fresh, hit)
    if found["kind"] != SECRECY:
        raise StepError("这一处不是密级标志，请用“放行一处机检阻断”。")
    if is_stamp(found):
        raise StepError(STAMPED)
    return _overridden(fresh, staff, Act.LIFT_SECRECY, found, basis, now)


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
    with transaction.atomic():
        asked = _to_mask(begin(item, staff, Act.MASK, edition=edition), item_file, drop)
    # The slow part comes between: nobody waits for a copy to be made (ADR 0023).
    file, decisions = asked
    ready = files.ready_public_copy(file=file, kind=CopyKind.MASKED, decisions=decisions, staff=staff, now=now)
    look_ahead(item)
    with transaction.atomic():
        fresh = begin(item, staff, Act.MASK, edition=edition)
        if _to_mask(fresh, item_file, drop) != asked:
            raise ClashError(fresh.newest_version)
        made = files.keep_public_copy(ready=ready, staff=staff, now=now)
        version = at_work(fresh)
        version.files.filter(id=item_file.id).update(copy=made)
        look(version, now)
        facts = {"file": file.pk, "copy": made.digest}
        rows = version.files.filter(id=item_file.id)
        move(fresh, Act.MASK, staff=staff, now=now, facts=facts, takes_turn=False, rows=rows)
    return fresh


def _to_mask(item: Item, item_file: ItemFile, drop: Collection[tuple[str, int]]) -> tuple[File, dict[str, object]]:
    """What is to be masked, and how."""
    version = at_work(item)
    used = version.files.select_related("file__body").filter(id=item_file.id).first()
    if used is None:
        raise StepError("这个附件已经不在这一稿里了，请刷新页面。")
    return used.file, {"keep": sorted(let_pass(version)), "drop": [list(each) for each in drop]}


def let_pass(version: Version) -> set[str]:
    """已放行的 — the keys of hits in files that reviewers let pass (条例 第十七条)."""
    passed = set(version.overrides.values_list("hit", flat=True))
    return {each["key"] for each in version.guard or () if each["id"] in passed and "key" in each}


def _blocking(item: Item, hit: str) -> guarding.Found:
    found = next((each for each in guarding.blocking(at_work(item)) if each["id"] == hit), None)
    if found is None:
        raise StepError(DEALT_WITH)
    return found


def _overridden(item: Item, staff: Staff, act: Act, found: guarding.Found, why: str, now: datetime) -> Item:
    require_short(why, MOST_OVERRIDE)
    told = {"hit": found["id"], "kind": found["kind"], "reason": why}
    made = Override.objects.create(version=at_work(item), by=staff, at=now, **told)
    facts = {"hit": found["id"], "kind": found["kind"]}
    move(item, act, staff=staff, now=now, opinion=why, facts=facts, takes_turn=False, rows=[made])
    return item
