"""走一步 — the one way in which an item moves: permission, the law, a conditional write, the record (条例 第十七条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db.models import Model
from django.utils import timezone

from gongkai.documents.showing.signs import shown_signs
from gongkai.law.publishing import OVERTAKEN_BY, Act, State, after, begins_anew
from gongkai.law.scope import Openness
from gongkai.text.unseen import is_written
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings import document_numbers, guarding, metadata, notices, permissions, stamped
from gongkai.web.holdings.digests import is_intact
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Item, Review, Version
from gongkai.web.holdings.refusals import ClashError, DraftError, Problem, StepError
from gongkai.web.journal import actions as journal

_FILE_UNREAD = "机检还没看完“{file}”，请过一会儿刷新再办。"
_DRAFT_UNREAD = "机检还没看过这一稿，请过一会儿刷新再办。"
P = ParamSpec("P")
T = TypeVar("T")
UNREAD = (_FILE_UNREAD, _DRAFT_UNREAD)
"""还没看过 — refusals that pass by themselves, once the guard has looked (条例 第十七条)."""
BLOCKED = "机检还有 {count} 处阻断，不能公开。可以退回修改、换成遮盖副本，或者写明理由放行（条例第十五条）。"

MOST_OPINION, MOST_REASON, MOST_OVERRIDE = 1000, 500, 300
"""字数 — the most of an opinion, of a reason that the public may see, of a reason to let a hit pass."""


def begin(item: Item, staff: Staff, act: Act, *, edition: int | None = None) -> Item:
    """开始一步 — the item as it stands now, locked; refused where this person may not do this now (条例 第十七条).

    `edition`: the one that the person saw. ClashError where something was done since that concerns this step.
    """
    related = Item.objects.select_related("body", "newest_version__made_by", "public_version")
    fresh = related.select_for_update(of=("self",)).get(id=item.id)
    if edition is not None and _is_overtaken(fresh, act, edition):
        raise ClashError(fresh.newest_version)
    permissions.require(fresh, staff, act)
    return fresh


def _is_overtaken(item: Item, act: Act, edition: int) -> bool:
    """Every step counts one edition: those taken since are the last so many."""
    since = item.edition - edition
    if since <= 0 or edition < 0 or act not in OVERTAKEN_BY:
        return since != 0
    return bool(OVERTAKEN_BY[act] & {each.act for each in item.reviews.order_by("-id")[:since]})


def move(
    item: Item,
    act: Act,
    *,
    staff: Staff,
    now: datetime,
    actor: str = "",
    opinion: str = "",
    checks: Iterable[str] = (),
    record: Mapping[str, str] | None = None,
    facts: Mapping[str, object] | None = None,
    takes_turn: bool = True,
    changes: Mapping[str, Any] | None = None,
    rows: Iterable[Model] = (),
    gone: Iterable[str] = (),
) -> Review:
    """走一步 — one row changed or ClashError, the review, the journal (条例 第十七条). `item` shows it afterwards.

    `takes_turn`: whether it counts as a step of the route, after which another person must go on. `rows`, `gone`: what
    the step wrote and deleted besides.
    """
    require_short(opinion, MOST_OPINION)
    stamped.refuse(opinion, *(str(value) for value in (record or {}).values()))
    state, version = item.state, item.newest_version
    to = next_state(item, act)
    written = dict(changes or {}) | ({"last_actor": staff} if takes_turn else {})
    with document_numbers.used_once(item.body, written.get("document_number"), item):
        moved = Item.objects.filter(id=item.id, state=state, edition=item.edition).update(
            state=to, edition=item.edition + 1, updated_at=now, **written
        )
    if moved != 1 or version is None:
        raise ClashError(version)
    made = Review.objects.create(
        item=item,
        version=version,
        act=act,
        from_state=state,
        to_state=to,
        by=staff,
        at=now,
        opinion=opinion,
        checks=list(checks),
        record=dict(record) if record else None,
        digest=version.digest,
    )
    begun = (version, *version.files.all()) if "newest_version" in written and act is not Act.DISCARD else ()
    journal.record(
        chain=item.body.slug,
        act=f"holdings.{act.value}",
        subject=f"holdings.item:{item.id}",
        actor=actor or f"staff:{staff.id}",
        now=now,
        facts={
            "from": state.value,
            "to": to.value,
            "version": version.number,
            "digest": version.digest,
            **(facts or {}),
        },
        personal={"opinion": opinion} if opinion else None,
        rows=(item, made, *begun, *rows),
        gone=gone,
    )
    if to is not state:
        notices.settle(item, now)
    item.refresh_from_db()
    return made


def next_state(item: Item, act: Act) -> State:
    """下一状态 — by the table and what the version at work says of itself (条例 第十七条)."""
    told = item.newest_version.metadata if item.newest_version else {}
    begun = begun_anew(item) if act is Act.DISCARD else None
    return after(
        act,
        item.state,
        needs_legal_review=bool(told.get("is_normative")),
        is_proactive=told.get("openness") == Openness.PROACTIVE,
        is_public=item.public_version_id is not None,
        begun_from=begun.from_state if begun else None,
    )


def begun_anew(item: Item) -> Review | None:
    """另起的一步 — the step by which the revision at work was begun; None for a first draft (条例 第二十六条)."""
    steps = item.reviews.filter(act__in=[Act.CREATE, *(act for act in Act if begins_anew(act))])
    last = steps.order_by("-id").first()
    return last if last is not None and begins_anew(last.act) else None


def at_work(item: Item) -> Version:
    """在办的版本 — the newest of an item (条例 第十七条)."""
    if item.newest_version is None:
        raise StepError("{index} 还没有正文，请先打开修改、保存一次。", index=item.index_number)
    return item.newest_version


def all_at_once(*checks: Callable[[], object]) -> None:
    """一次说全 — make every check; StepError where one fails, DraftError with a sentence each where several do."""
    problems: list[Problem] = []
    fields: list[str] = []
    for check in checks:
        try:
            check()
        except DraftError as error:
            problems += error.problems
            fields += error.fields
        except StepError as error:
            fields += error.fields
            problems += [Problem(field, error.template, **error.values) for field in error.fields or ("",)]
    if len({each.message for each in problems}) == 1:
        raise StepError(problems[0].template, **problems[0].values).at(*fields)
    if problems:
        raise DraftError(tuple(problems)).at(*fields)


def written(text: str) -> str:
    """写了的 — as it is shown; empty where nothing of it is (条例 第十七条)."""
    shown = shown_signs(text).strip()
    return shown if is_written(shown) else ""


def require_reason(text: str, most: int = MOST_OPINION) -> str:
    """写明理由 — what was said, or a refusal where nothing was, or more than can be kept (条例 第十七条)."""
    said = written(text)
    if not said:
        raise StepError("这一步要写明意见或者理由，会留在办理记录里（条例第十七条）。").at("opinion")
    require_short(said, most)
    return said


def require_short(text: str, most: int) -> None:
    """留得下 — a refusal where more was written than is kept: nothing is cut off in silence (条例 第十七条)."""
    if len(text) > most:
        raise StepError("意见或者理由写了 {count} 字，最多 {most} 字，请删短一些。", count=len(text), most=most).at(
            "opinion"
        )


def require_complete(item: Item, version: Version, now: datetime, *, decided: bool = False) -> None:
    """元数据齐全 — DraftError with every problem otherwise (条例 第十二条).

    `decided`: the secrecy review has decided the openness, whatever the document says of itself.
    """
    found = metadata.problems(
        Draft.of(version),
        body=item.body,
        item=item,
        has_files=version.files.exists(),
        today=local_day(now),
        decided=decided,
    )
    if found:
        raise DraftError(found)


def require_read(version: Version) -> None:
    """机检看过 — the guard of today has read the words of a version, and every file as the public gets it."""
    if waiting := guarding.unread(version.files.select_related("file", "copy")):
        raise StepError(_FILE_UNREAD, file=waiting[0])
    if version.guarded_at is None:
        raise StepError(_DRAFT_UNREAD)


def require_clear(version: Version) -> None:
    """机检通过 — nothing blocks, or a reviewer let it pass with a reason (条例 第十五条)."""
    require_read(version)
    if found := guarding.blocking(version):
        raise StepError(BLOCKED, count=len(found))


def require_intact(version: Version) -> None:
    """未被改动 — what was reviewed still is what it was (条例 第十七条)."""
    if not is_intact(version):
        raise StepError("这一稿和审核时的摘要不一样，不能再往下办。请安全管理员查看办理记录。")


def looked_ahead(action: Callable[P, T]) -> Callable[P, T]:
    """先看再办 — an action before which the guard reads the words of its item: others write meanwhile (ADR 0023)."""

    @wraps(action)
    def taken(*unnamed: P.args, **named: P.kwargs) -> T:
        if isinstance(item := named.get("item"), Item):
            look_ahead(item)
        return action(*unnamed, **named)

    return taken


def look_ahead(item: Item) -> None:
    """先看 — the guard reads the words of an item at work, which it will be asked for in a moment (ADR 0023)."""
    if item.newest_version is not None:
        guarding.look_ahead(item.newest_version, item.body, item.index_number)


def look(version: Version, now: datetime) -> None:
    """机检 — the guard reads a version again, with the rules of today (条例 第十七条)."""
    version.guard = guarding.look(version, version.files.select_related("file", "copy"))
    version.guarded_at = now
    version.save(update_fields=["guard", "guarded_at"])


def local_day(now: datetime) -> date:
    """当天 — the day that it is here."""
    return timezone.localdate(now)
