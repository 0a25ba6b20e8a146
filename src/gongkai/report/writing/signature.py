"""落款 — who signs and when, parted from the text that it was read with (条例 第四十九条; GB/T 9704—2012 7.3.5)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gongkai.report.figures import AnnualReport
from gongkai.report.sections import signs
from gongkai.text.numerals import find_dates

_LINES = 3


class Parted(NamedTuple):
    """正文与落款 — the text of the last part, and the lines under it that sign the report."""

    text: str
    signature: tuple[str, ...]


def parted(text: str, agency: str | None) -> Parted:
    """分出落款 — the last lines that are the body's name, or a date alone, or both; none where there is no date."""
    lines = text.split("\n")
    start = len(lines)
    while start and len(lines) - start < _LINES and signs(lines[start - 1], agency):
        start -= 1
    if not any(find_dates(line) for line in lines[start:]):
        return Parted(text, ())
    return Parted("\n".join(lines[:start]), tuple(lines[start:]))


def signature(report: AnnualReport) -> tuple[str, ...]:
    """落款 — the lines that sign a report; none where nothing is known of them."""
    if report.signed_on is None:
        return ()
    try:
        day = date.fromisoformat(report.signed_on)
    except ValueError:
        when = report.signed_on
    else:
        when = f"{day.year}年{day.month}月{day.day}日"
    return (report.agency, when) if report.agency else (when,)
