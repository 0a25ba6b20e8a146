"""公众看到的变动 — what happened to an item before the eyes of the public (条例 第六条、第二十条、第二十三条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from gongkai.law.publishing import Act, State
from gongkai.law.terms import Term
from gongkai.web.holdings.models import Item, Review


class Change(Term):
    """变动 — of what the public sees of an item (条例 第二十三条)."""

    PUBLISHED = "published", "公开", "条例 第二十三条"
    RENEWED = "renewed", "更新", "条例 第二十三条"
    REOPENED = "reopened", "重新公开", "条例 第二十三条"
    WITHDRAWN = "withdrawn", "撤下", "条例 第六条"
    TO_BE_REPEALED = "to_be_repealed", "将废止", "条例 第二十条第（一）项"
    REPEALED = "repealed", "废止", "条例 第二十条第（一）项"
    UNREPEALED = "unrepealed", "撤销废止", "条例 第二十条第（一）项"
    ARCHIVED = "archived", "归档", "条例 第二十五条"


_CHANGES = {
    Act.WITHDRAW: Change.WITHDRAWN,
    Act.ASK_PURGE: Change.WITHDRAWN,
    Act.REPEAL: Change.REPEALED,
    Act.UNREPEAL: Change.UNREPEALED,
    Act.ARCHIVE: Change.ARCHIVED,
}


_AWAY = (Act.WITHDRAW, Act.ASK_PURGE)


@dataclass(frozen=True, slots=True)
class Happening:
    """一次变动 — `number`: of the step, never used again. `on`: from which day a document is repealed."""

    number: int
    item: Item
    change: Change
    at: datetime
    on: date | None


def happened(items: QuerySet[Item]) -> QuerySet[Review]:
    """公众看得到的步骤 — of items that are public or were withdrawn, the latest first (条例 第二十三条)."""
    seen = (
        Q(act__in=(Act.PUBLISH, Act.WITHDRAW, Act.REPEAL, Act.UNREPEAL))
        | Q(act=Act.ARCHIVE, from_state=State.PUBLISHED)
        # What is stopped was withdrawn by the same step, where the public saw it.
        | Q(act=Act.ASK_PURGE, at=F("item__withdrawn_at"))
    )
    found = Review.objects.filter(seen, item__in=items.values("pk")).order_by("-at", "-id")
    # Of what goes out again, whether it had been taken away before.
    before = Review.objects.filter(item=OuterRef("item"), pk__lt=OuterRef("pk"), act__in=(Act.PUBLISH, *_AWAY))
    found = found.annotate(before=Subquery(before.order_by("-pk").values("act")[:1]))
    texts = [f"item__public_version__{name}" for name in ("body_html", "body_text", "guard", "metadata")]
    return found.select_related("item__body", "item__public_version").defer("opinion", *texts)


def later(items: QuerySet[Item]) -> QuerySet[Review]:
    """首次公开以后的 — the same without the first publication, which the item itself tells (条例 第二十三条)."""
    return happened(items).exclude(act=Act.PUBLISH, at=F("item__published_at"))


def withdrawn(items: QuerySet[Item]) -> QuerySet[Review]:
    """撤下的步骤 — alone, of items that are gone (条例 第六条)."""
    return happened(items).filter(act__in=_AWAY)


def happening(review: Review) -> Happening:
    """一次变动 — that a step of `happened` brought (条例 第二十三条)."""
    told = (review.record or {}).get("on")
    on = date.fromisoformat(told) if told else None
    change = _CHANGES.get(review.act) or _published(review)
    if change is Change.REPEALED and on and not _has_come(review, on):
        change = Change.TO_BE_REPEALED
    return Happening(review.pk, review.item, change, review.at, on)


def _published(review: Review) -> Change:
    if review.at == review.item.published_at:
        return Change.PUBLISHED
    return Change.REOPENED if getattr(review, "before", None) in _AWAY else Change.RENEWED


def _has_come(review: Review, on: date) -> bool:
    """Whether a repeal is more than announced: a day ahead must have come, and not been taken back before it came."""
    return on <= timezone.localdate(review.at) or (on <= timezone.localdate() and review.item.repealed_on == on)
