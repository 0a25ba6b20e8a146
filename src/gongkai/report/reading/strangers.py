"""不认得的栏名 — a heading of 表三 whose words are none of the form's: it says an order that nobody can tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.report.reading.headings import column_of, is_piece, kind_of, names_columns, result_of, words_of
from gongkai.report.reading.labels import application_rows, is_scrap
from gongkai.report.reading.strips import Strip

COUNTS = re.compile(r"(?:栏次|列次|行次|序号|编号|栏目|项目|甲|乙|丙)*")
"""What stands over a column of labels, or counts the columns."""
_ENOUGH = 5
_LONGEST = 100
_MOST = 16
_SENTENCE = re.compile(r"[。；;，,：:]|^[一二三四五六七八九]、|^第|[年月日]")


def strangers(stream: Sequence[Strip], first: int) -> int:
    """表头从哪里起 — the lines above `first` that are words over columns, though none is a name of the form's; `first`
    itself where there are none."""
    at = first
    while at and first - at < _MOST and _may_be_words(stream[at - 1]):
        at -= 1
    held = stream[at:first]
    words = [word for strip in held for word in words_of(strip)]
    return at if len(words) >= _ENOUGH and not any(map(names_columns, held)) else first


def _may_be_words(strip: Strip) -> bool:
    if strip.table is not None or strip.tokens or not 0 < len(strip.label) <= _LONGEST:
        return False
    is_of_table = application_rows(strip.label) or is_scrap(strip.label) or is_piece(strip, "applications")
    return not is_of_table and not _SENTENCE.search(strip.whole)


def is_unread(head: Sequence[Strip], body: Sequence[Strip]) -> bool:
    """读不出 — whether a heading has words over nearly all the figures, none of which is a name that the form knows."""
    if any(map(_is_known, (word for strip in head for word in words_of(strip)))):
        return False
    if all(strip.table is None for strip in head):
        words = [word for strip in head if _may_be_words(strip) for word in words_of(strip)]
        return len(words) >= _ENOUGH and len(words) >= sum(1 for strip in head for _ in words_of(strip)) - 1
    under = {column for strip in body if strip.numbers for column in strip.columns}
    named = {column for strip in head for word, column, span in strip.words if span == 1 and not COUNTS.fullmatch(word)}
    return len(under & named) >= _ENOUGH


def _is_known(word: str) -> bool:
    return any(name(word) is not None for name in (column_of, kind_of, result_of))
