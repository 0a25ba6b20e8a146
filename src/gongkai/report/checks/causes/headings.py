"""印错的标题 — a section lost because its heading is misprinted is read under that heading (条例 第五十条)."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from gongkai.report.checks.structure import NUMBERS, heading_words
from gongkai.report.figures import AnnualReport, Section

# Two or three characters of ten may be wrong, as many lost; headings have less than that in common with each other.
LIKE = 0.75
LONGEST = 45
_ENDS = re.compile(r"[。；;：:]$")


def with_headings(report: AnnualReport) -> AnnualReport:
    """按印错的标题分 — the report with the sections whose headings were not known for a misprint (条例 第五十条)."""
    wanted = {n: words for n, words in enumerate(report.form.headings, 1)}
    for section in report.sections:
        wanted.pop(section.number, None)
    if not wanted or not report.sections:
        return report
    preface, sections = report.preface, []
    parts = [Section(0, "", preface), *report.sections]
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        upper = following.number if following else len(NUMBERS) + 1
        sections += _cut(part, {n: w for n, w in wanted.items() if part.number < n < upper})
    if len(sections) == len(parts):
        return report
    return replace(report, preface=sections[0].text, sections=tuple(sections[1:]))


def _cut(part: Section, wanted: dict[int, str]) -> list[Section]:
    found = [part]
    lines: list[list[str]] = [[]]
    for line in part.text.split("\n") if wanted else ():
        number = next((n for n, words in wanted.items() if n > found[-1].number and _is_like(line, words)), None)
        if number is None:
            lines[-1].append(line)
        else:
            found.append(Section(number, line.strip(), ""))
            lines.append([])
    if len(found) == 1:
        return found
    return [replace(one, text="\n".join(text)) for one, text in zip(found, lines, strict=True)]


def _is_like(line: str, heading: str) -> bool:
    words = heading_words(line)
    if len(line) > LONGEST or _ENDS.search(line.strip()) or words == heading:
        return False
    return bool(words) and SequenceMatcher(None, words, heading).ratio() >= LIKE
