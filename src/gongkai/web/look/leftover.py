"""没有交上的字 — what was typed in a form that cannot be taken, shown once more to be copied (条例 第十二条)."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.text import secrecy

LEFT_OUT = frozenset(
    {"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "do", "typed", "next", "once", "edition"}
)
"""不显示的 — these fields hold no text of the person, or a secret (GB/T 22239-2019 身份鉴别)."""
SECRETS = LEFT_OUT - {"once", "edition"}
"""不带走的 — these are carried nowhere; what a page needs to know of its own form is."""
_LEAST = 10
"""Shorter texts are codes and choices, which nobody has to type again."""


def worth_copying(fields: Iterable[tuple[str, Iterable[object]]], least: int = _LEAST) -> list[str]:
    """值得复制的 — give the longer texts of a form, in its order; none where one bears a stamped secrecy mark.

    `least`: shorter ones are left out.
    """
    texts = [str(value) for name, values in fields if name not in LEFT_OUT for value in values]
    return (
        []
        if any(map(secrecy.stamps, texts))
        else [text for text in texts if len(text.strip()) >= least and any(map(str.isalpha, text))]
    )
