"""期限核验 — signed or published after the last day for the report, or before its year was over (条例 第四十九条)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache

from gongkai.law.annual_report import report_due
from gongkai.report.checks.bodies import publisher
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import called, rules
from gongkai.report.figures import AnnualReport


def check_timeliness(report: AnnualReport) -> Iterator[Finding]:
    """期限核验 — one finding for all dates that are late, or early (条例 第四十九条).

    None where year or kind of body is unknown.
    """
    body = publisher(report.agency)
    if report.year is None or body is None:
        return
    due = _due(report.year, body)
    late = "late" if due.is_statutory else "late_township"
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for kind, written in (("signed_on", report.signed_on), ("published_on", report.published_on)):
        day = _day(written)
        if day is None or written is None:
            continue
        if day > due.due_on:
            told[late].append((kind, written))
        elif day <= date(report.year, 12, 31):
            told["early"].append((kind, written))
    for rule, days in told.items():
        kind = days[0][0] if len(days) == 1 else "both_days"
        found = "、".join(dict.fromkeys(written for _, written in days))
        values = {"kind": called(kind), "found": found, "expected": due.due_on.isoformat(), "year": report.year}
        yield rules()[f"timeliness.{rule}"].finding(report, (), values)


_due = cache(report_due)


def _day(written: str | None) -> date | None:
    """A report typed elsewhere may hold any words for a date; what is no day is not judged."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
