"""两稿差别 — what was put in and what was taken out, word by word, tables row by row (条例 第十七条)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from gongkai.web.holdings.rich_text import plain

WORD = re.compile(r"[a-z]+|[0-9０-９]+(?:[.,][0-9]+)*|\s+|.", re.IGNORECASE | re.DOTALL)
"""词 — what is compared: one character of Chinese, a whole number, a whole foreign word."""
SENTENCE = re.compile(r"[^。；！？;!?]*[。；！？;!?]|[^。；！？;!?]+", re.DOTALL)
MOST_WORDS = 1_500  # comparing is quadratic: longer paragraphs are compared sentence by sentence
MOST_LINES = 3_000
ALIKE = 0.4  # less alike than this, two paragraphs are not one that was changed

Change = Literal["same", "added", "removed"]


class Part(NamedTuple):
    """片段 — words that stayed, were put in, or were taken out."""

    change: Change
    text: str


class Line(NamedTuple):
    """一段 — a paragraph or a row of a table; `is_changed` where any of it is not the same."""

    parts: tuple[Part, ...]

    @property
    def is_changed(self) -> bool:
        """有改动 — whether anything was put in or taken out."""
        return any(part.change != "same" for part in self.parts)


def differences(old_html: str, new_html: str) -> list[Line]:
    """两稿差别 — of two rich texts, paragraph by paragraph in the order of the new one (条例 第十七条)."""
    return compare(_lines(old_html), _lines(new_html))


def compare(old: Sequence[str], new: Sequence[str]) -> list[Line]:
    """逐段比较 — lines that stayed, went, came, or were changed within."""
    if len(old) + len(new) > MOST_LINES:
        return [Line((Part("removed", text),)) for text in old] + [Line((Part("added", text),)) for text in new]
    found: list[Line] = []
    for kind, old_first, old_last, new_first, new_last in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            found += (Line((Part("same", text),)) for text in new[new_first:new_last])
        else:
            found += _paired(old[old_first:old_last], new[new_first:new_last])
    return found


def words(old: str, new: str) -> tuple[Part, ...]:
    """逐词比较 — of two short texts, such as titles or fields of metadata."""
    pattern = WORD if len(old) + len(new) <= 2 * MOST_WORDS else SENTENCE
    before, after = pattern.findall(old), pattern.findall(new)
    found: list[Part] = []
    for kind, old_first, old_last, new_first, new_last in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            found.append(Part("same", "".join(after[new_first:new_last])))
            continue
        if old_last > old_first:
            found.append(Part("removed", "".join(before[old_first:old_last])))
        if new_last > new_first:
            found.append(Part("added", "".join(after[new_first:new_last])))
    return tuple(found)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Old and new paragraphs side by side while they are alike; what has no match was taken out or put in."""
    for place in range(max(len(old), len(new))):
        before = old[place] if place < len(old) else ""
        after = new[place] if place < len(new) else ""
        if before and after and _are_alike(before, after):
            yield Line(words(before, after))
            continue
        if before:
            yield Line((Part("removed", before),))
        if after:
            yield Line((Part("added", after),))


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one[:MOST_WORDS], other[:MOST_WORDS], False).quick_ratio() >= ALIKE


def _lines(html: str) -> list[str]:
    rows = (line.strip("\t ").replace("\t", " ｜ ") for line in plain(html).splitlines())
    return [row for row in rows if row.strip()]
