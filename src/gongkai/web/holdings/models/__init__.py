"""政府信息管理 — what the room keeps (条例 第十二条、第十七条)."""

from gongkai.web.holdings.models.columns import Column, ColumnKind
from gongkai.web.holdings.models.items import IndexCounter, Item, ItemFile, Relation, RelationKind, Version
from gongkai.web.holdings.models.reviews import Assessment, Digest, Notice, Override, Referral, Review, Snapshot

__all__ = [
    "Assessment",
    "Column",
    "ColumnKind",
    "Digest",
    "IndexCounter",
    "Item",
    "ItemFile",
    "Notice",
    "Override",
    "Referral",
    "Relation",
    "RelationKind",
    "Review",
    "Snapshot",
    "Version",
]
