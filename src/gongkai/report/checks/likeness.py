"""内容雷同核验 — sections taken over from another report, with the two passages (条例 第四十九条)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gongkai.report.checks.finding import Finding
from gongkai.report.checks.prose import QUOTE
from gongkai.report.checks.rules import rules
from gongkai.report.figures import AnnualReport
from gongkai.text.folding import squeeze
from gongkai.text.similarity import likeness, likest_sentences, shingles

# Reports of one body share a third to a half of their turns of phrase from year to year; a copy shares most.
COPIED = 0.6
# Sections of fewer shingles than this say 无, or what everybody must say.
SHORTEST = 60
# 总体情况, and 存在的主要问题及改进情况: the sections that each year and body write for themselves.
WRITTEN = (1, 5)


def check_likeness(report: AnnualReport, previous: Collection[AnnualReport]) -> Iterator[Finding]:
    """内容雷同核验 — one finding for each section that is mostly in another report (条例 第四十九条)."""
    others = [other for other in previous if _key(other) != _key(report)]
    for section in report.sections:
        if section.number not in WRITTEN or len(shingles(section.text)) < SHORTEST:
            continue
        share, other, text = max(
            (
                (likeness(section.text, twin.text), place, twin.text)
                for place, other in enumerate(others)
                for twin in other.sections
                if twin.number == section.number
            ),
            default=(0.0, 0, ""),
        )
        if share < COPIED:
            continue
        own, theirs = likest_sentences(section.text, text)
        values = {
            "section": section.number,
            "agency": others[other].agency or "",
            "year": others[other].year or "",
            "percent": round(share * 100),
            "quote": own[:QUOTE],
            "passage": theirs[:QUOTE],
        }
        yield rules()["likeness.section"].finding(report, (), values)


def _key(report: AnnualReport) -> tuple[str, int | None]:
    return squeeze(report.agency or ""), report.year
