"""期限核验 — signed or published after the last day for the report, or before its year was over (条例 第四十九条)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from gongkai.law.annual_report import report_due
from gongkai.report.checks.bodies import publisher
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import called, rules
from gongkai.report.figures import AnnualReport


def check_timeliness(report: AnnualReport) -> Iterator[Finding]:
    """期限核验 — one finding for each date; none where year or kind of body is unknown (条例 第四十九条)."""
    body = publisher(report.agency)
    if report.year is None or body is None:
        return
    due = _due(report.year, body)
    late = rules()["timeliness.late" if due.is_statutory else "timeliness.late_township"]
    for kind, written in (("signed_on", report.signed_on), ("published_on", report.published_on)):
        day = _day(written)
        if day is None:
            continue
        values = {"kind": called(kind), "found": written, "expected": due.due_on.isoformat(), "year": report.year}
        if day > due.due_on:
            yield late.finding(report, (), values)
        elif day <= date(report.year, 12, 31):
            yield rules()["timeliness.early"].finding(report, (), values)


_due = cache(report_due)


def _day(written: str | None) -> date | None:
    """A report typed elsewhere may hold any words for a date; what is no day is not judged."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
