"""查阅 — files and public copies as pages and other rooms ask for them (条例 第二十四条)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string

from gongkai.web.bodies.models import Staff
from gongkai.web.files.models import File, PublicCopy, ScanState
from gongkai.web.files.permissions import may_handle
from gongkai.web.files.rules import rules

PASSED = (ScanState.CLEAN, ScanState.NOT_CONFIGURED)
"""可以公开的查毒状态 — every other keeps a file inside (网络安全法)."""


DAMAGED = "有 {count} 个公开的附件内容找不到了或者被改动过，已停止提供：看日志里是哪几个，从备份里恢复。"


def original(staff: Staff, number: int) -> File | None:
    """原件 — for a person of its body; None where there is none or it may not be given: no word why."""
    free = File.objects.filter(quarantined_at=None).exclude(scan_state=ScanState.INFECTED)
    found = free.select_related("body").filter(pk=number).first()
    return found if found is not None and may_handle(staff, found.body) else None


def published(key: str, name: str) -> PublicCopy | None:
    """公开的副本 — what the public is given at an address; None before publication and after withdrawal."""
    found = PublicCopy.objects.select_related("file").filter(key=key, published_at__isnull=False).first()
    if found is None or found.name != name or found.file.quarantined_at or found.file.scan_state not in PASSED:
        return None
    return None if any(import_string(rule)(found) for rule in settings.HIDES_COPIES) else found


def damaged() -> QuerySet[PublicCopy]:
    """坏了的公开附件 — public copies whose bytes are known to be lost or altered (条例 第六条)."""
    return PublicCopy.objects.filter(published_at__isnull=False, damaged_at__isnull=False)


def damage() -> str:
    """坏了几个 — for /health/: a sentence where there are any."""
    count = damaged().count()
    return DAMAGED.format(count=count) if count else ""


def unscanned() -> QuerySet[File]:
    """没有查完毒的附件 — the oldest first; none where no scanner is configured."""
    waiting = File.objects.filter(scan_state__in=[ScanState.WAITING, ScanState.FAILED], purged_at=None).order_by("id")
    return waiting.select_related("body") if settings.CLAMD else waiting.none()


def is_inspected(kept: File | PublicCopy) -> bool:
    """机检看过 — whether the guard has looked into a file or a copy with the rules of today (条例 第十七条)."""
    return kept.inspection is not None and kept.rules == rules()


def uninspected() -> QuerySet[File]:
    """没有机检的附件 — never looked into comes first, then what older rules saw longest ago (条例 第十七条).

    What could not be looked into, for a reason of the machine, is behind all that was not tried as often.
    """
    waiting = File.objects.filter(purged_at=None).exclude(rules=rules()).select_related("body")
    return waiting.order_by("tries", F("inspected_at").asc(nulls_first=True), "id")


def uninspected_copies() -> QuerySet[PublicCopy]:
    """没有机检的副本 — those that older rules have seen, the newest first (条例 第十七条)."""
    return (
        PublicCopy.objects.filter(file__purged_at=None)
        .exclude(rules=rules())
        .order_by("tries", "-id")
        .select_related("file__body")
    )


def quarantined(bodies: Iterable[int]) -> QuerySet[File]:
    """隔离的附件 — of these bodies, not yet purged, the newest first (保密法 第三十一条)."""
    held = File.objects.filter(body__in=bodies, quarantined_at__isnull=False, purged_at=None)
    return held.select_related("body", "uploaded_by", "purge_asked_by").order_by("-id")


def is_stamped(inspection: dict[str, Any] | None) -> bool:
    """有盖的密级标志 — whether the guard saw one in a file (保密法 第二十二条)."""
    hits = (inspection or {}).get("hits", ())
    return any(hit["kind"] == "secrecy" and hit["message"]["values"].get("stamped") for hit in hits)


def address(copy: PublicCopy) -> str:
    """公开地址 — stable as long as the copy exists, and not to be guessed (条例 第二十四条)."""
    return reverse("files:public", args=[copy.key, copy.name])


def original_address(file: File) -> str:
    """内部地址 — of the original, for the people of its body."""
    return reverse("files:original", args=[file.pk])
