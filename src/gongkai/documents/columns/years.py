"""年份 — of days that are written without one: the title over a list or the name of its sheet may have it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from gongkai.text.folding import fold

_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_OF_A_FORM = re.compile(r"[:：]|日期|填[表报写]|制表|打印|截[至止]|20\d{2}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}")


class Year(NamedTuple):
    """年份和出处 — a year, and where it was found: `title`, `sheet` or `file`."""

    year: int
    source: str


def year_of(titles: Iterable[str], sheet: str, file: str = "") -> Year | None:
    """标题里的年份 — the one year of titles and sheet, else of the name of the file; None where there are several.

    When a form was filled in, and full days, are no years of its list.
    """
    said = [_YEAR.findall(text) for text in map(_folded, titles) if not _OF_A_FORM.search(text)]
    titled, named = {year for years in said for year in years}, {*_YEAR.findall(sheet)}
    if found := titled | named:
        return Year(int(*found), "title" if titled else "sheet") if len(found) == 1 else None
    filed = {*_YEAR.findall(_folded(file))} if not _OF_A_FORM.search(_folded(file)) else set()
    return Year(int(*filed), "file") if len(filed) == 1 else None


def _folded(text: str) -> str:
    return fold(text).translate(_NUMERALS)
