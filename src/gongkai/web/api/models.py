"""接口令牌 — by which a system is let in for one body, and what it was answered (条例 第八条)."""

from __future__ import annotations

from django.db import models

from gongkai.law.terms import Term
from gongkai.web.bodies.models import Body, Staff


class Scope(Term):
    """令牌权限 — what a token may be used for; each is given by itself (条例 第八条)."""

    READ = "read", "查询办理状态", "条例 第八条"
    DRAFT = "draft", "起草和上传附件", "条例 第八条"
    SUBMIT = "submit", "送初审", "条例 第八条"


class Token(models.Model):
    """接口令牌 — of one system of one body, acting in the name of a clerk of it (条例 第八条).

    `digest`: SHA-256 of the secret, which is 256 random bits and shown once. `hint`: its beginning, to tell tokens
    apart. `minute` and `calls`: how often it was used in the minute that it was used in last.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="tokens")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    hint = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    minute = models.PositiveBigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> str:
        """办理人 — as the journal names it."""
        return f"token:{self.pk}"


class Answer(models.Model):
    """已给的答复 — kept by the caller's own key, so that a call sent twice is done once (条例 第八条).

    `request`: the digest of what was asked.
    """

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        """约束 — a key once a token."""

        constraints = (models.UniqueConstraint(fields=["token", "key"], name="api_answer_once"),)

    def __str__(self) -> str:
        return self.key
