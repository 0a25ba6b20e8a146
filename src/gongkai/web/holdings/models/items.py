"""政府信息 — items with their metadata, versions, files, relations (条例 第十二条)."""

from __future__ import annotations

from datetime import date

from django.db import models

from gongkai.law.publishing import State
from gongkai.law.scope import Genre, Ground, Openness, Validity
from gongkai.law.terms import Term
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.bodies.models import Body, Office, Staff
from gongkai.web.bodies.term_field import TermField
from gongkai.web.files.kinds import is_picture
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.holdings.models.columns import Column


class IndexCounter(models.Model):
    """顺序号 — the last serial of index numbers of a body in a year; it only rises, so none is ever used twice."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """约束 — one counter a body and year."""

        constraints = (models.UniqueConstraint(fields=["body", "year"], name="holdings_counter_once"),)


class Item(models.Model):
    """政府信息 — one holding of a body, public or not (条例 第二条、第十二条).

    `state`: where its newest version stands. `public_version`: what the public sees, None while it sees nothing; from
    then on the metadata here are those of that version, and a new version brings its own. `index_number`: given when
    the item is created, never changed, never used again. `edition`: counts every write, so that two people cannot
    overwrite each other. `changed_on`: when the version at work was begun anew, from which its clock is counted.
    `called_back_on`: when there came to be a ground to withdraw it; `withdraw_due_on`: where the law sets a period.
    `look_again_on`: when a postponed secrecy review goes on. `stopped_by`: who asked that its secret content be purged.
    `once`: of the form by which it was created; sent twice, it creates nothing more.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="items")
    office = models.ForeignKey(Office, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    column = models.ForeignKey(Column, on_delete=models.PROTECT, related_name="items")
    index_number = models.CharField(max_length=60, unique=True)
    state = TermField(State, default=State.DRAFT)
    edition = models.PositiveIntegerField(default=1)
    openness = TermField(Openness, default=Openness.PROACTIVE)
    ground = TermField(Ground, blank=True)
    ground_note = models.CharField(max_length=300, blank=True)
    genre = TermField(Genre, default=Genre.NOTICE)
    topic = models.CharField(max_length=40, blank=True)
    audience = models.CharField(max_length=40, blank=True)
    document_number = models.CharField(max_length=40, blank=True)
    is_normative = models.BooleanField(default=False)
    joint_bodies = models.ManyToManyField(Body, blank=True, related_name="joint_items")
    formed_on = models.DateField()
    changed_on = models.DateField(null=True, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    repealed_on = models.DateField(null=True, blank=True)
    amended_on = models.DateField(null=True, blank=True)
    due_on = models.DateField()
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    look_again_on = models.DateField(null=True, blank=True)
    stopped_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True, blank=True)
    called_back_on = models.DateField(null=True, blank=True)
    withdraw_due_on = models.DateField(null=True, blank=True)
    call_back_ground = TermField(WithdrawalGround, blank=True)
    call_back_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_ground = TermField(WithdrawalGround, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    public_version = models.OneToOneField(
        "Version", null=True, blank=True, on_delete=models.PROTECT, related_name="public_item"
    )
    newest_version = models.OneToOneField(
        "Version", null=True, blank=True, on_delete=models.PROTECT, related_name="newest_of"
    )
    created_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="created_items")
    once = models.CharField(max_length=32, null=True, blank=True, unique=True)
    last_actor = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        """索引 — the lists of the portal and of the desk."""

        indexes = (
            models.Index(fields=["column", "-published_at", "-id"]),
            models.Index(fields=["body", "state", "due_on"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["-published_at", "-id"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["body", "document_number"],
                condition=~models.Q(document_number="") & ~models.Q(state=State.DISCARDED),
                name="holdings_document_number_once",
            ),
        )

    @property
    def title(self) -> str:
        """标题 — of the version at work, as the desk shows it; of what is stopped the number (保密法 第三十一条)."""
        if self.newest_version is None or self.state is State.STOPPED:
            return self.index_number
        return self.newest_version.title or self.index_number

    def __str__(self) -> str:
        return self.index_number


class Version(models.Model):
    """版本 — the words and metadata of an item at one time; never changed, every edit makes another (条例 第十七条).

    `body_html`: sanitised rich text; `body_text`: the same without tags. `metadata`: as `draft.Draft.metadata` has it.
    `digest`: over words, metadata and files, by `algorithm`; reviews name it. `emptied_at`: when its content was purged
    as a state secret; the digest stays that of what it held.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=500, blank=True)
    keywords = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=80, blank=True)
    body_html = models.TextField(blank=True)
    body_text = models.TextField(blank=True)
    annotation = models.CharField(max_length=60, blank=True)
    metadata = models.JSONField(default=dict)
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    guard = models.JSONField(null=True, blank=True)
    guarded_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        """约束 — a number once in an item, newest first."""

        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=["item", "number"], name="holdings_version_once"),)

    def __str__(self) -> str:
        return self.title


class ItemFile(models.Model):
    """附件 — a file of a version; `copy`: what the public gets of it (条例 第二十四条)."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="uses")
    copy = models.ForeignKey(PublicCopy, null=True, blank=True, on_delete=models.PROTECT, related_name="uses")
    title = models.CharField(max_length=150)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        """排序 — as listed under the text."""

        ordering = ("order", "id")

    @property
    def is_picture(self) -> bool:
        """图片 — whether the public sees it in the page; its title says what it shows (条例 第二十四条)."""
        return is_picture(self.copy.name if self.copy else self.file.name)

    @property
    def is_undescribed(self) -> bool:
        """没有说明的图片 — whoever cannot see it would be read the name of a file (条例 第二十四条)."""
        return self.is_picture and self.title.strip() in ("", self.file.name)


class RelationKind(Term):
    """关联 — what one item is to another; shown at both ends (条例 第六条、第二十条)."""

    INTERPRETS = "interprets", "解读", "条例 第二十条"
    REPEALS = "repeals", "废止", "条例 第二十条第（一）项"
    AMENDS = "amends", "修改", "条例 第二十条第（一）项"
    REPLACES = "replaces", "代替", "条例 第二十条第（一）项"


class Relation(models.Model):
    """关联 — `source` interprets, repeals, amends or replaces `target` (条例 第二十条第（一）项)."""

    source = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="relations")
    target = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="related_from")
    kind = TermField(RelationKind)
    on = models.DateField()

    class Meta:
        """约束 — once between two items."""

        constraints = (
            models.UniqueConstraint(fields=["source", "target", "kind"], name="holdings_relation_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="holdings_relation_two"),
        )


def validity(item: Item, today: date) -> Validity:
    """有效性 — of a document on a day, from its dates (条例 第二十条第（一）项)."""
    if item.repealed_on and item.repealed_on <= today:
        return Validity.REPEALED
    if item.expires_on and item.expires_on < today:
        return Validity.LAPSED
    if item.effective_on and item.effective_on > today:
        return Validity.NOT_YET
    return Validity.AMENDED if item.amended_on and item.amended_on <= today else Validity.IN_FORCE
