"""审核 — what every reviewer said, what was overridden, what was archived, whom a notice tells (条例 第十七条)."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from gongkai.law.publishing import Act, State
from gongkai.law.secrecy import Answer
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.term_field import TermField
from gongkai.web.holdings.models.items import Item, Version


class Review(models.Model):
    """审核记录 — one step of one person on one version, with the opinion given (条例 第十七条).

    `checks`: of the four (lawful, accurate, may_disclose, secrecy) those that were made. `digest`: of the version seen.
    `record`: the written record of the secrecy review, by the fields of `law.secrecy.Written`; of other steps the day
    (`on`) or the time (`at`) that they set, and of a publication at a time set before when that was set (`set_at`).
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="reviews")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="reviews")
    act = TermField(Act)
    from_state = TermField(State, blank=True)
    to_state = TermField(State)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="reviews")
    at = models.DateTimeField()
    opinion = models.CharField(max_length=1000, blank=True)
    checks = models.JSONField(default=list)
    record = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """排序和索引 — as it happened; what the public saw of it is looked for by act and time."""

        ordering = ("id",)
        indexes = (
            models.Index(fields=["act", "at"], name="holdings_review_act_at"),
            models.Index(fields=["at", "id"], name="holdings_review_at"),
        )

    @property
    def is_by_clock(self) -> bool:
        """到时公开 — whether the platform did it, at the time that `by` had set (条例 第二十六条)."""
        return self.set_at is not None

    @property
    def timed_at(self) -> datetime | None:
        """定的时间 — that a step set, took away, or came about at (条例 第二十六条)."""
        return _time((self.record or {}).get("at"))

    @property
    def set_at(self) -> datetime | None:
        """何时定的 — of a publication at a time set before (条例 第二十六条)."""
        return _time((self.record or {}).get("set_at"))

    @property
    def actor(self) -> str:
        """谁办的 — a name, or the platform where nobody was there when the time came (条例 第二十六条)."""
        return "平台" if self.is_by_clock else self.by.name

    @property
    def done(self) -> str:
        """办了什么 — the step, as the desk names it (条例 第十七条)."""
        return "到时公开" if self.is_by_clock else self.act.label


def _time(kept: str | None) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


class Referral(models.Model):
    """报保密部门确定 — what was asked of which authority, and what it answered (条例 第十七条第三款).

    `answer`: empty while it is waited for, or where the question was taken back (`ended_at`). `until`: until when it
    answered that this holds.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="referrals")
    authority = models.CharField(max_length=80)
    sent_on = models.DateField()
    sent_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    answer = TermField(Answer, blank=True)
    number = models.CharField(max_length=60, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """排序和约束 — as it happened; one question of an item at a time."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(ended_at__isnull=True), name="holdings_referral_one_open"
            ),
        )


class Override(models.Model):
    """放行理由 — a blocking hit that a reviewer let pass, and why (条例 第十七条). `hit`: its fingerprint, no text."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="overrides")
    hit = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """约束 — one hit of a version once."""

        constraints = (models.UniqueConstraint(fields=["version", "hit"], name="holdings_override_once"),)


class Snapshot(models.Model):
    """归档快照 — the page as it was when it was archived, and its digest (DA/T 80; 条例 第二十五条)."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="snapshots")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    html = models.TextField()
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()


class Assessment(models.Model):
    """重新评估 — of what is not disclosed: still rightly so? (条例 第十八条) `next_on`: when it is asked again."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="assessments")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    opinion = models.CharField(max_length=500)
    next_on = models.DateField()


class Notice(models.Model):
    """提醒 — to a person, in the site and by e-mail: what came to the desk, what is due (条例 第四十七条).

    `once`: of what is told a person once, however often the platform comes to it; None where each time is another.
    """

    to = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="notices")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    template = models.CharField(max_length=200)
    values = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    once = models.CharField(max_length=100, null=True, blank=True)

    class Meta:
        """索引和约束 — what a person has not read; told once."""

        indexes = (models.Index(fields=["to", "read_at"]),)
        constraints = (models.UniqueConstraint(fields=["to", "once"], name="holdings_notice_once"),)


class Digest(models.Model):
    """每日提要 — that a person had the one of a day, or that there was nothing to tell (条例 第四十七条)."""

    to = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        """约束 — one a day."""

        constraints = (models.UniqueConstraint(fields=["to", "day"], name="holdings_digest_once"),)
