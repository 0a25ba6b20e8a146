"""总计空白 — a column of totals that nobody filled in, told once instead of sum by sum (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Collection

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.rules import rules
from gongkai.report.equations import unread_figures
from gongkai.report.figures import AnnualReport, Value
from gongkai.report.naming import names

FEWEST = 2
TABLES = ("applications", "remedies")


def blank_totals(report: AnnualReport) -> list[Finding]:
    """总计空白 — one finding for each table whose totals are all blank beside figures that are not (条例 第五十条)."""
    found: list[Finding] = []
    for table in TABLES:
        lines = report.form.table(table)
        totals = tuple(line.addresses[-1] for line in lines)
        if not unread_figures(report).isdisjoint(totals):
            continue
        if any(report.figures.get(a) is not None for a in totals):
            found += _partly(report, table)
            continue
        rows = sum(any(report.figures.get(a) for a in line.addresses[:-1]) for line in lines)
        if rows >= (FEWEST if table == "applications" else 1):
            found.append(rules()[f"{table}.totals_blank"].finding(report, totals, {"rows": rows}))
    return found


def _partly(report: AnnualReport, table: str) -> list[Finding]:
    """Some totals are printed and others blank beside figures: those rows are named, as 0 would be wrong in them."""
    rows = [line for line in report.form.table(table) if report.figures.get(line.addresses[-1]) is None]
    filled = [line for line in rows if any(report.figures.get(a) for a in line.addresses[:-1])]
    results = [line for line in report.form.table(table) if line.result]
    # Some bodies leave the totals of all results to （七）总计: that is their way of filling the form in.
    is_custom = bool(results) and [line for line in rows if line.result] == results == rows
    if len(filled) < FEWEST or is_custom:
        return []
    figures = (*(line.addresses[-1] for line in filled),)
    known = names(report.form)
    named = "、".join(f"“{known[address].row}”" for address in figures)
    values = {"rows": len(filled), "named": named}
    # Rows without a figure are blank with them; nothing more is said of those.
    others = tuple(line.addresses[-1] for line in rows if line not in filled)
    return [rules()[f"{table}.totals_partly_blank"].finding(report, (*figures, *others), values)]


def totals_of(report: AnnualReport, totals: Collection[str]) -> dict[str, Value]:
    """应有的总计 — of the rows that end in these addresses, what their columns come to."""
    lines = [line for table in TABLES for line in report.form.table(table) if line.addresses[-1] in totals]
    return {line.addresses[-1]: sum(int(report.figures.get(a) or 0) for a in line.addresses[:-1]) for line in lines}
