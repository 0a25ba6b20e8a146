"""取用 — the text of a file as a reader of it sees it, and what came otherwise (条例 第十二条).

    taken("表.xlsx", data, "xlsx") -> Taken(blocks, {"struck": 2}): figures in their formats, nothing that is hidden

Raised signs stay raised (m³), struck words are left out and counted, numbers of lists are written out. Each format has
its module here, which asks `showing` what is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from gongkai.documents import isolation
from gongkai.documents.document import View
from gongkai.documents.limits import LIMITS, Limits
from gongkai.documents.taking import pdf, sheet, web_page, word

Taken = tuple[View, Counter[str]]
"""取到的 — its blocks, and how many of each kind came otherwise or not at all."""
_SECONDS = 20
_BY_FORMAT: dict[str, Callable[[str, bytes, Limits], tuple[View, dict[str, int]]]] = {
    "docx": word.read,
    "xlsx": sheet.read,
    "html": web_page.read,
    "pdf": pdf.read,
}


def is_taken(form: str) -> bool:
    """取得来 — whether files of a format are taken as they are seen (条例 第十二条)."""
    return form in _BY_FORMAT


def taken(name: str, data: bytes, form: str, limits: Limits = LIMITS) -> Taken:
    """取用文件 — in a process of its own. DocumentError where it cannot be told what a reader sees (条例 第十二条)."""
    given = isolation.done_apart(name, _BY_FORMAT[form], (name, data, limits), replace(limits, seconds=_SECONDS))
    view, counts = cast("tuple[View, dict[str, int]]", given)
    return view, Counter(counts)
