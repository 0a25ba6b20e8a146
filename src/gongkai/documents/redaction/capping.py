"""收下发现 — every hit that blocks, and of the other kinds as many as a person can look through (条例 第十五条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from gongkai.documents.redaction.values import More
from gongkai.text.hit import Hit, Severity

MOST_OF_A_KIND = 200
"""每种最多列出几处 — of warnings and notes of one kind; what blocks is listed whatever its number (条例 第十五条)."""


class Holding(Protocol):
    """带着一处发现的 — any value with a `hit` (条例 第十五条)."""

    @property
    def hit(self) -> Hit:
        """发现 — what was found."""


One = TypeVar("One", bound=Holding)


class Capped(Generic[One]):
    """收下的发现 — `kept` in the order in which they came, and `more`, the count of what was left out by kind."""

    def __init__(self) -> None:
        self.kept: list[One] = []
        self._seen: Counter[tuple[str, Severity]] = Counter()
        self._left: Counter[tuple[str, Severity]] = Counter()

    def take(self, found: Iterable[One]) -> None:
        """收下 — one by one, so that what was found before a file breaks off is kept."""
        for one in found:
            kind = (str(one.hit.kind), one.hit.severity)
            if one.hit.severity is not Severity.BLOCK:
                self._seen[kind] += 1
                if self._seen[kind] > MOST_OF_A_KIND:
                    self._left[kind] += 1
                    continue
            self.kept.append(one)

    def leave(self, more: Iterable[More]) -> None:
        """记下没有列出的 — what another list has left out."""
        for one in more:
            self._left[one.kind, one.severity] += one.left

    @property
    def more(self) -> tuple[More, ...]:
        """没有列出的 — by kind."""
        return tuple(More(kind, severity, count) for (kind, severity), count in self._left.items())
