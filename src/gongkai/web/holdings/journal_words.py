"""政府信息的用语 — what the journal says of items, in words; how an item is called, and for whom (条例 第四十五条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import cast

from django.urls import reverse

from gongkai.law.publishing import Act, State
from gongkai.law.scope import Ground, Openness
from gongkai.law.secrecy import Answer, Conclusion
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.text import personal_data, proofreading
from gongkai.web.bodies.models import Staff
from gongkai.web.holdings.hits import label
from gongkai.web.holdings.models import Item, RelationKind
from gongkai.web.holdings.permissions import bodies_of
from gongkai.web.holdings.queries import is_public
from gongkai.web.journal.rooms import Named, Numbers, Thing, Words

_OTHERS = {
    "emptied": "升级时清除涉密内容",
    "recount": "重算公开期限",
    "not_out": "定的时间到了，没有公开",
    "columns": "铺设栏目",
    RelationKind.REPEALS.value: "被另一件标为废止",
    RelationKind.AMENDS.value: "被另一件标为已修改",
    RelationKind.INTERPRETS.value: "被另一件解读",
    RelationKind.REPLACES.value: "被另一件代替",
}


def items_named(numbers: Numbers, reader: object) -> dict[int, Named]:
    """一件的名称 — the title that this reader may read anyway, and where; of the rest the index number alone: whoever
    reads the journal learns of no draft what it is about (条例 第十七条)."""
    own = set(bodies_of(reader)) if isinstance(reader, Staff) else set()
    found = Item.objects.filter(id__in=numbers).select_related("public_version", "newest_version")
    texts = [f"{name}__{text}" for name in ("public_version", "newest_version") for text in ("body_html", "body_text")]
    return {each.pk: _named(each, is_own=each.body_id in own) for each in found.defer(*texts)}


def items_called(asked: str) -> list[int]:
    """按索引号找 — the item that bears it (条例 第十二条)."""
    return all_called([asked])


def all_called(asked: Collection[str]) -> list[int]:
    """按几个索引号找 — the items that bear them (条例 第十二条)."""
    return list(Item.objects.filter(index_number__in=asked).values_list("id", flat=True))


def _named(item: Item, *, is_own: bool) -> Named:
    if is_own and item.state is not State.STOPPED and item.newest_version:
        title = item.newest_version.title
        return Named(title, item.index_number, reverse("holdings:item", args=[item.pk]))
    if is_public(item) and item.public_version:
        return Named(item.public_version.title, item.index_number, reverse("portal:item", args=[item.index_number]))
    return Named("", item.index_number)


def _kinds() -> Iterable[tuple[str, str]]:
    for kind in (*personal_data.Kind, *proofreading.Slip):
        if said := label(kind):
            yield cast(str, kind.value), said


JOURNAL_WORDS = Words(
    acts={f"holdings.{act}": act.label for act in Act} | {f"holdings.{code}": said for code, said in _OTHERS.items()},
    facts={
        "from": "原来",
        "to": "现在",
        "version": "第 {value} 稿",
        "digest": "内容的校验值",
        "index": "索引号",
        "by": "由哪一件",
        "on": "日期",
        "at": "定在",
        "again_on": "再看的日子",
        "next_on": "下次评估",
        "ground": "事由",
        "outcome": "结论",
        "snapshot": "快照的校验值",
        "combined": "与上一步同一人",
        "sent_by": "报送的人",
        "file": "附件",
        "files": "附件",
        "copy": "副本的校验值",
        "copies": "副本的校验值",
        "hit": "命中的校验值",
        "hits": "机检命中 {value} 处",
        "kind": "种类",
        "versions": "清空 {value} 稿",
    },
    codes={
        **{str(term): term.label for kind in (Act, State, Openness, Ground, Conclusion, Answer, WithdrawalGround)
           for term in kind},
    },
    of_facts={"kind": dict(_kinds())},
    refers={"by": "holdings.item", "file": "files.file", "files": "files.file", "sent_by": "bodies.staff"},
    digests=frozenset({"digest", "snapshot", "copy", "copies", "hit"}),
    things={"holdings.item": Thing("政府信息", items_named, items_called, all_called)},
)  # fmt: skip
"""用语 — what is written down of items."""
