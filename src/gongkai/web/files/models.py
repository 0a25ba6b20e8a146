"""附件 — what was uploaded stays inside; the public gets a copy that was cleaned (条例 第十五条、第二十四条)."""

from __future__ import annotations

from django.db import models

from gongkai.law.terms import Term
from gongkai.web.bodies.models import Body, Staff
from gongkai.web.bodies.term_field import TermField


class ScanState(Term):
    """查毒状态 — of an uploaded file; only a clean one, or one where no scanner is configured, goes on (网络安全法)."""

    WAITING = "waiting", "等待查毒", "条例 第二十四条"
    CLEAN = "clean", "没有发现病毒", "条例 第二十四条"
    NOT_CONFIGURED = "not_configured", "没有配置查毒", "条例 第二十四条"
    INFECTED = "infected", "发现病毒", "条例 第二十四条"
    FAILED = "failed", "查毒没有完成", "条例 第二十四条"


class CopyKind(Term):
    """副本种类 — how a public copy came about (条例 第十五条)."""

    STRIPPED = "stripped", "去除隐藏内容", "条例 第十五条"
    MASKED = "masked", "遮盖个人信息", "条例 第十五条"


class File(models.Model):
    """附件原件 — bytes as uploaded, never served to the public (条例 第二十四条).

    `kind`: the format sniffed, never the one claimed. `digest`: SM3 or SHA-256 as `algorithm` says. `storage_name`:
    made by us. `inspection`: what the guard saw (documents.redaction), None until it has looked; `rules`: of
    which day; `tries`: how often in a row it could not. `quarantined_at`: when a stamped secrecy mark was found in it;
    given to nobody from then on. `purged_at`: when its bytes were destroyed.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField()
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=100, unique=True)
    scan_state = TermField(ScanState, default=ScanState.WAITING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    inspection = models.JSONField(null=True, blank=True)
    inspected_at = models.DateTimeField(null=True, blank=True)
    rules = models.CharField(max_length=16, blank=True)
    tries = models.PositiveIntegerField(default=0)
    quarantined_at = models.DateTimeField(null=True, blank=True)
    purge_asked_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    purged_at = models.DateTimeField(null=True, blank=True)
    uploaded_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PublicCopy(models.Model):
    """公开副本 — the cleaned copy of a file under an address not to be guessed, never changed (条例 第二十四条).

    `key`: the unguessable part of its address. Served only while `published_at` is set. `inspection`, `rules`, `tries`:
    as of a file, but of the copy itself. `damaged_at`: since when its bytes are known to be lost or altered.
    """

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="copies")
    key = models.CharField(max_length=43, unique=True)
    kind = TermField(CopyKind)
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    algorithm = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=100, unique=True)
    inspection = models.JSONField(null=True, blank=True)
    rules = models.CharField(max_length=16, blank=True)
    tries = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    damaged_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
