"""谁废止谁 — documents that end or change one another (条例 第二十条第（一）项).

Of two documents the later one repeals, amends or replaces the earlier one: never both, by whatever others between. Only
the body that made a document, one that made it with others, and those above it can do so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.web.bodies.permissions import above
from gongkai.web.holdings.models import Item, Relation, RelationKind

ENDING = frozenset({RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.REPLACES})
"""前后相接的关系 — an interpretation may lead back to what it interprets."""
CIRCLE = "{other} 已经{kind}了这一件，或者要{kind}这一件：两件不能互相废止、修改、代替，绕一圈也不行。请核对哪一件在后"

NOT_YOURS = "{number} 是{body}的：只有制发它的机关和上级机关能{kind}它。请核对索引号；只是提到的，写在正文里"


TOO_EARLY = "要{kind} {number}，这一件的日期 {on} 却早于它的成文或者实施日期 {day}：请核对索引号和日期"
ENDED = "{number} 已于 {day} 废止，不能再{kind}。请核对索引号"


def against(item: Item, kind: RelationKind, target: Item, on: date) -> tuple[str, dict[str, object]] | None:
    """为什么不能 — why this item, of that day, cannot end or change that one (条例 第二十条第（一）项)."""
    told: dict[str, object] = {"number": target.index_number, "kind": kind.label}
    began = max(target.formed_on, target.effective_on or target.formed_on)
    if not may_end(item.body_id, target):
        return NOT_YOURS, told | {"body": target.body.short_name}
    if found := closing(item, target.index_number):
        return CIRCLE, {"other": found[0], "kind": found[1].label}
    if on < (began if kind is RelationKind.REPEALS else target.formed_on):
        return TOO_EARLY, told | {"on": on, "day": began if kind is RelationKind.REPEALS else target.formed_on}
    if target.repealed_on and not item.relations.filter(target=target, kind=kind).exists():
        return ENDED, told | {"day": target.repealed_on}
    return None


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
