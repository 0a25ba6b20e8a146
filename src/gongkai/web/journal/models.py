"""办理记录 — chains of entries, their heads, the salts of what is personal, daily anchors (条例 第四十五条).

One chain a body, with a daily anchor over all chains. An entry holds ids, codes and salted digests, nothing personal:
erasing a salt erases the person, and the chain still verifies. The algorithm stands in every row.
"""

from __future__ import annotations

from django.db import models


class Chain(models.Model):
    """链 — the records of one body, or of the platform itself, and where they end (条例 第四十五条)."""

    code = models.CharField(max_length=40, unique=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """一条记录 — who did what to what, when; chained to the one before it (条例 第四十五条).

    `number`: from 1 in its chain. `subject`: `room.thing:id`. `facts`: ids, codes, digests. `digest` covers all of it
    and `previous`.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    actor = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        """约束 — a number once in a chain; found by subject, person, act and time."""

        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="journal_entry_once"),)
        indexes = (
            models.Index(fields=["subject"]),
            models.Index(fields=["at"]),
            models.Index(fields=["actor"]),
            models.Index(fields=["act", "at"]),
        )


class Salt(models.Model):
    """盐 — by it a digest can be compared with its origin; without it never (个人信息保护法 第四十七条)."""

    subject = models.CharField(max_length=80, unique=True)
    value = models.CharField(max_length=64)


class Anchor(models.Model):
    """日锚 — one digest over the heads of all chains at a day's end, chained to the day before (条例 第四十五条)."""

    day = models.DateField(unique=True)
    heads = models.JSONField()
    algorithm = models.CharField(max_length=10)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)


class LogEnd(models.Model):
    """存证末尾 — one row: how many leaves the public log has, and where every chain stood when it was last anchored."""

    size = models.PositiveBigIntegerField(default=0)
    anchored = models.JSONField(default=dict)


class LogLeaf(models.Model):
    """存证 — a leaf of the public log: something went out or was taken back, or where the chains stood in an hour.

    `number`: from 0. `data`: canonical JSON, as it was hashed and as anybody may read it; nothing personal. `detail`:
    what stays inside, and stands in `data` by its digest. `digest`: RFC 9162 §2.1.1.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    subject = models.CharField(max_length=80, blank=True)
    data = models.TextField()
    detail = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """索引 — found by what it is about."""

        indexes = (models.Index(fields=["subject", "number"]), models.Index(fields=["digest"]))


class LogNode(models.Model):
    """存证树的枝 — the digest of a whole subtree above the leaves, so that proofs need few rows (RFC 9162 §2.1)."""

    level = models.PositiveSmallIntegerField()
    position = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        """约束 — a subtree once."""

        constraints = (models.UniqueConstraint(fields=["level", "position"], name="journal_node_once"),)


class LogHead(models.Model):
    """树头 — the root of the first `size` leaves, signed (RFC 9162 §4.10; Ed25519)."""

    size = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    root = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        """索引 — by size."""

        indexes = (models.Index(fields=["size"]),)


class Verification(models.Model):
    """核验结果 — what was found when the journal was verified, kept until it is verified again (条例 第四十五条).

    `by`: as the journal writes actors. `chains`: those that were walked; `is_whole`: also the public log, and what the
    rooms keep. `findings`: worst first, as far as they are kept; `found`: how many there were.
    """

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    by = models.CharField(max_length=60)
    chains = models.JSONField()
    is_whole = models.BooleanField(default=False)
    entries = models.PositiveBigIntegerField()
    found = models.PositiveIntegerField()
    findings = models.JSONField()


class HeadLetter(models.Model):
    """寄出的树头 — to whom, on which day, up to which head; `failure`: why it did not leave, empty once it did (条例
    第四十五条)."""

    to = models.CharField(max_length=60)
    day = models.DateField()
    head = models.PositiveBigIntegerField()
    tries = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        """约束 — a letter once a person and day."""

        constraints = (models.UniqueConstraint(fields=["to", "day"], name="journal_letter_once"),)
