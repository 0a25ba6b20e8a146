"""总计空白 — a column of totals that nobody filled in, told once instead of sum by sum (条例 第五十条)."""

from __future__ import annotations

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.equations import unread_figures
from gongkai.report.figures import AnnualReport

FEWEST = 2
TABLES = ("applications", "remedies")


def blank_totals(report: AnnualReport) -> list[Finding]:
    """总计空白 — one finding for each table whose totals are all blank beside figures that are not (条例 第五十条)."""
    found: list[Finding] = []
    for table in TABLES:
        lines = report.form.table(table)
        totals = tuple(line.addresses[-1] for line in lines)
        if any(report.figures.get(a) is not None for a in totals) or not unread_figures(report).isdisjoint(totals):
            continue
        rows = sum(any(report.figures.get(a) for a in line.addresses[:-1]) for line in lines)
        if rows >= (FEWEST if table == "applications" else 1):
            found.append(rules()[f"{table}.totals_blank"].finding(report, totals, {"rows": rows}))
    return found
