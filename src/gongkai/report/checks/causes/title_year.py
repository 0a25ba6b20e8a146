"""标题的年份 — a wrong year in the title makes every other year and date look wrong (条例 第四十九条)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport

DATED = frozenset(
    {
        "structure.period",
        "structure.year_stale",
        "timeliness.late",
        "timeliness.late_township",
        "timeliness.early",
    }
)
FEWEST = 2
_YEAR = re.compile(r"20\d\d")


def title_year(
    report: AnnualReport, found: Sequence[Finding], check: Callable[[AnnualReport], Iterable[Finding]]
) -> list[Finding]:
    """标题的年份 — what was `found`, the years and dates that another year in the title sets right under one finding.

    `check` finds the same of a report of another year.
    """
    dated = [finding for finding in found if finding.rule in DATED]
    if report.year is None or len(dated) < FEWEST:
        return list(found)
    for year in dict.fromkeys(_years(dated)):
        other = replace(report, year=year)
        if year != report.year and not any(finding.rule in DATED for finding in check(other)):
            values = {"year": report.year, "other": year, "cleared": len(dated)}
            told = rules()["structure.title_year"].finding(report, (), values, expected=year, found=report.year)
            return [replace(told, folded=tuple(dated)), *(finding for finding in found if finding not in dated)]
    return list(found)


def _years(dated: Iterable[Finding]) -> Iterator[int]:
    for finding in dated:
        yield from (int(year) for year in _YEAR.findall(str(finding.values.get("quote", ""))))
