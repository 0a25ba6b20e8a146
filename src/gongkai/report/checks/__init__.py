"""核验 — what an annual report breaks, with the provision and what to try (条例 第五十条). Never raises or fixes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gongkai.report.checks.continuity import check_continuity
from gongkai.report.checks.counts import check_counts, check_proactive
from gongkai.report.checks.finding import Finding, Severity
from gongkai.report.checks.likeness import check_likeness
from gongkai.report.checks.narrative import check_narrative
from gongkai.report.checks.plausibility import check_plausibility, check_plausible_change
from gongkai.report.checks.prose import passages
from gongkai.report.checks.readings import check_readings
from gongkai.report.checks.structure import check_structure
from gongkai.report.checks.sums import check_sums
from gongkai.report.checks.timeliness import check_timeliness
from gongkai.report.checks.wording import check_wording
from gongkai.report.figures import AnnualReport

__all__ = ["Finding", "Severity", "by_weight", "check", "check_previous"]


def check(report: AnnualReport, *, previous: Collection[AnnualReport] | None = None) -> list[Finding]:
    """核验年度报告 — every fault of tables and text, errors first, each fault told once (条例 第五十条).

    `previous`: reports among which the one of the same body and of the year before is looked for; None: do not look.
    """
    sums = list(check_sums(report))
    told = {address for finding in sums for address in finding.figures}
    found = [*sums, *check_counts(report, told), *check_proactive(report), *check_readings(report)]
    prose = list(passages(report))
    found += [*check_structure(report, prose), *check_wording(report, prose), *check_timeliness(report)]
    found += [*check_narrative(report, prose), *check_plausibility(report, prose)]
    if previous is not None:
        found += check_previous(report, previous)
    return by_weight(found)


def check_previous(report: AnnualReport, previous: Collection[AnnualReport]) -> list[Finding]:
    """对照上年 — what `check` finds by last year's report alone: continuity, change, copied text (条例 第五十条)."""
    found = [*check_continuity(report, previous), *check_plausible_change(report, previous)]
    return [*found, *check_likeness(report, previous)]


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """按轻重 — errors first, then warnings, then notes; within each in the order in which they were found."""
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
