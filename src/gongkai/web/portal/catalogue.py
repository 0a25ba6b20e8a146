"""公开目录 — the tree of columns with the counts of public items, the bodies (条例 第十二条、第二十四条)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from gongkai.web.bodies.models import Body, Level
from gongkai.web.holdings.models import Column, ColumnKind
from gongkai.web.holdings.queries import public

DOCUMENTS = frozenset({ColumnKind.NORMATIVE, ColumnKind.POLICY})
"""文件类栏目 — kinds of columns whose items have a number and a standing (条例 第二十条第（一）项)."""


@dataclass(eq=False, slots=True)
class Node:
    """栏目树的一枝 — a column, those below it, and how many items they hold together (条例 第二十四条)."""

    column: Column
    parent: Node | None
    children: list[Node] = field(default_factory=list)
    own: int = 0

    @property
    def count(self) -> int:
        """件数 — in it and below."""
        return self.own + sum(child.count for child in self.children)

    @property
    def path(self) -> list[Node]:
        """所在路径 — from the top down to it."""
        return [*(self.parent.path if self.parent else ()), self]

    @property
    def within(self) -> list[int]:
        """连同下级 — the ids of the column and of all below."""
        return [self.column.pk, *(pk for child in self.children for pk in child.within)]

    @property
    def is_documents(self) -> bool:
        """文件类 — whether numbers and standings belong in its list (条例 第二十条第（一）项)."""
        kinds = [child.is_documents for child in self.children]
        return self.column.kind in DOCUMENTS or (self.column.kind is ColumnKind.BRANCH and bool(kinds) and all(kinds))


@dataclass(frozen=True, slots=True)
class Tree:
    """栏目树 — the roots, every node by the slug of its column, and the count of all (条例 第二十四条)."""

    roots: tuple[Node, ...]
    nodes: dict[str, Node]
    count: int

    def of_kind(self, *kinds: ColumnKind) -> list[int]:
        """某种栏目 — the ids of columns of these kinds."""
        return [node.column.pk for node in self.nodes.values() if node.column.kind in kinds]


def tree() -> Tree:
    """栏目树 — of the active columns, in two queries; a column below one that is not active is not shown either."""
    counts = dict(public().order_by().values_list("column").annotate(Count("pk")))
    below: dict[int | None, list[Column]] = {}
    for column in Column.objects.filter(is_active=True):
        below.setdefault(column.parent_id, []).append(column)
    nodes: dict[str, Node] = {}

    def grown(parent: Node | None) -> list[Node]:
        found = []
        for column in below.pop(parent.column.pk if parent else None, ()):
            node = Node(column, parent, own=counts.get(column.pk, 0))
            nodes[column.slug] = node
            node.children = grown(node)
            found.append(node)
        return found

    return Tree(tuple(grown(None)), nodes, sum(counts.values()))


@dataclass(frozen=True, slots=True)
class Counted:
    """一个主体的件数 — all that it has disclosed, and this year's (条例 第十条)."""

    body: Body
    total: int
    this_year: int


def bodies(today: date) -> dict[Level, list[Counted]]:
    """公开主体 — by level, as the county lists them, with counts (条例 第十条)."""
    counted = public().order_by().values("body")
    counts = {
        row["body"]: (row["total"], row["this_year"])
        for row in counted.annotate(total=Count("pk"), this_year=Count("pk", filter=Q(published_at__year=today.year)))
    }
    found: dict[Level, list[Counted]] = {level: [] for level in Level}
    for body in Body.objects.filter(is_active=True):
        found[body.level].append(Counted(body, *counts.get(body.pk, (0, 0))))
    return found


def topics() -> Counter[str]:
    """主题 — how many public items of each, the most first (条例 第十二条)."""
    rows = public().exclude(topic="").order_by().values_list("topic").annotate(Count("pk"))
    return Counter(dict(rows))
