"""引文 — words of a file inside a sentence: they stay as they are, whatever language the sentence is said in."""

from __future__ import annotations


class Quoted(str):
    """引文 — words as a file has them."""

    __slots__ = ()


class Listed(tuple[str, ...]):
    """并列的引文 — words to be written as they are, listed as the language of the sentence does."""

    __slots__ = ()

    def __str__(self) -> str:
        """并列 — 甲、乙、丙."""
        return "、".join(self)

    def __format__(self, spec: str) -> str:
        """成句 — as a sentence has them."""
        return format(str(self), spec)
