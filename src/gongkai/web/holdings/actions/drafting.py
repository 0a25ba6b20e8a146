"""拟稿 — create, edit, attach, amend, discard: every change of words is a new version (条例 第十二条、第十七条)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from gongkai.documents.showing.signs import shown_name, shown_signs
from gongkai.law.publishing import Act, State
from gongkai.web.bodies import permissions as people
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.files.actions import QUARANTINED
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.holdings import clocks, document_numbers, guarding, metadata, secrets, stamped
from gongkai.web.holdings.actions.taking import at_work, begin, begun_anew, local_day, look, looked_ahead, move
from gongkai.web.holdings.digests import ALGORITHM, digest
from gongkai.web.holdings.draft import WORDS, Draft, in_force, set_joint_bodies
from gongkai.web.holdings.index_numbers import next_index_number
from gongkai.web.holdings.models import Column, Item, ItemFile, Version
from gongkai.web.holdings.refusals import DraftError, MadeBeforeError, Problem, StepError
from gongkai.web.holdings.rich_text import clean, plain

MOST_FILES, MOST_TITLE = 50, 150


class Attached(NamedTuple):
    """所附文件 — of a version: the file, the title under the text, and the public copy if one was made."""

    file: File
    title: str
    copy: PublicCopy | None = None


NOT_OURS = "这一页已经用过了。请从“新建公开信息”重新打开一页，把字填进去再保存。"


def create(
    *,
    body: Body,
    staff: Staff,
    draft: Draft,
    now: datetime,
    actor: str = "",
    once: str = "",
    files: Sequence[File] = (),
) -> Item:
    """新建 — an item with its index number, its clock and its first version (条例 第十二条、第二十六条).

    `actor`: who stands in the journal, where it is not the person who signed in. `once`: of the form; MadeBeforeError
    where it was sent before.
    """
    people.require(staff, Act.CREATE, body=body, state=None)
    _look_ahead(draft, body)
    return _create(body, staff, draft, now, actor, once, files)


@transaction.atomic
def _create(
    body: Body, staff: Staff, draft: Draft, now: datetime, actor: str, once: str, files: Sequence[File]
) -> Item:
    people.require(staff, Act.CREATE, body=body, state=None)
    if once:
        _require_first(staff, once)
    require_fitting(draft, None, has_files=bool(files), body=body)
    given = {
        "body": body,
        "state": State.DRAFT,
        "index_number": next_index_number(body, draft.formed_on.year),
        "due_on": clocks.disclosure_due_on(draft.formed_on),
        "created_by": staff,
        "last_actor": staff,
        "once": once or None,
        "created_at": now,
        "updated_at": now,
        **in_force(draft),
    }
    with document_numbers.used_once(body, draft.document_number):
        item = Item.objects.create(**given)
    set_joint_bodies(item, draft)
    made, uses = _composed(item, staff, draft, _with(files, [], body), now)
    _keep(made, uses, now)
    item.newest_version = made
    facts, changes = {"index": item.index_number}, {"newest_version": made}
    move(item, Act.CREATE, staff=staff, now=now, actor=actor, facts=facts, changes=changes)
    return item


def edit(
    *,
    item: Item,
    staff: Staff,
    draft: Draft,
    edition: int,
    now: datetime,
    actor: str = "",
    files: Sequence[File] = (),
    without: Collection[int] = (),
    titles: Mapping[int, str] | None = None,
) -> Item:
    """修改 — a new version; after the first review it begins anew; nothing new: nothing happens (条例 第十七条).

    `files`: to be attached with it; `without`: numbers of files that are taken away; `titles`: new ones by the number
    of the file. ClashError where somebody wrote since `edition`; both texts are then at hand.
    """
    _look_ahead(draft, item.body, item.index_number)
    return _edit(item, staff, draft, edition, now, actor, files, without, titles)


@transaction.atomic
def _edit(
    item: Item,
    staff: Staff,
    draft: Draft,
    edition: int,
    now: datetime,
    actor: str,
    files: Sequence[File],
    without: Collection[int],
    titles: Mapping[int, str] | None,
) -> Item:
    fresh = begin(item, staff, Act.EDIT, edition=edition)
    held = [_titled(each, titles or {}) for each in _attached(at_work(fresh)) if each.file.pk not in without]
    together = _with(files, held, fresh.body)
    require_fitting(draft, fresh, has_files=bool(together), body=fresh.body)
    return _edited(fresh, staff, draft, together, now, actor)


def is_there(*, item: Item, staff: Staff, draft: Draft, files: Sequence[File] = ()) -> bool:
    """已经写着 — whether to save this would change nothing (条例 第十七条)."""
    version = at_work(item)
    made, _ = _composed(item, staff, draft, _with(files, _attached(version), item.body), version.made_at)
    return made.digest == version.digest


@looked_ahead
@transaction.atomic
def attach_file(
    *, item: Item, staff: Staff, file: File, now: datetime, title: str = "", edition: int | None = None, actor: str = ""
) -> Item:
    """附上文件 — a new version with one file more (条例 第二十四条)."""
    fresh = begin(item, staff, Act.EDIT, edition=edition)
    title = shown_name(title)
    stamped.refuse(title)
    _require_usable(file, fresh.body)
    version = at_work(fresh)
    if secrets.is_stub(version.metadata):
        raise StepError(secrets.NO_FILES)
    files = _attached(version)
    require_few([*files, file])
    return _edited(fresh, staff, Draft.of(version), [*files, Attached(file, title or file.name)], now, actor)


@looked_ahead
@transaction.atomic
def detach_file(*, item: Item, staff: Staff, item_file: ItemFile, now: datetime, edition: int | None = None) -> Item:
    """去掉文件 — a new version with one file less; the original stays with the versions before (条例 第二十四条)."""
    fresh = begin(item, staff, Act.EDIT, edition=edition)
    version = at_work(fresh)
    files = [Attached(each.file, each.title, each.copy) for each in version.files.all() if each.id != item_file.id]
    return _edited(fresh, staff, Draft.of(version), files, now)


@looked_ahead
@transaction.atomic
def amend(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """修订 — a new version is begun while the old one stays public; the clock runs from today (条例 第二十六条)."""
    fresh = begin(item, staff, Act.AMEND, edition=edition)
    made = next_version(fresh, staff, Draft.of(at_work(fresh)), now)
    today = local_day(now)
    due_on = clocks.disclosure_due_on(today)
    changes = {"newest_version": made, "changed_on": today, "due_on": due_on}
    move(fresh, Act.AMEND, staff=staff, now=now, changes=changes)
    return fresh


@transaction.atomic
def discard(*, item: Item, staff: Staff, now: datetime, edition: int | None = None) -> Item:
    """作废 — a draft that is not wanted; where it was a revision, what was settled before stays (条例 第十七条)."""
    fresh = begin(item, staff, Act.DISCARD, edition=edition)
    begun, changes = begun_anew(fresh), dict[str, object]()
    if begun is not None and fresh.state is State.DRAFT:
        before = fresh.reviews.filter(id__lt=begun.id).select_related("version").order_by("-id").first()
        settled = fresh.public_version or (before.version if before else at_work(fresh))
        changes = {"newest_version": settled, "changed_on": None}
        if fresh.public_version is None:
            changes |= in_force(Draft.of(settled))
            set_joint_bodies(fresh, Draft.of(settled))
    move(fresh, Act.DISCARD, staff=staff, now=now, changes=changes)
    return fresh


def stub_version(item: Item, staff: Staff, draft: Draft, now: datetime) -> Version:
    """只留登记 — a version that holds neither words nor files; the caller takes the step that it belongs to."""
    made, uses = _composed(item, staff, draft, [], now)
    _keep(made, uses, now)
    item.newest_version = made
    return made


def next_version(item: Item, staff: Staff, draft: Draft, now: datetime) -> Version:
    """另起一稿 — a version after the newest, with its files; the caller takes the step that it belongs to."""
    made, uses = _composed(item, staff, draft, _attached(at_work(item)), now)
    _keep(made, uses, now)
    item.newest_version = made
    return made


def _edited(item: Item, staff: Staff, draft: Draft, files: Sequence[Attached], now: datetime, actor: str = "") -> Item:
    made, uses = _composed(item, staff, draft, files, now)
    if made.digest == at_work(item).digest:
        return item
    _keep(made, uses, now)
    changes: dict[str, object] = {"publish_at": None, "newest_version": made}
    if item.public_version_id is None:
        changes |= in_force(draft)
        set_joint_bodies(item, draft)
        if item.changed_on is None:
            changes["due_on"] = clocks.disclosure_due_on(draft.formed_on)
    item.newest_version = made
    move(item, Act.EDIT, staff=staff, now=now, actor=actor, changes=changes)
    return item


def _attached(version: Version) -> list[Attached]:
    uses = version.files.select_related("file", "copy")
    return [Attached(each.file, each.title, each.copy) for each in uses]


def _with(files: Sequence[File], held: Sequence[Attached], body: Body) -> list[Attached]:
    """One that is there under its name, sign by sign, is not attached again: a form may be sent twice."""
    known, together = {(each.file.digest, each.file.name) for each in held}, list(held)
    for file in files:
        _require_usable(file, body)
        if (file.digest, file.name) not in known:
            known.add((file.digest, file.name))
            together.append(Attached(file, file.name))
    require_few(together)
    return together


def _titled(held: Attached, titles: Mapping[int, str]) -> Attached:
    title = shown_signs(titles.get(held.file.pk, held.title)).strip()
    stamped.refuse(title)
    if len(title) > MOST_TITLE:
        raise StepError("附件的说明写了 {count} 字，最多 {most} 字，请删短一些。", count=len(title), most=MOST_TITLE)
    return held._replace(title=title or held.file.name)


def _require_usable(file: File, body: Body) -> None:
    if file.body_id != body.pk:
        raise StepError("这个文件是别的单位上传的，请自己上传一份再附上。")
    stamped.refuse(file.name)
    if file.quarantined_at:
        raise StepError(QUARANTINED)


def require_few(files: Sequence[object]) -> None:
    """不能太多 — StepError where one item would have more files than may be (条例 第十二条)."""
    if len(files) > MOST_FILES:
        raise StepError("一件信息最多附 {most} 个文件，可以合并成一个再传。", most=MOST_FILES)


def _look_ahead(draft: Draft, body: Body, index_number: str = "") -> None:
    # What will be refused is not read first: it may be endless, or must not be here (保密法 第三十一条).
    if not secrets.is_secret(draft) and not any(metadata.lengths(draft)) and not any(stamped.problems(draft)):
        guarding.look_ahead(Version(**_worded(draft)), body, index_number)


def _worded(draft: Draft) -> dict[str, Any]:
    """Its words as a version keeps them: rich text made safe."""
    html = clean(draft.body_html)
    words = {name: getattr(draft, name).strip() for name in WORDS} | {"body_html": html}
    return {**words, "body_text": plain(html), "metadata": draft.metadata()}


def _composed(
    item: Item, staff: Staff, draft: Draft, files: Sequence[Attached], now: datetime
) -> tuple[Version, list[ItemFile]]:
    """The next version and its files, not yet kept, everything under one digest."""
    if secrets.is_secret(draft):
        draft = draft.with_changes(title=secrets.stub_title(item.index_number), body_html="")
    last = item.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version(
        item=item,
        number=last + 1,
        algorithm=ALGORITHM,
        made_by=staff,
        made_at=now,
        **_worded(draft),
    )
    uses = [
        ItemFile(version=version, file=each.file, title=each.title, copy=each.copy, order=place)
        for place, each in enumerate(files)
    ]
    version.digest = digest(version, uses)
    return version, uses


def _keep(version: Version, uses: Sequence[ItemFile], now: datetime) -> None:
    version.save()
    for each in uses:
        each.version = version
    ItemFile.objects.bulk_create(uses)
    look(version, now)


def _require_first(staff: Staff, once: str) -> None:
    """Forms of one person are taken one after the other, so that the second sees what the first has made."""
    Staff.objects.select_for_update().get(id=staff.id)
    if made := Item.objects.filter(once=once).first():
        raise MadeBeforeError(made) if made.created_by_id == staff.id else StepError(NOT_OURS)


def require_fitting(draft: Draft, item: Item | None, *, has_files: bool, body: Body | None = None) -> None:
    """留得下 — what does not fit or must not be here is not kept; what is missing is asked later (条例 第十二条).

    `body`: in which its number must be free, once it is known that the form was not sent before.
    """
    found = tuple(metadata.lengths(draft))
    if any(each.field == "body_html" for each in found):  # nothing is made of what nobody could look into
        raise DraftError(found)
    found += (*stamped.problems(draft), *secrets.problems(draft, item, has_files=has_files))
    if item is None and not has_files:
        found += metadata.emptiness(draft)
    if body:
        found += document_numbers.taken(body, draft.document_number, item)
    if draft.column and not Column.objects.filter(slug=draft.column).exists():
        found += (Problem("column", "还没有选栏目，请选它要公开在哪里"),)
    if found:
        raise DraftError(found)
