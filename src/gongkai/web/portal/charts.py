"""首页的图 — disclosed month by month, as bars (条例 第二十三条)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from gongkai.drawing.bars import Bar, bars
from gongkai.web.look.language import say


def month_bars(months: Sequence[tuple[date, int]]) -> SafeString:
    """每月公开 — twelve bars, this month open; the year stands under the first month of each."""
    data = [
        Bar(
            say("{month}月", month=month.month),
            count,
            f"{month.year}" if place == 0 or month.month == 1 else "",
            is_open=place == len(months) - 1,
        )
        for place, (month, count) in enumerate(months)
    ]
    title = say("最近十二个月，每月主动公开的信息件数")
    return mark_safe(bars(data, title))  # noqa: S308 - numbers, and words of the catalogue that `bars` escapes
