"""核验 — what an annual report breaks, with the provision and what to try (条例 第五十条). Never raises or fixes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from gongkai.report.checks.causes import explained, folded
from gongkai.report.checks.causes.headings import with_headings
from gongkai.report.checks.causes.last_year import with_last_year
from gongkai.report.checks.causes.symptoms import under_causes
from gongkai.report.checks.causes.title_year import title_year
from gongkai.report.checks.continuity import check_continuity
from gongkai.report.checks.counts import check_counts, check_proactive
from gongkai.report.checks.finding import Finding, Severity
from gongkai.report.checks.likeness import check_likeness
from gongkai.report.checks.narrative import check_narrative
from gongkai.report.checks.other_bodies import check_other_bodies
from gongkai.report.checks.plausibility import check_plausibility, check_plausible_change
from gongkai.report.checks.prose import Passage, passages
from gongkai.report.checks.readings import check_readings
from gongkai.report.checks.structure import check_structure
from gongkai.report.checks.sums import check_sums
from gongkai.report.checks.timeliness import check_timeliness
from gongkai.report.checks.wording import check_wording
from gongkai.report.figures import AnnualReport, State

__all__ = ["Finding", "Severity", "by_weight", "check", "check_previous"]


def check(report: AnnualReport, *, previous: Collection[AnnualReport] | None = None) -> list[Finding]:
    """核验年度报告 — every fault of tables and text, errors first, each fault told once (条例 第五十条).

    `previous`: reports among which the one of the same body and of the year before is looked for; None: do not look.
    """
    read = with_headings(report)
    prose = list(passages(read))
    sums, corrected = explained(report, list(check_sums(report)))
    sums = with_last_year(report, sums, previous)
    told = {address for finding in sums for address in finding.figures}
    doubted = _doubted(read, prose, previous)
    if corrected is not report:
        # What is only said because of a mistake that is told already, is part of it.
        doubted, gone = folded(doubted, _doubted(replace(read, figures=corrected.figures), prose, previous))
        first = next(at for at, finding in enumerate(sums) if finding.folded)
        sums[first] = replace(sums[first], folded=(*sums[first].folded, *gone))
    sums, doubted = under_causes(sums, doubted)
    is_doubted = State.DOUBTFUL in report.states.values()
    counts = [*check_counts(report, told), *check_proactive(report)]
    found = [*sums, *counts, *check_readings(report, _blamed([*sums, *counts], is_doubted))]
    found += [*check_structure(read, prose), *title_year(read, _dated(read, prose), lambda one: _dated(one, prose))]
    return by_weight([*found, *check_other_bodies(read, prose), *doubted])


def _dated(report: AnnualReport, prose: Sequence[Passage]) -> list[Finding]:
    return [*check_wording(report, prose), *check_timeliness(report)]


def _doubted(
    report: AnnualReport, prose: Sequence[Passage], previous: Collection[AnnualReport] | None
) -> list[Finding]:
    beside = [] if previous is None else check_previous(report, previous)
    doubted = [*check_narrative(report, prose), *check_plausibility(report, prose), *beside]
    # That 元 stands under 万元 is told once.
    is_told = any(finding.rule == "plausibility.yuan" for finding in doubted)
    return [f for f in doubted if not (is_told and f.rule == "plausibility.yuan_change")]


def _blamed(sums: Iterable[Finding], is_doubted: bool) -> frozenset[str]:
    """The figures that findings name as wrong: that they are blank needs no second word."""
    return frozenset(address for finding in sums for address in _named(finding, is_doubted))


def _named(finding: Finding, is_doubted: bool) -> Iterable[str]:
    if finding.folded or finding.rule.endswith(("totals_blank", "totals_partly_blank")):
        return finding.figures
    # A broken sum of which one operand is blank does not say which; that something beside it is in doubt, does.
    is_said = is_doubted or finding.found is not None or finding.values.get("found") == "空白"
    return finding.figures[:1] if is_said else ()


def check_previous(report: AnnualReport, previous: Collection[AnnualReport]) -> list[Finding]:
    """对照上年 — what `check` finds by last year's report alone: continuity, change, copied text (条例 第五十条)."""
    found = [*check_continuity(report, previous), *check_plausible_change(report, previous)]
    return [*found, *check_likeness(report, previous)]


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """按轻重 — errors first, then warnings, then notes; within each in the order in which they were found."""
    return sorted(findings, key=lambda finding: list(Severity).index(finding.severity))
