"""列表 — the items of a column as a reader asked for them: filtered, sorted, a page at a time (条例 第二十四条)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.utils import timezone

from gongkai.law.scope import Validity
from gongkai.law.terms import Term
from gongkai.web.bodies.models import Body, Level
from gongkai.web.holdings import circles
from gongkai.web.holdings.models import Item, Relation, RelationKind
from gongkai.web.holdings.queries import is_of, is_public, public, standing
from gongkai.web.holdings.queries.disclosed import JUDGED
from gongkai.web.holdings.queries.validities import STOOD
from gongkai.web.holdings.topics import listed as listed_topics
from gongkai.web.portal.addresses import item_address
from gongkai.web.portal.asking import Problem, wrong
from gongkai.web.portal.catalogue import Node

PAGE = 20
SORTS = {
    "published": "published_at",
    "formed": "formed_on",
    "number": "document_number",
    "title": "public_version__title",
}
"""排序 — the name in an address, and the field."""
_TERMS: dict[str, type[Term]] = {"level": Level, "validity": Validity}
USUAL = "-published"
# What a list shows; the texts of documents stay where they are.
_SHOWN = (
    *STOOD, "index_number", "formed_on", "published_at", "body__short_name", "public_version__title",
)  # fmt: skip


NAMED = ("index_number", "document_number")


@dataclass(frozen=True, slots=True)
class Wish:
    """筛选条件 — what a reader asks of a list, every value judged by `problem`."""

    year: int | None = None
    body: str = ""
    level: Level | None = None
    topic: str = ""
    validity: Validity | None = None
    words: str = ""
    sort: str = USUAL

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wish:
        """读条件 — from the query of an address, by name."""
        return cls(
            year=int(given["year"]) if "year" in given else None,
            body=given.get("body", ""),
            level=Level(given["level"]) if "level" in given else None,
            topic=given.get("topic", ""),
            validity=Validity(given["validity"]) if "validity" in given else None,
            words=" ".join(given.get("words", "").split()),
            sort=given.get("sort", USUAL),
        )

    @property
    def is_narrow(self) -> bool:
        """有条件 — whether anything narrows the list."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "sort")


_BRACKETS = " \t()[]{}<>\u3000\u3014\u3015\u3010\u3011\u300a\u300b\u3008\u3009"
_LEFT_OUT = dict.fromkeys([*map(ord, _BRACKETS), 0x7B2C])
_KEY = Replace(Replace("document_number", Value("\u3014"), Value("")), Value("\u3015"), Value(""))
FILTERS = tuple(field.name for field in fields(Wish))
"""条件的名称 — as they stand in an address."""


def listed(node: Node | None, wish: Wish, today: date) -> QuerySet[Item]:
    """列出 — the items of a column and those below, or of all; not yet ordered (条例 第二十四条)."""
    asked = Q()
    if node is not None:
        asked &= Q(column_id__in=node.within)
    if wish.year:
        asked &= Q(formed_on__gte=date(wish.year, 1, 1), formed_on__lte=date(wish.year, 12, 31))
    if wish.body:
        asked &= Q(body__slug=wish.body)
    if wish.level:
        asked &= Q(body__level=wish.level)
    if wish.topic:
        asked &= Q(topic=wish.topic)
    if wish.validity:
        asked &= is_of(wish.validity, today)
    if not wish.words:
        return public().filter(asked)
    return public().alias(number_key=_KEY).filter(asked, _by_words(wish.words) | _by_number(wish.words))


def _by_words(words: str) -> Q:
    found = Q()
    for word in words.split():
        found &= (
            Q(public_version__title__icontains=word)
            | Q(document_number__icontains=word)
            | Q(index_number__icontains=word)
            | Q(public_version__keywords__icontains=word)
        )
    return found


def _by_number(words: str) -> Q:
    """A number as people type it: with other brackets or none, with 第, in wide figures, with blanks anywhere."""
    key = unicodedata.normalize("NFKC", words).translate(_LEFT_OUT)
    return Q(number_key__icontains=key) | Q(index_number__icontains=key) if key else Q(pk__in=())


def ordered(items: QuerySet[Item], sort: str) -> QuerySet[Item]:
    """排序 — by the field asked for; equals newest first, so that pages never share a row."""
    field = F(SORTS[sort.removeprefix("-")])
    texts = [f"public_version__{name}" for name in ("body_html", "body_text", "guard", "metadata")]
    shown = items.select_related("body", "public_version").defer(*texts)
    return shown.order_by(field.desc() if sort.startswith("-") else field.asc(), "-id")


def page(items: QuerySet[Item], sort: str, start: int) -> QuerySet[Item]:
    """一页 — of the items in their order; those before it are passed over by their numbers alone."""
    numbers = ordered(items, sort).values("pk")[start : start + PAGE]
    return ordered(Item.objects.filter(pk__in=numbers), sort).only(*_SHOWN)


@dataclass(frozen=True, slots=True)
class Row:
    """列表的一行 — an item, its standing, why it is so, and how often it was explained (条例 第二十条第（一）项)."""

    item: Item
    title: str
    address: str
    formed_on: str
    published_on: str
    validity: Validity | None
    reason: Relation | None
    interpretations: int

    @property
    def is_over(self) -> bool:
        """已失去效力 — repealed or lapsed."""
        return self.validity in (Validity.REPEALED, Validity.LAPSED)


_REASONS = {
    Validity.REPEALED: {RelationKind.REPEALS, RelationKind.REPLACES},
    Validity.AMENDED: {RelationKind.AMENDS},
}


def rows(items: Iterable[Item], today: date) -> list[Row]:
    """成行 — in two queries more, however many there are."""
    items = list(items)
    related: dict[int, list[Relation]] = {}
    found = Relation.objects.filter(target__in=[item.pk for item in items]).select_related("source")
    fields = ("source__body", *(f"source__{name}" for name in (*NAMED, *JUDGED)))
    shown = [each for each in found.only("kind", "on", "target_id", *fields) if is_public(each.source)]
    bodies = {item.pk: item.body_id for item in items}
    parents = circles.parents_of((each.source.body_id, bodies[each.target_id]) for each in shown)
    for each in shown:
        is_theirs = circles.may_explain(each.source.body_id, bodies[each.target_id], parents)
        if is_theirs or each.kind is not RelationKind.INTERPRETS:
            related.setdefault(each.target_id, []).append(each)
    return [_row(item, related.get(item.pk, []), today) for item in items]


def _row(item: Item, related: list[Relation], today: date) -> Row:
    stands = standing(item, today)
    kinds = _REASONS.get(stands, set()) if stands else set()
    reason = max((each for each in related if each.kind in kinds), key=lambda each: each.on, default=None)
    return Row(
        item=item,
        title=item.public_version.title if item.public_version else "",
        address=item_address(item.index_number),
        formed_on=item.formed_on.isoformat(),
        published_on=timezone.localdate(item.published_at).isoformat() if item.published_at else "",
        validity=stands,
        reason=reason,
        interpretations=sum(each.kind is RelationKind.INTERPRETS for each in related),
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """可选条件 — what the filter of a list offers: only what would find something."""

    years: list[int]
    bodies: list[Body]
    topics: list[str]


def choices(node: Node | None) -> Choices:
    """可选条件 — of a column, in three queries (条例 第二十四条)."""
    items = listed(node, Wish(), date.min).order_by()
    years = sorted({day.year for day in items.dates("formed_on", "year")}, reverse=True)
    topics = items.exclude(topic="").values_list("topic", flat=True).distinct()
    return Choices(years, list(Body.objects.filter(pk__in=items.values("body"))), sorted(topics))


def problem(name: str, value: str) -> Problem | None:
    """条件的值不对 — what is wrong with it, None where a list knows it (条例 第二十四条)."""
    if "\0" in value:
        return wrong(name, "“{name}”里有不能显示的字符", name=name)
    if name == "year" and not re.fullmatch("[12][0-9]{3}", value):
        return wrong(name, "年份要写成 2026 这样，“{value}”不是", value=value)
    if name == "sort" and value.removeprefix("-") not in SORTS:
        return wrong(name, "不能按“{value}”排序，可以按 {known}", value=value, known="、".join(SORTS))
    if (kind := _TERMS.get(name)) and value not in list(kind):
        return wrong(name, "“{name}”没有“{value}”这一项，可以是 {known}", name=name, value=value, known="、".join(kind))
    if name == "body" and not Body.objects.filter(slug=value).exists():
        return wrong(name, "没有代号是“{value}”的机构", value=value)
    if name == "topic" and value not in listed_topics()["topics"] and not public().filter(topic=value).exists():
        return wrong(name, "没有“{value}”这个主题", value=value)
    return None
