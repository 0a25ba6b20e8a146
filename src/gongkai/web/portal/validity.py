"""有效性的查询 — the five standings of `holdings.models.validity`, asked of the database (条例 第二十条第（一）项)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.law.scope import Validity
from gongkai.web.holdings.models import Item


def is_of(validity: Validity, today: date) -> Q:
    """有效性条件 — items of one standing on a day (条例 第二十条第（一）项)."""
    repealed = Q(repealed_on__isnull=False, repealed_on__lte=today)
    lapsed = Q(expires_on__isnull=False, expires_on__lt=today)
    not_yet = Q(effective_on__isnull=False, effective_on__gt=today)
    amended = Q(amended_on__isnull=False, amended_on__lte=today)
    return {
        Validity.REPEALED: repealed,
        Validity.LAPSED: ~repealed & lapsed,
        Validity.NOT_YET: ~repealed & ~lapsed & not_yet,
        Validity.AMENDED: ~repealed & ~lapsed & ~not_yet & amended,
        Validity.IN_FORCE: ~repealed & ~lapsed & ~not_yet & ~amended,
    }[validity]


def split(items: QuerySet[Item], today: date) -> dict[Validity, int]:
    """按有效性 — how many of each standing, in one query (条例 第二十条第（一）项)."""
    counted = items.aggregate(**{each.value: Count("pk", filter=is_of(each, today)) for each in Validity})
    return {each: counted[each.value] for each in Validity}
