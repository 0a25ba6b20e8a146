"""发文字号 — written one way, and used once in a body (公文格式; 条例 第十二条)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from gongkai.law.publishing import State
from gongkai.web.bodies.models import Body
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.refusals import DraftError, Problem

_PARTS = re.compile(r"(.+?)〔(\d{4})〕(?:第)?0*([1-9]\d*)(?:号)?", re.ASCII)
_YEAR = re.compile(r"〔(\d{4})〕", re.ASCII)
ALIKE = "{number} 和 {other} 是同一个文号，已经用在 {index} 上，请核对"
TAKEN = "{number} 已经用在 {index} 上，请核对"
NOT_KEPT = {
    TAKEN: "{number} 已经用在 {index} 上，请核对。文号没有存，其余的都存了",
    ALIKE: "{number} 和 {other} 是同一个文号，已经用在 {index} 上，请核对。文号没有存，其余的都存了",
}
"""文号没有存 — the same, where the rest of a draft was saved."""
OF_ANOTHER = "文号里的“{code}”是{body}的机关代字。联合发文的，请在“联合发文”里选上；不是的，请核对文号。"


def holder(body: Body, number: str, item: Item | None = None) -> Item | None:
    """用了这个文号的一件 — another item of the body that stands under the number (条例 第十二条)."""
    if not number:
        return None
    others = Item.objects.filter(body=body).exclude(state=State.DISCARDED)
    if item:
        others = others.exclude(id=item.id)
    if found := others.filter(document_number=number).first():
        return found
    parts = _PARTS.fullmatch(number)
    if parts is None:
        return None
    alike = others.filter(document_number__startswith=f"{parts[1]}〔{parts[2]}〕").order_by("id")
    return next((each for each in alike if is_one(each.document_number, number)), None)


def is_one(number: str, other: str) -> bool:
    """是同一个文号 — whether 第8号, 08号 and 8 without 号 are written for one number (公文格式)."""
    parts, others = _PARTS.fullmatch(number), _PARTS.fullmatch(other)
    return number == other or (parts is not None and others is not None and parts.groups() == others.groups())


def taken(body: Body, number: str, item: Item | None = None) -> tuple[Problem, ...]:
    """文号重复 — the problem at its field, which names the other item; none where it is free (条例 第十二条)."""
    other = holder(body, number, item)
    if other is None:
        return ()
    told = {"number": number, "index": other.index_number}
    if other.document_number == number:
        return (Problem("document_number", TAKEN, **told),)
    return (Problem("document_number", ALIKE, other=other.document_number, **told),)


def of_another(body: Body, number: str, joint: Collection[str] = ()) -> Body | None:
    """别的单位的代字 — whose code a number of `body` bears; None where it is its own, or theirs with whom it was made.

    Joint documents bear the number of one of those that made them: it is asked about, and stops nothing (公文格式).
    """
    code = number.partition("〔")[0]
    known = [each for each in Body.objects.exclude(number_prefix="") if code.startswith(each.number_prefix)]
    nearest = max((len(each.number_prefix) for each in known), default=0)
    found = [each for each in known if len(each.number_prefix) == nearest]
    if any(each.pk == body.pk or each.slug in joint for each in found):
        return None
    return found[0] if found else None


def doubt(body: Body, draft: Draft) -> tuple[str, dict[str, str]] | None:
    """文号存疑 — the sentence about a code that is another body's, and its values (公文格式)."""
    other = of_another(body, draft.document_number, draft.joint_bodies)
    values = {"code": other.number_prefix, "body": other.short_name} if other else {}
    return (OF_ANOTHER, values) if other else None


def year_of(number: str) -> int | None:
    """文号的年份 — in its brackets; None where there is none (公文格式)."""
    found = _YEAR.search(number)
    return int(found[1]) if found else None


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
