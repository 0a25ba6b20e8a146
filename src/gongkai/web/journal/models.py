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
        """约束 — a number once in a chain; found by subject and by time."""

        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="journal_entry_once"),)
        indexes = (models.Index(fields=["subject"]), models.Index(fields=["at"]), models.Index(fields=["actor"]))


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
