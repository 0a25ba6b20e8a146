"""话里的日期 — the days that words of a ledger hold, in whatever form: 3月12日, 20250312, 二〇二五年三月十二日.

What holds a day that nobody read leaves lateness open (条例 第三十三条).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache

from gongkai.documents.columns.values import CellError, read_date, small_number
from gongkai.text.folding import fold

DAY = re.compile(r"(?<!\d)(?:(\d{4})\s*[-年./])?\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})(?:日|号)?(?!\d)")
_TOGETHER = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SHORT = re.compile(r"(?<![\d.-])(\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?![\d.-])")
"""六位的日期 — 250312; a number of six figures is a day only in a year near to the others."""
_CHINESE = "〇○零一二三四五六七八九"
_DIGITS = str.maketrans(_CHINESE, "000123456789")
_IN_CHINESE = re.compile(
    f"(?:([{_CHINESE}]{{4}}|[{_CHINESE}]{{2}})年)?([{_CHINESE}十]{{1,3}})月([{_CHINESE}十]{{1,3}})[日号]"
)
_UNTIL = re.compile("^(?:至|到|截止|截至)+|(?:前|之前|以前|止|为止|内)+$")


def days_in_text(text: str) -> bool:
    """有日期 — whether words hold what may be a day (条例 第三十三条)."""
    return any(1 <= int(month) <= 12 and 1 <= int(day) <= 31 for _, month, day in _found(text))


def short_days_in_text(text: str) -> bool:
    """也许有日期 — whether words hold a number of six figures that may be a day: 250312 (条例 第三十三条)."""
    return bool(_SHORT.search(fold(text)))


def days_in_words(text: str, near: date) -> Iterator[date]:
    """话里的日期 — those of a text; of one without a year, the nearest to a day (条例 第三十三条)."""
    years = (near.year - 1, near.year, near.year + 1)
    for found in _dates(text, years, years):
        yield min(found, key=lambda each: abs(each - near))


def days_after(text: str, received: date | None) -> Iterator[date]:
    """话里的各种可能 — those of a text; of one without a year, in the year of the receipt and the next (第三十三条)."""
    years = (received.year, received.year + 1) if received else ()
    for found in _dates(text, years, years):
        yield from found


def plain_day(text: str, received: date | None) -> date | None:
    """一天 — what a cell says that holds a day and nothing else, also 4月28日前 (条例 第三十三条)."""
    return _day_of(text, received.year if received else None)


@lru_cache(maxsize=65_536)
def _day_of(text: str, year: int | None) -> date | None:
    try:
        return read_date(_UNTIL.sub("", fold(text).strip()), year)
    except CellError:
        return None


def _dates(text: str, without: tuple[int, ...], short: tuple[int, ...]) -> Iterator[list[date]]:
    """By each day of a text what it may be. `without`: the years of one that has none; `short`: those of 250312."""
    parts = _found(text)
    parts += [(f"20{year}", month, day) for year, month, day in _SHORT.findall(fold(text)) if 2000 + int(year) in short]
    for year, month, day in parts:
        found = []
        for each in (int(year),) if year else without:
            with suppress(ValueError):
                found.append(date(each, int(month), int(day)))
        if found:
            yield found


def _found(text: str) -> list[tuple[str, str, str]]:
    words = _IN_CHINESE.sub(_in_figures, fold(text))
    return [*DAY.findall(words), *_TOGETHER.findall(words)]


def _in_figures(found: re.Match[str]) -> str:
    year = found[1].translate(_DIGITS) if found[1] else ""
    year = f"20{year}" if len(year) == 2 else year
    # The year stands off what is before it, as 第三方二〇二五年.
    return f" {year}{'年' if year else ''}{small_number(found[2])}月{small_number(found[3])}日"
