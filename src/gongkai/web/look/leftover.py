"""没有交上的字 — what was typed in a form that cannot be taken, shown once more to be copied (条例 第十二条)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from gongkai.text import secrecy

_OF_THE_FORM = frozenset({"once", "edition", "given", "page", "tab"})
LEFT_OUT = _OF_THE_FORM | {"csrfmiddlewaretoken", "password", "old", "new", "again", "code", "do", "typed", "next"}
"""不显示的 — these fields hold no text of the person, or a secret (GB/T 22239-2019 身份鉴别)."""
SECRETS = LEFT_OUT - _OF_THE_FORM
"""不带走的 — these are carried nowhere; what a page needs to know of its own form is."""
_CODE = re.compile(r"[\x21-\x7e]{0,9}|[\d\s.:T/-]*", re.ASCII)
"""Codes, choices, days and times: nobody has to type them again. Whatever has a Chinese character is typed."""


def as_given(fields: Mapping[str, Iterable[object]]) -> str:
    """原样 — the digest of what a form holds; as it was given and as it comes back, where nobody typed anything."""
    texts = {name: [str(each).replace("\r\n", "\n").strip() for each in values] for name, values in fields.items()}
    told = sorted((name, [each for each in values if each]) for name, values in texts.items() if any(values))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def worth_copying(fields: Iterable[tuple[str, Iterable[object]]], *, is_text: bool = False) -> list[str]:
    """值得复制的 — give the texts of a form, in its order; none where one bears a stamped secrecy mark.

    `is_text`: these fields hold no codes, however short what is in them.
    """
    texts = [str(value) for name, values in fields if name not in LEFT_OUT for value in values]
    if any(map(secrecy.stamps, texts)):
        return []
    return [text for text in texts if text.strip() and (is_text or not _CODE.fullmatch(text.strip()))]
