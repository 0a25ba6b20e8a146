"""盖的密级标志 — what is stamped as a state secret is not taken in, wherever it is typed (保密法 第三十一条).

What was typed is not kept: the form shows it again to the person who typed it, and to nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from gongkai.text import secrecy
from gongkai.web.holdings.draft import WORDS, Draft
from gongkai.web.holdings.guarding import Found
from gongkai.web.holdings.refusals import Problem, StepError
from gongkai.web.holdings.rich_text import clean, plain

STAMP = (
    "这里有盖的密级标志，没有收下，也没有保存。请立即停止，不要在本系统处理；已经解密或者误标的，去掉标志再填"
    "（保密法第三十一条、第二十二条）"
)
_VALUE = re.compile(r'="([^"]*)"')
_NOTES = ("ground_note", "topic", "audience", "document_number")


def is_stamp(found: Found) -> bool:
    """是盖的标志 — whether a hit of the guard is a mark as it is stamped, not a mention (保密法 第二十二条)."""
    return found["kind"] == secrecy.KIND and bool((found.get("values") or {}).get("stamped"))


def has_stamp(*texts: str) -> bool:
    """有盖的标志 — in any of these texts (保密法 第二十二条)."""
    return any(secrecy.stamps(text) for text in texts)


def problems(draft: Draft) -> Iterator[Problem]:
    """盖了标志的各栏 — of a draft, each at its field (保密法 第三十一条)."""
    for field in WORDS:
        text = getattr(draft, field)
        if has_stamp(*(_kept_of(text) if field == "body_html" else (text,))):
            yield Problem(field, STAMP)
    for field in _NOTES:
        if has_stamp(getattr(draft, field)):
            yield Problem(field, STAMP)
    if has_stamp(*(part for relation in draft.relations for part in relation)):
        yield Problem("relations", STAMP)


def _kept_of(html: str) -> list[str]:
    """Of a body what is kept: its words across the tags, and what stands within them, such as where links lead."""
    kept = clean(html)
    return [plain(kept), *(unquote(unescape(value)) for value in _VALUE.findall(kept))]


def refuse(*texts: str) -> None:
    """不收盖了标志的话 — StepError where an opinion, a reason, a title holds a stamp (保密法 第三十一条)."""
    if has_stamp(*texts):
        raise StepError(STAMP)
