"""铺设栏目 — the tree of columns as the law and the platform rules have it (条例 第二十条、第二十一条、第二十四条)."""

from __future__ import annotations

from django.db import transaction

from gongkai.web.holdings import column_tree
from gongkai.web.holdings.models import Column


@transaction.atomic
def lay_out_columns() -> int:
    """铺设栏目 — those that are not there yet; how many were added. What a county changed stays."""
    return column_tree.lay_out(Column)
