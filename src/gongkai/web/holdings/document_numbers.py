"""发文字号 — written one way, and used once in a body (公文格式; 条例 第十二条)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from gongkai.law.publishing import State
from gongkai.web.bodies.models import Body
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.refusals import DraftError, Problem

TAKEN = "{number} 已经用在 {index} 上，请核对"


def holder(body: Body, number: str, item: Item | None = None) -> Item | None:
    """用了这个文号的一件 — another item of the body that stands under the number (条例 第十二条)."""
    same = Item.objects.filter(body=body, document_number=number).exclude(state=State.DISCARDED) if number else None
    if same is None:
        return None
    return (same.exclude(id=item.id) if item else same).first()


def taken(body: Body, number: str, item: Item | None = None) -> tuple[Problem, ...]:
    """文号重复 — the problem at its field, which names the other item; none where it is free (条例 第十二条)."""
    other = holder(body, number, item)
    return (Problem("document_number", TAKEN, number=number, index=other.index_number),) if other else ()


@contextmanager
def used_once(body: Body, number: object, item: Item | None = None) -> Iterator[None]:
    """只用一次 — two who write the same number at once: the second is told as if the first had long been there."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        if found := taken(body, str(number or ""), item):
            raise DraftError(found) from None
        raise
