"""审核 — 三审三校, 合法性审核, 终审; return with a reason (条例 第十七条). 保密审查 is `concluding`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from gongkai.law.publishing import COMBINED, ROUTE, STEPS, Act, Need, State
from gongkai.law.scope import Openness
from gongkai.law.secrecy import Check, Written
from gongkai.web.bodies.models import Staff
from gongkai.web.bodies.permissions import Refused
from gongkai.web.holdings import concluded, guarding, notices, permissions
from gongkai.web.holdings.actions.concluding import passed, require_recorded
from gongkai.web.holdings.actions.dealing import let_pass
from gongkai.web.holdings.actions.taking import (
    all_at_once,
    at_work,
    begin,
    look,
    look_ahead,
    looked_ahead,
    move,
    require_clear,
    require_complete,
    require_intact,
    require_read,
    require_reason,
)
from gongkai.web.holdings.copies import Prepared, prepared_copies, settle_copies
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Item, ItemFile, Version
from gongkai.web.holdings.refusals import DraftError, Problem, StepError

ANSWER_SEEN = "answer_seen"
"""看过答复 — what the final reviewer ticks where the authority was asked (条例 第十七条第三款)."""
NOT_SEEN = "这一件报过保密部门确定。请看过报送和答复的情况，勾选“看过”，再通过（条例第十七条）。"
UNDESCRIBED = "图片“{file}”还没有说明。请写一句图上是什么，看不见图的人靠它知道（无障碍环境建设法第三十二条）"
PASSES = {act for _, act, _ in ROUTE}


@looked_ahead
@transaction.atomic
def submit(*, item: Item, staff: Staff, now: datetime, edition: int | None = None, actor: str = "") -> Item:
    """送初审 — with complete metadata (条例 第十七条)."""
    fresh = begin(item, staff, Act.SUBMIT, edition=edition)
    version = at_work(fresh)
    _require_fit_to_send(fresh, version, now)
    look(version, now)
    move(fresh, Act.SUBMIT, staff=staff, now=now, actor=actor)
    notices.tell_next(fresh, staff, now)
    return fresh


@transaction.atomic
def recall(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """撤回送审 — by whoever writes: it is a draft again, and reviewed from the beginning (条例 第十七条)."""
    fresh = begin(item, staff, Act.RECALL, edition=edition)
    move(fresh, Act.RECALL, staff=staff, now=now, changes={"publish_at": None})
    return fresh


def _require_fit_to_send(item: Item, version: Version, now: datetime) -> None:
    """Metadata and the words of pictures, all that is missing at once."""
    used = [each for each in version.files.select_related("file", "copy") if each.is_undescribed]
    missing = tuple(Problem(f"title-{each.file_id}", UNDESCRIBED, file=each.title) for each in used)
    try:
        require_complete(item, version, now)
    except DraftError as error:
        raise DraftError((*error.problems, *missing)) from None
    if missing:
        raise DraftError(missing)


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
    """审核通过 — one of the five reviews, with what the table of the procedure asks of it (条例 第十七条).

    `record`: of the secrecy review, by the codes of `law.secrecy.Written`; its outcome may change the openness.
    """
    if act not in PASSES:
        raise StepError("“{act}”不是审核的一步。", act=act.label)
    look_ahead(item)
    given = Given(opinion, checks, record or {}, {})
    if act is Act.PASS_FINAL:
        given = given._replace(prepared=_prepared(item, staff, now, given))
    return _pass_review(item, staff, act, now, edition, given)


class Given(NamedTuple):
    """所填 — of a review; `prepared`: the copies that the public will get."""

    opinion: str
    checks: Collection[str]
    record: Mapping[str, str]
    prepared: Prepared


def _prepared(item: Item, staff: Staff, now: datetime, given: Given) -> Prepared:
    """Nothing where the step will be refused or needs none: what blocks is said before a copy is made."""
    version = item.newest_version
    if version is None or item.state is not State.FINAL_REVIEW or guarding.blocking(version):
        return {}
    with suppress(Refused, StepError, DraftError):
        permissions.require(item, staff, Act.PASS_FINAL)
        _require_asked(item, version, Act.PASS_FINAL, given)
        concluded.require_agreed(item, version)
        require_complete(item, version, now, decided=True)
        return _copies_for(version, staff, now)
    return {}


def _copies_for(version: Version, staff: Staff, now: datetime) -> Prepared:
    if Draft.of(version).openness is not Openness.PROACTIVE or guarding.unread(uses := _uses(version)):
        return {}
    return prepared_copies(uses, keep=let_pass(version), staff=staff, now=now)


def _require_asked(item: Item, version: Version, act: Act, given: Given) -> None:
    """What the table of the procedure asks of a review, all that is missing at once."""
    require = {
        Need.OPINION: lambda: require_reason(given.opinion),
        Need.RECORD: lambda: require_recorded(item, act, given.record),
        Need.CHECKS: lambda: _require_ticked(given.checks),
        Need.ANSWER_SEEN: lambda: _require_seen(item, given.checks),
        Need.GUARD_READ: lambda: require_read(version),
    }
    needs = STEPS[act].needs
    all_at_once(*(check for need, check in require.items() if need in needs), lambda: require_intact(version))


@transaction.atomic
def _pass_review(item: Item, staff: Staff, act: Act, now: datetime, edition: int | None, given: Given) -> Item:
    opinion, checks, record, prepared = given
    fresh = begin(item, staff, act, edition=edition)
    needs = STEPS[act].needs
    version = at_work(fresh)
    _require_asked(fresh, version, act, given)
    if act is Act.PASS_FINAL:
        _require_final(fresh, at_work(fresh), staff, now, prepared)
    kept, changes = passed(fresh, staff, record, now) if Need.RECORD in needs else (None, {})
    version = at_work(fresh)
    facts: dict[str, object] = {"copies": _copies(version), "hits": len(version.guard or ())}
    if kept:
        facts["outcome"] = kept[Written.OUTCOME]
    if permissions.is_combined(fresh, staff, act):
        facts["combined"] = COMBINED[act]
    settled = version.files.all() if act is Act.PASS_FINAL else ()
    move(
        fresh,
        act,
        staff=staff,
        now=now,
        opinion=opinion.strip(),
        checks=[each for each in (*Check, ANSWER_SEEN) if each in checks],
        record=kept,
        facts=facts,
        changes=changes,
        rows=settled,
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


def look_again(*, item: Item, now: datetime) -> list[guarding.Found]:
    """重新机检 — what blocks now in the version that the public sees, or that is at work (条例 第十五条)."""
    version = item.public_version or at_work(item)
    guarding.look_ahead(version, item.body, item.index_number)
    with transaction.atomic():
        look(version, now)
        return guarding.blocking(version)


def _require_ticked(checks: Collection[str]) -> None:
    if missing := [each.label for each in Check if each not in checks]:
        raise StepError("四项检查还差：{missing}。逐项看过再通过。", missing="、".join(missing)).at("checks")


def _require_seen(item: Item, checks: Collection[str]) -> None:
    if item.referrals.exists() and ANSWER_SEEN not in checks:
        raise StepError(NOT_SEEN).at("seen")


def _require_final(item: Item, version: Version, staff: Staff, now: datetime, prepared: Prepared) -> None:
    """What the final reviewer passes is what the public gets; of what stays inside the guard decides nothing."""
    concluded.require_agreed(item, version)
    require_complete(item, version, now, decided=True)
    if Draft.of(version).openness is not Openness.PROACTIVE:
        return
    look(version, now)
    require_clear(version)
    settle_copies(_uses(version), keep=let_pass(version), staff=staff, now=now, prepared=prepared)
    look(version, now)
    require_clear(version)


def _copies(version: Version) -> list[str]:
    return [each.copy.digest for each in version.files.select_related("copy") if each.copy]


def _uses(version: Version) -> list[ItemFile]:
    return list(version.files.select_related("file__body", "copy", "version"))
