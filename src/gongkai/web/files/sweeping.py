"""清扫 — bytes without a row go after a day; a row without its bytes is named in the log (条例 第二十四条)."""

from __future__ import annotations

import contextlib
import logging
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Substr

from gongkai.web.files import storing
from gongkai.web.files.models import File, PublicCopy
from gongkai.web.files.wholeness import Condition, condition
from gongkai.web.journal.actions import record

PATIENCE = timedelta(days=1)
"""Longer than any upload lasts: what is being kept just now has no row yet."""
_log = logging.getLogger(__name__)


class Swept(NamedTuple):
    """清扫的结果 — how many bytes without a row were removed, how many rows have lost theirs."""

    removed: int
    missing: int


def sweep(now: datetime) -> Swept:
    """清扫 — the folder of what is arriving, then the store, month by month."""
    before, removed, missing = now - PATIENCE, 0, 0
    for path in (settings.FILES_FOLDER / "arriving").glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                removed += 1
    for month in sorted({*storing.months(), *_months_known()}):
        known = _known(month)
        there = set(storing.names(month)) if month in storing.months() else set()
        for name in there - known:
            # Its row may have come since the rows were read: asked again before anything is lost.
            if storing.kept_since(name) < before and name not in _known(name):
                storing.remove(name)
                removed += 1
        for name in sorted(known - there):
            _log.error("the bytes of %s are missing", name)
            missing += 1
    return Swept(removed, missing)


def read_again(now: datetime) -> None:
    """再读公开的 — the bytes of every public copy: what is lost or altered, or is whole again, is written down once.

    (条例 第六条)
    """
    for copy in PublicCopy.objects.filter(published_at__isnull=False).select_related("file__body").iterator():
        try:
            is_whole = condition(copy) is Condition.WHOLE
        except OSError:  # this one, and not those after it; it is read again tomorrow
            _log.exception("files.copy:%s", copy.pk)
            continue
        if is_whole is not (copy.damaged_at is None):
            _written_down(copy, now, is_whole=is_whole)


@transaction.atomic
def _written_down(copy: PublicCopy, now: datetime, *, is_whole: bool) -> None:
    mine = PublicCopy.objects.filter(pk=copy.pk, damaged_at=copy.damaged_at)
    if mine.update(damaged_at=None if is_whole else now):
        record(
            chain=copy.file.body.slug,
            act="files.restored" if is_whole else "files.damaged",
            subject=f"files.file:{copy.file_id}",
            actor="platform",
            now=now,
            facts={"copy": copy.pk, "digest": copy.digest},
            rows=[copy],
        )


def _months_known() -> set[str]:
    month = Substr("storage_name", 1, 7)
    return {
        name
        for model in (File, PublicCopy)
        for name in model.objects.values_list(month, flat=True).distinct()
        if not storing.PURGED.startswith(name)
    }


def _known(beginning: str) -> set[str]:
    return {
        name
        for model in (File, PublicCopy)
        for name in model.objects.filter(storage_name__startswith=beginning).values_list("storage_name", flat=True)
    }
