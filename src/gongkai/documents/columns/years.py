"""年份 — of days that are written without one: the title over a list or the name of its sheet may have it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongkai.text.folding import fold

_NUMERALS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_OF_A_FORM = re.compile(r"[:：]|日期|填[表报写]|制表|打印|截[至止]|20\d{2}\s*[-年./]\s*\d{1,2}\s*[-月./]\s*\d{1,2}")


def year_of(titles: Iterable[str], sheet: str) -> int | None:
    """标题里的年份 — the one year of titles and sheet; None where they have none, or several.

    When a form was filled in, and full days, are no years of its list.
    """
    said = [text for text in (fold(each).translate(_NUMERALS) for each in titles) if not _OF_A_FORM.search(text)]
    found = {int(year) for text in (*said, sheet) for year in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None
