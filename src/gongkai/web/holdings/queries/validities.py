"""有效性的查询 — which standing an item has, asked of one item or of the database (条例 第二十条第（一）项)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gongkai.law.scope import Validity
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.models.items import validity

_DATES = ("effective_on", "expires_on", "repealed_on", "amended_on")
STOOD = ("document_number", "is_normative", *_DATES)
"""判断有效性所需 — the columns that `standing` asks of an item (条例 第二十条第（一）项)."""


def has_standing(item: Item) -> bool:
    """有效性有意义 — a document with a number, a normative one, or one whose dates say so (条例 第二十条第（一）项)."""
    return any(getattr(item, name) for name in STOOD)


def standing(item: Item, today: date) -> Validity | None:
    """有效性 — of a document on a day; None for news and the like, which have none (条例 第二十条第（一）项)."""
    return validity(item, today) if has_standing(item) else None


def is_of(wanted: Validity, today: date) -> Q:
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
        Validity.IN_FORCE: _applies() & ~repealed & ~lapsed & ~not_yet & ~amended,
    }[wanted]


@dataclass(frozen=True, slots=True)
class Split:
    """按有效性的件数 — of all items, and of each standing; those without one count in `total` alone."""

    total: int
    counts: dict[Validity, int]


def split(items: QuerySet[Item], today: date) -> Split:
    """按有效性 — how many of each standing, in one query (条例 第二十条第（一）项)."""
    each = {wanted.value: Count("pk", filter=is_of(wanted, today)) for wanted in Validity}
    counted = items.aggregate(total=Count("pk"), **each)
    return Split(counted["total"], {wanted: counted[wanted.value] for wanted in Validity})


def _applies() -> Q:
    applies = ~Q(document_number="") | Q(is_normative=True)
    for name in _DATES:
        applies |= Q(**{f"{name}__isnull": False})
    return applies
