"""有校验值的各表 — of which tables every row is sealed in the journal, and of which not (条例 第四十五条)."""

from __future__ import annotations

from gongkai.web.holdings.draft import WORDS
from gongkai.web.holdings.models import (
    Assessment,
    Column,
    Item,
    ItemFile,
    Override,
    Referral,
    Relation,
    Review,
    Snapshot,
    Version,
)
from gongkai.web.holdings.models.columns import UNSORTED
from gongkai.web.journal.sealed_rows import Kept

_ITEM = "holdings.item"
_ITS = "这一稿自己的校验值盖住它"

kept_rows = (
    Kept(Item, _ITEM, "pk", "index_number"),
    Kept(
        Version,
        _ITEM,
        "item_id",
        "item__index_number",
        elsewhere={**dict.fromkeys(WORDS, _ITS), "metadata": _ITS},
        free={"guard": "机检的发现，随时重新机检", "guarded_at": "机检的时间，随时重新机检"},
    ),
    Kept(ItemFile, _ITEM, "version__item_id", "title"),
    Kept(Relation, _ITEM, "source_id", "source__index_number"),
    Kept(Review, _ITEM, "item_id", "item__index_number"),
    Kept(Referral, _ITEM, "item_id", "item__index_number"),
    Kept(Override, _ITEM, "version__item_id", "version__item__index_number"),
    Kept(Snapshot, _ITEM, "item_id", "item__index_number"),
    Kept(Assessment, _ITEM, "item_id", "item__index_number"),
    Kept(Column, "holdings.column", "pk", "name", exempt={"slug": UNSORTED}),
)
not_kept = {
    "holdings.indexcounter": "下一个索引号；索引号自己有记录",
    "holdings.notice": "给工作人员的提醒，看过、发过就变",
    "holdings.digest": "哪一天发过提要，一个月以后删除",
}
"""不比对的表 — each with the reason (条例 第四十五条)."""
