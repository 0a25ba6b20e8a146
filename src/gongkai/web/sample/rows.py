"""示范县的入库 — stories become rows of holdings, many at once, and lines of the journal (条例 第十二条)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import OuterRef, Subquery

from gongkai.law.publishing import Act, State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.index_template import rendered
from gongkai.web.holdings import clocks, guarding
from gongkai.web.holdings.digests import ALGORITHM, digest, digest_of
from gongkai.web.holdings.draft import WORDS
from gongkai.web.holdings.models import (
    Assessment,
    Column,
    IndexCounter,
    Item,
    ItemFile,
    Referral,
    Relation,
    RelationKind,
    Review,
    Snapshot,
    Version,
)
from gongkai.web.holdings.rich_text import clean, plain
from gongkai.web.holdings.snapshots import page
from gongkai.web.sample.attachments import Kept
from gongkai.web.sample.chains import Told
from gongkai.web.sample.story import Story
from gongkai.web.sample.words import data

_BATCH = 500
_WITH_FILES = 0.35
_AGAIN_DAYS = 365


class Shelf:
    """架子 — what has been put in, until it is saved all together. `files`: those of a body, by its id."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.files: dict[int, list[Kept]] = {}
        self.items: list[Item] = []
        self._stories: list[Story] = []
        self._versions: list[Version] = []
        self._uses: list[list[ItemFile]] = []
        self._numbers: Counter[tuple[int, int]] = Counter()
        self._columns = {column.slug: column for column in Column.objects.all()}

    def add(self, story: Story, chance: random.Random, attached: Kept | None = None) -> None:
        """放上 — an item with its version and its files."""
        item = self._item(story)
        version = self._version(story, item)
        own = self.files[item.body_id]
        chosen = [attached] if attached else own[: chance.randint(1, 2)] if chance.random() < _WITH_FILES else []
        uses = [self._use(version, kept, story.written.work, place) for place, kept in enumerate(chosen)]
        version.digest = digest(version, uses)
        self._stories.append(story)
        self.items.append(item)
        self._versions.append(version)
        self._uses.append(uses)

    def save(self) -> list[Told]:
        """入库 — everything; what the journal must say of it."""
        Item.objects.bulk_create(self.items, batch_size=_BATCH)
        for item, version, uses in zip(self.items, self._versions, self._uses, strict=True):
            version.item = item
            for use in uses:
                use.version = version
        Version.objects.bulk_create(self._versions, batch_size=_BATCH)
        ItemFile.objects.bulk_create([use for uses in self._uses for use in uses], batch_size=_BATCH)
        self._look()
        self._show()
        relations = list(self._relations())
        Relation.objects.bulk_create(relations, batch_size=_BATCH)
        Review.objects.bulk_create(list(self._reviews()), batch_size=_BATCH)
        IndexCounter.objects.bulk_create(
            [IndexCounter(body_id=body, year=year, last=last) for (body, year), last in self._numbers.items()]
        )
        self._keep_what_follows()
        return [*self._told(), *self._told_of_relations(relations)]

    def _look(self) -> None:
        """What the guard finds names the file in which it stands, so the files are saved before."""
        for version, uses in zip(self._versions, self._uses, strict=True):
            version.guard = guarding.look(version, uses)
        Version.objects.bulk_update(self._versions, ["guard"], batch_size=_BATCH)

    def _show(self) -> None:
        """The one version of an item is its newest; the public sees that of what was published and not withdrawn."""
        own = Version.objects.filter(item=OuterRef("pk")).values("pk")
        Item.objects.update(newest_version=Subquery(own))
        Item.objects.filter(published_at__isnull=False, withdrawn_at__isnull=True).update(public_version=Subquery(own))

    def _item(self, story: Story) -> Item:
        draft, home = story.written.draft, story.written.home
        year = draft.formed_on.year
        self._numbers[home.body.pk, year] += 1
        published, withdrawn = story.last(Act.PUBLISH), story.last(Act.WITHDRAW)
        archived, scheduled = story.last(Act.ARCHIVE), story.last(Act.SCHEDULE)
        return Item(
            body=home.body,
            office=home.office,
            column=self._columns[draft.column],
            index_number=rendered(home.body, year, self._numbers[home.body.pk, year]),
            state=story.state,
            edition=len(story.steps) + 1,
            openness=draft.openness,
            ground=draft.ground or "",
            ground_note=draft.ground_note,
            genre=draft.genre,
            topic=draft.topic,
            audience=draft.audience,
            document_number=draft.document_number,
            is_normative=draft.is_normative,
            formed_on=draft.formed_on,
            effective_on=draft.effective_on,
            expires_on=draft.expires_on,
            due_on=_due_on(draft.formed_on),
            look_again_on=story.steps[-1].again_on if story.state is State.POSTPONED else None,
            publish_at=self.now + timedelta(days=2) if scheduled else None,
            published_at=published.at if published else None,
            updated_at=story.steps[-1].at,
            withdrawn_at=withdrawn.at if withdrawn else None,
            withdrawn_ground=WithdrawalGround.PENALTY_CHANGED if withdrawn else "",
            withdrawn_reason=withdrawn.opinion if withdrawn else "",
            archived_at=archived.at if archived else None,
            created_by=story.steps[0].by,
            # To set a time takes no turn: the same person may publish it.
            last_actor=next(each.by for each in reversed(story.steps) if each.act is not Act.SCHEDULE),
            created_at=story.steps[0].at,
        )

    def _version(self, story: Story, item: Item) -> Version:
        draft = story.written.draft
        html = clean(draft.body_html)
        return Version(
            item=item,
            number=1,
            **{name: getattr(draft, name) for name in WORDS} | {"body_html": html},
            body_text=plain(html),
            metadata=draft.metadata(),
            algorithm=ALGORITHM,
            guarded_at=story.steps[-1].at,
            made_by=story.steps[0].by,
            made_at=story.steps[0].at,
        )

    def _use(self, version: Version, kept: Kept, work: str, place: int) -> ItemFile:
        kind = kept.file.kind
        pattern = data("words")["attachments"][kind] if kept.copy else kept.file.name
        title = f"{pattern.format(work=work)}.{kind}" if kept.copy else pattern
        return ItemFile(version=version, file=kept.file, copy=kept.copy, title=title, order=place)

    def _relations(self) -> Iterator[Relation]:
        """What explains a document, and the newer of two documents of one subject repeals the older."""
        latest: dict[str, Item] = {}
        for item, story in zip(self.items, self._stories, strict=True):
            subject, column = story.written.work, story.written.draft.column
            if column == "regulations":
                if subject in latest:
                    older, on = latest[subject], item.effective_on or item.formed_on
                    Item.objects.filter(pk=older.pk).update(repealed_on=on)
                    yield Relation(source=item, target=older, kind=RelationKind.REPEALS, on=on)
                latest[subject] = item
            elif column == "interpretations" and subject in latest:
                yield Relation(source=item, target=latest[subject], kind=RelationKind.INTERPRETS, on=item.formed_on)

    def _reviews(self) -> Iterator[Review]:
        for item, version, story in zip(self.items, self._versions, self._stories, strict=True):
            for step in story.steps:
                yield Review(
                    item=item,
                    version=version,
                    act=step.act,
                    from_state=step.from_state,
                    to_state=step.to_state,
                    by=step.by,
                    at=step.at,
                    opinion=step.opinion,
                    checks=step.checks,
                    record=_timed(item) if step.act is Act.SCHEDULE else step.record,
                    digest=version.digest,
                )

    def _keep_what_follows(self) -> None:
        snapshots, assessments, referrals = [], [], []
        for item, version, story in zip(self.items, self._versions, self._stories, strict=True):
            if (archived := story.last(Act.ARCHIVE)) is not None:
                html = page(item, version)
                snapshots.append(
                    Snapshot(
                        item=item, version=version, html=html, algorithm=ALGORITHM, digest=digest_of(html),
                        made_at=archived.at,
                    )
                )  # fmt: skip
            if story.state is State.HELD:
                last, office = story.steps[-1], story.written.home.people[Role.DISCLOSURE_OFFICE]
                again = item.formed_on + timedelta(days=_AGAIN_DAYS)
                assessments.append(
                    Assessment(item=item, by=office, at=last.at, opinion=item.ground_note, next_on=again)
                )
            if (asked := story.last(Act.REFER)) is not None:
                sent_on = asked.at.date()
                referrals.append(Referral(item=item, authority="市国家保密局", sent_on=sent_on, sent_by=asked.by))
        Referral.objects.bulk_create(referrals)
        Snapshot.objects.bulk_create(snapshots)
        Assessment.objects.bulk_create(assessments)

    def _told(self) -> Iterator[Told]:
        for item, version, story in zip(self.items, self._versions, self._stories, strict=True):
            for step in story.steps:
                facts = {
                    "from": step.from_state.value,
                    "to": step.to_state.value,
                    "version": version.number,
                    "digest": version.digest,
                }
                if step.act is Act.CREATE:
                    facts["index"] = item.index_number
                yield Told(
                    item.body.slug,
                    f"holdings.{step.act.value}",
                    f"holdings.item:{item.pk}",
                    f"staff:{step.by.pk}",
                    step.at,
                    facts,
                    {"opinion": step.opinion} if step.opinion else {},
                )

    def _told_of_relations(self, relations: list[Relation]) -> Iterator[Told]:
        for each in relations:
            if each.kind is RelationKind.REPEALS and each.source.published_at:
                facts = {"by": each.source.pk, "on": each.on.isoformat()}
                actor = f"staff:{each.source.last_actor_id}"
                subject = f"holdings.item:{each.target.pk}"
                yield Told(each.target.body.slug, "holdings.repeals", subject, actor, each.source.published_at, facts)


@cache
def _due_on(formed_on: date) -> date:
    return clocks.disclosure_due_on(formed_on)


def _timed(item: Item) -> dict[str, str] | None:
    """The time that was set for it, as the step that set it keeps it."""
    return {"at": item.publish_at.isoformat()} if item.publish_at else None
