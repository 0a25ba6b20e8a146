"""年份 — of days that are written without one: the title over a list or the name of its sheet may have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.text.folding import fold

_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_OF_A_FORM = re.compile(r"[:：]|日期|填[表报写]|制表|打印|截[至止]|20\d{2}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}")


_OF_A_RULE = re.compile(
    r"《[^》]*》|[〔\[(【]20\d{2}[〕\])】]\s*(?:第?\d+\s*号)?"
    r"|20\d{2}\s*年?\s*(?:\d{1,2}月)?(?:第?[一二三四\d]次)?"
    r"(?:新?修[订正改]|[新旧]?版|印[制发]|制[发定]|监制|[公发颁]布|[施实执]行|启用|[格样式]式)"
)
_OF_MORE = re.compile(r"20\d{2}\s*年?度?\s*(?:以来|至今|迄今|起|以后|及以前|以前|及往年)|跨年")
CARRIED = re.compile("(?:上|去|前|往|历|以前|跨)年|结转|遗留")
"""不是本年的 — words over rows that are carried over from a year before."""


class Year(NamedTuple):
    """年份和出处 — a year, and where it was found: `title`, `sheet` or `file`."""

    year: int
    source: str


def year_of(titles: Iterable[str], sheet: str, file: str = "") -> Year | None:
    """标题里的年份 — the one year of titles and sheet, else of the name of the file; None where there are several.

    When a form was filled in or a rule was made, and full days, are no years of its list; where rows may be carried
    over from a year before there is none.
    """
    texts = [_OF_A_RULE.sub("", _folded(text)) for text in titles]
    if any(_OF_MORE.search(text) or CARRIED.search(text) for text in (*texts, sheet)):
        return None
    said = [_YEAR.findall(text) for text in texts if not _OF_A_FORM.search(text)]
    titled, named = {year for years in said for year in years}, {*_YEAR.findall(sheet)}
    if found := titled | named:
        return Year(int(*found), "title" if titled else "sheet") if len(found) == 1 else None
    filed = {*_YEAR.findall(_folded(file))} if not _OF_A_FORM.search(_folded(file)) else set()
    return Year(int(*filed), "file") if len(filed) == 1 else None


def has_year(titles: Iterable[str]) -> bool:
    """有没有年份 — whether titles name a year at all, or say that rows are carried over."""
    return any(_YEAR.search(text) or _OF_MORE.search(text) for text in map(_folded, titles))


def year_under(section: str, year: Year | None) -> Year | None:
    """分段以下的年份 — that of the list, but for rows carried over, or a part that has a year of its own."""
    words = _folded(section)
    if CARRIED.search(words) or (year and {*_YEAR.findall(words)} - {str(year.year)}):
        return None
    return year


def _folded(text: str) -> str:
    return fold(text).translate(_NUMERALS)
