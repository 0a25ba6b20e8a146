"""谁废止谁 — documents that end or change one another (条例 第二十条第（一）项).

Of two documents the later one repeals, amends or replaces the earlier one: never both, by whatever others between. Only
the body that made a document, one that made it with others, and those above it can do so. What ends or changes a
normative document needs the legal review, as that one did. (国办发〔2018〕37号; its definition alone was at hand: that
repeal and amendment follow the making is known from memory.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from gongkai.law.publishing import State
from gongkai.web.bodies.models import Body
from gongkai.web.bodies.permissions import above
from gongkai.web.holdings.draft import Draft
from gongkai.web.holdings.models import Item, Relation, RelationKind

ENDING = frozenset({RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.REPLACES})
"""前后相接的关系 — an interpretation may lead back to what it interprets."""
CIRCLE = "{other} 已经{kind}了这一件，或者要{kind}这一件：两件不能互相废止、修改、代替，绕一圈也不行。请核对哪一件在后"

NOT_YOURS = "{number} 是{body}的：只有制发它的机关和上级机关能{kind}它。请核对索引号；只是提到的，写在正文里"


TOO_EARLY = "要{kind} {number}，这一件的日期 {on} 却早于它的成文或者实施日期 {day}：请核对索引号和日期"
ENDED = "{number} 已于 {day} 废止，不能再{kind}。请核对索引号"


NOT_THERE = "没有索引号为 {number} 的信息，请核对"
WRITTEN_OTHERWISE = "没有索引号为 {number} 的信息。只差大小写、全角半角或者空格的有 {other}，是它就照这样写"
ONESELF = "不能和自己关联，请换一个索引号"
UNSEEN = (
    "{number} 公众现在看不到：没有公开过，或者已经撤下，不能{kind}它。请核对索引号；要等它公开的，公开以后再送；"
    "只是提到的，写在正文里"
)
NORMATIVE = (
    "{number} 是规范性文件，{kind}它和制定它走一样的程序，要经合法性审核。请勾选“行政规范性文件”，填上文号；"
    "只是提到的，写在正文里"
)
_DASHES = re.compile("[\u2010-\u2015\u2212－]")
_OVER = frozenset({State.WITHDRAWN, State.DISCARDED})
Why = tuple[str, dict[str, object]]


def against(draft: Draft, kind: str, number: str, body: Body, item: Item | None) -> Why | None:
    """为什么不能 — why a draft of a body cannot have a relation of this kind (条例 第二十条第（一）项).

    An interpretation is written beside its document and reviewed with it: it may be first. Whatever ends or changes
    another document needs one that people see. `item`: of the draft, once there is one.
    """
    target = Item.objects.filter(index_number=number).select_related("body").first()
    told: dict[str, object] = {"number": number}
    if kind not in {each.value for each in RelationKind} or target is None:
        return _not_there(number, body)
    if item and item.index_number == number:
        return ONESELF, told
    told["kind"] = RelationKind(kind).label
    if why := _unseen(kind, target, body, item):
        return why, told
    return _ending(draft, RelationKind(kind), target, body, item) if kind in ENDING else None


def _not_there(number: str, body: Body) -> Why:
    """With the number that differs in its signs alone, of what people see or the body has."""
    meant = re.sub(r"\s|[\u200b-\u200f]", "", unicodedata.normalize("NFKC", number))
    meant = _DASHES.sub("-", meant)
    seen = Q(public_version__isnull=False) | Q(body=body)
    other = Item.objects.filter(seen, index_number__iexact=meant).values_list("index_number", flat=True).first()
    told: dict[str, object] = {"number": number}
    return (WRITTEN_OTHERWISE, told | {"other": other}) if other else (NOT_THERE, told)


def _unseen(kind: str, target: Item, body: Body, item: Item | None) -> str:
    """Of what people do not see of another body nothing is told, not even that it is there. What was said publicly
    before may be said again."""
    is_own = target.body_id == body.id
    is_beside = is_own and kind not in ENDING and target.state not in _OVER
    if target.public_version_id or is_beside or _stands(item, kind, target):
        return ""
    return UNSEEN if is_own else NOT_THERE


def _ending(draft: Draft, kind: RelationKind, target: Item, body: Body, item: Item | None) -> Why | None:
    told: dict[str, object] = {"number": target.index_number, "kind": kind.label}
    on = draft.effective_on or draft.formed_on
    began = max(target.formed_on, target.effective_on or target.formed_on)
    if not may_end(body.id, target):
        return NOT_YOURS, told | {"body": target.body.short_name}
    if target.is_normative and not draft.is_normative:
        return NORMATIVE, told
    if item and (found := closing(item, target.index_number)):
        return CIRCLE, {"other": found[0], "kind": found[1].label}
    if on < (began if kind is RelationKind.REPEALS else target.formed_on):
        return TOO_EARLY, told | {"on": on, "day": began if kind is RelationKind.REPEALS else target.formed_on}
    if target.repealed_on and not _stands(item, kind, target):
        return ENDED, told | {"day": target.repealed_on}
    return None


def _stands(item: Item | None, kind: str, target: Item) -> bool:
    """Whether the item has said so in public."""
    return item is not None and item.relations.filter(target=target, kind=kind).exists()


def may_explain(one: int, other: int, parents: Mapping[int, int | None]) -> bool:
    """能不能在它的页上解读 — of the same body, or of one above or below it (条例 第六条).

    What any other body writes of a document stands on its own page alone. `parents`: of every body (`parents_of`).
    """
    return one in _line(other, parents) or other in _line(one, parents)


def parents_of(pairs: Iterable[tuple[int, int]]) -> dict[int, int | None]:
    """各主体的上级 — by id, in one query; not asked for where each of the pairs is one body (条例 第四条)."""
    if all(one == other for one, other in pairs):
        return {}
    return dict(Body.objects.values_list("id", "parent_id"))


def _line(body: int, parents: Mapping[int, int | None]) -> list[int]:
    """A body and those above it."""
    found: list[int] = []
    each: int | None = body
    while each is not None and each not in found:
        found.append(each)
        each = parents.get(each)
    return found


def may_end(body: int, target: Item) -> bool:
    """能不能废止 — whether a document of this body may end or change that one (条例 第二十条第（一）项)."""
    return body in above(target.body) or target.joint_bodies.filter(id=body).exists()


def closing(item: Item, target: str) -> tuple[str, RelationKind] | None:
    """绕回来的一件 — the index number of the item that leads from `target` back to this one, and how it does."""
    told, waiting = {target}, [target]
    while waiting:
        here = waiting.pop()
        for kind, to in _from(here, item.body_id):
            if to == item.index_number:
                return here, kind
            if to not in told:
                told.add(to)
                waiting.append(to)
    return None


def _from(number: str, body: int) -> Iterator[tuple[RelationKind, str]]:
    """What an item says of others: what is public, and what its newest version will say if it is of the same body."""
    for relation in Relation.objects.filter(source__index_number=number, kind__in=ENDING).select_related("target"):
        yield relation.kind, relation.target.index_number
    item = Item.objects.filter(index_number=number, body=body).select_related("newest_version").first()
    if item and item.newest_version:
        for code, to in item.newest_version.metadata.get("relations", ()):
            if code in {kind.value for kind in ENDING}:
                yield RelationKind(code), to
