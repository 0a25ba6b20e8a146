"""找个人信息 — the kinds of a text put together: no two hits overlap, what is allowed is left out (条例 第十五条)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate, chain

from gongkai.text.hit import Hit, Severity
from gongkai.text.personal_data.digits import numbers
from gongkai.text.personal_data.others import others
from gongkai.text.personal_data.signs import bare

_GRAVITY = {Severity.NOTE: 0, Severity.WARN: 1, Severity.BLOCK: 2}


def find(text: str, *, allowed: Collection[str] = ()) -> list[Hit]:
    """找个人信息 — every hit of a running text, left to right, none overlapping another (条例 第十五条)."""
    return _apart(without(chain(numbers(text), others(text)), allowed))


def _apart(found: list[Hit]) -> list[Hit]:
    """Of two that overlap the graver stays, then the earlier: 13800138000@139.com is a telephone in a mailbox."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
        elif _GRAVITY[hit.severity] > _GRAVITY[kept[-1].severity]:
            kept[-1] = hit
    return kept


def without(hits: Iterable[Hit], allowed: Collection[str]) -> list[Hit]:
    """去掉允许公开的 — the hits that are not part of any number meant to be public."""
    if not allowed:
        return list(hits)
    public = [bare(text) for text in allowed]
    return [hit for hit in hits if not any(bare(hit.text) in text for text in public)]


def find_across(texts: Sequence[str], *, allowed: Collection[str] = ()) -> list[tuple[int, Hit]]:
    """跨段找个人信息 — hits of neighbouring texts (paragraphs, lines), read as one (条例 第十五条).

    Each hit comes with the index of its text. One that spans several texts comes once for each, with the part of the
    text and of the mask that stands there.
    """
    starts = [0, *accumulate(len(text) + 1 for text in texts)]
    found: list[tuple[int, Hit]] = []
    for hit in find("\n".join(texts), allowed=allowed):
        first, last = bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1) - 1
        for at in range(first, last + 1):
            start, end = max(hit.start, starts[at]), min(hit.end, starts[at] + len(texts[at]))
            if start < end:
                mask = None if hit.mask is None else hit.mask[start - hit.start : end - hit.start]
                text = hit.text[start - hit.start : end - hit.start]
                found.append((at, hit._replace(start=start - starts[at], end=end - starts[at], text=text, mask=mask)))
    return found
