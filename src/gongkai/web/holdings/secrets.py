"""涉密信息的登记 — a state secret is a stub: number, ground, basis; no words or files (保密法 第三十一条)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai.law.scope import Ground, Openness
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.models import Item
from gongkai.web.holdings.refusals import Problem
from gongkai.web.holdings.rich_text import plain

TITLE = "（涉密信息，编号 {index}）"
PLACEHOLDER = "（涉密信息）"
"""标题 — for callers who must send one; the platform puts its own number into it."""
NO_WORDS = "属于国家秘密的，这一栏不能填。本系统只登记编号、理由、定密依据和下次评估的日期（保密法第三十一条）"
NO_FILES = "属于国家秘密的，不能有附件（保密法第三十一条）"
NOT_CLOSED = "属于国家秘密的，公开属性是“不予公开”（条例第十四条）"
NO_BASIS = "请写定密依据：哪一个保密事项范围的哪一项，或者原定密的机关、单位；不要写内容"
NOT_TURNED = (
    "这一件已经有正文或者附件，不能改成“属于国家秘密”留下来。请立即停止，"
    "请保密审查“停办，请求清除涉密内容”，由另一人确认（保密法第三十一条）"
)
FORGOTTEN: dict[str, Any] = {
    "document_number": "",
    "topic": "",
    "audience": "",
    "effective_on": None,
    "expires_on": None,
    "joint_bodies": [],
    "relations": [],
}
"""一并清除的 — metadata that can tell what a secret is about, and what stands in their place (保密法 第三十一条)."""


def stub_title(index_number: str) -> str:
    """涉密信息的标题 — the number that the platform gave, nothing else (保密法 第三十一条)."""
    return TITLE.format(index=index_number)


def is_secret(draft: Draft) -> bool:
    """属于国家秘密 — whether a draft is to be a stub (条例 第十四条)."""
    return draft.ground is Ground.STATE_SECRET


def problems(draft: Draft, item: Item | None, *, has_files: bool) -> Iterator[Problem]:
    """不能留的 — whatever a state secret would leave in the platform, each at its field (保密法 第三十一条).

    `item`: the one that is changed; None for a new one.
    """
    if not is_secret(draft):
        return
    known = {"", PLACEHOLDER, stub_title(item.index_number) if item else ""}
    for field in (*WORDS, *FORGOTTEN):
        given = plain(draft.body_html).strip() if field == "body_html" else getattr(draft, field)
        if given and not (field == "title" and given.strip() in known):
            yield Problem(field, NO_WORDS)
    if draft.openness is not Openness.CLOSED:
        yield Problem("openness", NOT_CLOSED)
    if has_files:
        yield Problem("ground", NO_FILES)
    if item is not None and any(not is_stub(each.metadata) and not each.emptied_at for each in item.versions.all()):
        yield Problem("ground", NOT_TURNED)


def is_stub(metadata: dict[str, Any]) -> bool:
    """是登记 — whether the metadata of a version say that it is a stub (条例 第十四条)."""
    return bool(metadata.get("ground") == Ground.STATE_SECRET)
