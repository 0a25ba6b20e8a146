"""文字与数据核验 — what the sentences say, against themselves and against the tables (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from gongkai.report.checks.against_tables import check_against_tables
from gongkai.report.checks.changes import check_changes
from gongkai.report.checks.fees import check_fees
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import check_lists
from gongkai.report.checks.progress import check_progress
from gongkai.report.checks.prose import Passage
from gongkai.report.checks.ratios import check_ratios
from gongkai.report.figures import AnnualReport

AGAINST_TABLES = frozenset({"narrative.table", "narrative.one_cell"})
# What a message calls the numbers that it reckons with.
RECKONED = ("part", "whole", "now", "before")


def check_narrative(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """文字与数据核验 — every sentence of the six sections; the preface holds no figures (条例 第五十条)."""
    yield from check_fees(report, passages)
    for passage in passages:
        if passage.section:
            alone = [*check_lists(report, passage), *check_progress(report, passage)]
            alone += [*check_changes(report, passage), *check_ratios(report, passage)]
            yield from _once(alone, list(check_against_tables(report, passage)))


def _once(alone: list[Finding], against: list[Finding]) -> Iterator[Finding]:
    """A number that the table contradicts makes the sums and shares of its sentence wrong: these fold under it."""
    left = list(alone)
    for finding in against:
        gone = [other for other in left if finding.rule in AGAINST_TABLES and _follows(other, finding)]
        left = [other for other in left if other not in gone]
        yield replace(finding, folded=(*finding.folded, *gone)) if gone else finding
    yield from left


def _follows(other: Finding, wrong: Finding) -> bool:
    """Whether the number that the table contradicts is in this sum by just what it misses, or in this share."""
    found = _number(wrong.found)
    if other.rule.startswith("narrative.sum"):
        return abs(_number(other.expected) - _number(other.found)) == abs(_number(wrong.expected) - found)
    return format(found, "f") in [other.values.get(name) for name in RECKONED]


def _number(value: int | str | None) -> Decimal:
    return Decimal(value or 0)
