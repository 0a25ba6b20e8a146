"""找个人信息 — the kinds of a text put together: no two hits overlap, what is allowed is left out (条例 第十五条)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import attrgetter

from gongkai.text.hit import STAR, Hit, Severity
from gongkai.text.personal_data.bank_numbers import bank_numbers
from gongkai.text.personal_data.births import births
from gongkai.text.personal_data.digits import numbers
from gongkai.text.personal_data.encoded import CONTROLS, decoded
from gongkai.text.personal_data.kinds import Kind
from gongkai.text.personal_data.kinds import hit as hit_of
from gongkai.text.personal_data.lines import over_lines
from gongkai.text.personal_data.masked import complemented
from gongkai.text.personal_data.mobiles import in_words
from gongkai.text.personal_data.others import others
from gongkai.text.personal_data.signs import bare, stretches
from gongkai.text.personal_data.tables import by_columns, in_lines

# Marks of direction alone stand in many texts; these override it.
_REORDERING = re.compile(f"[{CONTROLS}]+")
_GRAVITY = {Severity.NOTE: 0, Severity.WARN: 1, Severity.BLOCK: 2}


def find(text: str, *, allowed: Collection[str] = ()) -> list[Hit]:
    """找个人信息 — every hit of a running text, left to right, none overlapping another (条例 第十五条)."""
    public = [bare(number) for number in allowed]
    parts = stretches(text)
    found = without(
        chain(
            numbers(text, parts),
            others(text),
            births(text),
            _encoded(text),
            in_words(text),
            complemented(text),
        ),
        public,
    )
    sure = _apart([*found, *over_lines(text, public)])
    # What is known by its own check is no account besides: an identity number with a mark in it.
    hits = _apart([*sure, *_beside(sure, without(bank_numbers(text, parts.parts), public))])
    return by_columns(text, hits, in_lines(text, hits))


def _beside(sure: list[Hit], accounts: list[Hit]) -> Iterator[Hit]:
    """The accounts that share no sign with what is sure to block."""
    blocked = [each for each in sure if each.severity is Severity.BLOCK]
    return (one for one in accounts if not any(one.start < each.end and each.start < one.end for each in blocked))


def _encoded(text: str) -> Iterator[Hit]:
    """What is encoded in the text, and signs that reorder it."""
    if any(sign in text for sign in CONTROLS):
        for match in _REORDERING.finditer(text):
            yield hit_of(Kind.REORDERED, match.start(), match[0], " " * len(match[0]))
    for reading in decoded(text):
        for found in numbers(reading.text):
            start, end = min(reading.starts[found.start : found.end]), max(reading.ends[found.start : found.end])
            if end - start > 0 and found.severity is Severity.BLOCK:
                yield hit_of(Kind(found.kind), start, text[start:end], STAR * (end - start))._replace(
                    values=found.values
                )


def _apart(found: list[Hit]) -> list[Hit]:
    """Of two that overlap the graver stays, then the earlier: 13800138000@139.com is a telephone in a mailbox."""
    kept: list[Hit] = []
    # By where they end, the last first, then by where they begin.
    for hit in sorted(sorted(found, key=attrgetter("end"), reverse=True), key=attrgetter("start")):
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
