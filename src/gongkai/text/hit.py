"""发现 — one thing found in a text, for a reviewer to decide on: where, what, which rule, what to write instead.

Personal data and slips of the pen come out as the same value, so that a page shows them in one list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

STAR = "*"


class Severity(StrEnum):
    """轻重 — block 阻断: not published as it stands; warn 警告: a person decides; note 提示."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Hit(NamedTuple):
    """发现 — `text` stands at `start` to `end` of the text as given (条例 第十五条、第十七条).

    `mask`: what to write in its place; of personal data as many characters as `text`, of a slip the wording suggested,
    None where only a person can say. `template.format(**values)` is the sentence for people; it never holds `text`
    of personal data, so that it may be logged.
    """

    kind: str
    severity: Severity
    start: int
    end: int
    text: str
    mask: str | None
    template: str
    provision: str
    values: Mapping[str, object] = {}

    @property
    def message(self) -> str:
        """说明 — the sentence, in Chinese."""
        return self.template.format(**self.values)


class CellHit(NamedTuple):
    """单元格里的发现 — row and column from 1, the words of the column's header, and what the cell holds."""

    row: int
    column: int
    header: str
    hit: Hit


def replaced(text: str, hits: Iterable[Hit]) -> str:
    """替换 — the text with the mask of every hit in its place; hits without one are passed over."""
    parts, at = [], 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.mask is not None and hit.start >= at:
            parts += [text[at : hit.start], hit.mask]
            at = hit.end
    return "".join([*parts, text[at:]])
