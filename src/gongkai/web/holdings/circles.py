"""谁废止谁 — documents that end or change one another (条例 第二十条第（一）项).

Of two documents the later one repeals, amends or replaces the earlier one: never both, by whatever others between. Only
the body that made a document, one that made it with others, and those above it can do so.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.web.bodies.permissions import above
from gongkai.web.holdings.models import Item, Relation, RelationKind

ENDING = frozenset({RelationKind.REPEALS, RelationKind.AMENDS, RelationKind.REPLACES})
"""前后相接的关系 — an interpretation may lead back to what it interprets."""
CIRCLE = "{other} 已经{kind}了这一件，或者要{kind}这一件：两件不能互相废止、修改、代替，绕一圈也不行。请核对哪一件在后"

NOT_YOURS = "{number} 是{body}的：只有制发它的机关和上级机关能{kind}它。请核对索引号；只是提到的，写在正文里"


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
