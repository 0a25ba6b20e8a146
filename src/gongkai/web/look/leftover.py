"""没有交上的字 — what was typed in a form that cannot be taken, shown once more to be copied (条例 第十二条)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.text import secrecy

LEFT_OUT = frozenset({"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "do", "typed", "next"})
"""不留的 — fields that hold no text of the person, or a secret."""
_LEAST = 10
"""Shorter texts are codes and choices, which nobody has to type again."""


def worth_copying(fields: Iterable[tuple[str, Iterable[object]]]) -> list[str]:
    """值得复制的 — the longer texts of a form, in its order; nothing where a stamped secrecy mark stands in any."""
    texts = [str(value) for name, values in fields if name not in LEFT_OUT for value in values]
    return [] if any(map(secrecy.stamps, texts)) else [text for text in texts if len(text.strip()) >= _LEAST]
