"""一件和一批 — what a person may see, one by its number, many by filters (条例 第四条)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.law.publishing import State
from gongkai.law.scope import Openness
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.permissions import bodies_of

RELATED = ("body", "office", "column", "newest_version__made_by", "public_version", "last_actor", "created_by")
"""一并取来 — what every list and page shows of an item, in the same query."""
ORDERS = {"due": ("due_on", "id"), "new": ("-updated_at", "-id"), "number": ("index_number",)}
"""排序 — of the list, by the code in its address, the usual one first."""


def visible(staff: Staff) -> QuerySet[Item]:
    """看得到的件 — of the bodies in which a person holds a post that handles items (条例 第四条)."""
    return Item.objects.filter(body__in=bodies_of(staff)).select_related(*RELATED)


def find(staff: Staff, number: int) -> Item | None:
    """一件 — None where it is not there, or another body's: nobody learns which."""
    return visible(staff).filter(id=number).first()


def listed(staff: Staff, asked: Mapping[str, str]) -> QuerySet[Item]:
    """清单 — what a person may see, by state, column, openness, body, year and words; what is odd is ignored."""
    found = visible(staff)
    for field, known in (("state", State), ("openness", Openness)):
        if asked.get(field) in {member.value for member in known}:
            found = found.filter(**{field: asked[field]})
    for field, column in (("column", "column__slug"), ("body", "body__slug")):
        if asked.get(field):
            found = found.filter(**{column: asked[field]})
    if (year := asked.get("year", "")).isdecimal() and len(year) == len("2026"):
        found = found.filter(formed_on__year=int(year))
    return by_words(found, asked.get("words", "")).order_by(*ORDERS.get(asked.get("order", ""), ORDERS["new"]))


def by_words(found: QuerySet[Item], words: str) -> QuerySet[Item]:
    """按字查 — every word stands in the title, the index number or the document number."""
    for word in words.split()[:5]:
        found = found.filter(
            Q(newest_version__title__icontains=word)
            | Q(index_number__icontains=word)
            | Q(document_number__icontains=word)
        )
    return found


def counted(found: QuerySet[Item], field: str) -> dict[Any, int]:
    """计数 — how many of a list for each value of a column, in one query."""
    rows = found.order_by().values_list(field).annotate(count=Count("id"))
    return dict(rows)
