"""后台工作 — the sweep of every day, and the scans that did not come to their end (条例 第二十四条)."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from gongkai.web.files.actions import rescan
from gongkai.web.files.queries import unscanned
from gongkai.web.files.sweeping import sweep

_log = logging.getLogger(__name__)


@task(queue_name="slow")
def sweep_files() -> None:
    """清扫附件 — every day."""
    sweep(timezone.now())


@task(queue_name="slow")
def scan_again() -> None:
    """补查病毒 — what the scanner could not be asked about when it came."""
    for file in unscanned():
        try:
            rescan(file=file, now=timezone.now())
        except Exception:  # this one, and not those after it; it is asked about again in ten minutes
            _log.exception("files.file:%s", file.pk)


scheduled = {"sweep_files": timedelta(days=1), "scan_again": timedelta(minutes=10)}
"""定时 — the task of this module, and how often."""
