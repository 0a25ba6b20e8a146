"""认不认年报 — whether what was opened is an annual report at all, and what it seems to be instead (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.report.reading.strips import Strip
from gongkai.report.sections import heading_number

ENOUGH_FIGURES = 12
_ENOUGH_HEADINGS = 3
_FIRST_YEAR = 2019
_HEAD = 25  # where a notice says that it is one

_SITE = ("政府网站工作年度报表", "网站年报", "独立用户访问总量", "网站总访问量")
_OLD = ("指标统计表", "计量单位", "主动公开政府信息数", "全文电子化")
_NOTICE = ("的通知", "的通报", "的公告", "的函")


def reason_against(stream: Sequence[Strip], figures: int, title: str | None, year: int | None = None) -> str | None:
    """不认的缘由 — the sentence that says why this is no annual report, None where it is one.

    `year`: that it is of. `figures`: how many figures of the form were found; a report whose tables are pictures has
    none, but has title and headings.
    """
    labels = [strip.label for strip in stream]
    if figures >= ENOUGH_FIGURES:
        return None
    text = "\n".join(labels)
    if any(word in text for word in _SITE):
        return "{file}：这不是政府信息公开工作年度报告，是政府网站工作年度报表（网站年报）；请选另一份文件"
    if sum(word in text for word in _OLD) >= 2 or (title is not None and year is not None and year < _FIRST_YEAR):
        return "{file}：这是 2018 年及以前的指标统计表，不是 2019 年起统一格式的政府信息公开工作年度报告，读不了"
    if any(label.endswith(word) for label in labels[:_HEAD] for word in _NOTICE if len(label) <= 80):
        return "{file}：这不是政府信息公开工作年度报告，像是一份通知；请选报告本身"
    if title is None or _headings(labels) < _ENOUGH_HEADINGS:
        return "{file}：这不是政府信息公开工作年度报告：没有找到表二、表三、表四（条例第五十条的统一格式）"
    return None


def _headings(labels: Sequence[str]) -> int:
    last = 0
    for label in labels:
        last = heading_number(label, last) or last
    return last
