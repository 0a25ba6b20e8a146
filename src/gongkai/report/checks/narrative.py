"""文字与数据核验 — what the sentences say, against themselves and against the tables (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.report.checks.against_tables import check_against_tables
from gongkai.report.checks.finding import Finding
from gongkai.report.checks.lists import check_lists
from gongkai.report.checks.prose import Passage
from gongkai.report.checks.ratios import check_ratios
from gongkai.report.figures import AnnualReport


def check_narrative(report: AnnualReport, passages: Sequence[Passage]) -> Iterator[Finding]:
    """文字与数据核验 — every sentence of the six sections; the preface holds no figures (条例 第五十条)."""
    for passage in passages:
        if passage.section:
            yield from check_lists(report, passage)
            yield from check_ratios(report, passage)
            yield from check_against_tables(report, passage)
