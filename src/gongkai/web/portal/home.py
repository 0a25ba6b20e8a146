"""首页的数 — what was disclosed this year and month by month, by whom; what changed its standing (条例 第二十三条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from gongkai.law.scope import Validity
from gongkai.web.bodies.models import Level
from gongkai.web.holdings import circles
from gongkai.web.holdings.models import ColumnKind, Item, Relation, RelationKind
from gongkai.web.holdings.queries import is_of, public
from gongkai.web.portal.catalogue import Counted, Tree, bodies, topics
from gongkai.web.portal.listing import Row, ordered, rows

MONTHS = 12
_DOCUMENTS, _LATEST, _SIDE, _TOP = 5, 10, 4, 6
_PER_ROW = 7


@dataclass(frozen=True, slots=True)
class Front:
    """首页 — everything on it that comes from the records (条例 第二十三条)."""

    total: int
    this_year: int
    in_force: int
    bodies: int
    documents: list[tuple[Row, list[Item]]]
    latest: list[Item]
    changed: list[Row]
    interpretations: list[Item]
    topics: list[tuple[str, int]]
    months: list[tuple[date, int]]
    top: list[Counted]


def front(tree: Tree, level: Level | None, today: date) -> Front:
    """首页 — as it stands today; `level`: of the bodies whose latest items are asked for (条例 第二十三条)."""
    items = public()
    counts = items.aggregate(
        this_year=Count("pk", filter=Q(published_at__year=today.year)),
        in_force=Count(
            "pk", filter=Q(is_normative=True) & (is_of(Validity.IN_FORCE, today) | is_of(Validity.AMENDED, today))
        ),
    )
    everybody = [each for group in bodies(today).values() for each in group]
    latest = ordered(items.filter(body__level=level) if level else items, "-published")
    explaining = items.filter(column__in=tree.of_kind(ColumnKind.INTERPRETATION))
    return Front(
        total=tree.count,
        this_year=counts["this_year"],
        in_force=counts["in_force"],
        bodies=len(everybody),
        documents=_documents(tree, today),
        latest=list(latest[:_LATEST]),
        changed=_changed(today),
        interpretations=list(ordered(explaining, "-published")[:_SIDE]),
        topics=sorted(topics().items(), key=lambda topic: -topic[1])[: 3 * _PER_ROW],
        months=months(today),
        top=sorted((each for each in everybody if each.total), key=lambda each: -each.this_year)[:_TOP],
    )


def months(today: date) -> list[tuple[date, int]]:
    """每月公开 — how many items in each of the last twelve months, this one so far (条例 第二十三条)."""
    first = _back(today.replace(day=1), MONTHS - 1)
    found = public().filter(published_at__date__gte=first).order_by()
    counted = dict(found.annotate(month=TruncMonth("published_at")).values_list("month").annotate(Count("pk")))
    by_day = {(month.year, month.month): count for month, count in counted.items()}
    each = [_back(today.replace(day=1), back) for back in reversed(range(MONTHS))]
    return [(day, by_day.get((day.year, day.month), 0)) for day in each]


def _documents(tree: Tree, today: date) -> list[tuple[Row, list[Item]]]:
    """The newest documents, each with what explains it."""
    kinds = tree.of_kind(ColumnKind.NORMATIVE, ColumnKind.POLICY)
    newest = rows(ordered(public().filter(column__in=kinds), "-published")[:_DOCUMENTS], today)
    explained: dict[int, list[Item]] = {}
    bodies = {row.item.pk: row.item.body_id for row in newest}
    found = Relation.objects.filter(kind=RelationKind.INTERPRETS, target__in=bodies, source__in=public())
    fields = ("target_id", "source__index_number", "source__genre", "source__body")
    shown = list(found.select_related("source").only(*fields))
    parents = circles.parents_of((each.source.body_id, bodies[each.target_id]) for each in shown)
    for each in shown:
        if circles.may_explain(each.source.body_id, bodies[each.target_id], parents):
            explained.setdefault(each.target_id, []).append(each.source)
    return [(row, explained.get(row.item.pk, [])) for row in newest]


def _changed(today: date) -> list[Row]:
    """The documents whose standing changed last, or will change next."""
    over = public().filter(is_of(Validity.REPEALED, today) | is_of(Validity.LAPSED, today))
    found = list(ordered(over, "-published").order_by("-repealed_on", "-expires_on", "-id")[: 2 * _SIDE])
    found.sort(key=lambda item: item.repealed_on or item.expires_on or date.min, reverse=True)
    return rows(found[:_SIDE], today)


def _back(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)
