"""铺设栏目 — the tree of columns as the law and the platform rules have it (条例 第二十条、第二十一条、第二十四条)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from gongkai.web.holdings import column_tree
from gongkai.web.holdings.models import Column
from gongkai.web.journal.actions import PLATFORM, record

LAID_OUT = "holdings.columns"
"""铺设栏目 — the act in the journal."""


@transaction.atomic
def lay_out_columns() -> int:
    """铺设栏目 — those that are not there yet; how many were added. What a county changed stays."""
    known = set(Column.objects.values_list("id", flat=True))
    added = column_tree.lay_out(Column)
    if new := list(Column.objects.exclude(id__in=known)):
        now = timezone.now()
        record(chain=PLATFORM, act=LAID_OUT, subject="holdings.columns", actor="platform", now=now, rows=new)
    return added
