"""一条信息 — what its page shows: the public version, files, what explains it, its history, its proof (条例 第二十条).

Everything is of the version that is public. What is being amended meanwhile, nobody sees here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, prefetch_related_objects
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.law.publishing import Act
from gongkai.law.scope import Validity
from gongkai.web.bodies.models import Body
from gongkai.web.files.kinds import is_picture
from gongkai.web.files.models import CopyKind, PublicCopy
from gongkai.web.holdings import circles
from gongkai.web.holdings.models import Item, Relation, RelationKind, Version
from gongkai.web.holdings.queries import Change, happened, happening, is_public, public_files, standing, was_public
from gongkai.web.holdings.queries.disclosed import JUDGED
from gongkai.web.journal.models import Entry
from gongkai.web.portal.listing import NAMED

# What a page does not show is not read: most of it is long.
_UNSHOWN = (
    *("audience", "ground_note", "call_back_reason", "created_at", "due_on", "publish_at"),
    *(f"public_version__{name}" for name in ("body_text", "guard")),
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件 — the copy that the public gets, under the title of its place (条例 第二十四条)."""

    title: str
    copy: PublicCopy

    @property
    def is_masked(self) -> bool:
        """已隐去 — whether something that the office's own file holds was masked in it (条例 第三十七条)."""
        return bool(self.copy.kind == CopyKind.MASKED)

    @property
    def is_picture(self) -> bool:
        """图片 — shown in the page, with its title for those who cannot see it (条例 第二十四条)."""
        return is_picture(self.copy.name)

    @property
    def address(self) -> str:
        """下载地址 — not to be guessed, and never changed."""
        return reverse("files:public", args=[self.copy.key, self.copy.name])


@dataclass(frozen=True, slots=True)
class Step:
    """沿革的一步 — what came before a document or after it, and itself (条例 第二十条第（一）项)."""

    item: Item
    kind: RelationKind | None
    on: date
    is_this: bool = False
    is_reopened: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """一条信息 — with all that its page says of it (条例 第二十条)."""

    item: Item
    version: Version
    validity: Validity | None
    attachments: list[Attachment]
    interpretations: list[Item]
    interpreted: list[Item]
    history: list[Step]
    ended_by: Relation | None
    entry: Entry | None
    ends_on: date | None = None
    joint: tuple[Body, ...] = ()
    """联合发文 — the bodies that made it together with the one that keeps it (条例 第十条)."""

    @property
    def renewed_at(self) -> datetime | None:
        """更新的时间 — when what is shown went out, where the item had been published before (条例 第二十三条)."""
        at, first = self.entry.at if self.entry else None, self.item.published_at
        return at if at and first and at - first >= timedelta(minutes=1) else None

    @property
    def is_reopened(self) -> bool:
        """重新公开 — whether it went out the last time after it had been withdrawn (条例 第二十三条)."""
        at = self.renewed_at
        return bool(at and any(step.is_reopened and step.on == localdate(at) for step in self.history))

    @property
    def is_over(self) -> bool:
        """已失去效力 — repealed or lapsed."""
        return self.validity in (Validity.REPEALED, Validity.LAPSED)


def find(index_number: str) -> Item | None:
    """按索引号 — a public item, or one that was public and was withdrawn; None for what the public never saw."""
    found = was_public().filter(index_number=index_number)
    return found.select_related("body", "office", "column", "public_version").defer(*_UNSHOWN).first()


def article(item: Item, today: date) -> Article:
    """成页 — of a public item, in five queries more (条例 第二十条)."""
    version = item.public_version
    assert version is not None
    relations = _relations(item)
    stands, entry = standing(item, today), published_by(item)
    explaining = [r.source for r in relations if r.kind is RelationKind.INTERPRETS and r.target_id == item.pk]
    parents = circles.parents_of((each.body_id, item.body_id) for each in explaining)
    return Article(
        item=item,
        version=version,
        validity=stands,
        attachments=_attachments(version),
        interpretations=[each for each in explaining if circles.may_explain(each.body_id, item.body_id, parents)],
        interpreted=[r.target for r in relations if r.kind is RelationKind.INTERPRETS and r.source_id == item.pk],
        history=_history(item, relations, entry),
        ended_by=_ended_by(item, relations) if stands is Validity.REPEALED else None,
        entry=entry,
        joint=tuple(item.joint_bodies.order_by("id")),
        ends_on=item.repealed_on if item.repealed_on and item.repealed_on > today else None,
    )


def published_by(item: Item) -> Entry | None:
    """存证 — the entry of the journal by which its public version went out (条例 第二十三条)."""
    entries = Entry.objects.filter(subject=f"holdings.item:{item.pk}", act=f"holdings.{Act.PUBLISH.value}")
    return entries.select_related("chain").order_by("-id").first()


def _attachments(version: Version) -> list[Attachment]:
    prefetch_related_objects([version], "files__copy__file")
    return [Attachment(use.title or use.copy.name, use.copy) for use in public_files(version) if use.copy]


def _relations(item: Item) -> list[Relation]:
    """Both ways, the other end public; the items in one query more, where there are any."""
    found = list(Relation.objects.filter(Q(source=item) | Q(target=item)).order_by("on", "id"))
    others = {relation.source_id if relation.target_id == item.pk else relation.target_id for relation in found}
    known = {item.pk: item}
    if others:
        fields = (*NAMED, *JUDGED, "formed_on", "body__short_name", "public_version__title")
        items = Item.objects.filter(pk__in=others).select_related("body", "public_version").only(*fields)
        known |= {each.pk: each for each in items if is_public(each)}
    shown = [relation for relation in found if {relation.source_id, relation.target_id} <= known.keys()]
    for relation in shown:
        relation.source, relation.target = known[relation.source_id], known[relation.target_id]
    return [relation for relation in shown if _is_theirs(relation)]


def _is_theirs(relation: Relation) -> bool:
    """What others say of a document does not end it, unless its own body has said so."""
    target = relation.target
    if relation.kind not in circles.ENDING or relation.source.body_id == target.body_id:
        return True
    is_said = relation.kind is RelationKind.REPEALS and target.repealed_on is not None
    return is_said or circles.may_end(relation.source.body_id, target)


def _history(item: Item, relations: Iterable[Relation], entry: Entry | None) -> list[Step]:
    """Oldest first: what it changed, itself, what changed it, when it was public again. Nothing where only itself."""
    steps = [
        Step(relation.target, None, relation.target.formed_on)
        if relation.source_id == item.pk
        else Step(relation.source, relation.kind, relation.on)
        for relation in relations
        if relation.kind in circles.ENDING
    ]
    if entry and entry.at != item.published_at:
        taken = (happening(each) for each in happened(Item.objects.filter(pk=item.pk)))
        again = [each.at for each in taken if each.change is Change.REOPENED]
        steps += [Step(item, None, localdate(at), is_reopened=True) for at in again]
    if not steps:
        return []
    return sorted([*steps, Step(item, None, item.formed_on, True)], key=lambda step: (step.on, step.item.pk))


def _ended_by(item: Item, relations: Iterable[Relation]) -> Relation | None:
    kinds = (RelationKind.REPEALS, RelationKind.REPLACES)
    ending = [each for each in relations if each.kind in kinds and each.target_id == item.pk]
    return ending[-1] if ending else None
