"""正文 — the text of one part as paragraphs, what a finding quotes marked in its place (条例 第五十条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.report.figures import AnnualReport
from gongkai.web.annual.marks import Mark


@dataclass(frozen=True, slots=True)
class Piece:
    """一截文字 — text, and the findings that quote it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Prose:
    """正文 — what stands before the first part, the heading as printed, the paragraphs."""

    preface: tuple[tuple[Piece, ...], ...]
    heading: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def prose(report: AnnualReport, part: int, marks: Sequence[Mark]) -> Prose | None:
    """正文 — of one of the six parts; the preface goes with the first. None where the source has no such part."""
    section = next((section for section in report.sections if section.number == part), None)
    preface = report.preface if part == 1 else ""
    if section is None and not preface:
        return None
    quoting = [mark for mark in marks if mark.quote and part in mark.parts]
    return Prose(
        _paragraphs(preface, quoting),
        section.heading if section else "",
        _paragraphs(section.text if section else "", quoting),
    )


def _paragraphs(text: str, marks: Sequence[Mark]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(tuple(_pieces(line, marks)) for line in text.splitlines())


def _pieces(line: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The line cut at its quotations; of two that overlap the later begins where the earlier ends."""
    spans: dict[tuple[int, int], list[Mark]] = {}
    for mark in marks:
        start = line.find(mark.quote)
        if start >= 0:
            spans.setdefault((start, start + len(mark.quote)), []).append(mark)
    at = 0
    for (start, end), quoted in sorted(spans.items(), key=lambda span: span[0]):
        begin = max(start, at)
        if begin > at:
            yield Piece(line[at:begin])
        yield Piece(line[begin : max(begin, end)], tuple(quoted))
        at = max(begin, end)
    if at < len(line):
        yield Piece(line[at:])
