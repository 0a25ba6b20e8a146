"""找个人信息 — the kinds of a text put together: no two hits overlap, what is allowed is left out (条例 第十五条)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain

from gongkai.text.hit import Hit
from gongkai.text.personal_data.digits import bare, numbers
from gongkai.text.personal_data.others import others


def find(text: str, *, allowed: Collection[str] = ()) -> list[Hit]:
    """找个人信息 — every hit of a running text, left to right, none overlapping another (条例 第十五条)."""
    found = without(chain(numbers(text), others(text)), allowed)
    if len(found) < 2:
        return found
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def without(hits: Iterable[Hit], allowed: Collection[str]) -> list[Hit]:
    """去掉允许公开的 — the hits that are not part of any number meant to be public."""
    if not allowed:
        return list(hits)
    public = [bare(text) for text in allowed]
    return [hit for hit in hits if not any(bare(hit.text) in text for text in public)]
