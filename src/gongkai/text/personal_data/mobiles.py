"""手机号 — eleven digits that have no check digit: how they are cut, and what stands about them, tells what they are.

By its label a telephone may be cut anywhere; without one as people cut it, and not in a row of figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.text.codes import is_credit_code
from gongkai.text.hit import Hit, Severity
from gongkai.text.numerals import parse_chinese
from gongkai.text.personal_data.kinds import Kind, hit
from gongkai.text.personal_data.saying import (
    PARTED,
    is_amount,
    is_code,
    is_in_hash,
    is_named,
    is_public,
    is_row_of_figures,
    is_said,
)
from gongkai.text.personal_data.signs import CELL_END, MARKS, SEPARATORS, SHORTEST, UNSEEN, is_bold

Found = tuple[Kind, Severity | None]
"""是哪一种 — and how grave, where that is not the rule's own."""
_CUTS = {
    (3, 4, 4), (3, 8), (7, 4), (3, 3, 5), (4, 4, 3), (4, 3, 4), (3, 5, 3), (2, 9), (1, 10), (5, 6), (6, 5),
}  # fmt: skip
_LINES = {(7, 4), (3, 8), (3, 4, 4)}
"""How a narrow cell breaks a telephone over lines."""
_HALVES, _MOST_PARTS = 2, 6
"""A telephone that its label names may be cut into so many parts, each of which may be a figure."""
_NO_FIGURE = re.compile(r" 0\d")
_DIALLED = re.compile(r"(?:\+|(?<!\d)00)86[\s)）-]*\Z")
_FAR, _ROOM = 8, 24
_AVERAGE = re.compile(r"(?<![\d.])[1-9](?:\d{3}|\d{5})\.\Z")
"""With eleven digits behind the point a program has written all that it knows of a quotient: 8528.15384615385."""
_BILLIONS = "亿"
_COUNTED = "[零〇一二三四五六七八九十百千]+"
_IN_WORDS = re.compile(rf"一百[三四五六七八九]十[一二三四五六七八九]?亿{_COUNTED}万{_COUNTED}(?![\u4e00-\u9fff¥￥%％])")
_OTHER_MARKS = re.compile(r"[/,]")
_ONE_A_LINE = {"\n"}
_CELL_ENDS = frozenset((CELL_END, "\u2028"))
"""Between cells of a row, and between pieces of a page that stand apart: figures do."""


def mobile(text: str, start: int, end: int) -> Found | None:
    """手机号 — of eleven digits; a warning where it may be an office's, None where it is none (条例 第十五条)."""
    if text[start - 1 : start] in PARTED and text[end : end + 1] in PARTED:
        return Kind.MOBILE, None
    # What goes on with a letter may be the code of an office.
    if text[end : end + 1].isalnum() and is_credit_code(text[start : start + 18]):
        return None
    if is_amount(text, start, end) or is_in_hash(text, start, end) or is_code(text, start):
        return None
    is_average = text[start - 1 : start] == "." and _AVERAGE.search(text, max(0, start - 8), start)
    is_likely = is_average or is_public(text, start, end)
    return Kind.MOBILE, Severity.WARN if is_likely else None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether it is all that a cell of a row holds."""
    before, after = text[max(0, start - _ROOM) : start], text[end : end + _ROOM]
    begins = start <= _ROOM or CELL_END in before
    ends = end + _ROOM >= len(text) or CELL_END in after
    is_cell = begins and ends and CELL_END in before + after
    return is_cell and not before.rpartition(CELL_END)[2].strip() and not after.partition(CELL_END)[0].strip()


def _oddly_cut(text: str, start: int, end: int, printed: str, cut: tuple[int, ...], *, is_apart: bool) -> Found | None:
    """Cut as nobody cuts it: by its label a telephone all the same; two parts alone are asked about."""
    is_in_line = not MARKS.search(printed)
    if is_named(text, start, "mobile") and (is_in_line or len(cut) <= _MOST_PARTS):
        is_sure = is_apart or _DIALLED.search(text, max(0, start - _FAR), start)
        is_sure = is_sure and (len(cut) <= _MOST_PARTS or _NO_FIGURE.search(printed))
        return mobile(text, start, end) if is_sure else (Kind.MOBILE_UNSURE, None)
    is_halved = len(cut) == _HALVES and not MARKS.search(text[start:end])
    return (Kind.MOBILE_UNSURE, None) if is_halved and is_apart else None


def torn_mobile(text: str, start: int, printed: str, *, is_apart: bool) -> Found | None:
    """拆开的手机号 — with something between its digits; `printed`: in classes; `is_apart`: no figure stands beside it
    (条例 第十五条)."""
    end = start + len(printed)
    printed = printed.replace(UNSEEN, "")
    cut = tuple(map(len, SEPARATORS.split(printed)))
    is_single = set(cut) == {1}
    if is_amount(text, start, end) or is_in_hash(text, start, end):
        return None
    if not (cut in _CUTS or is_single or cut == (SHORTEST,)):
        return _oddly_cut(text, start, end, printed, cut, is_apart=is_apart)
    if is_bold(text, start, end):
        return Kind.MOBILE_UNSURE, None
    if cut == (SHORTEST,) or is_named(text, start, "mobile"):
        return mobile(text, start, end)
    is_row = not is_apart and " " in printed and is_row_of_figures(text, start, end, cut)
    if is_said(text, start, "mobile"):
        return (Kind.MOBILE_UNSURE, None) if is_row and cut not in _LINES else mobile(text, start, end)
    if is_single:
        return _one_by_one(text, start, end, printed, is_apart=is_apart)
    if cut in _LINES and is_apart and _stands_alone(text, start, end):
        return mobile(text, start, end)
    if "\n" in printed or "," in printed:
        return (Kind.MOBILE_UNSURE, None) if len(cut) == _HALVES or "\n" not in printed else None
    return (Kind.MOBILE_UNSURE, None) if is_row else mobile(text, start, end)


def _one_by_one(text: str, start: int, end: int, printed: str, *, is_apart: bool) -> Found | None:
    """A digit and a digit: in a line, or one a line, with nothing beside them."""
    if is_apart and "\n" not in printed:
        return mobile(text, start, end)
    is_column = is_apart and not _OTHER_MARKS.search(printed)
    is_of_lines = is_column and not _CELL_ENDS.intersection(text[start:end])
    if is_of_lines and {mark.replace(" ", "") for mark in SEPARATORS.findall(printed)} == _ONE_A_LINE:
        return mobile(text, start, end)
    return None if MARKS.search(printed) and not is_column else (Kind.MOBILE_UNSURE, None)


def in_words(text: str) -> Iterator[Hit]:
    """读成数的手机号 — a telephone said as one number, 一百三十八亿零一万三千八百: to be asked about (条例 第十五条).

    From 130 to 199 times 亿 it has eleven digits; a count has its unit right behind it, an amount its word before.
    """
    if _BILLIONS not in text:
        return
    for match in _IN_WORDS.finditer(text):
        start, end = match.span()
        is_counted = is_public(text, start, end) or is_amount(text, start, end)
        if not is_counted and parse_chinese(match[0]) is not None:
            yield hit(Kind.MOBILE_UNSURE, start, match[0])
